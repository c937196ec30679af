"""Invented people with everything that makes counting hard: dates half known, several cases, what nobody may see."""

from __future__ import annotations

from datetime import date

from cases.models import ChargeEvent, Penalty
from memorial.base.choices import State, Verification
from memorial.base.partial_date import PartialDate
from prisoners.models import Death, EndOfCustody, PrisonerTheme, Theme
from tests.factories import (
    ArticleFactory,
    CaseFactory,
    ChargeFactory,
    CustodyFactory,
    DecisionFactory,
    DecisionPersonFactory,
    DraftFactory,
    FacilityFactory,
    HearingFactory,
    PrisonerFactory,
    ProsecutionFactory,
    RecognitionFactory,
    RegionFactory,
    StayFactory,
)

TODAY = date(2026, 11, 23)
DAYS = (TODAY, date(2025, 10, 27), date(2024, 2, 19), date(2023, 6, 30), date(2021, 12, 31))
"""Days on which everything is told: one of the many verdicts, one before the project began."""

BY_INITIALS = {
    "initials_only": True,
    "surname_ru": "Г.",
    "given_names_ru": "Т.",
    "patronymic_ru": "",
    "surname_en": "G.",
    "given_names_en": "T.",
    "slug": "t-g",
}


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


def person(**fields):
    """A published person of whom nothing is known."""
    return PrisonerFactory(**fields)


def arrested(*dates: str, **fields):
    """A published person deprived of liberty on these dates; no stay, so where it led is not known."""
    made = person(**fields)
    for each in dates:
        CustodyFactory(prisoner=made, detained_on=day(each))
    return made


def held(since: str, until: str = "", reason: str = "serving", **fields):
    """A published person in one place from a date, to another one or until now."""
    made = fields.pop("prisoner", None) or person(**fields)
    StayFactory(
        prisoner=made,
        facility=None,
        reason=reason,
        began=day(since),
        ended=day(until) if until else None,
        ongoing=not until,
    )
    return made


def half_known_dates() -> None:
    """Dates of every precision, and a fact that nobody verified."""
    arrested("2023")
    arrested("~2022")
    arrested("<2020")
    arrested("19.02.2024")
    arrested("11.2023", "12.2023", "03.2025", born=day("2007"), **BY_INITIALS)
    doubtful = person(born=None, gender="f")
    CustodyFactory(prisoner=doubtful, verification=Verification.UNVERIFIED)
    StayFactory(prisoner=doubtful, verification=Verification.UNVERIFIED)
    person(gender="", region=RegionFactory(code="ZZ-A"))


def whereabouts() -> None:
    """People in and out of every kind of place, and dead."""
    held("2019", "06.2023", reason="remand", gender="f")
    held("05.01.2024", reason="house_arrest")
    held("01.02.2024", "20.02.2024", reason="administrative_arrest")
    again = held("10.11.2026", reason="administrative_arrest")
    held("01.05.2025", "16.05.2025", reason="administrative_arrest", prisoner=again)
    held("2022", reason="forced_labour")
    dead = held("2018")
    Death.objects.create(prisoner=dead, on=day("16.02.2024"))
    person(liberty_entered="beyond_reach", liberty_as_of=date(2024, 1, 1))


def released(*ends: tuple[str, str, str]):
    """A published person released on dates, each with a ground and a circumstance."""
    made = person()
    for on, ground, circumstance in ends:
        custody = CustodyFactory(prisoner=made, detained_on=day(on).to_year())
        EndOfCustody.objects.create(
            prisoner=made, custody=custody, on=day(on), ground=ground, circumstance=circumstance
        )
    return made


def releases() -> None:
    """One twice, one without a date, one that is a death."""
    released(("01.08.2024", "pardon", "exchange"), ("09.2026", "served", "ordinary"))
    undated = person()
    EndOfCustody.objects.create(prisoner=undated, on=None, ground="none_known", circumstance="unknown")
    escaped = person()
    EndOfCustody.objects.create(prisoner=escaped, on=day("2024"), kind="escape")


def recognitions() -> None:
    """Recognised, withdrawn, recognised again, inherited, by others, without a date."""
    RecognitionFactory(prisoner=held("2022"), on=day("28.10.2022"))
    RecognitionFactory(prisoner=held("2021", "03.2024"), on=day("02.2023"))
    lost = held("2021")
    RecognitionFactory(prisoner=lost, on=day("03.2023"))
    RecognitionFactory(prisoner=lost, on=day("01.02.2024"), outcome="withdrawn")
    twice = held("2020")
    RecognitionFactory(prisoner=twice, on=day("2023"))
    RecognitionFactory(prisoner=twice, on=day("05.2025"))
    RecognitionFactory(prisoner=twice, on=day("03.2021"), decided_by="memorial_hrc")
    RecognitionFactory(prisoner=held("2017"), on=day("2018"), decided_by="memorial_hrc")
    RecognitionFactory(
        prisoner=held("2023"), on=day("2024"), decided_by="other", body_name_ru="Иное", body_name_en="Other"
    )
    RecognitionFactory(prisoner=held("2019"), on=None)
    unsure = held("2023")
    RecognitionFactory(prisoner=unsure, on=day("2024"), verification=Verification.UNVERIFIED)


def verdict(prosecution, on: str, *penalties: dict, **fields):
    """A verdict of guilty about one person, with penalties; returns the decision."""
    in_absentia = fields.pop("in_absentia", False)
    decision = DecisionFactory(case=prosecution.case, whole_case=False, on=day(on), **fields)
    link = DecisionPersonFactory(decision=decision, prosecution=prosecution, in_absentia=in_absentia)
    for penalty in penalties:
        Penalty.objects.create(decision_person=link, **penalty)
    return decision


def years(number: int, months: int = 0, kind: str = "imprisonment") -> dict:
    return {"kind": kind, "years": number, "months": months or None}


def verdicts() -> None:
    """Every length, suspended, for life, in absentia, quashed, in several cases."""
    for number, months in ((2, 0), (3, 0), (5, 0), (5, 1), (7, 6), (12, 0), (24, 0)):
        verdict(ProsecutionFactory(since=day("02.2023")), "19.02.2024", years(number, months))
    verdict(ProsecutionFactory(since=day("2023")), "2024", {"kind": "life"})
    verdict(ProsecutionFactory(since=day("2023")), "05.2024", years(4), {"kind": "suspended", "years": 4})
    verdict(ProsecutionFactory(since=day("2022"), in_absentia=True), "06.2023", years(8), in_absentia=True)
    quashed = ProsecutionFactory(since=day("2021"))
    first = verdict(quashed, "01.02.2022", years(9))
    DecisionFactory(
        case=quashed.case, kind="quashed", instance="appeal", on=day("01.09.2022"), supersedes=first
    )
    verdict(quashed, "01.09.2023", years(6), round=2)
    gone = ProsecutionFactory(since=day("2022"))
    verdict(gone, "03.2023", years(8))
    DecisionFactory(case=gone.case, kind="remitted", instance="appeal", on=day("10.2023"))
    two = ProsecutionFactory(since=day("2020"))
    verdict(two, "2021", years(3))
    verdict(ProsecutionFactory(prisoner=two.prisoner, since=day("06.2023")), "03.2025", years(11))


def other_decisions() -> None:
    """Acquitted, discontinued, sent to treatment, an administrative ruling, one of which nobody is sure."""
    for kind, instance in (
        ("acquittal", "first"),
        ("discontinuation", "investigation"),
        ("medical_ruling", "first"),
    ):
        made = ProsecutionFactory(since=day("2022"))
        DecisionFactory(case=made.case, kind=kind, instance=instance, on=day("04.2024"))
    unsure = ProsecutionFactory(since=day("2022"))
    DecisionFactory(case=unsure.case, verification=Verification.UNVERIFIED)
    fined = ProsecutionFactory(case=CaseFactory(kind="administrative"), since=day("2024"))
    verdict(fined, "05.2024", {"kind": "administrative_arrest", "days": 15}, kind="adm_ruling")
    ProsecutionFactory(case=CaseFactory(kind="no_proceedings"), since=day("2023"))


def charges() -> None:
    """One article twice, several articles, a charge brought long after the beginning, and an article of nobody."""
    article, other = ArticleFactory(), ArticleFactory()
    both = ProsecutionFactory(since=day("2022"))
    for each in (article, article, other):
        ChargeFactory(prosecution=both, article=each)
    late = ChargeFactory(prosecution=ProsecutionFactory(since=day("2020")), article=article)
    ChargeEvent.objects.create(charge=late, kind="brought", on=day("12.2024"))
    ChargeFactory(prosecution=ProsecutionFactory(), article=None, wording_ru="За стихи", part="")
    ChargeFactory(prosecution=both, article=ArticleFactory(), verification=Verification.UNVERIFIED)


def stages() -> None:
    """Suspended and resumed, entered by hand, with hearings behind and ahead."""
    ProsecutionFactory(
        since=day("2021"), suspension_reason="wanted", suspended_on=day("03.2022"), resumed_on=day("05.2024")
    )
    ProsecutionFactory(since=day("2021"), stage_entered="served")
    waiting = ProsecutionFactory(since=day("2024"))
    ChargeFactory(prosecution=waiting)
    HearingFactory(case=waiting.case, on=date(2026, 12, 1), hearing_state="planned")


def themes() -> None:
    first, second = (
        Theme.objects.create(code=f"of-figures-{n}", label_ru="чтение", label_en="reading") for n in "ab"
    )
    for theme in (first, second):
        PrisonerTheme.objects.create(prisoner=PrisonerFactory(), theme=theme)
    both = PrisonerFactory()
    for theme in (first, second):
        PrisonerTheme.objects.create(prisoner=both, theme=theme)


def places() -> None:
    """Held in a published institution, in one that is not, where only the region or nothing is told, and moved."""
    east, west = RegionFactory(code="RU-AMU"), RegionFactory(code="UA-43", occupied="yes")
    of_colony = {"reason": "serving", "region": None}
    for began in ("02.2023", "08.2024"):
        StayFactory(prisoner=person(), began=day(began), facility=FacilityFactory(region=east), **of_colony)
    secret = FacilityFactory(region=west, state=State.DRAFT)
    StayFactory(prisoner=person(), began=day("2020"), facility=secret, **of_colony)
    moved = person(born=day("2007"), **BY_INITIALS | {"slug": "t-g-2"})
    told = {"facility": None, "public": "region_only", "prisoner": moved}
    StayFactory(region=west, began=day("2021"), ended=day("02.2024"), ongoing=False, reason="remand", **told)
    StayFactory(region=east, began=day("03.2024"), **told)
    StayFactory(prisoner=person(), facility=None, region=None, public="no", began=day("2022"))


def hidden() -> None:
    """People and cases that are not published, with all of the above."""
    case = CaseFactory()
    ProsecutionFactory(case=case, since=day("2022"))
    for state in (State.DRAFT, State.READY, State.WITHDRAWN):
        draft = DraftFactory(state=state, region=RegionFactory(code="ZZ-H"), born=day("1990"), gender="f")
        CustodyFactory(prisoner=draft)
        StayFactory(prisoner=draft)
        RecognitionFactory(prisoner=draft)
        theme, _new = Theme.objects.get_or_create(code="of-hidden", label_ru="тайна", label_en="secret")
        PrisonerTheme.objects.create(prisoner=draft, theme=theme)
        prosecution = ProsecutionFactory(case=case, prisoner=draft, since=day("2022"), in_absentia=True)
        ChargeFactory(prosecution=prosecution)
        verdict(prosecution, "19.02.2024", years(5))
        EndOfCustody.objects.create(prisoner=draft, on=day("2025"), ground="pardon", circumstance="exchange")
    secret = ProsecutionFactory(case=CaseFactory(state=State.DRAFT), since=day("2022"))
    ChargeFactory(prosecution=secret)
    verdict(secret, "19.02.2024", years(5))


def everybody() -> None:
    """All of them."""
    for make in (
        half_known_dates,
        whereabouts,
        releases,
        recognitions,
        verdicts,
        other_decisions,
        charges,
        stages,
        themes,
        places,
        hidden,
    ):
        make()
