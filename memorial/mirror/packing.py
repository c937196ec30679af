"""A mirror in one file."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final

from memorial.mirror import verify_mirror as form

_FIRST_DAY: Final = (1980, 1, 1, 0, 0, 0)  # zip knows no earlier one; the same mirror is the same file
_PACKED: Final = frozenset({".zip", ".xlsx", ".png", ".jpg", ".webp", ".avif", ".woff2", ".pdf"})


def pack(folder: Path, target: Path) -> None:
    """Writes all files of a mirror into one zip, which is there whole or not at all."""
    new = target.with_name(target.name + ".new")
    with zipfile.ZipFile(new, "w") as archive:
        for name in sorted(form.there(folder)):
            info = zipfile.ZipInfo(f"{folder.name}/{name}", _FIRST_DAY)
            info.compress_type = zipfile.ZIP_STORED if Path(name).suffix in _PACKED else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            with archive.open(info, "w") as out, (folder / name).open("rb") as source:
                while piece := source.read(1 << 20):
                    out.write(piece)
    new.replace(target)
