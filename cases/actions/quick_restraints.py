"""Lines about measures of restraint: chosen, changed, extended; and what follows for where the person is."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.actions.quick_line import CaseLine, Written
from cases.choices import RestraintMeasure
from cases.models import Prosecution, Restraint, RestraintExtension
from memorial.base.partial_date import PartialDate
from prisoners.actions.enter import QuickKind, quick_entry
from prisoners.choices import StayReason
from prisoners.models import Stay

BESIDE: Final = frozenset({RestraintMeasure.WANTED, RestraintMeasure.CUSTODY_IN_ABSENTIA})
"""Measures that are ended by nothing but their own end."""
_HELD: Final = {
    RestraintMeasure.POLICE_DETENTION: (QuickKind.DETAINED, StayReason.POLICE_DETENTION),
    RestraintMeasure.CUSTODY: (QuickKind.REMANDED, StayReason.REMAND),
    RestraintMeasure.HOUSE_ARREST: (QuickKind.HOUSE_ARREST, StayReason.HOUSE_ARREST),
}
_AT_LIBERTY: Final = frozenset(
    {
        RestraintMeasure.UNDERTAKING,
        RestraintMeasure.OBLIGATION_TO_APPEAR,
        RestraintMeasure.SURETY,
        RestraintMeasure.BAIL,
        RestraintMeasure.BAN_ON_ACTIONS,
    }
)


def restraint_chosen(line: CaseLine) -> Written:
    """A measure is chosen: the one before ends that day, and where the person is kept follows."""
    prosecution, on = line.person(), line.known_on()
    if line.measure not in RestraintMeasure.values:
        raise ValidationError(_("Choose the measure."))
    measure = RestraintMeasure(line.measure)
    open_ones = [one for one in _open(prosecution) if one.measure not in BESIDE or one.measure == measure]
    if any(one.measure == measure for one in open_ones):
        raise ValidationError(_("This measure is entered already: enter that it is extended."))
    for one in open_ones if measure not in BESIDE else ():
        one.ended = on
        one.save(update_fields=["ended"])
    made = Restraint(
        prosecution=prosecution, measure=measure, court=line.court, began=on, until=line.until, **line.notes
    )
    made.clean_fields(exclude=["prosecution"])
    made.save()
    return Written(made, [made], _move(line, prosecution, measure, on))


def restraint_extended(line: CaseLine) -> Written:
    """The measure that goes on is extended to a day; one that nobody entered is begun, its first day unknown."""
    prosecution, until = line.person(), line.known_until()
    restraint = _to_extend(prosecution, line.measure)
    standing = restraint.runs_until
    if standing and standing.earliest and not until.certainly_after(standing.earliest):
        raise ValidationError(
            _("By our data the measure lasts until %(day)s already: compare the dates.") % {"day": standing}
        )
    made = RestraintExtension(
        restraint=restraint, decided_on=line.on, until=until, court=line.court, **line.notes
    )
    made.clean_fields(exclude=["restraint"])
    made.save()
    return Written(made, [made])


def _to_extend(prosecution: Prosecution, measure: str) -> Restraint:
    rows = [one for one in _open(prosecution) if measure in ("", one.measure)]
    rows = [one for one in rows if measure or one.measure not in BESIDE]
    if len(rows) == 1:
        return rows[0]
    if rows:
        raise ValidationError(_("Several measures of restraint go on: choose which one is extended."))
    if _open(prosecution):
        raise ValidationError(_("Another measure of restraint goes on: enter first that it was changed."))
    if not measure:
        raise ValidationError(
            _("No measure of restraint is entered that could be extended: choose which it is.")
        )
    # Who entered nothing before must not lose today's news: since when is not known.
    return Restraint.objects.create(prosecution=prosecution, measure=measure)


def _open(prosecution: Prosecution) -> list[Restraint]:
    return list(prosecution.restraints.filter(ended__isnull=True).prefetch_related("extensions"))


def _move(line: CaseLine, prosecution: Prosecution, measure: RestraintMeasure, on: PartialDate) -> list[str]:
    """Enters where the person is now. A release is never concluded: it is left to staff, and said."""
    going_on = set(
        Stay.objects.filter(prisoner=prosecution.prisoner, ongoing=True).values_list("reason", flat=True)
    )
    if measure in _AT_LIBERTY and going_on:
        return [_("By our data the person is still held: enter the release if there was one.")]
    if measure not in _HELD:
        return []
    kind, reason = _HELD[measure]
    if reason in going_on:
        return []
    if StayReason.SERVING in going_on:
        return [_("The person serves a sentence by our data: the place stays as it is.")]
    if not line.touches_person:
        return [_("Where the person is held now is for an editor of people to enter.")]
    quick_entry(
        prisoner=prosecution.prisoner,
        kind=kind,
        on=on,
        source_url=line.source_url,
        confidential_source=line.confidential_source,
        by=line.by,
    )
    return []
