"""Campaigns of the invented world: one that runs, one that is over, one ahead, one of which nothing is told yet.

Real are only the sum that the organisation needs, €7,400, and the claim; all else is invented.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone

from donations.actions.pictures import set_picture
from donations.actions.statements import MonthTotal, StatementTotals, take_statement
from donations.models import Campaign, Progress
from memorial.base.acting import command_actor
from memorial.base.choices import State
from memorial.base.civil_date import civil_date
from memorial.base.localized import in_language
from memorial.demo.campaign_drawings import desk, parcel
from memorial.demo.drawing_choice import CREDIT
from memorial.demo.figures import AS_OF

TOLD_ON: Final = date(2026, 11, 20)
RUNS: Final = "work-of-the-project"
_OURS: Final = {"source_ru": "наш учёт", "source_en": "our accounts"}


def write_campaigns() -> None:
    """Writes them with what came in, as of 20 November 2026, or of today where that is earlier."""
    last = min(TOLD_ON, civil_date())
    _running(last)
    _ended(last)
    _told_nothing(last)
    _ahead(max(AS_OF, civil_date()))


def _running(last: date) -> None:
    row = _campaign(
        RUNS,
        {
            "title_ru": "На работу организации",
            "title_en": "For the organisation’s work",
            "purpose_ru": "Серверы, связь, безопасность, переводы и работа редакции — полгода.",
            "purpose_en": "Servers, communication, security, translation and editing for half a year.",
            "text_ru": (
                "<p>Прежде чем передача дойдёт до человека в колонии, кто-то узнаёт, где он сейчас, "
                "что ему разрешено получить и кто может её отвезти. Эта работа держится на нескольких людях.</p>"
                "<ul><li>серверы и защита сайта, который заблокирован в России;</li>"
                "<li>связь с родными и адвокатами, которую нельзя прослушать;</li>"
                "<li>проверка каждой страницы и её перевод.</li></ul>"
                "<p>Деньги на нужды политзаключённых — отдельный фонд. На работу организации "
                "из него не идёт ничего.</p>"
            ),
            "text_en": (
                "<p>Before a parcel reaches somebody in a colony, somebody finds out where they are, what they "
                "may receive and who can take it there. A few people carry this work.</p>"
                "<ul><li>servers, and the protection of a site that is blocked in Russia;</li>"
                "<li>contact with families and lawyers that cannot be overheard;</li>"
                "<li>checking every page, and translating it.</li></ul>"
                "<p>Money for the needs of political prisoners is another fund. Nothing of it goes into the "
                "organisation’s work.</p>"
            ),
            "fund": "organisation",
            "goal": 7400,
            "currency": "EUR",
            "claim": "threefold",
            "begins": last - timedelta(days=80),
        },
    )
    october, november = last - timedelta(days=50), last - timedelta(days=19)
    _entry(row, 1160, october)
    wrong = _entry(row, 3740, november)
    _entry(
        row,
        3470,
        november,
        corrects=wrong,
        entered_on=november + timedelta(days=2),
        reason_ru="Переставлены цифры.",
        reason_en="Two figures had changed places.",
    )
    _entry(row, 4218, last)
    _picture(row, desk(), "Стол, лампа и стопка писем", "A desk, a lamp and a pile of letters")
    take_statement(statement=_statement(october, row.slug), by=command_actor("load_demo"))


def _ended(last: date) -> None:
    row = _campaign(
        "new-servers",
        {
            "title_ru": "Новые серверы и зеркала сайта",
            "title_en": "New servers and mirrors of the site",
            "purpose_ru": "Чтобы сайт открывался, когда блокируют его адрес.",
            "purpose_en": "So that the site opens when its address is blocked.",
            "fund": "organisation",
            "goal": 2000,
            "currency": "EUR",
            "begins": last - timedelta(days=260),
            "ends": last - timedelta(days=173),
        },
    )
    _entry(
        row,
        "2389.50",
        last - timedelta(days=170),
        currency="USD",
        rate=Decimal("0.9"),
        rate_to="EUR",
        rate_on=last - timedelta(days=170),
        rate_source="example.org",
    )


def _told_nothing(last: date) -> None:
    row = _campaign(
        "winter-parcels",
        {
            "title_ru": "Зимние передачи и лекарства",
            "title_en": "Winter parcels and medicines",
            "purpose_ru": "Тёплое бельё, витамины и лекарства для людей в колониях и СИЗО.",
            "purpose_en": "Warm underwear, vitamins and medicines for people in colonies and remand prisons.",
            "fund": "prisoners",
            "goal": 1_500_000,
            "currency": "RUB",
            "begins": last - timedelta(days=5),
            "ends": last + timedelta(days=100),
        },
    )
    _picture(row, parcel(), "Посылка, перевязанная верёвкой", "A parcel tied with string")


def _ahead(today: date) -> None:
    _campaign(
        "translation",
        {
            "title_ru": "Перевод страниц на английский",
            "title_en": "Translating the pages into English",
            "purpose_ru": "Тысяча полных биографий — для тех, кто пишет письма и резолюции за пределами России.",
            "purpose_en": "A thousand full biographies for those who write letters and resolutions abroad.",
            "fund": "organisation",
            "goal": 3600,
            "currency": "EUR",
            "begins": today + timedelta(days=30),
            "ends": today + timedelta(days=120),
        },
    )


def _campaign(slug: str, fields: dict[str, Any]) -> Campaign:
    return Campaign.objects.create(
        slug=slug, state=State.PUBLISHED, first_published_at=timezone.now(), **fields
    )


def _picture(row: Campaign, drawing: bytes, in_russian: str, in_english: str) -> None:
    words = {in_language("alt", "ru"): in_russian, in_language("alt", "en"): in_english, **CREDIT}
    set_picture(campaign=row, data=drawing, words=words, by=None)


def _entry(row: Campaign, amount: object, as_of: date, **fields: Any) -> Progress:
    given = {"currency": row.currency, "as_of": as_of, "entered_on": as_of, **_OURS, **fields}
    return Progress.objects.create(campaign=row, amount=Decimal(str(amount)), **given)


def _statement(october: date, slug: str) -> StatementTotals:
    """September and October by one provider, invented; fees taken off, the sum that was told on 1 November."""
    second = october.replace(day=1)
    first = (second - timedelta(days=1)).replace(day=1)
    sums = ((first, 1200, 40), (second, 2390, 80))
    totals = (MonthTotal(m, "EUR", slug, Decimal(gross), Decimal(fee)) for m, gross, fee in sums)
    return StatementTotals("paypal", tuple(totals))
