"""Photographs: decoded, bounded, encoded anew."""

import io
import random

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from memorial.base import photos
from memorial.base.photos import clean_photo, make_public_sizes, public_names, public_storage, random_stem
from tests.prisoners.pictures import own_public_files, picture


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    own_public_files(settings, tmp_path)


def opened(data):
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_is_accepted_becomes_a_bare_jpeg(kind):
    clean = clean_photo(picture(kind, talkative=True))
    image = opened(clean.content)
    assert (image.format, image.mode) == ("JPEG", "RGB")
    assert image.size == (clean.width, clean.height) == (800, 600)
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("mode", ["L", "RGBA", "P", "LA"])
def test_other_modes_and_transparency(mode):
    source = (
        Image.new("RGBA", (20, 20), (0, 0, 0, 0)).convert(mode)
        if mode != "L"
        else Image.new("L", (20, 20), 255)
    )
    target = io.BytesIO()
    source.save(target, "PNG")
    pixel = opened(clean_photo(target.getvalue()).content).getpixel((10, 10))
    assert mode in ("P",) or min(pixel) > 250  # transparent is white, never black


def test_a_large_one_is_made_smaller():
    clean = clean_photo(picture(size=(4000, 2000)))
    assert (clean.width, clean.height) == (3000, 1500)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a photo",
        b"\xff\xd8\xff",
        b"<svg/>",
        picture()[:500],
        picture("GIF"),
        picture("TIFF"),
        b"\x89PNG\r\n\x1a\n",
    ],
)
def test_what_is_no_photo_is_a_sentence(data):
    with pytest.raises(ValidationError):
        clean_photo(data)


def test_too_many_pixels_are_refused_before_they_are_decoded():
    bomb = io.BytesIO()
    Image.new("1", (40_001, 1_000)).save(bomb, "PNG")
    with pytest.raises(ValidationError, match="40"):
        clean_photo(bomb.getvalue())


def test_too_many_bytes_are_refused(monkeypatch):
    monkeypatch.setattr(photos, "MOST_BYTES", 100)
    with pytest.raises(ValidationError):
        clean_photo(picture())


def test_public_sizes_are_grey_four_by_five_and_without_a_word():
    stem = random_stem()
    make_public_sizes(clean_photo(picture(talkative=True)).content, stem)
    names = public_names(stem)
    assert len(names) == 6
    for name in names:
        with public_storage().open(name) as file, Image.open(file) as image:
            assert image.height * 4 == image.width * 5
            assert dict(image.getexif()) == {}
            red, green, blue = image.convert("RGB").getpixel((10, 10))
            assert max(red, green, blue) - min(red, green, blue) <= 4
    assert len(stem) == 24
    assert stem != random_stem()


@pytest.mark.parametrize("grain", [(960, 1200), (1500, 1875)], ids=["pure noise", "soft grain"])
def test_public_sizes_are_light_however_noisy_the_photo(grain):
    noise = Image.frombytes("L", grain, random.Random(1).randbytes(grain[0] * grain[1]))
    target = io.BytesIO()
    noise.save(target, "JPEG", quality=92)
    stem = random_stem()
    make_public_sizes(target.getvalue(), stem)
    weights = {name: public_storage().size(name) for name in public_names(stem)}
    assert max(weights.values()) <= 25 * 1024, weights
    assert min(weights.values()) > 500, weights


def test_public_sizes_of_an_ordinary_photo_keep_their_quality(monkeypatch):
    """Coarser is only what would be too heavy."""
    data, stems = clean_photo(picture()).content, [random_stem(), random_stem()]
    make_public_sizes(data, stems[0])
    monkeypatch.setattr(photos, "MOST_PUBLIC_BYTES", 10**9)
    make_public_sizes(data, stems[1])
    sizes = [[public_storage().size(name) for name in public_names(stem)] for stem in stems]
    assert sizes[0] == sizes[1]
