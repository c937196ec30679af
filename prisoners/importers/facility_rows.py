"""Reads rows of a list of institutions."""

from collections.abc import Mapping as Catalogue
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from prisoners.importers.errors import RowError
from prisoners.importers.facility_fields import FACILITY_FIELDS
from prisoners.importers.fields import Field
from prisoners.importers.places import PlaceReader, place_key
from prisoners.importers.rows import ReadRow, RowReader


class FacilityReader(RowReader):
    """Reads rows of institutions by a mapping."""

    fields: ClassVar[Catalogue[str, Field]] = FACILITY_FIELDS
    row_type: ClassVar[Any] = ReadRow

    def check(self, row: ReadRow) -> None:
        """A new institution has a name; its kind is guessed from it where the row does not say it."""
        names = [row.text("name_ru"), row.text("name_en")]
        if row.own:
            return
        if not any(place_key(name) for name in names):
            raise RowError("", _("The row has no name."))
        if "kind" not in row.values:
            guessed = PlaceReader(self.mapping.places).kind_of(next(name for name in names if name))
            row.values["kind"] = guessed

    def applies(self, name: str, row: ReadRow) -> bool:
        """Every constant may stand for every institution."""
        return True
