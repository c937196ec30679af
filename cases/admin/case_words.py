"""What a translator sees of a case's rows: their public texts, of what readers see."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from cases.models import Decision, Event, Hearing
from memorial.base.admin import WordsInline
from memorial.base.choices import State, Verification


class CaseWords(WordsInline):
    """Texts of a case's rows; nothing of what concerns only people who are not shown."""

    translate_permission = "cases.translate_case"
    words: tuple[str, ...] = ("note",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Rows that are verified, of the whole case or of somebody shown."""
        rows = super().get_queryset(request).exclude(verification=Verification.UNVERIFIED)
        of_all = Q(whole_case=True)
        return rows.filter(of_all | Q(people__prosecution__prisoner__state=State.PUBLISHED)).distinct()


class HearingWords(CaseWords):
    model = Hearing
    words = ("subject", "note")


class DecisionWords(CaseWords):
    model = Decision


class EventWords(CaseWords):
    model = Event
    words = ("line",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Lines of the whole case or of somebody shown."""
        rows = super(CaseWords, self).get_queryset(request).exclude(verification=Verification.UNVERIFIED)
        shown = Q(prosecution__isnull=True) | Q(prosecution__prisoner__state=State.PUBLISHED)
        return rows.filter(shown)


CASE_WORDS = (HearingWords, DecisionWords, EventWords)
