"""What the cells of one row of help say, and what is wrong with them, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import override

from assistance.choices import FOR_FAMILIES, AidChannel, Currency, Recipient
from assistance.importers.items_text import read_items
from assistance.models import ItemKind
from memorial.base.fields import PartialDateFormField

NOTHING: Final = ("-", "–", "—")
"""What is typed for «none» where an empty cell would repeat the one above."""
REPEATED: Final = ("given_on", "channel", "for_whom", "items", "cost", "currency")
_SIGNS: Final = {
    "₽": "RUB",
    "руб": "RUB",
    "руб.": "RUB",
    "р.": "RUB",
    "€": "EUR",
    "$": "USD",
    "£": "GBP",
    "₴": "UAH",
}
_MOST: Final = Decimal("9999999999.99")

Cells = dict[str, str]


@dataclass
class Understood:
    """One row as it was read: the fields of the help, its things, and the sentences beside its cells."""

    fields: dict[str, Any] = field(default_factory=dict)
    items: list[dict[str, Any]] = field(default_factory=list)
    wrong: dict[str, list[str]] = field(default_factory=dict)


def repeat(rows: list[Cells]) -> None:
    """Gives each empty cell what stands above it, down all rows; rows without a client are left alone."""
    above: Cells = {}
    for cells in rows:
        if not cells["client"].strip():
            continue
        for name in REPEATED:
            if not cells[name].strip():
                cells[name] = above.get(name, "")
        above = cells


def understand(cells: Cells, find_client: Callable[[str], Any], kinds: Mapping[str, ItemKind]) -> Understood:
    """Reads every cell; what is wrong in one does not keep the others from being read."""
    row = Understood()

    def take(name: str, read: Callable[[str], Any]) -> Any:
        try:
            return read("" if cells[name].strip() in NOTHING else cells[name].strip())
        except ValidationError as error:
            row.wrong[name] = list(error.messages)
            return None

    row.items = take("items", lambda text: read_items(text, kinds)) or []
    row.fields = {
        "client": take("client", find_client),
        "given_on": take("given_on", PartialDateFormField().clean),
        "channel": take("channel", lambda text: _choice(AidChannel, text)),
        "for_whom": take("for_whom", lambda text: _choice(Recipient, text)),
        "cost": take("cost", _cost),
        "note": take("note", str),
    }
    row.fields["currency"] = take("currency", _currency) if row.fields["cost"] is not None else ""
    if row.fields["channel"] in FOR_FAMILIES and row.fields["for_whom"] == Recipient.PRISONER:
        row.wrong["for_whom"] = [_("Help to the family and journeys of relatives are for the family.")]
    return row


def code_of(choices: type[TextChoices], text: str) -> str:
    """The code that a text means, by code or by its name in both languages; the text itself where none."""
    plain = text.strip().casefold()
    for member in choices:
        if plain == member.value.casefold():
            return str(member.value)
    for language in ("ru", "en"):
        with override(language):
            for member in choices:
                if plain == str(member.label).casefold():
                    return str(member.value)
    return text.strip()


def currency_code(text: str) -> str:
    """The code of a currency by its sign, name or code; the text itself where it is none of them."""
    return _SIGNS.get(text.strip().casefold()) or code_of(Currency, text)


def _choice(choices: type[TextChoices], text: str) -> Any:
    code = code_of(choices, text)
    if code not in choices.values:
        names = ", ".join(str(member.label) for member in choices)
        raise ValidationError(_("«%(text)s»: choose one of: %(names)s.") % {"text": text, "names": names})
    return choices(code)


def _currency(text: str) -> Any:
    if not text:
        raise ValidationError(_("A sum has a currency, and a currency a sum."))
    return _choice(Currency, currency_code(text))


def _cost(text: str) -> Decimal | None:
    if not text:
        return None
    plain = "".join(text.split()).replace(",", ".")
    try:
        cost = Decimal(plain)
    except InvalidOperation:
        cost = None
    if (
        cost is None
        or not cost.is_finite()
        or cost < 0
        or cost > _MOST
        or cost != cost.quantize(Decimal("0.01"))
    ):
        raise ValidationError(_("«%(text)s» is no sum: write it like 1500 or 1500,50.") % {"text": text})
    return cost
