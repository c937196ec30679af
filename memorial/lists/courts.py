"""Writes rows of courts: new ones as drafts, known ones where staff left them as they were."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.translation import gettext as _

from cases.actions.publish import publish_court
from cases.models import CaseCitation, Court, ImportedRow
from cases.obstacles import court_obstacles
from memorial.base.choices import State
from memorial.base.localized import LANGUAGES, all_languages
from memorial.base.names import romanise
from memorial.lists.batch import ListBatch
from memorial.lists.fields import COURT_FIELDS
from memorial.lists.values import current_value
from prisoners.importers.citing import as_columns, source_of
from prisoners.importers.errors import RowError
from prisoners.importers.fields import Part
from prisoners.importers.report import What
from prisoners.importers.rows import ReadRow

_TELL_APART = ("region", *all_languages("town"))


class CourtBatch(ListBatch):
    """The rows of one transaction."""

    fields = COURT_FIELDS
    record = "court"
    regions = ("region",)

    def load(self, rows: Sequence[ReadRow]) -> None:
        """The courts of the rows, by number and by address, locked."""
        courts = Court.objects.select_for_update(of=("self",))
        numbers = [row.own for row in rows if row.own]
        numbers += [tie.court_id for tie in self.tied.values() if tie.court_id]
        self.by_number = courts.in_bulk(numbers)
        addresses = [row.text("slug") for row in rows if row.text("slug")]
        self.by_address = {court.slug: court for court in courts.filter(slug__in=addresses)}

    def write_row(self, row: ReadRow) -> None:
        """One court. Raises `RowError` where it may be one of several."""
        court = self._known(row)
        if court is None:
            if not self.is_gone(row):
                self._make(row)
            return
        if court.state == State.WITHDRAWN:
            if row.values or not row.own:
                self.say(What.KEPT, row, "", _("Withdrawn: nothing of it is written."))
            self.count(is_new=False, is_changed=False)
            return
        self._compare(row, court)

    def _known(self, row: ReadRow) -> Court | None:
        if row.own:
            return self.by_number.get(row.own)
        if row.key in self.tied:
            return self.by_number.get(self.tied[row.key].court_id or 0)
        if row.key in self.deleted:
            return None
        return self.by_address.get(row.text("slug")) or self._of_that_name(row)

    def _of_that_name(self, row: ReadRow) -> Court | None:
        numbers = {
            number for code in LANGUAGES for number in self.memory.courts.find(row.text(f"name_{code}"))
        }
        same = [court for court in Court.objects.filter(pk__in=numbers) if self._may_be(court, row)]
        if len(same) > 1:
            listed = ", ".join(f"#{court.pk}" for court in same)
            raise RowError(
                "name_ru",
                _(
                    "Several courts have this name: %(courts)s. Say the town, or write the address of the page."
                )
                % {"courts": listed},
            )
        return same[0] if same else None

    def _may_be(self, court: Court, row: ReadRow) -> bool:
        """Courts of one name are two where region or town tell them apart."""
        for name in _TELL_APART:
            said, here = row.text(name), current_value(court, COURT_FIELDS[name], self.memory)
            if said and here and said.casefold() != str(here).casefold():
                return False
        return True

    def _make(self, row: ReadRow) -> None:
        court = Court(slug=self._slug(row))
        if not (row.text("name_ru") or row.text("name_en")):
            raise RowError("name_ru", _("The row has no name."))
        values = self.fill(court, row, Part.COURT)
        court.save()
        self.memory.courts.add(court)
        self.remember(ImportedRow(source=self.source, key=row.key, court=court), {"values": values})
        if said := source_of(row, self.mapping):
            CaseCitation.objects.create(court=court, **as_columns(said))
        self._say_what_is_not_kept(row)
        self.count(is_new=True, is_changed=False)
        if self.publish:
            self._publish(row, court)

    def _slug(self, row: ReadRow) -> str:
        """The address that the row names, if it is free and one; else from the name."""
        taken = self.memory.court_slugs
        wanted = row.text("slug")
        try:
            validate_slug(wanted)
        except ValidationError:
            wanted = ""
        if wanted and wanted == wanted.casefold() and wanted not in taken:
            taken.add(wanted)
            return wanted
        return self.memory.new_slug(taken, row.text("name_en") or romanise(row.text("name_ru")))

    def _publish(self, row: ReadRow, court: Court) -> None:
        if obstacles := court_obstacles(court):
            self.say(What.DRAFT, row, "", " ".join(obstacles))
            return
        publish_court(court=court, by=None)
        self.outcome.people["published"] += 1

    def _compare(self, row: ReadRow, court: Court) -> None:
        self.outcome.known[row.number] = court.pk, str(court)
        tie = self.tied.get(row.key) or ImportedRow(source=self.source, key=row.key, court=court)
        compared = self.compared(row, tie.imported.get("values", {}))
        for name, value in row.values.items():
            if COURT_FIELDS[name].part is Part.COURT:
                compared.compare(court, COURT_FIELDS[name], value)
        if row.text("slug") and row.text("slug") != court.slug:
            compared.keep("slug", _("The address of a page stays: links lead to it."))
        changed = compared.write()
        if not row.own:
            self.remember(tie, {**tie.imported, "values": compared.values})
        self._say_what_is_not_kept(row)
        self.count(is_new=False, is_changed=changed)

    def _say_what_is_not_kept(self, row: ReadRow) -> None:
        """A court has no note for staff, so what has no column is only listed."""
        for column, text in sorted(row.leftovers.items()):
            self.say(
                What.LOOK,
                row,
                column,
                _("A court has no note for staff; not kept: %(text)s") % {"text": text[:200]},
            )
