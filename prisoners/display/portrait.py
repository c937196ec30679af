"""A public photo: its files in every size and format, its description in a known language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from memorial.base.localized import current_language
from memorial.base.shown_text import ShownText, shown_text
from prisoners.models import Photo, Prisoner


@dataclass(frozen=True)
class PhotoFiles:
    """The files of a photo as `<picture>` names them; `address` is what all of their addresses begin with."""

    address: str

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
        return f"{self.address}-480.jpg"

    def _sizes(self, ending: str) -> str:
        return ", ".join(f"{self.address}-{width}.{ending} {width}w" for width in (240, 480))


@dataclass(frozen=True)
class Portrait(PhotoFiles):
    """A photo as a template prints it."""

    photo: Photo
    person: Prisoner

    @property
    def alt(self) -> str:
        """What the photo shows; that it is a portrait of the person where nobody has described it."""
        return str(self._alt) or _("%(name)s, portrait") % {"name": self.person.name.called}

    @property
    def alt_language(self) -> str:
        """The language of the description where it is not the page's, else ""."""
        language = self._alt.language if self._alt else self.person.name.language
        return language if language != current_language() else ""

    @property
    def credit(self) -> ShownText:
        """Whose photo it is."""
        return shown_text(self.photo, "credit")

    @cached_property
    def _alt(self) -> ShownText:
        return shown_text(self.photo, "alt")


def portrait_of(person: Prisoner) -> Portrait | None:
    """The first public photo that is loaded; never one of a person shown by initials."""
    photos: list[Photo] = getattr(person, "portraits", [])
    if not photos or person.initials_only:
        return None
    # All files of a photo stand beside each other; the address of one is that of each but for its end.
    address = photos[0].url(480, "jpg").removesuffix("-480.jpg")
    return Portrait(address, photos[0], person)
