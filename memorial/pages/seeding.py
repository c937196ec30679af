"""Pages and texts of themes that come with the program: put beside one another as drafts, which staff read and publish."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from memorial.base.authorship import Authorship
from memorial.base.choices import State
from memorial.base.localized import LANGUAGES, in_language
from memorial.base.rich_text import clean_html
from memorial.pages.models import SitePage, ThemeText
from prisoners.models import Theme

DATA: Final = Path(__file__).parent / "data"


def seed_pages(actor: str) -> Counter[str]:
    """Adds the pages that are absent as drafts; returns how many were added, updated, kept.

    A newer text of the program takes the place of its older one only in a draft that nobody has ever
    published or changed; a page that somebody took out does not come back.
    """
    done: Counter[str] = Counter()
    authorship = Authorship(SitePage, actor, key=("slug",))
    for row in _rows("pages"):
        slug = row.pop("slug")
        ours = authorship.added_as(slug)
        page = SitePage.objects.filter(pk=ours).first() if ours else None
        page = page or SitePage.objects.filter(slug=slug).first()
        values = {**row, "order": int(row["order"]), **_texts(slug)}
        if page is None and not authorship.was_removed(slug):
            SitePage.objects.create(slug=slug, **values)
            done["added"] += 1
        else:
            done[_update(page, values, authorship)] += 1
    return done


def seed_theme_texts(actor: str) -> Counter[str]:
    """The same for texts of themes whose word is there."""
    done: Counter[str] = Counter()
    authorship = Authorship(ThemeText, actor, key=("theme_id",))
    themes = {theme.code: theme for theme in Theme.objects.all()}
    present = {text.theme_id: text for text in ThemeText.objects.all()}
    for row in _rows("themes"):
        if (theme := themes.get(row.pop("code"))) is None:
            continue
        if theme.pk in present or authorship.was_removed(theme.pk):
            done[_update(present.get(theme.pk), row, authorship)] += 1
        else:
            ThemeText.objects.create(theme=theme, **row)
            done["added"] += 1
    return done


def _rows(name: str) -> Iterator[dict[str, Any]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, strict=True)


def _texts(slug: str) -> dict[str, str]:
    """The text of a page in every language in which the program has one."""
    files = {code: DATA / code / f"{slug}.html" for code in LANGUAGES}
    return {
        in_language("text", code): clean_html(file.read_text(encoding="utf-8"))
        for code, file in files.items()
        if file.exists()
    }


def _update(record: Any, values: dict[str, Any], authorship: Authorship) -> str:
    is_draft = record is not None and record.state == State.DRAFT and record.first_published_at is None
    if not is_draft:
        return "kept"
    newer = {
        column: value
        for column, value in values.items()
        if getattr(record, column) != value and authorship.is_ours(record, column)
    }
    if newer:
        type(record)._default_manager.filter(pk=record.pk).update(**newer)
    return "updated" if newer else "kept"
