"""Pages of an uploaded file as pixels: decoded in another process, bounded in time, memory and number."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from json import dumps
from pathlib import Path
from threading import Timer
from typing import IO, Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image

from cases.documents.limits import LIMITS, MOST_BYTES, Limits

_WORKER: Final = Path(__file__).with_name("worker.py")
_LONGEST_LINE: Final = 64
_UNREADABLE: Final[Any] = _("This file cannot be read. Save it as PDF, JPEG or PNG anew and upload it again.")
_HEAVY: Final[Any] = _(
    "This file takes too much time or memory to draw. Print it to a new PDF, or split it, and upload that."
)
_SENTENCES: Final[dict[str, Any]] = {
    "unreadable": _UNREADABLE,
    "heavy": _HEAVY,
    "locked": _("The file is locked with a password. Save it without one and upload it again."),
    "pages": _("The file has more than 300 pages. Split it into parts and enter them as several documents."),
    "size": _("A page of the file is of an impossible size: too long, too narrow, or empty."),
    "pixels": _("The picture has more than 40 megapixels: save it smaller and upload it again."),
}


def read_pages(data: bytes, limits: Limits = LIMITS) -> Iterator[Image.Image]:
    """The pages of a PDF, JPEG or PNG, one after the other, as they look on paper.

    Raises `ValidationError` with a sentence for the editor; then pages given before are worth nothing.
    """
    if len(data) > MOST_BYTES:
        raise ValidationError(_("The file is larger than 40 MB. Save it smaller, or split it into parts."))
    with _worker(data, limits) as answers:
        number = 0
        while (line := answers.readline(_LONGEST_LINE)) != b"done\n":
            number += 1
            if number > limits.pages:
                raise ValidationError(_SENTENCES["pages"])
            yield _picture(line, answers, limits)


def _picture(line: bytes, answers: IO[bytes], limits: Limits) -> Image.Image:
    match line.decode("ascii", "replace").split():
        case ["page", width, height] if width.isdecimal() and height.isdecimal():
            size = int(width), int(height)
        case ["refused", word]:
            raise ValidationError(_SENTENCES.get(word, _UNREADABLE), code=word)
        case _:
            # The process died: of memory, of time, or of what the file did to it.
            raise ValidationError(_HEAVY, code="heavy")
    if not limits.shortest_side <= min(size) <= max(size) <= limits.longest_side + 1:
        raise ValidationError(_UNREADABLE, code="unreadable")
    pixels = answers.read(size[0] * size[1] * 3)
    if len(pixels) < size[0] * size[1] * 3:
        raise ValidationError(_HEAVY, code="heavy")
    return Image.frombytes("RGB", size, pixels)


@contextmanager
def _worker(data: bytes, limits: Limits) -> Iterator[IO[bytes]]:
    """The answers of a worker that reads `data`. It is dead when this ends, whatever happened."""
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.seek(0)
        process = subprocess.Popen(  # our own program, no shell, no word from outside
            [sys.executable, "-I", str(_WORKER), dumps(limits.as_arguments())],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            # Nothing of ours: the environment holds the keys.
            env={"LC_ALL": "C.UTF-8"},
        )
    deadline = Timer(limits.seconds, process.kill)
    deadline.start()
    try:
        assert process.stdout is not None  # noqa: S101  # a pipe was asked for
        with process.stdout:
            yield process.stdout
    finally:
        deadline.cancel()
        process.kill()
        process.wait()
