"""The list of cases in the office: filters that answer what an editor asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.models import Article, Case, Charge, Decision, Hearing, OfficialRole, Prosecution
from cases.references import read_references
from memorial.base.choices import State
from memorial.base.localized import all_languages
from memorial.base.name_key import sort_key
from prisoners.models import Prisoner

A_YEAR = timedelta(days=365)
HALF_A_YEAR = timedelta(days=183)

Narrowing = Callable[[QuerySet, date], QuerySet]


def without_decision(rows: QuerySet, day: date) -> QuerySet:
    """Cases in which nobody has decided anything for a year, as far as we know, and somebody is held or tried."""
    recent = Decision.objects.filter(case=OuterRef("pk"), on_latest__gte=day - A_YEAR)
    old = Q(opened_latest__lt=day - A_YEAR) | Q(opened_latest__isnull=True)
    return rows.filter(old, ~Exists(recent))


def with_passed_hearings(rows: QuerySet, day: date) -> QuerySet:
    """Cases with a hearing whose day has passed and of which nobody has said what came of it."""
    return rows.filter(Exists(Hearing.objects.without_outcome(day).filter(case=OuterRef("pk"))))


def _with_unconfirmed(rows: QuerySet, _day: date) -> QuerySet:
    return rows.filter(Exists(OfficialRole.objects.filter(confirmed=False, prosecution__case=OuterRef("pk"))))


def _with_charges_in_words(rows: QuerySet, _day: date) -> QuerySet:
    words = Charge.objects.filter(article__isnull=True, number="", prosecution__case=OuterRef("pk"))
    return rows.filter(Exists(words))


def _nobody(rows: QuerySet, _day: date) -> QuerySet:
    return rows.filter(~Exists(Prosecution.objects.filter(case=OuterRef("pk"))))


def _unchecked(rows: QuerySet, day: date) -> QuerySet:
    return rows.filter(Q(facts_checked_on__isnull=True) | Q(facts_checked_on__lt=day - HALF_A_YEAR))


def _left_withdrawn(rows: QuerySet, _day: date) -> QuerySet:
    """Withdrawn cases of which somebody is published: perhaps hidden with the last person, who is shown again."""
    shown = Prosecution.objects.filter(case=OuterRef("pk"), prisoner__state=State.PUBLISHED)
    return rows.filter(Exists(shown), state=State.WITHDRAWN)


QUESTIONS: dict[str, tuple[Any, Narrowing]] = {
    "hearing": (_("Hearing passed, no outcome"), with_passed_hearings),
    "decision": (_("No decision for a year"), without_decision),
    "words": (_("Charges only in words"), _with_charges_in_words),
    "officials": (_("Officials not confirmed"), _with_unconfirmed),
    "no-en": (_("No English"), lambda rows, _day: rows.filter(Q(title_en="") | Q(summary_en=""))),
    "no-ru": (_("No Russian"), lambda rows, _day: rows.filter(Q(title_ru="") | Q(summary_ru=""))),
    "nobody": (_("Nobody entered"), _nobody),
    "left": (_("Withdrawn, and somebody in it is published"), _left_withdrawn),
    "unchecked": (_("Not checked for six months"), _unchecked),
    "review": (_("Ready for review"), lambda rows, _day: rows.filter(state=State.READY)),
}


class CaseQuestionFilter(admin.SimpleListFilter):
    """What is missing or waits."""

    title = _("what is missing")
    parameter_name = "missing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The questions."""
        return [(code, label) for code, (label, _narrow) in QUESTIONS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Cases of which the question is true today."""
        if self.value() not in QUESTIONS:
            return queryset
        return QUESTIONS[str(self.value())][1](queryset, timezone.localdate())


class CasePrisonerFilter(admin.SimpleListFilter):
    """Not offered as a list of everybody: linked from a person's page."""

    title = _("person")
    parameter_name = "prisoner"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The person asked for, if there is one."""
        asked = request.GET.get(self.parameter_name, "")
        found = Prisoner.objects.filter(pk=asked) if asked.isdigit() else []
        return [(asked, str(one)) for one in found]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """The person's cases."""
        asked = str(self.value() or "")
        return queryset.filter(prosecutions__prisoner=asked) if asked.isdigit() else queryset


def counted(rows: QuerySet, *, only_public: bool) -> QuerySet:
    """Cases with the number of their people: all, or those whom readers see."""
    shown = Q(prosecutions__prisoner__state=State.PUBLISHED) if only_public else Q()
    return rows.annotate(people=Count("prosecutions", filter=shown, distinct=True))


def search_cases(rows: QuerySet, typed: str, *, only_public: bool) -> QuerySet:
    """Cases by title, number, address, a person's name, or an article: «ст. 207.3 УК РФ», «207.3».

    Names of people who are not shown find nothing for those who may not see them.
    """
    if articles := _articles(typed):
        of_article = Charge.objects.filter(prosecution__case=OuterRef("pk")).filter(articles)
        return rows.filter(Exists(of_article))
    for word in typed.split():
        condition = Q(number__icontains=word) | Q(slug__icontains=word)
        for column in all_languages("title"):
            condition |= Q(**{f"{column}__icontains": word})
        rows = rows.filter(condition | _of_a_person(word, only_public=only_public))
    return rows


def _articles(typed: str) -> Q | None:
    """The articles that a text names, where it names nothing else."""
    text = typed.strip()
    if text.replace(".", "").isdigit() and ("." in text or len(text) == 3):
        text = f"ст. {text}"
    reading = read_references(text)
    if not reading.found or reading.not_understood:
        return None
    condition = Q(pk__isnull=True)
    for reference in reading.references:
        coded = {"code": reference.code} if reference.code else {}
        named = Article.objects.filter(number=reference.article, **coded)
        one = Q(article__in=named) | Q(number=reference.article, **coded)
        condition |= one & Q(part=reference.part) if reference.part else one
    return condition


def _of_a_person(word: str, *, only_public: bool) -> Q:
    key = sort_key(word)
    if not key:
        return Q(pk__isnull=True)
    people = Prisoner.objects.filter(Q(sort_key_ru__contains=key) | Q(sort_key_en__contains=key))
    if only_public:
        people = people.filter(state=State.PUBLISHED)
    return Q(Exists(Prosecution.objects.filter(case=OuterRef("pk"), prisoner__in=people)))


def english_of(case: Case) -> bool:
    """Whether the English page is complete: title and short description."""
    return "en" in case.complete_in()
