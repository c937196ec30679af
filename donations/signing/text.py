"""The canonical text of a set of details. A set has exactly one text, and a text is of at most one set.

    donations-set 1
    serial 12
    valid-from 2026-11-20
    valid-until 2027-02-17
    method bank-transfer
    kind bank
    bic SAMPDEFFXXX
    holder …
    …

UTF-8 without a mark at its beginning, NFC, every line ended by one LF, each of a word, one space and a value.
Methods stand by their slug, fields of a method by their name, in the order of bytes. What is read is written
anew and compared, so that nothing reads in two ways. Without the three lines after the first, and with
`donations-unsigned 1` as that, it is what goes to the machine that signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext as _

from donations.checks.refused import DetailsRefused
from donations.checks.words import check_words
from donations.signing.details import FIELDS, MethodDetails

FIRST_LINE: Final = "donations-set 1"
FIRST_LINE_UNSIGNED: Final = "donations-unsigned 1"
MOST_DAYS: Final = 90
"""Days that a set may be valid, its last day counted."""
LONGEST: Final = 20_000
"""Characters of a text: thirty methods have a quarter of it."""
_LONGEST_LINE: Final = 400
_HIGHEST_SERIAL: Final = 2**31 - 1
_SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_SLUG: Final = 40
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,9}")


@dataclass(frozen=True)
class DetailsSet:
    """All methods together, with number and days. `valid_until` is the last day, by the date in Moscow."""

    serial: int
    valid_from: date
    valid_until: date
    methods: tuple[MethodDetails, ...]

    def __post_init__(self) -> None:
        """Raises `DetailsRefused` for a number, days or an order that a set cannot have."""
        if not 1 <= self.serial <= _HIGHEST_SERIAL:
            raise DetailsRefused(_("Sets are numbered from one."))
        if not 0 <= (self.valid_until - self.valid_from).days < MOST_DAYS:
            raise DetailsRefused(_("A set is valid for one to %(most)d days.") % {"most": MOST_DAYS})
        refuse_disorder(self.methods)

    def is_valid_on(self, day: date) -> bool:
        """Whether the day lies between its first and its last one."""
        return self.valid_from <= day <= self.valid_until

    @property
    def text(self) -> str:
        """The text that is signed."""
        head = [
            FIRST_LINE,
            f"serial {self.serial}",
            f"valid-from {self.valid_from.isoformat()}",
            f"valid-until {self.valid_until.isoformat()}",
        ]
        return _joined(head) + "".join(block_of(method) for method in self.methods)


def block_of(method: MethodDetails) -> str:
    """The lines of one method."""
    fields = [f"{name} {method.values[name]}" for name in sorted(method.values)]
    return _joined([f"method {method.slug}", f"kind {method.kind}", *fields])


def unsigned_text(methods: Iterable[MethodDetails]) -> str:
    """What goes to the machine that signs. Raises `DetailsRefused` for two of one slug."""
    ordered = tuple(sorted(methods, key=lambda method: method.slug))
    refuse_disorder(ordered)
    return _joined([FIRST_LINE_UNSIGNED]) + "".join(block_of(method) for method in ordered)


def read_block(block: str) -> MethodDetails:
    """The one method of some lines. Raises `DetailsRefused` for anything else."""
    methods = _read_methods(_lines(block))
    if len(methods) != 1 or block_of(methods[0]) != block:
        raise DetailsRefused(_("These are not the details of one way to give."))
    return methods[0]


def read_unsigned(text: str) -> tuple[MethodDetails, ...]:
    """The methods of a file that is to be signed. Raises `DetailsRefused`."""
    lines = _lines(text)
    if lines[:1] != [FIRST_LINE_UNSIGNED]:
        raise DetailsRefused(_("This is no file of details to sign."))
    methods = _read_methods(lines[1:])
    if unsigned_text(methods) != text:
        raise DetailsRefused(_("The file is not written as such files are."))
    return methods


def read_set(text: str) -> DetailsSet:
    """The set that a text is of. Raises `DetailsRefused`."""
    lines = _lines(text)
    if lines[:1] != [FIRST_LINE] or len(lines) < 5:
        raise DetailsRefused(_("This is no set of details."))
    read = DetailsSet(
        serial=int(_value(lines[1], "serial", _NUMBER)),
        valid_from=_day(lines[2], "valid-from"),
        valid_until=_day(lines[3], "valid-until"),
        methods=_read_methods(lines[4:]),
    )
    if read.text != text:
        raise DetailsRefused(_("The text is not written as such texts are."))
    return read


def refuse_disorder(methods: Sequence[MethodDetails]) -> None:
    """Raises `DetailsRefused` for no method at all, one named wrongly or twice, or a wrong order."""
    if not methods:
        raise DetailsRefused(_("There is no way to give in it."))
    for method in methods:
        if not _SLUG.fullmatch(method.slug) or len(method.slug) > _LONGEST_SLUG:
            raise DetailsRefused(_("“%(slug)s” is no name of a way to give.") % {"slug": method.slug})
    if any(one.slug >= next_one.slug for one, next_one in pairwise(methods)):
        raise DetailsRefused(_("The ways to give do not stand in order, or one stands twice."))


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _lines(text: str) -> list[str]:
    if len(text) > LONGEST or not text.endswith("\n"):
        raise DetailsRefused(_("The text is too long, or its last line is not ended."))
    lines = text[:-1].split("\n")
    for line in lines:
        check_words(line, _LONGEST_LINE)
    return lines


def _value(line: str, word: str, shape: re.Pattern[str]) -> str:
    found, _space, value = line.partition(" ")
    if found != word or not shape.fullmatch(value):
        raise DetailsRefused(_("A line should say %(word)s.") % {"word": word})
    return value


def _day(line: str, word: str) -> date:
    try:
        return date.fromisoformat(_value(line, word, _DAY))
    except ValueError as error:
        raise DetailsRefused(_("A line should say %(word)s and a day.") % {"word": word}) from error


def _read_methods(lines: Sequence[str]) -> tuple[MethodDetails, ...]:
    pairs = [line.partition(" ")[::2] for line in lines]
    starts = [number for number, (word, _rest) in enumerate(pairs) if word == "method"]
    if starts[:1] != [0]:
        raise DetailsRefused(_("The lines do not begin with a way to give."))
    return tuple(_read_method(pairs[start:end]) for start, end in pairwise([*starts, len(pairs)]))


def _read_method(pairs: Sequence[tuple[str, str]]) -> MethodDetails:
    (_word, slug), *rest = pairs
    kind = rest[0][1] if rest and rest[0][0] == "kind" else ""
    words = [word for word, _rest in rest[1:]]
    if kind not in FIELDS or sorted(words) != sorted(FIELDS[kind]):
        raise DetailsRefused(_("%(slug)s: these are not the fields of its kind.") % {"slug": slug})
    return MethodDetails(slug, kind, dict(rest[1:]))
