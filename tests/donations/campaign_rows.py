"""Invented campaigns and entries."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from donations.models import Campaign, CampaignPicture, Progress, ProviderTotal, Statement

TODAY = date(2026, 11, 23)


def campaign(slug: str = "work-of-the-project", **fields: object) -> Campaign:
    """A published campaign of 7,400 euros that began in September."""
    return Campaign.objects.create(
        **{
            "slug": slug,
            "state": "published",
            "title_ru": "На работу организации",
            "title_en": "For the organisation’s work",
            "purpose_ru": "Серверы, связь, безопасность и работа редакции",
            "purpose_en": "Servers, communication, security and the editors’ work",
            "text_ru": "<p>Без организации некому собирать посылки.</p>",
            "text_en": "<p>Without an organisation nobody packs parcels.</p>",
            "fund": "organisation",
            "goal": Decimal(7400),
            "currency": "EUR",
            "begins": date(2026, 9, 1),
            **fields,
        }
    )


def entry(
    of: Campaign, amount: object = 4218, as_of: date = date(2026, 11, 20), **fields: object
) -> Progress:
    """What a campaign had on a day."""
    return Progress.objects.create(
        **{
            "campaign": of,
            "amount": Decimal(str(amount)),
            "currency": of.currency,
            "as_of": as_of,
            "entered_on": max(as_of, date(2026, 11, 21)),
            "source_ru": "наш учёт",
            "source_en": "our accounts",
            **fields,
        }
    )


def picture(slug: str = "work-of-the-project", **fields: object) -> CampaignPicture:
    """A row without files: nobody is shown it."""
    words = {"alt_ru": "Стол", "alt_en": "A desk", "credit_ru": "рисунок", "credit_en": "a drawing"}
    return CampaignPicture.objects.create(campaign=campaign(slug), **{**words, **fields})


RATE = {
    "currency": "USD",
    "rate": Decimal("0.9373"),
    "rate_to": "EUR",
    "rate_on": date(2026, 11, 20),
    "rate_source": "European Central Bank",
}


def statement(
    provider: str = "paypal",
    first: date = date(2026, 9, 1),
    last: date = date(2026, 10, 1),
    **fields: object,
) -> Statement:
    """A statement without its totals."""
    return Statement.objects.create(
        **{
            "provider": provider,
            "first_month": first,
            "last_month": last,
            "taken_on": date(2026, 11, 20),
            "taken_by": "command:import_statement",
            **fields,
        }
    )


def total(of: Statement, gross: object = 100, **fields: object) -> ProviderTotal:
    """One total of a statement."""
    return ProviderTotal.objects.create(
        **{
            "statement": of,
            "month": of.first_month,
            "currency": "EUR",
            "gross": Decimal(str(gross)),
            "fee": Decimal(3),
            **fields,
        }
    )


def raising() -> None:
    """A campaign of every shape for the walks of all pages: corrected, at a rate, ended, ahead, untranslated."""
    running = campaign(claim="threefold")
    wrong = entry(running, 3740, date(2026, 11, 1), entered_on=date(2026, 11, 2))
    entry(running, 3470, date(2026, 11, 1), corrects=wrong, reason_ru="Переставлены цифры.")
    entry(running, source_url="https://example.org/accounts")
    over = campaign("over", ends=date(2026, 10, 31), title_en="", purpose_en="", text_en="")
    entry(over, 9000, date(2026, 10, 31), **RATE)
    campaign("ahead", begins=date(2026, 12, 1), text_ru="", text_en="", title_ru="Ж" * 70)
