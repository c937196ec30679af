"""What addresses for letters say besides the place: the institution's address, the name in the dative.

Nothing of staff's is overwritten: only what is empty is filled, once, and remembered.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from memorial.base.choices import State
from memorial.base.names import dative_suggestion
from prisoners.importers.cells import plain
from prisoners.importers.errors import CellError
from prisoners.importers.fields import longest
from prisoners.importers.places import place_key
from prisoners.importers.report import Entry, What
from prisoners.importers.wordpress.letters import Letter, has_stem_of
from prisoners.importers.wordpress.people import PeopleOfDump
from prisoners.models import Facility, ImportKey, Prisoner, StaffNote
from prisoners.models.place import NO_PUBLIC_ADDRESS

_COLUMNS = ("postal_index", "city", "street", "official_name_ru", "e_letters")


@dataclass
class _Said:
    """What all the people's letters say of one institution."""

    values: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    regions: set[str] = field(default_factory=set)


class Envelopes:
    """Goes over the rows once more, after their people and institutions are written."""

    def __init__(self, people: PeopleOfDump) -> None:
        self.people = people
        self.source = people.rules.mapping.source.code
        self.names = self.addresses = 0

    def write(self) -> Iterator[Entry]:
        """Fills what is empty; yields what people have to look at."""
        said: dict[str, _Said] = defaultdict(_Said)
        language = self.people.rules.languages.default
        for row in self.people.rows():
            if row.letter is None:
                continue
            name = row.cells.get(f"{language}:letters:facility") or row.cells.get("en:letters:facility", "")
            if name:
                self._collect(said[place_key(name)], row.letter)
            if row.letter.addressee:
                yield from self._name(row.number, row.letter.addressee)
        for key, what in sorted(said.items()):
            yield from self._address(key, what)

    # --- names ------------------------------------------------------------------------------

    def _name(self, number: int, addressee: str) -> Iterator[Entry]:
        rows = ImportKey.objects.filter(source__code=self.source, key=str(number), prisoner__isnull=False)
        with transaction.atomic():
            key = rows.select_for_update(of=("self",)).select_related("prisoner").first()
            person = key.prisoner if key else None
            if key is None or person is None or not _may_be_named(person) or "envelope" in key.imported:
                return
            reason = self._obstacle(person, addressee)
            if reason:
                note = _("Name on the envelope, says the old site: %(name)s. %(reason)s")
                text = note % {"name": addressee, "reason": reason}
                StaffNote.objects.create(prisoner=person, text=text)
                yield Entry(What.LOOK, number, "letters", reason)
            elif not person.name_for_envelope:
                Prisoner.objects.filter(pk=person.pk).update(name_for_envelope=addressee)
                self.names += 1
            ImportKey.objects.filter(pk=key.pk).update(imported={**key.imported, "envelope": addressee})

    def _obstacle(self, person: Prisoner, addressee: str) -> str:
        """Why the name is not entered, even unconfirmed: it is another's, or no rule knows its dative."""
        names: dict[str, str] = {
            name: getattr(person, f"{name}_ru") for name in ("surname", "given_names", "patronymic")
        }
        if len(addressee) > longest(Prisoner, "name_for_envelope"):
            return _("It is too long.")
        if not has_stem_of(addressee, names["surname"], names["given_names"]):
            return _("It is not the name of this page.")
        if (
            dative_suggestion(names["surname"], names["given_names"], names["patronymic"], person.gender)
            is None
        ):
            return _("No rule is certain for such a name: take it from the prison's papers.")
        return ""

    # --- institutions -----------------------------------------------------------------------

    def _collect(self, said: _Said, letter: Letter) -> None:
        official = letter.institution if letter.institution.startswith(("ФКУ", "ФГБУ")) else ""
        pieces = (letter.index, letter.town, letter.street, official, letter.e_letters)
        for column, text in zip(_COLUMNS, pieces, strict=True):
            if value := plain(text):
                said.values[column].add(value)
        if letter.region:
            said.regions |= self._region(letter.region)

    def _region(self, text: str) -> set[str]:
        try:
            return {self.people.words.region(text)}
        except CellError:
            return set()

    def _address(self, key: str, said: _Said) -> Iterator[Entry]:
        """The address of an institution that this import made, if everybody's letters agree."""
        rows = ImportKey.objects.filter(source__code=self.source, key=key, facility__isnull=False)
        with transaction.atomic():
            row = rows.select_for_update(of=("self",)).select_related("facility").first()
            facility = row.facility if row else None
            if row is None or facility is None or "address" in row.imported or not _is_bare(facility):
                return
            several = sorted(column for column in _COLUMNS[:3] if len(said.values[column]) > 1)
            if several:
                words = {"place": facility, "columns": ", ".join(several)}
                reason = _(
                    "%(place)s: the letters of its people name several: %(columns)s. Enter it by hand."
                )
                yield Entry(What.LOOK, 0, "letters", reason % words)
                return
            values = self._values(said)
            if values:
                Facility.objects.filter(pk=facility.pk).update(**values)
                ImportKey.objects.filter(pk=row.pk).update(imported={**row.imported, "address": True})
                self.addresses += 1

    def _values(self, said: _Said) -> dict[str, Any]:
        values: dict[str, Any] = {
            column: next(iter(texts))
            for column, texts in said.values.items()
            if len(texts) == 1 and len(next(iter(texts))) <= longest(Facility, column)
        }
        if len(said.regions) == 1:
            from prisoners.models import Region

            values["region"] = Region.objects.get(code=next(iter(said.regions)))
        return values


def _may_be_named(person: Prisoner) -> bool:
    """Not those shown by initials, nor the withdrawn, nor where a name was confirmed."""
    return not (person.initials_only or person.state == State.WITHDRAWN or person.envelope_name_confirmed)


def _is_bare(facility: Facility) -> bool:
    """Nobody has entered or checked an address, and the kind of place may have one."""
    is_empty = not (facility.city or facility.street or facility.postal_index or facility.address_checked_on)
    return is_empty and facility.kind not in NO_PUBLIC_ADDRESS
