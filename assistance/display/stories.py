"""Stories in words: of which help, in which year, about whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from assistance.choices import Programme
from assistance.models import Story
from memorial.base.rich_text import excerpt
from memorial.base.shown_text import ShownText, shown_text
from prisoners.display.words import capital
from prisoners.names import PersonName

LONGEST_EXCERPT: Final = 240
"""Characters of a story that a list shows."""
LONGEST_DESCRIPTION: Final = 200


@dataclass(frozen=True)
class ShownStory:
    """A story as lists and its own page show it. From `for_reading()`."""

    story: Story

    @property
    def url(self) -> str:
        return self.story.get_absolute_url()

    @cached_property
    def title(self) -> ShownText:
        return shown_text(self.story, "title")

    @cached_property
    def beginning(self) -> ShownText:
        """The first words, for lists."""
        text = shown_text(self.story, "text")
        return ShownText(excerpt(text.text, LONGEST_EXCERPT), text.language)

    @property
    def description(self) -> str:
        """The first words, for search engines."""
        return excerpt(str(shown_text(self.story, "text")), LONGEST_DESCRIPTION)

    @property
    def help(self) -> str:
        """«Адвокаты»; empty where it is not said."""
        known = self.story.programme and self.story.programme != Programme.NOT_CLEAR
        return capital(str(Programme(self.story.programme).label)) if known else ""

    @property
    def line(self) -> str:
        """«Адвокаты, 2025»: the help and its year, as far as they are said."""
        return ", ".join(part for part in (self.help, str(self.story.year or "")) if part)

    @property
    def person(self) -> PersonName | None:
        """Whom it names, as readers know them."""
        return self.story.prisoner.name if self.story.prisoner else None

    @property
    def person_url(self) -> str:
        return self.story.prisoner.get_absolute_url() if self.story.prisoner else ""


def shown_stories(stories: Iterable[Story]) -> list[ShownStory]:
    """Stories to be shown, in the order given."""
    return [ShownStory(story) for story in stories]
