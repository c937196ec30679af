"""Ten-second lines about a case: one line of news becomes the right rows, with their source."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from cases.actions.quick_charges import charge_brought, charge_reclassified
from cases.actions.quick_decisions import entered_into_force, reviewed, verdict
from cases.actions.quick_hearings import hearing_cancelled, hearing_entered, hearing_held, hearing_postponed
from cases.actions.quick_kinds import REVIEWS, LineKind
from cases.actions.quick_line import (
    CaseLine,
    Written,
    check_source,
    cite,
    lock_people,
    locked_case,
    move_last_event,
    refuse_moved_names,
)
from cases.actions.quick_restraints import restraint_chosen, restraint_extended
from cases.models import Prosecution
from prisoners.actions.begin import done_by

WRITERS: Final[dict[str, Callable[[CaseLine], Written]]] = {
    LineKind.RESTRAINT: restraint_chosen,
    LineKind.EXTENDED: restraint_extended,
    LineKind.HEARING: hearing_entered,
    LineKind.POSTPONED: hearing_postponed,
    LineKind.CANCELLED: hearing_cancelled,
    LineKind.HELD: hearing_held,
    LineKind.VERDICT: verdict,
    LineKind.IN_FORCE: entered_into_force,
    LineKind.CHARGED: charge_brought,
    LineKind.RECLASSIFIED: charge_reclassified,
    **dict.fromkeys(
        (*sorted(REVIEWS), LineKind.ACQUITTED, LineKind.DISCONTINUED, LineKind.RETURNED), reviewed
    ),
}


def enter_line(line: CaseLine) -> Written:
    """Enters one line of news about a case or one person in it, and says what is left to do by hand.

    A link becomes a public source of every row made, `confidential_source` one that stays with staff; one
    of the two is needed. Raises `ValidationError` for what does not fit, and all that the database refuses.
    """
    if line.kind not in WRITERS:
        raise ValidationError(_("Choose what happened."))
    check_source(line.source_url, line.confidential_source)
    if line.prosecution is not None and line.prosecution.case_id != line.case.pk:
        raise ValidationError(_("This person is in another case."))
    with transaction.atomic(), done_by(line.by, str(LineKind(line.kind).label)):
        case = locked_case(line.case)
        concerned = _concerned(line)
        lock_people(concerned)
        people = [one.prisoner for one in concerned]
        refuse_moved_names(people, line.line_ru, line.line_en, line.source_url, line.subject)
        written = WRITERS[line.kind](line)
        for row in written.cited:
            cite(row, line.source_url, line.confidential_source)
        move_last_event(case, people, line.on)
    return written


def _concerned(line: CaseLine) -> list[Prosecution]:
    if line.prosecution is not None:
        return [line.prosecution]
    return list(line.case.prosecutions.select_related("prisoner"))
