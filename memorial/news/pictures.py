"""The picture of a piece of news: taken in clean, shown with the news, gone with it.

The order of files and rows is that of `prisoners.actions.show_photos`: files are written before a row names
them, and a row forgets them before they are removed. `manage.py sync_photos` mends what a crash leaves.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from memorial.base.photos import (
    clean_photo,
    confidential_storage,
    make_public_sizes,
    random_stem,
    remove_public_sizes,
)
from memorial.base.refusals import refused_in_words
from memorial.news.models import NewsItem, NewsPicture, NewsPictureOriginal
from prisoners.actions.begin import done_by, required_reason
from prisoners.actions.show_photos import MadeFiles, files_removed_on_failure

RATIO: Final = 3 / 2
"""Width by height."""
MIDDLE: Final = (0.5, 0.5)
"""What stays in the picture where its sides do not fit."""


def set_picture(
    *,
    newsitem: NewsItem,
    data: bytes,
    words: Mapping[str, str],
    licence: str = "",
    source_note: str = "",
    by: int | None,
) -> NewsPicture:
    """Gives the news its picture, in the place of one that it has. Readers see it with the news.

    `words` are the columns of `alt` and `credit` in each language. Raises `ValidationError` for what
    is no picture, without words in both languages, and beside somebody hidden.
    """
    clean = clean_photo(data)
    with files_removed_on_failure() as made, transaction.atomic(), done_by(by, _("Picture added")):
        row = NewsItem.objects.select_for_update(of=("self",)).get(pk=newsitem.pk)
        _forget(row)
        picture = NewsPicture(item=row, licence=licence, **words)
        picture.clean_fields(exclude=["item", "alt", "credit"])
        picture.save()
        original = NewsPictureOriginal(
            picture=picture, width=clean.width, height=clean.height, source_note=source_note, uploaded_by=by
        )
        original.file.save("picture", ContentFile(clean.content), save=False)
        made.originals.append(str(original.file.name))
        original.save()
        if row.is_published:
            show_picture(row, made)
    picture.refresh_from_db()
    return picture


def remove_picture(*, newsitem: NewsItem, reason: str, by: int | None) -> None:
    """Takes the picture from the news, its original too. Raises `ValidationError` without a reason."""
    reason = required_reason(reason)
    with transaction.atomic(), done_by(by, reason):
        _forget(NewsItem.objects.select_for_update(of=("self",)).get(pk=newsitem.pk))


def show_picture(item: NewsItem, made: MadeFiles) -> None:
    """Makes the public sizes under a new random name, where there is a picture that is not shown yet.

    Raises `ValidationError` where the original's file is missing, and beside somebody hidden.
    """
    waiting = NewsPictureOriginal.objects.filter(picture__item=item, picture__stem="")
    for original in waiting.select_related("picture"):
        stem = random_stem()
        made.stems.append(stem)
        make_public_sizes(_content(original), stem, MIDDLE, RATIO)
        with refused_in_words():
            NewsPicture.objects.filter(pk=original.picture_id).update(stem=stem)


def take_picture_away(item: NewsItem) -> None:
    """Forgets the public files now, and removes them once that is committed; the original stays."""
    shown = NewsPicture.objects.filter(item=item).exclude(stem="")
    stems = list(shown.values_list("stem", flat=True))
    shown.update(stem="")
    for stem in stems:
        # Robust: sync_photos tries again what cannot be removed now.
        transaction.on_commit(partial(remove_public_sizes, stem), robust=True)


def _forget(item: NewsItem) -> None:
    """The picture and its original, files and rows."""
    take_picture_away(item)
    originals = NewsPictureOriginal.objects.filter(picture__item=item)
    for name in originals.values_list("file", flat=True):
        transaction.on_commit(partial(confidential_storage().delete, name), robust=True)
    NewsPicture.objects.filter(item=item).delete()


def _content(original: NewsPictureOriginal) -> bytes:
    try:
        with original.file.open("rb") as file:
            return bytes(file.read())
    except OSError as error:
        raise ValidationError(
            _("The file of the picture is missing: upload it again, or take it away.")
        ) from error
