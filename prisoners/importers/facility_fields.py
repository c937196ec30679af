"""Everything a column of a list of institutions may be.

Not here, on purpose: the day on which an address was checked. Somebody of the staff has checked it, or nobody has.
"""

from prisoners.choices import InstitutionKind
from prisoners.importers.fields import ROW_FIELDS, SOURCE_FIELDS, Field, Kind, Part, longest
from prisoners.models import Facility

_LINES = ("official_name_ru", "city", "street", "postal_index", "e_letters")


def _line(name: str) -> Field:
    return Field(name, Part.FACILITY, Kind.TEXT, name, longest=longest(Facility, name))


def _rich(name: str) -> Field:
    return Field(name, Part.FACILITY, Kind.RICH_TEXT, name)


FACILITY_FIELDS = {
    field.name: field
    for field in (
        *ROW_FIELDS,
        _line("name_ru"),
        _line("name_en"),
        Field("kind", Part.FACILITY, Kind.CHOICE, "kind", InstitutionKind),
        Field("region", Part.FACILITY, Kind.REGION, "region"),
        *(_line(name) for name in _LINES),
        Field("e_letters_url", Part.FACILITY, Kind.LINK, "e_letters_url", longest=200),
        Field("accepts_letters", Part.FACILITY, Kind.CHOICE, "accepts_letters", Facility.Letters),
        Field("in_occupied_territory", Part.FACILITY, Kind.FLAG, "in_occupied_territory"),
        _rich("rules_ru"),
        _rich("rules_en"),
        _rich("about_ru"),
        _rich("about_en"),
        *SOURCE_FIELDS,
    )
}
