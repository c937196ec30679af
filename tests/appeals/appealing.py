"""Appeals and events in every state, made as the office makes them. Nobody here exists."""

from __future__ import annotations

from datetime import date, time, timedelta

from memorial.appeals.actions import publish_appeal, send_appeal
from memorial.appeals.models import Appeal, AppealAddressee, PublicEvent
from memorial.base.acting import acting
from memorial.base.civil_date import civil_date
from memorial.staff.models import User
from prisoners.models import Consent, Prisoner
from tests.factories import PrisonerFactory

AUTHOR, READER = "command:who writes", "command:who reads"
LONG_AGO = date(2024, 5, 1)


def somebody(**fields: object) -> Prisoner:
    """Somebody with a page who wants attention and agreed to an appeal."""
    person = PrisonerFactory(**{"state": "published", "attention_wanted": True, **fields})
    agreed(person)
    return person


def agreed(person: Prisoner, scope: str = "appeal", **fields: object) -> Consent:
    """A consent in force, without an end unless one is given."""
    given = {"by": "person", "how": "letter", "given_on": date(2024, 4, 1), **fields}
    return Consent.objects.create(prisoner=person, scope=scope, **given)


def written(slug: str = "a-doctor", by: str = AUTHOR, **fields: object) -> Appeal:
    """A draft with an addressee."""
    words = {
        "subject": "other",
        "title_ru": "Два месяца без звонков",
        "title_en": "Two months without calls",
        "happened_ru": "<p>С сентября не дают звонить.</p>",
        "happened_en": "<p>No calls since September.</p>",
        "steps_ru": "<p>Напишите прокурору.</p>",
        "steps_en": "<p>Write to the prosecutor.</p>",
        "letter_ru": "Уважаемый господин прокурор!",
    }
    if "prisoner" not in fields:
        fields["prisoner"] = somebody()
    with acting(by):
        appeal = Appeal.objects.create(slug=slug, **{**words, **fields})
        addressed(appeal)
    appeal.refresh_from_db()
    return appeal


def addressed(appeal: Appeal, **fields: object) -> AppealAddressee:
    given = {"name_ru": "Прокуратура", "name_en": "The prosecutor", "email": "p@example.org", **fields}
    return AppealAddressee.objects.create(appeal=appeal, **given)


def sent(appeal: Appeal) -> Appeal:
    with acting(AUTHOR):
        send_appeal(appeal=appeal, by=None)
    return appeal


def published(slug: str = "a-doctor", **fields: object) -> Appeal:
    """An appeal that readers see: agreed to, written by one, read by another."""
    appeal = sent(written(slug, **fields))
    with acting(READER):
        publish_appeal(appeal=appeal, by=None)
    return appeal


def editor() -> str:
    """An account without the right to publish appeals."""
    return f"staff:{User.objects.create(username='writes', email='w@example.org', is_staff=True).pk}"


def event(slug: str = "letters", **fields: object) -> PublicEvent:
    """An event in Vilnius in six days, by default one that readers see."""
    words = {
        "kind": "letters",
        "title_ru": "Вечер писем",
        "title_en": "A letter evening",
        "city_ru": "Вильнюс",
        "city_en": "Vilnius",
        "organiser_ru": "Кружок писем",
        "organiser_en": "A letter circle",
        "country": "LT",
        "time_zone": "Europe/Vilnius",
        "on": civil_date() + timedelta(days=6),
        "at": time(18, 30),
        "state": "published",
    }
    return PublicEvent.objects.create(slug=slug, **{**words, **fields})


def told_appeals(first: Prisoner, second: Prisoner) -> None:
    """An open appeal in both languages, one in Russian alone whose outcome is known; an event ahead, a past one."""
    for person in (first, second):
        Prisoner.objects.filter(pk=person.pk).update(attention_wanted=True, quiet_until=None)
        agreed(person)
    published(prisoner=first, letter_en="Dear Prosecutor,")
    in_russian = {"title_en": "", "happened_en": "", "steps_en": ""}
    over = published("calls", prisoner=second, **in_russian)
    with acting(READER):
        Appeal.objects.filter(pk=over.pk).update(outcome_ru="Разрешили звонить.", outcome_on=civil_date())
    event(place_ru="Набережная, 4", place_en="4 Embankment Street", url="https://example.org/letters")
    event("before", on=civil_date() - timedelta(days=20), title_en="", organiser_en="")
