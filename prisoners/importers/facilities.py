"""Makes the institutions and regions that the rows of a batch need and the database lacks."""

from collections.abc import Iterable

from memorial.base.names import romanise
from prisoners.importers.citing import citation, source_of_list
from prisoners.importers.mapping import Mapping
from prisoners.importers.places import Place
from prisoners.importers.rows import PersonRow
from prisoners.importers.words import country_names
from prisoners.importers.world import Memory, World
from prisoners.models import Citation, Facility, ImportKey, ImportSource, Region


def make_regions(codes: Iterable[str], world: Memory) -> None:
    """A country that is no region yet becomes one, under its names in both languages."""
    for code in sorted(set(codes) - world.regions.keys() - {""}):
        region = Region.objects.create(code=code, country=code, **country_names(code))
        world.regions.add(code, region.pk)


def make_places(
    rows: Iterable[PersonRow], mapping: Mapping, source: ImportSource, world: World
) -> list[Facility]:
    """Finds or makes the institution of every row; returns those that are new, as drafts."""
    wanted = {row.place.key: (row.place, row) for row in rows if row.place and row.place.key}
    untied = {key: pair for key, pair in wanted.items() if key not in world.tied_places}
    found = {key: facility for key, (place, _row) in untied.items() if (facility := world.find_place(place))}
    new = {key: _facility(*pair, world) for key, pair in untied.items() if key not in found}
    made = Facility.objects.bulk_create(new.values())
    found |= {key: facility.pk for key, facility in zip(new, made, strict=True)}
    ImportKey.objects.bulk_create(
        ImportKey(source=source, key=key, facility_id=facility) for key, facility in found.items()
    )
    for key, facility in found.items():
        world.add_place(key, facility, wanted[key][0].kind if key in new else "")
    if said := source_of_list(mapping):
        Citation.objects.bulk_create(citation(said, facility=facility) for facility in made)
    return made


def _facility(place: Place, row: PersonRow, world: World) -> Facility:
    region = place.region or row.text("stay_region")
    return Facility(
        slug=world.new_slug(world.facility_slugs, place.name_en or romanise(place.name_ru)),
        name_ru=place.name_ru,
        name_en=place.name_en,
        kind=place.kind,
        region_id=world.regions.get(region),
    )
