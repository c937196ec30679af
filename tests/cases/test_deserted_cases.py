"""A case goes from readers with the last of its people whom they knew, whoever takes them away and how."""

from __future__ import annotations

import pytest

from cases.models import Case, Prosecution
from memorial.base.choices import State
from memorial.base.models import HistoryEntry
from prisoners.actions.publish import withdraw
from prisoners.models import Prisoner
from tests.factories import CaseFactory, DraftFactory, PrisonerFactory, ProsecutionFactory

pytestmark = pytest.mark.django_db


def test_a_case_is_withdrawn_with_its_last_person_and_stays_so() -> None:
    case = CaseFactory()
    first, last = (ProsecutionFactory(case=case).prisoner for _ in range(2))
    ProsecutionFactory(case=case, prisoner=DraftFactory())

    withdraw(prisoner=first, reason="Просьба семьи", by=1)
    assert Case.objects.published().filter(pk=case.pk).exists()
    withdraw(prisoner=last, reason="Просьба семьи", by=1)
    case.refresh_from_db()

    assert case.state == State.WITHDRAWN
    told = HistoryEntry.objects.filter(table="cases_case", row=str(case.pk)).order_by("id").last()
    assert told is not None
    assert (told.operation, told.reason) == (HistoryEntry.Operation.UPDATE, "Просьба семьи")

    Prisoner.objects.filter(pk=last.pk).update(state=State.PUBLISHED)
    case.refresh_from_db()
    assert case.state == State.WITHDRAWN, "nothing is shown again by itself"


@pytest.mark.parametrize("how", ["deleted", "to another case", "to a draft"])
def test_a_case_is_withdrawn_when_its_last_prosecution_goes(how: str) -> None:
    prosecution = ProsecutionFactory(case=CaseFactory())
    row = Prosecution.objects.filter(pk=prosecution.pk)
    if how == "deleted":
        row.delete()
    elif how == "to another case":
        row.update(case=CaseFactory())
    else:
        row.update(prisoner=DraftFactory())
    assert Case.objects.get(pk=prosecution.case_id).state == State.WITHDRAWN


def test_a_case_stays_where_its_person_is_replaced_by_one_who_is_published() -> None:
    prosecution = ProsecutionFactory(case=CaseFactory())
    Prosecution.objects.filter(pk=prosecution.pk).update(prisoner=PrisonerFactory())
    assert Case.objects.get(pk=prosecution.case_id).state == State.PUBLISHED


def test_drafts_are_left_to_their_editors() -> None:
    prosecution = ProsecutionFactory(case=CaseFactory(state=State.READY))
    Prisoner.objects.filter(pk=prosecution.prisoner_id).update(state=State.WITHDRAWN)
    assert Case.objects.get(pk=prosecution.case_id).state == State.READY
