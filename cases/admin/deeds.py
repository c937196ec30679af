"""What an editor does to a case, a court or an official as a whole."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.actions.confirm import (
    confirm_case,
    confirm_court,
    confirm_whole_official,
    take_confirmation_back,
)
from cases.actions.publish import (
    draft_case,
    publish_case,
    publish_court,
    publish_official,
    review_case,
    withdraw_case,
    withdraw_court,
    withdraw_official,
)
from cases.obstacles import case_obstacles, court_obstacles, official_obstacles, tells_of_the_hidden
from memorial.base.admin import Deed, in_state
from memorial.base.choices import State

NOT_SHOWN = in_state(State.DRAFT, State.READY, State.WITHDRAWN)

CASE_DEEDS: tuple[Deed, ...] = (
    Deed(
        "publish",
        _("Publish"),
        _(
            "Readers see the case within a minute, in both languages, with those of its people who are published."
        ),
        publish_case,
        NOT_SHOWN,
        _("Published."),
        needs_publisher=True,
        obstacles=case_obstacles,
        warnings=tells_of_the_hidden,
        main=True,
    ),
    Deed(
        "review",
        _("Send for review"),
        _("Says to colleagues that the draft is ready for another pair of eyes."),
        review_case,
        in_state(State.DRAFT),
        _("Sent for review."),
    ),
    Deed(
        "draft",
        _("Back to draft"),
        _("Takes the page out of review, or out of what was withdrawn, to work on it."),
        draft_case,
        in_state(State.READY, State.WITHDRAWN),
        _("It is a draft again."),
    ),
    Deed(
        "withdraw",
        _("Withdraw"),
        _("The case is gone for readers within a minute, and its charges and decisions with it."),
        withdraw_case,
        in_state(State.PUBLISHED),
        _("Withdrawn. Readers no longer see the page."),
        needs_reason=True,
    ),
    Deed(
        "confirm",
        _("Checked, nothing changed"),
        _("Says that the facts of the case were looked at today and are as they stand here."),
        confirm_case,
        lambda _case: True,
        _("Noted: checked today, nothing changed."),
        at_once=True,
    ),
)

COURT_DEEDS: tuple[Deed, ...] = (
    Deed(
        "publish",
        _("Publish"),
        _("The court gets a page, and hearings and decisions name it."),
        publish_court,
        NOT_SHOWN,
        _("Published."),
        needs_publisher=True,
        obstacles=court_obstacles,
        main=True,
    ),
    Deed(
        "withdraw",
        _("Withdraw"),
        _("The court's page is gone for readers within a minute; hearings and decisions no longer name it."),
        withdraw_court,
        in_state(State.PUBLISHED),
        _("Withdrawn. Readers no longer see the page."),
        needs_reason=True,
    ),
    Deed(
        "confirm",
        _("Checked, nothing changed"),
        _("The name, the address and the time zone are right today."),
        confirm_court,
        lambda _court: True,
        _("Noted: checked today, nothing changed."),
        at_once=True,
    ),
)

OFFICIAL_DEEDS: tuple[Deed, ...] = (
    Deed(
        "publish",
        _("Publish"),
        _("Readers see the official, the office, and each part that two people confirmed."),
        publish_official,
        NOT_SHOWN,
        _("Published."),
        needs_publisher=True,
        obstacles=official_obstacles,
        main=True,
    ),
    Deed(
        "withdraw",
        _("Withdraw"),
        _("The official is gone for readers within a minute, with every part played."),
        withdraw_official,
        in_state(State.PUBLISHED),
        _("Withdrawn. Readers no longer see the page."),
        needs_reason=True,
    ),
    Deed(
        "confirm",
        _("I confirm this by the sources"),
        _("You confirm name, office and every part that has a source. Two different people are needed."),
        confirm_whole_official,
        lambda _official: True,
        _("Confirmed in your name."),
    ),
    Deed(
        "unconfirm",
        _("Take my confirmation back"),
        _("Your word is taken back, for the official and every part."),
        take_confirmation_back,
        NOT_SHOWN,
        _("Your confirmation is taken back."),
    ),
)
