"""Walks the whole public site: every URL pattern × language × object, every page kind, every link.

It lists no page by itself. Patterns come from Django's resolver, pages from the registry,
objects from the world; what a new app adds is walked the day it is added.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from unittest.mock import patch
from urllib.parse import urlsplit

from django.conf import settings
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation

from assistance.models import TotalsProposal, TotalsPublication
from cases.models import Article, Document, Hearing, InternationalFinding
from memorial.api.findings import finding_ids
from memorial.base.civil_date import civil_date
from memorial.base.photos import public_names
from memorial.figures import reading
from memorial.figures.loading import load_record
from memorial.page_kinds import PAGES
from memorial.pages.themes import shown_themes
from tests.leaks.case_world import DOCUMENT_STEM
from tests.leaks.notice_rows import methods, places
from tests.leaks.page_rows import WITH_A_DRAFT
from tests.leaks.report_rows import report_periods
from tests.leaks.world import SHOWN_STEM, World

ABSENT = "nobody-ever-1a2b3c"
NOT_WALKED = (settings.STATIC_URL, settings.MEDIA_URL, f"/{settings.ADMIN_PATH}")
MOST_PAGES = 3000
"""The walk of the world ends by itself, at about 2,400 of them, most of those absent; more are links without end."""
_LINK = re.compile(r"""(?:href|src|action|data-[a-z-]+)\s*=\s*["']([^"'#]+)""")
_ADDRESS = re.compile(
    r"""(?:<loc>|<id>|<link>|"|\s|^)((?:https?://localhost:8000)?/(?:ru|en|api)/[^\s"'<>\\,;]*)""",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Answer:
    """What the site answers to one request, as bytes; the same for everyone."""

    path: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    route: str = ""

    def parts(self) -> list[bytes]:
        """Everything a reader receives: status line apart, headers and body."""
        return [*(f"{name}: {value}".encode() for name, value in self.headers), self.body]

    def same_for(self) -> tuple[int, tuple[tuple[str, str], ...], bytes]:
        """What must be the same for a hidden and an absent object."""
        return self.status, self.headers, self.body


@dataclass(frozen=True)
class Pattern:
    """One URL pattern: its full name, the names of its arguments, its route."""

    name: str
    arguments: tuple[str, ...]
    route: str


@dataclass
class Walk:
    """All answers by path, and which patterns answered 200."""

    answers: dict[str, Answer] = field(default_factory=dict)

    def with_status(self, status: int) -> list[Answer]:
        return [answer for answer in self.answers.values() if answer.status == status]

    def routes_answered(self) -> set[str]:
        return {answer.route for answer in self.with_status(200)}


def fetch(client: Client, path: str) -> Answer:
    """One page, whatever its status."""
    response = client.get(path)
    match = getattr(response, "resolver_match", None)
    return Answer(
        path=path,
        status=response.status_code,
        headers=tuple(sorted((name, value) for name, value in response.headers.items())),
        body=_bytes(response),
        route=match.route if match else "",
    )


def patterns() -> list[Pattern]:
    """Every public URL pattern that can be reversed; those of the staff office are not walked here."""
    return list(_patterns(get_resolver(), "", "", ()))


def walk(client: Client, world: World, *, start: Iterable[str] | None = None) -> Walk:
    """Fetches every pattern for every object and every page of the registry, then every link, to the end.

    With `start`, only these addresses and what they link to: for showing that a link is followed.
    """
    # Nothing changes during a walk: the facts of the statistics are read once, by the first page that asks.
    with patch.object(reading, "record", cache(load_record)):
        return _walked(client, [*pattern_paths(world), *registry_paths()] if start is None else [*start])


def _walked(client: Client, waiting: list[str]) -> Walk:
    done = Walk()
    while waiting:
        path = waiting.pop()
        if path in done.answers:
            continue
        answer = done.answers[path] = fetch(client, path)
        if len(done.answers) > MOST_PAGES:
            raise AssertionError(f"More than {MOST_PAGES} pages: links go on for ever, last {path}")
        waiting += [link for link in links(answer) if link not in done.answers]
    return done


def pattern_paths(world: World) -> Iterator[str]:
    """The addresses of every pattern in every language, for every object that is shown, hidden or absent."""
    for pattern in patterns():
        pools = [values_of(name, world) for name in pattern.arguments]
        for values in product(*([*pool.shown, *pool.hidden, *pool.absent] for pool in pools)):
            yield from in_every_language(pattern, values)


def in_every_language(pattern: Pattern, values: Iterable[str]) -> Iterator[str]:
    """One pattern with its arguments, as it is reversed in each language."""
    arguments = dict(zip(pattern.arguments, values, strict=True))
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            yield reverse(pattern.name, kwargs=arguments or None)


@dataclass(frozen=True)
class Pool:
    """What an argument of a pattern may be: of something shown, of something hidden, of nothing."""

    shown: tuple[str, ...]
    hidden: tuple[str, ...]
    absent: tuple[str, ...]


def values_of(argument: str, world: World) -> Pool:
    """The values of an argument: an attribute of the world's objects, or said in ARGUMENTS."""
    if argument in ARGUMENTS:
        return ARGUMENTS[argument](world)
    shown, hidden = (
        tuple(str(getattr(thing, argument)) for thing in things if hasattr(thing, argument))
        for things in (world.shown, world.hidden)
    )
    assert shown, f"Nothing in the world has a {argument!r}: say in tests/leaks/crawl.py what it may be."
    return Pool(shown, hidden, (ABSENT,))


def _photos(world: World) -> Pool:
    hidden = tuple(public_names(stem)[0] for stem in world.hidden_stems)
    return Pool(tuple(public_names(SHOWN_STEM)), hidden, (public_names("f" * 24)[0],))


def _old_paths(world: World) -> Pool:
    return Pool(tuple(world.old_paths), tuple(world.hidden_old_paths), (f"prisoners/{ABSENT}/", ABSENT))


def _documents(world: World) -> Pool:
    stems = (thing.stem for thing in world.hidden if isinstance(thing, Document))
    return Pool((DOCUMENT_STEM,), tuple(stems), ("f" * 24,))


def _periods(world: World) -> Pool:
    """A period with approved totals; one that is only proposed answers like one that never was."""
    told = tuple(TotalsPublication.objects.values_list("period", flat=True))
    proposed = TotalsProposal.objects.exclude(period__in=told).values_list("period", flat=True)
    return Pool(told, tuple(proposed[:1]), (ABSENT,))


def _findings(world: World) -> Pool:
    """Identifiers of findings, in the API; those of hidden ones as if they were shown."""
    every = finding_ids(InternationalFinding.objects.all())
    shown = {key for key, _number in finding_ids(InternationalFinding.objects.published())}
    hidden = tuple(key for key, _number in every if key not in shown)
    return Pool(tuple(shown), hidden, ("wgad-1a2b3c4d5e6f",))


def _hearings(world: World) -> Pool:
    shown = set(Hearing.objects.shown().values_list("uid", flat=True))
    hidden = [uid for uid in Hearing.objects.values_list("uid", flat=True) if uid not in shown]
    return Pool(tuple(map(str, shown)), tuple(map(str, hidden)), ("00000000-0000-4000-8000-000000000000",))


def _report_periods(_world: World) -> Pool:
    """A period with a published report; one that is only proposed answers like one that never was."""
    return Pool(*report_periods(), (ABSENT,))


ARGUMENTS: dict[str, Callable[[World], Pool]] = {
    "number": lambda world: Pool(("1",), (), ("2", "999")),
    "name": _photos,
    "path": _old_paths,
    "stem": _documents,
    "article": lambda world: Pool(tuple(Article.objects.values_list("slug", flat=True)[:1]), (), (ABSENT,)),
    "facet": lambda world: Pool(("liberty", "theme"), (), (ABSENT,)),
    "uid": _hearings,
    "finding": _findings,
    "region": lambda world: Pool((world.region_code.lower(),), (), ("zz-zzz",)),
    "code": lambda world: Pool((world.region_code,), (), (ABSENT,)),
    "period": lambda world: Pool(
        tuple(TotalsPublication.objects.values_list("period", flat=True)[:1]), ("2024",), (ABSENT,)
    ),
    "fund": lambda world: Pool(("prisoners",), (), ("organisation", ABSENT)),
    "report_period": _report_periods,
    "place": lambda world: Pool(*places()),
    "method": lambda world: Pool(*methods(), (ABSENT,)),
    "figure": lambda world: Pool(("liberty", "articles"), (), (ABSENT,)),
    "theme": lambda world: Pool(
        tuple(theme.code for theme in shown_themes()[:1]), (WITH_A_DRAFT,), (ABSENT,)
    ),
    "version": lambda world: Pool((f"{civil_date():%Y-%m-%d}",), (), ("1999-01-01",)),
}
"""Arguments that are no attribute of an object with a page."""


def registry_paths() -> Iterator[str]:
    """The addresses of every page that the registry lists, in every language."""
    for kind in PAGES:
        for page in kind.pages():
            for language, _name in settings.LANGUAGES:
                yield page.path(language)


def links(answer: Answer) -> Iterator[str]:
    """The addresses of this site that an answer holds, in attributes or in text."""
    text = answer.body.decode("utf-8", "replace")
    found = [html.unescape(link) for link in _LINK.findall(text)] + _ADDRESS.findall(html.unescape(text))
    found += [value for name, value in answer.headers if name == "Location"]
    for link in found:
        parts = urlsplit(link)
        own = f"{parts.scheme}://{parts.netloc}" in ("://", settings.PUBLIC_URL)
        if own and parts.path.startswith("/") and not parts.path.startswith(NOT_WALKED):
            yield parts.path + (f"?{parts.query}" if parts.query else "")
        elif not parts.scheme and not parts.netloc and not parts.path and parts.query:
            yield f"{urlsplit(answer.path).path}?{parts.query}"


def _patterns(resolver: URLResolver, space: str, route: str, arguments: tuple[str, ...]) -> Iterator[Pattern]:
    for entry in resolver.url_patterns:
        here = route + str(entry.pattern)
        if here.lstrip("/").startswith(settings.ADMIN_PATH):
            continue
        known = (*arguments, *entry.pattern.converters, *entry.pattern.regex.groupindex)
        if isinstance(entry, URLResolver):
            deeper = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _patterns(entry, deeper, here, known)
        elif isinstance(entry, URLPattern):
            assert entry.name, f"{here} has no name: it could not be walked."
            yield Pattern(f"{space}{entry.name}", tuple(dict.fromkeys(known)), here)


def _bytes(response: HttpResponseBase) -> bytes:
    """What the answer says; of a packed file, what is in it: names and contents."""
    body = b"".join(response) if response.streaming else response.content
    if not body.startswith(b"PK\x03\x04"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return b"\n".join(part for name in packed.namelist() for part in (name.encode(), packed.read(name)))
