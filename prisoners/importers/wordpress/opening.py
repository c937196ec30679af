"""Opens a dump: one WXR file, several parts of one, or a folder of either WXR or REST files."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from prisoners.importers.errors import ImportRefused
from prisoners.importers.wordpress.rest import read_rest
from prisoners.importers.wordpress.store import Store
from prisoners.importers.wordpress.wxr import read_wxr

MOST_BYTES = 2 << 30
_BLOCK = 1 << 20
_PACKED = (b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class Dump:
    """A dump that has been read: what it holds, and a digest of its files."""

    name: str
    store: Store
    files: int
    kind: str
    digest: str


def open_dump(paths: Iterable[Path]) -> Dump:
    """Reads every file of a dump once. Raises `ImportRefused` for what is none."""
    given = list(paths)
    files = [file for path in given for file in _files_of(path)]
    if not files:
        raise ImportRefused(_("There is no .xml and no .json file in %(path)s.") % {"path": given[0].name})
    if sum(file.stat().st_size for file in files) > MOST_BYTES:
        raise ImportRefused(_("The dump is larger than %(most)s GB.") % {"most": MOST_BYTES >> 30})
    store, digest, kinds = Store(), hashlib.sha256(), set()
    for file in files:
        kind = _kind(file)
        kinds.add(kind)
        (read_wxr if kind == "WXR" else read_rest)(file, store)
        digest.update(_digest(file))
    store.hosts = {host for url in store.hosts if (host := urlsplit(url).hostname)}
    if not store.counts():
        raise ImportRefused(_("There is no post in this dump: is it an export of WordPress?"))
    return Dump(given[0].name, store, len(files), " + ".join(sorted(kinds)), digest.hexdigest())


def _files_of(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted((file for file in path.iterdir() if file.suffix in (".xml", ".json")), key=_in_order)
    if not path.is_file():
        raise ImportRefused(_("There is no file %(path)s.") % {"path": path})
    return [path]


def _in_order(path: Path) -> list[tuple[int, str]]:
    """part-2 before part-10."""
    return [(int(part) if part.isdigit() else -1, part) for part in re.split(r"(\d+)", path.name)]


def _kind(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(512)
    if not head.strip():
        raise ImportRefused(_("%(file)s is empty.") % {"file": path.name})
    if head.startswith(_PACKED):
        raise ImportRefused(_("%(file)s is packed: unpack it first.") % {"file": path.name})
    if head.startswith(_UTF16):
        raise ImportRefused(_("%(file)s is in UTF-16; WordPress exports UTF-8.") % {"file": path.name})
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if first == b"<":
        if b"<!doctype html" in head.lower() or b"<html" in head.lower():
            raise ImportRefused(
                _("%(file)s is a page for browsers and no export (Tools → Export).") % {"file": path.name}
            )
        return "WXR"
    if first in b"[{":
        return "REST"
    raise ImportRefused(_("%(file)s is neither WXR (XML) nor JSON.") % {"file": path.name})


def _digest(path: Path) -> bytes:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.digest()
