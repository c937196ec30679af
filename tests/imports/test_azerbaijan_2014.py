"""A real list, as messy as real ones are. It stays outside the repository: these are real people."""

from collections import Counter
from pathlib import Path

import pytest

from memorial.base.choices import State
from prisoners.choices import InstitutionKind
from prisoners.models import Custody, Facility, NameVariant, Prisoner, Stay
from tests.imports.conftest import EXAMPLES
from tests.imports.test_import import state_of_everything

LIST = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "azerbaijan_2014_prisoners.csv"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not LIST.is_file(), reason="the real list is not beside the project"),
]


@pytest.fixture
def imported(run):
    return run(LIST, "--apply", "--publish", map=EXAMPLES / "azerbaijan_2014.toml")


def test_98_people_are_published_in_english_and_russian_is_missing(imported):
    people = Prisoner.objects.published()
    assert people.count() == 98
    assert all(person.complete_in() == ("en",) for person in people)
    assert not people.exclude(surname_ru="", given_names_ru="", what_happened_ru="", charges_ru="").exists()
    assert not people.filter(surname_en="").exists()
    assert all(person.citations.exists() for person in people)


def test_86_dates_at_their_precision_9_missing_and_3_kept_as_notes(imported):
    dates = Custody.objects.filter(detained_on__isnull=False)
    assert (dates.count(), Prisoner.objects.filter(custodies__isnull=True).count()) == (86, 9 + 3)
    assert {len(custody.detained_on.text) for custody in dates} == {10}
    unread = [line for line in imported.report if line["what"].startswith("not read")]
    assert [(line["row"], line["column"]) for line in unread] == [
        (row, "date_of_arrest") for row in ("37", "58", "87")
    ]
    noted = Prisoner.objects.filter(staff_notes__done=False)
    assert noted.count() == 3
    assert not Custody.objects.filter(prisoner__in=noted).exists()
    texts = [person.staff_notes.get(done=False).text for person in noted]
    for original in ("20 May 2012 59", "pretrial detention decision was made on 14 April 2014."):
        assert any(text.endswith("\n" + original) for text in texts)


def test_65_stays_in_16_places(imported):
    places = Facility.objects.all()
    assert (Stay.objects.count(), places.count()) == (65, 16)
    assert {(p.kind, p.state, p.region.country, p.name_ru) for p in places} == {
        (InstitutionKind.FOREIGN_PRISON, State.PUBLISHED, "AZ", "")
    }
    held = Counter(Stay.objects.values_list("facility__name_en", flat=True))
    assert held["Baku Investigative Prison No. 1 (Kurdakhani)"] == 30
    assert (held["Prison No. 14"], held["Prison No. 17"], held["Prison No. 5"]) == (6, 3, 4)
    assert held["Baku Investigative Prison No. 3 (Shuvalan)"] == 2


def test_charges_stay_text_under_another_countrys_code(imported):
    assert set(Prisoner.objects.values_list("charges_code", "charges_code_name_en")) == {
        ("other", "Criminal Code of Azerbaijan")
    }
    assert not Prisoner.objects.filter(charges_en="").exists()
    assert max(map(len, Prisoner.objects.values_list("charges_en", flat=True))) > 4900


def test_names_are_in_parts(imported):
    assert Prisoner.objects.filter(patronymic_en__iregex=r" (oglu|oğlu)$").count() == 96
    assert Counter(Prisoner.objects.values_list("gender", flat=True)) == {"m": 97, "f": 1}
    assert NameVariant.objects.count() == 2


def test_backgrounds_are_paragraphs_with_their_footnote_numbers(imported):
    texts = list(Prisoner.objects.exclude(what_happened_en="").values_list("what_happened_en", flat=True))
    assert len(texts) == 76
    assert all(text.startswith("<p>") and "<script" not in text for text in texts)
    assert any("independent attorney.24" in text for text in texts)


def test_categories_are_kept_as_notes_that_ask_for_nothing(imported):
    kept = Prisoner.objects.filter(staff_notes__done=True, staff_notes__text__contains="category: ")
    assert kept.distinct().count() == 98


def test_a_second_run_changes_nothing(imported, run):
    before = state_of_everything()
    again = run(LIST, "--apply", "--publish", map=EXAMPLES / "azerbaijan_2014.toml")
    assert state_of_everything() == before
    assert "unchanged: 98" in again.out
