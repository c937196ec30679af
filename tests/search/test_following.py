"""The tables of search say what is published, whoever writes it and however, within the same transaction."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command
from django.db import connection

from cases.models import Case, Document, Event
from memorial.base.choices import State
from memorial.base.database import public_condition, runtime_sql
from memorial.base.partial_date import PartialDate
from memorial.news.models import NewsItem
from memorial.pages.models import SitePage, ThemeText
from memorial.search.kinds import KINDS
from memorial.search.models import SearchEntry
from prisoners import actions
from prisoners.models import Facility, HiddenNameVariant, NameVariant, Prisoner, PublishedName
from prisoners.name_search import people_named
from tests.factories import CaseFactory, CourtFactory, FacilityFactory, PrisonerFactory, ProsecutionFactory
from tests.news.telling import piece

pytestmark = pytest.mark.django_db
BY = 1


def sql(statement: str, *params: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return cursor.fetchall() if cursor.description else []


def rows(person: Prisoner) -> tuple[int, int]:
    """How many names and texts of a person readers find."""
    texts = SearchEntry.objects.filter(kind="prisoner", object_id=person.pk)
    return PublishedName.objects.filter(person_id=person.pk).count(), texts.count()


@pytest.fixture
def person() -> Prisoner:
    made = PrisonerFactory(surname_ru="Худеяров", surname_en="Khudeyarov", slug="khudeyarov")
    NameVariant.objects.create(prisoner=made, text="Кудеяр Тимур", kind="uk")
    return made


def test_what_is_published_is_there_in_every_language(person):
    assert rows(person) == (3, 2)
    assert people_named("кудеяр").ids == people_named("худеяров").ids == (person.pk,)


@pytest.mark.parametrize(
    "hide",
    [
        lambda person: actions.withdraw(prisoner=person, reason="asked", by=BY),
        lambda person: actions.reduce_to_initials(prisoner=person, reason="asked", by=BY),
        lambda person: Prisoner.objects.filter(pk=person.pk).update(state=State.WITHDRAWN),
        lambda person: sql("UPDATE prisoners_prisoner SET state = 'draft' WHERE id = %s", person.pk),
        lambda person: person.delete(),
    ],
    ids=["withdraw", "initials", "queryset", "sql", "delete"],
)
def test_whoever_is_hidden_is_gone_at_once(person, hide):
    pk = person.pk
    hide(person)
    assert PublishedName.objects.filter(person_id=pk).count() == 0
    assert SearchEntry.objects.filter(kind="prisoner", object_id=pk).count() == 0
    assert people_named("Худеяров").ids == people_named("кудеяр").ids == ()


def test_merging_lets_the_other_names_find_the_one_who_is_kept(person):
    duplicate = PrisonerFactory(surname_ru="Кудияровский", surname_en="Kudiyarovsky")
    actions.merge_prisoners(keep=person, duplicate=duplicate, reason="the same", by=BY)
    assert not PublishedName.objects.filter(person_id=duplicate.pk).exists()
    assert not SearchEntry.objects.filter(kind="prisoner", object_id=duplicate.pk).exists()
    # Its name was public: it is kept as another spelling, and finds the one who stays.
    assert person.name_variants.filter(text__contains="Кудияровский").exists()
    assert people_named("Кудияровский").ids == (person.pk,)


def test_a_spelling_that_is_hidden_or_not_to_be_found_finds_nobody(person):
    HiddenNameVariant.objects.create(prisoner=person, text="Сорочинский", kind="former", searchable=True)
    assert people_named("Сорочинский").ids == ()
    NameVariant.objects.filter(prisoner=person).update(searchable=False)
    assert not PublishedName.objects.filter(person_id=person.pk, kind="uk").exists()
    NameVariant.objects.filter(prisoner=person).delete()
    assert rows(person) == (2, 2)


def test_a_name_that_is_mended_is_found_and_the_old_one_is_not(person):
    Prisoner.objects.filter(pk=person.pk).update(surname_ru="Белолистов", surname_en="Belolistov")
    NameVariant.objects.filter(prisoner=person).delete()
    assert people_named("белалистов").ids == (person.pk,)
    assert people_named("Худеяров").ids == ()


def test_a_published_person_by_initials_is_found_neither_by_name_nor_by_word():
    person = PrisonerFactory(
        surname_ru="К.",
        given_names_ru="Т.",
        initials_only=True,
        born=PartialDate.parse("1987"),
        summary_ru="Собиратель мхов.",
    )
    assert rows(person) == (0, 0)


def entries(kind: str) -> dict[tuple[int, str], str]:
    found = SearchEntry.objects.filter(kind=kind)
    return {(entry.object_id, entry.language): f"{entry.title} {entry.body}" for entry in found}


def test_a_case_tells_its_events_but_not_those_of_whoever_is_hidden():
    case = CaseFactory(title_ru="Дело о мостах", title_en="")
    known, hidden = (ProsecutionFactory(case=case) for _ in range(2))
    Event.objects.create(case=case, line_ru="обыск на барже")
    Event.objects.create(prosecution=hidden, line_ru="очная ставка")
    Event.objects.create(case=case, line_ru="слух о пожаре", verification="unverified")
    text = entries("case")[case.pk, "ru"]
    assert "обыск на барже" in text
    assert "очная ставка" in text
    assert "пожаре" not in text
    actions.withdraw(prisoner=hidden.prisoner, reason="asked", by=BY)
    assert "очная ставка" not in entries("case")[case.pk, "ru"]
    assert known.prisoner.is_published
    Case.objects.filter(pk=case.pk).update(state=State.WITHDRAWN)
    assert entries("case") == {}


def test_a_document_goes_with_its_case_and_with_its_person():
    prosecution = ProsecutionFactory()
    ProsecutionFactory(case=prosecution.case)
    mine = Document.objects.create(
        prosecution=prosecution, kind="other", title_ru="Последнее слово", slug="mine", state=State.PUBLISHED
    )
    ours = Document.objects.create(
        case=prosecution.case, kind="other", title_ru="Определение", slug="ours", state=State.PUBLISHED
    )
    assert set(entries("document")) == {(mine.pk, "ru"), (ours.pk, "ru")}
    actions.withdraw(prisoner=prosecution.prisoner, reason="asked", by=BY)
    assert set(entries("document")) == {(ours.pk, "ru")}
    Case.objects.filter(pk=prosecution.case_id).update(state=State.DRAFT)
    assert entries("document") == {}


def test_places_and_courts_follow_their_own_names_and_those_of_their_region():
    place, court = (
        FacilityFactory(name_ru="ИК-914"),
        CourtFactory(name_ru="Заречный суд", in_occupied_territory=True),
    )
    place.region.name_ru = "Нижнелесная область"
    place.region.save()
    assert "Нижнелесная" in entries("facility")[place.pk, "ru"]
    assert "Нижнелесная" in entries("region")[place.region_id, "ru"]
    assert entries("court")[court.pk, "ru"].startswith("«Заречный суд»")
    Facility.objects.update(state=State.WITHDRAWN)
    assert entries("facility") == {}


def test_news_is_found_from_its_publication_until_it_is_withdrawn():
    item = piece(title_ru="Приговор о плотах", text_ru="<p>Прения <em>сторон</em></p>", state=State.DRAFT)
    assert entries("news") == {}
    NewsItem.objects.filter(pk=item.pk).update(state=State.PUBLISHED)
    assert set(entries("news")) == {(item.pk, "ru"), (item.pk, "en")}
    assert entries("news")[item.pk, "ru"].startswith("Приговор о плотах")
    assert "Прения сторон" in entries("news")[item.pk, "ru"]
    sql("UPDATE news_newsitem SET title_ru = 'Решение о плотах', title_en = '' WHERE id = %s", item.pk)
    assert set(entries("news")) == {(item.pk, "ru")}
    assert entries("news")[item.pk, "ru"].startswith("Решение о плотах")
    before = entries("news")
    SearchEntry.objects.filter(kind="news").delete()
    call_command("rebuild_search")
    assert entries("news") == before
    NewsItem.objects.update(state=State.WITHDRAWN)
    assert entries("news") == {}


def test_rich_text_is_searched_as_words_and_a_change_of_nothing_writes_nothing(person):
    Prisoner.objects.filter(pk=person.pk).update(
        what_happened_ru="<p>На&nbsp;реке <em>стоял</em> плот &amp; баржа</p>"
    )
    entry = SearchEntry.objects.get(kind="prisoner", object_id=person.pk, language="ru")
    assert "На реке стоял плот & баржа" in entry.body
    before = sql("SELECT xmin::text, id FROM search_searchentry WHERE id = %s", entry.pk)
    Prisoner.objects.filter(pk=person.pk).update(gender="f")
    assert sql("SELECT xmin::text, id FROM search_searchentry WHERE id = %s", entry.pk) == before


def test_rebuilding_changes_nothing_and_puts_right_what_somebody_spoilt(person, capsys):
    CaseFactory()
    names = "SELECT person_id, kind, language, text, surname_folds FROM prisoners_publishedname ORDER BY 1, 2, 3, 4"
    texts = (
        "SELECT kind, object_id, language, title, body, vector::text FROM search_searchentry ORDER BY 1, 2, 3"
    )
    before = sql(names), sql(texts)
    PublishedName.objects.filter(person_id=person.pk).update(text="spoilt")
    SearchEntry.objects.filter(kind="prisoner").delete()
    call_command("rebuild_search")
    assert (sql(names), sql(texts)) == before
    assert "Names: 3." in capsys.readouterr().out


def test_no_path_of_writing_can_be_forgotten():
    """Every kind has its function, is filled where it is empty, and the condition of documents is the model's own."""
    functions = {
        name for (name,) in sql("SELECT proname FROM pg_proc WHERE proname LIKE 'memorial\\_search\\_%%'")
    }
    assert {f"memorial_search_{kind.code}" for kind in KINDS} <= functions
    refresh = next(file for file in runtime_sql() if file.name == "refresh.sql").read_text(encoding="utf-8")
    listed = dict(re.findall(r"\('(\w+)', '(\w+)'\)", refresh))
    assert listed == {kind.code: kind.table for kind in KINDS}
    # What the functions say is public is what the models say.
    told = [("prisoner", Prisoner), ("case", Case), ("document", Document), ("news", NewsItem)]
    told += [("page", SitePage), ("theme", ThemeText)]
    for kind, model in told:
        table = model._meta.db_table
        condition = public_condition(model)
        beyond = sql(
            f"SELECT count(*) FROM search_searchentry e WHERE e.kind = %s AND NOT EXISTS"
            f" (SELECT 1 FROM {table} r WHERE r.id = e.object_id AND {condition})",
            kind,
        )
        assert beyond == [(0,)]
