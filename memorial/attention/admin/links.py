"""Links of sources that lead nowhere, and where they are cited."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from cases.models import CaseCitation
from memorial.attention.models import CheckedLink
from memorial.attention.models.link import DEAD_AFTER_DAYS
from memorial.base.admin import ReadOnlyAdmin
from prisoners.models import Citation

MOST_PLACES: Final = 20


class StateFilter(admin.SimpleListFilter):
    """Dead ones, unless another list is asked for."""

    title = _("links")
    parameter_name = "links"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The lists beside the one that opens first."""
        return [("failing", _("failing, not dead yet")), ("all", _("all that were asked"))]

    def choices(self, changelist: Any) -> Any:
        """The first one is the dead ones, not «all»."""
        first, *others = super().choices(changelist)
        yield {**first, "display": _("dead")}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The links of the list."""
        if self.value() == "all":
            return queryset
        if self.value() == "failing":
            return queryset.filter(failed_days__range=(1, DEAD_AFTER_DAYS - 1))
        return queryset.filter(failed_days__gte=DEAD_AFTER_DAYS)


@admin.register(CheckedLink)
class CheckedLinkAdmin(ReadOnlyAdmin):
    """What a link answered last. Corrected where it is cited: by a new link, or by one to an archive."""

    list_display = ["url", "failure", "status", "failed_since", "failed_days", "checked_on"]
    list_filter = [StateFilter, "failure"]
    search_fields = ["url"]
    fields = ["url", "failure", "status", "failed_since", "failed_days", "answered_on", "checked_on"]
    readonly_fields = ["archive", "cited"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """The answer, then what may help."""
        return [*self.fields, *self.readonly_fields]

    @admin.display(description=_("an archive may have a copy"))
    def archive(self, link: CheckedLink) -> str:
        """Its address as text: whoever opens it does so knowingly."""
        return link.archive_url

    @admin.display(description=_("cited"))
    def cited(self, link: CheckedLink) -> str:
        """The pages of the office where the source stands, a few of them."""
        of_people = Citation.objects.filter(url=link.url).select_related(
            "prisoner", "facility", *(f"{fact}__prisoner" for fact in _FACTS)
        )
        of_cases = CaseCitation.objects.filter(url=link.url)
        found = [(_page_of(row), _name_of(row)) for row in of_people[:MOST_PLACES]]
        found += [("", str(row)) for row in of_cases[:MOST_PLACES]]
        return format_html_join("", "<p>{}</p>", ((_linked(*place),) for place in found))


_FACTS: Final = ("custody", "stay", "end_of_custody", "death", "recognition", "register_entry")


def _linked(address: str, words: str) -> str:
    return format_html('<a href="{}">{}</a>', address, words) if address else words


def _subject(row: Citation) -> Any:
    if row.prisoner or row.facility:
        return row.prisoner or row.facility
    return next(fact.prisoner for name in _FACTS if (fact := getattr(row, name)) is not None)


def _page_of(row: Citation) -> str:
    subject = _subject(row)
    return reverse(f"admin:prisoners_{subject._meta.model_name}_change", args=[subject.pk])


def _name_of(row: Citation) -> str:
    return str(_subject(row))
