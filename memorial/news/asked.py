"""What an address asks of the list of news: a year, a person, a case. Whatever it says, there is an answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.http import QueryDict
from django.utils.http import urlencode

from cases.models import Case
from memorial.base.shown_text import shown_text
from memorial.news.models import NewsItem
from memorial.news.querysets import NewsQuerySet
from prisoners.models import Prisoner

_YEAR: Final = re.compile(r"(?:19|20)\d\d", re.ASCII)
_SLUG: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,89}", re.ASCII)


@dataclass(frozen=True)
class AskedNews:
    """The selection of an address. Somebody hidden, or shown by initials, is as good as nobody."""

    data: QueryDict

    @cached_property
    def years(self) -> list[int]:
        """The years that there is news of, the newest first."""
        return [day.year for day in NewsItem.objects.published().dates("on", "year", order="DESC")]

    @cached_property
    def year(self) -> int | None:
        asked = self.data.get("year", "")
        return int(asked) if _YEAR.fullmatch(asked) else None

    @cached_property
    def person(self) -> Prisoner | None:
        people = Prisoner.objects.published().filter(initials_only=False)
        slug = self.data.get("person", "")
        return people.for_addresses().filter(slug=slug).first() if _SLUG.fullmatch(slug) else None

    @cached_property
    def case(self) -> Case | None:
        slug = self.data.get("case", "")
        return Case.objects.published().filter(slug=slug).first() if _SLUG.fullmatch(slug) else None

    @property
    def chosen(self) -> dict[str, str]:
        """What the list is narrowed to, as its links repeat it."""
        values = {
            "case": self.case.slug if self.case else "",
            "person": self.person.slug if self.person else "",
            "year": str(self.year or ""),
        }
        return {name: value for name, value in values.items() if value}

    @property
    def query(self) -> str:
        """The canonical query, "" for the whole list."""
        return urlencode(self.chosen)

    @property
    def is_misled(self) -> bool:
        """Whether the address asks for what this list does not have."""
        found = {"year": self.year, "person": self.person, "case": self.case}
        return any(self.data.get(name) and not value for name, value in found.items())

    def items(self) -> NewsQuerySet:
        """The news asked for, the newest first."""
        rows: NewsQuerySet = NewsItem.objects.published()
        if self.year:
            rows = rows.in_year(self.year)
        if self.person:
            rows = rows.of_person(self.person)
        if self.case:
            rows = rows.of_case(self.case)
        return rows.newest_first()

    def described(self) -> str:
        """The selection in words; "" for the whole list."""
        parts = [
            self.person.name.full if self.person else "",
            str(shown_text(self.case, "title")) if self.case else "",
            str(self.year or ""),
        ]
        return ", ".join(part for part in parts if part)
