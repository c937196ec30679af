"""Invented appeals, two open, one with its outcome and one whose consent was taken back; and six events.

Written by one party and read by another, as the office does it.
"""

from __future__ import annotations

import tomllib
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any, Final

from memorial.appeals.actions import publish_appeal, send_appeal
from memorial.appeals.choices import AppealSubject
from memorial.appeals.event_actions import publish_event
from memorial.appeals.models import Appeal, AppealAddressee, PublicEvent
from memorial.base.acting import acting, command_actor
from memorial.base.civil_date import civil_date
from prisoners.choices import ConsentScope
from prisoners.models import Consent, Prisoner

WRITES: Final = command_actor("load_demo, who wrote the appeals")
READS: Final = command_actor("load_demo, who read the appeals")
_DATA: Final = Path(__file__).parent / "data" / "appeals.toml"
_GIVEN_ON: Final = date(2026, 9, 1)


def write_appeals() -> None:
    """Writes all of it; an appeal is left out where its person is not in this world."""
    data = tomllib.loads(_DATA.read_text(encoding="utf-8"))
    for words in data["appeals"]:
        person = Prisoner.objects.published().filter(slug=words.pop("person")).first()
        if person is not None:
            _appeal(person, words)
    for words in data["events"]:
        _event(words)


def _appeal(person: Prisoner, words: dict[str, Any]) -> None:
    addressees = words.pop("addressees")
    is_taken_back = words.pop("is_taken_back", False)
    outcome = {name: words.pop(name) for name in list(words) if name.startswith("outcome")}
    scopes = [ConsentScope.APPEAL]
    if words["subject"] != AppealSubject.OTHER:
        scopes.append(ConsentScope(words["subject"]))
    with acting(WRITES):
        for scope in scopes:
            _consent(person, scope)
        appeal = Appeal.objects.create(prisoner=person, **words)
        for number, one in enumerate(addressees):
            AppealAddressee.objects.create(appeal=appeal, order=number, **one)
        appeal.refresh_from_db()
        send_appeal(appeal=appeal, by=None)
    with acting(READS):
        publish_appeal(appeal=appeal, by=None)
        if outcome:
            Appeal.objects.filter(pk=appeal.pk).update(outcome_on=civil_date(), **outcome)
    if is_taken_back:
        with acting(WRITES):
            Consent.objects.filter(prisoner=person, scope=ConsentScope.APPEAL).update(
                withdrawn_on=civil_date()
            )


def _consent(person: Prisoner, scope: ConsentScope) -> None:
    Consent.objects.create(
        prisoner=person, scope=scope, by=Consent.By.PERSON, how=Consent.How.LETTER, given_on=_GIVEN_ON
    )


def _event(words: dict[str, Any]) -> None:
    hours = {name: time.fromisoformat(words.pop(name)) for name in ("at", "ends_at") if name in words}
    on = civil_date() + timedelta(days=words.pop("in_days"))
    with acting(WRITES):
        event = PublicEvent.objects.create(on=on, **hours, **words)
        publish_event(publicevent=event, by=None)
