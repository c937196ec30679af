"""What an address of the API may ask: each parameter says it in JSON Schema, and is read by that very schema.

So the description for programs (`openapi.json`) cannot promise what is refused, nor hide what is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from memorial.base.facets.reading import MOST_VALUES
from memorial.base.localized import LANGUAGES
from memorial.base.opendata.columns import Words

USUAL_LIMIT: Final = 20
MOST_ROWS: Final = 100
MOST_ENUMERATED: Final = 1000
"""Values of a parameter that the description lists; where there are more, it lists none."""
LONGEST_NAME: Final = 60
SLUG: Final = "^[A-Za-z0-9_-]{1,90}$"
_UNKNOWN: Final = _("There is no parameter of this name here.")
_WRONG: Final = _("This parameter has no such value.")
_ONCE: Final = _("This parameter may be given once.")
_TOO_MANY: Final = _("This parameter may have at most %(number)d values.")


class Refused(Exception):
    """A parameter that is not understood: its name, and why in the reader's language."""

    def __init__(self, parameter: str, why: Words = _WRONG) -> None:
        super().__init__(parameter)
        self.parameter, self.why = parameter, why


@dataclass(frozen=True)
class Parameter:
    """A parameter of addresses. `schema` is of one value; `many` may be repeated, each value adds.

    `values` gives the values that find something today, where those are known; others may be refused.
    """

    name: str
    description: Words
    schema: Mapping[str, Any]
    many: bool = False
    values: Callable[[], Sequence[str]] | None = None

    def read(self, given: Sequence[str]) -> tuple[str, ...]:
        """The values, each once; raises Refused."""
        values = tuple(dict.fromkeys(given))
        if not self.many and len(given) > 1:
            raise Refused(self.name, _ONCE)
        if len(given) > MOST_VALUES:
            raise Refused(self.name, _TOO_MANY % {"number": MOST_VALUES})
        if not all(fits(self.schema, value) for value in values):
            raise Refused(self.name)
        return values

    def described(self) -> dict[str, Any] | None:
        """The schema for the description of today, with the values that find something; None where none does."""
        schema = dict(self.schema)
        if self.values is not None:
            known = sorted({each for each in self.values() if fits(schema, each)})
            if not known:
                return None
            if len(known) <= MOST_ENUMERATED:
                schema = {"type": "string", "enum": known}
        return {"type": "array", "items": schema, "maxItems": MOST_VALUES} if self.many else schema


def fits(schema: Mapping[str, Any], text: str) -> bool:
    """Whether a value of an address is what a schema of ours says."""
    if schema.get("type") == "integer":
        is_number = bool(re.fullmatch("0|[1-9][0-9]{0,8}", text))
        return is_number and schema["minimum"] <= int(text) <= schema["maximum"]
    if "enum" in schema:
        return text in schema["enum"]
    if schema.get("format") == "date":
        return _is_date(text)
    return bool(re.search(schema["pattern"], text)) and not text.endswith("\n")


def _is_date(text: str) -> bool:
    with suppress(ValueError):
        return date.fromisoformat(text).isoformat() == text
    return False


def day(text: str) -> date:
    """A value that fits a schema of dates."""
    return date.fromisoformat(text)


LANGUAGE: Final = Parameter(
    "lang",
    _("The language of texts. A text that is not there in it comes in the other, and says so."),
    {"type": "string", "enum": list(LANGUAGES), "default": LANGUAGES[0]},
)
LIMIT: Final = Parameter(
    "limit",
    _("How many records at most."),
    {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": USUAL_LIMIT},
)
CURSOR: Final = Parameter(
    "cursor",
    _("Where to go on, as the answer before said in “next”."),
    {"type": "string"},
)
"""Its pattern is the resource's own."""
DAY: Final = Parameter(
    "on",
    _(
        "The day that is asked about, today unless said otherwise. There is nothing of days ahead or before 1850."
    ),
    {"type": "string", "format": "date"},
)


def read(query: QueryDict, known: Iterable[Parameter]) -> dict[str, tuple[str, ...]]:
    """What a query asks, by the names of the parameters; raises Refused for what is not known or does not fit."""
    by_name = {parameter.name: parameter for parameter in known}
    for name in query:
        if name not in by_name:
            raise Refused(name[:LONGEST_NAME], _UNKNOWN)
    return {name: by_name[name].read(query.getlist(name)) for name in query}


def only(query: QueryDict, filters: Iterable[Parameter]) -> QueryDict:
    """The same query with nothing but these filters: what the parser of the pages understands."""
    kept = QueryDict(mutable=True)
    for parameter in filters:
        if parameter.name in query:
            kept.setlist(parameter.name, query.getlist(parameter.name))
    return kept
