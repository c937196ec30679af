"""A list of institutions: the same rules as for people."""

import pytest

from memorial.base.choices import State
from prisoners.models import Citation, Facility, FacilityPrivate, ImportKey
from tests.factories import FacilityFactory, RegionFactory
from tests.imports.test_import import state_of_everything
from tests.imports.workbooks import workbook

pytestmark = pytest.mark.django_db
ROW = {
    "key": "1",
    "name_ru": "СИЗО-9, Верхнереченск",
    "name_en": "SIZO-9, Verkhnerechensk",
    "region": "RU-VLA",
    "city": "г. Верхнереченск",
    "street": "ул. Образцовая, д. 1",
    "postal_index": "600020",
    "e_letters": "ФСИН-письмо",
    "e_letters_url": "https://example.org/letters",
    "rules_ru": "Книги не принимают.\n\nФото можно.",
    "source_url": "https://example.org/sizo-9",
}


@pytest.fixture(autouse=True)
def region():
    return RegionFactory(code="RU-VLA", name_ru="Владимирская область")


@pytest.fixture
def load(table, run):
    return lambda *rows, **options: run(table(list(rows)), "--apply", kind="facilities", **options)


def test_a_row_becomes_an_institution_a_draft_unless_told_otherwise(load):
    load(ROW)
    place = Facility.objects.get()
    assert (place.kind, place.state, place.region.code, place.slug) == (
        "sizo",
        State.DRAFT,
        "RU-VLA",
        "sizo-9-verkhnerechensk",
    )
    assert place.rules_ru == "<p>Книги не принимают.</p><p>Фото можно.</p>"
    assert place.address_checked_on is None
    assert Citation.objects.get(facility=place).url == "https://example.org/sizo-9"
    load({**ROW, "key": "2", "name_ru": "ИК-77", "name_en": ""}, publish=True)
    assert Facility.objects.get(name_ru="ИК-77").state == State.PUBLISHED


def test_a_second_run_changes_nothing_and_an_edit_of_staff_stays(load):
    load(ROW)
    before = state_of_everything()
    assert "unchanged: 1" in load(ROW).out.splitlines()[-1]
    assert state_of_everything() == before
    Facility.objects.update(street="ул. Правленая, д. 2")
    ran = load({**ROW, "street": "ул. Новая, д. 3", "city": "п. Новый"})
    place = Facility.objects.get()
    assert (place.street, place.city) == ("ул. Правленая, д. 2", "п. Новый")
    assert ran.rows("left as it is")[2].startswith("Staff changed")


def test_a_known_name_is_that_institution_and_only_its_gaps_are_filled(load):
    known = FacilityFactory(name_ru="СИЗО №9, Верхнереченск", name_en="", city="г. Старый", e_letters="")
    ran = load({**ROW, "name_ru": "СИЗО №9, Верхнереченск", "name_en": ""})
    known.refresh_from_db()
    assert Facility.objects.count() == 1
    assert (known.city, known.e_letters) == ("г. Старый", "ФСИН-письмо")
    assert any("Staff changed" in line["reason"] for line in ran.report)
    assert ImportKey.objects.get().facility == known


def test_a_withdrawn_and_a_deleted_institution_do_not_come_back(load):
    load(ROW)
    Facility.objects.update(state=State.WITHDRAWN)
    ran = load({**ROW, "city": "п. Новый"})
    assert "Withdrawn" in ran.rows("left as it is")[2]
    Facility.objects.all().delete()
    assert "not made again" in load(ROW).rows("left as it is")[2]
    assert not Facility.objects.exists()


def test_a_secret_place_gets_no_address_and_a_wrong_index_no_row(load):
    rows = [{**ROW, "kind": "military_unit"}, {**ROW, "key": "2", "name_ru": "ИК-7", "postal_index": "12"}]
    ran = load(*rows, {**ROW, "key": "3"}, accept_rejects=2)
    rejected = ran.rows("row rejected")
    assert "never has an address" in rejected[2]
    assert "six digits" in rejected[3]
    assert Facility.objects.count() == 1


def test_what_cannot_be_read_stands_in_the_confidential_note_once(load):
    for _time in range(2):
        ran = load({**ROW, "accepts_letters": "через раз", "note": "Звонить Н."})
    assert "через раз" in FacilityPrivate.objects.get().staff_note
    assert FacilityPrivate.objects.get().staff_note.count("Звонить") == 1
    assert "none of" in ran.rows("not read, kept as a staff note")[2]


def test_a_workbook_is_read_by_the_command_too(tmp_path, run):
    path = tmp_path / "list.xlsx"
    path.write_bytes(workbook([list(ROW), list(ROW.values()), ["2", "=A2", *[""] * 9]]))
    ran = run(path, "--apply", kind="facilities", accept_rejects=1)
    assert "XLSX, Люди" in ran.out
    assert "no name" in ran.rows("row rejected")[3]
    assert Facility.objects.get().city == "г. Верхнереченск"


def test_the_number_of_queries_does_not_grow_with_the_rows(load, django_assert_max_num_queries):
    rows = [{**ROW, "key": str(n), "name_ru": f"ИК-{n}", "name_en": f"IK-{n}"} for n in range(40)]
    load(rows[0])
    with django_assert_max_num_queries(200) as few:
        load(*rows[1:3])
    with django_assert_max_num_queries(len(few)):
        load(*rows[3:])
