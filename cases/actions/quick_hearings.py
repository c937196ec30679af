"""Lines about hearings: one to come, postponed, cancelled, held."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from cases.actions.quick_line import CaseLine, Written, whole_day
from cases.choices import DecisionKind, HearingState, Instance
from cases.models import Case, Court, Hearing, HearingPerson
from memorial.base.civil_date import civil_date
from memorial.base.localized import all_languages, in_language


def hearing_entered(line: CaseLine) -> Written:
    """A hearing on a day: planned, or held where the day has passed; of one person, or of the whole case."""
    day = whole_day(line.on)
    same = Hearing.objects.filter(case=line.case, on=day, at=line.at)
    same = same.filter(Q(whole_case=True) | Q(people__prosecution=line.prosecution))
    if same.exists():
        raise ValidationError(_("This hearing is entered already."))
    made = Hearing(
        case=line.case,
        court=line.court or _last_court(line.case),
        on=day,
        at=line.at,
        room=line.room,
        instance=line.instance or _instance_now(line.case),
        hearing_state=HearingState.PLANNED if day >= civil_date() else HearingState.HELD,
        **{in_language("subject", line.language): line.subject},
        **line.notes,
    )
    _save(made)
    if line.prosecution is not None:
        HearingPerson.objects.create(hearing=made, prosecution=line.prosecution)
    return Written(made, [made])


def hearing_postponed(line: CaseLine) -> Written:
    """The planned hearing is postponed: to a day, where one is told, in the same court and for the same people."""
    old = _planned(line)
    if line.until is None:
        _settle(old, HearingState.POSTPONED)
        return Written(old, [old], [_("To which day it is postponed is not said.")])
    made = Hearing(
        case=old.case,
        whole_case=old.whole_case,
        court=line.court or old.court,
        on=whole_day(line.until),
        at=line.at,
        room=line.room or old.room,
        instance=old.instance,
        access=old.access,
        hearing_state=HearingState.PLANNED,
        **{name: getattr(old, name) for name in all_languages("subject")},
        **line.notes,
    )
    if made.on < old.on:
        raise ValidationError(_("A hearing is postponed to a later day: compare the dates."))
    if made.on < civil_date():
        made.hearing_state = HearingState.HELD
    _save(made)
    for person in old.people.all():
        HearingPerson.objects.create(hearing=made, prosecution=person.prosecution)
    _settle(old, HearingState.POSTPONED, postponed_to=made)
    return Written(made, [made, old])


def hearing_cancelled(line: CaseLine) -> Written:
    """The planned hearing is cancelled."""
    old = _planned(line)
    _settle(old, HearingState.CANCELLED)
    return Written(old, [old])


def hearing_held(line: CaseLine) -> Written:
    """The planned hearing took place."""
    old = _planned(line)
    if old.on > civil_date():
        raise ValidationError(_("A hearing on a day to come is planned, not held."))
    _settle(old, HearingState.HELD)
    return Written(old, [old])


def _planned(line: CaseLine) -> Hearing:
    """The planned hearing meant: the one on the day given, else the only or the nearest one."""
    rows = Hearing.objects.filter(case=line.case, hearing_state=HearingState.PLANNED)
    if line.prosecution is not None:
        rows = rows.filter(Q(whole_case=True) | Q(people__prosecution=line.prosecution))
    if line.on is not None:
        rows = rows.filter(on=whole_day(line.on))
    found = sorted(rows.distinct(), key=lambda each: (abs(each.on - civil_date()), each.pk))
    if not found:
        raise ValidationError(
            _("No planned hearing on that day is entered: enter the hearing first.")
            if line.on
            else _("No planned hearing is entered in this case: enter the new one as a hearing.")
        )
    if len(found) > 1 and found[0].on == found[1].on:
        raise ValidationError(
            _("There are several hearings on that day: change them on the page of the case.")
        )
    return found[0]


def _settle(hearing: Hearing, state: str, postponed_to: Hearing | None = None) -> None:
    hearing.hearing_state, hearing.postponed_to = state, postponed_to
    hearing.save(update_fields=["hearing_state", "postponed_to"])


def _last_court(case: Case) -> Court | None:
    last = case.hearings.exclude(court=None).select_related("court").order_by("on", "pk").last()
    return last.court if last else None


def _instance_now(case: Case) -> str:
    """The first instance, until a verdict of the last round is there; then its appeal."""
    last = case.decisions.order_by("round", "on_latest", "pk").last()
    verdicts = (DecisionKind.GUILTY_VERDICT, DecisionKind.ACQUITTAL, DecisionKind.MEDICAL_RULING)
    return (
        Instance.APPEAL
        if last and last.kind in verdicts and last.instance == Instance.FIRST
        else Instance.FIRST
    )


def _save(hearing: Hearing) -> None:
    hearing.clean_fields(exclude=["case", "court", "postponed_to"])
    hearing.save()
