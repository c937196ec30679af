"""A list of cases brings back nothing that was hidden, and shows nothing by itself."""

import pytest

from cases.models import Case, Charge, Prosecution
from memorial.base.choices import State
from prisoners import actions
from tests.imports.test_cases import ROW, SECOND, last, lazorevsky, load, world
from tests.imports.test_import import state_of_everything

pytestmark = pytest.mark.django_db
__all__ = ["world"]


def test_a_withdrawn_case_and_a_withdrawn_person_are_left_alone(world, table, run, editor):
    other = lazorevsky()
    load(run, table, ROW)
    Case.objects.update(state=State.WITHDRAWN)
    before = state_of_everything()
    ran = load(run, table, {**ROW, "plea": "admitted", "case_title_ru": "Явное дело"}, SECOND)
    assert state_of_everything() == before
    assert {"The case is withdrawn: nothing of it is written."} == {line["reason"] for line in ran.report}
    Case.objects.update(state=State.DRAFT)
    actions.withdraw(prisoner=other, reason="asked to", by=editor.pk)
    ran = load(run, table, ROW, {**SECOND, "person": str(other.pk)})
    assert Prosecution.objects.count() == 1
    assert "The person is withdrawn" in ran.rows("left as it is")[3]


def test_a_name_that_was_moved_away_does_not_return(world, table, run, editor):
    actions.reduce_to_initials(prisoner=world, reason="asked to", by=editor.pk)
    ran = load(run, table, ROW, accept_rejects=1)
    assert f"May be #{world.pk}" in ran.rows("row rejected")[2]
    by_number = {**ROW, "person": str(world.pk), "person_name_ru": "", "person_born": ""}
    ran = load(run, table, {**by_number, "case_title_ru": "Дело Горинцева"}, accept_rejects=1)
    assert "title names somebody" in ran.rows("row rejected")[2]
    row = {
        **by_number,
        "case_summary_ru": "Тимура Горинцева обвиняют за стихи.",
        "charges_ru": "Горинцев читал",
    }
    ran = load(run, table, row)
    case = Case.objects.get()
    assert (case.title_ru, case.summary_ru) == (ROW["case_title_ru"], "")
    assert not Charge.objects.exists()
    assert sum("not written" in line["reason"] for line in ran.report) == 2


def test_publishing_goes_past_the_obstacles_and_never_by_itself(world, table, run):
    assert "published: 0" in last(load(run, table, {**ROW, "key": "1"}))
    ran = run(
        table([{**ROW, "key": "2", "case_summary_ru": ""}, {**ROW, "key": "3"}]),
        "--apply",
        "--publish",
        kind="cases",
    )
    assert "short description" in ran.rows("not published")[2]
    assert Case.objects.published().count() == 1
    case = Case.objects.published().get()
    lazorevsky()
    ran = load(run, table, {**SECOND, "key": "3"})
    assert case.prosecutions.count() == 1
    assert "with publishing" in ran.rows("left as it is")[2]
    run(table([{**SECOND, "key": "3"}]), "--apply", "--publish", kind="cases")
    assert case.prosecutions.count() == 2


def test_a_case_whose_words_may_name_somebody_hidden_is_not_published(world, table, run, editor):
    hidden = lazorevsky()
    actions.withdraw(prisoner=hidden, reason="asked to", by=editor.pk)
    row = {**ROW, "case_summary_ru": "Вместе с Лазоревским читал стихи."}
    ran = run(table([row]), "--apply", "--publish", kind="cases")
    assert not Case.objects.published().exists()
    assert "may name somebody" in ran.rows("not published")[2]


def test_what_readers_see_at_once_names_nobody_hidden(world, table, run, editor):
    hidden = lazorevsky()
    run(table([ROW]), "--apply", "--publish", kind="cases")
    actions.withdraw(prisoner=hidden, reason="asked to", by=editor.pk)
    ran = load(run, table, {**ROW, "case_summary_ru": "Вместе с Лазоревским читал стихи."})
    assert Case.objects.get().summary_ru == ROW["case_summary_ru"]
    assert "not written" in ran.rows("left as it is")[2]


def test_a_person_whom_a_published_case_names_is_not_added_by_initials(world, table, run, editor):
    hidden = lazorevsky()
    row = {**ROW, "case_summary_ru": "Вместе с Лазоревским читал стихи."}
    run(table([row]), "--apply", "--publish", kind="cases")
    assert Case.objects.published().exists()
    actions.reduce_to_initials(prisoner=hidden, reason="asked to", by=editor.pk)
    added = {"key": ROW["key"], "person": str(hidden.pk)}
    ran = run(table([added]), "--apply", "--publish", kind="cases", accept_rejects=1)
    assert "names this person" in ran.rows("row rejected")[2]
    assert Prosecution.objects.count() == 1
