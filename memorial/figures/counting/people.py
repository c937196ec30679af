"""Figures of people: who is known, where they are, whom we recognised, how old they are, how they came out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Final

from memorial.base.gender import Gender
from memorial.figures.counting.moment import (
    TOTAL,
    UNKNOWN,
    Counted,
    Moment,
    Numbers,
    in_order,
    median_of,
    most_first,
    people_by_code,
    total,
)
from memorial.figures.rows import UNDATED, Days, EndRow, PersonRow, RecognitionRow
from prisoners.choices import DecidingBody, EndOfCustodyKind, LibertyStatus, RecognitionOutcome
from prisoners.liberty import open_stay
from prisoners.querysets import COUNTED_AS_IMPRISONED

NO_THEME: Final = "none"
_BESIDE: Final = (
    LibertyStatus.FORCED_LABOUR,
    LibertyStatus.ADMINISTRATIVE_ARREST,
    LibertyStatus.IMMIGRATION_DETENTION,
)
GROUPS: Final[dict[str, tuple[LibertyStatus, ...]]] = {
    "deprived": tuple(status for status in LibertyStatus if status in COUNTED_AS_IMPRISONED),
    "beside": _BESIDE,
    "at_liberty": (LibertyStatus.AT_LIBERTY,),
    "elsewhere": (LibertyStatus.SENT_TO_WAR, LibertyStatus.BEYOND_REACH),
    "not_known": (LibertyStatus.FATE_UNKNOWN, LibertyStatus.NOT_KNOWN),
    "died": (LibertyStatus.DIED,),
}
"""What is told of liberty in few words; together these are everybody."""
AGES: Final = (18, 30, 40, 50, 60, 70)
AGE_GROUPS: Final = (
    f"0-{AGES[0] - 1}",
    *(f"{first}-{after - 1}" for first, after in pairwise(AGES)),
    f"{AGES[-1]}-",
)


def people(moment: Moment) -> Counted:
    """Published people, and the year from which something is known of each."""
    known = ((one, Days(one.known_since, one.known_since)) for one in moment.people)
    dated = ((one, days if days.earliest else UNDATED) for one, days in known)
    return {TOTAL: total(moment.people), "first_year": moment.by_year(dated)}


def liberty(moment: Moment) -> Counted:
    """Where people are on the day, and how many were deprived of liberty at the end of each year."""
    statuses = Counter(status for _person, status in moment.liberty)
    groups = {code: sum(statuses[one] for one in group) for code, group in GROUPS.items()}
    return {
        TOTAL: total(moment.deprived),
        "group": in_order(groups, GROUPS),
        "status": in_order(statuses, LibertyStatus.values),
        "at_end_of_year": moment.deprived_at_ends(),
    }


def recognised(moment: Moment) -> Counted:
    """People whom this project has recognised, once each; inherited recognitions apart."""
    ours = _recognised_by(moment, DecidingBody.THIS_PROJECT)
    theirs = _recognised_by(moment, DecidingBody.MEMORIAL_HRC)
    others = _recognised_by(moment, DecidingBody.OTHER)
    deprived = set(moment.deprived)
    now = Counter(_recognition_now(person, moment.on, deprived) for person in ours)
    years = moment.by_year((person, days) for person, days in ours.items())
    return {
        TOTAL: total(ours),
        "now": in_order(now, ("deprived", "not_deprived", "withdrawn")),
        "first_year": years,
        "at_end_of_year": _at_ends(moment, ours),
        "inherited": {
            DecidingBody.MEMORIAL_HRC.value: len(theirs),
            "memorial_hrc_only": len(theirs.keys() - ours.keys()),
            DecidingBody.OTHER.value: len(others),
        },
    }


def _recognised_by(moment: Moment, body: DecidingBody) -> dict[PersonRow, Days]:
    """People with a decision «recognised» by such a body by the day, with the date of the first."""
    found = {}
    for person in moment.people:
        decisions = [
            each.on
            for each in person.recognitions
            if each.decided_by == body
            and each.outcome == RecognitionOutcome.RECOGNISED
            and each.on.by(moment.on)
        ]
        if decisions:
            found[person] = min(decisions, key=lambda on: (on.earliest or date.min, on.latest or date.max))
    return found


def _recognition_now(person: PersonRow, on: date, deprived: set[PersonRow]) -> str:
    """Whether the recognition stands on the day, and with it the status, which lasts while liberty is lost."""
    taken = [each for each in person.recognitions if each.on.by(on) and _is_ours(each)]
    withdrawn = [each for each in taken if each.outcome == RecognitionOutcome.WITHDRAWN]
    stands = any(
        each.outcome == RecognitionOutcome.RECOGNISED
        and not any(_comes_after(later.on, each.on) for later in withdrawn)
        for each in taken
    )
    return "withdrawn" if not stands else "deprived" if person in deprived else "not_deprived"


def _is_ours(recognition: RecognitionRow) -> bool:
    return recognition.decided_by == DecidingBody.THIS_PROJECT


def _comes_after(withdrawn: Days, recognised_on: Days) -> bool:
    """As `RecognitionQuerySet.standing`: a withdrawal follows what it withdraws where its date lets it."""
    return withdrawn.latest is None or withdrawn.latest >= (recognised_on.earliest or date.min)


def _at_ends(moment: Moment, first: dict[PersonRow, Days]) -> Numbers:
    """How many had been recognised by the end of each year, from the first year in which anybody was."""
    days = [days.earliest for days in first.values() if days.earliest]
    if not days:
        return {}
    years = range(min(days).year, moment.on.year + 1)
    ends = {year: min(date(year, 12, 31), moment.on) for year in years}
    return {str(year): sum(on.by(end) for on in first.values()) for year, end in ends.items()}


def arrests(moment: Moment) -> Counted:
    """People by the year of each deprivation of liberty."""
    dated = [(one, each.since) for one in moment.people for each in one.custodies if each.since.by(moment.on)]
    return {TOTAL: total(one for one, _days in dated), "year": moment.by_year(dated)}


def regions(moment: Moment) -> Counted:
    """People by the region of their prosecution."""
    known = moment.record.regions
    codes = (known[one.region].code.lower() if one.region in known else UNKNOWN for one in moment.people)
    return {TOTAL: total(moment.people), "region": most_first(Counter(codes))}


def held(moment: Moment) -> Counted:
    """People deprived of liberty by the region where they are held, as far as readers may know it."""
    stays = (open_stay(one, moment.on) for one in moment.deprived)
    known = moment.record.regions
    regions = (stay.region if stay else None for stay in stays)
    codes = (known[region].code.lower() if region in known else UNKNOWN for region in regions)
    return {TOTAL: total(moment.deprived), "region": most_first(Counter(codes))}


def themes(moment: Moment) -> Counted:
    """People by theme, once for each."""
    known = moment.record.themes
    pairs = [(one, known[theme].code) for one in moment.people for theme in one.themes if theme in known]
    pairs += [(one, NO_THEME) for one in moment.people if not one.themes]
    return {
        TOTAL: total(moment.people),
        "theme": most_first(people_by_code(pairs), (NO_THEME,)),
    }


def sex(moment: Moment) -> Counted:
    """People by sex: of all, and of those deprived of liberty on the day."""
    return {
        TOTAL: total(moment.people),
        "all": _by_sex(moment.people),
        "deprived": _by_sex(moment.deprived),
    }


def _by_sex(people: Iterable[PersonRow]) -> Numbers:
    return in_order(Counter(one.gender or UNKNOWN for one in people), (*Gender.values, UNKNOWN))


def ages(moment: Moment) -> Counted:
    """Ages by the year of birth alone: of those deprived of liberty on the day, and at the first arrest."""
    on_the_day = [_age(one, moment.on.year) for one in moment.deprived]
    arrested = [one for one in moment.people if any(each.since.by(moment.on) for each in one.custodies)]
    at_arrest = [_age(one, _first_arrest(one, moment.on)) for one in arrested]
    return {
        TOTAL: total(moment.deprived),
        "on_the_day": _by_age(on_the_day),
        "on_the_day_median": median_of([age for age in on_the_day if age is not None]),
        "at_arrest": _by_age(at_arrest),
        "at_arrest_median": median_of([age for age in at_arrest if age is not None]),
    }


def _age(person: PersonRow, year: int | None) -> int | None:
    """The age reached in a year; None where it or the year of birth is not known for certain."""
    return None if year is None or person.born_year is None else year - person.born_year


def _first_arrest(person: PersonRow, on: date) -> int | None:
    """The year of the first deprivation of liberty by the day; None where that is not certain."""
    since = [each.since for each in person.custodies if each.since.by(on)]
    return min(since, key=lambda days: days.earliest or date.min).year


def _by_age(found: Iterable[int | None]) -> Numbers:
    groups = Counter(UNKNOWN if age is None else age_group(age) for age in found)
    return in_order(groups, (*AGE_GROUPS, UNKNOWN))


def age_group(age: int) -> str:
    """The group of an age: «18-29»."""
    return AGE_GROUPS[sum(age >= first for first in AGES)]


def releases(moment: Moment) -> Counted:
    """People released by the day: by legal ground, by circumstance, by year."""
    found = list(_releases(moment))
    return {
        TOTAL: total(one for one, _end in found),
        "ground": most_first(people_by_code((one, end.ground) for one, end in found), ("none_known",)),
        "circumstance": most_first(people_by_code((one, end.circumstance) for one, end in found)),
        "year": moment.by_year((one, end.on) for one, end in found),
    }


def _releases(moment: Moment) -> Iterator[tuple[PersonRow, EndRow]]:
    for person in moment.people:
        for end in person.ends_of_custody:
            if end.kind == EndOfCustodyKind.RELEASE and (end.on or UNDATED).by(moment.on):
                yield person, end
