"""The picture of a campaign. The original is confidential; readers get small sizes made from it, in greys."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from donations.models.campaigns import Campaign
from memorial.base.fields import StaffReference
from memorial.base.photos import confidential_storage, original_path, public_storage

RATIO: Final = 3 / 2
"""Width by height: it lies, where a portrait stands."""


class CampaignPicture(models.Model):
    """The picture as readers get it. `stem` is the random name of its files; empty while it is not public."""

    PUBLIC = frozenset({"campaign", "stem", "alt", "credit"})
    NAMES_PHOTO_FILES = True
    PUBLIC_WHEN = (
        "r.stem <> '' AND EXISTS (SELECT 1 FROM donations_campaign p"
        " WHERE p.id = r.campaign_id AND p.state = 'published')"
    )

    campaign = models.OneToOneField(
        Campaign, verbose_name=_("campaign"), related_name="picture", on_delete=models.PROTECT
    )
    stem = models.CharField(_("name of the files"), max_length=24, blank=True, editable=False)
    alt = models.CharField(_("what the picture shows"), max_length=200)
    credit = models.CharField(_("whose picture it is"), max_length=200)

    class Meta:
        verbose_name = _("picture of a campaign")
        verbose_name_plural = _("pictures of campaigns")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["stem"], name="campaignpicture_stem_once", condition=~Q(stem="")),
            models.CheckConstraint(
                name="campaignpicture_stem_is_random",
                condition=Q(stem="") | Q(stem__regex=r"^[0-9a-f]{24}$"),
                violation_error_message=_("The name of a picture's files is made by the program."),
            ),
            models.CheckConstraint(
                name="campaignpicture_words_in_both",
                condition=~Q(alt_ru="") & ~Q(alt_en="") & ~Q(credit_ru="") & ~Q(credit_en=""),
                violation_error_message=_("Say in both languages what the picture shows and whose it is."),
            ),
        ]

    def __str__(self) -> str:
        return self.alt or str(_("picture"))

    def url(self, width: int, ending: str) -> str:
        """The address of one size: `picture.url(480, "webp")`. Raises `ValueError` while it is not public."""
        if not self.stem:
            raise ValueError("A picture that is not public has no address.")
        return public_storage().url(f"photos/{self.stem}-{width}.{ending}")


class CampaignPictureOriginal(models.Model):
    """The original, encoded anew and without metadata, in the confidential storage under a random name."""

    PUBLIC: frozenset[str] = frozenset()

    picture = models.OneToOneField(CampaignPicture, related_name="original", on_delete=models.CASCADE)
    file = models.FileField(_("file"), upload_to=original_path, storage=confidential_storage, max_length=200)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    source_note = models.CharField(_("where it comes from"), max_length=300, blank=True)
    uploaded_by = StaffReference(_("uploaded by"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("original picture of a campaign")
        verbose_name_plural = _("original pictures of campaigns")

    def __str__(self) -> str:
        return f"#{self.picture_id}"
