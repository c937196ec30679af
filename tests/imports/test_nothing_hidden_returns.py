"""Nobody withdrawn or hidden comes back, and no name that was moved away returns."""

import json

import pytest
from django.apps import apps

from memorial.base.choices import State
from memorial.base.exposure import is_confidential, readable_fields
from prisoners import actions
from prisoners.models import Citation, Custody, Facility, HiddenNameVariant, Prisoner, Stay
from tests.imports.test_import import PERSON, state_of_everything

pytestmark = pytest.mark.django_db

CHANGED = {
    **PERSON,
    "summary_ru": "Горинцев Тимур, студент.",
    "born": "03.10.1987",
    "given_names_ru": "Тимур-Али",
    "what_happened_ru": "Горинцева задержали.",
    "other_names": "Gorintseff",
    "facility": "ИК-915",
    "source_url": "https://example.org/gorintsev-timur",
}


@pytest.fixture
def imported(table, run, editor):
    run(table([PERSON]), "--apply", "--publish")
    return Prisoner.objects.get()


def public_text():
    """Everything that the public role may read, as one text."""
    rows = []
    for model in apps.get_app_config("prisoners").get_models():
        if not is_confidential(model):
            names = [field.attname for field in readable_fields(model)]
            rows += [str(row) for row in model._default_manager.values_list(*names)]
    return "\n".join(rows)


def test_somebody_withdrawn_stays_withdrawn_and_untouched(imported, table, run, editor):
    actions.withdraw(prisoner=imported, reason="asked to", by=editor.pk)
    before = state_of_everything()
    ran = run(table([CHANGED]), "--apply", "--publish")
    assert state_of_everything() == before
    assert Prisoner.objects.get().state == State.WITHDRAWN
    assert "Withdrawn" in ran.rows("left as it is")[2]


def test_a_name_moved_away_does_not_return(imported, table, run, editor):
    actions.reduce_to_initials(prisoner=imported, reason="asked to", by=editor.pk)
    Prisoner.objects.update(summary_ru="Студент.")
    Citation.objects.update(url="https://example.org/1")
    before = Prisoner.objects.values().get()
    for row in (PERSON, CHANGED):
        ran = run(table([row]), "--apply", "--publish")
        assert any("by initials" in line["reason"] for line in ran.report)
    after = Prisoner.objects.values().get()
    assert {name: after[name] for name in before if name != "version"} == {
        name: before[name] for name in before if name != "version"
    }
    text = public_text().casefold()
    for word in ("горинцев", "gorints", "тимур", "timur", "1987, 10", "1987-10"):
        assert word not in text


def test_facts_of_somebody_by_initials_still_follow_the_source(imported, table, run, editor):
    actions.reduce_to_initials(prisoner=imported, reason="asked to", by=editor.pk)
    run(table([{**PERSON, "detained_on": "15.03.2023"}]), "--apply")
    assert Custody.objects.get().detained_on.text == "2023-03-15"


def test_after_the_name_is_restored_the_import_goes_on(imported, table, run, editor):
    actions.reduce_to_initials(prisoner=imported, reason="asked to", by=editor.pk)
    imported.refresh_from_db()
    actions.restore_name(prisoner=imported, reason="asked to", by=editor.pk)
    run(table([{**PERSON, "given_names_ru": "Тимур-Али"}]), "--apply")
    assert Prisoner.objects.get().given_names_ru == "Тимур-Али"


def test_a_hidden_birth_date_does_not_return(imported, table, run, editor):
    actions.hide_detail(prisoner=imported, what="birth_date", reason="asked to", by=editor.pk)
    ran = run(table([CHANGED]), "--apply")
    assert Prisoner.objects.get().born.text == "1987"
    assert any("birth date is hidden" in line["reason"] for line in ran.report)


def test_a_hidden_place_does_not_return(imported, table, run, editor):
    actions.hide_detail(prisoner=imported, what="place", reason="asked to", by=editor.pk)
    ran = run(table([CHANGED]), "--apply", "--publish")
    assert Stay.objects.get().facility is None
    assert not Facility.objects.filter(name_ru="ИК-915").exists()
    assert any("place is hidden" in line["reason"] for line in ran.report)


def test_a_withdrawn_institution_stays_withdrawn(imported, table, run, editor):
    actions.withdraw_facility(facility=Facility.objects.get(), reason="a mistake", by=editor.pk)
    run(
        table([PERSON, {**PERSON, "key": "2", "surname_ru": "Лазоревский", "surname_en": ""}]),
        "--apply",
        "--publish",
    )
    assert Facility.objects.get().state == State.WITHDRAWN
    assert Stay.objects.filter(facility=Facility.objects.get()).count() == 2


@pytest.mark.parametrize("what", ["withdraw", "reduce_to_initials"])
def test_another_list_does_not_bring_back_somebody_hidden(imported, table, run, editor, what):
    getattr(actions, what)(prisoner=imported, reason="asked to", by=editor.pk)
    ran = run(table([{**PERSON, "key": "77"}]), "--apply", "--publish", source="another-list")
    new = Prisoner.objects.exclude(pk=imported.pk).get()
    assert new.state == State.DRAFT
    assert f"#{imported.pk}" in ran.rows("not published")[2]
    assert "горинцев" not in json.dumps(ran.report, ensure_ascii=False).casefold()


def test_a_name_that_is_only_in_the_confidential_part_is_known(imported, table, run, editor):
    actions.reduce_to_initials(prisoner=imported, reason="asked to", by=editor.pk)
    HiddenNameVariant.objects.all().delete()
    ran = run(table([{**PERSON, "key": "77"}]), "--apply", "--publish", source="another-list")
    assert f"#{imported.pk}" in ran.rows("not published")[2]


def test_after_a_merge_the_key_leads_to_the_one_who_was_kept(imported, table, run, editor):
    run(table([{**PERSON, "key": "2", "given_names_ru": "Тимур А."}]), "--apply")
    double = Prisoner.objects.exclude(pk=imported.pk).get()
    actions.merge_prisoners(keep=imported, duplicate=double, reason="the same", by=editor.pk)
    run(table([PERSON, {**PERSON, "key": "2", "given_names_ru": "Тимур А."}]), "--apply")
    assert Prisoner.objects.count() == 1
    assert Prisoner.objects.get().given_names_ru == "Тимур"
