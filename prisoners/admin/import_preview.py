"""What the page of a loaded list shows: how far it is, how many rows of each kind, one page of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from memorial.base.rich_text import plain_text
from prisoners.importers.cells import has_markup
from prisoners.importers.portions import preview_rows
from prisoners.importers.report import What
from prisoners.importers.uploads import kind_of
from prisoners.models import ImportUpload

ON_A_PAGE = 50
LONGEST_SHOWN = 400
BEFORE_THE_DIFFERENCE = 60
LABELS = {what.code: what.label for what in What}
SHOWN_FIRST = (What.NEW, What.CHANGED, What.KEPT, What.UNREAD, What.DRAFT, What.LOOK, What.REJECTED)


@dataclass(frozen=True)
class Line:
    """One column of one row: what it says now, what it would say, or why not."""

    what: Any
    code: str
    column: str
    before: str
    after: str
    reason: str


@dataclass(frozen=True)
class RowShown:
    """One row of the list, with the record that it is."""

    number: int
    who: str
    url: str
    lines: list[Line]


class _Rows:
    """The rows of a preview, as a paginator wants them."""

    def __init__(self, upload: ImportUpload, what: str) -> None:
        self.upload, self.what = upload, what
        portions = upload.progress.get("portions", [])
        self.number = sum(portion["counts"].get(what or "all", 0) for portion in portions)

    def __len__(self) -> int:
        return self.number

    def __getitem__(self, wanted: slice) -> list[RowShown]:
        rows = preview_rows(self.upload, self.what, wanted.start, wanted.stop - wanted.start)
        return [_shown(self.upload, row) for row in rows]


def preview_context(request: HttpRequest, upload: ImportUpload) -> dict[str, Any]:
    """Counts by kind, the rows of one page, and how far the work has come."""
    asked = request.GET.get("what", "")
    what = asked if asked in LABELS else ""
    progress = upload.progress
    listed: Any = _Rows(upload, what)
    pages: Paginator[Any] = Paginator(listed, ON_A_PAGE)
    page: Page[Any] = pages.get_page(request.GET.get("page"))
    return {
        "filters": _filters(upload, what),
        "what": what,
        "page": page,
        "page_range": pages.get_elided_page_range(page.number),
        "rows": list(page.object_list),
        "tried": progress.get("tried", 0),
        "written": progress.get("written", 0),
        "people": progress.get("people", {}),
        "applied": progress.get("applied", {}),
        "rejected": len(progress.get("rejected", [])),
        "photos": progress.get("photos", 0),
        "surprises": [(LABELS[code], *rest) for code, *rest in progress.get("surprises", [])],
        "is_working": upload.state in (ImportUpload.State.TRYING, ImportUpload.State.APPLYING),
    }


def _filters(upload: ImportUpload, chosen: str) -> list[tuple[str, Any, int, bool]]:
    portions = upload.progress.get("portions", [])
    counts = {what: sum(portion["counts"].get(what.code, 0) for portion in portions) for what in SHOWN_FIRST}
    return [(what.code, what.label, number, what.code == chosen) for what, number in counts.items() if number]


def _shown(upload: ImportUpload, row: dict[str, Any]) -> RowShown:
    lines = [_line(*line) for line in row["lines"]]
    number, who = row["who"] or (0, "")
    return RowShown(row["row"], who or _new_name(row), _url(upload, number), lines)


def _new_name(row: dict[str, Any]) -> str:
    """What a new record will be called: the first words that it brings."""
    new = [after for what, _column, _before, after, _reason in row["lines"] if what == What.NEW.code]
    return " ".join(new[:2])[:80] if new else ""


def _url(upload: ImportUpload, number: int) -> str:
    name = kind_of(upload).model.replace(".", "_")
    try:
        return reverse(f"admin:{name}_change", args=[number]) if number else ""
    except NoReverseMatch:
        return ""


def _line(what: str, column: str, before: str, after: str, reason: str) -> Line:
    before, after = (plain_text(text) if has_markup(text) else text for text in (before, after))
    before, after = around_the_difference(before, after)
    return Line(LABELS[what], what, column, before, after, reason)


def around_the_difference(before: str, after: str) -> tuple[str, str]:
    """Two long texts from a little before the first letter in which they differ."""
    if max(len(before), len(after)) <= LONGEST_SHOWN:
        return before, after
    same = next(
        (place for place, (one, other) in enumerate(zip(before, after, strict=False)) if one != other),
        min(len(before), len(after)),
    )
    start = max(0, same - BEFORE_THE_DIFFERENCE) if before and after else 0
    return _piece(before, start), _piece(after, start)


def _piece(text: str, start: int) -> str:
    piece = text[start : start + LONGEST_SHOWN]
    return f"{'…' if start and piece else ''}{piece}{'…' if start + LONGEST_SHOWN < len(text) else ''}"
