"""Whom a row of a list of cases is about. Never guessed: two who may be meant are listed, and so is nobody."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from memorial.base.choices import State
from memorial.base.localized import LANGUAGES
from memorial.base.names import name_skeleton
from memorial.base.partial_date import PartialDate
from prisoners.actions.moved_names import words_of_name
from prisoners.actions.name_pattern import NamePattern, name_pattern
from prisoners.importers.errors import CellError, RowError
from prisoners.importers.mapping import Mapping
from prisoners.importers.person_names import SplitName, split_name
from prisoners.importers.rows import ReadRow
from prisoners.models import ImportKey, Prisoner, PrisonerPrivate

Words = frozenset[str]
MOST_LISTED = 5


@dataclass(frozen=True)
class Named:
    """Somebody under one name: what tells namesakes apart, and whether readers do not see the name."""

    number: int
    patronymics: frozenset[Words]
    year: int | None
    is_hidden: bool


class People:
    """Everybody here by surname and given names, names that were moved away included."""

    def __init__(self) -> None:
        self._by_name: dict[Words, set[Named]] = defaultdict(set)
        self._hidden: tuple[NamePattern | None] | None = None
        for person in Prisoner.objects.values("pk", "state", "initials_only", "born", *_COLUMNS).iterator():
            hidden = person["initials_only"] or person["state"] == State.WITHDRAWN
            self._remember(person["pk"], person, year_of(person["born"]), is_hidden=hidden)
        moved = PrisonerPrivate.objects.exclude(moved_names={}).values_list("prisoner", "moved_names")
        for number, names in moved:
            said = names.get("fields", {})
            born = PartialDate.from_text(said["born"]) if said.get("born") else None
            self._remember(number, said, year_of(born), is_hidden=True)
        self._by_name.pop(frozenset(), None)

    def _remember(self, number: int, names: Any, year: int | None, *, is_hidden: bool) -> None:
        patronymics = frozenset({_words(str(names.get(f"patronymic_{code}") or "")) for code in LANGUAGES})
        one = Named(number, patronymics - {frozenset()}, year, is_hidden)
        for code in LANGUAGES:
            surname, given = (str(names.get(f"{part}_{code}") or "") for part in ("surname", "given_names"))
            self._by_name[_words(surname, given)].add(one)

    def find(self, row: ReadRow, mapping: Mapping) -> Prisoner:
        """The person of a row. Raises `RowError` where it is nobody, or may be somebody else."""
        if row.text("person"):
            return _by_number_or_address(row.text("person"))
        if row.text("person_key"):
            return _by_key(row.text("person_source") or mapping.source.code, row.text("person_key"))
        name, language = _name_of(row)
        if not name:
            raise RowError("person", _("The row does not say whom it is about."))
        try:
            split = split_name(name, mapping.names.order[language])
        except CellError as error:
            raise RowError(f"person_name_{language}", str(error)) from error
        return self._by_full_name(row, split)

    def names_anybody_hidden(self, text: str) -> bool:
        """Whether a text may name somebody whom readers do not see; a namesake counts, too."""
        if self._hidden is None:
            hidden = Prisoner.objects.filter(Q(initials_only=True) | Q(state=State.WITHDRAWN))
            words = [
                word
                for person in hidden
                for kind in (words_of_name(person),)
                for word in (*(kind["surname"] or kind["given_names"]), *kind["spellings"])
            ]
            self._hidden = (name_pattern(words),)
        pattern = self._hidden[0]
        return pattern is not None and pattern.found_in(text)

    def _by_full_name(self, row: ReadRow, name: SplitName) -> Prisoner:
        patronymic = _words(name.patronymic)
        same = [
            one
            for one in self._by_name.get(_words(name.surname, name.given_names), ())
            if not patronymic or not one.patronymics or patronymic in one.patronymics
        ]
        numbers = sorted({one.number for one in same})
        if not numbers:
            raise RowError("person_name_ru", _("Nobody here has this name."))
        born = row.text("person_born")
        year = year_of(PartialDate.from_text(born)) if born else None
        of_that_year = {one.number for one in same if year and one.year == year}
        undecided = {one.number for one in same if one.year is None or one.is_hidden}
        if len(of_that_year) == 1 and not undecided:
            return Prisoner.objects.get(pk=of_that_year.pop())
        raise RowError("person", _who_may_be_meant(numbers))


_PARTS = ("surname", "given_names", "patronymic")
_COLUMNS = [f"{part}_{code}" for part in _PARTS for code in LANGUAGES]


def year_of(born: PartialDate | None) -> int | None:
    """The year of birth, where it is certain."""
    if born is None or born.earliest is None or born.latest is None:
        return None
    return born.earliest.year if born.earliest.year == born.latest.year else None


def _who_may_be_meant(numbers: list[int]) -> str:
    listed = ", ".join(f"#{number}" for number in numbers[:MOST_LISTED])
    return _(
        "May be %(people)s: only a full name with the year of birth, of somebody whom readers see, is enough. "
        "Write the number or the address of the page into the column «person»."
    ) % {"people": listed}


def _by_number_or_address(text: str) -> Prisoner:
    is_number = text.isascii() and text.isdigit() and len(text) < 18
    found = Prisoner.objects.filter(**({"pk": int(text)} if is_number else {"slug": text})).first()
    if found is None:
        raise RowError(
            "person", _("Nobody here has the number or the address “%(text)s”.") % {"text": text[:60]}
        )
    return found


def _by_key(source: str, key: str) -> Prisoner:
    tied = ImportKey.objects.filter(source__code=source, key=key, prisoner__isnull=False)
    found = tied.select_related("prisoner").first()
    if found is None or found.prisoner is None:
        raise RowError(
            "person_key",
            _("The list “%(source)s” brought nobody under the key “%(key)s”.")
            % {"source": source[:60], "key": key[:60]},
        )
    return found.prisoner


def _name_of(row: ReadRow) -> tuple[str, str]:
    for code in LANGUAGES:
        if name := row.text(f"person_name_{code}"):
            return name, code
    return "", ""


def _words(*parts: str) -> Words:
    return frozenset(name_skeleton(" ".join(part for part in parts if part)).split())
