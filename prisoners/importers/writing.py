"""Writes one batch of rows, in a fixed number of statements, inside the caller's transaction."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from memorial.base.localized import LANGUAGES
from prisoners.choices import StayPublic
from prisoners.importers import facilities, publishing
from prisoners.importers.citing import as_columns, citation, source_of
from prisoners.importers.errors import RowError
from prisoners.importers.fields import FIELDS, Part
from prisoners.importers.known import Known, load_known
from prisoners.importers.links import write_links
from prisoners.importers.mapping import Mapping
from prisoners.importers.notes import notes_of
from prisoners.importers.own_rows import load_own
from prisoners.importers.planning import Changes, plan, set_value, value_text
from prisoners.importers.report import Entry, What
from prisoners.importers.rows import PersonRow
from prisoners.importers.world import World
from prisoners.models import (
    Citation,
    Custody,
    Facility,
    ImportKey,
    ImportSource,
    Prisoner,
    StaffNote,
    Stay,
    StayPrivate,
)

MODELS: dict[Part, type[models.Model]] = {Part.PERSON: Prisoner, Part.CUSTODY: Custody, Part.STAY: Stay}
_OF_A_MINOR = re.compile(
    r"\b(?:was|is|being|still|as) (?:a )?minor\b|несовершеннолетн|underage", re.IGNORECASE
)


@dataclass
class Outcome:
    """What a batch did."""

    entries: list[Entry] = field(default_factory=list)
    differences: list[Entry] = field(default_factory=list)
    known: dict[int, tuple[int, str]] = field(default_factory=dict)
    """Of rows whose record is here already: its number, and what it is called."""
    people: Counter[str] = field(default_factory=Counter)
    places: set[str] = field(default_factory=set)
    has_written: bool = False

    def join(self, other: "Outcome") -> None:
        """Adds what another part of the batch did."""
        self.entries += other.entries
        self.differences += other.differences
        self.known |= other.known
        self.people += other.people
        self.places |= other.places
        self.has_written = self.has_written or other.has_written


@dataclass
class Written:
    """One row on its way into the database: its person, new records, and what is remembered of it."""

    row: PersonRow
    prisoner: Prisoner
    imported: dict[str, Any]
    known: Known | None = None
    changes: Changes | None = None
    made: dict[Part, models.Model] = field(default_factory=dict)
    concealed_place: int | None = None
    similar: list[int] = field(default_factory=list)
    links: dict[str, list[str]] = field(default_factory=dict)
    notes: list[StaffNote] = field(default_factory=list)

    @property
    def is_left_alone(self) -> bool:
        """Nothing at all is written."""
        return self.known is not None and self.known.is_left_alone


class Batch:
    """The rows of one transaction."""

    def __init__(self, mapping: Mapping, source: ImportSource, world: World, *, publish: bool) -> None:
        self.mapping = mapping
        self.source = source
        self.world = world
        self.publish = publish
        self.outcome = Outcome()

    def write(self, rows: Sequence[PersonRow]) -> Outcome:
        """Writes the rows. What must not be written is listed; what the database refuses raises."""
        known = load_known(self.source, [row.key for row in rows if not row.own])
        known |= load_own(self.source, rows)
        rows = [row for row in rows if not (self._was_deleted(row, known) or self._is_nobody(row, known))]
        places = self._make_places(rows, known)
        new = [self._new(row) for row in rows if row.key not in known]
        planned = (self._planned(row, known[row.key]) for row in rows if row.key in known)
        old = [written for written in planned if written]
        both = [*new, *old]
        Prisoner.objects.bulk_create([written.prisoner for written in new])
        self._write_parts(both)
        write_links([(written.prisoner, written.links) for written in both])
        self._update(old)
        self._note([written for written in both if not written.is_left_alone])
        self._remember(new, old)
        if self.publish:
            self._publish(new, places)
        return self.outcome

    # --- before writing ---------------------------------------------------------------------

    def _was_deleted(self, row: PersonRow, known: dict[str, Known]) -> bool:
        if row.key in known or row.key not in self.world.deleted_keys:
            return False
        self._list(What.KEPT, row, _("Staff deleted this person: nobody is brought back."))
        self.outcome.people["unchanged"] += 1
        return True

    def _is_nobody(self, row: PersonRow, known: dict[str, Known]) -> bool:
        if not row.own or row.key in known:
            return False
        reason = _(
            "Nobody here has this number: deleted, or merged with another page. Nobody is brought back."
        )
        self._list(What.REJECTED, row, reason, "id")
        return True

    def _make_places(self, rows: list[PersonRow], known: dict[str, Known]) -> list[Facility]:
        """Institutions of the rows; none for people whose place is not shown."""
        shown = [row for row in rows if not _place_stays_away(known.get(row.key))]
        codes = {row.text(name) for row in rows for name in ("region", "stay_region")}
        facilities.make_regions(codes | {row.place.region for row in shown if row.place}, self.world)
        made = facilities.make_places(shown, self.mapping, self.source, self.world)
        self.outcome.places |= {facility.slug for facility in made}
        self.outcome.has_written = self.outcome.has_written or bool(made)
        return made

    def _new(self, row: PersonRow) -> Written:
        prisoner = Prisoner(slug=self._slug(row))
        self._fill(prisoner, Part.PERSON, row.values)
        values = {name: value for name, value in row.values.items() if FIELDS[name].part is not Part.SOURCE}
        self.outcome.differences += [
            Entry(
                What.NEW,
                row.number,
                row.columns.get(name, name),
                "",
                after=value_text(value, FIELDS[name], row),
            )
            for name, value in row.values.items()
        ]
        written = Written(row, prisoner, {"values": values}, similar=self.world.similar_to(row))
        written.links = {
            name: list(value)
            for name, value in row.values.items()
            if FIELDS[name].part is Part.LINKS and isinstance(value, list)
        }
        for part in (Part.CUSTODY, Part.STAY):
            self._make(written, part, row.values)
        if any(_OF_A_MINOR.search(row.text(name)) for name in row.values if FIELDS[name].is_text):
            self._list(
                What.LOOK, row, _("The text speaks of a minor: under 18 at arrest means initials only.")
            )
        return written

    def _slug(self, row: PersonRow) -> str:
        """From the English name where there is one: it is how the source spells it."""
        language = next((code for code in reversed(LANGUAGES) if any(row.name_in(code))), "en")
        surname, given, patronymic = row.name_in(language)
        described = row.text("described_as_en") or row.text("described_as_ru")
        return self.world.new_slug(self.world.slugs, surname or described, given or patronymic)

    def _planned(self, row: PersonRow, known: Known) -> Written | None:
        try:
            changes = plan(row, known, self.world)
        except RowError as error:
            self.outcome.entries.append(Entry(What.REJECTED, row.number, error.column, error.reason))
            return None
        self.outcome.entries += changes.entries
        self.outcome.differences += changes.differences
        self.outcome.known[row.number] = known.prisoner.pk, str(known.prisoner)
        imported = {**known.key.imported, "values": changes.values}
        written = Written(row, known.prisoner, imported, known, changes, links=changes.links)
        for part, values in changes.missing.items():
            self._make(written, part, values)
        return written

    def _make(self, written: Written, part: Part, values: dict[str, Any]) -> None:
        """A custody or a stay, if the values have something for it."""
        if not any(FIELDS[name].part is part for name in values):
            return
        record = MODELS[part](prisoner=written.prisoner)
        self._fill(record, part, values)
        if isinstance(record, Stay) and record.facility_id in self.world.concealed_places:
            # Secret places are never shown (domain, rule 8): only the region is.
            written.concealed_place, record.facility_id = record.facility_id, None
            record.public = StayPublic.REGION_ONLY
        written.made[part] = record

    def _fill(self, record: models.Model, part: Part, values: dict[str, Any]) -> None:
        for name, value in values.items():
            if FIELDS[name].part is part and FIELDS[name].attribute:
                set_value(record, FIELDS[name], value, self.world)

    # --- writing ----------------------------------------------------------------------------

    def _write_parts(self, both: list[Written]) -> None:
        """Custodies, stays and sources, once the people have numbers."""
        for part in (Part.CUSTODY, Part.STAY):
            records = [written.made[part] for written in both if part in written.made]
            MODELS[part]._default_manager.bulk_create(records)
        StayPrivate.objects.bulk_create(
            StayPrivate(stay_id=written.made[Part.STAY].pk, facility_id=written.concealed_place)
            for written in both
            if written.concealed_place
        )
        for written in both:
            written.imported |= {part.value: record.pk for part, record in written.made.items()}
        self._cite([written for written in both if not written.known])

    def _cite(self, new: list[Written]) -> None:
        """One source of the person as a whole: it covers every fact of the row."""
        said = {id(written): source_of(written.row, self.mapping) for written in new}
        cited = [written for written in new if said[id(written)]]
        made = Citation.objects.bulk_create(
            citation(said[id(written)] or {}, prisoner=written.prisoner) for written in cited
        )
        for written, one in zip(cited, made, strict=True):
            written.imported |= {"citation": one.pk, "source": said[id(written)]}

    def _update(self, old: list[Written]) -> None:
        for part, model in MODELS.items():
            records: list[models.Model] = []
            columns: set[str] = set()
            for written in old:
                record = written.known.record(part) if written.known else None
                if record and written.changes and written.changes.columns.get(part):
                    records.append(record)
                    columns |= written.changes.columns[part]
            if records:
                model._default_manager.bulk_update(records, sorted(columns))
        for written in old:
            self._update_source(written)

    def _update_source(self, written: Written) -> None:
        """Where the source calls itself otherwise now, its citation follows, unless staff changed it."""
        said, last = source_of(written.row, self.mapping), written.imported.get("source")
        if not said or not last or said == last or written.prisoner.initials_only or written.is_left_alone:
            return
        published = as_columns(last).pop("published_on")
        as_before = {name: value for name, value in last.items() if name != "published_on"}
        ours = Citation.objects.filter(
            pk=written.imported["citation"], prisoner=written.prisoner, published_on=published, **as_before
        )
        ours.update(**as_columns(said))
        written.imported["source"] = said

    def _note(self, written_rows: Iterable[Written]) -> None:
        """What was not read, for staff; a note that was made before is not made again."""
        notes: list[StaffNote] = []
        for written in written_rows:
            for unread in written.row.unread:
                self._list(What.UNREAD, written.row, unread.reason, unread.column)
            before = written.imported.get("notes", [])
            fresh = [
                note
                for note in notes_of(written.row, self.mapping.source, written.similar)
                if note.digest not in before
            ]
            if fresh:
                written.imported["notes"] = [*before, *(note.digest for note in fresh)]
                written.notes = [note.about(written.prisoner) for note in fresh]
                notes += written.notes
        StaffNote.objects.bulk_create(notes)

    def _remember(self, new: list[Written], old: list[Written]) -> None:
        """Keys of new people; of others only where something changed."""
        ImportKey.objects.bulk_create(
            ImportKey(source=self.source, key=one.row.key, prisoner=one.prisoner, imported=one.imported)
            for one in new
        )
        self.outcome.people["new"] += len(new)
        self.outcome.has_written = self.outcome.has_written or bool(new)
        for written in old:
            if written.known and not written.is_left_alone:
                self._remember_update(written, written.known.key)
            else:
                self.outcome.people["unchanged"] += 1

    def _remember_update(self, written: Written, key: ImportKey) -> None:
        imported = written.imported
        if written.known and written.known.is_own:
            # Of our own export only the notes are remembered: what stands here is compared with the table itself.
            imported = {**key.imported, **({"notes": imported["notes"]} if written.notes else {})}
        if key.imported != imported:
            key.imported = imported
            key.save()
            self.outcome.has_written = True
        changed = written.changes and (written.changes.columns or written.links)
        touched = bool(changed or written.made or written.notes)
        self.outcome.has_written = self.outcome.has_written or touched
        self.outcome.people["updated" if touched else "unchanged"] += 1

    # --- publishing -------------------------------------------------------------------------

    def _publish(self, new: list[Written], places: list[Facility]) -> None:
        publishing.publish_places(places)
        for written in new:
            if written.similar:
                self._list(What.DRAFT, written.row, _same_as(written.similar))
        rows = {one.prisoner.pk: one.row for one in new if not one.similar}
        refused = publishing.publish_people(rows)
        self.outcome.people["published"] += len(rows) - len(refused)
        for number, obstacles in refused.items():
            for obstacle in obstacles:
                self._list(What.DRAFT, rows[number], obstacle)

    def _list(self, what: What, row: PersonRow, reason: str, column: str = "") -> None:
        self.outcome.entries.append(Entry(what, row.number, column, reason))


def _place_stays_away(known: Known | None) -> bool:
    return known is not None and (known.is_left_alone or known.place_is_hidden)


def _same_as(numbers: list[int]) -> str:
    found = ", ".join(f"#{number}" for number in numbers)
    return _("May be the same person as %(found)s: merge the two, or publish both.") % {"found": found}
