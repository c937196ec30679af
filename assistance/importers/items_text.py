"""What was in a parcel, as people write it in one cell: «лекарства 2 уп до 01.03.2027; продукты 5 кг»."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.choices import Unit
from assistance.models import ItemKind
from memorial.base.localized import all_languages
from memorial.base.partial_date import PartialDate, PartialDateError

UNITS: Final[dict[str, Unit]] = {
    **dict.fromkeys(("шт", "штук", "штука", "штуки", "pc", "pcs", "piece", "pieces"), Unit.PIECE),
    **dict.fromkeys(("уп", "упак", "упаковка", "упаковки", "упаковок", "pack", "packs"), Unit.PACK),
    **dict.fromkeys(("кг", "kg"), Unit.KILOGRAM),
    **dict.fromkeys(("л", "литр", "литра", "литров", "l", "litre", "litres"), Unit.LITRE),
    **dict.fromkeys(("мес", "месяц", "месяца", "месяцев", "month", "months"), Unit.MONTH),
}
_PART: Final = re.compile(
    r"(?P<kind>.+?)"
    r"(?:\s+(?P<quantity>\d{1,7}(?:[.,]\d{1,2})?)\s*(?P<unit>[^\W\d]*)\.?)?"
    r"(?:\s+(?:до|until|till)\s+(?P<until>\S+))?"
)
MOST_ITEMS: Final = 40
HINT = gettext_lazy(
    "Kinds of things with commas or semicolons between: «medicines 2 packs until 01.03.2027; food 5 kg»."
)

Item = dict[str, Any]


def item_kinds() -> dict[str, ItemKind]:
    """Every kind of thing by its names in both languages and its code, small letters."""
    found: dict[str, ItemKind] = {}
    for kind in ItemKind.objects.all():
        for name in (kind.code, *(getattr(kind, column) for column in all_languages("label"))):
            found[_plain(name or kind.code)] = kind
    return found


def read_items(text: str, kinds: Mapping[str, ItemKind]) -> list[Item]:
    """The fields of each `AidItem` that a cell names. Raises `ValidationError` with a sentence a part."""
    read: list[Item] = []
    wrong: list[ValidationError] = []
    for part in _parts(text, kinds):
        try:
            read.append(_read_part(part, kinds))
        except ValidationError as error:
            wrong.append(error)
    if len(read) > MOST_ITEMS:
        wrong.append(ValidationError(_("More than %(most)s things in one row.") % {"most": MOST_ITEMS}))
    if wrong:
        raise ValidationError(wrong)
    return read


def items_in_words(items: list[Any]) -> str:
    """Things as they are typed, so that they can be read back."""
    return "; ".join(" ".join(_words(item)) for item in items)


def _words(item: Any) -> Iterator[str]:
    yield str(item.kind)
    if item.quantity is not None:
        yield number_format(item.quantity.normalize() if item.quantity % 1 else int(item.quantity))
        yield str(item.get_unit_display())
    if item.expires_on:
        yield _("until %(day)s") % {"day": f"{item.expires_on:%d.%m.%Y}"}


def _parts(text: str, kinds: Mapping[str, ItemKind]) -> Iterator[str]:
    """Between semicolons and lines; between commas too, but for those of «1,5 кг» and of a kind's own name."""
    for part in re.split(r"[;\n]", text):
        pieces = [piece.strip() for piece in re.split(r",(?!\d)", part) if piece.strip()]
        while pieces:
            # The longest beginning that is one kind: «канцелярия, марки, оплата писем».
            count = next((n for n in range(len(pieces), 1, -1) if _is_kind(", ".join(pieces[:n]), kinds)), 1)
            yield ", ".join(pieces[:count])
            del pieces[:count]


def _is_kind(part: str, kinds: Mapping[str, ItemKind]) -> bool:
    found = _PART.fullmatch(part)
    return found is not None and _plain(found["kind"]) in kinds


def _read_part(part: str, kinds: Mapping[str, ItemKind]) -> Item:
    found = _PART.fullmatch(part)
    kind = kinds.get(_plain(found["kind"])) if found else None
    if found is None or kind is None:
        raise ValidationError(
            _("«%(part)s»: no such kind of thing. There are: %(kinds)s.")
            % {"part": part, "kinds": "; ".join(dict.fromkeys(str(one) for one in kinds.values()))},
            code="kind",
        )
    item: Item = {"kind": kind}
    if quantity := found["quantity"]:
        item |= {"quantity": Decimal(quantity.replace(",", ".")), "unit": _unit(part, found["unit"])}
    if until := found["until"]:
        item["expires_on"] = _day(part, until)
    return item


def _unit(part: str, word: str) -> Unit:
    unit = UNITS.get(word.casefold()) if word else Unit.PIECE
    if unit is None:
        raise ValidationError(
            _("«%(part)s»: of what? Write pieces, packs, kg, litres or months.") % {"part": part}, code="unit"
        )
    return unit


def _day(part: str, text: str) -> date:
    try:
        read = PartialDate.parse(text.rstrip("."))
    except PartialDateError:
        read = None
    if read is None or read.earliest is None or read.earliest != read.latest:
        raise ValidationError(
            _("«%(part)s»: write the day whole, like 01.03.2027.") % {"part": part}, code="day"
        )
    return read.earliest


def _plain(text: str) -> str:
    return " ".join(str(text).casefold().replace("ё", "е").split())


class ItemsField(forms.CharField):
    """One line of things; gives the fields of each item. `kinds` are set by the form that reads it."""

    kinds: Mapping[str, ItemKind] = {}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("What is in it"))
        kwargs.setdefault("help_text", HINT)
        super().__init__(max_length=2000, **kwargs)

    def clean(self, value: Any) -> Any:
        """The items. Raises `ValidationError` saying which part is not understood."""
        text = super().clean(value)
        return read_items(text, self.kinds) if text else []
