"""Takes out of a mirror at once what is public no more: its pages, and every file in which it is named.

The next build brings back those that only named it, without the name. Until then they are missing,
which harms nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.files.storage import Storage
from django.utils import timezone

from memorial.base.civil_date import civil_date
from memorial.base.photos import public_storage
from memorial.mirror import verify_mirror as form
from memorial.mirror.addresses import list_filters, mirror_file
from memorial.mirror.asking import Site
from memorial.mirror.ledger import Made
from memorial.mirror.manifest import Head, withdrawn_before, write_manifest
from memorial.page_kinds import PAGES

# Nobody can look into these: they go whenever anything goes.
_CLOSED: Final = frozenset({".zip", ".xlsx", ".pdf"})
_MEDIA: Final = settings.MEDIA_URL.strip("/") + "/"
_DOCUMENT: Final = re.compile(r"documents/[0-9a-f]{24}\.pdf")


def withdraw(folder: Path, key: Ed25519PrivateKey) -> int:
    """Removes what is public no more, and signs what is left; returns how many files went.

    To be called as a reader sees the database. Files that no list knows of go too: they are left
    from a build that was interrupted, or somebody put them there.
    """
    files = dict(_read(folder))
    gone = _gone(set(files))
    removed = set(form.there(folder)) - set(files) - form.OWN
    if gone:
        traces = _traces(gone, set(files) - gone)
        removed |= gone | {file for file in files if _shows(folder / file, traces)}
    if not removed:
        return 0
    for file in removed:
        (folder / file).unlink(missing_ok=True)
    _sign_again(folder, {name: made for name, made in files.items() if name not in removed}, gone, key)
    return len(removed)


def purge(folder: Path, suspects: Iterable[str], key: Ed25519PrivateKey) -> list[str]:
    """Removes pages that may show a detail that was hidden, and signs what is left; returns which went.

    `suspects` are files of all that would be another page now: which of them shows less is not asked. The next
    build brings them back.
    """
    files = dict(_read(folder))
    removed = [file for file in suspects if file in files]
    for file in removed:
        (folder / file).unlink(missing_ok=True)
        del files[file]
    if removed:
        _sign_again(folder, files, set(), key)
    return removed


def listed_files(folder: Path) -> Iterator[str]:
    """The names in the list of a mirror; none where there is no list."""
    return (name for name, _made in _read(folder)) if (folder / form.FILES).exists() else iter(())


def _read(folder: Path) -> Iterator[tuple[str, Made]]:
    with (folder / form.FILES).open(encoding="ascii") as lines:
        for line in lines:
            digest, size, name = line.rstrip("\n").split(" ", 2)
            yield name, Made(name, digest, int(size))


def _gone(files: set[str]) -> set[str]:
    """The pages that answer no more, with all that lies in their folders; media that are no more."""
    filters = list_filters()
    now = {
        mirror_file(page.path(code), filters)
        for kind in PAGES
        for page in kind.pages()
        for code, _name in settings.LANGUAGES
    }
    # What the registry does not list may be a page still: a redirect, a page that others lead to.
    asked = [file for file in files if file.endswith("/index.html") and file not in now]
    site = Site()
    folders = tuple(
        file.removesuffix("index.html")
        for file in asked
        if not site.has(f"/{file.removesuffix('index.html')}")
    )
    lost = {file for file in files if file.startswith(folders)} if folders else set()
    storage = public_storage()
    return lost | {file for file in files if file.startswith(_MEDIA) and not _is_there(file, storage, site)}


def _is_there(file: str, storage: Storage, site: Site) -> bool:
    """Whether a photo, a document or a package of data is still public. A withdrawn document's file may remain."""
    name = file.removeprefix(_MEDIA)
    return site.has(f"/{file}") if _DOCUMENT.fullmatch(name) else storage.exists(name)


def _traces(gone: set[str], left: set[str]) -> tuple[bytes, ...]:
    """What a file holds that leads to what is gone: the parts of its address that no other address has."""
    known = {part for file in left for part in PurePosixPath(file).parts}
    words = {part for file in gone for part in PurePosixPath(file).parts} - known
    return tuple(word.encode() for word in sorted(words))


def _shows(path: Path, traces: tuple[bytes, ...]) -> bool:
    if path.suffix in _CLOSED:
        return True
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return False
    return any(trace in data for trace in traces)


def _sign_again(folder: Path, files: dict[str, Made], gone: set[str], key: Ed25519PrivateKey) -> None:
    today = civil_date()
    names = withdrawn_before(folder, today) | {form.name_digest(file): today for file in gone}
    head = Head(timezone.now(), form.Head(folder).valid_until, settings.PUBLIC_URL)
    write_manifest(folder, (files[name] for name in sorted(files)), names, head, key)
