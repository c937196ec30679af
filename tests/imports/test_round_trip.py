"""What is taken out of the office and loaded again changes nothing but what was edited in between."""

import csv
import io
import random

import pytest
from django.db.models import Q

from memorial.base.choices import State
from memorial.base.exposure import is_confidential
from memorial.base.formulas import defused, undefused
from memorial.base.partial_date import PartialDate
from prisoners import actions
from prisoners.importers.export_files import csv_lines, write_workbook
from prisoners.importers.exporting import (
    FACILITY_COLUMNS,
    PEOPLE_COLUMNS,
    exported_facilities,
    exported_people,
)
from prisoners.importers.facility_fields import FACILITY_FIELDS
from prisoners.importers.fields import FIELDS, Part
from prisoners.importers.planning import text_now
from prisoners.models import Citizenship, Facility, ImportKey, ImportSource, NameVariant, Prisoner, Stay
from tests.factories import CustodyFactory, FacilityFactory, PrisonerFactory, RegionFactory, StayFactory
from tests.imports.test_import import state_of_everything

pytestmark = pytest.mark.django_db


def exported(tmp_path, rows, ending):
    path = tmp_path / f"export.{ending}"
    if ending == "csv":
        path.write_text("".join(csv_lines(rows)), encoding="utf-8", newline="")
    else:
        write_workbook(rows, path)
    return path


def edited(path, number, **cells):
    """The same CSV with other words in the row of one record."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["id"] == str(number):
            row.update(cells)
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def columns_of(number):
    person = Prisoner.objects.get(pk=number)
    return {field.attname: getattr(person, field.attname) for field in Prisoner._meta.concrete_fields}


@pytest.fixture
def world(editor):
    """People of every shape that an export meets."""
    ImportSource.objects.create(code="own-table", title="own-table")
    region = RegionFactory(code="RU-VLA")
    stay = StayFactory(facility=FacilityFactory(name_ru="ИК-6, Мелехово", region=region))
    person = stay.prisoner
    Prisoner.objects.filter(pk=person.pk).update(
        what_happened_ru="<p>Задержан  дома.</p><ul><li>Раз</li></ul>",
        summary_ru="=1+1 — не формула, а «двойной  пробел»",
        summary_en="'=quoted",
        charges_ru="ст. 275\n\n  ст. 280 УК РФ",
        born=PartialDate.parse("около 1987"),
        region=region,
        letters_from_abroad_harmful=True,
    )
    CustodyFactory(prisoner=person, detained_on=PartialDate.parse("03.2023"))
    NameVariant.objects.create(prisoner=person, text="Gorintseff")
    Citizenship.objects.create(prisoner=person, country="UA")
    described = PrisonerFactory(
        surname_ru="",
        surname_en="",
        given_names_ru="",
        given_names_en="",
        patronymic_ru="",
        patronymic_en="",
        described_as_ru="Житель Мелитополя",
        described_as_en="",
        born=None,
    )
    hidden = StayFactory().prisoner
    actions.hide_detail(prisoner=hidden, what="place", reason="asked to", by=editor.pk)
    reduced, withdrawn, draft = PrisonerFactory(), PrisonerFactory(), PrisonerFactory(state=State.DRAFT)
    actions.reduce_to_initials(prisoner=reduced, reason="asked to", by=editor.pk)
    actions.withdraw(prisoner=withdrawn, reason="asked to", by=editor.pk)
    FacilityFactory(state=State.WITHDRAWN)
    return {
        "person": person,
        "described": described,
        "reduced": reduced,
        "withdrawn": withdrawn,
        "draft": draft,
    }


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", ["people", "facilities"])
def test_a_table_taken_out_and_loaded_again_changes_nothing(world, tmp_path, run, kind, ending):
    rows = (
        exported_people(Prisoner.objects.all())
        if kind == "people"
        else exported_facilities(Facility.objects.all())
    )
    path = exported(tmp_path, rows, ending)
    before = state_of_everything()
    ran = run(path, "--apply", "--publish", kind=kind)
    assert state_of_everything() == before
    assert ran.report == []
    count = Prisoner.objects.count() if kind == "people" else Facility.objects.count()
    assert count >= 3
    assert f"New: 0, updated: 0, unchanged: {count}, published: 0, rejected: 0" in ran.out.splitlines()[-1]
    assert not ImportKey.objects.exists()


def test_an_edited_cell_is_written_and_nothing_else(world, tmp_path, run):
    person = world["person"]
    path = exported(tmp_path, exported_people(Prisoner.objects.all()), "csv")
    was = columns_of(person.pk)
    edited(
        path, person.pk, summary_ru="'=2+2", what_happened_ru="<p>Задержан.</p><script>x</script>", themes=""
    )
    ran = run(path, "--apply")
    now = columns_of(person.pk)
    changed = {name for name in now if now[name] != was[name]}
    assert changed <= {"summary", "summary_ru", "what_happened", "what_happened_ru", "version", "updated_on"}
    assert (now["summary_ru"], now["what_happened_ru"]) == ("=2+2", "<p>Задержан.</p>")
    assert "updated: 1" in ran.out.splitlines()[-1]
    before = state_of_everything()
    assert "updated: 0" in run(path, "--apply").out.splitlines()[-1]
    assert state_of_everything() == before


def test_what_a_colleague_changed_meanwhile_stays(world, tmp_path, run):
    person = world["person"]
    path = exported(tmp_path, exported_people(Prisoner.objects.all()), "csv")
    Prisoner.objects.filter(pk=person.pk).update(sentence_ru="7 лет")
    edited(path, person.pk, sentence_ru="6 лет", gender="f" if person.gender != "f" else "m")
    ran = run(path, "--apply")
    person.refresh_from_db()
    assert person.sentence_ru == "7 лет"
    assert ["since the table was taken out" in line["reason"] for line in ran.report] == [True]


def test_without_the_fingerprints_only_what_is_empty_is_filled(world, tmp_path, run):
    person = world["person"]
    path = exported(tmp_path, exported_people(Prisoner.objects.all()), "csv")
    was = person.given_names_ru
    edited(path, person.pk, given_names_ru="Лев", sentence_ru="6 лет")
    text = path.read_text(encoding="utf-8").replace("as_exported", "note", 1)
    path.write_text(text, encoding="utf-8")
    ran = run(path, "--apply")
    person.refresh_from_db()
    assert (person.given_names_ru, person.sentence_ru) == (was, "6 лет")
    assert any("as_exported" in line["reason"] for line in ran.report)


def test_a_place_can_be_moved_in_the_table(world, tmp_path, run):
    person, other = world["person"], FacilityFactory(name_ru="СИЗО-9, Заречье")
    path = exported(tmp_path, exported_people(Prisoner.objects.filter(pk=person.pk)), "csv")
    run(edited(path, person.pk, facility="СИЗО №9, Заречье"), "--apply")
    assert Stay.objects.get(prisoner=person).facility == other
    assert not Facility.objects.filter(name_ru__contains="№9").exists()


@pytest.mark.parametrize("who", ["withdrawn", "reduced"])
def test_edits_of_people_who_were_hidden_are_not_written(world, tmp_path, run, who):
    path = exported(tmp_path, exported_people(Prisoner.objects.all()), "csv")
    was = columns_of(world[who].pk)
    ran = run(edited(path, world[who].pk, surname_ru="Явный", summary_ru="Явный, студент."), "--apply")
    assert columns_of(world[who].pk) == was
    assert [line["what"] for line in ran.report] == ["left as it is"]


def test_a_number_that_nobody_has_is_rejected(world, tmp_path, run):
    path = exported(tmp_path, exported_people(Prisoner.objects.filter(pk=world["draft"].pk)), "csv")
    world["draft"].delete()
    ran = run(path, "--apply", accept_rejects=1)
    assert "Nobody is brought back" in ran.rows("row rejected")[2]
    text = f"id,surname_ru\n{world['person'].pk},А\n{world['person'].pk},А\nx1,А\n"
    path.write_text(text, encoding="utf-8")
    ran = run(path, accept_rejects=2)
    assert "same key" in ran.rows("row rejected")[3]
    assert "no number of ours" in ran.rows("row rejected")[4]


def test_new_rows_may_be_added_below_with_a_key_of_their_own(world, tmp_path, run):
    path = tmp_path / "list.csv"
    path.write_text(f"id,key,surname_ru\n{world['person'].pk},,\n,новый-1,Лазоревский\n", encoding="utf-8")
    ran = run(path, "--apply")
    assert "New: 1, updated: 0, unchanged: 1" in ran.out.splitlines()[-1]
    assert ImportKey.objects.get().key == "новый-1"


def test_what_is_exported_is_public_and_can_be_imported():
    assert set(PEOPLE_COLUMNS) <= set(FIELDS)
    assert set(FACILITY_COLUMNS) <= set(FACILITY_FIELDS)
    parts = {FIELDS[name].part for name in PEOPLE_COLUMNS[2:]}
    assert parts == {Part.PERSON, Part.CUSTODY, Part.STAY, Part.LINKS}
    assert not is_confidential(Prisoner)
    assert not is_confidential(Facility)
    assert len(PEOPLE_COLUMNS) >= 44


def test_a_secret_place_and_a_hidden_name_are_not_in_the_table(world, tmp_path):
    path = exported(tmp_path, exported_people(Prisoner.objects.all()), "csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = {int(row["id"]): row for row in csv.DictReader(file)}
    for stay in Stay.objects.exclude(public="yes"):
        assert rows[stay.prisoner_id]["facility"] == rows[stay.prisoner_id]["stay_region"] == ""
    reduced = Prisoner.objects.select_related("private").get(pk=world["reduced"].pk)
    for name in reduced.private.moved_names["fields"].values():
        if len(str(name)) > 3:
            assert str(name) not in str(rows[reduced.pk])


@pytest.mark.parametrize("seed", range(40))
def test_defusing_is_undone_exactly(seed):
    dice = random.Random(seed)
    text = "".join(dice.choice("'=+-@ \tабв") for _letter in range(dice.randint(0, 6)))
    assert undefused(defused(text)) == text
    assert not defused(text).lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_text_too_long_for_a_cell_is_named_and_takes_nothing_away(world, tmp_path, run):
    person = world["person"]
    Prisoner.objects.filter(pk=person.pk).update(what_happened_ru="<p>" + "слово " * 7000 + "</p>")
    path = exported(tmp_path, exported_people(Prisoner.objects.filter(pk=person.pk)), "xlsx")
    from openpyxl import load_workbook

    assert list(load_workbook(path)["Left out"].values)[1][:2] == (str(person.pk), "what_happened_ru")
    before = state_of_everything()
    run(path, "--apply")
    assert state_of_everything() == before


def test_an_export_asks_the_database_as_often_for_one_person_as_for_three(
    world, django_assert_max_num_queries
):
    with django_assert_max_num_queries(30) as few:
        list(exported_people(Prisoner.objects.filter(pk=world["person"].pk)))
    with django_assert_max_num_queries(len(few)):
        list(exported_people(Prisoner.objects.filter(~Q(pk=0))))


def test_the_texts_of_the_table_and_of_the_comparison_are_the_same(world):
    from prisoners.importers.exported import cell_text
    from prisoners.importers.world import World

    state = World(ImportSource.objects.create(code="x", title="x"))
    stay = Stay.objects.exclude(facility=None).first()
    for name in ("facility", "stay_region", "stay_from", "stay_ongoing"):
        assert text_now(stay, FIELDS[name], state) == cell_text(stay, FIELDS[name])
