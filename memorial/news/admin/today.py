"""What «Today» says of news: what is planned, and what was not published at its moment."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import CharField, ExpressionWrapper, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from memorial.base.admin import Panel
from memorial.base.choices import State
from memorial.base.civil_date import civil_date
from memorial.base.localized import localized
from memorial.due.models import DueWork
from memorial.news.actions import PUBLISH
from memorial.news.models import NewsItem


class PlanFilter(admin.SimpleListFilter):
    """What «Today» asks of planned news, as lists of the same rows."""

    title = _("plan")
    parameter_name = "plan"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The lists beside all news."""
        return [("ahead", _("planned for a moment")), ("missed", _("not published at its moment"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The news of the list."""
        works = {"ahead": _planned, "missed": _not_done}.get(self.value() or "")
        return queryset.filter(pk__in=works(civil_date()).values("object_id")) if works else queryset


def _planned(day: date) -> QuerySet[DueWork]:
    return _titled(DueWork.objects.open().filter(kind=PUBLISH)).order_by("due_at", "id")


def _not_done(day: date) -> QuerySet[DueWork]:
    """Refused, and nobody has published or withdrawn the news since."""
    waiting = NewsItem.objects.filter(state__in=[State.DRAFT, State.READY]).values("pk")
    refused = DueWork.objects.filter(kind=PUBLISH, outcome=DueWork.Outcome.REFUSED, object_id__in=waiting)
    replanned = DueWork.objects.open().filter(kind=PUBLISH).values("object_id")
    return _titled(refused.exclude(object_id__in=replanned)).order_by("-done_at", "-id")


def _titled(rows: QuerySet[DueWork]) -> QuerySet[DueWork]:
    titles = NewsItem.objects.filter(pk=OuterRef("object_id")).annotate(
        shown=ExpressionWrapper(localized("title"), output_field=CharField())
    )
    return rows.annotate(title=Subquery(titles.values("shown")[:1]))


def _line(work: Any) -> str:
    return f"{timezone.localtime(work.due_at):%d.%m.%Y %H:%M}: {work.title or work}"


def _reasoned_line(work: Any) -> str:
    return f"{_line(work)}. {' '.join(work.said.splitlines())}"


def _page(work: DueWork) -> str:
    return reverse("admin:news_newsitem_change", args=[work.object_id])


admin.site.add_panels(  # type: ignore[attr-defined]
    Panel(
        title=_("News that was not published at its moment"),
        empty=_("Everything planned was published."),
        permission="news.change_newsitem",
        rows=_not_done,
        line=_reasoned_line,
        target=_page,
        changelist="news_newsitem_changelist",
        query="plan=missed",
    ),
    Panel(
        title=_("News planned for a moment"),
        empty=_("Nothing is planned."),
        permission="news.change_newsitem",
        rows=_planned,
        line=_line,
        target=_page,
        changelist="news_newsitem_changelist",
        query="plan=ahead",
    ),
)
