"""Places: institutions with a page, and regions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.api.parameters import SLUG, Parameter, Refused
from memorial.api.resources import Chosen, Keyed, Resource, chosen_by, number_of
from memorial.api.texts import texts_part
from prisoners.choices import InstitutionKind
from prisoners.models import Facility, Region
from prisoners.opendata import FACILITIES, REGIONS

REGION_CODE: Final = "^[a-z0-9-]{2,10}$"
_BY_IDENTIFIER: Final = gettext_lazy("By identifier.")


def _regions_of_facilities() -> list[str]:
    codes = Facility.objects.published().filter(region__isnull=False).order_by()
    return [code.lower() for code in codes.values_list("region__code", flat=True).distinct()]


_FILTERS: Final = (
    Parameter(
        "region",
        gettext_lazy("The region in which the institution lies, by its identifier."),
        {"type": "string", "pattern": REGION_CODE},
        many=True,
        values=_regions_of_facilities,
    ),
    Parameter(
        "kind",
        gettext_lazy("The kind of institution."),
        {"type": "string", "enum": list(InstitutionKind.values)},
        many=True,
    ),
)


def select_facilities(asked: QueryDict, _on: date) -> Chosen:
    """Institutions with a page: of these regions, of these kinds."""
    rows, said = Facility.objects.published(), []
    if codes := asked.getlist("region"):
        regions = list(Region.objects.filter(code__in=[code.upper() for code in codes]))
        if len(regions) != len(set(codes)):
            raise Refused("region")
        rows = rows.filter(region__in=regions)
        said += [", ".join(region.shown_name for region in regions)]
    if kinds := asked.getlist("kind"):
        rows = rows.filter(kind__in=kinds)
        said += [", ".join(str(InstitutionKind(kind).label) for kind in kinds)]
    return chosen_by(rows, "slug", lambda: "; ".join(said) or _("All institutions"))


def select_regions(_asked: QueryDict, _on: date) -> Chosen:
    """All regions: that one exists is no secret."""

    def part(after: str, most: int) -> list[Keyed]:
        rows = Region.objects.filter(code__gt=after.upper()) if after else Region.objects.all()
        pairs = rows.order_by("code").values_list("code", "pk")[:most]
        return [Keyed(code.lower(), number) for code, number in pairs]

    return Chosen(Region.objects.count, part, lambda: _("All regions"))


def _facilities(numbers: Sequence[int], _on: date) -> list[Facility]:
    return _in_order(numbers, Facility.objects.published().filter(pk__in=numbers).select_related("region"))


def _regions(numbers: Sequence[int], _on: date) -> list[Region]:
    return _in_order(numbers, Region.objects.filter(pk__in=numbers))


def _in_order(numbers: Sequence[int], rows: Any) -> list[Any]:
    found = {row.pk: row for row in rows}
    return [found[number] for number in numbers if number in found]


def _find_facility(slug: str) -> int | None:
    return number_of(Facility.objects.published(), slug=slug)


def _find_region(code: str) -> int | None:
    return number_of(Region.objects.all(), code=code.upper()) if code == code.lower() else None


def _slug(facility: Facility) -> str:
    return str(facility.slug)


def _path_code(region: Region) -> str:
    return str(region.path_code)


FACILITIES_RESOURCE: Final = Resource(
    table=FACILITIES,
    order=_BY_IDENTIFIER,
    argument="slug",
    key_pattern=SLUG,
    filters=_FILTERS,
    select=select_facilities,
    load=_facilities,
    find=_find_facility,
    key=_slug,
    moved_from="facilities/",
    parts=(texts_part(lambda row: row, "about", "rules"),),
)
REGIONS_RESOURCE: Final = Resource(
    table=REGIONS,
    order=_BY_IDENTIFIER,
    argument="region",
    key_pattern=REGION_CODE,
    filters=(),
    select=select_regions,
    load=_regions,
    find=_find_region,
    key=_path_code,
)
