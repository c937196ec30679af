"""Asks the site for its pages, in this process, as readers would, and makes them pages of a mirror.

No server and no network: the request goes through the same middleware and the same database role as
a reader's, so a mirror cannot hold what a page would not show.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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

from memorial.middleware import path_language
from memorial.mirror.addresses import mirror_file, own_address
from memorial.mirror.asking import OK, Site
from memorial.mirror.errors import MirrorError
from memorial.mirror.ledger import Made
from memorial.mirror.manifest import digest
from memorial.mirror.own_pages import OWN_PAGES, Copy
from memorial.mirror.rewriting import Rewriting

_MOVED: Final = frozenset({301, 302, 308})
_FAILED: Final = 500
_RESTING: Final = 503
_FEEDS: Final = frozenset({"application/atom+xml", "application/xml"})


@dataclass
class Batch:
    """What became of some addresses: files made, addresses they lead to, and what was not there."""

    made: list[Made] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    """File by address… turned round: the address of each file that is linked to."""
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
        self._notes = {code: _note(code, copy) for code, _name in settings.LANGUAGES}

    def make(self, addresses: list[tuple[str, str]]) -> Batch:
        """The files of these addresses. Raises `MirrorError` where the site answers with an error of its own."""
        batch = Batch()
        for address, file in addresses:
            self._make_one(address, file, batch)
        return batch

    def _make_one(self, address: str, file: str, batch: Batch) -> None:
        found = self._static(address) or OWN_PAGES.get(address, _nothing)(self.copy) or self._asked(address)
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
        )
        rewriting.note = self._notes[rewriting.language]
        data = _rewritten(kind, data, rewriting)
        batch.links |= {
            place: link for link in rewriting.links if (place := mirror_file(link, self._filters)) is not None
        }
        batch.unchanged += self._write(file, data)
        batch.made.append(Made(file, digest(data), len(data)))

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
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        old = self.before / file if self.before else None
        if old and _holds(old, data):
            try:
                path.hardlink_to(old)
                return True
            except OSError:
                pass  # not every file system has links: the bytes are written again
        path.write_bytes(data)
        path.chmod(0o644)
        return False


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


def _note(language: str, copy: Copy) -> str:
    with translation.override(language):
        return render_to_string("mirror/_note.html", {"copy": copy})
