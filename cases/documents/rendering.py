"""An uploaded file made anew: pages as pictures, and nothing else of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.documents.limits import LIMITS, MOST_PUBLIC_BYTES, Limits
from cases.documents.page_picture import PagePicture, encoded
from cases.documents.pdf import write_pdf
from cases.documents.reading import read_pages


@dataclass(frozen=True)
class Rendering:
    """The new PDF and the number of its pages."""

    content: bytes
    pages: int


def render(data: bytes, limits: Limits = LIMITS) -> Rendering:
    """Makes a PDF, JPEG or PNG anew. Raises `ValidationError` with a sentence for the editor."""
    pages = list(_encoded_pages(data, limits))
    if not pages:
        raise ValidationError(_("The file has no pages."))
    return Rendering(write_pdf(pages), len(pages))


def _encoded_pages(data: bytes, limits: Limits) -> Iterator[PagePicture]:
    size = 0
    for picture in read_pages(data, limits):
        page = encoded(picture)
        size += len(page.content)
        if size > MOST_PUBLIC_BYTES:
            raise ValidationError(_("The pages weigh more than 60 MB. Split the file into parts."))
        yield page
