"""What staff do to a page or to the text of a theme as a whole: to readers, and away from them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from memorial.base.choices import State
from memorial.base.civil_date import civil_date
from memorial.pages.addresses import is_of_the_program
from memorial.pages.models import OF_THE_PROGRAM, SitePage, ThemeText
from prisoners.actions.begin import done_by, required_reason

Written = SitePage | ThemeText


def page_obstacles(page: SitePage) -> list[str]:
    """Why readers cannot get the page now; an empty list where nothing stands in the way."""
    found = []
    if not page.complete_in():
        found.append(_("A page has a title and a text in the same language."))
    if is_of_the_program(page.slug):
        found.append(str(OF_THE_PROGRAM))
    return found


def theme_text_obstacles(text: ThemeText) -> list[str]:
    """The same of the text of a theme."""
    return [] if text.complete_in() else [_("Say in short what the theme is, in one language at least.")]


def publish_page(*, sitepage: SitePage, by: int | None) -> None:
    """Lets readers see the page, and its link in the menus. Raises `ValidationError` with every obstacle."""
    _publish(sitepage, by, page_obstacles)


def publish_theme_text(*, themetext: ThemeText, by: int | None) -> None:
    """Lets readers see the text on the page of its theme. Raises `ValidationError` with every obstacle."""
    _publish(themetext, by, theme_text_obstacles)


def withdraw_page(*, sitepage: SitePage, reason: str, by: int | None) -> None:
    """Takes the page away from readers, and its links. Raises `ValidationError` without a reason."""
    _withdraw(sitepage, reason, by)


def withdraw_theme_text(*, themetext: ThemeText, reason: str, by: int | None) -> None:
    """Takes the text away from readers; the page of the theme stays. Raises `ValidationError` without a reason."""
    _withdraw(themetext, reason, by)


def review_page(*, sitepage: SitePage, by: int | None) -> None:
    """Says that a draft is ready for another pair of eyes. Raises `ValidationError` for what is no draft."""
    _move(sitepage, by, _("Sent for review"), State.READY, {State.DRAFT})


def review_theme_text(*, themetext: ThemeText, by: int | None) -> None:
    """Says that a draft is ready for another pair of eyes. Raises `ValidationError` for what is no draft."""
    _move(themetext, by, _("Sent for review"), State.READY, {State.DRAFT})


def draft_page(*, sitepage: SitePage, by: int | None) -> None:
    """Takes a page back to work. Raises `ValidationError` for what readers see."""
    _move(sitepage, by, _("Back to draft"), State.DRAFT, {State.READY, State.WITHDRAWN})


def draft_theme_text(*, themetext: ThemeText, by: int | None) -> None:
    """Takes a text back to work. Raises `ValidationError` for what readers see."""
    _move(themetext, by, _("Back to draft"), State.DRAFT, {State.READY, State.WITHDRAWN})


def confirm_page(*, sitepage: SitePage, by: int | None) -> None:
    """Says that the text was read today and is true as it stands: readers see the day."""
    _confirm(sitepage, by)


def confirm_theme_text(*, themetext: ThemeText, by: int | None) -> None:
    """Says that the text was read today and is true as it stands: readers see the day."""
    _confirm(themetext, by)


def _confirm(record: Written, by: int | None) -> None:
    with transaction.atomic(), done_by(by, _("Checked, nothing changed")):
        _change(_locked(record), checked_on=civil_date())
    record.refresh_from_db()


def _publish(record: Any, by: int | None, obstacles: Any) -> None:
    with transaction.atomic(), done_by(by, _("Published")):
        row = _locked(record)
        if found := obstacles(row):
            raise ValidationError(found)
        if row.state != State.PUBLISHED:
            first = row.first_published_at or timezone.now()
            _change(row, state=State.PUBLISHED, first_published_at=first)
    record.refresh_from_db()


def _withdraw(record: Written, reason: str, by: int | None) -> None:
    reason = required_reason(reason)
    with transaction.atomic(), done_by(by, reason):
        row = _locked(record)
        if row.state != State.WITHDRAWN:
            _change(row, state=State.WITHDRAWN)
    record.refresh_from_db()


def _move(record: Written, by: int | None, word: str, to: State, allowed: set[State]) -> None:
    with transaction.atomic(), done_by(by, word):
        row = _locked(record)
        if row.state not in allowed:
            raise ValidationError(
                _("The page is “%(state)s” now: this step does not apply to it.")
                % {"state": row.get_state_display()}
            )
        _change(row, state=to)
    record.refresh_from_db()


def _locked(record: Any) -> Any:
    row = type(record)._default_manager.select_for_update(of=("self",)).filter(pk=record.pk).first()
    if row is None:
        raise ValidationError(_("This record is gone: it was deleted meanwhile."))
    return row


def _change(row: Written, **columns: Any) -> None:
    """Writes only these columns, so that nothing an editor has open is overwritten."""
    type(row)._default_manager.filter(pk=row.pk).update(**columns)
