"""Reads the rows of these lists: what is said besides by courts, days, themes, charges and penalties."""

from __future__ import annotations

from collections.abc import Mapping as Catalogue
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.models.court import validate_time_zone
from memorial.lists.fields import ARTICLE_FIELDS, COURT_FIELDS, IDENTITY
from prisoners.importers import cells
from prisoners.importers.errors import CellError, RowError
from prisoners.importers.fields import Field, Kind
from prisoners.importers.mapping import Target
from prisoners.importers.rows import ReadRow, RowReader, Value, drop_confidential_source


class ListReader(RowReader):
    """Reads rows by a mapping, as those of people are read."""

    row_type: ClassVar[Any] = ReadRow

    def applies(self, name: str, row: Any) -> bool:
        """Every constant may stand for every row."""
        return True

    def _read_kind(self, person: Any, known: Field, target: Target, text: str) -> Value | None:
        match known.kind:
            case Kind.DAY:
                return self._read_day(text)
            case Kind.ZONE:
                return _read_zone(text)
            case Kind.THEME:
                return _read_theme(text, self.words.vocabulary("themes"))
            case Kind.COURT | Kind.PENALTIES:
                return cells.read_line(text, known)
            case Kind.CHARGES:
                return cells.refuse_too_long(cells.read_long_text(text, known), known.longest)
        return super()._read_kind(person, known, target, text)

    def _read_day(self, text: str) -> str:
        day = cells.read_date(text, self.mapping.date_formats)
        if day.earliest is None or day.earliest != day.latest:
            raise CellError(_("A whole date is needed: day, month and year."))
        return day.earliest.isoformat()


class CourtReader(ListReader):
    """Reads rows of courts."""

    fields: ClassVar[Catalogue[str, Field]] = COURT_FIELDS

    def check(self, row: ReadRow) -> None:
        """A new court has a name."""
        drop_confidential_source(row)
        if not (row.own or row.text("slug") or row.text("name_ru") or row.text("name_en")):
            raise RowError("", _("The row has no name."))


class ArticleReader(ListReader):
    """Reads rows of articles: one for each edition."""

    fields: ClassVar[Catalogue[str, Field]] = ARTICLE_FIELDS

    def check(self, row: ReadRow) -> None:
        """An article is known by its code and number: neither is ever guessed."""
        if not row.own and not (row.text("code") and row.text("number")):
            raise RowError("", _("An article needs its code and its number."))

    @staticmethod
    def _must_be_read(known: Field) -> bool:
        return known.ties or known.name in IDENTITY


def _read_zone(text: str) -> str:
    try:
        validate_time_zone(text)
    except ValidationError as error:
        raise CellError(" ".join(error.messages)) from error
    return text


def _read_theme(text: str, meaning: Catalogue[str, str]) -> str:
    found = cells.read_several(text, meaning, _("themes"))
    if len(found) > 1:
        raise CellError(_("A case has one theme."))
    return found[0]
