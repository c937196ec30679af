"""Rows of help that the database must refuse, and rows it must not."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from assistance import models as help_given
from tests.assistance.factories import (
    AidItemFactory,
    CitizenshipOfClientFactory,
    ClientFactory,
    ClosedRequestFactory,
    ContactPersonFactory,
    DetentionAidFactory,
    DetentionOutcomeFactory,
    HelpRequestFactory,
    HumanitarianAidFactory,
    LawyerFactory,
    LegalAidFactory,
    LegalOutcomeFactory,
    day,
)
from tests.factories import FacilityFactory, PrisonerFactory, ProsecutionFactory, RegionFactory
from tests.prisoners.refused_rows import TOMORROW_OR_LATER

Rows = list[Callable[[], object]]
COSTED = {
    "legalaid": LegalAidFactory,
    "detentionaid": DetentionAidFactory,
    "humanitarianaid": HumanitarianAidFactory,
    "aiditem": AidItemFactory,
}
RATE: dict[str, Any] = {
    "cost": Decimal(5000),
    "currency": "RUB",
    "rate": Decimal("0.0106"),
    "rate_to": "EUR",
    "rate_on": date(2024, 3, 14),
    "rate_source": "ECB",
}


def of_money(make: Any, table: str) -> dict[str, Rows]:
    def with_rate(**changes: object) -> Callable[[], object]:
        return lambda: make(**RATE | changes)

    return {
        f"{table}_cost_not_negative": [lambda: make(cost=Decimal("-0.01"), currency="RUB")],
        f"{table}_cost_with_its_currency": [lambda: make(cost=Decimal(5)), lambda: make(currency="RUB")],
        f"{table}_rate_is_whole": [
            with_rate(rate_on=None),
            with_rate(rate_source=""),
            with_rate(rate_to=""),
            with_rate(rate_to="RUB"),
            with_rate(rate=Decimal(0)),
            with_rate(rate=None),
            lambda: make(rate=Decimal(1), rate_to="EUR", rate_on=date(2024, 1, 1), rate_source="ECB"),
        ],
    }


def of_lasting(make: Any, table: str) -> dict[str, Rows]:
    return {
        f"{table}_ends_after_it_began": [lambda: make(ended=day("02.2024"))],
        f"{table}_ongoing_has_no_end": [lambda: make(ended=day("2025"), ongoing=True)],
        f"assistance_{table}_happened": [lambda: make(began=TOMORROW_OR_LATER)],
    }


def prosecution_of_another() -> None:
    LegalAidFactory(client=ClientFactory(prisoner=PrisonerFactory()), prosecution=ProsecutionFactory())


def prosecution_of_nobody_known() -> None:
    LegalAidFactory(prosecution=ProsecutionFactory())


def client_linked_to_another() -> None:
    prosecution = ProsecutionFactory()
    client = ClientFactory(prisoner=prosecution.prisoner)
    LegalAidFactory(client=client, prosecution=prosecution)
    help_given.Client.objects.filter(pk=client.pk).update(prisoner=PrisonerFactory())


def began_after_its_outcome() -> None:
    outcome = LegalOutcomeFactory(on=day("06.2024"))
    help_given.LegalAid.objects.filter(pk=outcome.legal_aid_id).update(began=day("07.2024"))


def deleted_below(row: Any) -> None:
    type(row)._base_manager.filter(pk=row.pk).delete()


def deleted_region() -> None:
    region = RegionFactory()
    LawyerFactory(bar_region=region)
    deleted_below(region)


def deleted_facility() -> None:
    facility = FacilityFactory(region=None)
    DetentionAidFactory(facility=facility)
    deleted_below(facility)


def deleted_person() -> None:
    person = PrisonerFactory()
    ClientFactory(prisoner=person)
    deleted_below(person)


REFUSED: dict[str, Rows] = {
    "client_has_a_name": [lambda: ClientFactory(name="")],
    "client_closed_after_opened": [lambda: ClientFactory(closed_on=date(2024, 1, 9))],
    "clientcitizenship_ends_after_it_began": [
        lambda: CitizenshipOfClientFactory(began=day("2015"), ended=day("2014"))
    ],
    "contactperson_has_a_name_or_contact": [lambda: ContactPersonFactory(name="", contact="")],
    "helprequest_state_known": [lambda: ClosedRequestFactory(state="forgotten")],
    "helprequest_open_has_a_next_step": [
        lambda: HelpRequestFactory(next_step=""),
        lambda: HelpRequestFactory(next_step_on=None),
        lambda: ClosedRequestFactory(state="first_contact", closed_on=None),
    ],
    "helprequest_closed_has_its_day": [
        lambda: ClosedRequestFactory(closed_on=None),
        lambda: HelpRequestFactory(closed_on=date(2026, 11, 1)),
    ],
    "helprequest_closed_after_received": [lambda: ClosedRequestFactory(closed_on=date(2026, 9, 30))],
    "helprequest_step_after_received": [lambda: HelpRequestFactory(last_step_on=date(2026, 9, 30))],
    "helprequest_refused_with_reasons": [lambda: ClosedRequestFactory(state="refused")],
    "lawyer_has_a_name": [lambda: LawyerFactory(name="")],
    "legalaid_stage_known": [lambda: LegalAidFactory(stage="afterlife")],
    "detentionaid_right_known": [lambda: DetentionAidFactory(right="sunlight")],
    "humanitarianaid_recipient_known": [lambda: HumanitarianAidFactory(for_whom="nobody")],
    "humanitarianaid_family_ways_are_for_families": [
        lambda: HumanitarianAidFactory(channel="travel"),
        lambda: HumanitarianAidFactory(channel="family_support", for_whom="prisoner"),
    ],
    "assistance_humanitarianaid_happened": [lambda: HumanitarianAidFactory(given_on=TOMORROW_OR_LATER)],
    "aiditem_quantity_with_its_unit": [
        lambda: AidItemFactory(quantity=Decimal(2)),
        lambda: AidItemFactory(unit="kg"),
        lambda: AidItemFactory(quantity=Decimal(0), unit="kg"),
    ],
    "assistance_of_one_person": [
        prosecution_of_another,
        prosecution_of_nobody_known,
        client_linked_to_another,
    ],
    "assistance_outcome_after_it_began": [
        lambda: LegalOutcomeFactory(on=day("13.03.2024")),
        lambda: DetentionOutcomeFactory(on=day("02.2024")),
        began_after_its_outcome,
    ],
    "assistance_legaloutcome_happened": [lambda: LegalOutcomeFactory(on=TOMORROW_OR_LATER)],
    "assistance_detentionoutcome_happened": [lambda: DetentionOutcomeFactory(on=TOMORROW_OR_LATER)],
    "record_is_needed": [deleted_person, deleted_region, deleted_facility],
    **{rule: rows for table, make in COSTED.items() for rule, rows in of_money(make, table).items()},
    **of_lasting(LegalAidFactory, "legalaid"),
    **of_lasting(DetentionAidFactory, "detentionaid"),
}


def outcomes_one_after_another() -> None:
    aid = LegalAidFactory()
    LegalOutcomeFactory(legal_aid=aid, kind="released_from_detention", on=day("06.2024"))
    LegalOutcomeFactory(legal_aid=aid, kind="released_from_house_arrest", on=day("09.2024"))


def own_prosecution() -> None:
    prosecution = ProsecutionFactory()
    LegalAidFactory(client=ClientFactory(prisoner=prosecution.prisoner), prosecution=prosecution)


ACCEPTED: dict[str, Callable[[], object]] = {
    "a whole rate": lambda: LegalAidFactory(**RATE),
    "help without a cost": LegalAidFactory,
    "help that cost nothing": lambda: LegalAidFactory(cost=Decimal(0), currency="RUB"),
    "an outcome in the month in which help began": lambda: LegalOutcomeFactory(on=day("03.2024")),
    "an outcome without a date": lambda: LegalOutcomeFactory(on=None),
    "released from detention and later from house arrest": outcomes_one_after_another,
    "a prosecution of the client's own": own_prosecution,
    "help to the family": lambda: HumanitarianAidFactory(channel="travel", for_whom="family"),
    "a parcel for the family": lambda: HumanitarianAidFactory(for_whom="family"),
    "help until a day to come": lambda: LegalAidFactory(ended=day("2035")),
    "two clients who are one person": lambda: [ClientFactory(prisoner=p) for p in [PrisonerFactory()] * 2],
    "two rows with two keys": lambda: [HumanitarianAidFactory(sent_as=uuid.uuid4()) for _ in range(2)],
}
