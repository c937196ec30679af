"""How a prosecution goes: arrest, verdict, colony, end. Every day fits the days before it and the liberty it leads to.

A course is drawn by chance and thrown away where it does not lead there; no figure is bent to fit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Final, NamedTuple

from memorial.base.gender import Gender
from memorial.demo.accusations import Accusation, Article
from memorial.demo.figures import AS_OF, IN_THE_PERIOD, PERIOD, Recognised, Slot
from memorial.demo.plan import Course, working_day
from prisoners.choices import LibertyStatus as Liberty
from prisoners.models.recognition import MEMORIAL_HRC_DECIDED_UNTIL

EXCHANGE_DAYS: Final = (date(2025, 4, 17), date(2026, 2, 26))
HANDED_OVER_DAYS: Final = (date(2023, 6, 22), date(2024, 3, 14), date(2024, 11, 28), date(2025, 6, 19))
DAYS_A_YEAR: Final = 365.25
_LIFE_FROM_YEARS: Final = 17.5


class Pace(NamedTuple):
    """How many days a joint trial takes from the seizure to the verdict, and from there to its entry into force."""

    to_verdict: int
    to_force: int


class Accused(NamedTuple):
    """Of whom a course is drawn; `pace` is that of the trial, where several are tried together."""

    slot: Slot
    accusation: Accusation
    article: Article | None
    gender: str
    pace: Pace | None = None


class Span(NamedTuple):
    """The first and the last day on which something may have begun."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days

    def draw(self, rng: Random, late: float = 1.0) -> date:
        """A day of the span; the larger `late`, the nearer its end."""
        return self.first + timedelta(days=round(self.days * rng.random() ** (1 / late)))


def arrest_span(slot: Slot, since: date) -> Span:
    """When the arrest may have been, by liberty and recognition alone."""
    first, last = _BY_LIBERTY.get(slot.liberty, (date(2015, 1, 1), AS_OF - timedelta(days=40)))
    if slot.recognised in IN_THE_PERIOD:
        last = min(last, PERIOD[1] - timedelta(days=60))
    if slot.recognised in (Recognised.HRC, Recognised.HRC_AND_PERIOD):
        last = min(last, MEMORIAL_HRC_DECIDED_UNTIL - timedelta(days=60))
    if slot.recognised == Recognised.AFTER:
        first, last = max(first, date(2024, 6, 1)), min(last, AS_OF - timedelta(days=60))
    if slot.recognised == Recognised.OLD_CASE:
        first, last = (
            max(first, date(2024, 12, 1)),
            min(AS_OF - timedelta(days=30), max(last, date(2025, 8, 1))),
        )
    return Span(max(first, since), last)


def common_span(slots: Sequence[Slot], since: date) -> Span:
    """When people of these liberties may have been arrested together; less than a day where never."""
    spans = [arrest_span(slot, since) for slot in slots]
    return Span(max(span.first for span in spans), min(span.last for span in spans))


def pace_of(frame: Random) -> Pace:
    """The pace of a joint trial."""
    return Pace(frame.randint(130, 560), frame.randint(60, 230))


def draw_course(rng: Random, who: Accused, arrested: date) -> Course | None:
    """A course that begins on that day, or None where it leads somewhere else this time."""
    seized = arrested
    apart = rng.random() < who.accusation.seized
    detained = seized + timedelta(days=rng.choice((1, 2, 3, 9, 40, 160) if apart else (0, 0, 0, 1)))
    if who.slot.liberty in (Liberty.HELD_WITHOUT_CASE, Liberty.FATE_UNKNOWN):
        detained = seized
    course = Course(seized, detained, rng.random() < _MONTHS_ONLY, at_home=False)
    follow = _FOLLOW.get(who.slot.liberty, _nothing_more)
    found = follow(rng, course, who)
    return found if found and _is_past(found) and decisions_fit(found, who.slot) else None


_MONTHS_ONLY: Final = 0.06


def decisions_fit(course: Course, slot: Slot) -> bool:
    """Whether the decisions on recognition could be made while the person was held."""
    end = course.end or AS_OF
    begin = course.seized + timedelta(days=25)
    if slot.recognised in (Recognised.HRC, Recognised.HRC_AND_PERIOD) and end < date(2020, 1, 1):
        return False
    if slot.recognised in IN_THE_PERIOD and slot.recognised != Recognised.OLD_CASE:
        return min(end, PERIOD[1]) - max(begin, PERIOD[0]) > timedelta(days=30)
    if slot.recognised == Recognised.AFTER:
        return end > PERIOD[1] + timedelta(days=30)
    return True


def _is_past(course: Course) -> bool:
    known = [each for each in (course.detained, course.verdict, course.in_force, course.end) if each]
    return max(known) <= AS_OF - timedelta(days=2)


def _tried(rng: Random, course: Course, who: Accused, *, at_home: float = 0.08) -> Course:
    """With a verdict, its entry into force and the expected end."""
    article = who.article
    if article is None or not article.years:
        return course
    verdict = working_day(course.detained + timedelta(days=rng.randint(110, 560)))
    in_force = working_day(verdict + timedelta(days=rng.randint(60, 230)))
    if who.pace and course.seized + timedelta(days=who.pace.to_verdict) > course.detained:
        verdict = working_day(course.seized + timedelta(days=who.pace.to_verdict))
        in_force = working_day(verdict + timedelta(days=who.pace.to_force))
    years = article.term(rng)
    home = rng.random() < at_home
    rate = {"general": 0.5, "settlement": 1.0}.get(_regime(article, who.gender), 0.0)
    credited = 0 if home else (in_force - course.detained).days * rate
    expected = course.detained + timedelta(days=years * DAYS_A_YEAR - credited)
    life = years >= _LIFE_FROM_YEARS and who.gender == Gender.MALE and rng.random() < 0.05
    return replace(
        course,
        at_home=home,
        verdict=verdict,
        in_force=in_force,
        years=None if life else years,
        life=life,
        expected=None if life else expected,
    )


def _regime(article: Article, gender: str) -> str:
    return "general" if gender == Gender.FEMALE and article.regime == "strict" else article.regime


def _nothing_more(_rng: Random, course: Course, *_rest: object) -> Course:
    return course


def _at_home(_rng: Random, course: Course, *_rest: object) -> Course:
    return replace(course, at_home=True)


def _still_tried(rng: Random, course: Course, who: Accused) -> Course | None:
    """Under remand: no verdict yet, or one that is not in force."""
    tried = _tried(rng, course, who, at_home=0)
    if tried.verdict and tried.verdict < AS_OF - timedelta(days=5):
        # A rest on remand is no sentence served: expected release as the verdict has it.
        return replace(tried, in_force=None) if tried.in_force and tried.in_force > AS_OF else None
    return course


def _serving(rng: Random, course: Course, who: Accused) -> Course | None:
    tried = _tried(rng, course, who)
    if tried.in_force is None or tried.in_force > AS_OF - timedelta(days=45):
        return None
    if tried.life:
        return tried
    return tried if tried.expected and tried.expected > AS_OF + timedelta(days=70) else None


def _treated(rng: Random, course: Course, *_rest: object) -> Course | None:
    ruling = course.detained + timedelta(days=rng.randint(150, 420))
    in_force = ruling + timedelta(days=rng.randint(20, 70))
    return replace(course, verdict=ruling, in_force=in_force) if in_force < AS_OF else None


def _left(rng: Random, course: Course, who: Accused) -> Course | None:
    """Held for a day or two, let go, gone; tried in absence later."""
    end = course.detained + timedelta(days=2)
    if who.slot.recognised != Recognised.NO:
        end = course.detained + timedelta(days=rng.randint(70, 300))
    verdict = working_day(end + timedelta(days=rng.randint(120, 600)))
    years = who.article.term(rng) if who.article and verdict < AS_OF else None
    return replace(
        course,
        end=end,
        ground="measure_changed",
        circumstance="ordinary",
        verdict=verdict if years else None,
        years=years,
    )


def _lighter(rng: Random, course: Course, who: Accused) -> Course | None:
    """Forced labour in place of a colony."""
    tried = _tried(rng, course, who, at_home=0.5)
    fits = tried.in_force and tried.in_force < AS_OF and tried.expected and tried.expected > AS_OF
    return tried if fits and (tried.years or 9) <= 5 else None


def _ended(rng: Random, course: Course, who: Accused) -> Course | None:
    """Released in one of many ways."""
    tried = _tried(rng, course, who)
    if not (tried.verdict and tried.in_force and tried.expected):
        return None
    if who.accusation.ukrainian > 0.8 and rng.random() < 0.75:
        return _until(tried, rng.choice(HANDED_OVER_DAYS), "none_known", "handed_to_ukraine")
    ways = {way: share for way, share in _WAYS.items() if way != "deferral" or who.gender == Gender.FEMALE}
    way = rng.choices(list(ways), list(ways.values()))[0]
    if way == "exchange":
        ground = rng.choice(("pardon", "pardon", "none_known"))
        return _until(tried, rng.choice(EXCHANGE_DAYS), ground, "exchange")
    if way in ("suspended_sentence", "non_custodial", "credit_exceeds_term"):
        return _in_courtroom(rng, tried, who, way)
    if way in ("measure_changed", "discontinued"):
        early = replace(course, at_home=tried.at_home)
        return replace(early, end=_soon(rng, course), ground=way, circumstance="ordinary")
    length = (tried.expected - course.detained).days
    share = {"served": 1.0, "parole": rng.uniform(0.55, 0.8), "expelled": 1.0}.get(way, rng.uniform(0.4, 0.7))
    end = course.detained + timedelta(days=round(length * share))
    ground, circumstance = ("served", "expelled") if way == "expelled" else (way, "ordinary")
    return _until(tried, end, ground, circumstance)


def _soon(rng: Random, course: Course) -> date:
    return course.detained + timedelta(days=rng.randint(50, 280))


def _in_courtroom(rng: Random, tried: Course, who: Accused, way: str) -> Course | None:
    """Let go on the day of a light verdict; only where the article is light enough."""
    if not who.article or not who.article.years or who.article.years[0] > _LIGHT_YEARS:
        return None
    years = None if way == "non_custodial" else min(tried.years or 2.0, rng.choice((1.5, 2.0, 3.0)))
    released = replace(tried, years=years, life=False, expected=None, in_force=None)
    return replace(released, end=tried.verdict, ground=way, circumstance="in_courtroom")


_LIGHT_YEARS: Final = 3.0
_WAYS: Final = {
    "served": 40,
    "parole": 14,
    "suspended_sentence": 11,
    "non_custodial": 9,
    "exchange": 8,
    "measure_changed": 7,
    "discontinued": 3,
    "credit_exceeds_term": 4,
    "quashed": 3,
    "expelled": 2,
    "illness": 1,
    "deferral": 2,
}


def _until(course: Course, end: date, ground: str, circumstance: str) -> Course | None:
    """Ended on that day, and what would have come after it forgotten."""
    if end <= course.detained + timedelta(days=20):
        return None
    cut = course
    if course.verdict and course.verdict >= end:
        cut = replace(course, verdict=None, in_force=None, years=None, life=False, expected=None)
    elif course.in_force and course.in_force >= end:
        cut = replace(course, in_force=None)
    if ground not in ("pardon", "none_known") and not cut.in_force:
        return None
    return replace(cut, end=end, ground=ground, circumstance=circumstance)


def _to_the_war(rng: Random, course: Course, who: Accused) -> Course | None:
    tried = _tried(rng, course, who, at_home=0)
    if not tried.in_force or who.gender == Gender.FEMALE:
        return None
    end = tried.in_force + timedelta(days=rng.randint(60, 400))
    return _until(tried, end, "war_80_2", "sent_to_war") if tried.expected and end < tried.expected else None


def _expelled_soon(rng: Random, course: Course, who: Accused) -> Course | None:
    """Sentence served, and still held before expulsion."""
    tried = _tried(rng, course, who, at_home=0)
    if not (
        tried.in_force and tried.expected and tried.in_force < tried.expected < AS_OF - timedelta(days=20)
    ):
        return None
    return tried if tried.expected > AS_OF - timedelta(days=200) else None


def _lost_sight(rng: Random, course: Course, who: Accused) -> Course:
    end = course.detained + timedelta(days=rng.randint(60, 300))
    return replace(course, end=end, ground="", circumstance="")


def _died(rng: Random, course: Course, who: Accused) -> Course | None:
    tried = _tried(rng, course, who, at_home=0)
    last = tried.expected or AS_OF
    end = course.detained + timedelta(days=rng.randint(90, 1400))
    if end >= last:
        return None
    if tried.verdict and tried.verdict >= end:
        tried = replace(tried, verdict=None, in_force=None, years=None, life=False, expected=None)
    elif tried.in_force and tried.in_force >= end:
        tried = replace(tried, in_force=None)
    return replace(tried, end=end, ground="", circumstance="")


Follow = Callable[[Random, Course, Accused], Course | None]
_FOLLOW: Final[dict[Liberty, Follow]] = {
    Liberty.PRETRIAL_DETENTION: _still_tried,
    Liberty.IMPRISONED: _serving,
    Liberty.HOUSE_ARREST: _at_home,
    Liberty.INPATIENT_TREATMENT: _treated,
    Liberty.AT_LIBERTY: _ended,
    Liberty.BEYOND_REACH: _left,
    Liberty.FORCED_LABOUR: _lighter,
    Liberty.SENT_TO_WAR: _to_the_war,
    Liberty.IMMIGRATION_DETENTION: _expelled_soon,
    Liberty.NOT_KNOWN: _lost_sight,
    Liberty.DIED: _died,
}
_BY_LIBERTY: Final[dict[Liberty, tuple[date, date]]] = {
    Liberty.PRETRIAL_DETENTION: (date(2024, 7, 1), AS_OF - timedelta(days=12)),
    Liberty.IMPRISONED: (date(2016, 1, 1), date(2026, 3, 1)),
    Liberty.HOUSE_ARREST: (date(2025, 3, 1), AS_OF - timedelta(days=12)),
    Liberty.INPATIENT_TREATMENT: (date(2021, 6, 1), date(2026, 1, 31)),
    Liberty.PSYCHIATRIC_EXAMINATION: (date(2025, 6, 1), AS_OF - timedelta(days=50)),
    Liberty.HELD_WITHOUT_CASE: (date(2022, 3, 1), date(2025, 6, 1)),
    Liberty.FATE_UNKNOWN: (date(2022, 3, 1), date(2024, 6, 1)),
    Liberty.ADMINISTRATIVE_ARREST: (AS_OF - timedelta(days=12), AS_OF - timedelta(days=3)),
    Liberty.FORCED_LABOUR: (date(2023, 6, 1), date(2026, 1, 31)),
    Liberty.NOT_KNOWN: (date(2021, 1, 1), date(2024, 12, 1)),
    Liberty.BEYOND_REACH: (date(2021, 1, 1), date(2026, 6, 1)),
}
