"""Pictures for tests: of nobody, and as talkative as a telephone's."""

import io

from PIL import Image, ImageCms, ImageDraw

SPOKEN = b"Gorintsev at home"


def picture(kind="JPEG", size=(600, 800), mode="RGB", *, talkative=False):
    """A picture; a talkative one carries EXIF with GPS, XMP and an ICC profile."""
    image = Image.new(mode, size, "grey" if mode in ("L", "RGB") else None)
    ImageDraw.Draw(image).ellipse((100, 100, 400, 500), fill=200 if mode == "L" else None, outline=None)
    extra = talk() if talkative else {}
    target = io.BytesIO()
    image.save(target, kind, **extra)
    return target.getvalue()


def talk():
    exif = Image.Exif()
    exif[0x010F] = "Telephone of Gorintsev"
    exif[0x010E] = SPOKEN.decode()
    exif[0x0112] = 6  # to be turned by a quarter
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (55.0, 45.0, 21.0), "E", (37.0, 37.0, 4.0)
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><a>' + SPOKEN + b"</a></x:xmpmeta>"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return {"exif": exif.tobytes(), "xmp": xmp, "icc_profile": profile}


def own_public_files(settings, folder):
    """A public storage of the test's own: workers side by side would tidy each other's files away."""
    default = settings.STORAGES["default"]
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {**default, "OPTIONS": {**default["OPTIONS"], "location": folder / "media"}},
    }
