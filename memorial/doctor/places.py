"""Folders and disks: is there room, and may only those read who should?"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from memorial.doctor.registry import Finding, broken, check, fine, warning

_GIB: Final = 1024**3
ROOM_WARNS: Final = (0.10, 2 * _GIB)
"""Less free than this share, and less than so many bytes, is said in time."""
ROOM_BREAKS: Final = (0.02, _GIB // 2)
_FOR_OTHERS: Final = stat.S_IRWXG | stat.S_IRWXO


def _folders() -> Iterator[Path]:
    yield Path(settings.VAR_DIR)
    yield Path(settings.MEDIA_ROOT_PUBLIC)
    if settings.SERVES_STAFF:
        yield Path(settings.MEDIA_ROOT_CONFIDENTIAL)
    for folder in (settings.BACKUPS_FOLDER, settings.MIRROR_FOLDER, settings.METRICS_FOLDER):
        if folder is not None:
            yield folder


@check("disks")
def look_at_disks() -> Iterable[Finding]:
    """Is there room on every disk that is written to? Each disk is told once."""
    seen: set[int] = set()
    for folder in _folders():
        there = next(path for path in (folder, *folder.parents) if path.exists())
        if (disk := there.stat().st_dev) not in seen:
            seen.add(disk)
            yield _room(there)


def _room(folder: Path) -> Finding:
    usage = shutil.disk_usage(folder)
    free = usage.free / (usage.total or 1)
    told = {"folder": folder, "n": round(free * 100), "gib": f"{usage.free / _GIB:.1f}"}
    said = _("%(folder)s: %(n)d %% free, %(gib)s GiB.") % told
    mend = _("Make room (journalctl --vacuum-size=200M, old backups that were copied away) or a larger disk.")
    if free < ROOM_BREAKS[0] or usage.free < ROOM_BREAKS[1]:
        return broken(said, mend)
    is_little = free < ROOM_WARNS[0] and usage.free < 10 * ROOM_WARNS[1]
    return warning(said, mend) if is_little or usage.free < ROOM_WARNS[1] else fine(said)


@check("media folders")
def look_at_media() -> Iterable[Finding]:
    """Can photos be read, can the office write them, and are confidential files closed to others?"""
    public, confidential = Path(settings.MEDIA_ROOT_PUBLIC), Path(settings.MEDIA_ROOT_CONFIDENTIAL)
    wanted = os.R_OK | os.X_OK | (os.W_OK if settings.SERVES_STAFF else 0)
    found = [_access(public, "MEDIA_ROOT_PUBLIC", wanted)]
    if settings.SERVES_STAFF:
        found.append(_access(confidential, "MEDIA_ROOT_CONFIDENTIAL", wanted))
        found.append(_closed(confidential))
    elif confidential.is_dir() and os.access(confidential, os.R_OK):
        found.append(
            broken(
                _("The readers’ process can read the confidential files."),
                _(
                    "Run it as a user of its own, and: chmod 0700 on MEDIA_ROOT_CONFIDENTIAL (deploy/systemd)."
                ),
            )
        )
    wrong = [finding for finding in found if finding is not None]
    yield from wrong or [fine(_("They are there, with the right owners."))]


def _access(folder: Path, name: str, wanted: int) -> Finding | None:
    if folder.is_dir() and os.access(folder, wanted):
        return None
    return broken(
        _("%(name)s is missing, or this user may not use it.") % {"name": name},
        _("Make it: install -d -o USER -m 0700 FOLDER; public photos may be 0755."),
    )


def _closed(folder: Path) -> Finding | None:
    if not folder.is_dir() or not stat.S_IMODE(folder.stat().st_mode) & _FOR_OTHERS:
        return None
    return broken(
        _("Other users of this host can look into MEDIA_ROOT_CONFIDENTIAL."),
        _("Run: chmod 0700 on it."),
    )
