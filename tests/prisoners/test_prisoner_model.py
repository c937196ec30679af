from datetime import date

import pytest

from prisoners.choices import LibertyStatus
from prisoners.models import Prisoner
from tests.factories import PrisonerFactory, StayFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def test_an_open_stay_says_imprisoned():
    stay = StayFactory()
    person = Prisoner.objects.published().for_detail(TODAY).get()
    assert person == stay.prisoner
    assert person.liberty == LibertyStatus.IMPRISONED
    assert list(Prisoner.objects.imprisoned(on=TODAY)) == [person]


def test_no_stay_and_no_end_is_not_known():
    PrisonerFactory()
    assert Prisoner.objects.with_liberty(TODAY).get().liberty == LibertyStatus.NOT_KNOWN


def test_the_name_is_never_mixed_of_two_languages():
    person = PrisonerFactory(surname_en="", given_names_en="", patronymic_en="")
    assert str(person.name.language) == "ru"
