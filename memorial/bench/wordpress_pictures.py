"""The pictures of the invented WordPress site: drawings of nobody under the names that its dump knows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from shutil import copyfile

from memorial.bench.wordpress_dump import picture_number


def write_pictures(folder: Path, drawings: Sequence[Path]) -> None:
    """Every picture of the site's people and texts, as a copy of `wp-content/uploads` has them."""
    target = folder / "2021" / "05"
    target.mkdir(parents=True, exist_ok=True)
    names = [f"foto-{picture_number(place)}" for place in range(40)] + ["skhema", "zal"]
    for place, name in enumerate(names):
        copyfile(drawings[place % len(drawings)], target / f"{name}.jpg")
