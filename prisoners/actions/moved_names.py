"""The name that «initials only» moved away: what `PrisonerPrivate.moved_names` holds, and how it is read.

    fields       the public columns as they were, slug and envelope included, born as text
    variants     the spellings that readers saw: text, kind, searchable
    searchable   texts of hidden spellings that search used to find
    added        texts of hidden spellings added so that staff find the person by the name
    identifiers  identifiers in other databases, which would tell the name
    photos       for each photo its words, whether it was shown and whether it was hidden before
    born         the exact birth date that was confidential already, as text

Nothing of it is in a table that the public role may read.
"""

from __future__ import annotations

from typing import Any

from memorial.base.localized import all_languages
from prisoners.models import ExternalIdentifier, Photo, PhotoOriginal, Prisoner, PrisonerPrivate

NAME_COLUMNS = all_languages("surname", "given_names", "patronymic", "described_as")
PHOTO_WORDS = all_languages("alt", "credit")
IDENTIFIER_COLUMNS = ("scheme", "value", "url")

Moved = dict[str, Any]


def private_part(prisoner: Prisoner) -> PrisonerPrivate:
    """The confidential part of a person, made where there is none."""
    return PrisonerPrivate.objects.get_or_create(prisoner=prisoner)[0]


def read_moved(prisoner: Prisoner) -> Moved:
    """What was moved away; empty where nothing was."""
    private = PrisonerPrivate.objects.filter(prisoner=prisoner).first()
    return dict(private.moved_names) if private else {}


def write_moved(prisoner: Prisoner, moved: Moved) -> None:
    """Keeps what was moved away."""
    private_part(prisoner)
    PrisonerPrivate.objects.filter(prisoner=prisoner).update(moved_names=moved)


def move_photo_words(original: PhotoOriginal, moved: Moved) -> None:
    """Moves away what a photo says and hides the photo. Its files are the caller's to remove."""
    photo = original.photo
    moved.setdefault("photos", {})[str(photo.pk)] = {
        **{column: getattr(photo, column) for column in PHOTO_WORDS},
        "shown": bool(photo.stem),
        "hidden": original.hidden,
    }
    Photo.objects.filter(pk=photo.pk).update(**dict.fromkeys(PHOTO_WORDS, ""))
    PhotoOriginal.objects.filter(pk=original.pk).update(hidden=True)


def put_photo_words_back(prisoner: Prisoner, moved: Moved) -> None:
    """The words of each photo as they were; a photo is hidden again only if it was before."""
    for key, said in moved.get("photos", {}).items():
        photos = prisoner.photos.filter(pk=key)
        photos.update(**{column: said[column] for column in PHOTO_WORDS})
        PhotoOriginal.objects.filter(photo__in=photos).update(hidden=said["hidden"])


def move_identifiers(prisoner: Prisoner, moved: Moved) -> None:
    """Moves away what leads to the name in other databases."""
    moved.setdefault("identifiers", []).extend(prisoner.identifiers.values(*IDENTIFIER_COLUMNS))
    prisoner.identifiers.all().delete()


def put_identifiers_back(prisoner: Prisoner, moved: Moved) -> None:
    """The identifiers as they were, but for those that somebody else has been given meanwhile."""
    rows = [ExternalIdentifier(prisoner=prisoner, **row) for row in moved.get("identifiers", [])]
    ExternalIdentifier.objects.bulk_create(rows, ignore_conflicts=True)


def words_of_name(prisoner: Prisoner) -> dict[str, list[str]]:
    """What the person is called, publicly or before it was moved away, by kind of name."""
    moved = read_moved(prisoner)
    columns = {**{name: getattr(prisoner, name) for name in NAME_COLUMNS}, **moved.get("fields", {})}
    spellings = [row["text"] for row in moved.get("variants", [])]
    for variants in (prisoner.name_variants, prisoner.hidden_name_variants):
        spellings += variants.values_list("text", flat=True)
    return {
        "surname": _filled(columns, "surname"),
        "given_names": _filled(columns, "given_names"),
        "patronymic": _filled(columns, "patronymic"),
        "spellings": [*dict.fromkeys(spellings), *_filled(columns, "described_as")],
    }


def _filled(columns: Moved, part: str) -> list[str]:
    return [columns[name] for name in all_languages(part) if columns.get(name)]
