"""Everything done for a client, in the order of time: what is entered in five tables read as one story."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from assistance.importers.items_text import items_in_words
from assistance.models import Client, DetentionAid, HelpRequest, HumanitarianAid, LegalAid
from memorial.base.partial_date import PartialDate, format_partial_date

_FIRST = date(1, 1, 1)


@dataclass(frozen=True)
class Entry:
    """One thing: when it was as people read it, what it was, what more is said, and its page."""

    at: date
    when: str
    kind: str
    model: type[models.Model]
    url: str
    said: list[str] = field(default_factory=list)
    step_url: str = ""


def story_of(client: Client, user: Any) -> list[Entry]:
    """What this person may see of what was done for a client, the newest first; undated things last."""
    found = [
        entry
        for model, entries in _TOLD.items()
        if user.has_perm(f"assistance.view_{model._meta.model_name}")
        for entry in entries(client)
    ]
    return sorted(found, key=lambda entry: (entry.at, entry.url), reverse=True)


def _requests(client: Client) -> Iterator[Entry]:
    for row in client.requests.all():
        said = [f"{row.get_programme_display()}, {row.get_channel_display()}: {row.get_state_display()}"]
        if row.next_step_on:
            said.append(
                _("Next: %(day)s — %(step)s") % {"day": _day(row.next_step_on), "step": row.next_step}
            )
        said += [text for text in (row.text, row.decision) if text]
        step = reverse("admin:assistance_helprequest_step", args=[row.pk]) if row.is_open else ""
        yield _entry(row, row.received_on, _day(row.received_on), said, step)


def _legal(client: Client) -> Iterator[Entry]:
    rows = client.legal_aids.select_related("lawyer", "prosecution__case", "prosecution__prisoner")
    for row in rows.prefetch_related("outcomes"):
        said = [str(row.get_stage_display())]
        said += [text for text in (row.lawyer.name if row.lawyer else "", row.proceedings) if text]
        if row.prosecution:
            said.append(str(row.prosecution.case))
        yield _lasting(row, [*said, *_outcomes(row), *_cost(row), *([row.note] if row.note else [])])


def _detention(client: Client) -> Iterator[Entry]:
    rows = client.detention_aids.select_related("facility").prefetch_related("outcomes")
    for row in rows:
        said = [str(row.get_right_display()), *([str(row.facility)] if row.facility else [])]
        said += [text for text in (row.action, row.note) if text]
        yield _lasting(row, [*said, *_outcomes(row), *_cost(row)])


def _parcels(client: Client) -> Iterator[Entry]:
    for row in client.humanitarian_aids.prefetch_related("items__kind"):
        items = list(row.items.all())
        said = [f"{row.get_channel_display()}, {row.get_for_whom_display()}"]
        said += [items_in_words(items)] if items else []
        said += [*_cost(row, *items), *([row.note] if row.note else [])]
        yield _entry(row, row.given_on.earliest or _FIRST, words(row.given_on), said)


_TOLD: dict[type[models.Model], Callable[[Client], Iterable[Entry]]] = {
    HelpRequest: _requests,
    LegalAid: _legal,
    DetentionAid: _detention,
    HumanitarianAid: _parcels,
}


def _entry(row: Any, at: date, when: str, said: list[str], step_url: str = "") -> Entry:
    model = type(row)
    url = reverse(f"admin:assistance_{model._meta.model_name}_change", args=[row.pk])
    return Entry(at, when, capfirst(str(model._meta.verbose_name)), model, url, said, step_url)


def _lasting(row: Any, said: list[str]) -> Entry:
    when = words(row.began) if row.began else _("undated")
    if row.ongoing:
        when = _("%(day)s, goes on") % {"day": when}
    elif row.ended:
        when = f"{when} — {words(row.ended)}"
    return _entry(row, row.began_earliest or _FIRST, when, said)


def _outcomes(row: Any) -> list[str]:
    return [
        f"{words(outcome.on)}: {outcome.get_kind_display()}"
        if outcome.on
        else str(outcome.get_kind_display())
        for outcome in row.outcomes.all()
    ]


def _cost(*rows: Any) -> list[str]:
    """What it cost, currency by currency: a parcel is what stands in no thing, and its things."""
    sums: dict[str, Any] = {}
    for row in rows:
        if row.cost is not None:
            sums[row.currency] = sums.get(row.currency, 0) + row.cost
    return [f"{money(cost)} {currency}" for currency, cost in sums.items()]


def money(cost: Any) -> str:
    """A sum as people read it: groups of three, cents where there are some."""
    places = 2 if cost % 1 else 0
    return str(number_format(cost, decimal_pos=places, use_l10n=True, force_grouping=True))


def words(value: PartialDate) -> str:
    """A date as people read it."""
    return format_partial_date(value, get_language() or "ru")


def _day(value: date) -> str:
    return str(date_format(value, "j E Y"))
