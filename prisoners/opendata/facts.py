"""Tables of facts about people, for the whole-data package: where they were held, how they were recognised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from memorial.base.opendata.columns import Column, Kind, Link, Table, code_or_none, in_each_language
from memorial.base.opendata.usual import date_text
from prisoners.choices import StayPublic, StayReason
from prisoners.display.places import stay_place
from prisoners.display.recognition import body_words
from prisoners.models import Recognition, Stay
from prisoners.opendata.person_row import PersonRow

PERSON_LINK: Final = Link("person", "people", "id")
PERSON: Final = Column(
    "person",
    Kind.TEXT,
    _("Person"),
    _("The identifier of the person."),
    lambda row: row.row.person.slug,
    "prisoners.Prisoner.slug",
)


@dataclass(frozen=True)
class StayData:
    """A stay that readers may see, of a person whose row is loaded."""

    row: PersonRow
    stay: Stay

    @property
    def place(self) -> str:
        """The place in the active language, as far as it may be told."""
        return str(stay_place(self.row.person, self.stay).words)

    @property
    def facility(self) -> str | None:
        """The identifier of the institution, where the page names it."""
        facility = self.stay.facility
        is_named = (
            facility is not None
            and facility.is_published
            and self.stay.public == StayPublic.YES
            and self.stay.reason != StayReason.HOUSE_ARREST
            and not self.row.person.initials_only
        )
        return facility.slug if facility is not None and is_named else None


def stays_of(row: PersonRow) -> Iterator[StayData]:
    """The stays of a person that the page lists, in order of time."""
    shown = [stay for stay in row.person.stays.all() if stay.public != StayPublic.NO]
    for stay in sorted(shown, key=lambda stay: (_first_day(stay), stay.pk)):
        yield StayData(row, stay)


def _first_day(stay: Stay) -> str:
    """Of the date itself: the column that PostgreSQL makes of it is not loaded with a person."""
    first = stay.began.earliest if stay.began else None
    return first.isoformat() if first else ""


STAYS: Final = Table(
    name="stays",
    title=_("Where people were held"),
    description=_("Times in one place, as far as they may be published."),
    columns=(
        PERSON,
        Column(
            "began",
            Kind.DATE,
            _("From"),
            _("The first day."),
            lambda row: date_text(row.stay.began),
            "prisoners.Stay.began",
        ),
        Column(
            "ended",
            Kind.DATE,
            _("Until"),
            _("The last day."),
            lambda row: date_text(row.stay.ended),
            "prisoners.Stay.ended",
        ),
        Column(
            "goes_on",
            Kind.BOOLEAN,
            _("Goes on"),
            _("Said, and never concluded from a missing end."),
            lambda row: row.stay.ongoing,
            "prisoners.Stay.ongoing",
        ),
        Column(
            "temporary",
            Kind.BOOLEAN,
            _("Temporary"),
            _("Another trial, a hospital."),
            lambda row: row.stay.temporary,
            "prisoners.Stay.temporary",
        ),
        Column(
            "reason",
            Kind.CODE,
            _("Reason"),
            _("Why the person was there."),
            lambda row: row.stay.reason,
            "prisoners.Stay.reason",
        ),
        Column(
            "regime",
            Kind.CODE,
            _("Regime"),
            _("Of the colony or prison."),
            lambda row: code_or_none(row.stay.regime),
            "prisoners.Stay.regime",
        ),
        *in_each_language(
            "place",
            Kind.TEXT,
            _("Place"),
            _("The institution; else the region; else why neither is told."),
            lambda row: row.place,
            source="prisoners.Stay",
        ),
        Column(
            "facility",
            Kind.TEXT,
            _("Institution"),
            _("The identifier of the institution."),
            lambda row: row.facility,
            "prisoners.Stay.facility",
        ),
    ),
    links=(PERSON_LINK, Link("facility", "facilities", "id")),
)


@dataclass(frozen=True)
class RecognitionData:
    """A decision on recognition, of a person whose row is loaded."""

    row: PersonRow
    recognition: Recognition

    @property
    def body(self) -> str:
        """Who decided, in the active language."""
        return body_words(self.recognition)


def recognitions_of(row: PersonRow) -> Iterator[RecognitionData]:
    """The decisions that the page lists."""
    return (RecognitionData(row, each) for each in row.person.recognitions.all())


RECOGNITIONS: Final = Table(
    name="recognitions",
    title=_("Recognitions"),
    description=_(
        "Decisions that a person is a political prisoner, and their withdrawals; by whom, when, on what ground."
    ),
    columns=(
        PERSON,
        Column(
            "decided_on",
            Kind.DATE,
            _("Decided on"),
            _("The date of the decision."),
            lambda row: date_text(row.recognition.on),
            "prisoners.Recognition.on",
        ),
        Column(
            "outcome",
            Kind.CODE,
            _("Outcome"),
            _("recognised, withdrawn."),
            lambda row: row.recognition.outcome,
            "prisoners.Recognition.outcome",
        ),
        Column(
            "decided_by",
            Kind.CODE,
            _("Decided by"),
            _("this_project, memorial_hrc, other."),
            lambda row: row.recognition.decided_by,
            "prisoners.Recognition.decided_by",
        ),
        *in_each_language(
            "body",
            Kind.TEXT,
            _("Body"),
            _("Who decided, in words."),
            lambda row: row.body,
            source="prisoners.Recognition.body_name",
        ),
        Column(
            "ground",
            Kind.CODE,
            _("Ground"),
            _("1: solely for exercising rights, identity or beliefs; 2: with substantial violations of law."),
            lambda row: code_or_none(row.recognition.ground),
            "prisoners.Recognition.ground",
        ),
    ),
    links=(PERSON_LINK,),
)
