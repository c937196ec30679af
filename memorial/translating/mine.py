"""One's own texts: what somebody has taken, and what was given to a volunteer."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from memorial.base.rich_text import excerpt
from memorial.translating.actions import place_of_draft
from memorial.translating.models import Draft
from memorial.translating.texts import Place, Text, read_texts


@dataclass(frozen=True)
class OwnText:
    """One text that somebody has. `excerpt` is empty where they may not see it now."""

    draft: Draft
    place: Place
    excerpt: str
    is_waiting: bool

    @property
    def url(self) -> str:
        """Its page."""
        return reverse("admin:translating_draft_text", args=list(self.place.key.values()))


def texts_of(actor: str, *, volunteer: bool) -> list[OwnText]:
    """What somebody has taken, the most urgent first; at most fifty, in two queries."""
    drafts = Draft.objects.open().of(actor)
    if volunteer:
        drafts = drafts.exclude(cleared_digest="")
    placed = [(draft, place) for draft in drafts.order_by("until", "id")[:50] if (place := _place(draft))]
    texts = read_texts([place for _draft, place in placed])
    return [_own(draft, place, text, volunteer) for (draft, place), text in zip(placed, texts, strict=True)]


def _place(draft: Draft) -> Place | None:
    try:
        return place_of_draft(draft)
    except Http404:
        return None


def _own(draft: Draft, place: Place, text: Text | None, volunteer: bool) -> OwnText:
    if text is None or (volunteer and draft.cleared_digest != text.source_digest):
        return OwnText(draft, place, "", is_waiting=True)
    return OwnText(draft, place, excerpt(text.russian, 120), is_waiting=False)
