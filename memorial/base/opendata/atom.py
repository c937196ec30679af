"""A list as a feed (RFC 4287): its newest changes, for readers who would rather not have an account."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.utils.translation import gettext as _

from memorial.base.civil_date import MOSCOW
from memorial.base.localized import current_language
from memorial.base.opendata.about import DISCLAIMER, About, licence_words

MOST_ENTRIES: Final = 50
AUTHORITY: Final = "feed.memorial,2022-10-28"
"""Who names the entries (RFC 4151), and since when: never a host name, so that they stay the same on every mirror."""
_ILLEGAL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Entry:
    """A change that a feed tells. `name` is that of the record, such as `people/<slug>`; `on` the day of the event."""

    name: str
    on: date
    title: str
    path: str
    summary: str
    language: str = ""

    @property
    def id(self) -> str:
        """The change's own name, the same in every feed and for ever; in each language, since it is read in one."""
        return f"tag:{AUTHORITY}:{current_language()}/{self.name}/{self.on.isoformat()}"


def atom_feed(about: About, entries: Iterable[Entry], *, name: str, self_url: str) -> bytes:
    """The feed in the active language. `name` tells it from other feeds: `people?letter=А`."""
    told = list(entries)[:MOST_ENTRIES]
    newest = max((entry.on for entry in told), default=about.on)
    language = current_language()
    site = _("Political Prisoners. Memorial")
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">',
        f"<title>{_text(f'{about.title} — {site}')}</title>",
        f"<subtitle>{_text(f'{about.selection()}. {DISCLAIMER}')}</subtitle>",
        f"<id>{_text(f'tag:{AUTHORITY}:{language}/{name}')}</id>",
        f"<updated>{_moment(newest)}</updated>",
        f"<author><name>{_text(site)}</name></author>",
        f"<rights>{_text(licence_words())}</rights>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(self_url)}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(about.url)}/>',
        *(_entry(entry) for entry in told),
        "</feed>\n",
    ]
    return "\n".join(lines).encode()


def _entry(entry: Entry) -> str:
    url = f"{settings.PUBLIC_URL}{entry.path}"
    language = f' xml:lang="{entry.language}"' if entry.language else ""
    return (
        f"<entry{language}><title>{_text(entry.title)}</title><id>{_text(entry.id)}</id>"
        f"<updated>{_moment(entry.on)}</updated>"
        f'<link rel="alternate" type="text/html" href={quoteattr(url)}/>'
        f"<summary>{_text(entry.summary)}</summary></entry>"
    )


def _moment(day: date) -> str:
    """Facts are days: a feed wants a moment, and has the first of that day in Moscow."""
    return datetime.combine(day, time(), tzinfo=MOSCOW).isoformat()


def _text(words: str) -> str:
    return escape(_ILLEGAL.sub("", words))
