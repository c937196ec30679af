"""Invented clients and the help they were given. Nobody here exists."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from assistance import models
from assistance.choices import (
    AidChannel,
    DetentionOutcomeKind,
    DetentionRight,
    LegalOutcomeKind,
    LegalStage,
    Programme,
    Relation,
    RequestChannel,
    RequestState,
)
from memorial.base.partial_date import PartialDate


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


class ClientFactory(DjangoModelFactory):
    """A client with a name and a contact, of nobody's coordination and without a page."""

    class Meta:
        model = models.Client

    name = factory.Sequence(lambda n: f"Подопечнов{n} Тимур Адамович")
    contact = factory.Sequence(lambda n: f"client{n}@example.org")
    opened_on = date(2024, 1, 10)


class CitizenshipOfClientFactory(DjangoModelFactory):
    class Meta:
        model = models.ClientCitizenship

    client = factory.SubFactory(ClientFactory)
    country = "UA"


class ContactPersonFactory(DjangoModelFactory):
    class Meta:
        model = models.ContactPerson

    client = factory.SubFactory(ClientFactory)
    name = factory.Sequence(lambda n: f"Родственникова{n} Анна")
    relation = Relation.SIBLING
    contact = factory.Sequence(lambda n: f"+7 999 {1000000 + n}")


class HelpRequestFactory(DjangoModelFactory):
    """An open request: a lawyer is to be found."""

    class Meta:
        model = models.HelpRequest

    client = factory.SubFactory(ClientFactory)
    programme = Programme.LEGAL
    received_on = date(2026, 10, 1)
    last_step_on = date(2026, 10, 1)
    channel = RequestChannel.RELATIVE
    state = RequestState.IN_WORK
    next_step = "Позвонить адвокату"
    next_step_on = date(2026, 11, 23)


class ClosedRequestFactory(HelpRequestFactory):
    state = RequestState.DONE
    closed_on = date(2026, 11, 1)
    last_step_on = date(2026, 11, 1)
    next_step = ""
    next_step_on = None


class LawyerFactory(DjangoModelFactory):
    class Meta:
        model = models.Lawyer

    name = factory.Sequence(lambda n: f"Защитников{n} Олег Ильич")


class LegalAidFactory(DjangoModelFactory):
    class Meta:
        model = models.LegalAid

    client = factory.SubFactory(ClientFactory)
    stage = LegalStage.INVESTIGATION
    began = factory.LazyFunction(lambda: day("14.03.2024"))


class LegalOutcomeFactory(DjangoModelFactory):
    class Meta:
        model = models.LegalOutcome

    legal_aid = factory.SubFactory(LegalAidFactory)
    kind = LegalOutcomeKind.RELEASED_FROM_DETENTION
    on = factory.LazyFunction(lambda: day("02.06.2024"))


class DetentionAidFactory(DjangoModelFactory):
    class Meta:
        model = models.DetentionAid

    client = factory.SubFactory(ClientFactory)
    right = DetentionRight.LETTERS
    began = factory.LazyFunction(lambda: day("14.03.2024"))


class DetentionOutcomeFactory(DjangoModelFactory):
    class Meta:
        model = models.DetentionOutcome

    detention_aid = factory.SubFactory(DetentionAidFactory)
    kind = DetentionOutcomeKind.LETTERS_RESTORED
    on = factory.LazyFunction(lambda: day("02.06.2024"))


class ItemKindFactory(DjangoModelFactory):
    class Meta:
        model = models.ItemKind
        django_get_or_create = ("code",)

    code = "medicines"
    label_ru = "лекарства"
    label_en = "medicines"
    expires = factory.LazyAttribute(lambda made: made.code == "medicines")


class HumanitarianAidFactory(DjangoModelFactory):
    class Meta:
        model = models.HumanitarianAid

    client = factory.SubFactory(ClientFactory)
    given_on = factory.LazyFunction(lambda: day("14.03.2024"))
    channel = AidChannel.PARCEL


class AidItemFactory(DjangoModelFactory):
    class Meta:
        model = models.AidItem

    aid = factory.SubFactory(HumanitarianAidFactory)
    kind = factory.SubFactory(ItemKindFactory)
