"""A public photo: its files in every size and format, its description in a known language."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from memorial.base.localized import current_language
from memorial.base.shown_text import ShownText, shown_text
from prisoners.models import Photo, Prisoner


@dataclass(frozen=True)
class Portrait:
    """A photo as a template prints it."""

    photo: Photo
    alt: str
    alt_language: str
    credit: ShownText

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
        return self.photo.url(480, "jpg")

    def _sizes(self, ending: str) -> str:
        return ", ".join(f"{self.photo.url(width, ending)} {width}w" for width in (240, 480))


def portrait_of(person: Prisoner) -> Portrait | None:
    """The first public photo that is loaded; never one of a person shown by initials."""
    photos: list[Photo] = getattr(person, "portraits", [])
    if not photos or person.initials_only:
        return None
    alt = shown_text(photos[0], "alt")
    name = person.name
    words = str(alt) or _("%(name)s, portrait") % {"name": name.called}
    language = alt.language if alt else name.language
    foreign = language if language != current_language() else ""
    return Portrait(photos[0], words, foreign, shown_text(photos[0], "credit"))
