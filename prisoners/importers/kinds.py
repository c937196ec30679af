"""The kinds of table that this app has: people and institutions."""

from django.utils.translation import gettext_lazy as _

from memorial.base.table_kinds import TableKind, register
from prisoners.importers.exporting import exported_facilities, exported_people
from prisoners.importers.facility_fields import FACILITY_FIELDS
from prisoners.importers.facility_rows import FacilityReader
from prisoners.importers.facility_writing import FacilityBatch
from prisoners.importers.fields import FIELDS
from prisoners.importers.rows import RowReader
from prisoners.importers.world import World
from prisoners.importers.writing import Batch

PEOPLE = TableKind(
    code="people",
    label=_("People"),
    model="prisoners.prisoner",
    fields=FIELDS,
    world=World,
    reader=RowReader,
    batch=Batch,
    exported=exported_people,
    has_photos=True,
)
FACILITIES = TableKind(
    code="facilities",
    label=_("Institutions"),
    model="prisoners.facility",
    fields=FACILITY_FIELDS,
    world=World,
    reader=FacilityReader,
    batch=FacilityBatch,
    exported=exported_facilities,
)
register(PEOPLE, FACILITIES)
