"""Writes rows of cases, one for each person in each: new ones as drafts, known ones where staff left them.

Charges, decisions and measures are entered where there are none. What is there has a history of its
own, and only what the list itself brought, and nobody touched since, follows the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.actions.publish import publish_case
from cases.choices import CaseKind, ProsecutionRole
from cases.models import Case, CaseCitation, ImportedRow, Prosecution, ProsecutionPrivate
from cases.obstacles import case_obstacles, names_of_the_hidden
from memorial.base.localized import LANGUAGES
from memorial.base.names import romanise
from memorial.lists.batch import ListBatch
from memorial.lists.case_parts import PartWriter
from memorial.lists.case_rows import PERSON, CaseRow
from memorial.lists.case_subjects import Subject, find_case, with_record
from memorial.lists.case_texts import codes_of
from memorial.lists.comparing import Comparison
from memorial.lists.fields import CASE_FIELDS
from memorial.lists.values import comparable
from prisoners.choices import LegalCode
from prisoners.importers.citing import as_columns, source_of
from prisoners.importers.errors import RowError
from prisoners.importers.fields import Kind, Part
from prisoners.importers.report import What
from prisoners.importers.rows import ReadRow

_COURTS = tuple(name for name, one in CASE_FIELDS.items() if one.kind is Kind.COURT)
_CRIMINAL = frozenset({LegalCode.UK_RF, LegalCode.UK_UA, LegalCode.UK_DNR, LegalCode.UK_LNR})


class CaseBatch(ListBatch):
    """The rows of one transaction."""

    fields = CASE_FIELDS
    record = "prosecution"
    regions = ("case_region",)

    def load(self, rows: Sequence[CaseRow]) -> None:
        """The prosecutions of the rows, by number or by key, and the cases of their keys."""
        numbers = [row.own for row in rows if row.own]
        numbers += [tie.prosecution_id for tie in self.tied.values() if tie.prosecution_id]
        list(Prosecution.objects.select_for_update(of=("self",)).filter(pk__in=numbers).values_list("pk"))
        self.by_number = with_record().in_bulk(numbers)
        self.case_ties = self.ties("case", {row.case_key for row in rows} - {""})
        self.deleted_cases = self.memory.deleted("case")
        self.made: dict[int, CaseRow] = {}

    def write_row(self, row: CaseRow) -> None:
        """One person in one case. Raises `RowError` where either is uncertain."""
        self._find_courts(row)
        subject = self._known(row) or self._found(row)
        if subject is None:
            return
        if reason := subject.why_left_alone(publish=self.publish):
            if row.values or not row.own:
                self.say(What.KEPT, row, "", reason)
            self.count(is_new=False, is_changed=False)
            return
        for name in subject.refuse_hidden_names(self.memory):
            self.say(What.KEPT, row, name, _("Names somebody whom readers do not see by name: not written."))
        self._write(subject)

    # --- which case, which person ---------------------------------------------------------------

    def _find_courts(self, row: CaseRow) -> None:
        """Courts by name; one that is not here, or may be two, is not read."""
        for name in _COURTS:
            if text := row.text(name):
                found = self.memory.courts.find(text)
                if len(found) == 1:
                    row.values[name] = str(found[0])
                else:
                    row.forget(
                        name,
                        _("Several courts have this name.")
                        if found
                        else _("No court here has this name: load it first."),
                    )

    def _known(self, row: CaseRow) -> Subject | None:
        tie = self.tied.get(row.key)
        number = row.own or (tie.prosecution_id if tie else 0) or 0
        prosecution = self.by_number.get(number)
        if prosecution is None:
            return None
        if row.own:
            self._say_who_stays(row)
        tie = tie or ImportedRow(source=self.source, key=row.key, prosecution=prosecution)
        return Subject(row, prosecution, tie, self._case_tie(row, prosecution.case))

    def _say_who_stays(self, row: CaseRow) -> None:
        for name in ("case", *PERSON):
            if row.values.pop(name, None):
                self.say(
                    What.KEPT,
                    row,
                    name,
                    _("Case and person of a row stay: add a row without a number for others."),
                )

    def _case_tie(self, row: CaseRow, case: Case) -> ImportedRow:
        tie = self.case_ties.get(row.case_key)
        return (
            tie
            if tie and tie.case_id == case.pk
            else ImportedRow(source=self.source, key=row.case_key, case=case)
        )

    def _found(self, row: CaseRow) -> Subject | None:
        """A row that no earlier one became; None where staff deleted what it became."""
        if self.is_gone(row):
            return None
        person = self.memory.people.find(row, self.mapping)
        case = self._case(row)
        if case is None:
            self.say(What.KEPT, row, "", _("Staff deleted this case: it is not made again."))
            self.count(is_new=False, is_changed=False)
            return None
        prosecution = with_record().filter(case=case.pk or 0, prisoner=person).first()
        if prosecution is None:
            prosecution = Prosecution(case=case, prisoner=person, role=ProsecutionRole.UNKNOWN)
        tie = ImportedRow(source=self.source, key=row.key, prosecution=prosecution)
        return Subject(row, prosecution, tie, self._case_tie(row, case))

    def _case(self, row: CaseRow) -> Case | None:
        if row.text("case"):
            return find_case(row.text("case"))
        if tie := self.case_ties.get(row.case_key):
            return tie.case
        if row.case_key in self.deleted_cases:
            return None
        if not (row.text("case_title_ru") or row.text("case_title_en")):
            raise RowError("case_title_ru", _("A new case needs a title."))
        return Case(kind=_kind_of(row))

    # --- writing --------------------------------------------------------------------------------

    def _write(self, subject: Subject) -> None:
        row, is_new = subject.row, subject.is_new
        if not is_new:
            self.outcome.known[row.number] = subject.case.pk, str(subject.prosecution)
        changed = self._write_case(subject)
        compared = self.compared(row, subject.tie.imported.get("values", {}))
        if is_new:
            self._make_prosecution(subject, compared)
        else:
            self._compare_part(compared, subject.prosecution, Part.PROSECUTION)
        parts = PartWriter(self, subject, compared)
        parts.write()
        noted = self.leave_note(row, ProsecutionPrivate, prosecution=subject.prosecution)
        changed = compared.write() or changed or parts.has_made or noted
        if not row.own:
            subject.tie.prosecution = subject.prosecution
            self.remember(subject.tie, {**subject.tie.imported, **parts.made, "values": compared.values})
        self.count(is_new=is_new, is_changed=changed)

    def _write_case(self, subject: Subject) -> bool:
        """The case of a row. Of several rows of one key the first to say something is followed."""
        row, case = subject.row, subject.case
        if subject.has_new_case:
            return self._make_case(subject)
        said_by = dict(subject.case_tie.imported.get("said_by", {}))
        compared = self.compared(row, subject.case_tie.imported.get("values", {}))
        for name, value in self._values(row, Part.CASE):
            if not row.own and said_by.get(name, row.key) != row.key:
                if comparable(value) != comparable(compared.values.get(name, "")):
                    compared.keep(
                        name, _("Another row of this case says otherwise; the first one is followed.")
                    )
                continue
            compared.compare(case, CASE_FIELDS[name], value)
            if compared.values.get(name) == value:
                said_by[name] = row.key
        changed = compared.write()
        if row.case_key and not row.own:
            self._remember_case(subject, {"values": compared.values, "said_by": said_by})
        return changed

    def _make_case(self, subject: Subject) -> bool:
        row, case = subject.row, subject.case
        values = self.fill(case, row, Part.CASE)
        title = row.text("case_title_en") or romanise(row.text("case_title_ru"))
        case.slug = self.memory.new_slug(self.memory.case_slugs, title[:80])
        case.save()
        self.made[case.pk] = row
        self._remember_case(subject, {"values": values, "said_by": dict.fromkeys(values, row.key)})
        return True

    def _remember_case(self, subject: Subject, imported: dict[str, Any]) -> None:
        tie = subject.case_tie
        tie.case = subject.case
        self.remember(tie, imported)
        self.case_ties[subject.row.case_key] = tie

    def _make_prosecution(self, subject: Subject, compared: Comparison) -> None:
        prosecution, row = subject.prosecution, subject.row
        prosecution.case = subject.case
        compared.values |= self.fill(prosecution, row, Part.PROSECUTION)
        prosecution.save()
        if said := source_of(row, self.mapping):
            CaseCitation.objects.create(prosecution=prosecution, **as_columns(said))
        others = subject.case.prosecutions.exclude(pk=prosecution.pk)
        if not subject.case.is_group and "case_is_group" not in row.values and others.exists():
            Case.objects.filter(pk=subject.case.pk).update(is_group=True)
            subject.case.is_group = True

    def _values(self, row: ReadRow, part: Part) -> list[tuple[str, Any]]:
        return [(name, value) for name, value in row.values.items() if CASE_FIELDS[name].part is part]

    def _compare_part(self, compared: Comparison, record: Any, part: Part) -> None:
        for name, value in self._values(compared.row, part):
            compared.compare(record, CASE_FIELDS[name], value)

    # --- publishing -----------------------------------------------------------------------------

    def after_all(self) -> None:
        """Publishes new cases past the same obstacles as an editor's click, if that was asked for."""
        if not self.publish:
            return
        for number, row in self.made.items():
            case = Case.objects.get(pk=number)
            obstacles = [*case_obstacles(case), *names_of_the_hidden(case)]
            if not obstacles and self.memory.people.names_anybody_hidden(_texts_of(row)):
                obstacles = [_("A text may name somebody whom readers do not see: look at it first.")]
            try:
                if not obstacles:
                    publish_case(case=case, by=None)
            except ValidationError as error:
                obstacles = error.messages
            if obstacles:
                self.say(What.DRAFT, row, "", " ".join(obstacles))
            else:
                self.outcome.people["published"] += 1


def _texts_of(row: CaseRow) -> str:
    names = (f"case_{part}_{code}" for part in ("title", "summary") for code in LANGUAGES)
    return " ".join(row.text(name) for name in names)


def _kind_of(row: CaseRow) -> str:
    """The kind of a new case: as stated, else by the code of its charges. Raises `RowError`; it is not guessed."""
    if row.text("case_kind"):
        return row.text("case_kind")
    codes = codes_of(row)
    if codes and codes <= _CRIMINAL:
        return CaseKind.CRIMINAL
    if codes == {LegalCode.KOAP_RF}:
        return CaseKind.ADMINISTRATIVE
    known = ", ".join(CaseKind.values)
    raise RowError("case_kind", _("Say what kind of case it is: %(known)s.") % {"known": known})
