"""A poster of a person: one sheet of A4 in black, to be printed by who wants to tell of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from memorial.base.civil_date import civil_date
from memorial.base.localized import current_language
from memorial.base.page_head import PageHead
from memorial.base.page_kinds import Page
from memorial.base.public_pages import public_page
from memorial.base.qr import QrCode, qr_code
from memorial.base.shown_text import ShownText, shown_text
from prisoners.choices import LibertyStatus
from prisoners.display.liberty import AT_LARGE, liberty_of
from prisoners.display.people import PersonCard
from prisoners.display.words import date_words
from prisoners.letters import LetterAddress, NoAddress, letter_address, may_be_minor, with_places
from prisoners.models import Prisoner
from prisoners.moved_pages import MovedDetailView

MOST_CHARGES: Final = 220
"""Charges longer than this stay on the page: cut in the middle they would accuse of something else."""
# From how many letters on a part of the sheet is set in smaller type, and in the smallest.
_NAME, _BODY, _ADDRESS = (54, 120), (320, 760), (190, 420)
_SHORT_NAME = 26


@dataclass(frozen=True)
class Poster(PersonCard):
    """A person on one day, as a sheet of paper shows them."""

    @cached_property
    def writing(self) -> LetterAddress | NoAddress:
        return letter_address(self.person, self.on)

    @property
    def as_of(self) -> str:
        """The day of the poster: paper stays on a wall when the page has changed."""
        return date_words(self.on, "numeric" if current_language() == "ru" else "long")

    @property
    def address(self) -> str:
        """The page's address on paper, for those who cannot read the code."""
        return str(settings.PUBLIC_URL) + self.url

    @cached_property
    def qr(self) -> QrCode:
        return qr_code(self.address)

    @property
    def typed_address(self) -> str:
        """The address as people type it."""
        return self.address.partition("://")[2]

    @cached_property
    def sentence(self) -> ShownText:
        return shown_text(self.person, "sentence")

    @cached_property
    def accusation(self) -> ShownText:
        """The charges whole, or nothing where they would fill the sheet."""
        charges = shown_text(self.person, "charges")
        return charges if len(charges.text) <= MOST_CHARGES else ShownText("", charges.language)

    @property
    def sizes(self) -> str:
        """Classes of the style sheet that keep it on one sheet, however long name, texts and address are."""
        body = (self.summary, self.sentence, self.accusation, self.liberty.words, self.recognition.words)
        address = self.writing.line if isinstance(self.writing, LetterAddress) else ""
        # A short address leaves room for longer texts: half a letter for each that it has not.
        room = (_BODY[0] + max(0, _ADDRESS[0] - len(address)) // 2, _BODY[1])
        parts = {
            "name": _size(len(self.name.full), _NAME),
            "body": _size(sum(len(str(part)) for part in body), room),
            "address": _size(len(address), _ADDRESS),
        }
        classes = [f"sheet--{part}-{size}" for part, size in parts.items() if size]
        if not self.portrait:
            classes.append("sheet--bare")
        if len(self.name.full) <= _SHORT_NAME:
            classes.append("sheet--name-short")
        return " ".join(classes)


def _size(letters: int, limits: tuple[int, int]) -> str:
    small, smallest = limits
    if letters <= small:
        return ""
    return "small" if letters <= smallest else "smallest"


def poster_obstacle(person: Prisoner, on: date) -> str:
    """Why there is no poster of a person, or "". A wish to be left alone is respected and not told."""
    if liberty_of(person) in AT_LARGE - {LibertyStatus.DIED}:
        return _("We make posters only of people who are deprived of liberty or whose fate is not known.")
    asked_for_quiet = person.attention_wanted is False or person.is_quiet(on)
    if person.initials_only or asked_for_quiet or may_be_minor(person, on):
        return _(
            "We make no poster where the person or those close to them asked us not to, where the person is "
            "under eighteen, where we give only initials, or where publicity may do harm. We do not say "
            "which reason it is."
        )
    return ""


@method_decorator(public_page(), name="dispatch")
class PrisonerPosterView(MovedDetailView):
    """The poster of one person, or a page that says that there is none."""

    tail = "poster/"
    template_name = "prisoners/prisoner_poster.html"
    context_object_name = "person"

    def get_queryset(self) -> QuerySet[Prisoner]:
        return with_places(Prisoner.objects.published().for_list(civil_date()))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        on, person = civil_date(), self.object
        title = _("Poster: %(name)s") % {"name": person.name.full}
        page = Page("prisoners:prisoner-poster", {"slug": person.slug})
        return super().get_context_data(**kwargs) | {
            "head": PageHead(title, _("A sheet to print."), page, is_indexed=False),
            "poster": Poster(person, on),
            "why_not": poster_obstacle(person, on),
        }
