"""Deprivation of liberty as rows: custody, places, how it ended. From a course; nothing is decided here but places."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Final

from memorial.base.gender import Gender
from memorial.base.partial_date import PartialDate
from memorial.base.partial_date.value import DateQualifier
from memorial.demo.figures import AS_OF, Recognised
from memorial.demo.institutions import Institution, places, sizo_of
from memorial.demo.plan import Course, Row, Traits, day, month
from prisoners.choices import LibertyStatus as Liberty

_WITHOUT_CASE: Final = (Liberty.HELD_WITHOUT_CASE, Liberty.FATE_UNKNOWN)
_REGION_ONLY: Final = 0.13
_NOT_SHOWN: Final = 0.03
_SECOND_COLONY: Final = 0.16
_ONE_DAY: Final = timedelta(days=1)


def custody_row(rng: Random, traits: Traits, course: Course) -> Row:
    """One deprivation of liberty: the three dates, the term, the expected end."""
    exact = month if course.months_only else day
    row: Row = {"verification": rng.choices(("one_source", "two_independent", "document_seen"), (6, 3, 2))[0]}
    if traits.slot.liberty in _WITHOUT_CASE:
        kinds = (exact, month, _about)
        return row | {"seized_on": rng.choice(kinds)(course.seized), "term": "unknown"}
    if course.seized != course.detained:
        row["seized_on"] = exact(course.seized)
    row["detained_on"] = exact(course.detained)
    if not course.months_only and traits.slot.liberty not in (
        Liberty.ADMINISTRATIVE_ARREST,
        Liberty.BEYOND_REACH,
    ):
        row["remanded_on"] = day(course.detained + _ONE_DAY)
    if traits.slot.liberty == Liberty.INPATIENT_TREATMENT:
        return row | {"term": "treatment"}
    if course.life:
        return row | {"term": "life"}
    if course.expected:
        return row | {"term": "fixed", "expected_end": month(course.expected)}
    return row | {"term": "unknown"}


def _about(value: date) -> PartialDate:
    return PartialDate(value.year, value.month, qualifier=DateQualifier.ABOUT)


def stay_rows(rng: Random, traits: Traits, course: Course) -> list[Row]:
    """Where the person was and is, in order; the last one goes on unless the course has ended."""
    liberty = traits.slot.liberty
    if liberty == Liberty.FATE_UNKNOWN:
        return []
    if liberty == Liberty.HELD_WITHOUT_CASE:
        return _without_case(rng, traits, course)
    if liberty == Liberty.BEYOND_REACH and traits.slot.recognised == Recognised.NO:
        held = {"reason": "police_detention", "region": traits.town.region, "public": "region_only"}
        return [_last(held | {"began": day(course.detained)}, course.end)]
    if liberty == Liberty.ADMINISTRATIVE_ARREST:
        place = rng.choice(places("special_detention_centre"))
        shown = (
            _shown(rng, place)
            if rng.random() < 0.4
            else {"region": traits.town.region, "public": "region_only"}
        )
        return [{"reason": "administrative_arrest", "began": day(course.detained), "ongoing": True, **shown}]
    return _before(traits, course) + _through(rng, traits, course)


def _without_case(rng: Random, traits: Traits, course: Course) -> list[Row]:
    """Place known to nobody, a region, or a remand prison where somebody was seen."""
    row: Row = {"reason": "no_case", "began": month(course.seized), "ongoing": True}
    region = traits.town.region
    way = rng.choices(("unknown", "region", "sizo", "hidden"), (45, 30, 18, 7))[0]
    if way == "sizo":
        return [row | _shown(rng, rng.choice(places("sizo")))]
    if way == "region":
        return [row | {"region": rng.choice((region, "RU-ROS", "UA-43", "RU-BEL")), "public": "region_only"}]
    if way == "hidden":
        note = "Со слов освобождённого; место не раскрываем."
        return [row | {"public": "no", "concealed": {"region": region, "staff_note": note}}]
    return [row | {"note_ru": "Место неизвестно", "note_en": "Place unknown"}]


def _before(traits: Traits, course: Course) -> list[Row]:
    """The days or months before anything was written down: never shown where."""
    if course.seized >= course.detained - timedelta(days=5):
        return []
    note = "Первые недели: со слов самого человека в суде."
    return [
        {
            "reason": "seized",
            "began": day(course.seized),
            "ended": day(course.detained),
            "public": "no",
            "concealed": {"region": traits.town.region, "staff_note": note},
        }
    ]


def _through(rng: Random, traits: Traits, course: Course) -> list[Row]:
    """Remand or house arrest, then where the sentence is served, a treatment given, an expulsion awaited."""
    end = course.end
    moved = course.in_force if course.in_force and (end is None or course.in_force < end) else None
    first: Row = {"began": _on(course, course.detained)}
    if course.at_home:
        first |= {"reason": "house_arrest", "region": traits.town.region}
    else:
        first |= {"reason": "remand", **_remand_place(rng, traits)}
    if moved is None:
        rows = [_last(first, end)]
        if traits.slot.liberty == Liberty.PSYCHIATRIC_EXAMINATION:
            rows = _examined(rng, first, course)
        return rows
    return [first | {"ended": month(moved)}, *_after_verdict(rng, traits, course, moved)]


def _after_verdict(rng: Random, traits: Traits, course: Course, moved: date) -> list[Row]:
    liberty = traits.slot.liberty
    began: Row = {"began": month(moved)}
    if liberty == Liberty.INPATIENT_TREATMENT:
        hospital = rng.choice((*places("pbstin"), *places("psychiatric_hospital")))
        return [began | {"reason": "compulsory_treatment", "ongoing": True, **_shown(rng, hospital)}]
    if liberty == Liberty.FORCED_LABOUR:
        centre = rng.choice(places("correctional_centre"))
        return [began | {"reason": "forced_labour", "ongoing": True, **_shown(rng, centre)}]
    regime: Row = {"reason": "serving", "regime": _regime(traits, course)}
    serving = began | regime | _colony(rng, traits, course)
    if liberty == Liberty.IMMIGRATION_DETENTION and course.expected:
        centre = rng.choice(places("tsvsig"))
        held = {"reason": "expulsion", "began": day(course.expected), "ongoing": True, **_shown(rng, centre)}
        return [serving | {"ended": day(course.expected)}, held]
    second = moved + timedelta(days=rng.randint(150, 900))
    if rng.random() < _SECOND_COLONY and second < (course.end or AS_OF) - timedelta(days=40):
        again = regime | {"began": month(second)} | _colony(rng, traits, course)
        return [serving | {"ended": month(second)}, _last(again, course.end)]
    return [_last(serving, course.end)]


def _examined(rng: Random, first: Row, course: Course) -> list[Row]:
    sent = max(course.detained + timedelta(days=20), AS_OF - timedelta(days=rng.randint(6, 30)))
    sent = min(sent, AS_OF - timedelta(days=2))  # whoever was held without a case was detained late
    hospital = rng.choice(places("psychiatric_hospital"))
    examined = {"reason": "examination", "began": day(sent), "ongoing": True, **_shown(rng, hospital)}
    return [first | {"ended": day(sent)}, examined]


def _last(row: Row, end: date | None) -> Row:
    return row | ({"ended": day(end)} if end else {"ongoing": True})


def _on(course: Course, value: date) -> PartialDate:
    return month(value) if course.months_only else day(value)


def _remand_place(rng: Random, traits: Traits) -> Row:
    region, chance = traits.town.region, rng.random()
    if traits.by_initials or chance < _REGION_ONLY:
        return {"region": region, "public": "region_only"}
    if chance < _REGION_ONLY + _NOT_SHOWN:
        return {
            "public": "no",
            "concealed": {"region": region, "staff_note": "Место просила не называть защита."},
        }
    if "closed" in traits.accusation.traits and chance > 0.75:
        return _shown(rng, rng.choice(places("fsb_sizo")))
    place = sizo_of(region)
    return _shown(rng, place) if place else {"region": region, "public": "region_only"}


def _colony(rng: Random, traits: Traits, course: Course) -> Row:
    if traits.by_initials:
        return {"region": traits.town.region, "public": "region_only"}
    regime = _regime(traits, course)
    kind = {"settlement": "colony_settlement", "prison": "prison"}.get(regime, "colony")
    place = rng.choice(places(kind, traits.gender, regime))
    if rng.random() < _NOT_SHOWN:
        note = "Угрозы в отряде: место не раскрываем."
        return {"public": "no", "concealed": {"facility": place.slug, "staff_note": note}}
    return _shown(rng, place)


def _regime(traits: Traits, course: Course) -> str:
    regime = traits.article.regime if traits.article else "general"
    if course.life:
        return "special"
    return "general" if traits.gender == Gender.FEMALE and regime == "strict" else regime


def _shown(rng: Random, place: Institution) -> Row:
    return {"facility": place.slug, "public": "yes"}


def end_row(rng: Random, traits: Traits, course: Course) -> Row | None:
    """The end of a custody, where there is one: a release with ground and circumstance, a death, an escape."""
    if course.end is None or traits.slot.liberty == Liberty.BEYOND_REACH:
        return None  # where the person is now was entered by staff: an end would say «at liberty»
    kind = {Liberty.DIED: "death", Liberty.NOT_KNOWN: "escape"}.get(traits.slot.liberty, "release")
    row: Row = {"kind": kind, "on": day(course.end)}
    if kind == "release":
        row |= {"ground": course.ground, "circumstance": course.circumstance}
    if rng.random() < 0.2:
        row["verification"] = "two_independent"
    return row


def death_row(rng: Random, course: Course) -> Row:
    """A death in custody, with the cause as the institution stated it."""
    causes = (
        ("", ""),
        ("не названа", "not stated"),
        ("по справке учреждения", "according to the institution"),
    )
    ru, en = rng.choice(causes)
    assert course.end is not None  # who died has a last day  # noqa: S101
    return {"on": day(course.end), "circumstance": "in_custody", "cause_ru": ru, "cause_en": en}
