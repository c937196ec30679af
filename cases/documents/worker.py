"""The process that decodes an untrusted file: `python -I worker.py LIMITS < file`, pixels on standard output.

It runs without the project, its environment or its files, within limits that it sets itself before it looks
at a byte. Whatever a hostile file makes of it, all that leaves is a size and pixels, which the caller checks.

Answers, each on a line: `page WIDTH HEIGHT`, followed by the page's pixels, three bytes each; `done` after the
last page; or `refused WORD`.
"""

import io
import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

import pypdfium2
from PIL import Image, ImageOps

_IMAGES = ("JPEG", "PNG")
_PASSWORD = "password"  # noqa: S105  # a word in PDFium's message


class RefusedError(Exception):
    """The file is not taken; the argument is the word for the caller."""


def main() -> None:
    """Read the file, write its pages."""
    limits = json.loads(sys.argv[1])
    _confine(limits)
    out = sys.stdout.buffer
    try:
        for picture in _pictures(sys.stdin.buffer.read(), limits):
            out.write(f"page {picture.width} {picture.height}\n".encode())
            out.write(picture.tobytes())
            out.flush()
        out.write(b"done\n")
    except RefusedError as refusal:
        out.write(f"refused {refusal}\n".encode())
    except MemoryError:
        out.write(b"refused heavy\n")
    out.flush()


def _confine(limits: dict[str, int]) -> None:
    """No more memory or time than this, no file written, no process started, no core left behind."""
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"]))
    for nothing in (resource.RLIMIT_FSIZE, resource.RLIMIT_CORE, resource.RLIMIT_NPROC):
        resource.setrlimit(nothing, (0, 0))


def _pictures(data: bytes, limits: dict[str, int]) -> Iterator[Image.Image]:
    if b"%PDF-" in data[:1024]:
        yield from _pages(data, limits)
    else:
        yield _image(data, limits)


def _pages(data: bytes, limits: dict[str, int]) -> Iterator[Image.Image]:
    try:
        file = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise RefusedError("locked" if _PASSWORD in str(error).lower() else "unreadable") from error
    count = len(file)
    if not 1 <= count <= limits["pages"]:
        raise RefusedError("pages" if count > 1 else "unreadable")
    # Filled-in fields are part of what one sees on the page.
    file.init_forms()
    for number in range(count):
        yield _page(file, number, limits)


def _page(file: Any, number: int, limits: dict[str, int]) -> Image.Image:
    try:
        page = file[number]
        sides = page.get_size()
        if not 0 < min(sides) <= max(sides) < 1e6:
            raise RefusedError("size")
        scale = min(limits["dots_per_inch"] / 72, limits["longest_side"] / max(sides))
        if min(sides) * scale < limits["shortest_side"]:
            raise RefusedError("size")
        # With annotations: a black box may be one, and without it the name beneath would be seen.
        bitmap = page.render(scale=scale, draw_annots=True, may_draw_forms=True, rev_byteorder=True)
        picture: Image.Image = bitmap.to_pil().convert("RGB")
        page.close()
    except pypdfium2.PdfiumError as error:
        raise RefusedError("unreadable") from error
    return picture


def _image(data: bytes, limits: dict[str, int]) -> Image.Image:
    # The limit is our own and smaller than Pillow's, which would only warn.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(io.BytesIO(data), formats=_IMAGES) as image:
            if image.width * image.height > limits["pixels_of_an_image"]:
                raise RefusedError("pixels")
            picture = ImageOps.exif_transpose(image)
            if picture.mode not in ("L", "RGB"):
                rgba = picture.convert("RGBA")
                picture = Image.alpha_composite(Image.new("RGBA", rgba.size, "white"), rgba)
            picture = picture.convert("RGB")
    except (OSError, SyntaxError, ValueError) as error:
        raise RefusedError("unreadable") from error
    picture.thumbnail((limits["longest_side"], limits["longest_side"]))
    if min(picture.size) < limits["shortest_side"]:
        raise RefusedError("size")
    return picture


if __name__ == "__main__":
    main()
