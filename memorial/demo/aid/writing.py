"""Writes the help given in the invented world, in batches, with every trigger on."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any, Final

from assistance import models as help_given
from assistance.choices import (
    AidChannel,
    Currency,
    DetentionOutcomeKind,
    DetentionRight,
    LegalOutcomeKind,
    LegalStage,
    Programme,
    Recipient,
    Relation,
    RequestChannel,
    RequestState,
    Unit,
)
from assistance.totals.figures import DETENTION, HUMANITARIAN, LEGAL
from cases.models import Prosecution
from memorial.demo.aid.people import Helped
from memorial.demo.figures import AS_OF
from memorial.demo.naming import invented_name
from memorial.demo.plan import day
from memorial.demo.reading import chance

_LAWYERS: Final = 24
_STAGES: Final = {
    LegalStage.INVESTIGATION: 0.52,
    LegalStage.FIRST_INSTANCE: 0.61,
    LegalStage.APPEAL: 0.33,
    LegalStage.CASSATION: 0.13,
    LegalStage.EXECUTION: 0.07,
    LegalStage.SUPERVISORY: 0.02,
    LegalStage.INTERNATIONAL: 0.02,
}
_RIGHTS: Final = {
    DetentionRight.MEDICAL_CARE: 30,
    DetentionRight.LETTERS: 22,
    DetentionRight.CALLS: 16,
    DetentionRight.PUNISHMENT_CELL: 15,
    DetentionRight.VISITS: 12,
    DetentionRight.CONDITIONS: 10,
    DetentionRight.PARCELS: 8,
    DetentionRight.LAWYER_ACCESS: 5,
    DetentionRight.DISAPPEARANCE: 4,
    DetentionRight.ILL_TREATMENT: 3,
    DetentionRight.RELIGION: 2,
    DetentionRight.TRANSFER: 2,
}
_ITEMS: Final = {
    "food": 40,
    "hygiene": 26,
    "clothes": 22,
    "medicines": 18,
    "money": 14,
    "printed_matter": 12,
    "shoes": 9,
    "stationery_postage": 8,
    "bedding": 5,
    "glasses_dental": 3,
    "appliances": 2,
    "religious_items": 1,
}
_STEPS: Final = (
    "Позвонить родственнице",
    "Спросить у адвоката",
    "Отправить передачу",
    "Проверить ответ колонии",
)
_IMPOSED: Final = 0.15
_FAMILIES: Final = 0.12
_STILL_OPEN: Final = 0.12
Both = list[tuple[help_given.Client, Helped]]
Parcel = tuple[help_given.HumanitarianAid, list[str]]
"""Help, and the codes of what was in it."""


def write_help(helped: list[Helped], seed: int) -> None:
    """Writes clients, requests and help. Needs the kinds of items."""
    AidWriter(chance("writing of help", seed)).write(helped)


class AidWriter:
    """Writes help, table by table; chance decides the same way for the same seed."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._kinds = help_given.ItemKind.objects.in_bulk(field_name="code")
        prosecutions = Prosecution.objects.order_by("-pk").values_list("prisoner", "pk")
        self._prosecutions = dict(prosecutions)

    def write(self, helped: list[Helped]) -> None:
        """Everything that belongs to these people."""
        both = self._clients(helped)
        self._around(both)
        lawyers = self._lawyers()
        self._legal([each for each in both if LEGAL in each[1].programmes], lawyers)
        self._detention([each for each in both if DETENTION in each[1].programmes])
        parcels = [
            parcel for each in both if HUMANITARIAN in each[1].programmes for parcel in self._parcels(*each)
        ]
        parcels += [self._for_family(*each) for each in both if self._rng.random() < _FAMILIES]
        self._write_parcels(parcels)

    def _clients(self, helped: list[Helped]) -> Both:
        rows = help_given.Client.objects.bulk_create(
            help_given.Client(
                name=each.name,
                contact=f"client{number}@example.org" if number % 3 else "",
                prisoner_id=each.prisoner,
                opened_on=each.first,
            )
            for number, each in enumerate(helped)
        )
        return list(zip(rows, helped, strict=True))

    def _around(self, both: Both) -> None:
        """Citizenships, relatives, and a request from each."""
        passports, relatives, requests = [], [], []
        for client, each in both:
            imposed = each.is_ukrainian and self._rng.random() < _IMPOSED
            if each.is_ukrainian and (each.prisoner is None or imposed):
                passports.append(help_given.ClientCitizenship(client=client, country="UA"))
            if imposed:
                passports.append(help_given.ClientCitizenship(client=client, country="RU", imposed=True))
            if self._rng.random() < 0.5:
                relatives.append(self._relative(client))
            requests.append(self._request(client, each))
        help_given.ClientCitizenship.objects.bulk_create(passports)
        help_given.ContactPerson.objects.bulk_create(relatives)
        help_given.HelpRequest.objects.bulk_create(requests)

    def _relative(self, client: help_given.Client) -> help_given.ContactPerson:
        name = invented_name(self._rng, "russian", "f")
        return help_given.ContactPerson(
            client=client,
            name=f"{name.surname} {name.given} {name.patronymic}",
            relation=self._rng.choice([Relation.SPOUSE, Relation.PARENT, Relation.SIBLING, Relation.FRIEND]),
            contact=f"relative{client.pk}@example.org",
        )

    def _request(self, client: help_given.Client, each: Helped) -> help_given.HelpRequest:
        programme = Programme(sorted(each.programmes)[0])
        channel = self._rng.choice(list(RequestChannel))
        about = {"client": client, "programme": programme, "received_on": each.first, "channel": channel}
        if self._rng.random() >= _STILL_OPEN:
            done = {"state": RequestState.DONE, "last_step_on": each.last, "closed_on": each.last}
            return help_given.HelpRequest(**about, **done)
        last_step = max(each.first, AS_OF - timedelta(days=self._rng.randint(0, 50)))
        return help_given.HelpRequest(
            **about,
            state=RequestState.IN_WORK,
            last_step_on=last_step,
            next_step=self._rng.choice(_STEPS),
            next_step_on=AS_OF + timedelta(days=self._rng.randint(-3, 20)),
        )

    def _lawyers(self) -> list[help_given.Lawyer]:
        names = [invented_name(self._rng, "russian", "m") for _ in range(_LAWYERS)]
        return help_given.Lawyer.objects.bulk_create(
            help_given.Lawyer(name=f"{name.surname} {name.given} {name.patronymic}") for name in names
        )

    def _day(self, first: date, last: date) -> date:
        return first + timedelta(days=self._rng.randint(0, max(0, (last - first).days)))

    def _sum(self, least: int, most: int) -> dict[str, Any]:
        return {"cost": Decimal(self._rng.randint(least, most) * 100), "currency": Currency.RUB}

    def _legal(self, both: Both, lawyers: list[help_given.Lawyer]) -> None:
        aids, outcomes = [], []
        for client, each in both:
            stages = [stage for stage, share in _STAGES.items() if self._rng.random() < share]
            for stage in stages or [LegalStage.FIRST_INSTANCE]:
                began = self._day(each.first, each.last)
                aid = help_given.LegalAid(
                    client=client,
                    prosecution_id=self._prosecutions.get(each.prisoner or 0),
                    stage=stage,
                    lawyer=self._rng.choice(lawyers),
                    began=day(began),
                    ended=day(min(began + timedelta(days=60), each.last)),
                    **self._sum(200, 1500),
                )
                aids.append(aid)
                if self._rng.random() < 0.4:
                    kind = self._rng.choice(list(LegalOutcomeKind))
                    outcomes.append(help_given.LegalOutcome(legal_aid=aid, kind=kind, on=aid.ended))
        help_given.LegalAid.objects.bulk_create(aids)
        help_given.LegalOutcome.objects.bulk_create(outcomes)

    def _detention(self, both: Both) -> None:
        aids, outcomes = [], []
        for client, each in both:
            for right in self._some(_RIGHTS, self._rng.randint(1, 3)):
                began = self._day(each.first, each.last)
                aid = help_given.DetentionAid(
                    client=client,
                    right=right,
                    action="Жалоба в прокуратуру, адвокатский запрос в учреждение",
                    began=day(began),
                    ended=day(min(began + timedelta(days=30), each.last)),
                    **self._sum(50, 300),
                )
                aids.append(aid)
                kind = self._rng.choice(list(DetentionOutcomeKind))
                outcomes.append(help_given.DetentionOutcome(detention_aid=aid, kind=kind, on=aid.ended))
        help_given.DetentionAid.objects.bulk_create(aids)
        help_given.DetentionOutcome.objects.bulk_create(outcomes)

    def _parcels(self, client: help_given.Client, each: Helped) -> Iterator[Parcel]:
        for _one in range(self._rng.randint(1, 4)):
            way = self._rng.choice([AidChannel.PARCEL, AidChannel.PARCEL, AidChannel.SHOP_ORDER])
            aid = self._aid(client, self._day(each.first, each.last), way, Recipient.PRISONER)
            yield aid, self._some(_ITEMS, self._rng.randint(1, 3))

    def _for_family(self, client: help_given.Client, each: Helped) -> Parcel:
        way = self._rng.choice([AidChannel.FAMILY_SUPPORT, AidChannel.TRAVEL])
        return self._aid(client, self._day(each.first, each.last), way, Recipient.FAMILY), []

    def _aid(
        self, client: help_given.Client, on: date, way: AidChannel, for_whom: Recipient
    ) -> help_given.HumanitarianAid:
        return help_given.HumanitarianAid(
            client=client,
            given_on=day(on),
            channel=way,
            for_whom=for_whom,
            sent_as=uuid.UUID(int=self._rng.getrandbits(128), version=4),
            **self._sum(20, 150),
        )

    def _write_parcels(self, parcels: list[Parcel]) -> None:
        help_given.HumanitarianAid.objects.bulk_create(aid for aid, _items in parcels)
        help_given.AidItem.objects.bulk_create(
            help_given.AidItem(
                aid=aid,
                kind=self._kinds[code],
                quantity=Decimal(self._rng.randint(1, 5)),
                unit=Unit.PIECE,
                expires_on=aid.given_on.earliest + timedelta(days=365) if code == "medicines" else None,
            )
            for aid, items in parcels
            for code in items
        )

    def _some(self, shares: dict[Any, int], number: int) -> list[Any]:
        """So many different things, the likelier more often."""
        found: dict[Any, None] = {}
        while len(found) < number:
            found[self._rng.choices(list(shares), weights=list(shares.values()))[0]] = None
        return list(found)
