"""Appeals and events that the database must refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from memorial.appeals.models import Appeal, AppealAddressee, AppealReading
from memorial.base.acting import acting
from memorial.base.civil_date import civil_date
from tests.appeals.appealing import (
    AUTHOR,
    LONG_AGO,
    READER,
    addressed,
    agreed,
    editor,
    event,
    published,
    sent,
    somebody,
    written,
)
from tests.factories import PrisonerFactory

Rows = list[Callable[[], object]]


def change(appeal: Appeal, by: str = AUTHOR, **fields: object) -> None:
    with acting(by):
        Appeal.objects.filter(pk=appeal.pk).update(**fields)


def read(appeal: Appeal, by: str = READER, days: int = 14, decision: str = "approved") -> AppealReading:
    until = civil_date() + timedelta(days=days) if decision == "approved" else None
    with acting(by):
        return AppealReading.objects.create(appeal=appeal, decision=decision, until=until)


def show(appeal: Appeal) -> None:
    change(appeal, READER, state="published")


def read_and_shown(**fields: object) -> None:
    appeal = written(**fields)
    read(appeal)
    show(appeal)


def read_before(step: Callable[[Appeal], object]) -> Callable[[], object]:
    """An appeal that is read, then something else happens, then it is shown."""

    def make() -> None:
        appeal = written()
        read(appeal)
        step(appeal)
        show(appeal)

    return make


def of(consent: dict[str, object] | None = None, **person: object) -> dict[str, object]:
    """An appeal for somebody who is so, with this consent alone."""
    made = PrisonerFactory(**{"state": "published", "attention_wanted": True, **person})
    if consent is not None:
        agreed(made, **consent)
    return {"prisoner": made}


def without_the_consent_to_tell_of(subject: str) -> Callable[[], object]:
    return lambda: read_and_shown(subject=subject)


def somebody_else_added_an_addressee() -> None:
    appeal = written()
    with acting(READER):
        addressed(appeal)
    read(appeal)


def outcome_by(actor: Callable[[], str]) -> None:
    change(published(), actor(), outcome_en="Released", outcome_on=civil_date())


REFUSED: dict[str, Rows] = {
    "appeal_state_known": [lambda: written(state="shown")],
    "appeal_subject_known": [lambda: written(subject="weather")],
    "appeal_address_valid": [lambda: written("feed"), lambda: written("A_b")],
    "appeal_has_words": [lambda: read_and_shown(title_ru="", steps_en="")],
    "appeal_outcome_has_a_day": [lambda: written(outcome_en="Released")],
    "appeal_outcome_is_said": [lambda: written(outcome_on=LONG_AGO)],
    "appeal_outcome_happened": [
        lambda: written(outcome_en="Released", outcome_on=civil_date() + timedelta(days=2))
    ],
    "appeal_outcome_by_right": [lambda: outcome_by(editor)],
    "appeal_needs_consent": [
        lambda: read_and_shown(**of()),
        lambda: read_and_shown(**of({"expires_on": LONG_AGO})),
        lambda: read_and_shown(**of({"withdrawn_on": LONG_AGO})),
        lambda: read_and_shown(**of({"given": False})),
        lambda: read_and_shown(**of({"scope": "health"})),
        without_the_consent_to_tell_of("health"),
        without_the_consent_to_tell_of("ill_treatment"),
        read_before(lambda appeal: agreed(appeal.prisoner, given=False, given_on=LONG_AGO)),
    ],
    "appeal_is_wanted": [
        lambda: read_and_shown(**of({}, attention_wanted=None)),
        lambda: read_and_shown(**of({}, attention_wanted=False)),
        lambda: read_and_shown(**of({}, state="draft")),
        lambda: read_and_shown(**of({}, quiet_until=civil_date())),
    ],
    "appeal_read_by_two": [
        lambda: show(written()),
        read_before(lambda appeal: change(appeal, happened_ru="<p>Другое.</p>")),
        read_before(lambda appeal: addressed(appeal, name_en="Somebody else")),
        read_before(lambda appeal: read(appeal, decision="returned")),
    ],
    "appeal_stays_as_it_was_read": [
        lambda: change(published(), steps_en="<p>Other.</p>"),
        lambda: change(published(), subject="health"),
        lambda: change(published(), prisoner=somebody()),
        lambda: change(sent(written()), letter_ru="Иначе"),
        lambda: addressed(published()),
        lambda: AppealAddressee.objects.filter(appeal=published()).update(email="x@example.org"),
        lambda: published().addressees.all().delete(),
    ],
    "appeal_keeps_its_address": [lambda: change(published(), state="withdrawn", slug="elsewhere")],
    "appealaddressee_is_named": [lambda: addressed(written(), name_ru=" ", name_en="")],
    "appealaddressee_can_be_reached": [lambda: addressed(written(), email="")],
    "appealaddressee_page_is_safe": [lambda: addressed(written(), url="http://example.org/")],
    "appealreading_says_until_when": [
        lambda: AppealReading.objects.create(
            appeal=written(), decision="returned", until=civil_date(), read_by=READER
        )
    ],
    "appeal_reading_within_two_weeks": [
        lambda: read(written(), days=15),
        lambda: read(written(), days=-1),
    ],
    "appeal_reading_has_a_reader": [lambda: read(written(), by="")],
    "appeal_reading_by_right": [lambda: read(written(), by=editor())],
    "appeal_reading_by_another": [lambda: read(written(), by=AUTHOR), somebody_else_added_an_addressee],
    "appeal_reading_is_frozen": [
        lambda: AppealReading.objects.filter(pk=read(written()).pk).update(until=civil_date())
    ],
    "publicevent_state_known": [lambda: event(state="shown")],
    "publicevent_entry_once": [lambda: event("twice", uid=event().uid)],
    "publicevent_kind_known": [lambda: event(kind="party")],
    "publicevent_address_valid": [lambda: event("A_b")],
    "publicevent_has_words": [lambda: event(title_ru="", city_en="")],
    "publicevent_not_in_russia": [
        lambda: event(country="RU"),
        lambda: event(time_zone="Europe/Moscow"),
        lambda: event(country="UA", time_zone="Europe/Simferopol"),
    ],
    "publicevent_not_in_occupied_town": [
        lambda: event(country="UA", city_ru="Севастополь", time_zone="Europe/Kyiv"),
        lambda: event(country="UA", city_en="mariupol, centre", time_zone="Europe/Kyiv"),
    ],
    "publicevent_ends_after_it_begins": [
        lambda: event(ends_at="18:30"),
        lambda: event(at=None, ends_at="20:00"),
    ],
    "publicevent_link_is_safe": [lambda: event(url="http://example.org/")],
    "event_time_zone_known": [lambda: event(time_zone="Europe/Nowhere")],
    "event_keeps_its_address": [lambda: moved(event(first_published_at="2026-01-01T00:00Z"))],
}


def moved(row: object) -> None:
    type(row).objects.filter(pk=row.pk).update(slug="elsewhere")


def told_of_health() -> None:
    person = somebody()
    agreed(person, "health")
    published(prisoner=person, subject="health")


ACCEPTED: dict[str, Callable[[], object]] = {
    "an appeal that somebody else has read": published,
    "an appeal that tells of health with both consents": told_of_health,
    "an outcome told by whoever may publish": lambda: change(
        published(), READER, outcome_en="Released", outcome_on=civil_date()
    ),
    "an event in Kyiv": lambda: event(country="UA", city_ru="Киев", city_en="Kyiv", time_zone="Europe/Kyiv"),
    "a draft of an event without words": lambda: event(state="draft", title_ru="", title_en=""),
}
