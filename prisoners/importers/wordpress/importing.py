"""The rows of a dump through the import of every other list: same planning, same writing, same rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from prisoners.importers.kinds import PEOPLE
from prisoners.importers.report import Entry, What
from prisoners.importers.rows import PersonRow, RowReader
from prisoners.importers.table import Row
from prisoners.importers.wordpress.people import DumpRow, PeopleOfDump
from prisoners.importers.writing import Batch, Outcome, Written
from prisoners.models import Facility


@dataclass
class DumpPerson(PersonRow):
    """A row that came out of posts."""

    listed: tuple[tuple[str, str], ...] = ()
    stays_draft: str = ""


class DumpReader(RowReader):
    """Reads rows of a dump; what `people` could not read joins what the cells could not."""

    row_type = DumpPerson

    def read(self, row: Row) -> DumpPerson:
        """One row. Raises `RowError` where there is no name."""
        person: DumpPerson = super().read(row)
        if isinstance(row, DumpRow):
            person.unread += row.unread
            person.listed, person.stays_draft = row.listed, row.stays_draft
            for column, text in row.leftovers:
                before = person.leftovers.get(column)
                person.leftovers[column] = f"{before}\n{text}" if before else text
        return person


class DumpBatch(Batch):
    """Writes rows of a dump: what the old site did not show is not published here either."""

    def write(self, rows: Sequence[PersonRow]) -> Outcome:
        """As every batch does; what was left out of texts is put on the list."""
        outcome = super().write(rows)
        outcome.entries += [
            Entry(What.LOOK, row.number, column, reason)
            for row in rows
            if isinstance(row, DumpPerson)
            for column, reason in row.listed
        ]
        return outcome

    def _publish(self, new: list[Written], places: list[Facility]) -> None:
        shown = []
        for written in new:
            why = written.row.stays_draft if isinstance(written.row, DumpPerson) else ""
            if why:
                self._list(What.DRAFT, written.row, why)
            else:
                shown.append(written)
        super()._publish(shown, places)


PEOPLE_OF_A_DUMP = replace(PEOPLE, reader=DumpReader, batch=DumpBatch)


@dataclass(frozen=True)
class DumpTable:
    """A dump as a table; `linking` keeps those rows alone that link to other people."""

    people: PeopleOfDump
    dump_digest: str
    linking: bool = False

    @property
    def digest(self) -> str:
        """Another pass is another run: one that was killed goes on by itself."""
        return sha256(b"links" + self.dump_digest.encode()).hexdigest() if self.linking else self.dump_digest

    def rows(self) -> Iterator[DumpRow]:
        """Every person, or those with links."""
        return (row for row in self.people.rows() if row.has_links or not self.linking)
