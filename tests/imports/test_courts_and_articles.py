"""Courts and articles come in as tables: drafts, staff's edits, namesakes, editions, what is verified."""

import pytest
from django.core.management import CommandError

from cases.models import Article, ArticleEdition, ArticleEditionPrivate, CaseCitation, Court, ImportedRow
from memorial.base.choices import State
from tests.factories import ArticleFactory, CourtFactory, RegionFactory
from tests.imports.test_import import state_of_everything

pytestmark = pytest.mark.django_db

COURT = {
    "key": "1",
    "name_ru": "Зареченский районный суд",
    "name_en": "Zarechye District Court",
    "level": "районный суд",
    "region": "Владимирская обл.",
    "time_zone": "Europe/Moscow",
    "town_ru": "Заречье",
    "url": "https://example.org/court",
    "closed_on": "31.12.2024",
    "source_url": "https://example.org/courts",
    "source_kind": "official",
}
ARTICLE = {
    "key": "1",
    "code": "uk-rf",
    "number": "990.1",
    "used": "да",
    "valid_from": "04.03.2022",
    "title_ru": "Публичное чтение стихов",
    "short_en": "poetry",
    "contested": "yes",
    "has_parts": "yes",
}


@pytest.fixture(autouse=True)
def region(db):
    return RegionFactory(code="RU-VLA", name_ru="Владимирская область", name_en="Vladimir oblast")


def last(ran):
    return ran.out.splitlines()[-1]


def test_a_court_is_a_draft_and_a_second_run_changes_nothing(table, run):
    file = table([{**COURT, "level": "district"}])
    run(file, "--apply", kind="courts")
    court = Court.objects.get()
    assert (court.slug, court.state, court.level) == ("zarechye-district-court", State.DRAFT, "district")
    assert (court.region.code, court.time_zone, court.town_ru) == ("RU-VLA", "Europe/Moscow", "Заречье")
    assert court.closed_on.isoformat() == "2024-12-31"
    assert CaseCitation.objects.get(court=court).url == "https://example.org/courts"
    before = state_of_everything()
    assert "New: 0, updated: 0, unchanged: 1" in last(run(file, "--apply", kind="courts"))
    assert state_of_everything() == before


def test_with_publish_a_court_without_a_time_zone_stays_a_draft(table, run):
    rows = [COURT, {"key": "2", "name_ru": "Приреченский суд"}]
    ran = run(table(rows), "--apply", "--publish", kind="courts")
    assert Court.objects.published().get().name_ru == COURT["name_ru"]
    assert "time zone" in ran.rows("not published")[3]


def test_what_staff_changed_stays_and_what_the_list_changed_follows(table, run):
    run(table([COURT]), "--apply", kind="courts")
    Court.objects.update(town_ru="Заречный")
    changed = {**COURT, "town_ru": "Заречьево", "url": "https://example.org/new", "closed_on": ""}
    ran = run(table([changed]), "--apply", kind="courts")
    court = Court.objects.get()
    assert (court.town_ru, court.url) == ("Заречный", "https://example.org/new")
    assert court.closed_on is not None
    assert "theirs stays" in ran.rows("left as it is")[2]


def test_a_court_that_is_here_is_that_court_and_two_of_one_name_are_nobodys_guess(table, run):
    here = CourtFactory(name_ru="Зареченский районный суд", name_en="", town_ru="")
    run(table([COURT]), "--apply", kind="courts")
    here.refresh_from_db()
    assert (Court.objects.count(), here.name_en, here.town_ru) == (1, "Zarechye District Court", "Заречье")
    CourtFactory(name_ru="Зареченский районный суд", name_en="", town_ru="Другое Заречье")
    ran = run(table([{**COURT, "key": "2", "town_ru": ""}]), kind="courts", accept_rejects=1)
    assert "Several courts have this name" in ran.rows("row rejected")[2]
    ran = run(table([{**COURT, "key": "2", "town_ru": "Третье"}]), "--apply", kind="courts")
    assert Court.objects.count() == 3


def test_a_withdrawn_court_and_a_deleted_one_do_not_return(table, run):
    run(table([COURT, {**COURT, "key": "2", "name_ru": "Иной суд", "name_en": ""}]), "--apply", kind="courts")
    Court.objects.filter(name_ru=COURT["name_ru"]).update(state=State.WITHDRAWN)
    Court.objects.filter(name_ru="Иной суд").delete()
    rows = [{**COURT, "town_ru": "Иное"}, {**COURT, "key": "2", "name_ru": "Иной суд", "name_en": ""}]
    ran = run(table(rows), "--apply", "--publish", kind="courts")
    assert [court.town_ru for court in Court.objects.all()] == ["Заречье"]
    assert set(ran.rows("left as it is")) == {2, 3}


def test_what_cannot_be_read_is_listed(table, run):
    rows = [
        {**COURT, "time_zone": "Moscow", "level": "высший", "closed_on": "2024", "note": "=HYPERLINK(1)"},
        {"key": "2", "name_ru": "?", "name_en": "\u202e"},
    ]
    ran = run(table(rows), "--apply", kind="courts", accept_rejects=1)
    court = Court.objects.get()
    assert (court.time_zone, court.level, court.closed_on) == ("", "unknown", None)
    columns = {line["column"] for line in ran.report if line["what"].startswith("not read")}
    assert columns == {"time_zone", "level", "closed_on"}
    assert "no note for staff" in ran.rows("please look")[2]
    assert "no name" in ran.rows("row rejected")[3]


def test_an_article_and_its_next_edition(table, run):
    run(table([ARTICLE]), "--apply", kind="articles")
    article = Article.objects.get(number="990.1")
    edition = article.editions.get()
    assert (article.slug, article.used_in_political_cases) == ("uk-rf-990.1", True)
    assert (edition.title_ru, edition.contested, edition.has_parts) == (ARTICLE["title_ru"], True, "yes")
    assert edition.verified_on is None
    newer = {
        **ARTICLE,
        "key": "2",
        "valid_from": "01.02.2024",
        "title_ru": "Иное чтение",
        "note": "проверить",
    }
    ran = run(table([ARTICLE, newer]), "--apply", kind="articles", accept_rejects=1)
    assert "not in force on one day" in ran.rows("row rejected")[3]
    ran = run(table([{**ARTICLE, "valid_to": "31.01.2024"}, newer]), "--apply", kind="articles")
    assert "New: 1, updated: 1" in last(ran)
    assert [one.title_ru for one in article.editions.all()] == [ARTICLE["title_ru"], "Иное чтение"]
    assert "проверить" in ArticleEditionPrivate.objects.get().staff_note
    before = state_of_everything()
    run(table([{**ARTICLE, "valid_to": "31.01.2024"}, newer]), "--apply", kind="articles")
    assert state_of_everything() == before


def test_what_was_checked_against_the_official_text_is_not_overwritten(table, run):
    run(table([ARTICLE]), "--apply", kind="articles")
    ArticleEdition.objects.update(verified_on="2026-01-15")
    changed = {**ARTICLE, "title_ru": "Вольное чтение", "used": "нет", "number": "990.1"}
    ran = run(table([changed]), "--apply", kind="articles")
    edition = ArticleEdition.objects.get()
    assert (edition.title_ru, edition.verified_on.year) == (ARTICLE["title_ru"], 2026)
    assert "official text" in ran.rows("left as it is")[2]


def test_an_article_of_the_seed_is_found_by_code_and_number(table, run):
    here = ArticleFactory(number="990.1", edition=None)
    ArticleEdition.objects.create(article=here, title_ru="Как в законе", valid_from="2022-03-04")
    ran = run(table([ARTICLE]), "--apply", kind="articles")
    assert (Article.objects.count(), ArticleEdition.objects.count()) == (1, 1)
    assert ArticleEdition.objects.get().title_ru == "Как в законе"
    assert "theirs stays" in ran.rows("left as it is")[2]


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"code": "", "number": "1"}, "code and its number"),
        ({"number": "сто"}, "figures and dots"),
        ({"code": "уголовный"}, "is none of"),
        ({"code": "other"}, "Name the code"),
    ],
)
def test_no_article_is_guessed(table, run, cells, reason):
    ran = run(table([{**ARTICLE, **cells}]), kind="articles", accept_rejects=1)
    assert reason in ran.rows("row rejected")[2]


def test_another_code_is_told_apart_by_its_name(table, run):
    rows = [
        {**ARTICLE, "code": "other", "code_name_en": "Code of Zarechye"},
        {**ARTICLE, "key": "2", "code": "other", "code_name_en": "Code of Prirechye"},
    ]
    run(table(rows), "--apply", kind="articles")
    assert sorted(Article.objects.values_list("slug", flat=True)) == ["other-990.1", "other-990.1-2"]
    assert "unchanged: 2" in last(run(table(rows), "--apply", kind="articles"))
    assert ImportedRow.objects.count() == 2


def test_a_column_that_is_none_of_ours_is_refused(table, run):
    with pytest.raises(CommandError, match="verified_on"):
        run(table([{**ARTICLE, "verified_on": "01.01.2024"}]), kind="articles")
