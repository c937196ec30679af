"""What an editor does to a record as a whole: publish, withdraw, hide. The state is never a field to edit.

Each deed has a small page of its own: GET says what will happen and what stands in the way, POST does it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from memorial.base.choices import State
from memorial.base.publication import Publishable
from prisoners import actions
from prisoners.actions.find_name import where_name_stands, where_place_stands
from prisoners.admin.rights import may_edit, may_publish
from prisoners.models import Facility, Prisoner
from prisoners.obstacles import facility_obstacles

Person = Any


def _nothing(_record: Any) -> list[str]:
    return []


@dataclass(frozen=True)
class Deed:
    """One thing to do: its words, when it is offered, who may do it, and the action behind it."""

    code: str
    label: Any
    explanation: Any
    do: Callable[..., Any]
    offered: Callable[[Any], bool]
    done: Any
    needs_publisher: bool = False
    needs_reason: bool = False
    obstacles: Callable[[Any], list[str]] = _nothing
    warnings: Callable[[Any], list[str]] = _nothing
    given: dict[str, Any] = field(default_factory=dict)
    at_once: bool = False
    main: bool = False

    def allowed(self, request: HttpRequest, model: str) -> bool:
        """Whether this person may do it. Hiding takes any one person of staff who edits."""
        return (may_publish if self.needs_publisher else may_edit)(request.user, model)

    def carry_out(self, record: Publishable, by: int, reason: str) -> None:
        """Does it. Raises `ValidationError` with sentences for the editor."""
        given = dict(self.given)
        if self.needs_reason:
            given["reason"] = reason
        if self.at_once:
            given["on"] = timezone.localdate()
        self.do(**{str(record._meta.model_name): record}, by=by, **given)


def _in_state(*states: State) -> Callable[[Any], bool]:
    return lambda record: record.state in states


def _name_stands(person: Prisoner) -> list[str]:
    return [f"{place.label} — «{place.excerpt}»" for place in where_name_stands(person)]


def _place_stands(person: Prisoner) -> list[str]:
    places = list(Facility.objects.filter(stays__prisoner=person).distinct())
    return [f"{place.label} — «{place.excerpt}»" for place in where_place_stands(person, places)]


def _has_photo(person: Person) -> bool:
    return person.photos.exclude(stem="").exists()


def _has_exact_birth_date(person: Person) -> bool:
    return person.born is not None and person.born.month is not None


def _shows_a_place(person: Person) -> bool:
    return person.stays.shown().exists()


PERSON_DEEDS: tuple[Deed, ...] = (
    Deed(
        "publish",
        _("Publish"),
        _("Readers see the page within a minute, in both languages."),
        actions.publish,
        lambda person: person.state != State.PUBLISHED,
        _("Published."),
        needs_publisher=True,
        obstacles=actions.publication_obstacles,
        main=True,
    ),
    Deed(
        "review",
        _("Send for review"),
        _("Says to colleagues that the draft is ready for another pair of eyes."),
        actions.send_for_review,
        _in_state(State.DRAFT),
        _("Sent for review."),
    ),
    Deed(
        "draft",
        _("Back to draft"),
        _("Takes the page out of review, or out of what was withdrawn, to work on it."),
        actions.back_to_draft,
        _in_state(State.READY, State.WITHDRAWN),
        _("It is a draft again."),
    ),
    Deed(
        "withdraw",
        _("Withdraw"),
        _("The page and its photo are gone for readers within a minute. One person is enough."),
        actions.withdraw,
        _in_state(State.PUBLISHED),
        _("Withdrawn. Readers no longer see the page."),
        needs_reason=True,
    ),
    Deed(
        "initials",
        _("Initials only"),
        _("Name, spellings, exact birth date, photo and address of the page become confidential."),
        actions.reduce_to_initials,
        lambda person: not person.initials_only,
        _(
            "Shown by initials. Where the page's own texts still tell the name, it waits for review until they no longer do."
        ),
        needs_reason=True,
        warnings=_name_stands,
    ),
    Deed(
        "name",
        _("Show the name again"),
        _("Name, spellings and address come back from the confidential part."),
        actions.restore_name,
        lambda person: person.initials_only,
        _("The name is shown again."),
        needs_publisher=True,
        needs_reason=True,
    ),
    Deed(
        "hide-photo",
        _("Hide the photo"),
        _("All photos of the person disappear, their files too."),
        actions.hide_detail,
        _has_photo,
        _("The photo is hidden."),
        needs_reason=True,
        given={"what": "photo"},
    ),
    Deed(
        "hide-birth-date",
        _("Hide the birth date"),
        _("Readers see the year only; the exact date stays in the confidential part."),
        actions.hide_detail,
        _has_exact_birth_date,
        _("Readers see the year of birth only."),
        needs_reason=True,
        given={"what": "birth_date"},
    ),
    Deed(
        "hide-place",
        _("Hide the place"),
        _("Readers no longer see where the person is kept; the place stays in the confidential part."),
        actions.hide_detail,
        _shows_a_place,
        _("The place is hidden."),
        needs_reason=True,
        warnings=_place_stands,
        given={"what": "place"},
    ),
    Deed(
        "confirm",
        _("Checked, nothing changed"),
        _("Says that facts and place were looked at today and are as they stand here."),
        actions.confirm_unchanged,
        lambda _person: True,
        _("Noted: checked today, nothing changed."),
        at_once=True,
    ),
)

FACILITY_DEEDS: tuple[Deed, ...] = (
    Deed(
        "publish",
        _("Publish"),
        _("Readers see the page of the institution and its address."),
        actions.publish_facility,
        lambda place: place.state != State.PUBLISHED,
        _("Published."),
        needs_publisher=True,
        obstacles=facility_obstacles,
        main=True,
    ),
    Deed(
        "withdraw",
        _("Withdraw"),
        _("The page of the institution is gone for readers within a minute."),
        actions.withdraw_facility,
        _in_state(State.PUBLISHED),
        _("Withdrawn. Readers no longer see the page."),
        needs_reason=True,
    ),
    Deed(
        "confirm",
        _("Checked, nothing changed"),
        _("The address is right today, for everybody who is kept there."),
        actions.confirm_facility,
        lambda _place: True,
        _("Noted: address checked today, nothing changed."),
        at_once=True,
    ),
)
