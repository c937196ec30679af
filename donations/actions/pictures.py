"""The picture of a campaign: taken in clean, shown with the campaign, gone with it.

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

from donations.models import Campaign, CampaignPicture, CampaignPictureOriginal
from donations.models.pictures import RATIO
from memorial.base.photos import (
    clean_photo,
    confidential_storage,
    make_public_sizes,
    random_stem,
    remove_public_sizes,
)
from memorial.base.refusals import refused_in_words
from prisoners.actions.begin import done_by, required_reason
from prisoners.actions.show_photos import MadeFiles, files_removed_on_failure

MIDDLE: Final = (0.5, 0.5)
"""What stays in the picture where its sides do not fit."""


def set_picture(
    *,
    campaign: Campaign,
    data: bytes,
    words: Mapping[str, str],
    source_note: str = "",
    by: int | None,
) -> CampaignPicture:
    """Gives the campaign its picture, in the place of one that it has. Readers see it with the campaign.

    `words` has what it shows and whose it is by column, in every language. Raises `ValidationError` for what
    is no picture, and without words in both languages.
    """
    clean = clean_photo(data)
    with files_removed_on_failure() as made, transaction.atomic(), done_by(by, _("Picture added")):
        row = Campaign.objects.select_for_update().get(pk=campaign.pk)
        _forget(row)
        picture = CampaignPicture(campaign=row, **words)
        with refused_in_words():
            picture.clean_fields(exclude=["campaign", "alt", "credit"])
            picture.save()
        original = CampaignPictureOriginal(
            picture=picture, width=clean.width, height=clean.height, source_note=source_note, uploaded_by=by
        )
        original.file.save("picture", ContentFile(clean.content), save=False)
        made.originals.append(str(original.file.name))
        original.save()
        if row.is_published:
            show_picture(row, made)
    picture.refresh_from_db()
    return picture


def remove_picture(*, campaign: Campaign, reason: str, by: int | None) -> None:
    """Takes the picture from the campaign, its original too. Raises `ValidationError` without a reason."""
    reason = required_reason(reason)
    with transaction.atomic(), done_by(by, reason):
        row = Campaign.objects.select_for_update().get(pk=campaign.pk)
        _forget(row)


def show_picture(campaign: Campaign, made: MadeFiles) -> None:
    """Makes the public sizes under a new random name, where there is a picture that is not shown yet.

    Raises `ValidationError` where the original's file is missing.
    """
    waiting = CampaignPictureOriginal.objects.filter(picture__campaign=campaign, picture__stem="")
    for original in waiting.select_related("picture"):
        stem = random_stem()
        made.stems.append(stem)
        make_public_sizes(_content(original), stem, MIDDLE, RATIO)
        CampaignPicture.objects.filter(pk=original.picture_id).update(stem=stem)


def take_picture_away(campaign: Campaign) -> None:
    """Forgets the public files now, and removes them once that is committed; the original stays."""
    shown = CampaignPicture.objects.filter(campaign=campaign).exclude(stem="")
    stems = list(shown.values_list("stem", flat=True))
    shown.update(stem="")
    for stem in stems:
        # Robust: sync_photos tries again what cannot be removed now.
        transaction.on_commit(partial(remove_public_sizes, stem), robust=True)


def _forget(campaign: Campaign) -> None:
    """The picture and its original, files and rows."""
    take_picture_away(campaign)
    originals = CampaignPictureOriginal.objects.filter(picture__campaign=campaign)
    for name in originals.values_list("file", flat=True):
        transaction.on_commit(partial(confidential_storage().delete, name), robust=True)
    CampaignPicture.objects.filter(campaign=campaign).delete()


def _content(original: CampaignPictureOriginal) -> bytes:
    try:
        with original.file.open("rb") as file:
            return bytes(file.read())
    except OSError as error:
        raise ValidationError(
            _("The file of the picture is missing: upload it again, or take it away.")
        ) from error
