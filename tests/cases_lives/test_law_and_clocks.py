"""Articles that change between act and verdict, and hearings in a town whose clocks are moved."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from cases.models import Article, ArticleEdition, ArticlePart, Hearing
from cases.warnings import warnings
from tests.cases_lives.record import (
    accused,
    becomes,
    case,
    charge,
    chronology,
    court,
    day,
    decide,
    hear,
    in_this_order,
    person,
)
from tests.factories import ArticleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def renamed() -> Article:
    """An article that had another title and other parts until the end of 2023."""
    article = ArticleFactory(number="207.3", edition=None)
    old = ArticleEdition.objects.create(
        article=article,
        title_ru="Ложь об армии",
        title_en="Lies about the army",
        has_parts="yes",
        valid_from=date(2022, 3, 4),
        valid_to=date(2023, 12, 24),
        verified_on=date(2026, 1, 1),
    )
    new = ArticleEdition.objects.create(
        article=article,
        title_ru="Ложь об армии и ведомствах",
        title_en="Lies about the army and agencies",
        has_parts="yes",
        valid_from=date(2023, 12, 25),
        verified_on=date(2026, 1, 1),
    )
    for edition, parts in ((old, ("1", "2", "3")), (new, ("1", "1.1", "2"))):
        for number in parts:
            ArticlePart.objects.create(edition=edition, number=number)
    return article


def test_article_renamed_between_the_act_and_the_verdict(pages, renamed):
    theirs = case("Дело о двух записях", "The case of two posts", opened="05.04.2023")
    his = accused(theirs, person("Юлий Ясенев", "Yuly Yasenev"), since="05.04.2023")
    post = charge(his, "п. «д» ч. 2 ст. 207.3 УК РФ", "05.04.2023", act="20.03.2022")
    verdict = decide(theirs, "guilty_verdict", "01.03.2024", {his: "5 лет общего режима"})
    becomes(post, "convicted", "01.03.2024", decision=verdict)
    assert post.article == renamed
    assert post.edition_in_force.title_ru == "Ложь об армии", "of the day of the act (УК РФ, Art. 9)"
    text = pages.of(theirs)
    assert "п. «д» ч. 2 ст. 207.3 УК РФ" in text
    assert "Ложь об армии" in text
    assert "Ложь об армии и ведомствах" not in text
    english = pages.of(theirs, "en")
    assert "Art. 207.3(2)(e)" in english
    assert "Lies about the army" in english


def test_staff_may_state_another_edition(pages, renamed):
    theirs = case("Дело о третьей записи", "The case of a third post")
    his = accused(theirs, person("Яков Абрикосцев", "Yakov Abrikostsev"))
    later = renamed.editions.get(valid_to=None)
    charge(his, "ч. 1.1 ст. 207.3 УК РФ", act="20.03.2022", edition=later)
    assert "Ложь об армии и ведомствах" in pages.of(theirs)


def test_part_renumbered_is_unusual_and_not_refused(pages, renamed):
    theirs = case("Дело о части первой прим", "The case of part one bis")
    his = accused(theirs, person("Ян Боярышников", "Yan Boyaryshnikov"))
    early = charge(his, "ч. 1.1 ст. 207.3 УК РФ", act="20.03.2022")
    late = charge(his, "ч. 1.1 ст. 207.3 УК РФ", act="20.03.2024")
    assert warnings(early), "the edition of that day has no such part"
    assert not warnings(late)


def test_reclassified_charge_keeps_its_history(pages):
    theirs = case("Дело о поджоге двери", "The case of a door set on fire", opened="09.2022")
    woman = person("Ярослава Вербицына", "Yaroslava Verbitsyna", "f")
    hers = accused(theirs, woman)
    damage = charge(hers, "ч. 2 ст. 167 УК РФ", "09.09.2022")
    terror = charge(hers, "ч. 3 ст. 30, п. «а» ч. 2 ст. 205 УК РФ")
    becomes(damage, "reclassified", "14.12.2022", becomes=terror)
    verdict = decide(theirs, "guilty_verdict", "10.10.2023", {hers: "12 лет общего режима"})
    becomes(terror, "convicted", "10.10.2023", decision=verdict)
    text = pages.of(woman)
    assert "ч. 3 ст. 30, п. «а» ч. 2 ст. 205 УК РФ" in text
    in_this_order(chronology(text), "9 сентября 2022", "14 декабря 2022", "10 октября 2023")
    assert "Art. 30(3), Art. 205(2)(a)" in pages.of(woman, "en")


def test_hearing_across_a_change_of_zone(pages):
    """Volgograd's clocks went back an hour on 27 December 2020: from UTC+4 to UTC+3."""
    theirs = case("Дело о барже", "The barge case", opened="10.2020")
    accused(theirs, person("Савва Гирляндин", "Savva Girlyandin"))
    volgograd = court("Низовский районный суд", "Nizovsky District Court", time_zone="Europe/Volgograd")
    before = hear(theirs, "2020-12-25", "10:00", court=volgograd)
    after = hear(theirs, "2020-12-28", "10:00", court=volgograd)
    assert before.starts_at.utcoffset() == timedelta(hours=4)
    assert after.starts_at.utcoffset() == timedelta(hours=3)
    moscow = [each.starts_at.astimezone(ZoneInfo("Europe/Moscow")) for each in (before, after)]
    assert [each.hour for each in moscow] == [9, 10], "the wall clock of the court stays 10:00"


def test_hearing_far_in_the_east_is_today_there_and_not_yet_here(pages, time_machine):
    theirs = case("Дело о маяке", "The lighthouse case", opened="01.2026")
    accused(theirs, person("Тарас Дымчатый", "Taras Dymchaty"))
    kamchatka = court(
        "Маячный городской суд", "Mayachny Town Court", time_zone="Asia/Kamchatka", town_ru="Маячный"
    )
    planned = hear(theirs, "2026-11-24", "09:30", court=kamchatka, access="open", room="7")
    assert planned.starts_at == datetime(2026, 11, 24, 9, 30, tzinfo=ZoneInfo("Asia/Kamchatka"))
    text = pages.of(theirs)
    in_this_order(text, "24 ноября 2026", "9:30")
    Hearing.objects.filter(pk=planned.pk).update(at=time(11, 15))
    planned.refresh_from_db()
    assert planned.sequence == 1, "readers' calendars update the same entry"
    time_machine.move_to("2026-11-25T00:30:00+12:00")
    in_this_order(pages.of(theirs, "en"), "24 November 2026", "11:15")


def test_postponed_hearing_leads_to_the_next_one(pages):
    theirs = case("Дело о причале", "The pier case", opened="01.2026")
    accused(theirs, person("Устин Ельцовский", "Ustin Yeltsovsky"))
    here = court("Причальный районный суд", "Prichalny District Court")
    later = hear(theirs, "2026-12-15", "11:00", court=here)
    first = hear(theirs, "2026-11-20", "11:00", court=here, hearing_state="postponed", postponed_to=later)
    text = pages.of(theirs)
    assert "15 декабря 2026" in text
    assert "тложено" in text
    assert first.postponed_to == later
    assert day("20.11.2026").earliest == first.on
