"""The text to paste into a channel: plain, short enough, with the address of the page. Nothing is sent from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.utils import translation

from memorial.base.localized import in_language
from memorial.base.rich_text import excerpt, plain_text
from memorial.news.models import NewsItem

LONGEST: Final = 4096
"""Characters of a message in Telegram, counted as it does: a sign outside the basic plane is two."""


@dataclass(frozen=True)
class Message:
    """The text in one language; empty where the news is not in it."""

    language: str
    text: str

    @property
    def length(self) -> int:
        return length_of(self.text)


def telegram_text(item: NewsItem, language: str) -> Message:
    """Title, summary, as much of the text as there is room for, and the address."""
    title, summary, text = (
        getattr(item, in_language(name, language)).strip() for name in ("title", "summary", "text")
    )
    if not title or not summary:
        return Message(language, "")
    with translation.override(language):
        address = f"{settings.PUBLIC_URL}{item.get_absolute_url()}"
    head = [title, summary]
    room = LONGEST - length_of("\n\n".join([*head, address])) - 4
    body = _cut("\n\n".join(plain_text(text).splitlines()), room)
    return Message(language, "\n\n".join(part for part in (*head, body, address) if part))


def length_of(text: str) -> int:
    """How Telegram counts: in units of UTF-16."""
    return len(text.encode("utf-16-le")) // 2


def _cut(text: str, room: int) -> str:
    """Whole paragraphs while they fit; of a first one that does not, its beginning."""
    kept: list[str] = []
    for paragraph in text.split("\n\n"):
        if length_of("\n\n".join([*kept, paragraph])) > room:
            break
        kept.append(paragraph)
    # Half of the room: what is cut may be counted double.
    return "\n\n".join(kept) if kept else excerpt(text, max(room // 2, 1))
