"""Photographs: decoded and encoded again, without metadata, under random names.

Originals are confidential. The sizes that readers get are made when a photo is
published and removed when it is hidden; each time they get a new random name, so that
a known address of a hidden photo never answers again.
"""

import io
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageFilter, ImageOps, UnidentifiedImageError

ACCEPTED = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 40_000_000
MOST_BYTES = 30 * 1024 * 1024
LONGEST_SIDE_KEPT = 3000
RATIO = 4 / 5
WIDTHS = (480, 240)
MOST_PUBLIC_BYTES = 25 * 1024
"""What a photo may weigh for readers, in each format: a list has 24 of them."""
TIME_TO_COMMIT = timedelta(minutes=10)
FORMATS = {
    "avif": ("AVIF", {"quality": 55, "speed": 8}),
    "webp": ("WEBP", {"quality": 72, "method": 5}),
    "jpg": ("JPEG", {"quality": 74, "optimize": True, "progressive": True}),
}
# What a picture too heavy is tried with, one after the other: pixels of blur, shares of the quality.
_SMOOTHED = (0, 0.7, 1.2, 2)
_COARSER = (1, 0.8, 0.6, 0.45)


@dataclass(frozen=True)
class CleanPhoto:
    """A photograph that has been decoded and encoded anew: nothing of the uploaded file remains but its pixels."""

    content: bytes
    width: int
    height: int


def confidential_storage() -> Storage:
    """Where originals and confidential files live. A callable, so that no path enters a migration."""
    return storages["confidential"]


def public_storage() -> Storage:
    """Where the files live that any reader may get."""
    return storages["default"]


def random_stem() -> str:
    """A file name that tells nothing and cannot be guessed."""
    return secrets.token_hex(12)


def original_path(instance: object, filename: str) -> str:
    """Where an original is kept; the uploaded name leaks (`IMG_1234_ivan.jpg`) and is thrown away."""
    stem = random_stem()
    return f"originals/{stem[:2]}/{stem}.jpg"


def clean_photo(data: bytes) -> CleanPhoto:
    """Decodes a JPEG, PNG or WebP of at most 40 megapixels and encodes it anew, upright and without metadata.

    Raises `ValidationError` with a sentence for the editor.
    """
    if len(data) > MOST_BYTES:
        raise ValidationError(_("The file is larger than 30 MB: save the photo smaller and upload it again."))
    try:
        with Image.open(io.BytesIO(data), formats=ACCEPTED) as image:
            if image.width * image.height > MOST_PIXELS:
                raise ValidationError(
                    _("The photo has more than 40 megapixels: save it smaller and upload it again.")
                )
            picture = ImageOps.exif_transpose(image)
            picture = _on_white(picture)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(
            _("This is not a photo that can be read: JPEG, PNG and WebP are accepted.")
        ) from error
    picture.thumbnail((LONGEST_SIDE_KEPT, LONGEST_SIDE_KEPT))
    return CleanPhoto(_encode(picture, "JPEG", {"quality": 92}), picture.width, picture.height)


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        rgba = picture.convert("RGBA")
        ground = Image.new("RGBA", rgba.size, "white")
        return Image.alpha_composite(ground, rgba).convert("RGB")
    return picture.convert("RGB")


def _encode(picture: Image.Image, kind: str, options: Mapping[str, object]) -> bytes:
    # A new image holding only the pixels: Pillow would carry EXIF, XMP and ICC along.
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    target = io.BytesIO()
    bare.save(target, kind, **options)
    return target.getvalue()


def public_names(stem: str) -> list[str]:
    """The files that a published photo consists of."""
    return [f"photos/{stem}-{width}.{ending}" for width in WIDTHS for ending in FORMATS]


def make_public_sizes(
    original: bytes, stem: str, focus: tuple[float, float] = (0.5, 0.35), ratio: float = RATIO
) -> None:
    """Writes the greyscale sizes of a photo in AVIF, WebP and JPEG to the public storage.

    `ratio` is width by height: 4:5 for a portrait.
    """
    with Image.open(io.BytesIO(original), formats=("JPEG",)) as image:
        grey = image.convert("L")
    storage = public_storage()
    for width in WIDTHS:
        sized = ImageOps.fit(grey, (width, round(width / ratio)), centering=focus)
        for ending, (kind, options) in FORMATS.items():
            content = _encode_light(sized, kind, options)
            storage.save(f"photos/{stem}-{width}.{ending}", ContentFile(content))


def _encode_light(picture: Image.Image, kind: str, options: Mapping[str, Any]) -> bytes:
    """Encodes a picture in at most `MOST_PUBLIC_BYTES`: a grainy one coarser, then with the grain smoothed."""
    content = b""
    for radius, share in product(_SMOOTHED, _COARSER):
        smooth = picture.filter(ImageFilter.GaussianBlur(radius)) if radius else picture
        content = _encode(smooth, kind, {**options, "quality": round(options["quality"] * share)})
        if len(content) <= MOST_PUBLIC_BYTES:
            break
    return content


def remove_public_sizes(stem: str) -> None:
    """Removes the files of a photo that is no longer public; missing ones are no error."""
    for name in public_names(stem):
        public_storage().delete(name)


def claimed_stems() -> Iterator[str]:
    """The names of files that rows show to readers, of every model that says `NAMES_PHOTO_FILES`."""
    for model in apps.get_models():
        if getattr(model, "NAMES_PHOTO_FILES", False):
            yield from model._base_manager.exclude(stem="").values_list("stem", flat=True)


def remove_strays(stems_in_use: Iterable[str], older_than: timedelta = TIME_TO_COMMIT) -> list[str]:
    """Removes public photo files that no published photo claims, and returns their names.

    The safety net of every path of writing that did not go through an action. A file younger
    than `older_than` may belong to a publication that is not committed yet: it is left.
    """
    wanted = {name for stem in stems_in_use for name in public_names(stem)}
    storage = public_storage()
    if not storage.exists("photos"):
        return []
    newest = timezone.now() - older_than
    claimed_by_nobody = [
        name for name in (f"photos/{file}" for file in storage.listdir("photos")[1]) if name not in wanted
    ]
    strays = [name for name in claimed_by_nobody if storage.get_modified_time(name) <= newest]
    for name in strays:
        storage.delete(name)
    return strays
