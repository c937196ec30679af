"""Columns of the list of people."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from memorial.base.localized import current_language, in_language
from prisoners.choices import LibertyStatus
from prisoners.models import Prisoner

_NOTHING = format_html('<span class="have">{}</span>', "—")
"""A dash in a table; on a phone, where no column has a heading, nothing."""
_LIBERTY = dict(LibertyStatus.choices)


class PeopleColumns:
    """Mixed into the page of people: one method for each column."""

    @admin.display(description=_("Name"), ordering="sort_key_ru")
    def shown_name(self, person: Prisoner) -> str:
        """The name in the language of the office, the year of birth under it."""
        name = person.name
        mark = _(" (by initials)") if person.initials_only else ""
        return format_html('<b lang="{}">{}</b>{}', name.language, name.full or "—", mark)

    @admin.display(description=_("state"), ordering="state")
    def state_mark(self, person: Prisoner) -> str:
        """The state, as a word with a shape before it."""
        return format_html(
            '<span class="state state--{}">{}</span>', person.state, person.get_state_display()
        )

    @admin.display(description=_("liberty"))
    def liberty_words(self, person: Any) -> Any:
        """The person's liberty today, in words."""
        return _LIBERTY.get(person.liberty, _LIBERTY[LibertyStatus.NOT_KNOWN])

    @admin.display(description=_("place"))
    def place(self, person: Any) -> str:
        """Where the person is now; what is concealed is not shown in a list."""
        return str(person.open_stays[0]) if person.open_stays else _NOTHING

    @admin.display(description=_("recognised"))
    def recognition(self, person: Prisoner) -> str:
        """The last decision and its day."""
        decisions = list(person.recognitions.all())
        if not decisions:
            return _NOTHING
        return f"{decisions[-1].get_decided_by_display()}, {decisions[-1].on or _('date unknown')}"

    @admin.display(description=_("photo"))
    def has_photo(self, person: Any) -> str:
        """Whether readers see a photo."""
        return _have_or_lack(bool(person.portraits), _("no photo"))

    @admin.display(description=_("English"))
    def has_english(self, person: Prisoner) -> str:
        """Whether the English page is complete: name and short description."""
        return _have_or_lack("en" in person.complete_in(), _("no English"))

    @admin.display(description=_("checked on"), ordering="facts_checked_on")
    def checked(self, person: Prisoner) -> Any:
        """The day on which the facts were last confirmed."""
        return person.facts_checked_on or _("never checked")


def _have_or_lack(have: bool, words: Any) -> str:
    """A tick, or words for what is missing: a phone shows the words alone."""
    return (
        format_html('<span class="have">{}</span>', "✓")
        if have
        else format_html('<span class="lack">{}</span>', words)
    )


def sort_column() -> str:
    """The column by which the list is sorted in the language of the office."""
    return in_language("sort_key", current_language())
