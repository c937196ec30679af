"""The list of people in the office: columns and filters that answer what an editor asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Value
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from memorial.base.choices import State
from memorial.base.localized import all_languages
from memorial.base.name_key import sort_key
from prisoners.admin.rights import sees_only_what_is_public
from prisoners.models import (
    Custody,
    Facility,
    HiddenNameVariant,
    NameVariant,
    Photo,
    Prisoner,
    PrisonerList,
    Region,
    Stay,
    Theme,
)
from prisoners.models.person_details import NameKey

NOT_CHECKED_FOR = timedelta(days=183)
"""Half a year: what was checked before is looked at again."""


def open_stays(day: date) -> Prefetch:
    """The places where people are now, with institution and region, as `open_stays`."""
    rows = (
        Stay.objects.open_on(day)
        .select_related("facility", "region")
        .order_by("temporary", "-began_earliest")
    )
    return Prefetch("stays", queryset=rows, to_attr="open_stays")


def overdue_custodies(day: date) -> QuerySet[Custody]:
    """Open deprivations of liberty whose expected end has certainly passed without a release or death."""
    return Custody.objects.filter(
        expected_end_latest__lt=day, end__isnull=True, prisoner__death__isnull=True
    ).order_by("expected_end_latest")


def without_address(rows: QuerySet, day: date) -> QuerySet:
    """People imprisoned where no envelope can be addressed: no institution, or none with town and index."""
    written = Stay.objects.open_on(day).filter(prisoner=OuterRef("pk"), facility__isnull=False)
    written = written.exclude(facility__city="").exclude(facility__postal_index="")
    people: Any = rows
    return people.imprisoned(on=day).filter(~Exists(written))


def not_checked(rows: QuerySet, day: date) -> QuerySet:
    """People whose facts nobody has confirmed for half a year."""
    return rows.filter(Q(facts_checked_on__isnull=True) | Q(facts_checked_on__lt=day - NOT_CHECKED_FOR))


def untranslated(rows: QuerySet) -> QuerySet:
    """Published people whose short description is missing in one of the languages."""
    return rows.filter(Q(summary_en="") | Q(summary_ru=""), state=State.PUBLISHED)


def _without_photo(rows: QuerySet, _day: date) -> QuerySet:
    return rows.filter(~Exists(Photo.objects.filter(prisoner=OuterRef("pk")).exclude(stem="")))


def _overdue(rows: QuerySet, day: date) -> QuerySet:
    return rows.filter(Exists(overdue_custodies(day).filter(prisoner=OuterRef("pk"))))


QUESTIONS: dict[str, tuple[Any, Callable[[QuerySet, date], QuerySet]]] = {
    "no-en": (_("No English summary"), lambda rows, _day: rows.filter(summary_en="")),
    "no-ru": (_("No Russian summary"), lambda rows, _day: rows.filter(summary_ru="")),
    "no-photo": (_("No photo"), _without_photo),
    "no-address": (_("No address"), without_address),
    "unchecked": (_("Not checked for six months"), not_checked),
    "overdue": (_("Term ended, release not confirmed"), _overdue),
    "one-language": (_("Published in one language only"), lambda rows, _day: untranslated(rows)),
    "review": (_("Ready for review"), lambda rows, _day: rows.filter(state=State.READY)),
}


class QuestionFilter(admin.SimpleListFilter):
    """What is missing or waits."""

    title = _("what is missing")
    parameter_name = "missing"
    starts_open = True

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The questions."""
        return [(code, label) for code, (label, _narrow) in QUESTIONS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """People of whom the question is true today."""
        if self.value() not in QUESTIONS:
            return queryset
        return QUESTIONS[str(self.value())][1](queryset, timezone.localdate())


class _RelatedFilter(admin.SimpleListFilter):
    """Records of a vocabulary that somebody has, each by its stable code."""

    def rows(self) -> QuerySet:
        raise NotImplementedError

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The words in use."""
        return [(row.code, str(row)) for row in self.rows()]


class RegionFilter(_RelatedFilter):
    title = _("region")
    parameter_name = "region"

    def rows(self) -> QuerySet:
        """Regions where somebody is prosecuted."""
        return Region.objects.filter(Exists(Prisoner.objects.filter(region=OuterRef("pk"))))

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """People prosecuted there."""
        return queryset.filter(region__code=self.value()) if self.value() else queryset


class ListFilter(_RelatedFilter):
    title = _("list")
    parameter_name = "list"

    def rows(self) -> QuerySet:
        """Every list of the project."""
        return PrisonerList.objects.all()

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """People on the list."""
        if not self.value():
            return queryset
        return queryset.filter(pk__in=_holders("listings__prisoner_list__code", self.value()))


class ThemeFilter(_RelatedFilter):
    title = _("theme")
    parameter_name = "theme"

    def rows(self) -> QuerySet:
        """Every theme."""
        return Theme.objects.all()

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """People with the theme."""
        if not self.value():
            return queryset
        return queryset.filter(pk__in=_holders("theme_links__theme__code", self.value()))


class FacilityFilter(admin.SimpleListFilter):
    """Not offered as a list of all institutions: linked from an institution's page."""

    title = _("institution")
    parameter_name = "facility"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The institution asked for, if it is one."""
        asked = request.GET.get(self.parameter_name, "")
        return [(asked, str(found)) for found in Facility.objects.filter(slug=asked)] if asked else []

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """People who are there now."""
        if not self.value():
            return queryset
        there = Stay.objects.open_on(timezone.localdate()).filter(prisoner=OuterRef("pk"))
        return queryset.filter(Exists(there.filter(facility__slug=self.value())))


def _holders(path: str, code: Any) -> QuerySet:
    return Prisoner.objects.filter(**{path: code}).values("pk")


class PeopleChangeList(ChangeList):
    """Loads what the columns show, in as many queries for three people as for one."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet:
        """The people of this page of the list."""
        day = timezone.localdate()
        rows: Any = super().get_queryset(request, exclude_parameters)
        ordering = rows.query.order_by
        return rows.for_list(day).prefetch_related(open_stays(day)).order_by(*ordering)


def search_people(rows: QuerySet, request: HttpRequest, typed: str) -> QuerySet:
    """People whose name, in any language or spelling, holds every word typed.

    ё is е, case and hyphens do not count. Names that are not shown are searched too, but not for
    those who may not see them.
    """
    for word in sort_key(typed).split():
        condition = Q(sort_key_ru__contains=word) | Q(sort_key_en__contains=word) | Q(slug__contains=word)
        condition |= _also_called(NameVariant, word)
        if not sees_only_what_is_public(request.user, "prisoner"):
            condition |= _also_called(HiddenNameVariant, word)
        rows = rows.filter(condition)
    return rows


def _also_called(variants: Any, word: str) -> Q:
    named = variants.objects.filter(prisoner=OuterRef("pk")).annotate(key=NameKey(F("text")))
    return Q(Exists(named.filter(key__contains=Value(word))))


SEARCHED = ("sort_key_ru", "sort_key_en", *all_languages("surname", "given_names"))
