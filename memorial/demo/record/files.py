"""Files of documents, drawn at loading and taken in by the pipeline that takes in real ones. Small and invented."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Final

from PIL import Image, ImageDraw

from cases.actions.documents import check_redaction, publish_document, take_document_file
from cases.models import Document
from memorial.base.drawn_text import Face, draw_line, wrapped
from memorial.base.localized import in_language
from memorial.base.rich_text import plain_text

_WITH_A_FILE: Final = ("readings-verdict",)
"""Documents of the hand-written cases that have a file; with a few more, chosen by `_few`."""
_FEW: Final = 2
_PAGE: Final = (827, 1169)
"""A4 at a hundred dots an inch."""
_MARGIN: Final = 96
_TEXT: Final = Face("text", 22)
_HEAD: Final = Face("display", 30)
_LINE: Final = 34
_LOOKED_AT_BY: Final = 2
"""The number of an invented colleague: whoever uploads a file does not check it where somebody is hidden."""


def write_files() -> int:
    """Gives some documents a file that readers may save, and returns how many."""
    documents = list(Document.objects.published().filter(slug__in=_WITH_A_FILE).order_by("pk")) + list(_few())
    for document in documents:
        take_document_file(document=document, data=_scan(document), name="scan.png", by=None)
        check_redaction(document=document, by=_LOOKED_AT_BY)
        publish_document(document=document, by=None)
    return len(documents)


def _few() -> Iterator[Document]:
    """Last words that have a text in Russian, the first ones; of nobody hidden."""
    known = Document.objects.published().filter(kind="last_word").exclude(text_ru="").order_by("pk")
    yield from known.exclude(slug__in=_WITH_A_FILE)[:_FEW]


def _scan(document: Document) -> bytes:
    """A page with the document's own words, as a scanner would have it."""
    page = Image.new("L", _PAGE, 255)
    canvas = ImageDraw.Draw(page)
    baseline = _MARGIN + _LINE
    # Read by name: language columns are unknown to the type checker.
    title, words = (getattr(document, in_language(name, "ru")) for name in ("title", "text"))
    paragraphs = [(_HEAD, title), *((_TEXT, text) for text in plain_text(words).splitlines() if text.strip())]
    for face, text in paragraphs:
        for line in wrapped(text, face, _PAGE[0] - 2 * _MARGIN):
            draw_line(canvas, (_MARGIN, baseline), line, face)
            baseline += _LINE
        baseline += _LINE
    file = io.BytesIO()
    page.save(file, "PNG")
    return file.getvalue()
