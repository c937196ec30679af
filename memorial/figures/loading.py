"""Reads the facts for figures: one portion of statements, however many people there are, all of one moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import QuerySet

from cases.choices import ChargeEventKind
from cases.models import (
    Article,
    Charge,
    ChargeEvent,
    Decision,
    DecisionPerson,
    Hearing,
    HearingPerson,
    Penalty,
    Prosecution,
)
from cases.querysets import VERIFIED
from cases.stage import BY_VERDICT
from memorial.base.choices import State, Verification
from memorial.base.kept import Kept
from memorial.base.localized import all_languages
from memorial.figures.rows import (
    CaseRow,
    ChargeRow,
    CustodyRow,
    Days,
    DeathRow,
    DecisionRow,
    EndRow,
    HearingLinkRow,
    HearingRow,
    LinkRow,
    PenaltyRow,
    PersonRow,
    ProsecutionRow,
    RecognitionRow,
    Record,
    Related,
    StayRow,
)
from prisoners.choices import StayPublic, StayReason
from prisoners.models import (
    Custody,
    Death,
    EndOfCustody,
    Prisoner,
    PrisonerTheme,
    Recognition,
    Region,
    Stay,
    Theme,
)

_SHOWN_PROSECUTION: Final = {
    "prosecution__case__state": State.PUBLISHED,
    "prosecution__prisoner__state": State.PUBLISHED,
}


def record() -> Record:
    """The facts as of now; read anew when anything public has changed."""
    return _kept.get("record", load_record)


# There is one: what counts as its length is no matter.
_kept = Kept(1)


def load_record() -> Record:
    """Reads all facts of published people in one snapshot."""
    with transaction.atomic():
        _freeze()
        people = _people()
        for add in (_add_stays, _add_custodies, _add_ends, _add_recognitions, _add_themes):
            add(people)
        _add_prosecutions(people)
        return Record(
            people=list(people.values()),
            articles={one.pk: one for one in Article.objects.for_list().filter(pk__in=_charged(people))},
            regions={one.pk: one for one in Region.objects.all()},
            themes={one.pk: one for one in Theme.objects.all()},
        )


def _charged(people: dict[int, PersonRow]) -> set[int]:
    """The articles that anybody is charged under: their titles are most of what a code of law has."""
    return {
        charge.article
        for person in people.values()
        for prosecution in person.prosecutions
        for charge in prosecution.charges
        if charge.article is not None
    }


def _freeze() -> None:
    """One moment for all statements; within somebody else's transaction theirs is taken."""
    if not connection.savepoint_ids:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")


def _days(earliest: date | None, latest: date | None) -> Days | None:
    """A date by its two ends; None where there is none, for a date has one end at least."""
    return None if earliest is None and latest is None else Days(earliest, latest)


def _ends(*names: str) -> list[str]:
    return [f"{name}_{end}" for name in names for end in ("earliest", "latest")]


def _people() -> dict[int, PersonRow]:
    columns = ("pk", "gender", "region_id", *_ends("born"), "liberty_entered", "liberty_as_of")
    rows = Prisoner.objects.published().order_by("pk").values_list(*columns)
    return {
        pk: PersonRow(gender, region, Days(first, last).year, entered, as_of)
        for pk, gender, region, first, last, entered, as_of in rows
    }


def _of(people: dict[int, PersonRow], rows: QuerySet[Any], *columns: str) -> Iterable[tuple[PersonRow, Any]]:
    """Verified rows of these people, each with its person and without the person's number."""
    of_published = rows.filter(prisoner__in=Prisoner.objects.published().order_by())
    if any(field.name == "verification" for field in rows.model._meta.concrete_fields):
        of_published = of_published.filter(VERIFIED)
    for number, *values in of_published.order_by("pk").values_list("prisoner_id", *columns):
        if number in people:
            yield people[number], values


def _add_stays(people: dict[int, PersonRow]) -> None:
    columns = ("pk", "reason", *_ends("began", "ended"), "ongoing", "temporary")
    places = ("public", "region_id", "facility__region_id", "facility__state")
    for person, values in _of(people, Stay.objects.all(), *columns, *places):
        pk, reason, *dates, ongoing, temporary = values[: len(columns)]
        began, ended = _days(*dates[:2]), _days(*dates[2:])
        region = _region_for_readers(reason, *values[len(columns) :])
        person.stays.append(StayRow(pk, reason, began, ended, ongoing, temporary, region=region))


def _region_for_readers(
    reason: str, public: str, region: int | None, facility_region: int | None, facility_state: str | None
) -> int | None:
    """The region of a stay as its person's page tells it: see `prisoners.display.places.stay_place`."""
    if reason == StayReason.HOUSE_ARREST or public == StayPublic.NO:
        return None
    of_facility = public == StayPublic.YES and facility_state == State.PUBLISHED
    return region or (facility_region if of_facility else None)


def _add_custodies(people: dict[int, PersonRow]) -> None:
    columns = _ends("seized_on", "detained_on", "remanded_on")
    for person, dates in _of(people, Custody.objects.all(), *columns):
        three = (_days(*dates[start : start + 2]) for start in (0, 2, 4))
        person.custodies.append(CustodyRow(*three))


def _add_ends(people: dict[int, PersonRow]) -> None:
    columns = ("pk", "kind", *_ends("on"), "ground", "circumstance")
    for person, (pk, kind, first, last, *how) in _of(people, EndOfCustody.objects.all(), *columns):
        person.ends_of_custody.append(EndRow(pk, kind, _days(first, last), *how))
    for person, dates in _of(people, Death.objects.all(), *_ends("on")):
        person.death = DeathRow(_days(*dates))


def _add_recognitions(people: dict[int, PersonRow]) -> None:
    names = all_languages("body_name")
    rows = _of(people, Recognition.objects.all(), *_ends("on"), "decided_by", "outcome", *names)
    for person, (first, last, by, outcome, *body) in rows:
        person.recognitions.append(RecognitionRow.of(Days(first, last), by, tuple(body), outcome))


def _add_themes(people: dict[int, PersonRow]) -> None:
    for person, (theme,) in _of(people, PrisonerTheme.objects.all(), "theme_id"):
        person.themes.append(theme)


def _add_prosecutions(people: dict[int, PersonRow]) -> None:
    columns = ("pk", "prisoner_id", "case_id", "case__kind", *_ends("since"), "in_absentia")
    more = ("stage_entered", "suspension_reason", *_ends("suspended_on", "resumed_on"))
    rows = Prosecution.objects.shown().order_by("pk").values_list(*columns, *more)
    cases: dict[int, CaseRow] = {}
    found: dict[int, ProsecutionRow] = {}
    for pk, person, case, kind, first, last, in_absentia, stage, reason, *dates in rows:
        if person in people:
            shared = cases.setdefault(case, CaseRow(kind))
            suspended, resumed = _days(*dates[:2]), _days(*dates[2:])
            found[pk] = ProsecutionRow(
                shared, _days(first, last), in_absentia, stage, reason, suspended, resumed
            )
            people[person].prosecutions.append(found[pk])
    _add_charges(found)
    _add_decisions(cases, found)
    _add_hearings(cases, found)


def _add_charges(prosecutions: dict[int, ProsecutionRow]) -> None:
    kinds = (ChargeEventKind.BROUGHT, *BY_VERDICT)
    rows = ChargeEvent.objects.filter(
        VERIFIED, kind__in=kinds, **{f"charge__{name}": state for name, state in _SHOWN_PROSECUTION.items()}
    )
    brought: dict[int, Days] = {}
    judged: dict[int, date] = {}
    for charge, kind, *dates in rows.values_list("charge_id", "kind", *_ends("on")):
        if kind == ChargeEventKind.BROUGHT:
            if (days := _days(*dates)) is not None:
                brought[charge] = min(
                    brought.get(charge, days), days, key=lambda one: one.earliest or date.min
                )
        else:
            judged[charge] = min(judged.get(charge, date.max), dates[0] or date.min)
    charges = Charge.objects.filter(VERIFIED, **_SHOWN_PROSECUTION).order_by("pk")
    for pk, prosecution, article in charges.values_list("pk", "prosecution_id", "article_id"):
        if prosecution in prosecutions:
            prosecutions[prosecution].charges.append(ChargeRow(article, brought.get(pk), judged.get(pk)))


def _add_decisions(cases: dict[int, CaseRow], prosecutions: dict[int, ProsecutionRow]) -> None:
    columns = ("pk", "case_id", "whole_case", "kind", "instance", "round", *_ends("on"))
    rows = Decision.objects.filter(VERIFIED, case__state=State.PUBLISHED).order_by("pk")
    decisions: dict[int, DecisionRow] = {}
    for pk, case, whole, kind, instance, number, first, last, in_force, supersedes in rows.values_list(
        *columns, "in_force_on_latest", "supersedes_id"
    ):
        decisions[pk] = DecisionRow(pk, kind, instance, number, Days(first, last), in_force, supersedes)
        if whole and case in cases:
            cases[case].decisions_of_all.append(decisions[pk])
    penalties = _penalties()
    links = DecisionPerson.objects.filter(**_SHOWN_PROSECUTION).order_by("pk")
    for pk, decision, prosecution, in_absentia in links.values_list(
        "pk", "decision_id", "prosecution_id", "in_absentia"
    ):
        if decision in decisions and prosecution in prosecutions:
            link = LinkRow(decisions[decision], in_absentia, penalties[pk])
            prosecutions[prosecution].decision_links.append(link)


def _penalties() -> dict[int, Related]:
    shown = {f"decision_person__{name}": state for name, state in _SHOWN_PROSECUTION.items()}
    rows = Penalty.objects.filter(**shown).exclude(
        decision_person__decision__verification=Verification.UNVERIFIED
    )
    found: dict[int, Related] = defaultdict(Related)
    columns = ("decision_person_id", "kind", "years", "months", "days")
    for link, kind, years, months, days in rows.order_by("pk").values_list(*columns):
        found[link].append(PenaltyRow(kind, years, months, days))
    return found


def _add_hearings(cases: dict[int, CaseRow], prosecutions: dict[int, ProsecutionRow]) -> None:
    rows = Hearing.objects.filter(VERIFIED, case__state=State.PUBLISHED).order_by("pk")
    hearings: dict[int, HearingRow] = {}
    for pk, case, whole, on, instance, state in rows.values_list(
        "pk", "case_id", "whole_case", "on", "instance", "hearing_state"
    ):
        hearings[pk] = HearingRow(on, instance, state)
        if whole and case in cases:
            cases[case].hearings_of_all.append(hearings[pk])
    links = HearingPerson.objects.filter(**_SHOWN_PROSECUTION).order_by("pk")
    for hearing, prosecution in links.values_list("hearing_id", "prosecution_id"):
        if hearing in hearings and prosecution in prosecutions:
            prosecutions[prosecution].hearing_links.append(HearingLinkRow(hearings[hearing]))
