"""Opens a zip archive only after its list of contents has been found harmless.

What is unpacked is never more than the list says, for Python reads no further than that; so limits
on the list bound memory and time. Nothing is ever unpacked into a folder.
"""

import stat
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from prisoners.importers.errors import ImportRefused

MEGABYTE = 1 << 20
_ENCRYPTED = 0x1
_UTF8 = 0x800
_NESTED = (".zip", ".rar", ".7z", ".gz", ".tar", ".tgz", ".bz2", ".xz")


@dataclass(frozen=True)
class Limits:
    """How much an archive may hold; sizes in bytes, unpacked."""

    files: int
    single: int
    total: int
    ratio: int
    """How many times larger the whole may become; applied from `ratio_from` on."""
    ratio_from: int = 10 * MEGABYTE


def open_archive(source: Path | IO[bytes], limits: Limits) -> zipfile.ZipFile:
    """The archive, checked. Raises `ImportRefused` with one sentence for what is none or is dangerous."""
    try:
        archive = zipfile.ZipFile(source)
        entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError) as error:
        raise ImportRefused(_("The archive is damaged, or no zip archive.")) from error
    try:
        _refuse_too_much(entries, limits)
        for entry in entries:
            _refuse_entry(entry, limits)
    except ImportRefused:
        archive.close()
        raise
    return archive


def _refuse_too_much(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.files:
        raise ImportRefused(
            _("The archive has %(count)s files; at most %(most)s are read.")
            % {"count": len(entries), "most": limits.files}
        )
    total = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if total > limits.total:
        raise ImportRefused(
            _("Unpacked, the archive has %(size)s MB; at most %(most)s MB are read.")
            % {"size": total // MEGABYTE, "most": limits.total // MEGABYTE}
        )
    if total > limits.ratio_from and total > limits.ratio * max(packed, 1):
        raise ImportRefused(_("Unpacked, the archive grows too much: it looks like a zip bomb."))


def _refuse_entry(entry: zipfile.ZipInfo, limits: Limits) -> None:
    name = file_name(entry)
    shown = name[:80]
    if entry.flag_bits & _ENCRYPTED:
        raise ImportRefused(_("The archive is locked with a password: save it without one."))
    if _leads_outside(name):
        raise ImportRefused(_("The archive has a path that leads outside: %(name)s.") % {"name": shown})
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise ImportRefused(
            _("The archive has a link instead of a file: %(name)s. Put the file itself there.")
            % {"name": shown}
        )
    if entry.file_size > limits.single:
        raise ImportRefused(
            _("%(name)s has %(size)s MB unpacked; at most %(most)s MB are read.")
            % {"name": shown, "size": entry.file_size // MEGABYTE, "most": limits.single // MEGABYTE}
        )


def _leads_outside(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return "\0" in name or name.startswith(("/", "\\")) or ".." in parts or name[1:2] == ":"


def refuse_nested(entries: list[zipfile.ZipInfo]) -> None:
    """Raises `ImportRefused` where an archive holds another one."""
    for entry in entries:
        if file_name(entry).casefold().endswith(_NESTED):
            raise ImportRefused(
                _("The archive holds another archive, %(name)s: unpack that first.")
                % {"name": file_name(entry)[:80]}
            )


def file_name(entry: zipfile.ZipInfo) -> str:
    """The name of a file. Windows writes Russian names in cp866 and does not say so."""
    if entry.flag_bits & _UTF8:
        return entry.filename
    try:
        raw = entry.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for codec in ("utf-8", "cp866"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            continue
    return entry.filename


def read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The content of one file. Raises `ImportRefused` where it is damaged."""
    try:
        return archive.read(entry)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise ImportRefused(
            _("%(name)s in the archive is damaged.") % {"name": file_name(entry)[:80]}
        ) from error
    except Exception as error:  # zlib.error and its relatives have no common parent
        if type(error).__module__ not in ("zlib", "lzma", "_lzma", "bz2"):
            raise
        raise ImportRefused(
            _("%(name)s in the archive is damaged.") % {"name": file_name(entry)[:80]}
        ) from error
