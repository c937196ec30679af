"""Cases come in as tables: one row for each person in each case, nobody guessed, nothing invented."""

import pytest

from cases.models import (
    Case,
    CaseCitation,
    Charge,
    Decision,
    DecisionPerson,
    ImportedRow,
    Penalty,
    Prosecution,
    ProsecutionPrivate,
    Restraint,
)
from memorial.base.partial_date import PartialDate
from prisoners.models import ImportKey, ImportSource, Prisoner
from tests.factories import ArticleFactory, CourtFactory, PrisonerFactory, RegionFactory
from tests.imports.test_import import state_of_everything

pytestmark = pytest.mark.django_db

ROW = {
    "key": "стихи",
    "person_name_ru": "Горинцев Тимур Олегович",
    "person_born": "02.10.1987",
    "case_kind": "criminal",
    "case_title_ru": "Дело о чтении стихов",
    "case_title_en": "The poetry reading case",
    "case_summary_ru": "Обвиняют за стихи, прочитанные на площади.",
    "case_region": "RU-VLA",
    "case_opened": "02.2023",
    "role": "accused",
    "since": "14.03.2023",
    "plea": "not_admitted",
    "charges_ru": "п. «д» ч. 2 ст. 207.3, ч. 1 ст. 280.3",
    "charges_code": "uk-rf",
    "restraint": "custody",
    "restraint_from": "15.03.2023",
    "restraint_until": "14.05.2023",
    "decision_on": "19.02.2024",
    "decision_court": "Зареченский районный суд",
    "decision_penalties": "7 лет 6 месяцев колонии общего режима; штраф 300 000 рублей",
    "appeal_on": "21.06.2024",
    "appeal_kind": "upheld",
    "source_url": "https://example.org/verdict",
    "source_kind": "media",
}


def person(**fields):
    said = {
        "surname_ru": "Горинцев",
        "given_names_ru": "Тимур",
        "patronymic_ru": "Олегович",
        "surname_en": "Gorintsev",
        "given_names_en": "Timur",
        "born": PartialDate.parse("1987"),
        "gender": "m",
    }
    return PrisonerFactory(**{**said, **fields})


def lazorevsky():
    return person(
        surname_ru="Лазоревский",
        surname_en="Lazorevsky",
        given_names_ru="Егор",
        given_names_en="Egor",
        patronymic_ru="",
        born=PartialDate.parse("1990"),
    )


SECOND = {
    **ROW,
    "person_name_ru": "Лазоревский Егор",
    "person_born": "1990",
    "decision_penalties": "3 года условно, испытательный срок 2 года",
    "charges_ru": "за стихи",
}


@pytest.fixture
def world(db):
    RegionFactory(code="RU-VLA", name_ru="Владимирская область")
    ArticleFactory(number="207.3")
    CourtFactory(name_ru="Зареченский районный суд")
    return person()


def last(ran):
    return ran.out.splitlines()[-1]


def load(run, table, *rows, **options):
    return run(table(list(rows)), "--apply", kind="cases", **options)


def test_a_row_becomes_a_case_with_its_person(world, table, run):
    ran = load(run, table, ROW)
    assert "New: 1," in last(ran)
    assert ran.report == []
    case = Case.objects.get()
    assert (case.slug, case.state, case.kind, case.is_group) == (
        "the-poetry-reading-case",
        "draft",
        "criminal",
        False,
    )
    assert (case.region.code, case.opened.text) == ("RU-VLA", "2023-02")
    one = case.prosecutions.get()
    assert (one.prisoner, one.role, one.plea, one.since.text) == (
        world,
        "accused",
        "not_admitted",
        "2023-03-14",
    )
    first, second = one.charges.all()
    assert (str(first.article.number), first.part, first.points) == ("207.3", "2", ["д"])
    assert (second.article, second.code, second.number, second.part) == (None, "uk-rf", "280.3", "1")
    assert first.wording_ru == "п. «д» ч. 2 ст. 207.3"
    measure = one.restraints.get()
    assert (measure.measure, measure.began.text, measure.until.text) == (
        "custody",
        "2023-03-15",
        "2023-05-14",
    )
    verdict = Decision.objects.get(instance="first")
    assert (verdict.kind, verdict.on.text, verdict.whole_case) == ("guilty_verdict", "2024-02-19", False)
    assert verdict.court.name_ru == "Зареченский районный суд"
    term, fine = Penalty.objects.all()
    assert (term.years, term.months, term.regime) == (7, 6, "general")
    assert (fine.amount, fine.currency) == (300_000, "RUB")
    assert Decision.objects.get(instance="appeal").kind == "upheld"
    assert CaseCitation.objects.get(prosecution=one).url == "https://example.org/verdict"


def test_the_same_file_again_changes_nothing(world, table, run):
    lazorevsky()
    load(run, table, ROW, SECOND)
    before = state_of_everything()
    ran = load(run, table, ROW, SECOND)
    assert state_of_everything() == before
    assert "New: 0, updated: 0, unchanged: 2" in last(ran)


def test_trying_writes_nothing(world, table, run):
    before = state_of_everything()
    ran = run(table([ROW]), kind="cases")
    assert state_of_everything() == before
    assert "New: 1," in ran.out
    assert not Case.objects.exists()


def test_rows_of_one_key_are_a_group_case_with_one_verdict(world, table, run):
    lazorevsky()
    ran = load(run, table, ROW, SECOND)
    case = Case.objects.get()
    assert case.is_group
    assert case.prosecutions.count() == 2
    assert Decision.objects.filter(instance="first").count() == 1
    assert DecisionPerson.objects.filter(decision__instance="first").count() == 2
    assert sorted(Penalty.objects.values_list("kind", flat=True)) == ["fine", "imprisonment", "suspended"]
    assert Charge.objects.get(wording_ru="за стихи").number == ""
    assert "words of the list" in ran.rows("please look")[3]
    other = {**SECOND, "case_title_ru": "Иное дело", "decision_on": "20.02.2024"}
    ran = load(run, table, ROW, other)
    case.refresh_from_db()
    assert case.title_ru == ROW["case_title_ru"]
    reasons = " ".join(line["reason"] for line in ran.report)
    assert "the first one is followed" in reasons
    assert "on several people" in reasons
    before = state_of_everything()
    load(run, table, ROW, other)
    assert state_of_everything() == before


def test_staff_edits_win_and_what_the_list_changed_follows(world, table, run):
    load(run, table, ROW)
    one = Prosecution.objects.get()
    Prosecution.objects.update(plea="partly")
    Penalty.objects.filter(kind="fine").delete()
    Restraint.objects.update(until=PartialDate.parse("14.06.2023"))
    Charge.objects.filter(number="280.3").delete()
    changed = {
        **ROW,
        "plea": "admitted",
        "since": "13.03.2023",
        "decision_penalties": "8 лет",
        "restraint_until": "14.07.2023",
        "charges_ru": "ч. 2 ст. 275",
        "case_summary_ru": "Осуждён за стихи.",
        "appeal_on": "22.06.2024",
    }
    ran = load(run, table, changed)
    one.refresh_from_db()
    assert (one.plea, one.since.text) == ("partly", "2023-03-13")
    assert Restraint.objects.get().until.text == "2023-06-14"
    assert Penalty.objects.get().years == 7
    assert Charge.objects.count() == 1
    assert Case.objects.get().summary_ru == "Осуждён за стихи."
    assert Decision.objects.get(instance="appeal").on.text == "2024-06-22"
    kept = {line["column"] for line in ran.report if line["what"] == "left as it is"}
    assert kept == {"plea", "decision_penalties", "restraint_until", "charges_ru"}
    load(run, table, {**changed, "appeal_on": ""})
    assert Decision.objects.get(instance="appeal").on is not None


def test_penalties_that_nobody_touched_follow_the_list(world, table, run):
    load(run, table, ROW)
    load(run, table, {**ROW, "decision_penalties": "6 лет строгого режима"})
    penalty = Penalty.objects.get()
    assert (penalty.kind, penalty.years, penalty.regime) == ("imprisonment", 6, "strict")


def test_what_staff_deleted_is_not_made_again(world, table, run):
    load(run, table, ROW)
    Restraint.objects.all().delete()
    Decision.objects.filter(instance="appeal").delete()
    ran = load(run, table, {**ROW, "restraint_until": "01.06.2023", "appeal_on": "22.06.2024"})
    assert not Restraint.objects.exists()
    assert Decision.objects.count() == 1
    assert sum("Staff deleted" in line["reason"] for line in ran.report) == 2
    Prosecution.objects.all().delete()
    ran = load(run, table, ROW)
    assert not Prosecution.objects.exists()
    assert "Staff deleted" in ran.rows("left as it is")[2]
    Case.objects.all().delete()
    load(run, table, ROW)
    assert not Case.objects.exists()


# --- who is meant -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"person_born": ""}, "May be #"),
        ({"person_born": "1988"}, "May be #"),
        ({"person_name_ru": "Горинцев Тимур Ильич"}, "Nobody here"),
        ({"person_name_ru": "", "person_born": ""}, "whom it is about"),
        ({"person": "nobody-here"}, "number or the address"),
        ({"person": "999999999"}, "number or the address"),
        ({"person_key": "77"}, "brought nobody"),
        ({"person_name_ru": "Горинцев (Тимур"}, "brackets"),
    ],
)
def test_nobody_is_guessed(world, table, run, cells, reason):
    ran = load(run, table, {**ROW, **cells}, accept_rejects=1)
    assert reason in ran.rows("row rejected")[2]
    assert not Case.objects.exists()


def test_namesakes_are_listed_and_told_apart_by_the_year(world, table, run):
    twin = person(born=None)
    ran = load(run, table, ROW, accept_rejects=1)
    assert f"#{world.pk}, #{twin.pk}" in ran.rows("row rejected")[2]
    Prisoner.objects.filter(pk=twin.pk).update(born=PartialDate.parse("1955"))
    load(run, table, ROW)
    assert Prosecution.objects.get().prisoner == world


@pytest.mark.parametrize("tie", ["number", "address", "key"])
def test_a_person_is_found_by_number_address_or_key(world, table, run, tie):
    source = ImportSource.objects.create(code="hotline", title="hotline")
    ImportKey.objects.create(source=source, key="8", prisoner=world)
    said = {
        "number": {"person": str(world.pk)},
        "address": {"person": world.slug},
        "key": {"person_source": "hotline", "person_key": "8"},
    }[tie]
    load(run, table, {**ROW, "person_name_ru": "", "person_born": "", **said})
    assert Prosecution.objects.get().prisoner == world


def test_a_person_is_added_to_a_case_that_is_here(world, table, run):
    load(run, table, ROW)
    other = lazorevsky()
    row = {"case": Case.objects.get().slug, "key": "", "person": other.slug, "charges_ru": "ст. 280.3 УК РФ"}
    load(run, table, row)
    assert Case.objects.get().prosecutions.count() == 2
    ran = load(run, table, {**row, "case": "no-such-case"}, accept_rejects=1)
    assert "No case here" in ran.rows("row rejected")[2]


# --- what cannot be read ----------------------------------------------------------------------


def test_what_cannot_be_read_is_kept_for_staff_and_nothing_is_invented(world, table, run):
    row = {
        **ROW,
        "case_kind": "",
        "charges_ru": "статья 280.3 или 207.3",
        "charges_code": "",
        "decision_penalties": "7 лет на галерах",
        "decision_court": "Неведомый суд",
        "restraint_from": "15.08.2023",
        "plea": "кажется, нет",
        "role": "",
        "note": "проверить у адвоката",
    }
    ran = load(run, table, row, accept_rejects=1)
    assert "kind of case" in ran.rows("row rejected")[2]
    ran = load(run, table, {**row, "case_kind": "уголовное дело", "source_kind": "lawyer"})
    one = Prosecution.objects.get()
    assert (one.role, one.plea) == ("unknown", "not_known")
    assert (one.charges.get().number, one.charges.get().wording_ru) == ("", row["charges_ru"])
    assert not Decision.objects.filter(instance="first").exists()
    assert not CaseCitation.objects.exists()
    assert one.restraints.get().until is None
    unread = {line["column"] for line in ran.report if line["what"].startswith("not read")}
    assert {"decision_penalties", "decision_court", "plea", "restraint_until", "source_url"} <= unread
    note = ProsecutionPrivate.objects.get().staff_note
    assert "7 лет на галерах" in note
    assert "Неведомый суд" in note
    assert "проверить у адвоката" in note
    load(run, table, {**row, "case_kind": "уголовное дело", "source_kind": "lawyer"})
    assert ProsecutionPrivate.objects.get().staff_note == note


def test_the_kind_of_a_case_follows_from_the_code_of_its_charges(world, table, run):
    row = {**ROW, "case_kind": "", "charges_ru": "ч. 1 ст. 20.3.3", "charges_code": "koap-rf"}
    row |= {"decision_penalties": "15 суток", "appeal_on": "", "appeal_kind": ""}
    load(run, table, row)
    assert Case.objects.get().kind == "administrative"
    assert Decision.objects.get().kind == "adm_ruling"
    assert Penalty.objects.get().kind == "administrative_arrest"


def test_a_penalty_beside_an_acquittal_is_refused_by_the_database_in_words(world, table, run):
    ran = load(run, table, {**ROW, "decision_kind": "acquittal"}, accept_rejects=1)
    assert "impose no penalty" in ran.rows("row rejected")[2]
    assert not Case.objects.exists()


def test_a_row_that_the_database_refuses_takes_nothing_from_the_others(world, table, run):
    rows = [{**ROW, "key": "1"}, {**ROW, "key": "2", "decision_kind": "acquittal"}, {**ROW, "key": "3"}]
    ran = load(run, table, *rows, accept_rejects=1)
    assert set(ran.rows("row rejected")) == {3}
    assert [one.court.name_ru for one in Decision.objects.filter(instance="first")] == [
        ROW["decision_court"]
    ] * 2
    assert not ran.rows("not read, kept as a staff note")


@pytest.mark.parametrize(
    "hostile",
    [
        "=HYPERLINK(1)",
        "'=1+1",
        "<script>x</script>",
        "%s%(a)s{0}",
        "a" * 5000,
        "\u202e лаж",
        "''; DROP TABLE x",
    ],
)
def test_hostile_cells_are_text_or_refused(world, table, run, hostile):
    row = {
        **ROW,
        "case_title_ru": hostile,
        "case_number": hostile,
        "decision_court": hostile,
        "note": hostile,
    }
    row |= {"charges_ru": hostile, "charges_code": "uk-rf", "decision_penalties": hostile, "role": hostile}
    load(run, table, row, accept_rejects=1)
    assert not Decision.objects.filter(instance="first").exists()
    for charge in Charge.objects.all():
        assert charge.number == ""


def test_a_run_is_resumed_where_it_was_killed(world, table, run, monkeypatch):
    from memorial.lists.cases import CaseBatch
    from prisoners.importers import running

    rows = [{**ROW, "key": str(number), "case_title_en": f"Case {number}"} for number in range(6)]
    monkeypatch.setattr(running, "BATCH", 2)
    written, real = [], CaseBatch.write

    def killed(self, some):
        written.append(len(some))
        if len(written) == 5:
            raise KeyboardInterrupt
        return real(self, some)

    with monkeypatch.context() as patch:
        patch.setattr(CaseBatch, "write", killed)
        with pytest.raises(KeyboardInterrupt):
            load(run, table, *rows)
    assert Case.objects.count() == 2
    ran = load(run, table, *rows)
    assert "Gone on after row 2" in ran.out
    assert Case.objects.count() == 6
    assert ImportedRow.objects.filter(prosecution__isnull=False).count() == 6
