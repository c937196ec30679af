"""What a kept version must lose: rows of whom readers may see less of today, and what hangs on them.

It is found by comparing what the version tells with what is public now, never by a list of who was
hidden: there is no such list. Whoever is affected, with their cases and the others in these, is
replaced by today's rows, or left out where there are none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from memorial.base.localized import all_languages
from memorial.base.opendata.columns import SEPARATOR, Kind, Table
from memorial.package.archive import Line

Lines = Callable[[str], Iterable[Line]]
"""The lines of a table by its name; each call reads them anew."""

_TOLD_OF_PEOPLE: Final = (
    *all_languages("name", "surname", "given_names", "patronymic"),
    *("other_names", "identifiers", "communities", "born"),
)
_TOLD_OF_STAYS: Final = (*all_languages("place"), "facility")
_TOLD_OF_CASES: Final = tuple(all_languages("title", "summary"))
_SEVERAL: Final = frozenset({"other_names", "identifiers", "communities"})


@dataclass
class Affected:
    """Records by table that a version may not show as it does."""

    ids: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    brought: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Records that rows of today lead to and that the version does not have: a court published since."""

    def __bool__(self) -> bool:
        return any(self.ids.values())

    def touches(self, table: Table, line: Line) -> bool:
        """Whether a line is of an affected record, or names one."""
        if len(table.key) == 1 and line[table.key[0]] in self.ids.get(table.name, ()):
            return True
        return any(
            not self.ids[link.table].isdisjoint(_values(table, line, link.column))
            for link in table.links
            if link.table in self.ids and link.its_column in ("id", "code")
        )

    def is_told_anew(self, table: Table, line: Line) -> bool:
        """Whether a line of today belongs into the version."""
        is_brought = len(table.key) == 1 and line[table.key[0]] in self.brought[table.name]
        return is_brought or self.touches(table, line)


def affected(tables: Sequence[Table], kept: Lines, today: Lines) -> Affected:
    """What of a kept version is not to be shown any more."""
    found = Affected()
    for table in tables:
        if len(table.key) == 1:
            known = {line[table.key[0]] for line in today(table.name)}
            found.ids[table.name] |= {
                line[table.key[0]] for line in kept(table.name) if line[table.key[0]] not in known
            }
    found.ids["people"] |= _told_more(kept, today, _of_people)
    found.ids["cases"] |= _told_more(kept, today, _of_cases)
    _spread(found, kept, today)
    _bring(found, tables, kept, today)
    return found


def remade(table: Table, found: Affected, kept: Lines, today: Lines) -> Iterator[Line]:
    """The lines of a table without those affected, and in their place what is public of them today."""
    known_by = table.key or table.known_by
    there = {_identity(line, known_by) for line in today(table.name)} if known_by else set()
    for line in kept(table.name):
        if not found.touches(table, line) and (not known_by or _identity(line, known_by) in there):
            yield line
    yield from (line for line in today(table.name) if found.is_told_anew(table, line))


def _identity(line: Line, columns: Iterable[str]) -> tuple[str, ...]:
    return tuple(line[column] for column in columns)


def _values(table: Table, line: Line, code: str) -> list[str]:
    kind = next(column.kind for column in table.columns if column.code == code)
    return line[code].split(SEPARATOR) if kind is Kind.CODES else [line[code]]


def _told_more(kept: Lines, today: Lines, told: Callable[[Lines], dict[str, set[int]]]) -> set[str]:
    """Records of which a version tells something that is not told today."""
    now = told(today)
    return {name for name, said in told(kept).items() if not said <= now.get(name, set())}


def _of_people(lines: Lines) -> dict[str, set[int]]:
    """What a version tells of each person that may be taken back: names, year of birth, communities, places."""
    found: dict[str, set[int]] = {line["id"]: _said(line, _TOLD_OF_PEOPLE) for line in lines("people")}
    for line in lines("stays"):
        found.setdefault(line["person"], set()).update(_said(line, _TOLD_OF_STAYS))
    return found


def _of_cases(lines: Lines) -> dict[str, set[int]]:
    return {line["id"]: _said(line, _TOLD_OF_CASES) for line in lines("cases")}


def _said(line: Line, columns: Iterable[str]) -> set[int]:
    return {
        hash((column, value))
        for column in columns
        for value in (line[column].split(SEPARATOR) if column in _SEVERAL else [line[column]])
        if value
    }


def _spread(found: Affected, kept: Lines, today: Lines) -> None:
    """From people to their cases, whose texts may name them, and on to the others in these cases.

    A person who is no longer in a case is hidden in it.
    """
    pairs = [(line["person"], line["case"]) for line in kept("prosecutions")]
    now = [(line["person"], line["case"]) for line in today("prosecutions")]
    there, hidden = set(now), set(found.ids["people"])
    cases = {case for person, case in pairs if person in hidden or (person, case) not in there}
    found.ids["cases"] |= cases
    # Who is shown by initials now has another address.
    found.ids["people"] |= {person for person, case in [*pairs, *now] if case in cases}


def _bring(found: Affected, tables: Sequence[Table], kept: Lines, today: Lines) -> None:
    """What the rows of today lead to must be in the version, or it would be no whole."""
    if not found:
        return
    single = {table.name: table.key[0] for table in tables if len(table.key) == 1}
    known = {name: {line[key] for line in kept(name)} for name, key in single.items()}
    for table in [*tables, *tables]:
        for line in today(table.name):
            if found.is_told_anew(table, line):
                for link in table.links:
                    wanted = set(_values(table, line, link.column)) - known[link.table] - {""}
                    found.brought[link.table] |= wanted
