"""What is said of a campaign on a day, by a table; and its bar against the numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from donations.display.campaigns import ShownCampaign, Stage, current_and_ended, shown_campaigns
from donations.display.money import money, rate_words
from donations.embedding import INNER, drawn_bar
from donations.models import Campaign, Progress
from tests.counting import counted
from tests.donations.campaign_rows import RATE, TODAY, campaign, entry

NBSP = "\u00a0"


def shown(
    *entries: Progress, goal: object = 7400, begins: date = date(2026, 9, 1), ends: date | None = None
) -> ShownCampaign:
    """A campaign that is in no database."""
    row = Campaign(
        pk=1,
        slug="x",
        title_ru="Сбор",
        title_en="Raising",
        goal=Decimal(str(goal)),
        currency="EUR",
        begins=begins,
    )
    row.ends = ends
    row._prefetched_objects_cache = {"entries": list(entries)}
    return ShownCampaign(row, TODAY)


def told(amount: object, as_of: date = date(2026, 11, 20), pk: int = 1, **fields: object) -> Progress:
    return Progress(
        pk=pk,
        **{"amount": Decimal(str(amount)), "currency": "EUR", "as_of": as_of, "entered_on": TODAY, **fields},
    )


END = date(2026, 10, 31)
STATES = [
    ("not begun", {"begins": date(2026, 12, 1)}, [], Stage.NOT_BEGUN, ["Сбор начнётся 1 декабря 2026 года."]),
    ("nobody told", {}, [], Stage.RUNNING, ["Сколько собрано, пока не сообщалось."]),
    ("running", {}, [told(4218)], Stage.RUNNING, ["На 20 ноября 2026 года.", "Осталось 3 182 €."]),
    (
        "running to a day",
        {"ends": date(2026, 12, 31)},
        [told(4218)],
        Stage.RUNNING,
        ["На 20 ноября 2026 года.", "Осталось 3 182 €.", "Сбор идёт до 31 декабря 2026 года."],
    ),
    (
        "its last day",
        {"ends": TODAY},
        [told(0, TODAY)],
        Stage.RUNNING,
        ["На 23 ноября 2026 года.", "Осталось 7 400 €.", "Сбор идёт до 23 ноября 2026 года."],
    ),
    (
        "exactly",
        {},
        [told(7400)],
        Stage.REACHED,
        ["На 20 ноября 2026 года.", "Собрано всё, что было нужно.", "Цель достигнута, сбор продолжается."],
    ),
    (
        "more",
        {},
        [told("7718.50")],
        Stage.REACHED,
        [
            "На 20 ноября 2026 года.",
            "Собрано больше, чем просили: на 318,50 €.",
            "Цель достигнута, сбор продолжается.",
        ],
    ),
    (
        "ended, reached",
        {"ends": END},
        [told(8000)],
        Stage.ENDED_REACHED,
        [
            "На 20 ноября 2026 года.",
            "Собрано больше, чем просили: на 600 €.",
            "Сбор завершён 31 октября 2026 года: нужная сумма собрана.",
        ],
    ),
    (
        "ended, short",
        {"ends": END},
        [told(7000)],
        Stage.ENDED_SHORT,
        ["На 20 ноября 2026 года.", "Сбор завершён 31 октября 2026 года: собрано меньше, чем было нужно."],
    ),
    (
        "ended, not told to the end",
        {"ends": END},
        [told(7000, date(2026, 10, 30))],
        Stage.ENDED_COUNTING,
        ["На 30 октября 2026 года.", "Сбор завершён 31 октября 2026 года; итог ещё не подведён."],
    ),
    (
        "ended, nobody told",
        {"ends": END},
        [],
        Stage.ENDED_COUNTING,
        [
            "Сколько собрано, пока не сообщалось.",
            "Сбор завершён 31 октября 2026 года; итог ещё не подведён.",
        ],
    ),
]


@pytest.mark.parametrize(("fields", "entries", "stage", "said"), [row[1:] for row in STATES])
def test_what_is_said(fields, entries, stage, said):
    one = shown(*entries, **fields)
    with translation.override("ru"):
        assert one.stage is stage
        assert [sentence.replace(NBSP, " ") for sentence in one.sentences] == said


def test_every_stage_is_in_the_table():
    assert {row[3] for row in STATES} == set(Stage)


def test_english_says_the_same():
    with translation.override("en"):
        assert shown(told(4218)).figures == "€4,218 of €7,400"
        said = [sentence.replace(NBSP, " ") for sentence in shown(told(4218)).sentences]
        assert said == ["As of 20 November 2026.", "€3,182 to go."]
        assert shown().figures == "Goal: €7,400"


def test_the_newest_day_that_stands_counts():
    wrong = told(5000, date(2026, 11, 20), pk=2)
    right = told(4218, date(2026, 11, 20), pk=3, corrects_id=2, reason_ru="Опечатка")
    older = told(4000, date(2026, 11, 1), pk=4)
    one = shown(right, older, wrong)
    assert one.raised == 4218
    assert [each.entry.pk for each in one.standing] == [3, 4]
    assert [(c.before.entry.pk, c.after.entry.pk) for c in one.corrections] == [(2, 3)]


def test_a_correction_may_take_the_day_back():
    """Whoever typed November instead of October corrects the day, too."""
    wrong = told(5000, date(2026, 11, 20), pk=2)
    right = told(5000, date(2026, 10, 20), pk=3, corrects_id=2)
    assert shown(wrong, right, told(5200, date(2026, 11, 1), pk=4)).raised == 5200


def test_another_currency_is_turned_openly():
    one = shown(told(4500, **RATE))
    with translation.override("ru"):
        assert one.raised == Decimal("4217.85")
        assert one.latest.converted.replace(NBSP, " ") == (
            "4 500 $ по курсу 1 $ = 0,9373 € на 20 ноября 2026 года (European Central Bank)"
        )
    assert shown(told(4500)).latest.converted == ""


@pytest.mark.parametrize(
    ("amount", "currency", "russian", "english"),
    [
        ("4218", "EUR", "4 218 €", "€4,218"),
        ("4218.5", "EUR", "4 218,50 €", "€4,218.50"),
        ("20000000", "RUB", "20 000 000 ₽", "RUB 20,000,000"),
        ("-3", "GEL", "-3 GEL", "-GEL 3"),
        ("0", "USD", "0 $", "US$0"),
    ],
)
def test_sums_in_words(amount, currency, russian, english):
    for language, words in (("ru", russian), ("en", english)):
        with translation.override(language):
            assert money(Decimal(amount), currency).replace(NBSP, " ") == words


def test_a_rate_keeps_the_figures_that_were_stated():
    with translation.override("ru"):
        assert rate_words(Decimal("0.00981234"), "RUB", "EUR").replace(NBSP, " ") == "1 ₽ = 0,00981234 €"


@settings(max_examples=60, deadline=None)
@given(
    raised=st.decimals(0, 99_999_999, places=2),
    goal=st.decimals(Decimal("0.01"), 99_999_999, places=2),
)
def test_the_bar_tells_the_numbers_and_nothing_more(raised, goal):
    one = shown(told(raised), goal=goal)
    bar = drawn_bar(one)
    filled = Decimal(bar.filled)
    assert 0 <= filled <= INNER
    assert (filled == INNER) == (raised >= goal)
    assert abs(filled - INNER * min(raised / goal, Decimal(1))) <= Decimal("0.5")
    assert one.width == f"{one.share}%"
    assert (one.share == 100) == (raised >= goal)


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("title", ["Сбор", "Работа " * 10, "Ж" * 70, "W" * 70])
def test_the_lines_of_the_picture_do_not_meet(language, title):
    row = shown(told("19999999.99"), goal="25000000.50", ends=date(2026, 12, 31))
    row.campaign.title_ru = row.campaign.title_en = title[:70]
    with translation.override(language):
        bar = drawn_bar(row)
    baselines = [line.y for line in bar.lines]
    above = [line for line in bar.lines if line.y < bar.top]
    below = [line for line in bar.lines if line.y > bar.top]
    assert baselines == sorted(set(baselines))
    assert above
    assert below
    assert bar.height - baselines[-1] >= 16
    assert all(later - line.y >= line.size for line, later in zip(bar.lines, baselines[1:], strict=False))


@pytest.mark.django_db
class TestLists:
    def test_running_ones_come_first_and_ended_ones_apart(self, time_machine):
        time_machine.move_to("2026-11-23T12:00:00+03:00", tick=False)
        campaign("later", begins=date(2026, 12, 1))
        campaign("running")
        campaign("over", begins=date(2026, 1, 1), ends=END)
        campaign("draft", state="draft")
        campaign("gone", state="withdrawn")
        assert [each.campaign.slug for each in shown_campaigns(TODAY)] == ["running", "later"]
        assert [each.campaign.slug for each in current_and_ended(TODAY)[1]] == ["over"]
        assert shown_campaigns(date(2025, 1, 1))[0].stage is Stage.NOT_BEGUN

    def test_three_campaigns_cost_what_one_costs(self):
        entry(campaign())

        with counted() as one:
            said = [each.sentences for each in shown_campaigns(TODAY)]
        for slug in ("second", "third"):
            of = campaign(slug)
            entry(of)
            entry(of, 4000, date(2026, 11, 1))
        with counted() as three:
            said = [each.sentences for each in shown_campaigns(TODAY)]
        assert len(said) == 3
        assert len(one) == len(three) == 2
