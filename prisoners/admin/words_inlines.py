"""What a translator sees of a person's rows: their public texts, and nothing else."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from memorial.base.admin import WordsInline
from memorial.base.choices import State
from prisoners.choices import StayPublic
from prisoners.models import (
    Correction,
    Custody,
    Death,
    EndOfCustody,
    Photo,
    Recognition,
    RegisterEntry,
    Stay,
)


class PersonWords(WordsInline):
    """Texts of one person's rows."""

    translate_permission = "prisoners.translate_prisoner"
    words: tuple[str, ...] = ("note",)


class CustodyWords(PersonWords):
    model = Custody


class StayWords(PersonWords):
    """Lines of stays that readers see; of the others, and of places without a page, nothing is told."""

    model = Stay

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Stays shown to readers as such."""
        rows = super().get_queryset(request).exclude(public=StayPublic.NO)
        rows = rows.filter(Q(facility__isnull=True) | Q(facility__state=State.PUBLISHED))
        return rows.select_related("facility", "region")


class EndWords(PersonWords):
    model = EndOfCustody


class DeathWords(PersonWords):
    model = Death
    words = ("note", "place", "cause")


class RecognitionWords(PersonWords):
    model = Recognition
    words = ("note", "body_name")


class RegisterEntryWords(PersonWords):
    model = RegisterEntry


class PhotoWords(PersonWords):
    """Words beside photos that readers see."""

    model = Photo
    words = ("alt", "credit")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Published photos."""
        return super().get_queryset(request).exclude(stem="")


class CorrectionWords(PersonWords):
    model = Correction
    words = ("text",)


WORDS_INLINES = [
    CustodyWords,
    StayWords,
    EndWords,
    DeathWords,
    RecognitionWords,
    RegisterEntryWords,
    PhotoWords,
    CorrectionWords,
]
