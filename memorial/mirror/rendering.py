"""Asks the site for its pages, in this process, as readers would, and makes them pages of a mirror.

No server and no network: the request goes through the same middleware and the same database role as
a reader's, so a mirror cannot hold what a page would not show. What a page asked the database is noted: as
long as the same statements find the same, the page is the same (`memorial.base.page_record`).
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation

from memorial.base.page_record import PageRecord, recorded
from memorial.copies.dated import shown_until_a_day
from memorial.middleware import path_language
from memorial.mirror.addresses import mirror_file, own_address
from memorial.mirror.asking import OK, Site
from memorial.mirror.errors import MirrorError
from memorial.mirror.ledger import Made, Statement, Wanted, packed
from memorial.mirror.manifest import digest
from memorial.mirror.own_pages import OWN_PAGES, STYLE, Copy
from memorial.mirror.rewriting import Rewriting

_MOVED: Final = frozenset({301, 302, 308})
_FAILED: Final = 500
_RESTING: Final = 503
_EXECUTE: Final = "EXECUTE "
_FEEDS: Final = frozenset({"application/atom+xml", "application/xml"})


@dataclass
class Batch:
    """What became of some addresses: files made, files that are as they were, where they lead, what was not there.

    `links` has the address of each file that is linked to, by the file.
    """

    made: list[Made] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    unchanged: int = 0


class Renderer:
    """Makes files from addresses. `before` is the mirror there is; what did not change is linked, not written."""

    def __init__(
        self, folder: Path, before: Path | None, copy: Copy, filters: Mapping[str, frozenset[str]]
    ) -> None:
        self.folder, self.before, self.copy = folder, before, copy
        self._filters = filters
        self._site = Site()
        self._notes = {code: _note(code) for code, _name in settings.LANGUAGES}

    def make(self, addresses: list[Wanted]) -> Batch:
        """The files of these addresses. Raises `MirrorError` where the site answers with an error of its own."""
        batch = Batch()
        for one in addresses:
            if one.kept and self._keep(one):
                batch.kept.append(one.file)
            else:
                self._make_one(one.address, one.file, batch)
        return batch

    def warm(self, addresses: Iterable[str]) -> None:
        """Asks for pages whose making prepares statements, and lets them go."""
        for address in addresses:
            self._asked(address)

    def _keep(self, wanted: Wanted) -> bool:
        """Whether the file is there as it was made; then it is the same file in the new mirror."""
        if self.before is None:
            return False
        old, path = self.before / wanted.file, self.folder / wanted.file
        try:
            data = old.read_bytes()
        except OSError:
            return False
        if digest(data) != wanted.kept:
            return False
        _place(old, path, data)
        return True

    def _make_one(self, address: str, file: str, batch: Batch) -> None:
        with recorded(shown_until_a_day()) as record:
            is_static = address.startswith(settings.STATIC_URL)
            found = (
                self._static(address)
                if is_static
                else OWN_PAGES.get(address, _nothing)(self.copy) or self._asked(address)
            )
        if found is None:
            batch.missing.append(address)
            return
        kind, data = found
        rewriting = Rewriting(
            address=address,
            file=file,
            language=path_language(urlsplit(address).path),
            place=lambda to: mirror_file(to, self._filters),
            filter_pages=self._filter_pages(address),
            note=self._notes[path_language(urlsplit(address).path)],
        )
        data = _rewritten(kind, data, rewriting)
        links = {
            place: link for link in rewriting.links if (place := mirror_file(link, self._filters)) is not None
        }
        batch.links |= links
        batch.unchanged += self._write(file, data)
        batch.made.append(_made(rewriting, data, links, None if is_static else record, self.copy))

    def _asked(self, address: str) -> tuple[str, bytes] | None:
        with self._site.answer(address) as response:
            status = response.status_code
            if status >= _FAILED and status != _RESTING:
                raise MirrorError(
                    f"The site answers {status} to {address}: the mirror before stays as it is."
                )
            if status in _MOVED:
                return _moved(response.headers["Location"])
            if status != OK:
                return None
            return response.headers.get("Content-Type", "").partition(";")[0], _body(response)

    def _static(self, address: str) -> tuple[str, bytes] | None:
        """A file of the program itself; as collected, or from its source where nothing is collected."""
        if not address.startswith(settings.STATIC_URL):
            return None
        name = unquote(address.removeprefix(settings.STATIC_URL))
        kind = "text/css" if name.endswith(".css") else "application/octet-stream"
        if staticfiles_storage.exists(name):
            with staticfiles_storage.open(name) as file:
                return kind, file.read()
        source = finders.find(name)
        if not isinstance(source, str):
            raise MirrorError(f"{name} is not among the static files: run collectstatic first.")
        return kind, Path(source).read_bytes()

    def _filter_pages(self, address: str) -> tuple[tuple[str, str], ...]:
        path = urlsplit(address).path
        return self.copy.filter_pages.get(path, ()) if path in self._filters else ()

    def _write(self, file: str, data: bytes) -> bool:
        """Whether the file was there already with these bytes; then it is the same file, not a copy."""
        path = self.folder / file
        old = self.before / file if self.before else None
        return _place(old if old and _holds(old, data) else None, path, data)


def _place(old: Path | None, path: Path, data: bytes) -> bool:
    """Puts a file in its place, as another name of the old one where there is one that holds the same."""
    if not path.parent.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    if old is not None:
        try:
            path.hardlink_to(old)
            return True
        except OSError:
            pass  # not every file system has links: the bytes are written again
    path.write_bytes(data)
    path.chmod(0o644)
    return False


def _made(
    rewriting: Rewriting, data: bytes, links: dict[str, str], record: PageRecord | None, copy: Copy
) -> Made:
    """A file with what it was made of; without a record a file of the program, which the program's digest covers.

    A page that is no public page, or of which not all was noted, hangs on every public change.
    """
    is_bound = record is not None and not (record.etag and record.is_whole)
    hangs_on_day = record is not None and (record.depends_on_date or not record.etag)
    return Made(
        rewriting.file,
        digest(data),
        len(data),
        day=copy.made_on.isoformat() if hangs_on_day else "",
        is_dated=record is not None and record.saw_watched,
        is_bound=is_bound,
        address=rewriting.address,
        links=packed(links),
        statements=() if record is None or is_bound else tuple(_statements(record)),
    )


def _statements(record: PageRecord) -> Iterator[Statement]:
    for text, answer in zip(record.statements, record.answers, strict=True):
        plain = text.encode()
        # As `found_again` tells it of this one statement.
        found = sha256(answer.encode()).hexdigest()
        name = text.removeprefix(_EXECUTE).partition(" ")[0] if text.startswith(_EXECUTE) else ""
        yield Statement(sha256(plain).digest()[:16], zlib.compress(plain, 1), found, name)


def _nothing(_copy: Copy) -> None:
    return None


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _body(response: HttpResponseBase) -> bytes:
    parts: Any = response
    return b"".join(part.encode() if isinstance(part, str) else bytes(part) for part in parts)


def _moved(location: str) -> tuple[str, bytes] | None:
    """A page that leads on, because a folder of files has no redirects."""
    if own_address(location) is None:
        return None
    page = (
        '<!DOCTYPE html>\n<html lang="ru">\n<head><meta charset="utf-8"><title>→</title></head>\n'
        f'<body><a href="{escape(location)}">→ {escape(location)}</a></body>\n</html>\n'
    )
    return "text/html", page.encode()


def _rewritten(kind: str, data: bytes, rewriting: Rewriting) -> bytes:
    change: Callable[[str], str] | None = None
    if kind == "text/html":
        change = rewriting.html
    elif kind in _FEEDS:
        change = rewriting.xml
    elif kind == "text/css":
        change = rewriting.css
    return change(data.decode()).encode() if change else data


def _note(language: str) -> str:
    """What every page says of being a copy. Its dates are in one style sheet, so that no page changes with them."""
    with translation.override(language):
        return render_to_string("mirror/_note.html", {"style": STYLE})
