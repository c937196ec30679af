"""Ways to give for the walks over all pages: signed and not, every word, a text for donors. All invented."""

from __future__ import annotations

from datetime import timedelta

from donations.choices import Place
from donations.models import DonorNotice, SafetyNotice
from donations.signing.details import MethodDetails
from memorial.base.civil_date import civil_date
from tests.donations import signing

MONTHLY = MethodDetails("monthly", "card_monthly", {"url": f"https://{signing.PAGE_HOST}/monthly"})
BOOSTY = MethodDetails("boosty", "boosty", {"url": "https://boosty.example.org/memorial"})
WORDS = {
    "asks_ru": "Имя, почту и номер карты. Нам не видно ничего, кроме суммы.",
    "asks_en": "Your name, e-mail and card number. We see nothing but the sum.",
    "how_to_cancel_ru": "В письме о каждом платеже есть ссылка «Отменить».",
    "how_to_cancel_en": "Every letter about a payment has a link “Cancel”.",
}
_LEVELS = {Place.IN_RUSSIA: "no", Place.SOMETIMES: "caution", Place.ELSEWHERE: "suitable"}


def shown_ways() -> None:
    """One of each shape of the pages: a page, a bank, a wallet, one without a signature, one without English."""
    today = civil_date()
    days = {
        "checked_on": today,
        "valid_from": today,
        "valid_until": today + timedelta(days=60),
    }
    DonorNotice.objects.create(
        title_ru="Если вы в России, сначала прочитайте",
        title_en="If you are in Russia, read this first",
        text_ru="<p><strong>Законно сегодня не значит безопасно завтра.</strong></p><ul><li>Не платите.</li></ul>",
        text_en="<p><strong>Legal today does not mean safe tomorrow.</strong></p><ul><li>Do not pay.</li></ul>",
        **days,
    )
    methods = [signing.method_of(details, **WORDS) for details in (MONTHLY, signing.BANK, signing.BITCOIN)]
    methods.append(signing.method_of(BOOSTY, name_en="", **dict.fromkeys(WORDS, "")))
    for method in (*methods, None):
        for place, level in _LEVELS.items():
            why = {"reason_ru": "могут прочитать на границе", "reason_en": "may be read at the border"}
            SafetyNotice.objects.create(
                place=place, level=level, method=method, **days, **(why if level == "caution" else {})
            )
    signing.take_in(MONTHLY, signing.BANK, signing.BITCOIN)
