"""Writes rows of a list of institutions: new ones as drafts, known ones where staff left them as they were.

An institution that is here already under the same name is that institution; nothing of a withdrawn one is written.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from memorial.base.choices import State
from memorial.base.localized import LANGUAGES
from memorial.base.names import romanise
from prisoners.importers import publishing
from prisoners.importers.citing import citation, source_of
from prisoners.importers.exported import fingerprint
from prisoners.importers.facilities import make_regions
from prisoners.importers.facility_fields import FACILITY_FIELDS
from prisoners.importers.fields import Part
from prisoners.importers.known import plain_value
from prisoners.importers.mapping import Mapping
from prisoners.importers.places import place_key
from prisoners.importers.planning import current_value, set_value, text_now, value_text
from prisoners.importers.report import Entry, What
from prisoners.importers.rows import ReadRow
from prisoners.importers.world import World
from prisoners.importers.writing import Outcome
from prisoners.models import Citation, Facility, FacilityPrivate, ImportKey, ImportSource


@dataclass
class Planned:
    """One row and its institution; `key` remembers what was imported last."""

    row: ReadRow
    facility: Facility
    key: ImportKey
    is_new: bool = False
    columns: set[str] = field(default_factory=set)


class FacilityBatch:
    """The rows of one transaction."""

    def __init__(self, mapping: Mapping, source: ImportSource, world: World, *, publish: bool) -> None:
        self.mapping = mapping
        self.source = source
        self.world = world
        self.publish = publish
        self.outcome = Outcome()

    def write(self, rows: list[ReadRow]) -> Outcome:
        """Writes the rows. What must not be written is listed; what the database refuses raises."""
        make_regions((row.text("region") for row in rows), self.world)
        known = self._known(rows)
        planned = [one for row in rows if (one := self._planned(row, known))]
        new = [one for one in planned if one.is_new]
        Facility.objects.bulk_create([one.facility for one in new])
        for one in new:
            one.key.facility = one.facility
        self._update([one for one in planned if one.columns])
        self._cite(new)
        self._remember(planned)
        self._leave_notes(planned)
        if self.publish:
            publishing.publish_places([one.facility for one in new])
        self.outcome.people["new"] += len(new)
        return self.outcome

    # --- who is who ---------------------------------------------------------------------------

    def _known(self, rows: list[ReadRow]) -> dict[str, tuple[Facility, ImportKey]]:
        """The institutions of the rows, locked: by our number, by the source's key, by their name."""
        keys = ImportKey.objects.filter(
            source=self.source, key__in=[row.key for row in rows], facility__isnull=False
        )
        tied = {key.key: key for key in keys}
        numbers = {row.key: number for row in rows if (number := self._number(row, tied))}
        places = Facility.objects.select_for_update(of=("self",)).in_bulk(list(set(numbers.values())))
        return {
            key: (
                places[number],
                tied.get(key) or ImportKey(source=self.source, key=key, facility=places[number]),
            )
            for key, number in numbers.items()
            if number in places
        }

    def _number(self, row: ReadRow, tied: dict[str, ImportKey]) -> int | None:
        if row.own:
            return row.own
        if row.key in tied:
            return tied[row.key].facility_id
        names = (place_key(row.text(f"name_{code}")) for code in LANGUAGES)
        return next((self.world.places[name] for name in names if name and name in self.world.places), None)

    def _planned(self, row: ReadRow, known: dict[str, tuple[Facility, ImportKey]]) -> Planned | None:
        self._list_unread(row)
        if row.key in known:
            return self._compared(row, *known[row.key])
        if row.own or row.key in self.world.deleted_places:
            self._is_gone(row)
            return None
        facility = Facility(slug=self.world.new_slug(self.world.facility_slugs, self._slug_words(row)))
        for name, value in self._values(row):
            set_value(facility, FACILITY_FIELDS[name], value, self.world)
            self._differs(row, name, "", value, What.NEW)
        key = ImportKey(source=self.source, key=row.key, imported={"values": dict(self._values(row))})
        self.outcome.has_written = True
        return Planned(row, facility, key, is_new=True)

    def _is_gone(self, row: ReadRow) -> None:
        if row.own:
            self._list(What.REJECTED, row, "id", _("No institution here has this number: it was deleted."))
        else:
            self._list(What.KEPT, row, "", _("Staff deleted this institution: it is not made again."))
            self.outcome.people["unchanged"] += 1

    @staticmethod
    def _slug_words(row: ReadRow) -> str:
        return row.text("name_en") or romanise(row.text("name_ru"))

    @staticmethod
    def _values(row: ReadRow) -> Iterator[tuple[str, Any]]:
        return (
            (name, value) for name, value in row.values.items() if FACILITY_FIELDS[name].part is Part.FACILITY
        )

    # --- what changes ---------------------------------------------------------------------------

    def _compared(self, row: ReadRow, facility: Facility, key: ImportKey) -> Planned | None:
        if facility.state == State.WITHDRAWN:
            if row.values or not row.own:
                self._list(What.KEPT, row, "", _("Withdrawn: nothing of it is written."))
            self.outcome.people["unchanged"] += 1
            return None
        self.outcome.known[row.number] = facility.pk, str(facility)
        planned = Planned(row, facility, key)
        values = dict(key.imported.get("values", {}))
        values |= {name: value for name, value in self._values(row) if self._compare(planned, name, value)}
        if not row.own:
            key.imported = {**key.imported, "values": values}
        self.outcome.people["updated" if planned.columns else "unchanged"] += 1
        return planned

    def _compare(self, planned: Planned, name: str, value: Any) -> bool:
        """Sets one field where it may be set; whether the database has the file's word then."""
        one, facility, row = FACILITY_FIELDS[name], planned.facility, planned.row
        current = current_value(facility, one, self.world, ("", ""))
        if current == plain_value(value):
            return True
        if name == "kind" and name not in row.columns:
            return False  # only guessed from the name
        if not self._is_untouched(planned, name, current):
            self._list(What.KEPT, row, name, self._why_kept(row))
            return False
        self._differs(row, name, text_now(facility, one, self.world), value, What.CHANGED)
        set_value(facility, one, value, self.world)
        planned.columns.add(one.attribute)
        return True

    def _is_untouched(self, planned: Planned, name: str, current: Any) -> bool:
        row = planned.row
        if not row.own:
            last = planned.key.imported.get("values", {}).get(name, "")
            return bool(current == plain_value(last))
        if row.exported is None:
            return current == ""
        now = text_now(planned.facility, FACILITY_FIELDS[name], self.world)
        return fingerprint(now) == row.exported.get(name, "")

    @staticmethod
    def _why_kept(row: ReadRow) -> str:
        if not row.own:
            return _("Staff changed this since the last import; theirs stays.")
        if row.exported is None:
            return _("Without the column as_exported nothing that stands here is overwritten.")
        return _("Changed here since the table was taken out; what stands here stays.")

    # --- writing --------------------------------------------------------------------------------

    def _update(self, changed: list[Planned]) -> None:
        columns = {column for one in changed for column in one.columns}
        if changed:
            Facility.objects.bulk_update([one.facility for one in changed], sorted(columns))
            self.outcome.has_written = True

    def _cite(self, new: list[Planned]) -> None:
        Citation.objects.bulk_create(
            citation(said, facility=one.facility) for one in new if (said := source_of(one.row, self.mapping))
        )

    def _remember(self, planned: list[Planned]) -> None:
        fresh = [one.key for one in planned if one.key._state.adding and not one.row.own]
        ImportKey.objects.bulk_create(fresh)
        known = [one.key for one in planned if not one.row.own and one.key not in fresh]
        stored = dict(
            ImportKey.objects.filter(pk__in=[key.pk for key in known]).values_list("pk", "imported")
        )
        changed = [key for key in known if stored.get(key.pk) != key.imported]
        ImportKey.objects.bulk_update(changed, ["imported"])
        self.outcome.has_written = self.outcome.has_written or bool(fresh or changed)
        for one in planned:
            for code in LANGUAGES:
                if name := place_key(getattr(one.facility, f"name_{code}") or ""):
                    self.world.places.add(name, one.facility.pk)

    def _leave_notes(self, planned: Iterable[Planned]) -> None:
        """What could not be read, and what no column is for, in the institution's confidential note; once."""
        wanted = {one.facility.pk: text for one in planned if (text := self._note(one.row))}
        notes = {note.facility_id: note for note in FacilityPrivate.objects.filter(facility__in=wanted)}
        for number, text in wanted.items():
            note = notes.get(number) or FacilityPrivate(facility_id=number)
            if text not in note.staff_note:
                note.staff_note = f"{note.staff_note}\n{text}".strip()
                note.save()
                self.outcome.has_written = True

    def _note(self, row: ReadRow) -> str:
        lines = [f"{one.column}: {one.text}" for one in row.unread if one.text]
        lines += [f"{column}: {text}" for column, text in sorted(row.leftovers.items())]
        head = _("%(source)s says besides:") % {"source": self.mapping.source.title}
        return "\n".join([head, *lines]) if lines else ""

    # --- the list -------------------------------------------------------------------------------

    def _list_unread(self, row: ReadRow) -> None:
        for unread in row.unread:
            self.outcome.entries.append(Entry(What.UNREAD, row.number, unread.column, unread.reason))

    def _list(self, what: What, row: ReadRow, name: str, reason: str) -> None:
        self.outcome.entries.append(Entry(what, row.number, row.columns.get(name, name), reason))

    def _differs(self, row: ReadRow, name: str, before: str, value: Any, what: What) -> None:
        column, after = row.columns.get(name, name), value_text(value, FACILITY_FIELDS[name], row)
        self.outcome.differences.append(Entry(what, row.number, column, "", before=before, after=after))
