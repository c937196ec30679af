"""Photos: taken in clean, shown to readers, taken away from them.

Files and rows cannot change in one step, so the order is chosen by what a failure leaves:

* showing: the files are written first, then the row names them. A reader never meets a page
  whose picture is missing. If the transaction fails, the files remain under a random name that
  nobody was ever told; the action removes them itself where it can.
* hiding: the row forgets the files first, and they are removed as soon as that is committed.
  If the process dies in between, a file outlives its photo.

`manage.py sync_photos` mends both, and every change that passed by these actions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from memorial.base.photos import (
    clean_photo,
    confidential_storage,
    make_public_sizes,
    public_names,
    public_storage,
    random_stem,
    remove_public_sizes,
)
from memorial.base.refusals import refused_in_words
from prisoners.actions.begin import done_by, locked_prisoner, required_reason
from prisoners.actions.moved_names import move_photo_words, read_moved, write_moved
from prisoners.models import Photo, PhotoOriginal, Prisoner
from prisoners.obstacles import photo_refused


def add_photo(
    *,
    prisoner: Prisoner,
    data: bytes,
    alt_ru: str = "",
    alt_en: str = "",
    credit_ru: str = "",
    credit_en: str = "",
    source_note: str = "",
    by: int | None,
) -> Photo:
    """Takes a photo in: decoded and encoded anew without metadata, its original confidential.

    Readers see it when the person is published, or at once by `publish_photo`. Of a person
    shown by initials it is kept and marked «never show». Raises `ValidationError` for what is
    no photo, and for texts that are too long.
    """
    clean = clean_photo(data)
    words = {"alt_ru": alt_ru, "alt_en": alt_en, "credit_ru": credit_ru, "credit_en": credit_en}
    with files_removed_on_failure() as made, transaction.atomic(), done_by(by, _("Photo added")):
        row = locked_prisoner(prisoner)
        photo = Photo(prisoner=row, order=row.photos.count(), **words)
        photo.clean_fields(exclude=["prisoner"])
        photo.save()
        original = PhotoOriginal(
            photo=photo, width=clean.width, height=clean.height, source_note=source_note, uploaded_by=by
        )
        original.file.save("photo", ContentFile(clean.content), save=False)
        made.originals.append(str(original.file.name))
        original.clean_fields(exclude=["photo"])
        original.save()
        if row.initials_only:
            moved = read_moved(row)
            move_photo_words(original, moved)
            write_moved(row, moved)
            photo.refresh_from_db()
    return photo


def publish_photo(*, photo: Photo, reason: str, by: int | None) -> None:
    """Lets readers see the photo: at once if the person is published, else with the person.

    Raises `ValidationError` for a refusal in force, initials, a person under 18 at arrest.
    """
    reason = required_reason(reason)
    with files_removed_on_failure() as made, transaction.atomic(), done_by(by, reason):
        row = locked_prisoner(photo.prisoner)
        if row.initials_only:
            raise ValidationError(str(Photo.REFUSALS["photo_not_of_initials"]))
        if photo_refused(row):
            raise ValidationError(_("The person refused to have a photo shown, and the refusal is in force."))
        PhotoOriginal.objects.filter(photo=photo).update(hidden=False)
        if row.is_published:
            show_photos(row, made)
    photo.refresh_from_db()


def hide_photo(*, photo: Photo, reason: str, by: int | None) -> None:
    """Takes a photo away from readers for good: not even a new publication of the person shows it."""
    reason = required_reason(reason)
    with transaction.atomic(), done_by(by, reason):
        locked_prisoner(photo.prisoner)
        PhotoOriginal.objects.filter(photo=photo).update(hidden=True)
        take_photos_away(Photo.objects.filter(pk=photo.pk))
    photo.refresh_from_db()


class MadeFiles:
    """The files that an action has written, should it have to take them back."""

    def __init__(self) -> None:
        self.stems: list[str] = []
        self.originals: list[str] = []

    def remove(self) -> None:
        for stem in self.stems:
            remove_public_sizes(stem)
        for name in self.originals:
            confidential_storage().delete(name)


@contextmanager
def files_removed_on_failure() -> Iterator[MadeFiles]:
    """Takes back the files that were written, if the action fails; around its transaction."""
    made = MadeFiles()
    try:
        yield made
    except BaseException:
        made.remove()
        raise


def show_photos(prisoner: Prisoner, made: MadeFiles, only: Iterable[int | str] | None = None) -> None:
    """Makes the public sizes of every photo that may be shown and is not. Each gets a new random name.

    `only` limits it to photos with these keys.
    """
    if prisoner.initials_only or photo_refused(prisoner):
        return
    waiting = PhotoOriginal.objects.filter(photo__prisoner=prisoner, photo__stem="", hidden=False)
    if only is not None:
        waiting = waiting.filter(photo__in=list(only))
    for original in waiting.select_related("photo"):
        stem = random_stem()
        made.stems.append(stem)
        make_public_sizes(_content(original), stem)
        with refused_in_words():
            Photo.objects.filter(pk=original.photo_id).update(stem=stem)


def take_photos_away(photos: QuerySet[Photo]) -> None:
    """Forgets the files of these photos now, and removes them once that is committed."""
    stems = [stem for stem in photos.values_list("stem", flat=True) if stem]
    photos.exclude(stem="").update(stem="")
    for stem in stems:
        # Robust: one file that cannot be removed now must not keep the others; sync_photos tries again.
        transaction.on_commit(partial(remove_public_sizes, stem), robust=True)


def restore_missing_sizes(photo: Photo) -> list[str]:
    """Makes the public files of a shown photo anew where some are missing, and returns their names.

    Raises `ValidationError` where there is nothing to make them from.
    """
    missing = [name for name in public_names(photo.stem) if not public_storage().exists(name)]
    if missing:
        original = PhotoOriginal.objects.filter(photo=photo).first()
        if original is None:
            raise ValidationError(_("The photo has no original: hide it, or upload it again."))
        content = _content(original)
        # Whole, for a storage never overwrites: it would choose another name.
        remove_public_sizes(photo.stem)
        make_public_sizes(content, photo.stem)
    return missing


def _content(original: PhotoOriginal) -> bytes:
    try:
        with original.file.open("rb") as file:
            return bytes(file.read())
    except OSError as error:
        raise ValidationError(
            _("The file of a photo is missing: hide this photo, or upload it again.")
        ) from error
