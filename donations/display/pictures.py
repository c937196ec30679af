"""A campaign's picture as a template prints it."""

from __future__ import annotations

from dataclasses import dataclass

from donations.models import Campaign, CampaignPicture
from memorial.base.shown_text import ShownText, shown_text


@dataclass(frozen=True)
class ShownPicture:
    """The files in every size and format, what it shows, whose it is. Asks the database nothing."""

    picture: CampaignPicture

    @property
    def avif(self) -> str:
        return self._sizes("avif")

    @property
    def webp(self) -> str:
        return self._sizes("webp")

    @property
    def jpg(self) -> str:
        return self._sizes("jpg")

    @property
    def fallback(self) -> str:
        """For a browser that knows neither newer format nor sizes."""
        return self.picture.url(480, "jpg")

    @property
    def file_name(self) -> str:
        """The widest JPEG in the public storage."""
        return f"photos/{self.picture.stem}-480.jpg"

    @property
    def alt(self) -> ShownText:
        return shown_text(self.picture, "alt")

    @property
    def credit(self) -> ShownText:
        return shown_text(self.picture, "credit")

    def _sizes(self, ending: str) -> str:
        return ", ".join(f"{self.picture.url(width, ending)} {width}w" for width in (240, 480))


def picture_of(campaign: Campaign) -> ShownPicture | None:
    """The picture that readers see; None without one. Asks nothing if it was loaded (`for_detail`)."""
    picture: CampaignPicture | None = getattr(campaign, "picture", None)
    return ShownPicture(picture) if picture and picture.stem else None
