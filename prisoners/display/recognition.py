"""Decisions on recognition, in words: by whom, when, and whether they speak of the present case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from memorial.base.shown_text import shown_text
from prisoners.choices import DecidingBody, RecognitionGround
from prisoners.display.custody import shown_custody
from prisoners.display.liberty import StatusMark
from prisoners.display.words import Gendered, capital, date_in_sentence
from prisoners.models import Custody, Prisoner, Recognition

_RECOGNISED = Gendered(
    pgettext_lazy("recognition_outcome feminine", "recognised as a political prisoner"),
    pgettext_lazy("recognition_outcome masculine", "recognised as a political prisoner"),
    Recognition.Outcome.RECOGNISED.label,
)
# Translators: the outcome, then its date: «признана политзаключённой 12 мая 2023»
_ON = pgettext_lazy("recognition", "%(recognised)s, %(date)s")
_ON_CASE = Gendered(
    pgettext_lazy(
        "feminine",
        "Recognised as a political prisoner in the case of %(old)s; no decision on the case of %(new)s",
    ),
    pgettext_lazy(
        "masculine",
        "Recognised as a political prisoner in the case of %(old)s; no decision on the case of %(new)s",
    ),
    pgettext_lazy(
        "gender not known",
        "Recognised as a political prisoner in the case of %(old)s; no decision on the case of %(new)s",
    ),
)
_EARLIER_CASE = Gendered(
    pgettext_lazy("feminine", "Recognised in an earlier case; no decision on the present one"),
    pgettext_lazy("masculine", "Recognised in an earlier case; no decision on the present one"),
    pgettext_lazy("gender not known", "Recognised in an earlier case; no decision on the present one"),
)
_OURS_FIRST = (DecidingBody.THIS_PROJECT, DecidingBody.MEMORIAL_HRC)


def recognition_mark(person: Prisoner) -> StatusMark:
    """The circle and its words. Another organisation's decision is a fact of the page, not this mark."""
    decisions = list(person.recognitions.all())
    standing = standing_of(decisions)
    for body in _OURS_FIRST:
        # The newest one, which speaks of the latest case.
        if last := next((made for made in reversed(standing) if made.decided_by == body), None):
            return _mark(person, last)
    if withdrawn := _last_withdrawal(decisions):
        return StatusMark("no", _dated(str(Recognition.Outcome.WITHDRAWN.label), withdrawn))
    # Translators: recognition_display: shown where there is no public decision
    return StatusMark("no", capital(pgettext("recognition_display", "no decision on recognition")))


def standing_of(decisions: Iterable[Recognition]) -> list[Recognition]:
    """Recognitions that no later decision of the same body withdrew, as `standing()` finds them."""
    made = list(decisions)
    withdrawals = [each for each in made if each.outcome == Recognition.Outcome.WITHDRAWN]
    return [
        each
        for each in made
        if each.outcome == Recognition.Outcome.RECOGNISED
        and not any(_withdraws(later, each) for later in withdrawals)
    ]


def body_words(decision: Recognition) -> str:
    """Who decided: this project, the Memorial Human Rights Centre, or another body by its name."""
    if decision.decided_by == DecidingBody.OTHER:
        return str(shown_text(decision, "body_name"))
    return str(DecidingBody(decision.decided_by).label)


def decision_words(person: Prisoner, decision: Recognition, *, dated: bool = True) -> str:
    """A decision as a line of the page: outcome, date, body, ground; no date where it stands beside already."""
    parts = [_outcome(person, decision, dated=dated), body_words(decision)]
    if decision.ground:
        parts.append(_("ground: %(ground)s") % {"ground": RecognitionGround(decision.ground).label})
    return "; ".join(parts)


def _mark(person: Prisoner, decision: Recognition) -> StatusMark:
    current = shown_custody(person)
    if current.custody and not current.end and _of_an_earlier_case(person, decision, current.custody):
        return StatusMark("no", _earlier(person, decision, current.custody))
    words = _outcome(person, decision)
    if decision.decided_by == DecidingBody.MEMORIAL_HRC:
        words = f"{words} ({body_words(decision)})"
    return StatusMark("yes", words)


def _of_an_earlier_case(person: Prisoner, decision: Recognition, current: Custody) -> bool:
    """Whether it was made in another case: a new arrest revives nothing by itself."""
    if decision.custody_id is not None:
        return decision.custody_id != current.pk
    others = len(person.custodies.all()) > 1
    return bool(others and decision.on and current.since and decision.on.certainly_before(current.since))


def _earlier(person: Prisoner, decision: Recognition, current: Custody) -> str:
    old, new = _case_year(person, decision), current.since and current.since.year
    if old and new and old != new:
        return _ON_CASE.of(person.gender) % {"old": old, "new": new}
    return _EARLIER_CASE.of(person.gender)


def _case_year(person: Prisoner, decision: Recognition) -> int | None:
    by_key = {custody.pk: custody for custody in person.custodies.all()}
    if decision.custody_id in by_key:
        since = by_key[decision.custody_id].since
        return since.year if since else None
    made = decision.on
    before = [
        custody.since
        for custody in by_key.values()
        if custody.since and made and not custody.since.certainly_after(made)
    ]
    return max(since.year for since in before) if before else None


def _withdraws(later: Recognition, earlier: Recognition) -> bool:
    if later.decided_by != earlier.decided_by:
        return False
    until = later.on.latest if later.on else None
    begun = earlier.on.earliest if earlier.on else None
    return until is None or until >= (begun or date.min)


def _last_withdrawal(decisions: list[Recognition]) -> Recognition | None:
    ours = [
        each
        for each in decisions
        if each.outcome == Recognition.Outcome.WITHDRAWN and each.decided_by in _OURS_FIRST
    ]
    return ours[-1] if ours else None


def _outcome(person: Prisoner, decision: Recognition, *, dated: bool = True) -> str:
    is_withdrawn = decision.outcome == Recognition.Outcome.WITHDRAWN
    words = str(Recognition.Outcome.WITHDRAWN.label) if is_withdrawn else _RECOGNISED.of(person.gender)
    return _dated(words, decision) if dated else capital(words)


def _dated(words: str, decision: Recognition) -> str:
    if decision.on is None:
        return capital(words)
    return capital(str(_ON) % {"recognised": words, "date": date_in_sentence(decision.on)})
