"""Shows the drawings on many pages: each is encoded once, and every photo owns files of its own.

A photo's files go when it is hidden, so no two photos share a name. Where the storage is a folder the
files are further names of the same bytes (hard links): removing one leaves the others, and nothing
ever writes into a file that is there.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import Storage

from memorial.base.photos import (
    clean_photo,
    confidential_storage,
    make_public_sizes,
    original_path,
    public_names,
    public_storage,
    random_stem,
)
from memorial.demo.drawing_choice import CREDIT, drawing_name, drawings
from memorial.demo.reading import portrait
from prisoners.actions.show_photos import MadeFiles
from prisoners.models import Photo, PhotoOriginal


class SharedDrawings:
    """Writes photos of drawings; `made` learns of every file, should all of it have to be taken back."""

    def __init__(self, made: MadeFiles) -> None:
        self._made = made
        self._first: dict[int, tuple[str, str, int, int]] = {}

    def show(self, people: list[tuple[Any, int | None]]) -> None:
        """A public photo for each person, with its original."""
        files = [self._files(number) for _person, number in people if number is not None]
        photos = Photo.objects.bulk_create(
            Photo(prisoner=person, stem=stem, **drawings()[number], **CREDIT)
            for (person, number), (stem, *_rest) in zip(people, files, strict=True)
            if number is not None
        )
        PhotoOriginal.objects.bulk_create(
            PhotoOriginal(photo=photo, file=name, width=width, height=height)
            for photo, (_stem, name, width, height) in zip(photos, files, strict=True)
        )

    def _files(self, number: int) -> tuple[str, str, int, int]:
        """A new stem with its files, the original's name and its size."""
        if number not in self._first:
            self._first[number] = self._encoded(number)
            return self._first[number]
        first_stem, first_name, width, height = self._first[number]
        stem, name = random_stem(), original_path(None, "")
        self._made.stems.append(stem)
        self._made.originals.append(name)
        for known, new in zip(public_names(first_stem), public_names(stem), strict=True):
            same_bytes(public_storage(), known, new)
        same_bytes(confidential_storage(), first_name, name)
        return stem, name, width, height

    def _encoded(self, number: int) -> tuple[str, str, int, int]:
        clean = clean_photo(portrait(drawing_name(number)))
        stem = random_stem()
        self._made.stems.append(stem)
        make_public_sizes(clean.content, stem)
        name = confidential_storage().save(original_path(None, ""), ContentFile(clean.content))
        self._made.originals.append(name)
        return stem, name, clean.width, clean.height


def same_bytes(storage: Storage, known: str, new: str) -> None:
    """A second file with the bytes of the first: another name for them in a folder, else a copy."""
    try:
        source, target = Path(storage.path(known)), Path(storage.path(new))
        target.parent.mkdir(parents=True, exist_ok=True)
        os.link(source, target)
    except (NotImplementedError, OSError):
        with storage.open(known, "rb") as file:
            storage.save(new, ContentFile(file.read()))
