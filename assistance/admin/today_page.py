"""«Help today»: what is due, who fell silent, who was forgotten, what runs out, what it cost. One page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Window
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.admin.costs_page import costs_of_a_year, may_see_costs
from assistance.admin.finding import numbered
from assistance.models import AidItem, Client, HelpRequest
from memorial.base.evidence import Looking
from memorial.base.looking import record_looking

MOST_LINES = 50


@dataclass(frozen=True)
class Line:
    """One thing to do: for whom, what, by when, and where it is done."""

    client: str
    url: str
    said: str
    late: bool = False
    step_url: str = ""


@dataclass(frozen=True)
class WorkList:
    """One question and its answer: the first lines, and how many there are in all."""

    code: str
    title: Any
    empty: Any
    lines: list[Line]
    total: int
    clients: list[int]
    all_url: str = ""


def work_lists(user: Any, on: date) -> Iterator[WorkList]:
    """Every question that this person may ask of their clients, one query each."""
    requests = HelpRequest.objects.visible_to(user).select_related("client")
    yield _answer("steps", _STEPS, requests.todays_steps(on), lambda row: _step(row, on))
    yield _answer("silent", _SILENT, requests.silent(on), lambda row: _step(row, on, silent=True))
    yield _answer("nobodys", _NOBODYS, requests.nobodys().order_by("received_on"), lambda row: _step(row, on))
    forgotten = Client.objects.visible_to(user).without_help(on).order_by("opened_on", "pk")
    yield _answer("year", _YEAR, forgotten, _forgotten, f"{_list('client')}?standing=year")
    yield _answer(
        "expiring", _EXPIRING, AidItem.objects.visible_to(user).expiring_medicines(on), _expiring(on)
    )


_STEPS = gettext_lazy("Steps for today and before"), gettext_lazy("No step is due.")
_SILENT = gettext_lazy("Silent for 30 days"), gettext_lazy("Nobody waits in silence.")
_NOBODYS = gettext_lazy("Requests that nobody took on"), gettext_lazy("Every request has a coordinator.")
_YEAR = gettext_lazy("Without help for a year"), gettext_lazy("Nobody is forgotten.")
_EXPIRING = gettext_lazy("Medicines that run out"), gettext_lazy("No medicine runs out within 30 days.")


def _answer(
    code: str, words: tuple[Any, Any], rows: Any, line: Callable[[Any], tuple[int, Line]], all_url: str = ""
) -> WorkList:
    found = list(rows.annotate(in_all=Window(Count("*")))[:MOST_LINES])
    told = [line(row) for row in found]
    total = found[0].in_all if found else 0
    return WorkList(
        code, words[0], words[1], [one for _pk, one in told], total, [pk for pk, _one in told], all_url
    )


def _step(row: HelpRequest, on: date, *, silent: bool = False) -> tuple[int, Line]:
    if silent:
        said = _("last step %(day)s; next: %(step)s") % {"day": _day(row.last_step_on), "step": row.next_step}
    else:
        said = f"{_day(row.next_step_on)} — {row.next_step}"
    late = not silent and row.next_step_on is not None and row.next_step_on < on
    step = reverse("admin:assistance_helprequest_step", args=[row.pk])
    return row.client_id, Line(numbered(row.client), _page(row.client_id), said, late, step)


def _forgotten(client: Client) -> tuple[int, Line]:
    said = _("client since %(day)s") % {"day": _day(client.opened_on)}
    return client.pk, Line(numbered(client), _page(client.pk), said)


def _expiring(on: date) -> Callable[[AidItem], tuple[int, Line]]:
    def line(item: AidItem) -> tuple[int, Line]:
        client, last = item.aid.client, item.expires_on
        late = last is not None and last < on
        words = _("%(kind)s ran out %(day)s") if late else _("%(kind)s until %(day)s")
        said = words % {"kind": item.kind, "day": _day(last)}
        return client.pk, Line(numbered(client), _page(client.pk), said, late)

    return line


def _page(client: int) -> str:
    return reverse("admin:assistance_client_change", args=[client])


def _list(model: str) -> str:
    return reverse(f"admin:assistance_{model}_changelist")


def _day(value: date | None) -> str:
    return str(date_format(value, "j E Y")) if value else "—"


class TodayPage:
    """Mixed into the admin of requests: `today/`."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        """The page before Django's own, which would take any path."""
        wrap = self.admin_site.admin_view
        own = path("today/", wrap(self.today_view), name="assistance_helprequest_today")
        return [own, *super().get_urls()]  # type: ignore[misc]

    def today_view(self, request: HttpRequest) -> HttpResponse:
        """The lists of one person's day; who was shown is written down once for the page."""
        if not request.user.has_perms(("assistance.view_client", "assistance.view_helprequest")):
            raise PermissionDenied
        day = timezone.localdate()
        lists = list(work_lists(request.user, day))
        record_looking(
            staff=int(request.user.pk or 0),
            kind=Looking.Kind.LISTED,
            model=Client,
            rows=sorted({pk for one in lists for pk in one.clients}),
            shown=[Client, HelpRequest, AidItem],
        )
        context = {
            **self.admin_site.each_context(request),
            "title": _("Help today"),
            "opts": self.opts,
            "day": day,
            "lists": lists,
            "most": MOST_LINES,
            "costs": costs_of_a_year(day) if may_see_costs(request.user) else None,
        }
        return TemplateResponse(request, "admin/assistance_today.html", context)
