"""The rows of the grid: as they were typed, what is wrong with them, and which of them are saved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext as _

from assistance.actions import SameHelpError, enter_parcel
from assistance.admin.finding import Found, find_all, numbered
from assistance.choices import AidChannel, Currency, Recipient
from assistance.importers.cells import Cells, Understood, code_of, currency_code, repeat, understand
from assistance.importers.columns import COLUMNS, HEADINGS, MOST_ROWS
from assistance.importers.items_text import item_kinds
from assistance.models import Client, HumanitarianAid

_BOX: Final = re.compile(r"row-(\d{1,4})-(\w+)")
CHOICES: Final[dict[str, type[TextChoices]]] = {
    "channel": AidChannel,
    "for_whom": Recipient,
    "currency": Currency,
}
WIDTHS: Final = {"client": 22, "given_on": 11, "items": 34, "cost": 8, "note": 16}


@dataclass
class Row:
    """One row: its place, the key under which it is saved once, its cells, and the sentences beside them."""

    place: int
    key: UUID
    cells: Cells = field(default_factory=lambda: dict.fromkeys(COLUMNS, ""))
    wrong: dict[str, list[str]] = field(default_factory=dict)
    is_second: bool = False
    asks: str = ""

    @property
    def number(self) -> int:
        """The number of the row as people count."""
        return self.place + 1

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed: what repeats or stood there from the beginning is not typed."""
        return not any(self.cells[name].strip() for name in ("client", "items", "cost", "note"))

    def boxes(self) -> list[dict[str, Any]]:
        """The cells as the page shows them."""
        return [self._box(name) for name in COLUMNS]

    def _box(self, name: str) -> dict[str, Any]:
        value = self.cells[name]
        return {
            "name": name,
            "id": f"row-{self.place}-{name}",
            "label": HEADINGS[name],
            "value": value,
            "wrong": self.wrong.get(name, []),
            "width": WIDTHS.get(name, 0),
            "choices": _options(name, value) if name in CHOICES else None,
        }


@dataclass(frozen=True)
class Saved:
    """A row that is in the database."""

    number: int
    client: str
    aid: int
    is_new: bool


def _options(name: str, value: str) -> list[tuple[str, Any, bool]]:
    """The choices of a cell; a word that is none of them stays in it until it is corrected."""
    known = [("", _("as above")), *((member.value, member.label) for member in CHOICES[name])]
    if value and value not in CHOICES[name].values:
        known.append((value, f"«{value}»"))
    return [(code, label, code == value) for code, label in known]


def empty_rows(count: int, *, after: int = 0) -> list[Row]:
    """Rows to be filled in, each with a key of its own."""
    return [Row(place, uuid4()) for place in range(after, after + count)]


def sent_rows(data: Mapping[str, Any]) -> list[Row]:
    """The rows that were sent, in their order. A key that is none gets a new one: the row is never lost."""
    boxes: dict[int, dict[str, str]] = {}
    for name in data:
        if found := _BOX.fullmatch(name):
            boxes.setdefault(int(found[1]), {})[found[2]] = data[name]
    return [_sent_row(place, said) for place, said in sorted(boxes.items())[:MOST_ROWS]]


def _sent_row(place: int, said: Mapping[str, str]) -> Row:
    try:
        key = UUID(said.get("key", ""))
    except ValueError:
        key = uuid4()
    row = Row(place, key, is_second=bool(said.get("again")))
    row.cells.update({name: said[name] for name in COLUMNS if name in said})
    tidy(row.cells)
    return row


def tidy(cells: Cells) -> None:
    """Words that mean a choice become its code, so that the choice shows them."""
    for name, choices in CHOICES.items():
        if text := cells[name].strip():
            cells[name] = currency_code(text) if name == "currency" else code_of(choices, text)


@dataclass
class Outcome:
    """What came of saving: rows that are saved, rows that wait for a correction, and whom names found."""

    saved: list[Saved] = field(default_factory=list)
    waiting: list[Row] = field(default_factory=list)
    found: Found = field(default_factory=Found)


def save_rows(rows: Iterable[Row], user: Any) -> Outcome:
    """Saves each row that is right, and says of each other one what is wrong and where."""
    filled = [row for row in rows if not row.is_empty]
    repeat([row.cells for row in filled])
    clients = Client.objects.visible_to(user)
    outcome = Outcome(found=find_all(clients, (row.cells["client"] for row in filled)))
    kinds = item_kinds() if filled else {}
    for row in filled:
        understood = understand(row.cells, lambda text: _client(outcome.found, text), kinds)
        row.wrong |= understood.wrong
        if row.wrong or not _enter(row, understood, outcome, int(user.pk or 0)):
            outcome.waiting.append(row)
    return outcome


def _client(found: Found, text: str) -> Any:
    if not text:
        raise ValidationError(_("Say for whom: the client’s number or exact name."))
    return found.one(text)


def _enter(row: Row, understood: Understood, outcome: Outcome, by: int) -> bool:
    try:
        entered = enter_parcel(
            sent_as=row.key, fields=understood.fields, items=understood.items, by=by, is_second=row.is_second
        )
    except SameHelpError as error:
        row.asks = error.messages[0]
        return False
    except ValidationError as error:
        row.wrong["client"] = list(error.messages)
        return False
    client = understood.fields["client"]
    outcome.saved.append(Saved(row.number, numbered(client), entered.aid.pk, entered.is_new))
    return True


def set_saved_apart(rows: list[Row]) -> tuple[list[Row], list[Saved]]:
    """Rows of a file that were saved before, by their keys: they are shown as such, and not asked again."""
    there = HumanitarianAid.objects.filter(sent_as__in=[row.key for row in rows]).select_related("client")
    known = {aid.sent_as: aid for aid in there}
    saved = [
        Saved(row.number, numbered(known[row.key].client), known[row.key].pk, is_new=False)
        for row in rows
        if row.key in known
    ]
    return [row for row in rows if row.key not in known], saved
