from datetime import date

import pytest
from django.utils import translation

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


@pytest.mark.parametrize("language", ["ru", "en"])
def test_saving_translates_nothing(language):
    """Whoever saves, in whichever language of the office: a missing translation stays missing."""
    person = PrisonerFactory(what_happened_ru="<p>По-русски.</p>", what_happened_en="", summary_en="")
    with translation.override(language):
        person = Prisoner.objects.get(pk=person.pk)
        person.save()
    person.refresh_from_db()
    assert (person.what_happened_en, person.summary_en) == ("", "")
    assert person.what_happened_ru == "<p>По-русски.</p>"
