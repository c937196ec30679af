"""What a row changes of a person who is here already. Staff's edits win, and nothing hidden returns.

For each field three values are compared: what the file says now, what was imported last, what
stands in the database. Only where the last two are equal is the first one written.
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from memorial.base.localized import all_languages
from memorial.base.names import name_skeleton
from memorial.base.partial_date import PartialDate
from prisoners.importers.errors import RowError
from prisoners.importers.exported import cell_text, fingerprint, joined, place_text
from prisoners.importers.fields import FIELDS, Field, Kind, Part
from prisoners.importers.known import NAME_COLUMNS, NOT_BY_INITIALS, Known, plain_value
from prisoners.importers.report import Entry, What
from prisoners.importers.rows import PersonRow
from prisoners.importers.world import World


@dataclass
class Changes:
    """What is to be written of one person, and what is listed instead."""

    values: dict[str, Any]
    columns: dict[Part, set[str]] = field(default_factory=dict)
    missing: dict[Part, dict[str, Any]] = field(default_factory=dict)
    links: dict[str, list[str]] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    differences: list[Entry] = field(default_factory=list)


def plan(row: PersonRow, known: Known, world: World) -> Changes:
    """Compares a row with a person and sets what changes on the loaded records.

    Raises `RowError` where the key evidently belongs to somebody else.
    """
    return _Plan(row, known, world).changes


class _Plan:
    """The comparison of one row with one person."""

    def __init__(self, row: PersonRow, known: Known, world: World) -> None:
        self.row = row
        self.known = known
        self.world = world
        self.changes = Changes(values=dict(known.imported))
        if known.is_left_alone:
            if row.values or not row.own:
                self.keep("", _("Withdrawn: nothing of it is written."))
            return
        if not row.own:
            _refuse_somebody_else(row, known)
        self.compare()

    def keep(self, name: str, reason: str) -> None:
        """Lists a value that is not written."""
        self.changes.entries.append(
            Entry(What.KEPT, self.row.number, self.row.columns.get(name, name), reason)
        )

    def differs(self, name: str, before: str, after: str) -> None:
        """Lists a value that is written."""
        column = self.row.columns.get(name, name)
        self.changes.differences.append(
            Entry(What.CHANGED, self.row.number, column, "", before=before, after=after)
        )

    def compare(self) -> None:
        """Every field that the row has, and those that it had once."""
        skipped = NOT_BY_INITIALS if self.known.prisoner.initials_only else frozenset()
        if skipped & self.row.values.keys():
            self.keep("", _("Shown by initials: names, birth date and texts stay as they are."))
        for name, value in self.row.values.items():
            if name not in skipped:
                self.compare_field(FIELDS[name], value)
        for name in sorted(self.known.imported.keys() - self.row.values.keys() - skipped):
            if not self.row.unread:
                self.keep(name, _("The file does not say this any more; it stays."))

    def compare_field(self, one: Field, value: Any) -> None:
        """One field, by what it is."""
        if one.part is Part.LINKS:
            self.compare_links(one.name, value)
        elif one.part is Part.SOURCE:
            return
        elif reason := self.hidden(one) or self.secret(one, value):
            self.keep(one.name, reason)
        elif self.known.record(one.part) is None:
            self.fill_missing(one, value)
        else:
            self.compare_value(one, value)

    def hidden(self, one: Field) -> str:
        """Why a value must not come back, if so."""
        if one.name == "born" and self.known.born_is_confidential:
            return _("The birth date is hidden: it stays so.")
        if one.part is Part.STAY and self.known.place_is_hidden and one.kind in (Kind.PLACE, Kind.REGION):
            return _("The place is hidden: it stays so.")
        return ""

    def secret(self, one: Field, value: Any) -> str:
        """Why readers may never see the place, if so."""
        if one.kind is Kind.PLACE and self.world.places.get(value) in self.world.concealed_places:
            return _("Places of this kind are not shown to readers: enter it by hand.")
        return ""

    def fill_missing(self, one: Field, value: Any) -> None:
        """The record is not there: never made, then it is made now; or deleted by staff, then it stays so."""
        if self.known.key.imported.get(one.part.value):
            self.keep(one.name, _("Staff deleted this record: it is not made again."))
            return
        self.changes.missing.setdefault(one.part, {})[one.name] = value
        self.changes.values[one.name] = value
        self.differs(one.name, "", value_text(value, one, self.row))

    def compare_value(self, one: Field, value: Any) -> None:
        """What the file says, what was imported last, what stands there now."""
        record = self.known.record(one.part)
        last = plain_value(self.known.imported.get(one.name, ""))
        current = current_value(record, one, self.world, (str(value), str(last)))
        if current == plain_value(value):
            self.changes.values[one.name] = value
        elif self.is_untouched(record, one, current, last):
            before = text_now(record, one, self.world)
            self.differs(one.name, before, value_text(value, one, self.row))
            set_value(record, one, value, self.world)
            self.changes.columns.setdefault(one.part, set()).add(one.attribute)
            self.changes.values[one.name] = value
        else:
            self.keep(one.name, self.why_kept())

    def is_untouched(self, record: Any, one: Field, current: Any, last: Any) -> bool:
        """Whether staff left a value as the last import, or the export, had it."""
        if not self.row.own:
            return bool(current == last)
        if self.row.exported is None:
            return current == ""
        return fingerprint(text_now(record, one, self.world)) == self.row.exported.get(one.name, "")

    def why_kept(self) -> str:
        """Why the word that stands here is not overwritten."""
        if not self.row.own:
            return _("Staff changed this since the last import; theirs stays.")
        if self.row.exported is None:
            return _("Without the column as_exported nothing that stands here is overwritten.")
        return _("Changed here since the table was taken out; what stands here stays.")

    def compare_links(self, name: str, value: list[str]) -> None:
        """Adds what is new in the file. What staff took out does not return; nothing is taken out."""
        if self.row.own and not self.may_add_links(name, value):
            return
        last = set(self.known.imported.get(name, []))
        if new := [code for code in value if code not in last and code not in self.known.links[name]]:
            self.changes.links[name] = new
            self.differs(name, joined(self.known.links[name]), joined({*self.known.links[name], *new}))
        if set(value) - last:
            self.changes.values[name] = sorted(last | set(value))

    def may_add_links(self, name: str, value: list[str]) -> bool:
        """Whether the list is as the exported table had it; what was taken out of the cell is told."""
        now = self.known.links[name]
        exported = self.row.exported
        if exported is not None and fingerprint(joined(now)) != exported.get(name, ""):
            self.keep(name, self.why_kept())
            return False
        if now - set(value):
            self.keep(name, _("Nothing is taken out of a list by an import: do it on the page."))
        return True


def text_now(record: Any, one: Field, world: World) -> str:
    """What stands in a field, as an exported table would say it; without asking the database."""
    if one.kind is Kind.REGION:
        return world.region_code(getattr(record, f"{one.attribute}_id"))
    if one.kind is Kind.PLACE:
        return world.place_name(record.facility_id)
    return cell_text(record, one)


def value_text(value: Any, one: Field, row: Any) -> str:
    """What a row wants to write, in words."""
    if one.kind is Kind.PLACE:
        return place_text(row.place)
    if isinstance(value, list):
        return joined(value)
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def current_value(record: Any, one: Field, world: World, keys: tuple[str, str]) -> Any:
    """What stands in the database, as values are compared; `keys` are those a place may have."""
    if one.kind is Kind.REGION:
        return world.region_code(getattr(record, f"{one.attribute}_id"))
    if one.kind is not Kind.PLACE:
        return plain_value(getattr(record, one.attribute))
    if record.facility_id is None:
        return ""
    same = (key for key in keys if key and world.places.get(key) == record.facility_id)
    return next(same, f"#{record.facility_id}")


def set_value(record: Any, one: Field, value: Any, world: World) -> None:
    """Sets one field on a record."""
    if one.kind is Kind.REGION:
        setattr(record, f"{one.attribute}_id", world.regions[value])
    elif one.kind is Kind.PLACE:
        record.facility_id = world.places.get(value)
    elif one.kind in (Kind.DATE, Kind.PAST_DATE):
        setattr(record, one.attribute, PartialDate.from_text(value))
    else:
        setattr(record, one.attribute, value)


def _refuse_somebody_else(row: PersonRow, known: Known) -> None:
    """A source that numbers its rows anew would give one person's facts to another."""
    if known.prisoner.initials_only:
        return
    new = _name_words(row.values)
    old = _name_words(known.imported) | _name_words(
        {name: getattr(known.prisoner, name) for name in NAME_COLUMNS}
    )
    if new and old and not new & old:
        raise RowError(
            "",
            _("This key was imported as somebody with quite another name: has the list been numbered anew?"),
        )


def _name_words(values: dict[str, Any]) -> set[str]:
    columns = all_languages("surname", "given_names", "described_as")
    return {word for column in columns for word in name_skeleton(str(values.get(column) or "")).split()}
