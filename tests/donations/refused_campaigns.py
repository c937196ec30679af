"""Campaigns, entries and statements that the database must refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from donations.models import Campaign, Progress, ProviderTotal, Statement
from tests.donations.campaign_rows import RATE, campaign, entry, picture, statement, total

Rows = list[Callable[[], object]]
AHEAD = date(2099, 1, 1)
NO_TITLE = {"title_ru": "", "title_en": ""}
NO_PURPOSE = {"purpose_ru": "", "purpose_en": ""}
CORRECTED = {"reason_ru": "Опечатка"}


def changed(row: Campaign | Progress | Statement | ProviderTotal, **fields: object) -> object:
    return type(row).objects.filter(pk=row.pk).update(**fields)


def deleted(row: Progress | Statement | ProviderTotal) -> object:
    return type(row).objects.filter(pk=row.pk).delete()


def corrects_another_campaigns() -> None:
    first = entry(campaign())
    entry(campaign("other"), corrects=first, **CORRECTED)


def a_day_twice() -> None:
    of = campaign()
    entry(of)
    entry(of, 4219)


def a_day_twice_by_correcting_another() -> None:
    of = campaign()
    entry(of)
    other = entry(of, 4000, date(2026, 11, 10))
    entry(of, 4219, corrects=other, **CORRECTED)


def corrected_twice() -> None:
    of = campaign()
    first = entry(of)
    entry(of, 4200, corrects=first, **CORRECTED)
    entry(of, 4218, date(2026, 11, 19), corrects=first, **CORRECTED)


def replaced_twice() -> None:
    row = statement()
    changed(row, replaced_on=date(2026, 11, 21))
    changed(row, replaced_on=date(2026, 11, 22))


def total_twice() -> None:
    of = statement()
    total(of)
    total(of, 7)


def currency_after_an_entry() -> None:
    of = campaign()
    entry(of)
    changed(of, currency="USD")


REFUSED: dict[str, Rows] = {
    "campaign_state_valid": [lambda: campaign(state="live")],
    "campaign_address_valid": [
        lambda: campaign("to"),
        lambda: campaign("in-russia"),
        lambda: campaign("elsewhere"),
        lambda: campaign("Work"),
        lambda: campaign("work_of"),
        lambda: campaign("-work"),
    ],
    "campaign_has_a_title": [lambda: campaign(**NO_TITLE)],
    "campaign_has_a_purpose": [lambda: campaign(**NO_PURPOSE)],
    "campaign_goal_positive": [lambda: campaign(goal=0), lambda: campaign(goal=-1)],
    "campaign_ends_after_it_begins": [lambda: campaign(ends=date(2026, 8, 31))],
    "campaign_claim_of_the_organisation": [
        lambda: campaign(claim="threefold", fund="prisoners"),
        lambda: campaign(claim="tenfold"),
    ],
    "campaign_address_stays": [
        lambda: changed(campaign(first_published_at=timezone.now()), slug="another"),
    ],
    "campaign_currency_stays": [currency_after_an_entry],
    "campaignpicture_stem_once": [lambda: [picture("a", stem="ab" * 12), picture("b", stem="ab" * 12)]],
    "campaignpicture_stem_is_random": [lambda: picture(stem="office"), lambda: picture(stem="A" * 24)],
    "campaignpicture_words_in_both": [
        lambda name=name: picture(**{name: ""}) for name in ("alt_ru", "alt_en", "credit_ru", "credit_en")
    ],
    "progress_not_negative": [lambda: entry(campaign(), -1)],
    "progress_has_a_source": [lambda: entry(campaign(), source_ru="", source_en="")],
    "progress_rate_is_whole": [
        lambda: entry(campaign(), rate_to="EUR"),
        lambda: entry(campaign(), rate_on=date(2026, 11, 20)),
        lambda: entry(campaign(), **RATE | {"rate": 0}),
        lambda: entry(campaign(), **RATE | {"rate_source": ""}),
        lambda: entry(campaign(), **RATE | {"rate_on": None}),
        lambda: entry(campaign(), **RATE | {"currency": "EUR"}),
    ],
    "progress_correction_says_why": [
        lambda: entry(campaign(), reason_ru="Просто так"),
        lambda: entry((first := entry(campaign())).campaign, corrects=first),
    ],
    "progress_corrected_once": [corrected_twice],
    "progress_corrects_its_own": [corrects_another_campaigns],
    "progress_is_written_once": [
        lambda: changed(entry(campaign()), amount=1),
        lambda: changed(entry(campaign()), source_ru="другое"),
        lambda: deleted(entry(campaign())),
    ],
    "progress_not_ahead": [
        lambda: entry(campaign(), as_of=AHEAD),
        lambda: entry(campaign(), entered_on=AHEAD),
        lambda: entry(campaign(), entered_on=date(2026, 11, 19)),
        lambda: entry(campaign(), **RATE | {"rate_on": AHEAD}),
    ],
    "progress_after_the_beginning": [lambda: entry(campaign(), as_of=date(2026, 8, 31))],
    "progress_in_the_goals_currency": [
        lambda: entry(campaign(), currency="USD"),
        lambda: entry(campaign(), **RATE | {"rate_to": "RUB"}),
    ],
    "progress_of_a_day_once": [a_day_twice, a_day_twice_by_correcting_another],
    "statement_months_in_order": [
        lambda: statement(first=date(2026, 10, 1), last=date(2026, 9, 1)),
        lambda: statement(first=date(2026, 9, 2)),
        lambda: statement(last=date(2026, 10, 31)),
    ],
    "statement_of_a_month_once": [
        lambda: [statement(), statement(first=date(2026, 10, 1))],
        lambda: [statement(), statement()],
    ],
    "statement_is_frozen": [
        lambda: changed(statement(), provider="stripe"),
        lambda: changed(statement(), taken_by="staff:1"),
        lambda: deleted(statement()),
        lambda: changed(total(statement()), gross=1),
        lambda: deleted(total(statement())),
        replaced_twice,
    ],
    "statement_not_ahead": [lambda: statement(last=AHEAD), lambda: statement(taken_on=AHEAD)],
    "providertotal_in_its_months": [
        lambda: total(statement(), month=date(2026, 11, 1)),
        lambda: total(statement(), month=date(2026, 9, 2)),
    ],
    "providertotal_once": [total_twice],
}


def corrected_twice_in_turn() -> None:
    of = campaign()
    first = entry(of)
    second = entry(of, 4200, corrects=first, **CORRECTED)
    entry(of, 4218, corrects=second, **CORRECTED)


ACCEPTED: dict[str, Callable[[], object]] = {
    "a campaign for prisoners without a claim": lambda: campaign(fund="prisoners"),
    "a picture that is not shown": picture,
    "an entry at a rate": lambda: entry(campaign(), 4500, **RATE),
    "a correction of a correction": corrected_twice_in_turn,
    "an entry of the first day": lambda: entry(campaign(), 0, date(2026, 9, 1)),
    "months of two providers": lambda: [statement(), statement("stripe")],
    "a statement in the place of a replaced one": lambda: [
        changed(statement(), replaced_on=date(2026, 11, 21)),
        statement(reason="С возвратами"),
    ],
    "a month of refunds": lambda: total(statement(), -15),
    "a draft's address changed": lambda: changed(campaign(state="draft"), slug="another"),
}
