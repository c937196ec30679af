"""Appeals and events in the world of markers: those that readers see, and those that they must not."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import connection, models

from memorial.appeals.models import Appeal, AppealAddressee, AppealReading, PublicEvent
from memorial.appeals.models.appeal import OPEN_FOR
from memorial.base.acting import acting
from memorial.base.choices import State
from memorial.base.civil_date import civil_date
from memorial.base.publication import Publishable
from prisoners.models import Consent, Prisoner

if TYPE_CHECKING:
    from tests.leaks.rows import Maker

READER = "command:the second person"
_EVENT = {"country": "LT", "time_zone": "Europe/Vilnius", "ends_at": None, "url": "https://example.org/e"}


def database_day() -> date:
    """Today in Moscow by PostgreSQL's clock, which does not stand still with ours and which its triggers ask."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT (now() AT TIME ZONE 'Europe/Moscow')::date")
        (day,) = cursor.fetchone()
    return day


APPEAL_SHAPES: dict[type[models.Model], dict[str, Any]] = {
    Appeal: {"state": State.DRAFT, "subject": "other", "outcome_on": civil_date},
    AppealAddressee: {"url": "https://example.org/letters"},
    AppealReading: {
        "decision": "approved",
        "read_at": None,
        "until": lambda: database_day() + timedelta(days=1),
    },
    PublicEvent: {"state": State.DRAFT, **_EVENT},
}
"""What constraints and triggers demand of a row, and no more."""


def shown_appeals(make: Any, maker: Maker) -> list[Publishable]:
    """An open appeal for the published person, who agreed to it, and an event ahead."""
    person: Any = maker.parents[Prisoner]
    Prisoner.objects.filter(pk=person.pk).update(attention_wanted=True)
    Consent.objects.create(prisoner=person, scope="appeal", by="person", how="letter", given_on="1866-04-01")
    without_outcome = {"outcome_on": None, "outcome_ru": "", "outcome_en": ""}
    appeal: Any = _with_addressee(make, maker, slug="told-appeal", **without_outcome)
    with acting(READER):
        AppealReading.objects.create(appeal=appeal, decision="approved", until=database_day() + OPEN_FOR)
    Appeal.objects.filter(pk=appeal.pk).update(state=State.PUBLISHED)
    appeal.refresh_from_db()
    on = civil_date() + timedelta(days=9)
    # Calendars show its number, which is the same in every world.
    told = {"slug": "told-event", "state": State.PUBLISHED, "uid": UUID(int=32)}
    event: Any = make(maker, PublicEvent, on=on, **told)
    return [appeal, event]


def hidden_appeals(make: Any, maker: Maker, state: str) -> list[Publishable]:
    """Of the hidden person in that state, of the published person waiting to be read, and an event."""
    hidden: Any = _with_addressee(make, maker)
    maker.parents[Appeal] = hidden
    with acting(READER):
        make(maker, AppealReading)
    Appeal.objects.filter(pk=hidden.pk).update(state=state)
    waiting: Any = _with_addressee(make, maker, prisoner=Prisoner.objects.get(slug="gorintsev"))
    Appeal.objects.filter(pk=waiting.pk).update(state=State.READY)
    event: Any = make(maker, PublicEvent, state=state)
    return [hidden, waiting, event]


def _with_addressee(make: Any, maker: Maker, **given: Any) -> models.Model:
    appeal: models.Model = make(maker, Appeal, **given)
    maker.parents[Appeal] = appeal
    make(maker, AppealAddressee)
    return appeal
