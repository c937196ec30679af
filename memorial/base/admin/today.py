"""Panels of the «today» page: what waits for somebody, a few rows of it and how many there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Count, QuerySet, Window
from django.urls import reverse

from memorial.base.looking import record_lists

ROWS_SHOWN = 5


@dataclass(frozen=True)
class Panel:
    """One question asked every morning.

    `rows` answers it for a day, `line` words one row, `permission` is who sees it at all;
    `changelist` and `query` are the filtered list with everything. Where everybody has an answer of
    their own, `rows_for` gives it, by the number of the account.
    """

    title: Any
    empty: Any
    permission: str
    rows: Callable[[date], QuerySet]
    line: Callable[[Any], Any]
    target: Callable[[Any], str]
    changelist: str
    query: str = ""
    rows_for: Callable[[int], QuerySet] | None = None

    def answer(self, day: date, account: int) -> dict[str, Any]:
        """Its first rows and their number, in one query. `shown` says to `answers` which rows these are."""
        rows = self.rows_for(account) if self.rows_for else self.rows(day)
        found = list(rows.annotate(panel_total=Window(Count("*")))[:ROWS_SHOWN])
        return {
            "title": self.title,
            "empty": self.empty,
            "total": found[0].panel_total if found else 0,
            "rows": [{"line": self.line(row), "url": self.target(row)} for row in found],
            "url": reverse(f"admin:{self.changelist}") + (f"?{self.query}" if self.query else ""),
            "shown": (rows.model, [row.pk for row in found]),
        }


def answers(panels: list[Panel], user: AbstractBaseUser | AnonymousUser, day: date) -> list[dict[str, Any]]:
    """The panels that this person may see, those with something to do first; whom they named is written down."""
    account = int(user.pk or 0)
    allowed = [panel for panel in panels if user.has_perm(panel.permission)]  # type: ignore[union-attr]
    found = [panel.answer(day, account) for panel in allowed]
    record_lists(staff=account, lists=[one["shown"] for one in found])
    return sorted(found, key=lambda answer: not answer["total"])
