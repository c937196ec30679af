"""The long texts of a record's page, and the editions of an article: what only the answer for one record has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from cases.models import ArticleEdition
from cases.opendata import ArticleRow
from memorial.api.resources import Part
from memorial.base.localized import LANGUAGES, all_languages, current_language, in_language
from memorial.base.opendata.columns import Column, Kind, Table, code_or_none, in_each_language
from memorial.base.opendata.usual import date_text, text_columns
from memorial.base.rich_text import clean_html


@dataclass(frozen=True)
class LongText:
    """A text of a page in each language that it exists in, sanitised as on the page."""

    name: str
    by_language: dict[str, str]

    def html(self) -> str | None:
        """The text in the active language."""
        return code_or_none(self.by_language.get(current_language(), ""))


TEXTS: Final = Table(
    name="texts",
    title=_("Texts"),
    description=_(
        "The texts of the page, as HTML with paragraphs, emphasis, lists, quotations, headings and links alone."
    ),
    columns=(
        Column(
            "part", Kind.CODE, _("Part of the page"), _("Which text it is."), lambda row: row.name, "the page"
        ),
        *in_each_language(
            "html", Kind.TEXT, _("Text"), _("The text, sanitised."), lambda row: row.html(), source="the page"
        ),
    ),
    key=("part",),
)
EDITIONS: Final = Table(
    name="editions",
    title=_("Editions"),
    description=_("The wordings of the article from one day to another, the oldest first."),
    columns=(
        *text_columns("title", _("Title"), _("As in the law."), source="cases.ArticleEdition.title"),
        *text_columns(
            "short", _("In short"), _("What the article is called."), source="cases.ArticleEdition.short"
        ),
        Column(
            "contested",
            Kind.BOOLEAN,
            _("Contested label"),
            _("Whether the short name is a label that we do not share: pages put it in quotes."),
            lambda row: row.contested,
            "cases.ArticleEdition.contested",
        ),
        Column(
            "valid_from",
            Kind.DATE,
            _("In force from"),
            _("The first day, where it is known."),
            lambda row: date_text(row.valid_from),
            "cases.ArticleEdition.valid_from",
        ),
        Column(
            "valid_to",
            Kind.DATE,
            _("In force until"),
            _("The last day; none while it is in force."),
            lambda row: date_text(row.valid_to),
            "cases.ArticleEdition.valid_to",
        ),
        Column(
            "verified_on",
            Kind.DATE,
            _("Checked on"),
            _("When somebody compared it with the official text; none: nobody has."),
            lambda row: date_text(row.verified_on),
            "cases.ArticleEdition.verified_on",
        ),
    ),
)


def texts_part(record: Callable[[Any], Model], *fields: str) -> Part:
    """The part with these texts of a record; those that exist in no language are left out. One statement."""

    def rows(row: Any, _on: date) -> Iterator[LongText]:
        shown = record(row)
        columns = all_languages(*fields)
        found = type(shown)._default_manager.filter(pk=shown.pk).values(*columns).first() or {}
        for name in fields:
            texts = {code: clean_html(found.get(in_language(name, code)) or "") for code in LANGUAGES}
            if any(texts.values()):
                yield LongText(name, texts)

    return Part(TEXTS, rows)


def _editions(row: ArticleRow, _on: date) -> list[ArticleEdition]:
    return sorted(row.article.editions.all(), key=lambda edition: edition.valid_from or date.min)


EDITIONS_PART: Final = Part(EDITIONS, _editions)
