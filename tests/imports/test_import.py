"""What an import writes, and what it never does."""

import pytest
from django.core.management import CommandError

from memorial.base.choices import State
from memorial.base.models import ContentVersion, HistoryEntry
from prisoners.choices import InstitutionKind, StayPublic, StayReason
from prisoners.models import (
    Citation,
    Custody,
    Facility,
    ImportKey,
    ImportRun,
    ImportSource,
    Prisoner,
    StaffNote,
    Stay,
)
from tests.factories import PrisonerFactory, RegionFactory
from tests.imports.conftest import EXAMPLES

pytestmark = pytest.mark.django_db

PERSON = {
    "key": "1",
    "surname_ru": "Горинцев",
    "given_names_ru": "Тимур",
    "surname_en": "Gorintsev",
    "given_names_en": "Timur",
    "gender": "м",
    "born": "02.10.1987",
    "summary_ru": "Студент-гидролог.",
    "charges_ru": "ст. 275 УК РФ",
    "charges_code": "uk-rf",
    "detained_on": "14.03.2023",
    "facility": "ИК-914, Верхнереченск",
    "stay_from": "05.2023",
    "stay_ongoing": "да",
    "source_url": "https://example.org/1",
    "source_kind": "media",
}


def state_of_everything():
    return HistoryEntry.objects.count(), ContentVersion.objects.count(), StaffNote.objects.count()


def test_without_apply_nothing_is_written(table, run):
    before = state_of_everything()
    ran = run(table([PERSON]))
    assert state_of_everything() == before
    assert not Prisoner.objects.exists()
    assert not ImportSource.objects.exists()
    assert "New: 1," in ran.out
    assert "Nothing was written" in ran.out


def test_a_row_of_our_own_columns_becomes_a_person(table, run):
    RegionFactory(code="RU-VLA", name_ru="Владимирская область", name_en="Vladimir oblast")
    run(table([{**PERSON, "region": "Владимирская обл."}]), "--apply")
    person = Prisoner.objects.get()
    assert (person.surname_ru, person.given_names_en, person.gender) == ("Горинцев", "Timur", "m")
    assert (person.born.text, person.region.code, person.charges_code) == ("1987-10-02", "RU-VLA", "uk-rf")
    assert (person.slug, person.state) == ("gorintsev-timur", State.DRAFT)
    assert person.custodies.get().detained_on.text == "2023-03-14"
    stay = person.stays.get()
    assert (stay.began.text, stay.ongoing, stay.facility.name_ru) == (
        "2023-05",
        True,
        "ИК-914, Верхнереченск",
    )
    assert stay.facility.kind == InstitutionKind.COLONY
    assert (person.citations.get().url, person.citations.get().kind) == ("https://example.org/1", "media")
    assert (
        HistoryEntry.objects.exclude(actor="command:import_prisoners")
        .exclude(table="prisoners_region")
        .count()
        == 0
    )


def test_the_separator_and_windows_1251_make_no_difference(table, run):
    text = "key;surname_ru;given_names_ru;detained_on\n1;Ёлкин;Пётр;март 2021\n"
    ran = run(table(text, encoding="cp1251"), "--apply")
    assert "WINDOWS-1251, semicolon" in ran.out
    assert Prisoner.objects.get().surname_ru == "Ёлкин"
    assert Custody.objects.get().detained_on.text == "2021-03"


def test_only_publish_publishes_and_past_the_same_obstacles_as_an_editor(table, run):
    rows = [PERSON, {**PERSON, "key": "2", "surname_ru": "Лазоревский", "surname_en": "", "summary_ru": ""}]
    ran = run(table(rows), "--apply", "--publish")
    published = Prisoner.objects.published().get()
    assert published.surname_ru == "Горинцев"
    assert published.first_published_at is not None
    assert Facility.objects.get().state == State.PUBLISHED
    assert ran.rows("not published") == {3: "There is no short description in any language."}


def test_nobody_certainly_under_18_is_published(table, run):
    ran = run(table([{**PERSON, "born": "2009"}]), "--apply", "--publish")
    assert Prisoner.objects.get().state == State.DRAFT
    assert 2 in ran.rows("not published")


def test_a_second_run_changes_nothing(table, run):
    file = table([PERSON, {**PERSON, "key": "2", "surname_ru": "Ветров", "born": "весной"}])
    run(file, "--apply", "--publish")
    before = state_of_everything()
    ran = run(file, "--apply", "--publish")
    assert state_of_everything() == before
    assert "New: 0, updated: 0, unchanged: 2" in ran.out


def test_a_changed_cell_updates_the_row_in_place(table, run):
    run(table([PERSON]), "--apply", "--publish")
    before = Prisoner.objects.get()
    changed = {**PERSON, "detained_on": "15.03.2023", "summary_ru": "Гидролог.", "facility": "ИК-915"}
    ran = run(table([changed]), "--apply")
    person = Prisoner.objects.get()
    assert (person.pk, person.slug, person.state) == (before.pk, before.slug, State.PUBLISHED)
    assert person.summary_ru == "Гидролог."
    assert Custody.objects.get().detained_on.text == "2023-03-15"
    assert Stay.objects.get().facility.name_ru == "ИК-915"
    assert "updated: 1" in ran.out


def test_a_later_column_adds_what_was_not_there(table, run):
    short = {name: PERSON[name] for name in ("key", "surname_ru", "given_names_ru")}
    run(table([short]), "--apply")
    assert not Custody.objects.exists()
    run(table([PERSON]), "--apply")
    assert Custody.objects.get().detained_on.text == "2023-03-14"
    assert Stay.objects.get().facility is not None


def test_what_staff_changed_stays_and_is_listed(table, run):
    run(table([PERSON]), "--apply")
    Prisoner.objects.update(summary_ru="Так написал редактор.")
    Custody.objects.update(detained_on="2023-03")
    for summary in (PERSON["summary_ru"], "Новое из источника."):
        ran = run(table([{**PERSON, "summary_ru": summary}]), "--apply")
        assert Prisoner.objects.get().summary_ru == "Так написал редактор."
        assert Custody.objects.get().detained_on.text == "2023-03"
        kept = {line["column"] for line in ran.report if line["what"] == "left as it is"}
        assert kept == {"summary_ru", "detained_on"}


def test_what_staff_and_source_came_to_agree_on_follows_the_source_again(table, run):
    run(table([PERSON]), "--apply")
    Prisoner.objects.update(summary_ru="Гидролог.")
    run(table([{**PERSON, "summary_ru": "Гидролог."}]), "--apply")
    run(table([{**PERSON, "summary_ru": "Гидролог из Верхнереченска."}]), "--apply")
    assert Prisoner.objects.get().summary_ru == "Гидролог из Верхнереченска."


def test_an_emptied_cell_takes_nothing_away(table, run):
    run(table([PERSON]), "--apply")
    ran = run(table([{**PERSON, "summary_ru": "", "detained_on": "-"}]), "--apply")
    assert Prisoner.objects.get().summary_ru == PERSON["summary_ru"]
    assert Custody.objects.get().detained_on is not None
    assert len([line for line in ran.report if "does not say this any more" in line["reason"]]) == 2


def test_a_record_that_staff_deleted_is_not_made_again(table, run):
    run(table([PERSON]), "--apply")
    Stay.objects.all().delete()
    ran = run(table([{**PERSON, "stay_from": "06.2023"}]), "--apply")
    assert not Stay.objects.exists()
    assert "Staff deleted this record" in ran.out


def test_a_person_whom_staff_deleted_is_not_brought_back(table, run):
    run(table([PERSON]), "--apply")
    Prisoner.objects.get().delete()
    ran = run(table([PERSON]), "--apply", "--publish")
    assert not Prisoner.objects.exists()
    assert "nobody is brought back" in ran.rows("left as it is")[2]


def test_a_bad_cell_is_left_unknown_noted_and_listed(table, run):
    ran = run(table([{**PERSON, "born": "весной 87-го", "gender": "да"}]), "--apply")
    person = Prisoner.objects.get()
    assert (person.born, person.gender) == (None, "")
    notes = [note.text for note in person.staff_notes.filter(done=False)]
    assert len(notes) == 2
    assert any(note.endswith("\nвесной 87-го") for note in notes)
    unread = [(line["row"], line["column"]) for line in ran.report if line["what"].startswith("not read")]
    assert unread == [("2", "gender"), ("2", "born")]


def test_a_bad_cell_takes_nothing_away_that_was_known(table, run):
    run(table([PERSON]), "--apply")
    run(table([{**PERSON, "born": "весной"}]), "--apply")
    assert Prisoner.objects.get().born.text == "1987-10-02"
    assert StaffNote.objects.count() == 1


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"key": ""}, "The key is missing"),
        ({"surname_ru": "", "given_names_ru": "", "surname_en": "", "given_names_en": ""}, "no name"),
        ({"surname_ru": "я" * 121}, "at most 120"),
        ({"described_as_ru": "Житель Верхнереченска"}, "not described"),
    ],
)
def test_a_bad_cell_in_a_required_column_rejects_the_row(table, run, cells, reason):
    good = [{**PERSON, "key": str(n), "surname_ru": f"Вет{n}ров"} for n in range(20, 40)]
    ran = run(table([*good, {**PERSON, **cells}]), "--apply")
    assert Prisoner.objects.count() == 20
    assert reason in ran.rows("row rejected")[22]


def test_of_two_rows_with_one_key_the_later_is_rejected(table, run):
    good = [{**PERSON, "key": str(n)} for n in range(20)]
    ran = run(table([*good, {**PERSON, "key": " 3 ", "surname_ru": "Другой"}]), "--apply")
    assert ran.rows("row rejected") == {22: "Row 5 has the same key “3”."}
    assert not Prisoner.objects.filter(surname_ru="Другой").exists()


def test_dates_that_contradict_one_another_leave_the_later_fact_unknown(table, run):
    row = {**PERSON, "remanded_on": "2020", "stay_from": "2022", "stay_until": "2021", "stay_ongoing": ""}
    ran = run(table([{**row, "born": "2024"}]), "--apply")
    custody, stay, person = Custody.objects.get(), Stay.objects.get(), Prisoner.objects.get()
    assert (custody.remanded_on, stay.ended, person.born) == (None, None, None)
    assert (custody.detained_on.text, stay.began.text) == ("2023-03-14", "2022")
    assert len([line for line in ran.report if "would come before" in line["reason"]]) == 3


def test_what_only_the_database_refuses_rejects_that_row_alone(table, run):
    run(table([PERSON]), "--apply")
    Custody.objects.update(remanded_on="2023-03-20")
    others = [
        {**PERSON, "key": str(n), "surname_ru": f"Вет{n}ров", "facility": "ИК-777"} for n in range(20, 40)
    ]
    ran = run(table([{**PERSON, "detained_on": "01.04.2023"}, *others]), "--apply")
    assert Prisoner.objects.count() == 21
    assert Facility.objects.get(name_ru="ИК-777").stays.count() == 20
    assert ran.rows("row rejected") == {2: "A court's remand cannot come before the detention."}
    assert Custody.objects.filter(detained_on="2023-03-14", remanded_on="2023-03-20").exists()


def test_more_than_a_tenth_rejected_writes_nothing_unless_told(table, run):
    rows = [{**PERSON, "key": str(n)} for n in range(8)] + [{**PERSON, "key": ""}] * 2
    with pytest.raises(CommandError, match="2 of 10 rows are rejected"):
        run(table(rows), "--apply")
    with pytest.raises(CommandError, match="--accept-rejects 2"):
        run(table(rows), "--apply", accept_rejects=1)
    assert not Prisoner.objects.exists()
    run(table(rows), "--apply", accept_rejects=2)
    assert Prisoner.objects.count() == 8


def test_a_tenth_rejected_is_let_through(table, run):
    rows = [{**PERSON, "key": str(n)} for n in range(9)] + [{**PERSON, "key": ""}]
    run(table(rows), "--apply")
    assert Prisoner.objects.count() == 9


def test_a_list_numbered_anew_gives_nobody_somebody_elses_facts(table, run):
    run(table([PERSON]), "--apply")
    others = [{**PERSON, "key": str(n), "surname_ru": f"Вет{n}ров"} for n in range(20, 40)]
    other = {"surname_ru": "Лазоревская", "given_names_ru": "Вера", "surname_en": "", "given_names_en": ""}
    ran = run(table([{**PERSON, **other}, *others]), "--apply")
    assert "numbered anew" in ran.rows("row rejected")[2]
    assert Prisoner.objects.filter(surname_ru="Горинцев").count() == 1


def test_the_same_place_in_other_spellings_is_one_institution(table, run):
    names = ["ИК-914, Верхнереченск", "ик № 914 Верхнереченск", "ИК 914 (Верхнереченск)"]
    run(table([{**PERSON, "key": str(n), "facility": name} for n, name in enumerate(names)]), "--apply")
    assert Facility.objects.count() == 1
    Facility.objects.update(name_ru="Колония в Верхнереченске")
    run(table([{**PERSON, "key": "9", "facility": names[0]}]), "--apply")
    assert Facility.objects.count() == 1


def test_house_arrest_has_no_place_and_no_address(table, run):
    run(table([{**PERSON, "facility": "домашний арест, ул. Образцовая, д. 5"}]), "--apply")
    stay = Stay.objects.get()
    assert (stay.reason, stay.facility) == (StayReason.HOUSE_ARREST, None)
    assert not Facility.objects.exists()
    assert not HistoryEntry.objects.filter(after__icontains="Образцовая").exists()


def test_a_secret_place_is_not_shown(table, run):
    run(table([{**PERSON, "facility": "войсковая часть 00000"}]), "--apply", "--publish")
    stay = Stay.objects.get()
    assert (stay.public, stay.facility) == (StayPublic.REGION_ONLY, None)
    assert stay.private.facility.kind == InstitutionKind.MILITARY_UNIT
    assert stay.private.facility.state == State.DRAFT


def test_a_namesake_is_a_draft_until_staff_compare(table, run):
    known = PrisonerFactory(surname_en="Gorintsev", given_names_en="Tymur", given_names_ru="Тимур")
    Prisoner.objects.filter(pk=known.pk).update(surname_ru="Горинцев")
    ran = run(table([PERSON]), "--apply", "--publish")
    new = ImportKey.objects.get(prisoner__isnull=False).prisoner
    assert new.state == State.DRAFT
    assert f"#{known.pk}" in ran.rows("not published")[2]
    assert new.staff_notes.filter(text__contains=f"#{known.pk}").exists()


def test_a_source_that_stays_with_staff_is_not_shown(table, run):
    ran = run(table([{**PERSON, "source_kind": "relative"}]), "--apply", "--publish")
    assert not Citation.objects.filter(url=PERSON["source_url"]).exists()
    assert Prisoner.objects.get().state == State.DRAFT
    assert any("stays with staff" in line["reason"] for line in ran.report)


def test_the_example_from_the_manual(run):
    file, map_file = EXAMPLES / "zarechye_2021.csv", EXAMPLES / "zarechye_2021.toml"
    ran = run(file, "--apply", "--publish", map=map_file)
    assert sorted(ran.rows("row rejected")) == [12, 14]
    assert Prisoner.objects.count() == Prisoner.objects.published().count() == 21
    assert sorted(ran.rows("not read, kept as a staff note")) == [8, 9, 10, 13, 16, 17]
    dates = {
        name: value.text for name, value in Custody.objects.values_list("prisoner__surname_ru", "detained_on")
    }
    assert (dates["Горинцев"], dates["Лазоревская"]) == ("2019-11-22", "2020-07-31")
    assert (dates["Мирзоян-Тихий"], dates["Кызылова"]) == ("2020-03", "2021-03-07")
    assert (dates["Единов"], dates["Полянская"]) == ("2018", "~2019")
    assert not {"Ветров", "Заозёрная", "Снежин", "Тенев", "Ручьёв"} & dates.keys()
    leyla = Prisoner.objects.get(surname_ru="Кызылова")
    assert (leyla.patronymic_ru, leyla.gender) == ("Исмаил кызы", "f")
    assert Prisoner.objects.get(surname_ru="Полянская").name_variants.get().text == "Аня Полянка"
    sizo = Facility.objects.get(name_en="SIZO-1, Verkhnerechensk")
    assert sizo.stays.count() == 3
    assert Facility.objects.get(name_ru="ИК-914, Верхнереченск").stays.count() == 5
    assert Facility.objects.get(name_ru="Тюрьма, Заозёрск").kind == InstitutionKind.PRISON
    assert Stay.objects.get(prisoner__surname_ru="Озерский").reason == StayReason.HOUSE_ARREST
    teneva = Prisoner.objects.get(surname_ru="Тенев")
    assert "<script" not in teneva.what_happened_ru
    assert "&lt;script&gt;" in teneva.what_happened_ru
    before = state_of_everything()
    run(file, "--apply", "--publish", map=map_file)
    assert state_of_everything() == before


def test_the_record_of_the_run(table, run):
    run(table([PERSON]), "--apply")
    done = ImportRun.objects.get()
    assert (done.state, done.rows_done, done.report["new"]) == (ImportRun.State.DONE, 1, 1)
