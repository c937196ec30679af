"""What an import leaves for staff: cells that were not read, columns without a place, people to compare."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext as _

from prisoners.importers.mapping import Source
from prisoners.importers.rows import PersonRow
from prisoners.models import Prisoner, StaffNote


@dataclass(frozen=True)
class Note:
    """One note. `matter` is what it is about, whatever row the file has it in now."""

    matter: str
    text: str
    is_done: bool = False

    @property
    def digest(self) -> str:
        """What is remembered of a note that was made, so that it is not made again."""
        return sha256(self.matter.encode()).hexdigest()[:16]

    def about(self, prisoner: Prisoner) -> StaffNote:
        """The note in the database's form, not yet written."""
        return StaffNote(prisoner=prisoner, text=self.text, done=self.is_done)


def notes_of(row: PersonRow, source: Source, similar: Iterable[int]) -> Iterator[Note]:
    """Every note that a row gives reason for."""
    for unread in row.unread:
        text = _("%(source)s, row %(row)s, “%(column)s” was not read: %(reason)s") % {
            "source": source.title,
            "row": row.number,
            "column": unread.column,
            "reason": unread.reason,
        }
        yield Note(f"unread\n{unread.column}\n{unread.text}", f"{text}\n{unread.text}")
    if row.leftovers:
        lines = "\n".join(f"{column}: {text}" for column, text in sorted(row.leftovers.items()))
        head = _("%(source)s says besides:") % {"source": source.title}
        # There is nothing to do about it, so it is no open note.
        yield Note(f"leftovers\n{lines}", f"{head}\n{lines}", is_done=True)
    for number in similar:
        yield Note(
            f"similar\n{number}",
            _("May be the same person as #%(number)s: merge the two, or publish both.") % {"number": number},
        )
