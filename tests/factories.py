"""Invented people and places for tests. Nobody here exists."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

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
