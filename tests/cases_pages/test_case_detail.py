"""The page of a case: what stands there, and that nothing there tells of people whom readers do not know."""

import re
from datetime import date

import pytest

from cases import models as record
from memorial.base.choices import State, Verification
from prisoners.models import Prisoner
from prisoners.names import name_in
from tests.cases_pages import world
from tests.counting import same_number_of_queries
from tests.factories import CaseFactory, ChargeFactory, HearingFactory, ProsecutionFactory
from tests.pages.reading import facts, links, words

pytestmark = pytest.mark.django_db


def page(reader, case, language="ru"):
    response = reader.get(f"/{language}/cases/{case.slug}/")
    assert response.status_code == 200
    return response


def section(response, anchor: str) -> str:
    """The words of one section of the page."""
    found = re.search(
        rf'<section[^>]*aria-labelledby="{anchor}">(.*?)</section>', response.content.decode(), re.S
    )
    assert found, f"no section {anchor}"
    return " ".join(re.sub(r"<[^>]+>", " ", found.group(1)).replace("\u00a0", " ").split())


def steps(response) -> list[tuple[str, str]]:
    """State and title of each stage, as classes and words."""
    found = re.findall(r'<li class="(done|now|todo)"[^>]*>\s*<h3>(.*?)</h3>', response.content.decode())
    return [(state, title.replace("\u00a0", " ")) for state, title in found]


def test_people_have_their_own_charges_decisions_and_liberty(reader):
    text = section(page(reader, world.embankment()), "people")
    assert "3 человека" in text
    her, late, poet = (text.index(name) for name in ("Переверзева", "Тихонов", "Ягужинский"))
    assert "7 лет 6 месяцев колонии общего режима" in text[her:late]
    assert "В силе с 3 июля 2024" in text[her:late]
    assert "Признана политзаключённой" in text[her:late]
    assert "ч. 1 ст. 280.3 УК РФ" in text[late:poet]
    assert "207.3" not in text[late:poet]
    assert "Суд первой инстанции" in text[late:poet]
    assert "Вину не признаёт" in text[poet:]
    assert "5 лет колонии общего режима" in text[poet:]
    # Nobody who died serves a sentence.
    assert "Отбывание" in text[her:late]
    assert "Отбывание" not in text[poet:]


def test_stages_tell_who_is_where_and_that_a_hearing_lies_ahead(reader):
    response = page(reader, world.embankment())
    assert steps(response) == [
        ("done", "Следствие"),
        ("now", "Первая инстанция"),
        ("done", "Апелляция"),
        ("now", "Кассация"),
        ("now", "Отбывание наказания"),
    ]
    assert "Сейчас: Тихонов Пётр Обвинительный приговор, 19 февраля 2024" in words(response)


def test_hidden_people_are_not_named_numbered_or_counted(reader):
    case = world.embankment()
    response = page(reader, case)
    body = response.content.decode()
    for secret in ("Сокрытов", "скрытой", "9 лет", "Тайное дело", "Непроверенное", "24 декабря"):
        assert secret not in body.replace("\u00a0", " "), secret
    everywhere = body
    hidden = case.prosecutions.exclude(prisoner__state=State.PUBLISHED).get()
    Prisoner.objects.filter(pk=hidden.prisoner_id).delete()
    assert page(reader, case).content.decode() == everywhere


def test_a_case_of_two_with_one_hidden_reads_as_if_there_were_one(reader):
    case = world.tried_anew()
    alone = page(reader, case).content
    other = ProsecutionFactory(case=case, prisoner=world.person("Сокрытова", state=State.WITHDRAWN))
    ChargeFactory(prosecution=other, article=world.fakes(), part="2")
    decision = case.decisions.get(kind="guilty_verdict")
    world.verdict(other, decision, years=8, regime="general")
    assert page(reader, case).content == alone
    assert "1 человек" not in words(page(reader, case))


def test_a_case_of_nobody_says_nothing_of_people(reader):
    text = words(page(reader, world.of_nobody()))
    assert "Люди в этом деле" not in text
    assert "Обвинительный приговор" not in text
    assert "207.3" not in text
    assert "Апелляция Сейчас Заседание 2 декабря 2026" in text


@pytest.mark.parametrize("state", [State.DRAFT, State.READY, State.WITHDRAWN])
def test_a_hidden_case_answers_as_an_absent_one(reader, state):
    case = CaseFactory(state=state)
    hidden, absent = reader.get(f"/ru/cases/{case.slug}/"), reader.get("/ru/cases/nothing-ever/")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content


def test_charges_stand_in_full_words_once_with_everybody_they_are_brought_against(reader):
    text = section(page(reader, world.embankment()), "charges")
    assert text.count("п. «д» ч. 2 ст. 207.3 УК РФ") == 1
    assert "Военные «фейки»" in text
    assert "Переверзева Анна : признана виновной; Ягужинский Пётр : признан виновным" in text
    assert "переквалифицировано на ч. 1 ст. 280.3 УК РФ" in text


def test_hearings_ahead_come_first_with_time_zone_and_warning(reader):
    text = section(page(reader, world.embankment()), "hearings")
    order = [
        text.index(part)
        for part in ("24 ноября 2026, 10:30", "26 ноября 2026", "19 февраля 2024", "15 января")
    ]
    assert order == sorted(order)
    assert "UTC+5" in text
    assert "паспорт" in text
    assert "открытое" in text
    assert "/ru/cases/embankment/calendar.ics" in links(
        page(reader, record.Case.objects.get(slug="embankment"))
    )


def test_a_case_without_a_hearing_ahead_has_its_calendar_too(reader):
    heard, unheard = HearingFactory().case, CaseFactory()
    for case in (heard, unheard):
        assert f"/ru/cases/{case.slug}/calendar.ics" in links(page(reader, case))


def test_hearings_called_off_are_not_said_to_be_past(reader):
    case = HearingFactory(on=date(2026, 11, 24), hearing_state="planned").case
    HearingFactory(case=case, on=date(2026, 11, 26), hearing_state="cancelled")
    text = section(page(reader, case, "en"), "hearings")
    assert text.index("24 November 2026") < text.index("Past, postponed and cancelled")
    assert text.index("Past, postponed and cancelled") < text.index("26 November 2026")


def test_the_warning_is_only_where_one_may_come(reader):
    case = CaseFactory()
    HearingFactory(case=case, on=world.TODAY, hearing_state="planned", access="closed")
    assert "паспорт" not in section(page(reader, case), "hearings")


def test_a_hearing_put_off_to_one_that_nobody_verified_does_not_tell_its_day(reader):
    case = CaseFactory()
    secret = HearingFactory(
        case=case, on="2026-12-29", hearing_state="planned", verification=Verification.UNVERIFIED
    )
    HearingFactory(case=case, on="2026-11-01", hearing_state="postponed", postponed_to=secret)
    text = section(page(reader, case), "hearings")
    assert "29 декабря" not in text
    assert "отложено, новая дата неизвестна" in text


def test_old_hearings_are_folded_away(reader):
    case = CaseFactory()
    for number in range(1, 13):
        HearingFactory(case=case, on=f"2024-{number:02d}-10")
    body = page(reader, case).content.decode()
    folded = body.index('<details class="more-of">')
    assert body.index('datetime="2024-03-10"') < folded < body.index('datetime="2024-02-10"')


def test_facts_links_sources_officials_documents_stand_there(reader):
    response = page(reader, world.embankment())
    told = facts(response)
    assert (told["Номер дела"], told["Тема"], told["Регион"]) == ("1-23/2023", "Война", "Заречная область")
    assert facts(response)["Выделено из этого дела"] == "Дело Тихонова, май 2024"
    assert "Судьин Судья по делу · Переверзева Анна" in section(response, "officials")
    assert "Репортаж с набережной" in section(response, "sources")
    assert "Сведения проверены 20 ноября 2026" in words(response)
    assert "Признание политзаключённым не означает" in words(response)


def test_sources_lose_title_and_link_where_somebody_is_shown_by_initials(reader):
    case = world.embankment()
    late = case.prosecutions.get(prisoner__surname_ru="Тихонов").prisoner
    names = {"surname_ru": "Т.", "given_names_ru": "П.", "surname_en": "T.", "given_names_en": "P."}
    Prisoner.objects.filter(pk=late.pk).update(initials_only=True, slug="p-1", born=None, **names)
    response = page(reader, case)
    assert "example.org" not in response.content.decode()
    assert "Репортаж" not in words(response)
    assert section(response, "sources")


def test_a_verdict_that_was_quashed_does_not_stand(reader):
    response = page(reader, world.tried_anew())
    assert "3 года" not in section(response, "people")
    assert "Направлено на новое рассмотрение" in section(response, "people")
    assert "признана виновной" not in words(response)
    assert ("now", "Первая инстанция, второе рассмотрение") in steps(response)


def test_people_held_with_no_case_have_no_stages_and_no_charges(reader):
    response = page(reader, world.without_case())
    assert steps(response) == []
    assert "Уголовного дела нет" in words(response)
    assert "Обвинение" not in section(response, "people")


def test_an_administrative_case_has_its_own_stages(reader):
    response = page(reader, world.administrative())
    assert steps(response) == [("done", "Протокол"), ("done", "Постановление")]
    assert "Административный штраф 50 000 ₽" in section(response, "people")


def test_what_is_not_in_english_is_marked(reader):
    case = world.embankment()
    severed = record.Case.objects.get(slug="severed")
    response = page(reader, severed, "en")
    assert '<span lang="ru">Обвиняют за стихи' in response.content.decode().replace("\u00a0", " ")
    assert "not in English yet" in words(response)
    assert 'content="noindex"' in response.content.decode()
    assert "Art. 207.3(2)(e)" in section(page(reader, case, "en"), "people")


def test_a_recognition_of_another_case_is_said_to_be_that(reader):
    case = world.embankment()
    her = case.prosecutions.get(prisoner__surname_ru="Переверзева").prisoner
    other = ProsecutionFactory(prisoner=her)
    text = section(page(reader, other.case), "people")
    assert "Признана политзаключённой по другому делу" in text


def test_a_case_page_costs_the_same_with_one_person_and_with_three(reader):
    case = world.tried_anew()

    def add_person():
        one = ProsecutionFactory(case=case)
        ChargeFactory(prosecution=one, article=world.fakes())
        world.verdict(one, case.decisions.get(kind="guilty_verdict"), years=2, regime="general")
        hearing = HearingFactory(case=case, on=world.TODAY, hearing_state="planned")
        record.HearingPerson.objects.create(hearing=hearing, prosecution=one)
        record.Event.objects.create(prosecution=one, kind="other", line_ru=f"Событие {one.pk}")

    number = same_number_of_queries(reader, f"/ru/cases/{case.slug}/", add_row=add_person)
    assert number <= 45


def test_region_and_theme_lead_on_and_the_region_leads_back(reader):
    case = world.embankment()
    found = links(page(reader, case))
    assert "/ru/regions/xx-q/" in found
    assert f"/ru/themes/{case.theme.code}/" in found
    region = reader.get("/ru/regions/xx-q/")
    assert "/ru/cases/?region=xx-q" in links(region)
    record.Case.objects.filter(pk=case.pk).update(state=State.WITHDRAWN)
    assert "/ru/cases/?region=xx-q" not in links(reader.get("/ru/regions/xx-q/"))


def test_an_author_who_is_the_person_is_not_named_twice(reader):
    case = world.embankment()
    own = record.Prosecution.objects.get(case=case, prisoner__surname_ru="Переверзева")
    russian = name_in(own.prisoner, "ru").full
    common = {
        "case": case,
        "prosecution": own,
        "state": State.PUBLISHED,
        "kind": "last_word",
        "text_ru": "<p>Да.</p>",
    }
    record.Document.objects.create(**common, slug="own", title_ru="Слово", author_line_ru=russian)
    record.Document.objects.create(
        **common, slug="other", title_ru="Запись", author_line_ru="Записала сестра"
    )
    text = section(page(reader, case, "en"), "documents")
    assert russian not in text
    assert "Записала сестра" in text
