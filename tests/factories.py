"""Invented people and places for tests. Nobody here exists."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from cases import models as record
from memorial.base.choices import State
from memorial.base.partial_date import PartialDate
from prisoners import models
from prisoners.choices import InstitutionKind, StayReason


class RegionFactory(DjangoModelFactory):
    class Meta:
        model = models.Region
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"XX-{n}")
    name_ru = factory.Sequence(lambda n: f"Заречная область {n}")
    name_en = factory.Sequence(lambda n: f"Zarechnaya oblast {n}")
    country = "RU"


class FacilityFactory(DjangoModelFactory):
    class Meta:
        model = models.Facility

    slug = factory.Sequence(lambda n: f"ik-{900 + n}")
    name_ru = factory.Sequence(lambda n: f"ИК-{900 + n}, Верхнереченск")
    name_en = factory.Sequence(lambda n: f"IK-{900 + n}, Verkhnerechensk")
    official_name_ru = factory.Sequence(lambda n: f"ФКУ ИК-{900 + n}")
    kind = InstitutionKind.COLONY
    region = factory.SubFactory(RegionFactory)
    city = "г. Верхнереченск"
    street = "ул. Образцовая, д. 1"
    postal_index = "999014"
    address_checked_on = date(2026, 11, 20)
    state = State.PUBLISHED


class PrisonerFactory(DjangoModelFactory):
    """A published person with both languages, at whose arrest nothing is entered yet."""

    class Meta:
        model = models.Prisoner

    slug = factory.Sequence(lambda n: f"gorintsev-{n}")
    surname_ru = factory.Sequence(lambda n: f"Горинцев{n}")
    given_names_ru = "Тимур"
    patronymic_ru = "Адамович"
    surname_en = factory.Sequence(lambda n: f"Gorintsev{n}")
    given_names_en = "Timur"
    gender = "m"
    born = factory.LazyFunction(lambda: PartialDate.parse("02.10.1987"))
    summary_ru = "Студент-гидролог. 13 лет строгого режима за перевод на счёт фонда."
    summary_en = "A student of hydrology. 13 years for a transfer to a fund."
    state = State.PUBLISHED
    updated_on = date(2026, 11, 20)


class DraftFactory(PrisonerFactory):
    state = State.DRAFT


class CustodyFactory(DjangoModelFactory):
    class Meta:
        model = models.Custody

    prisoner = factory.SubFactory(PrisonerFactory)
    detained_on = factory.LazyFunction(lambda: PartialDate.parse("14.03.2023"))


class StayFactory(DjangoModelFactory):
    """An open stay in a published colony."""

    class Meta:
        model = models.Stay

    prisoner = factory.SubFactory(PrisonerFactory)
    facility = factory.SubFactory(FacilityFactory)
    reason = StayReason.SERVING
    began = factory.LazyFunction(lambda: PartialDate.parse("14.03.2023"))
    ongoing = True


class RecognitionFactory(DjangoModelFactory):
    class Meta:
        model = models.Recognition

    prisoner = factory.SubFactory(PrisonerFactory)
    on = factory.LazyFunction(lambda: PartialDate.parse("12.05.2023"))


class CitationFactory(DjangoModelFactory):
    class Meta:
        model = models.Citation

    prisoner = factory.SubFactory(PrisonerFactory)
    kind = "media"
    title = "Репортаж «Урок географии»"
    publisher = "«Заречный вестник»"
    url = "https://example.org/doc/2"


class CourtFactory(DjangoModelFactory):
    class Meta:
        model = record.Court

    slug = factory.Sequence(lambda n: f"court-{n}")
    name_ru = factory.Sequence(lambda n: f"Верхнереченский районный суд № {n}")
    name_en = factory.Sequence(lambda n: f"Verkhnerechensk District Court No. {n}")
    level = "district"
    time_zone = "Europe/Moscow"
    state = State.PUBLISHED


class ArticleFactory(DjangoModelFactory):
    """An article of a code with one edition, in force for ever and checked."""

    class Meta:
        model = record.Article
        django_get_or_create = ("slug",)
        skip_postgeneration_save = True

    code = "uk-rf"
    # Three figures at most, as articles have: 900 … 998, then 900.1 …
    number = factory.Sequence(lambda n: f"{900 + n % 99}" + (f".{n // 99}" if n >= 99 else ""))
    slug = factory.LazyAttribute(lambda made: f"{made.code}-{made.number}")
    edition = factory.RelatedFactory("tests.factories.ArticleEditionFactory", factory_related_name="article")


class ArticleEditionFactory(DjangoModelFactory):
    class Meta:
        model = record.ArticleEdition

    article = factory.SubFactory(ArticleFactory, edition=None)
    title_ru = "Публичное чтение стихов"
    title_en = "Public reading of poems"
    has_parts = "yes"
    verified_on = date(2026, 1, 15)


class CaseFactory(DjangoModelFactory):
    """A published criminal case."""

    class Meta:
        model = record.Case

    slug = factory.Sequence(lambda n: f"reading-{n}")
    title_ru = factory.Sequence(lambda n: f"Дело о чтении стихов {n}")
    title_en = factory.Sequence(lambda n: f"The poetry reading case {n}")
    summary_ru = "Обвиняют за стихи, прочитанные на площади."
    summary_en = "Prosecuted for poems read in a square."
    state = State.PUBLISHED


class ProsecutionFactory(DjangoModelFactory):
    """A published person in a published case."""

    class Meta:
        model = record.Prosecution

    case = factory.SubFactory(CaseFactory)
    prisoner = factory.SubFactory(PrisonerFactory)


class ChargeFactory(DjangoModelFactory):
    class Meta:
        model = record.Charge

    prosecution = factory.SubFactory(ProsecutionFactory)
    article = factory.SubFactory(ArticleFactory)
    part = "2"


class RestraintFactory(DjangoModelFactory):
    class Meta:
        model = record.Restraint

    prosecution = factory.SubFactory(ProsecutionFactory)
    measure = "custody"
    began = factory.LazyFunction(lambda: PartialDate.parse("15.03.2023"))


class HearingFactory(DjangoModelFactory):
    """A hearing of the whole case that was held."""

    class Meta:
        model = record.Hearing

    case = factory.SubFactory(CaseFactory)
    court = factory.SubFactory(CourtFactory)
    on = date(2024, 2, 19)
    hearing_state = "held"


class DecisionFactory(DjangoModelFactory):
    """A verdict of the first instance, of the whole case until people are added."""

    class Meta:
        model = record.Decision

    case = factory.SubFactory(CaseFactory)
    kind = "guilty_verdict"
    on = factory.LazyFunction(lambda: PartialDate.parse("19.02.2024"))


class DecisionPersonFactory(DjangoModelFactory):
    """What a verdict means for one person of its case."""

    class Meta:
        model = record.DecisionPerson

    decision = factory.SubFactory(DecisionFactory)
    prosecution = factory.SubFactory(ProsecutionFactory, case=factory.SelfAttribute("..decision.case"))


class TermFactory(DjangoModelFactory):
    class Meta:
        model = record.Term

    prisoner = factory.SubFactory(PrisonerFactory)
    years = 7


class OfficialFactory(DjangoModelFactory):
    """An official whom nobody has confirmed yet; `confirmed_official` publishes one."""

    class Meta:
        model = record.Official

    slug = factory.Sequence(lambda n: f"pravednov-{n}")
    surname_ru = factory.Sequence(lambda n: f"Праведнов{n}")
    surname_en = factory.Sequence(lambda n: f"Pravednov{n}")
    kind = "judge"


def confirmed_official(**fields: object) -> record.Official:
    """A published official, confirmed by two people of the staff."""
    official = OfficialFactory(**fields)
    for staff in (1, 2):
        record.OfficialConfirmation.objects.create(official=official, by=staff, on=date(2026, 2, staff))
    record.Official.objects.filter(pk=official.pk).update(state=State.PUBLISHED)
    official.refresh_from_db()
    return official
