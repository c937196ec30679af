"""Plans the generated people one by one, each from its own chance: pure, no database, any number in little memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any, Final

from memorial.base.gender import Gender
from memorial.base.names import make_slug
from memorial.demo.accusations import Accusation, Article, Deed, possible
from memorial.demo.circumstances import (
    citizenship_of,
    citizenship_rows,
    consent_rows,
    flags,
    office_rows,
    vulnerabilities,
    words_of,
)
from memorial.demo.course import Accused, common_span, draw_course, pace_of
from memorial.demo.decided import recognition_rows, register_rows, review_rows
from memorial.demo.drawing_choice import drawing_for
from memorial.demo.earlier import earlier_custody
from memorial.demo.figures import AS_OF, Recognised, Slot
from memorial.demo.held import custody_row, death_row, end_row, stay_rows
from memorial.demo.institutions import town_in
from memorial.demo.naming import Name, invented_name
from memorial.demo.plan import Course, PersonPlan, Row, Town, Traits, years_later
from memorial.demo.reading import chance, read
from memorial.demo.sourcing import cite_facts, sources_of
from memorial.demo.telling import Story
from prisoners.choices import LibertyStatus as Liberty

_TRIES: Final = 4000
_OWN_TRIES: Final = 60
"""How often somebody of a case tries to come to their own fate before chance leads them to a case apart."""
_SINGLE_NAME: Final = 0.004
_RANDOM_LETTERS: Final = "bcdfghjkmnpqrstvwxz23456789"


def plans(slots: Iterable[Slot], *, seed: int, taken: set[str]) -> Iterator[PersonPlan]:
    """A plan for each slot. `taken` holds the addresses of pages in use and grows by those given."""
    for number, slot in enumerate(slots):
        plan = plan_person(number, slot, seed)
        plan.columns["slug"] = _slug(plan, seed, taken)
        taken.add(plan.columns["slug"])
        yield plan


def plan_person(number: int, slot: Slot, seed: int) -> PersonPlan:
    """Everything about one person but the address of the page. The same for the same number, slot and seed."""
    rng = chance(seed, number)
    frame = chance(seed, slot.case_key) if slot.case_key else rng
    accusation, deed, town, article, gender, course = _prosecution(frame, rng, slot)
    traits = _traits(rng, number, slot, course, (accusation, deed, town, article, gender))
    return _plan(rng, traits, course)


def _prosecution(
    frame: Random, rng: Random, slot: Slot
) -> tuple[Accusation, Deed, Town, Article | None, str, Course]:
    """The accusation, where, and a course that leads to the liberty wanted. People of one case share the first three.

    Raises AssertionError where no accusation can lead there: then the figures ask for what the law cannot do.
    """
    # What members of a case have in common must lead to the fate of each.
    slots = [slot._replace(liberty=fate) for fate in slot.fates] or [slot]
    known = [
        each
        for each in possible(slots[0].liberty)
        if all(each in possible(one.liberty) for one in slots) and common_span(slots, each.since).days > 0
    ]
    fitting = [each for each in known if slot.case_key and _of_a_group(each)] or known
    for _attempt in range(_TRIES):
        accusation = frame.choices(fitting, [each.weight or 1 for each in fitting])[0]
        arrested = common_span(slots, accusation.since).draw(frame, late=1.3)
        deed, town = frame.choice(accusation.deeds), town_in(frame, accusation.regions)
        # Who waits to be expelled was tried apart: each for entering the country, whatever joined them before.
        is_joint = slot.case_key and slot.liberty != Liberty.IMMIGRATION_DETENTION
        pace = pace_of(frame) if is_joint else None
        for _own_try in range(_OWN_TRIES if slot.case_key else 1):
            gender = Gender.FEMALE if rng.random() < accusation.women else Gender.MALE
            article = rng.choice(accusation.articles) if accusation.articles else None
            course = draw_course(rng, Accused(slot, accusation, article, gender, pace), arrested)
            if course:
                return accusation, deed, town, article, gender.value, course
    raise AssertionError(f"nothing leads to {slot}")


def _of_a_group(accusation: Accusation) -> bool:
    return "group" in accusation.traits or accusation.key in (
        "fake",
        "treason_contacts",
        "railway",
        "no_case",
        "assembly",
    )


def _traits(
    rng: Random,
    number: int,
    slot: Slot,
    course: Course,
    settled: tuple[Accusation, Deed, Town, Article | None, str],
) -> Traits:
    accusation, deed, town, article, gender = settled
    people = rng.choice(accusation.peoples)
    if slot.liberty == Liberty.IMMIGRATION_DETENTION or course.circumstance == "expelled":
        people = rng.choice(("uzbek", "azerbaijani", "kazakh"))
    is_minor = _may_be_minor(slot, accusation, course) and rng.random() < _MINORS
    born = _born(rng, accusation, course, is_minor)
    if slot.recognised == Recognised.OLD_CASE:
        born -= timedelta(days=_OLDER)
    described = slot.liberty in (Liberty.HELD_WITHOUT_CASE, Liberty.FATE_UNKNOWN) and rng.random() < 0.08
    by_initials = is_minor or (not described and slot.liberty in _MAY_ASK and rng.random() < 0.009)
    profession, words = _profession(rng, gender, (course.seized - born).days // 365, accusation)
    shown = not (by_initials or described) and slot.state == "published"
    age = "young" if years_later(born, 35) > AS_OF else "old" if years_later(born, 55) <= AS_OF else "middle"
    return Traits(
        number=number,
        slot=slot,
        accusation=accusation,
        article=article,
        deed=deed,
        people=people,
        gender=gender,
        born=born,
        name=_name(rng, people, gender),
        town=town,
        citizenship=citizenship_of(rng, people, accusation.ukrainian, town.region),
        profession=profession,
        words=words,
        drawing=drawing_for(rng, gender, age, accusation.key) if shown else None,
        is_minor=is_minor,
        by_initials=by_initials,
        described=described,
    )


_MINORS: Final = 0.07
_OLDER: Final = 5 * 366
"""Of age in the old case as well."""
_MAY_ASK: Final = (Liberty.PRETRIAL_DETENTION, Liberty.IMPRISONED, Liberty.AT_LIBERTY)


def _may_be_minor(slot: Slot, accusation: Accusation, course: Course) -> bool:
    """Somebody of 14 to 17, in pre-trial detention: later the person grows up and the page may change."""
    young = "young" in accusation.traits and "military" not in accusation.traits
    return young and slot.liberty == Liberty.PRETRIAL_DETENTION and course.seized > date(2025, 1, 1)


def _born(rng: Random, accusation: Accusation, course: Course, is_minor: bool) -> date:
    if is_minor:
        age = rng.uniform(15.2, 17.6)
    elif "young" in accusation.traits:
        age = rng.triangular(18.6, 52, 22)
    elif "military" in accusation.traits:
        age = rng.triangular(20, 56, 32)
    else:
        age = rng.triangular(20, 78, 55 if "old" in accusation.traits else 38)
    return course.seized - timedelta(days=round(age * 365.25))


def _name(rng: Random, people: str, gender: str) -> Name:
    name = invented_name(rng, people, gender)
    if rng.random() < _SINGLE_NAME:
        return Name("", name.given, "", "", name.given_en)
    return name


@cache
def _professions() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = read("professions")["profession"]
    return found


def _profession(rng: Random, gender: str, age: int, accusation: Accusation) -> tuple[str, tuple[str, str]]:
    if "military" in accusation.traits:
        is_female = gender == Gender.FEMALE
        return "military", (
            "военнослужащая" if is_female else "военнослужащий",
            "a member of the armed forces",
        )
    fitting = [row for row in _professions() if row.get("from", 0) <= age <= row.get("to", 120)]
    fitting = [row for row in fitting if age < 63 or "from" in row] or fitting
    row = rng.choices(fitting, [each["weight"] for each in fitting])[0]
    male, female, english = rng.choice(row["words"])
    return row["code"], (female if gender == Gender.FEMALE else male, english)


def _plan(rng: Random, traits: Traits, course: Course) -> PersonPlan:
    facts: dict[str, list[Row]] = {}
    earlier = earlier_custody(rng, traits, course)
    before = len(earlier["custodies"])
    facts["custodies"] = [*earlier["custodies"], custody_row(rng, traits, course)]
    facts["stays"] = [*earlier["stays"], *stay_rows(rng, traits, course)]
    end = end_row(rng, traits, course)
    facts["ends"] = [*earlier["ends"], *([end | {"custody": before}] if end else [])]
    facts["deaths"] = [death_row(rng, course)] if traits.slot.liberty == Liberty.DIED else []
    decided = recognition_rows(rng, traits, course, before)
    facts["recognitions"] = (
        earlier["recognitions"] if traits.slot.recognised == Recognised.OLD_CASE else decided
    )
    facts["reviews"] = review_rows(rng, traits)
    facts["registers"] = register_rows(rng, traits, course)
    facts["citizenships"] = citizenship_rows(rng, traits)
    vulnerable = vulnerabilities(rng, traits, course)
    columns = flags(rng, traits, facts)
    facts["consents"] = consent_rows(rng, traits, vulnerable, columns["birthday_wanted"])
    facts |= office_rows(rng, traits)
    facts["variants"] = _variants(rng, traits)
    columns |= _name_columns(traits) | Story(rng, traits, course).columns()
    columns |= {"state": traits.slot.state, "initials_only": traits.by_initials}
    columns["updated_on"] = _updated(rng, traits, course, columns["facts_checked_on"])
    plan = PersonPlan(traits, course, columns, facts, words_of(rng, traits, course, vulnerable))
    plan.sources = sources_of(rng, plan)
    cite_facts(rng, plan)
    return plan


def _variants(rng: Random, traits: Traits) -> list[Row]:
    name = traits.name
    if not name.own or not name.surname or traits.described or traits.by_initials or rng.random() > 0.7:
        return []
    return [{"text": name.own, "kind": name.own_kind}]


def _name_columns(traits: Traits) -> Row:
    """The name as the page shows it: in full, by initials, or words that stand in its place."""
    name, year = traits.name, traits.born.year
    if traits.described:
        word_ru = "Жительница" if traits.gender == Gender.FEMALE else "Житель"
        return {
            "described_as_ru": f"{word_ru} {traits.town.genitive}, {year} г. р.",
            "described_as_en": f"A resident of {traits.town.name_en}, born in {year}",
        }
    row = {
        "surname_ru": name.surname,
        "given_names_ru": name.given,
        "patronymic_ru": name.patronymic,
        "surname_en": name.surname_en,
        "given_names_en": name.given_en,
    }
    if traits.by_initials:
        return {
            key: f"{text[0].upper()}." if text and "patronymic" not in key else ""
            for key, text in row.items()
        }
    return row


def _updated(rng: Random, traits: Traits, course: Course, checked: date | None) -> date:
    known = [
        each for each in (course.seized, course.detained, course.verdict, course.in_force, course.end) if each
    ]
    last = max(each for each in known if each <= AS_OF)
    if checked and checked > last and rng.random() < 0.5:
        return checked
    return min(AS_OF, last + timedelta(days=rng.randint(0, 6)))


def _slug(plan: PersonPlan, seed: int, taken: set[str]) -> str:
    traits = plan.traits
    if traits.by_initials:
        rng = chance("slug", seed, traits.number)
        return "p-" + "".join(rng.choice(_RANDOM_LETTERS) for _place in range(10))
    if traits.described:
        words = "zhitelnitsa" if traits.gender == Gender.FEMALE else "zhitel"
        return make_slug(f"{words} {traits.town.name_en}", str(traits.born.year), taken)
    return make_slug(traits.name.surname_en, traits.name.given_en, taken)
