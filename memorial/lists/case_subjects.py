"""Which case and which person a row of a list is, and whether anything of it may be written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from cases.models import Case, ImportedRow, Prosecution
from memorial.base.choices import State
from memorial.base.localized import all_languages
from memorial.base.rich_text import plain_text
from memorial.lists.case_records import READ
from memorial.lists.case_rows import CaseRow
from memorial.lists.fields import CASE_FIELDS
from memorial.lists.memory import ListMemory
from prisoners.actions.find_name import tells_name
from prisoners.importers.errors import RowError
from prisoners.importers.fields import Kind, Part
from prisoners.models import Prisoner

_TEXTS = tuple(
    name
    for name, one in CASE_FIELDS.items()
    if one.kind in (Kind.TEXT, Kind.CHARGES, Kind.PENALTIES)
    and one.part not in (Part.ROW, Part.PERSON, Part.SOURCE)
)


@dataclass
class Subject:
    """One row, its case and its person; records that are not saved are new."""

    row: CaseRow
    prosecution: Prosecution
    tie: ImportedRow
    case_tie: ImportedRow

    @property
    def case(self) -> Case:
        """The case."""
        return self.prosecution.case

    @property
    def person(self) -> Prisoner:
        """The person."""
        return self.prosecution.prisoner

    @property
    def is_new(self) -> bool:
        """Whether the person is not in the case yet."""
        return self.prosecution._state.adding

    @property
    def has_new_case(self) -> bool:
        """Whether the case is not here yet."""
        return self.case._state.adding

    def why_left_alone(self, *, publish: bool) -> str:
        """Why nothing at all is written, if so."""
        if not self.has_new_case and self.case.state == State.WITHDRAWN:
            return _("The case is withdrawn: nothing of it is written.")
        if self.person.state == State.WITHDRAWN:
            return _("The person is withdrawn: nothing is written.")
        if self.is_new and not publish and self.case.state == State.PUBLISHED:
            return _(
                "Readers see this case, and would see the person in it at once: load the list with publishing, "
                "or enter the person by hand."
            )
        return ""

    def refuse_hidden_names(self, memory: ListMemory) -> list[str]:
        """Takes out of the row what tells a name that readers do not see; returns the fields.

        In a case that readers see, a namesake of anybody hidden is enough: it would be seen at once. Raises
        `RowError` where the title of a new case does so, or a published case names the person.
        """
        hidden = self._hidden_people()
        told = [name for name in _TEXTS if self._tells(hidden, self.row.text(name), memory)]
        if self.has_new_case and any(name.startswith("case_title") for name in told):
            raise RowError(
                "case_title_ru",
                _("The title names somebody whom readers do not see by name: word it otherwise."),
            )
        if self.is_new and not self.has_new_case and self.case.state == State.PUBLISHED:
            self._refuse_person_named_by_case()
        for name in told:
            del self.row.values[name]
        return told

    def _tells(self, hidden: list[Prisoner], text: str, memory: ListMemory) -> bool:
        if not text:
            return False
        is_seen = not self.has_new_case and self.case.state == State.PUBLISHED
        return _tells_any(hidden, text) or (is_seen and memory.people.names_anybody_hidden(text))

    def _hidden_people(self) -> list[Prisoner]:
        hidden = [self.person] if is_hidden(self.person) else []
        if not self.has_new_case:
            others = Prisoner.objects.filter(prosecutions__case=self.case).exclude(pk=self.person.pk)
            hidden += others.filter(models.Q(initials_only=True) | models.Q(state=State.WITHDRAWN))
        return hidden

    def _refuse_person_named_by_case(self) -> None:
        texts = [getattr(self.case, name) for name in all_languages("title", "summary", "text")]
        if is_hidden(self.person) and _tells_any([self.person], plain_text(" ".join(filter(None, texts)))):
            raise RowError(
                "person",
                _(
                    "The case, which readers see, names this person, whom they see by initials: mend its texts first."
                ),
            )


def is_hidden(person: Prisoner) -> bool:
    """Whether readers do not see the name of somebody, who once was or could have been public."""
    return person.initials_only or person.state == State.WITHDRAWN


def _tells_any(people: Iterable[Prisoner], text: str) -> bool:
    return any(tells_name(person, text) for person in people)


def with_record() -> models.QuerySet[Any]:
    """Prosecutions with what a row is compared with."""
    return Prosecution.objects.select_related("case", "prisoner").prefetch_related(*READ)


def find_case(text: str) -> Case:
    """The case that a row names by its number here or by the address of its page. Raises `RowError`."""
    is_number = text.isascii() and text.isdigit() and len(text) < 18
    found = Case.objects.filter(**({"pk": int(text)} if is_number else {"slug": text})).first()
    if found is None:
        raise RowError(
            "case", _("No case here has the number or the address “%(text)s”.") % {"text": text[:60]}
        )
    return found
