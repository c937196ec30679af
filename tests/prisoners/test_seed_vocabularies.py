"""The seeds: complete, repeatable, and never against what staff wrote."""

import csv
from io import StringIO

import pytest
from django.core.management import call_command

from memorial.base.acting import acting, staff_actor
from memorial.base.models import HistoryEntry
from prisoners.choices import ConsentScope
from prisoners.management.commands.seed_vocabularies import DATA, SEEDS
from prisoners.models import OccupationPeriod, Prisoner, Region, Theme, Vulnerability

pytestmark = pytest.mark.django_db


def seed() -> str:
    said = StringIO()
    call_command("seed_vocabularies", stdout=said)
    return said.getvalue()


def rows_of(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("name", [name for name, _model in SEEDS])
def test_seed_files_have_both_languages_and_every_code_once(name):
    rows = rows_of(name)
    codes = [row["code"] for row in rows]
    assert len(codes) == len(set(codes)) > 5
    words = "name" if name == "regions" else "label"
    assert all(row[f"{words}_ru"].strip() and row[f"{words}_en"].strip() for row in rows)
    # A Russian word of one gender alone would leave the other half of the people without one.
    assert all(bool(row.get("label_m_ru")) == bool(row.get("label_f_ru")) for row in rows)


@pytest.mark.parametrize(("name", "model"), SEEDS)
def test_seeding_fills_the_table_with_exactly_the_file(name, model):
    seed()
    rows = rows_of(name)
    stored = {entry.code: entry for entry in model.objects.all()}
    assert stored.keys() == {row["code"] for row in rows}
    for row in rows:
        assert {column: str(getattr(stored[row["code"]], column)) for column in row} == row


def test_seeding_again_changes_nothing():
    seed()
    before = HistoryEntry.objects.count()
    said = seed()
    assert HistoryEntry.objects.count() == before
    assert "themes: 0 added; 0 updated; 30 unchanged" in said
    assert OccupationPeriod.objects.count() == len(rows_of("occupation_periods"))


def test_seeding_mends_its_own_older_word():
    seed()
    with acting("command:seed_vocabularies"):
        Theme.objects.filter(code="treason").update(label_ru="измена")
    assert "themes: 0 added; 1 updated" in seed()
    assert Theme.objects.get(code="treason").label_ru == "госизмена"


def test_seeding_keeps_the_word_of_staff_and_says_so():
    seed()
    with acting(staff_actor(7)):
        Theme.objects.filter(code="treason").update(label_ru="государственная измена")
        Theme.objects.filter(code="sabotage").update(label_en="‘sabotage’")
    said = seed()
    assert Theme.objects.get(code="treason").label_ru == "государственная измена"
    assert "kept as staff have it: treason.label_ru, sabotage.label_en" in said


def test_seeding_still_updates_the_column_that_staff_left_alone():
    seed()
    with acting("command:seed_vocabularies"):
        Theme.objects.filter(code="treason").update(label_en="high treason")
    with acting(staff_actor(7)):
        Theme.objects.filter(code="treason").update(label_ru="государственная измена")
    seed()
    theme = Theme.objects.get(code="treason")
    assert (theme.label_ru, theme.label_en) == ("государственная измена", "treason")


def test_seeding_neither_removes_nor_restores_an_entry():
    seed()
    Theme.objects.create(code="local", label_ru="своя тема", label_en="our own theme")
    Theme.objects.get(code="artpodgotovka").delete()
    said = seed()
    assert Theme.objects.filter(code="local").exists()
    assert not Theme.objects.filter(code="artpodgotovka").exists()
    assert "artpodgotovka (removed)" in said


def test_seeding_leaves_occupations_of_known_regions_to_staff():
    seed()
    OccupationPeriod.objects.filter(region__code="UA-65").delete()
    seed()
    assert not OccupationPeriod.objects.filter(region__code="UA-65").exists()


def test_seeding_is_signed_in_the_history():
    seed()
    assert set(HistoryEntry.objects.values_list("actor", flat=True)) == {"command:seed_vocabularies"}


def test_staff_role_may_seed(as_role):
    with as_role("staff_rw"):
        seed()
    assert Theme.objects.count() == 30


def test_consents_that_vulnerabilities_need_exist():
    scopes = {row["consent_scope"] for row in rows_of("vulnerabilities")} - {""}
    assert scopes == {ConsentScope.HEALTH, ConsentScope.ILL_TREATMENT}
    seed()
    assert Vulnerability.objects.get(code="serious_illness").consent_scope == ConsentScope.HEALTH
    # «Women» follows from the gender and is never entered by hand.
    assert not Vulnerability.objects.filter(code="woman").exists()


def test_occupied_regions_say_so_in_both_languages(settings):
    seed()
    assert str(Region.objects.get(code="UA-43").name_ru) == "Автономная Республика Крым"
    occupied = Region.objects.exclude(occupied=Region.Occupied.NO)
    assert {region.country for region in occupied} == {"UA"}
    assert all(region.occupation_note_ru and region.occupation_note_en for region in occupied)
    assert not Prisoner.objects.exists()
