"""What the rows of charges write: charges, and what became of them."""

from __future__ import annotations

from typing import Any

from cases.actions.read_charge import REFERENCE_COLUMNS
from cases.admin.charge_grid import BROUGHT, WORDINGS, ChargeFormSet, ChargeRowForm, cell_name
from cases.admin.of_case import people_of
from cases.models import Charge, ChargeEvent, Prosecution

OF_THE_CHARGE = ("act_on", "verification", *WORDINGS)


def save_charges(rows: ChargeFormSet) -> None:
    """Writes what was changed in the rows, and nothing else."""
    for order, form in enumerate(rows.forms):
        if form.has_changed():
            _save_row(form, order)


def _save_row(form: ChargeRowForm, order: int) -> None:
    own = {name: form.cleaned_data[name] for name in OF_THE_CHARGE if name in form.changed_data}
    changed = {**form.columns, **own}
    for charge in form.row.charges.values():
        if changed:
            _write(charge, changed)
        if "brought_on" in form.changed_data:
            _brought(charge, form.cleaned_data["brought_on"])
    is_new = not form.row.charges
    for one in people_of(form.case):
        name = cell_name(one)
        if is_new or name in form.changed_data:
            _save_cell(form, one, str(form.cleaned_data[name]), order)


def _write(charge: Charge, changed: dict[str, Any]) -> None:
    for name, value in changed.items():
        setattr(charge, name, value)
    if "article" in changed:
        # An edition is one of the article; another article, or none, has others.
        charge.edition = None
    charge.save()


def _brought(charge: Charge, on: Any) -> None:
    event = next((event for event in charge.events.all() if event.kind == BROUGHT), None)
    if event is None:
        event = ChargeEvent(charge=charge, kind=BROUGHT, verification=charge.verification)
    event.on = on
    event.save()


def _save_cell(form: ChargeRowForm, one: Prosecution, state: str, order: int) -> None:
    charge = form.row.charges.get(one.pk)
    if charge is not None and not state:
        charge.delete()
    elif charge is None and state:
        _charge(form, one, state, order)
    elif charge is not None:
        ChargeEvent.objects.create(charge=charge, kind=state, verification=charge.verification)


def _charge(form: ChargeRowForm, one: Prosecution, state: str, order: int) -> None:
    """A charge of one more person: as the row says it, or as the others of the row have it."""
    charge = Charge(prosecution=one, order=order)
    if form.row.charges:
        for name in (*REFERENCE_COLUMNS, "edition"):
            setattr(charge, name, getattr(form.row.first, name))
    for name, value in {**form.columns, **{name: form.cleaned_data[name] for name in OF_THE_CHARGE}}.items():
        setattr(charge, name, value)
    charge.save()
    verification = charge.verification
    ChargeEvent.objects.create(
        charge=charge, kind=BROUGHT, on=form.cleaned_data["brought_on"], verification=verification
    )
    if state != BROUGHT:
        ChargeEvent.objects.create(charge=charge, kind=state, verification=verification)
