"""Puts a finished folder in the place of another, so that at every moment one of them is there whole."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from pathlib import Path
from typing import Final

from memorial.mirror.errors import MirrorError

_AT_FDCWD: Final = -100
_EXCHANGE: Final = 2  # RENAME_EXCHANGE of renameat2(2)
_CANNOT: Final = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP})


def put_in_place(new: Path, folder: Path) -> None:
    """Makes `folder` what `new` is; what it was before is removed. Both lie in one file system.

    Raises `MirrorError` where they do not. Where the system cannot exchange two names at once, the
    old one is moved aside first, and `mend` brings it back should we end between the two.
    """
    aside = aside_of(folder)
    if not folder.exists():
        _rename(new, folder)
        return
    if _exchanged(new, folder):
        _rename(new, aside)
    else:
        _rename(folder, aside)
        _rename(new, folder)
    shutil.rmtree(aside)


def mend(folder: Path) -> None:
    """Finishes what a crash interrupted: a mirror that was moved aside comes back, leftovers go."""
    aside = aside_of(folder)
    if aside.exists() and not folder.exists():
        _rename(aside, folder)
    for left in (aside, next_of(folder)):
        shutil.rmtree(left, ignore_errors=True)


def next_of(folder: Path) -> Path:
    """Where the next mirror is made."""
    return folder.with_name(f".{folder.name}.next")


def ledger_of(folder: Path) -> Path:
    """Where it is kept what a mirror was made of: beside it, not for others."""
    return folder.with_name(f".{folder.name}.ledger")


def aside_of(folder: Path) -> Path:
    """Where the mirror before is for a moment."""
    return folder.with_name(f".{folder.name}.before")


def _exchanged(one: Path, other: Path) -> bool:
    """Whether the two names were exchanged at once; False where the system has no such call (not Linux, FAT)."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    if call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE) == 0:
        return True
    if ctypes.get_errno() in _CANNOT:
        return False
    raise MirrorError(f"{other} could not be replaced: {os.strerror(ctypes.get_errno())}.")


def _rename(one: Path, other: Path) -> None:
    try:
        one.rename(other)
    except OSError as error:
        raise MirrorError(
            f"{one} could not become {other}: {error.strerror}. Give a folder within the disk or stick, not its root."
        ) from error
