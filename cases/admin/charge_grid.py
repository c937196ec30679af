"""Charges of a whole case on one page: a row for each charge, a choice in it for each person.

A new row is charged to everybody until somebody says otherwise. What an editor leaves as it was on
opening the page is not written, so that a colleague's change of it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms.renderers import get_default_renderer
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cases.actions.read_charge import (
    REFERENCE_COLUMNS,
    charge_columns,
    no_reference,
    read_charge,
    typed_reference,
)
from cases.admin.of_case import people_of, person_name
from cases.choices import ChargeEventKind
from cases.display.charges import ShownCharge
from cases.models import Case, Charge, Prosecution
from cases.warnings import warnings
from memorial.base.choices import Verification
from memorial.base.civil_date import civil_date
from memorial.base.fields import PartialDateFormField
from memorial.base.localized import all_languages, current_language
from memorial.base.partial_date import PartialDate
from prisoners.models.custody import IN_THE_FUTURE

EMPTY_ROWS = 3
WORDINGS = all_languages("wording")
RECLASSIFIED = ChargeEventKind.RECLASSIFIED
BROUGHT = ChargeEventKind.BROUGHT
# Translators: in a list of choices: this person is not charged with it
NOT_CHARGED = pgettext_lazy("charge", "not charged")
CHOICES = [
    ("", NOT_CHARGED),
    *((kind.value, kind.label) for kind in ChargeEventKind if kind is not RECLASSIFIED),
]


class ChargeRow:
    """One charge as it stands for some of the people: by prosecution."""

    def __init__(self, charges: dict[int, Charge]) -> None:
        self.charges = charges

    @property
    def first(self) -> Charge:
        """Any of them: they differ only in what became of them."""
        return next(iter(self.charges.values()))

    def initial(self, people: Iterable[Prosecution]) -> dict[str, Any]:
        """What the form shows."""
        charge = self.first
        cells = {cell_name(one): state_of(self.charges.get(one.pk)) for one in people}
        return {
            "keys": ",".join(str(one.pk) for one in self.charges.values()),
            "reference": typed_reference(charge, current_language()),
            **{name: getattr(charge, name) for name in WORDINGS},
            "act_on": charge.act_on,
            "verification": charge.verification,
            "brought_on": self._brought_on(),
            **cells,
        }

    @property
    def title(self) -> str:
        """The reference; our source's words where there is none."""
        return typed_reference(self.first, current_language()) or str(self.first)

    @property
    def words(self) -> str:
        """The charge and what became of it for each person, for those who only look."""
        labels = dict(CHOICES) | {RECLASSIFIED.value: RECLASSIFIED.label}
        people = [f"{one.prosecution.prisoner}: {labels[state_of(one)]}" for one in self.charges.values()]
        return f"{self.title} — {'; '.join(people)}"

    def _brought_on(self) -> PartialDate | None:
        """The day on which it was brought, where it is one day for all."""
        days = {
            event.on for one in self.charges.values() for event in one.events.all() if event.kind == BROUGHT
        }
        return days.pop() if len(days) == 1 else None


def cell_name(prosecution: Prosecution) -> str:
    """The field of one person."""
    return f"p{prosecution.pk}"


def state_of(charge: Charge | None) -> str:
    """What became of a charge last; "" where there is none."""
    if charge is None:
        return ""
    # An undated beginning sorts after a dated end.
    events = [event for event in charge.events.all() if event.kind != BROUGHT]
    return str(events[-1].kind) if events else BROUGHT


def charges_of(case: Case) -> list[Charge]:
    """Every charge of a case with what a row shows of it."""
    charges = Charge.objects.filter(prosecution__case=case.pk).select_related(
        "article", "edition", "prosecution__prisoner"
    )
    return list(
        charges.prefetch_related(
            "events__becomes__article", "article__editions__parts", "citations", "confidential_citations"
        ).order_by("order", "id")
    )


def rows_of(charges: Iterable[Charge]) -> list[ChargeRow]:
    """Charges that say the same, put together; a person stands once in a row."""
    rows: list[tuple[tuple[Any, ...], ChargeRow]] = []
    for charge in charges:
        key = _key(charge)
        row = next(
            (row for own, row in rows if own == key and charge.prosecution_id not in row.charges), None
        )
        if row is None:
            rows.append((key, ChargeRow({charge.prosecution_id: charge})))
        else:
            row.charges[charge.prosecution_id] = charge
    return [row for _key_of_row, row in rows]


def _key(charge: Charge) -> tuple[Any, ...]:
    said = [getattr(charge, name) for name in REFERENCE_COLUMNS if name not in ("article", "points")]
    return (
        charge.article_id,
        tuple(charge.points),
        *said,
        charge.edition_id,
        str(charge.act_on or ""),
        *(getattr(charge, name) for name in WORDINGS),
        charge.verification,
    )


class ChargeRowForm(forms.Form):
    """A charge, typed once, and what became of it for each person."""

    keys = forms.CharField(widget=forms.HiddenInput, required=False)
    reference = forms.CharField(
        label=gettext_lazy("Charge"),
        required=False,
        max_length=300,
        show_hidden_initial=True,
        widget=forms.TextInput(attrs={"placeholder": "п. «д» ч. 2 ст. 207.3 УК РФ"}),
    )
    act_on = PartialDateFormField(
        label=gettext_lazy("Day of the act"), required=False, show_hidden_initial=True, help_text=""
    )
    brought_on = PartialDateFormField(
        label=gettext_lazy("Charge brought on"), required=False, show_hidden_initial=True, help_text=""
    )
    verification = forms.ChoiceField(
        label=gettext_lazy("Checked"),
        choices=Verification.choices,
        initial=Verification.ONE_SOURCE,
        show_hidden_initial=True,
    )
    wording_ru = forms.CharField(
        label=gettext_lazy("As our source words it (Russian)"),
        required=False,
        max_length=600,
        show_hidden_initial=True,
    )
    wording_en = forms.CharField(
        label=gettext_lazy("As our source words it (English)"),
        required=False,
        max_length=600,
        show_hidden_initial=True,
    )

    def __init__(
        self,
        *args: Any,
        case: Case,
        charges: dict[int, Charge],
        row: ChargeRow | None = None,
        may_delete: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.may_delete = case, may_delete
        self.columns: dict[str, Any] = {}
        self.row = row or ChargeRow({})
        if self.is_bound:
            self._find_row(charges)
        for name in ("act_on", "brought_on"):
            self.fields[name].widget.attrs["placeholder"] = _("14.03.2023, 03.2023 or 2023")
        for one in people_of(case):
            self.fields[cell_name(one)] = self._cell(one)

    def _find_row(self, charges: dict[int, Charge]) -> None:
        """The charges that the row stood for when the page was opened, as they are now."""
        sent = str(self.data.get(self.add_prefix("keys"), "")).split(",")
        found = [charges[int(key)] for key in sent if key.isdigit() and int(key) in charges]
        self.row = ChargeRow({charge.prosecution_id: charge for charge in found})

    def _cell(self, one: Prosecution) -> forms.ChoiceField:
        charge = self.row.charges.get(one.pk)
        now = state_of(charge)
        choices = list(CHOICES)
        if now == RECLASSIFIED:
            choices.append((RECLASSIFIED.value, RECLASSIFIED.label))
        first = now if self.row.charges else BROUGHT
        return forms.ChoiceField(
            label=person_name(one), choices=choices, required=False, initial=first, show_hidden_initial=True
        )

    def cells(self) -> Iterator[tuple[forms.BoundField, Charge | None]]:
        """The people of the row: each one's field, and the charge that there is already."""
        for one in people_of(self.case):
            yield self[cell_name(one)], self.row.charges.get(one.pk)

    @property
    def what(self) -> list[forms.BoundField]:
        """The fields that say what is charged."""
        return [self[name] for name in ("reference", "act_on", "brought_on", "verification")]

    @property
    def words(self) -> list[forms.BoundField]:
        """The charge as our source words it, in each language."""
        return [self[name] for name in WORDINGS]

    @property
    def has_words(self) -> bool:
        """Whether the source's words are known: then they are not folded away."""
        return any(self[name].value() or self[name].errors for name in WORDINGS)

    @property
    def understood(self) -> str:
        """What was read of a saved reference, in full words, with the title of the article."""
        if not self.row.charges:
            return ""
        shown = ShownCharge(self.row.first)
        title = str(shown.title)
        return (
            f"{shown.reference_in_full} — {title}" if title and shown.reference else shown.reference_in_full
        )

    @property
    def remarks(self) -> list[str]:
        """What is unusual in the charge as it is saved."""
        return warnings(self.row.first) if self.row.charges and not self.is_bound else []

    def clean(self) -> dict[str, Any]:
        """What was typed, read; refuses what was not understood, beside the field."""
        data = self.cleaned_data
        if not self.has_changed():
            return data
        if data.get("keys") and not self.row.charges:
            self.add_error(
                "reference", _("This charge was removed meanwhile: empty the row, or type it anew.")
            )
            return data
        self._read(data)
        for name in ("act_on", "brought_on"):
            day = data.get(name)
            if isinstance(day, PartialDate) and day.earliest and day.earliest > civil_date():
                self.add_error(name, str(IN_THE_FUTURE))
        for one in people_of(self.case):
            if cell_name(one) in self.changed_data:
                self._check_cell(one, data.get(cell_name(one), ""))
        return data

    def _read(self, data: dict[str, Any]) -> None:
        text = str(data.get("reference", "")).strip()
        if text and "reference" in self.changed_data:
            try:
                self.columns = charge_columns(read_charge(text, current_language()), current_language())
            except forms.ValidationError as error:
                self.add_error("reference", error)
        elif not text:
            if not any(data.get(name) for name in WORDINGS):
                self.add_error("reference", _("Type the charge, or keep it below as our source words it."))
            self.columns = no_reference() if "reference" in self.changed_data else {}

    def _check_cell(self, one: Prosecution, chosen: str) -> None:
        charge = self.row.charges.get(one.pk)
        if charge is None:
            return
        if not chosen and not self._may_go(charge):
            self.add_error(
                cell_name(one),
                _("This charge has a history or a source: remove it on its own page, if it must be."),
            )
        if chosen == BROUGHT:
            self.add_error(
                cell_name(one),
                _("More is known of this charge already: correct its history on its own page."),
            )

    def _may_go(self, charge: Charge) -> bool:
        has_history = any(event.kind != BROUGHT for event in charge.events.all())
        has_source = bool(charge.citations.all() or charge.confidential_citations.all())
        return self.may_delete and not has_history and not has_source


class ChargeFormSet(forms.BaseFormSet):
    """The rows of a case, and empty ones after them."""

    form = ChargeRowForm
    extra = EMPTY_ROWS
    can_order = can_delete = can_delete_extra = False
    min_num, max_num, absolute_max = 0, 400, 500
    validate_min = validate_max = False
    renderer = get_default_renderer()

    def __init__(self, *args: Any, case: Case, may_delete: bool = False, **kwargs: Any) -> None:
        self.case = case
        charges = charges_of(case)
        self.rows = rows_of(charges)
        self._given = {"charges": {one.pk: one for one in charges}, "case": case, "may_delete": may_delete}
        people = people_of(case)
        kwargs |= {"initial": [row.initial(people) for row in self.rows], "prefix": "charges"}
        super().__init__(*args, **kwargs)
        self.extra = EMPTY_ROWS if not self.rows else 1

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """The case with its charges, and the row that this form shows."""
        row = self.rows[index] if index is not None and index < len(self.rows) else None
        return {**self._given, "row": None if self.is_bound else row}
