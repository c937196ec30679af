"""A woman with two cases, and everything that her page gains from them. Nobody here exists."""

from datetime import date, time

from cases import models as record
from cases.models import Case, Prosecution
from memorial.base.choices import State, Verification
from memorial.base.partial_date import PartialDate
from prisoners.models import EndOfCustody, Prisoner
from tests.cases_documents.world import documents_of, findings_of
from tests.factories import (
    ArticleFactory,
    CaseFactory,
    ChargeFactory,
    CourtFactory,
    CustodyFactory,
    DecisionFactory,
    DecisionPersonFactory,
    HearingFactory,
    PrisonerFactory,
    ProsecutionFactory,
    RecognitionFactory,
    RestraintFactory,
    StayFactory,
)


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


def reader_of_poems(**fields) -> Prisoner:
    """Fined and recognised in 2020, free again; seven and a half years in the case of the readings."""
    person = PrisonerFactory(
        **{
            "slug": "chtetsova",
            "surname_ru": "Чтецова",
            "given_names_ru": "Вера",
            "surname_en": "Chtetsova",
            "given_names_en": "Vera",
            "gender": "f",
            "charges_ru": "обвинение словами",
            "charges_en": "charges in words",
            "sentence_ru": "приговор словами",
            "sentence_en": "a sentence in words",
            **fields,
        }
    )
    earlier(person)
    readings(person)
    return person


def earlier(person: Prisoner) -> Prosecution:
    """The case of 2020: a short term, served, recognised."""
    case = CaseFactory(slug="square", title_ru="Дело о площади", title_en="The square case")
    prosecution = ProsecutionFactory(case=case, prisoner=person, since=day("05.2020"))
    custody = CustodyFactory(prisoner=person, detained_on=day("05.2020"), term="fixed")
    EndOfCustody.objects.create(
        prisoner=person, custody=custody, on=day("05.2021"), ground="served", circumstance="ordinary"
    )
    verdict = DecisionFactory(case=case, on=day("11.2020"))
    link = DecisionPersonFactory(decision=verdict, prosecution=prosecution)
    record.Penalty.objects.create(decision_person=link, kind="imprisonment", years=1, regime="general")
    made = RecognitionFactory(prisoner=person, custody=custody, on=day("12.2020"), decided_by="memorial_hrc")
    record.RecognitionProsecution.objects.create(recognition=made, prosecution=prosecution)
    return prosecution


def readings(person: Prisoner) -> Prosecution:
    """The case of the readings with custody, documents and findings."""
    CustodyFactory(prisoner=person, detained_on=day("14.03.2023"), term="fixed", expected_end=day("01.2030"))
    StayFactory(prisoner=person, began=day("14.03.2023"))
    prosecution = prosecuted(person)
    documents_of(prosecution.case, prosecution)
    findings_of(prosecution.case, person)
    return prosecution


def prosecuted(person: Prisoner) -> Prosecution:
    """The case of the readings: two charges, a verdict, an appeal for all, a hearing ahead."""
    case = CaseFactory(
        slug="readings", title_ru="Дело о «чтениях»", title_en="The readings case", is_group=True
    )
    prosecution = ProsecutionFactory(case=case, prisoner=person, since=day("03.2023"), plea="not_admitted")
    charge = ChargeFactory(prosecution=prosecution, article=article("207.3"), part="2", points=["д"])
    dropped = ChargeFactory(prosecution=prosecution, article=article("280.3"), part="1", order=1)
    record.ChargeEvent.objects.create(charge=dropped, kind="dropped", on=day("10.2023"))
    ChargeFactory(
        prosecution=prosecution,
        article=article("207.3"),
        part="3",
        order=2,
        verification=Verification.UNVERIFIED,
        wording_ru="Слух",
    )
    RestraintFactory(prosecution=prosecution, began=day("15.03.2023"))
    tried(case, prosecution, charge)
    return prosecution


def article(number: str) -> record.Article:
    """The article, with the editions of whoever made it first."""
    return record.Article.objects.filter(slug=f"uk-rf-{number}").first() or ArticleFactory(number=number)


def tried(case: Case, prosecution: Prosecution, charge: record.Charge) -> None:
    court = CourtFactory(
        slug="city-of-readings", name_ru="Верхнереченский городской суд", name_en="City Court"
    )
    verdict = DecisionFactory(case=case, on=day("19.02.2024"), court=court)
    link = DecisionPersonFactory(decision=verdict, prosecution=prosecution)
    record.Penalty.objects.create(
        decision_person=link, kind="imprisonment", years=7, months=6, regime="general"
    )
    record.Penalty.objects.create(decision_person=link, kind="fine", amount="300000.50", currency="RUB")
    record.ChargeEvent.objects.create(charge=charge, kind="convicted", on=day("19.02.2024"), decision=verdict)
    record.CaseCitation.objects.create(
        decision=verdict, kind="court_website", title="Карточка дела о чтениях"
    )
    DecisionFactory(case=case, kind="upheld", instance="appeal", on=day("03.07.2024"), court=court)
    HearingFactory(
        case=case,
        court=court,
        on=date(2026, 11, 24),
        at=time(10, 30),
        hearing_state="planned",
        instance="cassation",
        access="open",
        room="4",
    )
    record.Event.objects.create(
        case=case, kind="search", on=day("14.03.2023"), line_ru="Обыск по шести адресам"
    )


def companion(person: Prisoner, **fields) -> Prisoner:
    """Somebody else in the case of the readings."""
    case = Case.objects.get(slug="readings")
    other = PrisonerFactory(**{"surname_ru": "Слушателев", "surname_en": "Slushatelev", **fields})
    ProsecutionFactory(case=case, prisoner=other)
    StayFactory(prisoner=other, facility=None, reason="house_arrest")
    return other


def hidden_companion(person: Prisoner) -> Prisoner:
    """One of whom no reader may know, with a verdict of their own."""
    other = companion(person, surname_ru="Сокрытов", surname_en="Sokrytov", state=State.WITHDRAWN)
    prosecution = other.prosecutions.get()
    decision = DecisionFactory(case=prosecution.case, on=day("20.02.2024"))
    link = DecisionPersonFactory(decision=decision, prosecution=prosecution, outcome_line_ru="Тайный исход")
    record.Penalty.objects.create(decision_person=link, kind="imprisonment", years=13)
    record.Relation.objects.create(person=other, other=person, kind="spouse", shown=True)
    # Whoever published the verdict has seen to it that its file does not name them.
    record.DocumentOriginal.objects.update(covered_people=[other.pk])
    return other
