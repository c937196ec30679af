"""Appeals in words: until when, for whom, to whom to write, what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from memorial.appeals.models import Appeal, AppealAddressee
from memorial.base.localized import current_language, in_language, other_languages
from memorial.base.page_head import language_name
from memorial.base.rich_text import excerpt
from memorial.base.shown_text import ShownText, shown_text, text_by_script
from prisoners.display.words import date_words
from prisoners.names import PersonName

LONGEST_EXCERPT: Final = 240
LONGEST_DESCRIPTION: Final = 200


@dataclass(frozen=True)
class ShownAppeal:
    """An appeal as lists and its own page show it on a day. From `for_reading()`."""

    appeal: Appeal
    on: date

    @property
    def url(self) -> str:
        return self.appeal.get_absolute_url()

    @cached_property
    def title(self) -> ShownText:
        return shown_text(self.appeal, "title")

    @cached_property
    def beginning(self) -> ShownText:
        """The first words, for lists."""
        text = shown_text(self.appeal, "happened")
        return ShownText(excerpt(text.text, LONGEST_EXCERPT), text.language)

    @property
    def description(self) -> str:
        """The first words, for search engines."""
        return excerpt(str(shown_text(self.appeal, "happened")), LONGEST_DESCRIPTION)

    @property
    def is_current(self) -> bool:
        return self.appeal.is_current(self.on)

    @property
    def person(self) -> PersonName:
        """For whom, as readers know them."""
        return self.appeal.prisoner.name

    @property
    def person_url(self) -> str:
        return self.appeal.prisoner.get_absolute_url()

    @property
    def until(self) -> str:
        """«до 7 декабря 2026»: the last day on which it asks for something."""
        # A draft in its preview has none yet.
        if self.appeal.open_until is None:
            return _("for two weeks from publication")
        return _("until %(day)s") % {"day": date_words(self.appeal.open_until)}

    @property
    def moment(self) -> str:
        """The last day, for programs; "" for a draft."""
        return self.appeal.open_until.isoformat() if self.appeal.open_until else ""

    @property
    def days_left(self) -> str:
        """«осталось 3 дня»; today is the last day, in words."""
        if self.appeal.open_until is None:
            return ""
        days = (self.appeal.open_until - self.on).days
        if days == 0:
            return _("today is the last day")
        return ngettext("%(count)s day left", "%(count)s days left", days) % {"count": days}

    @property
    def when_ended(self) -> str:
        """The day on which it ended: that of the outcome, where it came first."""
        ends = [day for day in (self.appeal.open_until, self.appeal.outcome_on) if day is not None]
        return date_words(min(ends, default=None))

    @cached_property
    def outcome(self) -> ShownText:
        """What came of it; empty while that is not known."""
        return shown_text(self.appeal, "outcome")

    @property
    def outcome_on(self) -> str:
        return date_words(self.appeal.outcome_on)

    @cached_property
    def letters(self) -> list[ShownLetter]:
        """The model text in every language that has one, the reader's own first."""
        first = current_language()
        texts = (
            (code, getattr(self.appeal, in_language("letter", code)))
            for code in [first, *other_languages(first)]
        )
        return [ShownLetter(text.strip(), code) for code, text in texts if text.strip()]

    @cached_property
    def addressees(self) -> list[ShownAddressee]:
        """To whom to write, in the editor's order."""
        return [ShownAddressee(one) for one in self.appeal.addressees.all()]


class ShownLetter(NamedTuple):
    """A model text in one language."""

    text: str
    language: str

    @property
    def name(self) -> str:
        """What the language calls itself."""
        return language_name(self.language)


@dataclass(frozen=True)
class ShownAddressee:
    """An organisation with its public addresses."""

    addressee: AppealAddressee

    @cached_property
    def name(self) -> ShownText:
        return shown_text(self.addressee, "name")

    @property
    def post(self) -> ShownText:
        """The postal address, in the language of its letters."""
        return text_by_script(self.addressee.post)


def shown_appeals(appeals: Iterable[Appeal], on: date) -> list[ShownAppeal]:
    """Appeals to be shown, in the order given."""
    return [ShownAppeal(appeal, on) for appeal in appeals]
