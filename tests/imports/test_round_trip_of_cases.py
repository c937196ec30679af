"""Courts, articles and cases taken out of the office and loaded again change nothing but what was edited."""

import csv
from datetime import date

import pytest

from cases.models import (
    Article,
    ArticleEdition,
    Case,
    Charge,
    Court,
    Decision,
    ImportedRow,
    Penalty,
    Prosecution,
)
from memorial.base.choices import State
from memorial.base.exposure import is_confidential, readable_fields
from memorial.base.partial_date import PartialDate
from memorial.lists.exporting import (
    ARTICLE_COLUMNS,
    CASE_COLUMNS,
    COURT_COLUMNS,
    exported_articles,
    exported_cases,
    exported_courts,
)
from memorial.lists.fields import ARTICLE_FIELDS, CASE_FIELDS, COURT_FIELDS
from prisoners import actions
from tests.factories import (
    ArticleFactory,
    CaseFactory,
    ChargeFactory,
    CourtFactory,
    DecisionFactory,
    DecisionPersonFactory,
    PrisonerFactory,
    ProsecutionFactory,
    RegionFactory,
    RestraintFactory,
)
from tests.imports.test_import import state_of_everything
from tests.imports.test_round_trip import edited, exported

pytestmark = pytest.mark.django_db

KINDS = {
    "courts": (Court, exported_courts),
    "articles": (Article, exported_articles),
    "cases": (Case, exported_cases),
}
ROWS = {"courts": 2, "articles": 3, "cases": 5}


def taken_out(tmp_path, kind, ending="csv"):
    model, rows = KINDS[kind]
    return exported(tmp_path, rows(model.objects.order_by("pk")), ending)


def table_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {int(row["id"]): row for row in csv.DictReader(file)}


@pytest.fixture
def world(editor):
    """Cases of every shape that an export meets."""
    court = CourtFactory(region=RegionFactory(code="RU-VLA"), closed_on=date(2024, 12, 31), town_ru="=1+1")
    CourtFactory(state=State.WITHDRAWN, time_zone="", name_en="")
    article = ArticleFactory(number="207.3", used_in_political_cases=True)
    ArticleEdition.objects.update(valid_to=date(2023, 1, 1), contested=True, short_ru="«Фейки»")
    ArticleEdition.objects.create(article=article, title_ru="Иначе", valid_from=date(2023, 1, 2))
    ArticleFactory(code="other", code_name_en="Code of Zarechye", number="7", slug="other-7")
    group = CaseFactory(opened=PartialDate.parse("около 2023"), is_group=True, number="-77/2023")
    first, second = (ProsecutionFactory(case=group, since=PartialDate.parse("03.2023")) for _time in range(2))
    ChargeFactory(prosecution=first, article=article, points=["д", "е.1"], attempt="attempt", complicity="5")
    ChargeFactory(prosecution=first, article=None, wording_ru="за стихи", wording_en="for poems")
    ChargeFactory(
        prosecution=first, article=None, code="other", code_name_ru="УК Заречья", number="8", part=""
    )
    RestraintFactory(prosecution=first, until=PartialDate.parse("14.05.2030"))
    RestraintFactory(prosecution=first, measure="house_arrest", began=PartialDate.parse("01.01.2023"))
    verdict = DecisionFactory(case=group, court=court)
    for one, kind in ((first, "imprisonment"), (second, "suspended")):
        link = DecisionPersonFactory(decision=verdict, prosecution=one)
        Penalty.objects.create(decision_person=link, kind=kind, years=7, months=6, probation_years=None)
    Penalty.objects.create(decision_person=link, kind="fine", amount="300000.50", currency="UAH")
    Penalty.objects.create(decision_person=link, kind="ban_positions", years=3, detail_ru="«сайты»")
    DecisionFactory(case=group, kind="upheld", instance="appeal", on=PartialDate.parse("21.06.2024"))
    alone = ProsecutionFactory(case=CaseFactory(kind="no_proceedings", state=State.DRAFT), role="held")
    withdrawn = ProsecutionFactory(case=CaseFactory(state=State.WITHDRAWN))
    reduced = ProsecutionFactory(prisoner=PrisonerFactory(surname_ru="Секретов"))
    ChargeFactory(prosecution=reduced, article=None, wording_ru="за речи")
    actions.reduce_to_initials(prisoner=reduced.prisoner, reason="asked to", by=editor.pk)
    return {"first": first, "second": second, "alone": alone, "withdrawn": withdrawn, "reduced": reduced}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", ROWS)
def test_a_table_taken_out_and_loaded_again_changes_nothing(world, tmp_path, run, kind, ending):
    path = taken_out(tmp_path, kind, ending)
    run(path, "--apply", "--publish", kind=kind)
    before = state_of_everything()
    ran = run(path, "--apply", "--publish", kind=kind)
    assert state_of_everything() == before
    assert ran.report == []
    assert (
        f"New: 0, updated: 0, unchanged: {ROWS[kind]}, published: 0, rejected: 0" in ran.out.splitlines()[-1]
    )
    assert not ImportedRow.objects.exists()


def test_an_edited_cell_is_written_and_nothing_else(world, tmp_path, run):
    first, path = world["first"], taken_out(tmp_path, "cases")
    was = table_of(path)
    cells = {"plea": "admitted", "since": "14.03.2023", "case_title_ru": "=Иное дело", "restraint_until": ""}
    run(edited(path, first.pk, **cells), "--apply", kind="cases")
    now = table_of(taken_out(tmp_path, "cases"))
    expected = {"plea": "admitted", "since": "2023-03-14", "case_title_ru": "'=Иное дело"}
    for number, row in now.items():
        changed = {name for name in row if row[name] != was[number][name]} - {"as_exported"}
        same_case = row["case"] == now[first.pk]["case"]
        assert changed == (set(expected) if number == first.pk else {"case_title_ru"} if same_case else set())
    assert {name: now[first.pk][name] for name in expected} == expected


def test_penalties_and_courts_are_edited_in_the_words_of_the_table(world, tmp_path, run):
    other = CourtFactory(name_ru="Приреченский суд")
    alone = world["alone"]
    run(
        edited(
            taken_out(tmp_path, "cases"),
            alone.pk,
            case_kind="criminal",
            decision_on="19.02.2024",
            decision_kind="guilty_verdict",
            decision_court="Приреченский  суд",
            decision_penalties="3 года строгого режима",
            charges_ru="ч. 1 ст. 280.3 УК РФ",
        ),
        "--apply",
        kind="cases",
    )
    verdict = Decision.objects.get(people__prosecution=alone)
    assert (verdict.court, verdict.kind) == (other, "guilty_verdict")
    assert Charge.objects.get(prosecution=alone).number == "280.3"
    path = taken_out(tmp_path, "cases")
    said = table_of(path)[alone.pk]["decision_penalties"]
    run(edited(path, alone.pk, decision_penalties=said.replace("3", "4")), "--apply", kind="cases")
    assert Penalty.objects.get(decision_person__prosecution=alone).years == 4


def test_what_a_colleague_changed_meanwhile_stays(world, tmp_path, run):
    first, path = world["first"], taken_out(tmp_path, "cases")
    Prosecution.objects.filter(pk=first.pk).update(plea="partly")
    Penalty.objects.filter(decision_person__prosecution=first).update(years=9)
    cells = {
        "plea": "admitted",
        "decision_penalties": "5 лет",
        "decision_on": "20.02.2024",
        "charges_ru": "иное",
    }
    ran = run(edited(path, first.pk, **cells), "--apply", kind="cases")
    first.refresh_from_db()
    assert first.plea == "partly"
    assert Penalty.objects.get(decision_person__prosecution=first).years == 9
    kept = {line["column"]: line["reason"] for line in ran.report}
    assert set(kept) == set(cells)
    assert "several people" in kept["decision_on"]


def test_case_and_person_of_a_row_stay(world, tmp_path, run):
    first, second, path = world["first"], world["second"], taken_out(tmp_path, "cases")
    cells = {"person": second.prisoner.slug, "case": world["alone"].case.slug}
    ran = run(edited(path, first.pk, **cells), "--apply", kind="cases")
    assert {line["column"] for line in ran.report} == {"case", "person"}
    assert Prosecution.objects.get(pk=first.pk).prisoner_id == first.prisoner_id


@pytest.mark.parametrize("who", ["withdrawn", "reduced"])
def test_edits_of_what_was_hidden_are_not_written(world, tmp_path, run, who):
    one, path = world[who], taken_out(tmp_path, "cases")
    ran = run(edited(path, one.pk, case_summary_ru="Секретова обвиняют."), "--apply", kind="cases")
    one.case.refresh_from_db()
    assert "Секретова" not in one.case.summary_ru
    assert [line["what"] for line in ran.report] == ["left as it is"]


def test_a_number_that_is_gone_is_rejected(world, tmp_path, run):
    path = taken_out(tmp_path, "cases")
    world["alone"].delete()
    ran = run(path, "--apply", kind="cases", accept_rejects=1)
    assert any("it was deleted" in reason for reason in ran.rows("row rejected").values())
    assert Prosecution.objects.count() == 4


def test_what_is_exported_is_public_and_can_be_imported(world, tmp_path):
    for columns, fields in (
        (COURT_COLUMNS, COURT_FIELDS),
        (ARTICLE_COLUMNS, ARTICLE_FIELDS),
        (CASE_COLUMNS, CASE_FIELDS),
    ):
        assert set(columns) <= set(fields)
    for model in (Court, Case, Prosecution, Charge, Penalty, Decision, ArticleEdition):
        assert not is_confidential(model)
        public = {field.name for field in readable_fields(model)}
        wanted = {one.attribute for one in CASE_FIELDS.values() if one.part.name == model.__name__.upper()}
        assert wanted <= public | {""}
    row = table_of(taken_out(tmp_path, "cases"))[world["reduced"].pk]
    assert "Секретов" not in str(row)
    assert row["charges_ru"] == "за речи"


def test_an_export_asks_the_database_as_often_for_one_person_as_for_three(
    world, django_assert_max_num_queries
):
    with django_assert_max_num_queries(40) as few:
        list(exported_cases(Case.objects.filter(pk=world["first"].case_id)))
    with django_assert_max_num_queries(len(few)):
        assert len(list(exported_cases(Case.objects.all()))) == 6
