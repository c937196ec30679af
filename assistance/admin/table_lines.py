"""Help as lines of a table: the columns of each kind, the number standing for the client with the name behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from assistance.importers.columns import COLUMNS, heading
from assistance.importers.items_text import items_in_words
from memorial.base.partial_date import format_partial_date

Lines = Iterator[tuple[str, ...]]


def lines_of_parcels(rows: Any) -> Lines:
    """The columns that the grid reads again."""
    yield tuple(heading(column) for column in COLUMNS)
    for row in rows.prefetch_related("items__kind"):
        yield (
            _client(row),
            _day(row.given_on),
            str(row.get_channel_display()),
            str(row.get_for_whom_display()),
            items_in_words(list(row.items.all())),
            *_cost(row),
            str(row.note),
        )


def lines_of_legal_help(rows: Any, user: Any) -> Lines:
    """A line a stage. Of lawyers, and of what came of it, only what this person may see."""
    yield (
        _("Client"),
        _("Stage"),
        _("Prosecution"),
        _("Proceedings, in words"),
        _("Lawyer"),
        *_lasting_headings(),
        _("Note"),
    )
    sees_lawyers = user.has_perm("assistance.view_lawyer")
    sees_outcomes = user.has_perm("assistance.view_legaloutcome")
    related = rows.select_related("client", "lawyer", "prosecution__case", "prosecution__prisoner")
    for row in related.prefetch_related("outcomes"):
        yield (
            _client(row),
            str(row.get_stage_display()),
            str(row.prosecution or ""),
            str(row.proceedings),
            str(row.lawyer.name) if row.lawyer and sees_lawyers else "",
            *_lasting(row, sees_outcomes=sees_outcomes),
            str(row.note),
        )


def lines_of_help_in_detention(rows: Any, user: Any) -> Lines:
    """A line a right that was defended."""
    yield (
        _("Client"),
        _("Right violated"),
        _("Institution"),
        _("What was done"),
        *_lasting_headings(),
        _("Note"),
    )
    sees_outcomes = user.has_perm("assistance.view_detentionoutcome")
    for row in rows.select_related("client", "facility").prefetch_related("outcomes"):
        yield (
            _client(row),
            str(row.get_right_display()),
            str(row.facility or ""),
            str(row.action),
            *_lasting(row, sees_outcomes=sees_outcomes),
            str(row.note),
        )


def _lasting_headings() -> tuple[str, ...]:
    return _("From"), _("Until"), _("Goes on"), _("Outcomes"), _("Cost"), _("Currency")


def _lasting(row: Any, *, sees_outcomes: bool) -> tuple[str, ...]:
    outcomes = [
        " ".join(part for part in (_day(one.on), str(one.get_kind_display()), str(one.note)) if part)
        for one in (row.outcomes.all() if sees_outcomes else ())
    ]
    return (
        _day(row.began),
        _day(row.ended),
        _("yes") if row.ongoing else "",
        "; ".join(outcomes),
        *_cost(row),
    )


def _client(row: Any) -> str:
    return f"№ {row.client_id} {row.client.name}"


def _day(value: Any) -> str:
    return format_partial_date(value, "en", "editing") if value else ""


def _cost(row: Any) -> tuple[str, str]:
    return ("" if row.cost is None else f"{row.cost}"), row.currency
