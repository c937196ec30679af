"""What staff do to a page, and to the text of a theme, as a whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from memorial.base.admin import Deed, in_state
from memorial.base.choices import State
from memorial.pages import actions
from memorial.pages.before_publishing import to_settle


def _deeds(
    shown: Any,
    gone: Any,
    obstacles: Callable[[Any], list[str]],
    does: dict[str, Callable[..., Any]],
    warnings: Callable[[Any], list[str]] = lambda _record: [],
) -> tuple[Deed, ...]:
    return (
        Deed(
            "publish",
            _("Publish"),
            shown,
            does["publish"],
            in_state(State.DRAFT, State.READY, State.WITHDRAWN),
            _("Published."),
            needs_publisher=True,
            obstacles=obstacles,
            warnings=warnings,
            warnings_title=_("To be settled before readers see it"),
            main=True,
        ),
        Deed(
            "review",
            _("Send for review"),
            _("Says to colleagues that the draft is ready for another pair of eyes."),
            does["review"],
            in_state(State.DRAFT),
            _("Sent for review."),
        ),
        Deed(
            "draft",
            _("Back to draft"),
            _("Takes the page out of review, or out of what was withdrawn, to work on it."),
            does["draft"],
            in_state(State.READY, State.WITHDRAWN),
            _("It is a draft again."),
        ),
        Deed(
            "withdraw",
            _("Withdraw"),
            gone,
            does["withdraw"],
            in_state(State.PUBLISHED),
            _("Withdrawn. Readers no longer see the page."),
            needs_reason=True,
        ),
        Deed(
            "confirm",
            _("Checked, nothing changed"),
            _("Says that the text was read today and is true as it stands here. Readers see the day."),
            does["confirm"],
            lambda _record: True,
            _("Noted: checked today, nothing changed."),
        ),
    )


PAGE_DEEDS = _deeds(
    _("Readers see the page within a minute, and its link in the menu that is chosen for it."),
    _("The page and its links are gone for readers within a minute."),
    actions.page_obstacles,
    {
        "publish": actions.publish_page,
        "review": actions.review_page,
        "draft": actions.draft_page,
        "withdraw": actions.withdraw_page,
        "confirm": actions.confirm_page,
    },
    to_settle,
)
THEME_DEEDS = _deeds(
    _("Readers see the text within a minute, on the page of the theme."),
    _("The text is gone for readers within a minute; the page of the theme stays, with its people."),
    actions.theme_text_obstacles,
    {
        "publish": actions.publish_theme_text,
        "review": actions.review_theme_text,
        "draft": actions.draft_theme_text,
        "withdraw": actions.withdraw_theme_text,
        "confirm": actions.confirm_theme_text,
    },
)
