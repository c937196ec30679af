"""Photographs of people. The original is confidential; readers get small sizes made from it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from memorial.base.fields import StaffReference
from memorial.base.photos import confidential_storage, original_path, public_storage
from prisoners.models.prisoner import PRISONER_IS_PUBLIC, Prisoner


class Photo(models.Model):
    """A photograph as readers get it. `stem` is the random name of its files; empty while it is not public."""

    PUBLIC = frozenset({"prisoner", "stem", "alt", "credit", "order"})
    NAMES_PHOTO_FILES = True
    PUBLIC_WHEN = f"r.stem <> '' AND {PRISONER_IS_PUBLIC}"

    TRIGGERS = (("minors", "BEFORE INSERT OR UPDATE OF stem, prisoner_id", "memorial_guard_minor_photo()"),)
    REFUSALS = {
        "photo_not_of_initials": _(
            "A person shown by initials, or under 18 when deprived of liberty, has no public photo."
        )
    }

    prisoner = models.ForeignKey(Prisoner, related_name="photos", on_delete=models.CASCADE)
    stem = models.CharField(_("name of the files"), max_length=24, blank=True, editable=False)
    alt = models.CharField(_("what the photo shows"), max_length=200, blank=True)
    credit = models.CharField(_("whose photo it is"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["stem"], name="photo_stem_once", condition=~Q(stem="")),
            models.CheckConstraint(
                name="photo_stem_is_random",
                condition=Q(stem="") | Q(stem__regex=r"^[0-9a-f]{24}$"),
                violation_error_message=_("The name of a photo's files is made by the program."),
            ),
        ]

    def __str__(self) -> str:
        return self.alt or str(_("photo"))

    def url(self, width: int, ending: str) -> str:
        """The address of one size: `photo.url(480, "webp")`. Raises `ValueError` while it is not public."""
        if not self.stem:
            raise ValueError("A photo that is not public has no address.")
        return public_storage().url(f"photos/{self.stem}-{width}.{ending}")


class PhotoOriginal(models.Model):
    """The original, encoded anew and without metadata, in the confidential storage under a random name."""

    PUBLIC: frozenset[str] = frozenset()

    photo = models.OneToOneField(Photo, related_name="original", on_delete=models.CASCADE)
    file = models.FileField(_("file"), upload_to=original_path, storage=confidential_storage, max_length=200)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    hidden = models.BooleanField(_("never show"), default=False)
    source_note = models.CharField(_("where it comes from"), max_length=300, blank=True)
    uploaded_by = StaffReference(_("uploaded by"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("original photo")
        verbose_name_plural = _("original photos")

    def __str__(self) -> str:
        return f"#{self.photo_id}"
