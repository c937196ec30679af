"""Prints the pictures of a list, which are alike but for one thing: each kind is rendered once and kept.

{% load person_pictures %}
{% portrait card "(min-width: 48em) 15rem, 6.25rem" %}
{% term_drawing card.term height=4 tick_height=10 tick_foot=7 %}

On the page of one person their templates are included as they are.
"""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from prisoners.display.people import PersonCard
from prisoners.display.portrait import PhotoFiles
from prisoners.display.term_line import TermDrawing
from prisoners.names import PersonName

register = template.Library()


@register.simple_tag
def portrait(card: PersonCard, sizes: str) -> str:
    """The portrait in a list, without a description: the name stands beside it; or the initials."""
    if card.portrait:
        return format_html(_photo(sizes), address=card.portrait.address)
    name = card.name
    return _initials("" if name.described_as else name.initials)


@register.simple_tag
def term_drawing(term: TermDrawing, height: int, tick_height: int, tick_foot: int) -> str:
    """The drawing of a term; it has no words, so many people share one."""
    return _drawing(term.shape, term.done, height, tick_height, tick_foot)


@lru_cache(maxsize=32)
def _photo(sizes: str) -> str:
    """The markup of a photo as a format for its address."""
    return _portrait({"portrait": PhotoFiles("{address}")}, sizes)


@lru_cache(maxsize=2048)
def _initials(initials: str) -> SafeString:
    """The drawing that stands for a photo; without initials for a person who is only described."""
    described = "" if initials else "described"
    # As a name whose initials are exactly these letters.
    letters = (initials[:1], initials[1:])
    return _portrait({"portrait": None, "name": PersonName("", *letters, "", described)}, "")


def _portrait(card: dict[str, object], sizes: str) -> SafeString:
    return render_to_string("prisoners/_portrait.html", {"card": card, "sizes": sizes})


@lru_cache(maxsize=2048)
def _drawing(shape: str, done: int, height: int, tick_height: int, tick_foot: int) -> SafeString:
    sizes = {"height": height, "tick_height": tick_height, "tick_foot": tick_foot}
    return render_to_string("prisoners/_term_line.html", {"term": TermDrawing(shape, done), **sizes})
