"""Invented people never stand beside real ones."""

import pytest
from django.conf import settings as loaded_settings
from django.core.management import CommandError, call_command

from prisoners.models import Facility, Prisoner
from tests.factories import PrisonerFactory


@pytest.mark.django_db
def test_load_demo_refuses_a_real_database(settings):
    settings.DEMO_DATA_ALLOWED = False
    with pytest.raises(CommandError, match="never loaded beside real ones"):
        call_command("load_demo")
    assert not Prisoner.objects.exists()


def test_demo_data_is_allowed_in_the_embedded_database_only():
    # The tests' own server is named by its URL, like a real one.
    assert loaded_settings.DEMO_DATA_ALLOWED is loaded_settings.EMBEDDED_POSTGRES is False


@pytest.mark.django_db
def test_load_demo_refuses_beside_somebody_else(settings):
    settings.DEMO_DATA_ALLOWED = True
    person = PrisonerFactory()
    with pytest.raises(CommandError, match="did not make"):
        call_command("load_demo")
    assert list(Prisoner.objects.all()) == [person]
    assert not Facility.objects.exists()
