"""The term line: from deprivation of liberty to expected release, drawn to the month, said in full.

The drawing is never the only bearer of a fact, and its share is never printed: nobody's life
is a percentage.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from memorial.base.localized import current_language
from memorial.base.partial_date import PartialDate, duration_words, months_between, whole_months_between
from memorial.base.partial_date.value import DatePrecision, DateQualifier
from prisoners.choices import EndOfCustodyKind, LibertyStatus
from prisoners.display.custody import ShownCustody, shown_custody
from prisoners.display.ending import end_words
from prisoners.display.liberty import DEPRIVED, WITH_A_TERM, liberty_of
from prisoners.display.words import Gendered, date_in_sentence, date_words, since_words
from prisoners.models import Custody, Prisoner

LIFE_IN_MONTHS = 40 * 12
"""How much time the drawing of a life term stands for: it has no end, only a break."""

_DEPRIVED_ON = Gendered(
    pgettext_lazy("feminine", "Deprived of liberty %(date)s"),
    pgettext_lazy("masculine", "Deprived of liberty %(date)s"),
    pgettext_lazy("gender not known", "Deprived of liberty: %(plain)s"),
)
_WAS_HELD = Gendered(
    pgettext_lazy("feminine", "Was deprived of liberty for %(duration)s."),
    pgettext_lazy("masculine", "Was deprived of liberty for %(duration)s."),
    pgettext_lazy("gender not known", "Was deprived of liberty for %(duration)s."),
)


@dataclass(frozen=True)
class TermDrawing:
    """The drawing of a term: its shape and how much of it is black, in hundredths of its width.

    Shapes: `bar` (end known), `open` (dotted: end unknown, no verdict, treatment), `life`,
    `closed` (died: ends with a tick and no remainder).
    """

    shape: str
    done: int

    @property
    def is_bar(self) -> bool:
        return self.shape == "bar"

    @property
    def is_open(self) -> bool:
        return self.shape == "open"

    @property
    def is_life(self) -> bool:
        return self.shape == "life"

    @property
    def is_closed(self) -> bool:
        return self.shape == "closed"

    @property
    def width(self) -> str:
        """The black part as an SVG length."""
        return f"{self.done}%"

    @property
    def tick(self) -> str:
        """Where the tick of a closed line stands: never outside the drawing."""
        return f"{min(self.done, 99)}%"


@dataclass(frozen=True)
class TermLine(TermDrawing):
    """A term line: its drawing and its words, each made when it is asked for."""

    person: Prisoner
    custody: ShownCustody
    on: date

    @cached_property
    def held(self) -> str:
        return _held(self.person, self.custody, self.on)

    @cached_property
    def began(self) -> str:
        return _began(self.person, self.custody)

    @cached_property
    def ends(self) -> str:
        return _ends(self.person, self.custody, self.on)

    @cached_property
    def expected(self) -> str:
        """The date of the expected release alone, for a column headed "until"; else ""."""
        return date_words(self.expected_on) if self.expected_on else ""

    @cached_property
    def expected_on(self) -> PartialDate | None:
        """The expected release as exactly as readers may know it; None after an end, or past a term that is over."""
        return _expected_on(self.person, self.custody, self.on)

    @property
    def is_known_to_the_day(self) -> bool:
        """Whether a calendar can have the expected release."""
        known = self.expected_on
        return known is not None and known.day is not None and known.qualifier is DateQualifier.EXACT

    @property
    def has_words(self) -> bool:
        return bool(self.held or self.began or self.ends)


def term_line(person: Prisoner, on: date) -> TermLine:
    """The term line of a person on a day; an open one without words where nothing is known."""
    shown = shown_custody(person)
    return TermLine(*_drawing(person, shown, on), person, shown, on)


def _drawing(person: Prisoner, shown: ShownCustody, on: date) -> tuple[str, int]:
    custody, status = shown.custody, liberty_of(person)
    if custody is None or (shown.end is None and status not in DEPRIVED):
        return "open", 0
    until = _middle(shown.end.on) if shown.end else on
    died = bool(shown.end and shown.end.kind == EndOfCustodyKind.DEATH)
    if custody.term == Custody.TermKind.LIFE and not died:
        return "life", _share(custody, until, None)
    is_told = shown.end is not None or status in WITH_A_TERM
    end = _middle(custody.expected_end) if is_told else None
    if died:
        return "closed", _share(custody, until, end) if end else 100
    if shown.end is not None:
        return "bar", _share(custody, until, end) if end else 100
    return ("bar", _share(custody, until, end)) if end else ("open", 0)


def _share(custody: Custody, until: date | None, end: date | None) -> int:
    """Hundredths of the line that lie before `until`; at least one, so that it is seen."""
    begin = _middle(custody.since)
    if begin is None or until is None:
        return 1
    done = months_between(begin, max(begin, until))
    whole = LIFE_IN_MONTHS if end is None else months_between(begin, max(begin, end))
    return max(1, min(100, round(100 * done / whole))) if whole else 100


def _middle(value: PartialDate | None) -> date | None:
    """The middle of what a date can be; None where it is open to a side or not known."""
    if value is None or value.earliest is None or value.latest is None:
        return None
    return value.earliest + timedelta(days=(value.latest - value.earliest).days // 2)


def _held(person: Prisoner, shown: ShownCustody, on: date) -> str:
    """«В неволе 3 года 8 месяцев.» Only where it is true today, or was until a known end."""
    since, end = shown.since, shown.end
    if end is not None:
        if since is None or end.on is None or since.certainly_after(end.on):
            return ""
        words = duration_words(whole_months_between(since, end.on), current_language())
        return _WAS_HELD.of(person.gender) % {"duration": words}
    if liberty_of(person) not in DEPRIVED:
        return ""
    if since is not None and _is_exact(since) and not since.in_future(on):
        words = duration_words(whole_months_between(since, on), current_language())
        return _("Deprived of liberty for %(duration)s.") % {"duration": words}
    if words := since_words(since):
        return _("Deprived of liberty since %(date)s.") % {"date": words}
    return _("Deprived of liberty.")


def _is_exact(value: PartialDate) -> bool:
    return value.qualifier is DateQualifier.EXACT and value.unit is not DatePrecision.YEAR


def _began(person: Prisoner, shown: ShownCustody) -> str:
    if shown.since is not None:
        dates = {"date": date_in_sentence(shown.since), "plain": date_words(shown.since)}
        return _DEPRIVED_ON.of(person.gender) % dates
    if liberty_of(person) in DEPRIVED:
        return _("Since which day is not known")
    return ""


def _ends(person: Prisoner, shown: ShownCustody, on: date) -> str:
    custody, status = shown.custody, liberty_of(person)
    if shown.end is not None:
        return end_words(person, shown.end)
    if custody is None or status not in DEPRIVED:
        return _("Whether released is not known") if custody and status == LibertyStatus.NOT_KNOWN else ""
    return _expected(person, custody, status, on)


def _expected_on(person: Prisoner, shown: ShownCustody, on: date) -> PartialDate | None:
    custody = shown.custody
    expected = told_end(person, custody) if custody else None
    if expected is None or shown.end is not None or liberty_of(person) not in WITH_A_TERM:
        return None
    is_over = expected.latest is not None and expected.latest < on
    return None if is_over else expected


def told_end(person: Prisoner, custody: Custody) -> PartialDate | None:
    """The expected end as exactly as readers may know it: of people shown by initials the month, for a day finds them."""
    expected = custody.expected_end
    return expected.to_month() if expected is not None and person.initials_only else expected


def _expected(person: Prisoner, custody: Custody, status: str, on: date) -> str:
    expected = told_end(person, custody) if status in WITH_A_TERM else None
    if expected is not None:
        if expected.latest is not None and expected.latest < on:
            return _("The term has ended by our data; the release is not confirmed")
        return _("Expected release: %(date)s") % {"date": date_words(expected)}
    said: dict[str, str] = {
        Custody.TermKind.LIFE: pgettext("term", "For life"),
        Custody.TermKind.TREATMENT: pgettext("term", "Compulsory treatment: no term is set"),
        Custody.TermKind.FIXED: _("Expected release: not known"),
    }
    if custody.term in said and (status in WITH_A_TERM or custody.term != Custody.TermKind.FIXED):
        return said[custody.term]
    by_status: dict[str, str] = {
        LibertyStatus.PRETRIAL_DETENTION: pgettext("term", "No verdict"),
        LibertyStatus.HELD_WITHOUT_CASE: pgettext("term", "There is no criminal case"),
        LibertyStatus.INPATIENT_TREATMENT: said[Custody.TermKind.TREATMENT],
    }
    return by_status.get(status) or pgettext("term", "When it ends is not known")
