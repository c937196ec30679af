"""Lines about decisions: a verdict with its penalties, its review, its entry into force, the end of a case."""

from __future__ import annotations

from typing import Final

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.actions.charge_outcomes import decide_charges
from cases.actions.quick_kinds import LineKind
from cases.actions.quick_line import CaseLine, Written
from cases.actions.quick_terms import follow_sentence
from cases.actions.read_penalties import ReadPenalty, read_penalties
from cases.choices import CaseKind, DecisionKind, Instance
from cases.models import Case, Decision, DecisionPerson, Penalty, Prosecution

VERDICTS: Final = frozenset(
    {
        DecisionKind.GUILTY_VERDICT,
        DecisionKind.ACQUITTAL,
        DecisionKind.MEDICAL_RULING,
        DecisionKind.ADM_RULING,
    }
)
"""What a review reviews."""
ANNULLING: Final = frozenset(
    {DecisionKind.QUASHED, DecisionKind.REMITTED, DecisionKind.RETURNED_TO_PROSECUTOR}
)
"""After these the case is tried anew: a round more."""
_CONFIRMING: Final = frozenset({DecisionKind.UPHELD, DecisionKind.REDUCED, DecisionKind.INCREASED})
_KINDS: Final = {
    LineKind.ACQUITTED: (DecisionKind.ACQUITTAL, Instance.FIRST),
    LineKind.UPHELD: (DecisionKind.UPHELD, Instance.APPEAL),
    LineKind.REDUCED: (DecisionKind.REDUCED, Instance.APPEAL),
    LineKind.INCREASED: (DecisionKind.INCREASED, Instance.APPEAL),
    LineKind.QUASHED: (DecisionKind.QUASHED, Instance.APPEAL),
    LineKind.REMITTED: (DecisionKind.REMITTED, Instance.APPEAL),
    LineKind.DISCONTINUED: (DecisionKind.DISCONTINUATION, Instance.INVESTIGATION),
    LineKind.RETURNED: (DecisionKind.RETURNED_TO_PROSECUTOR, Instance.FIRST),
}
_LETS_GO: Final = frozenset({DecisionKind.ACQUITTAL, DecisionKind.DISCONTINUATION})


def verdict(line: CaseLine) -> Written:
    """A verdict with a person's penalties, and all that follows: charges, term, sentence in one line, serving it.

    A second person of the same case on the same day joins the same decision.
    """
    read = read_penalties(line.penalties, administrative=_is_administrative(line.case))
    if not read:
        raise ValidationError(_("Write the penalty: «7 years 6 months general regime»."))
    kind = DecisionKind.ADM_RULING if _is_administrative(line.case) else DecisionKind.GUILTY_VERDICT
    return decided(line, kind, line.instance or Instance.FIRST, read)


def reviewed(line: CaseLine) -> Written:
    """Any other decision, by the table of kinds; a review that changes the penalty says the new one."""
    kind, instance = _KINDS[LineKind(line.kind)]
    read = read_penalties(line.penalties, administrative=_is_administrative(line.case))
    if read and kind not in _CONFIRMING:
        raise ValidationError(_("This decision imposes no penalty: take it out, or choose another decision."))
    if kind in (DecisionKind.REDUCED, DecisionKind.INCREASED) and not read:
        raise ValidationError(_("Write the penalty as it is now: «7 years 6 months general regime»."))
    return decided(line, kind, line.instance or instance, read)


def entered_into_force(line: CaseLine) -> Written:
    """The last verdict about the person, or the case, entered into force that day."""
    on = line.known_on()
    rows = line.case.decisions.filter(kind__in=VERDICTS).order_by("round", "on_latest", "pk")
    if line.prosecution is not None:
        rows = rows.filter(people__prosecution=line.prosecution) | rows.filter(whole_case=True)
    last = rows.distinct().last()
    if last is None:
        raise ValidationError(
            _("No verdict is entered that could enter into force: enter the verdict first.")
        )
    last.in_force_on = on
    last.save(update_fields=["in_force_on"])
    return Written(last, [last])


def decided(line: CaseLine, kind: DecisionKind, instance: str, read: list[ReadPenalty]) -> Written:
    """Writes a decision for a person, or for the whole case, what it makes of charges, and what follows.

    Raises `ValidationError` where the person has this decision already, or it takes a verdict that is missing.
    """
    on = line.known_on()
    prosecution = line.person() if read else line.prosecution
    number = round_now(line.case, prosecution)
    if kind in _CONFIRMING | {DecisionKind.QUASHED, DecisionKind.REMITTED}:
        number = _reviewed_round(line.case, prosecution, number)
    decision = Decision(
        case=line.case,
        kind=kind,
        instance=instance,
        round=number,
        court=line.court,
        on=on,
        # УПК РФ, Art. 390: a verdict that was appealed enters into force with the ruling on appeal.
        in_force_on=on if kind in _CONFIRMING and instance == Instance.APPEAL else None,
        **line.notes,
    )
    same = _same_decision(decision, prosecution)
    if same is None:
        decision.clean_fields(exclude=["case", "court", "supersedes"])
        decision.save()
    else:
        decision = same
    if prosecution is None:
        of_charges = decide_charges(decision, line.case.prosecutions.all(), line.charges)
        return Written(decision, [decision], [*_remarks(kind), *of_charges])
    link = DecisionPerson.objects.create(decision=decision, prosecution=prosecution)
    write_penalties(link, read, line.language)
    of_charges = decide_charges(decision, [prosecution], line.charges)
    _supersede(decision)
    cited = [] if same else [decision]
    follows = follow_sentence(line, link, read) if read else Written(decision)
    return Written(decision, [*cited, *follows.cited], [*_remarks(kind), *of_charges, *follows.remarks])


def round_now(case: Case, prosecution: Prosecution | None) -> int:
    """The round that a decision of today belongs to: one more after a verdict was annulled."""
    last = _about(case, prosecution).order_by("round", "on_latest", "pk").last()
    if last is None:
        return 1
    return last.round + (last.kind in ANNULLING)


def write_penalties(link: DecisionPerson, read: list[ReadPenalty], language: str) -> None:
    """Writes the penalties that were read."""
    for said in read:
        penalty = Penalty(decision_person=link, **said.columns(language))
        penalty.clean_fields(exclude=["decision_person"])
        penalty.save()


def _reviewed_round(case: Case, prosecution: Prosecution | None, number: int) -> int:
    """The round of the verdict that is reviewed. Raises `ValidationError` where it was annulled already."""
    verdicts = _about(case, prosecution).filter(kind__in=VERDICTS)
    if verdicts.exists() and not verdicts.filter(round=number).exists():
        raise ValidationError(_("The last verdict was annulled already: enter the new one first."))
    return number


def _about(case: Case, prosecution: Prosecution | None) -> QuerySet[Decision]:
    rows = case.decisions.all()
    if prosecution is None:
        return rows
    return (rows.filter(whole_case=True) | rows.filter(people__prosecution=prosecution)).distinct()


def _same_decision(decision: Decision, prosecution: Prosecution | None) -> Decision | None:
    """The same decision of the same day, entered for somebody else. Raises where it was for this person too."""
    rows = Decision.objects.filter(
        case=decision.case,
        kind=decision.kind,
        instance=decision.instance,
        round=decision.round,
        on=decision.on,
    )
    same = rows.order_by("pk").first()
    if same is None:
        return None
    if prosecution is None or same.whole_case or same.people.filter(prosecution=prosecution).exists():
        raise ValidationError(_("This decision is entered already."))
    return same


def _supersede(decision: Decision) -> None:
    """An annulled verdict is superseded where the decision annuls it for everybody whom it was about."""
    if decision.kind not in ANNULLING or decision.supersedes_id:
        return
    people = set(decision.people.values_list("prosecution", flat=True))
    verdicts = decision.case.decisions.filter(kind__in=VERDICTS, round=decision.round, whole_case=False)
    last = verdicts.exclude(pk=decision.pk).order_by("on_latest", "pk").last()
    if last and set(last.people.values_list("prosecution", flat=True)) <= people:
        decision.supersedes = last
        decision.save(update_fields=["supersedes"])


def _remarks(kind: DecisionKind) -> list[str]:
    if kind in _LETS_GO or kind in (DecisionKind.QUASHED, DecisionKind.REMITTED):
        return [_("Whether anybody was released is never concluded: enter the release if there was one.")]
    return []


def _is_administrative(case: Case) -> bool:
    return case.kind == CaseKind.ADMINISTRATIVE
