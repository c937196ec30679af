"""The public files of documents: written at publication under a random name, removed when they are withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from django.core.files.base import ContentFile
from django.utils import timezone

from memorial.base.photos import TIME_TO_COMMIT, public_storage

_FOLDER: Final = "documents"


def public_name(stem: str) -> str:
    """The file of a published document."""
    return f"{_FOLDER}/{stem}.pdf"


def write_public(stem: str, content: bytes) -> None:
    """Writes the file that readers get."""
    public_storage().save(public_name(stem), ContentFile(content))


def remove_public(stem: str) -> None:
    """Removes the file of a document that is no longer public; a missing one is no error."""
    public_storage().delete(public_name(stem))


def is_there(stem: str) -> bool:
    """Whether the public file exists."""
    return public_storage().exists(public_name(stem))


def remove_strays(stems_in_use: Iterable[str], older_than: timedelta = TIME_TO_COMMIT) -> list[str]:
    """Removes public files that no published document claims, and returns their names.

    A file younger than `older_than` may belong to a publication that is not committed yet: it is left.
    """
    storage = public_storage()
    if not storage.exists(_FOLDER):
        return []
    wanted = {public_name(stem) for stem in stems_in_use}
    newest = timezone.now() - older_than
    strays = [
        name
        for name in (f"{_FOLDER}/{file}" for file in storage.listdir(_FOLDER)[1])
        if name not in wanted and storage.get_modified_time(name) <= newest
    ]
    for name in strays:
        storage.delete(name)
    return strays
