"""Initials are worth nothing on a page whose own texts tell the name."""

import pytest
from django.core.exceptions import ValidationError

from memorial.base.choices import State
from prisoners.actions import publish, reduce_to_initials
from prisoners.models import Prisoner
from tests.factories import CitationFactory, PrisonerFactory

pytestmark = pytest.mark.django_db
BY = 7


def by_initials(summary: str) -> Prisoner:
    person = PrisonerFactory(surname_ru="Горинцев", summary_ru=summary, summary_en="A student.")
    CitationFactory(prisoner=person)
    reduce_to_initials(prisoner=person, reason="asked for it", by=BY)
    return person


def test_a_page_that_tells_the_name_goes_back_to_review_until_it_does_not():
    person = by_initials("Горинцева судили дважды.")
    assert person.state == State.READY
    with pytest.raises(ValidationError, match="инициалами"):
        publish(prisoner=person, by=BY)
    Prisoner.objects.filter(pk=person.pk).update(summary_ru="Студента судили дважды.")
    publish(prisoner=person, by=BY)
    assert person.state == State.PUBLISHED


def test_a_page_that_does_not_tell_it_stays():
    assert by_initials("Студента судили дважды.").state == State.PUBLISHED
