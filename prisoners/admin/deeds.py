"""What an editor does to a person or an institution as a whole: publish, withdraw, hide."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _said
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Prosecution
from memorial.base.admin import Deed, in_state
from memorial.base.choices import State
from prisoners import actions
from prisoners.actions.find_name import where_name_stands, where_others_tell_name, where_place_stands
from prisoners.models import Facility, Prisoner
from prisoners.obstacles import facility_obstacles

Person = Any


def _name_stands(person: Prisoner) -> list[str]:
    return [f"{place.label} — «{place.excerpt}»" for place in where_name_stands(person)]


def _others_tell(person: Prisoner) -> list[str]:
    return [f"{place.label} — «{place.excerpt}»" for place in where_others_tell_name(person)]


def _left_behind(person: Prisoner) -> list[str]:
    """Where others tell the name, and the cases that would stay with nobody shown in them."""
    people = Prosecution.objects.of_shown_people().exclude(prisoner=person)
    cases = Case.objects.published().filter(prosecutions__prisoner=person)
    alone = cases.exclude(pk__in=people.values("case")).distinct()
    words = _said("The case «%(case)s» would stay with nobody shown in it: withdraw it too.")
    return [*(words % {"case": case} for case in alone), *_others_tell(person)]


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
        in_state(State.DRAFT),
        _("Sent for review."),
    ),
    Deed(
        "draft",
        _("Back to draft"),
        _("Takes the page out of review, or out of what was withdrawn, to work on it."),
        actions.back_to_draft,
        in_state(State.READY, State.WITHDRAWN),
        _("It is a draft again."),
    ),
    Deed(
        "withdraw",
        _("Withdraw"),
        _("The page and its photo are gone for readers within a minute. One person is enough."),
        actions.withdraw,
        in_state(State.PUBLISHED),
        _("Withdrawn. Readers no longer see the page."),
        needs_reason=True,
        warnings=_left_behind,
        warnings_title=_("What stays public after that; change it by hand"),
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
        in_state(State.PUBLISHED),
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
