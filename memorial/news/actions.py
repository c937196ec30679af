"""News: to readers at once or at a moment, and away from them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from memorial.base.choices import State
from memorial.base.civil_date import MOSCOW, civil_date
from memorial.due.planning import cancel, plan
from memorial.news.models import NewsItem
from memorial.news.obstacles import lies_ahead, names_of_hidden, news_obstacles
from memorial.news.pictures import show_picture, take_picture_away
from prisoners.actions.begin import done_by, required_reason
from prisoners.actions.show_photos import MadeFiles, files_removed_on_failure

PUBLISH: Final = "publish_news"
"""The kind of due work that a planned publication is."""


def publish_news(*, newsitem: NewsItem, by: int | None) -> None:
    """Lets readers see the news; a plan for it is over. Raises `ValidationError` with every obstacle."""
    with files_removed_on_failure() as made, transaction.atomic(), done_by(by, _("Published")):
        row = _locked(newsitem)
        _show(row, made)
        cancel(PUBLISH, row.pk)
    newsitem.refresh_from_db()


def plan_news(*, newsitem: NewsItem, at: datetime, by: int | None) -> None:
    """Plans the publication for a moment; until then readers see nothing of it, whatever the day of the event.

    What stands in the way is asked now and again at the moment itself. Raises `ValidationError` with every
    obstacle, for a moment that is over, and for a day of the event after that moment.
    """
    with transaction.atomic(), done_by(by, _("Publication planned for a moment")):
        row = _locked(newsitem)
        _require(row, State.DRAFT, State.READY)
        if at <= timezone.now():
            raise ValidationError(_("This moment is over: choose a later one, or publish at once."))
        obstacles = news_obstacles(row)
        if lies_ahead(row, at.astimezone(MOSCOW).date()):
            obstacles.append(_("The day of the event would still lie ahead at that moment."))
        if obstacles:
            raise ValidationError(obstacles)
        plan(PUBLISH, row.pk, at)
        if row.state != State.READY:
            _change(row, state=State.READY)
    newsitem.refresh_from_db()


def publish_planned(number: int) -> str:
    """Publishes at its moment; returns a sentence. Raises `ValidationError` where it may not be published now.

    Nobody is there to look: a name of somebody hidden in the words, which is a warning otherwise, stops it.
    """
    with files_removed_on_failure() as made, transaction.atomic(), done_by(None, _("Published as planned")):
        row = NewsItem.objects.select_for_update(of=("self",)).filter(pk=number).first()
        if row is None:
            raise ValidationError(_("The piece of news is gone: it was deleted meanwhile."))
        if row.is_published:
            return _("Readers saw it already.")
        _require(row, State.DRAFT, State.READY)
        if found := names_of_hidden(row):
            raise ValidationError(
                [_("Somebody who is hidden is named: %(words)s") % {"words": w} for w in found]
            )
        _show(row, made)
        return _("Published.")


def unplan_news(*, newsitem: NewsItem, by: int | None) -> None:
    """Takes the plan back; the news stays as it is. Raises `ValidationError` where nothing is planned."""
    with transaction.atomic(), done_by(by, _("Plan taken back")):
        if not cancel(PUBLISH, _locked(newsitem).pk):
            raise ValidationError(_("Nothing is planned for it any more: look at it again."))
    newsitem.refresh_from_db()


def send_news(*, newsitem: NewsItem, by: int | None) -> None:
    """Says that a draft is ready for a colleague and the translator. Raises `ValidationError` for others."""
    _move(newsitem, by, _("Sent for review"), {State.DRAFT}, State.READY)


def draft_news(*, newsitem: NewsItem, by: int | None) -> None:
    """Back to work; a plan is taken back. Raises `ValidationError` for what readers see."""
    _move(newsitem, by, _("Back to draft"), {State.READY, State.WITHDRAWN}, State.DRAFT)


def withdraw_news(*, newsitem: NewsItem, reason: str, by: int | None) -> None:
    """Takes the news away from readers at once, by one person. Raises `ValidationError` without a reason."""
    reason = required_reason(reason)
    with transaction.atomic(), done_by(by, reason):
        row = _locked(newsitem)
        cancel(PUBLISH, row.pk)
        take_picture_away(row)
        if row.state != State.WITHDRAWN:
            _change(row, state=State.WITHDRAWN)
    newsitem.refresh_from_db()


def _show(row: NewsItem, made: MadeFiles) -> None:
    obstacles = news_obstacles(row)
    if lies_ahead(row, civil_date()):
        obstacles.append(str(NewsItem.REFUSALS["news_is_of_the_past"]))
    if obstacles:
        raise ValidationError(obstacles)
    if not row.is_published:
        first = {
            "first_published_at": row.first_published_at or timezone.now(),
            "published_on": row.published_on or civil_date(),
        }
        _change(row, state=State.PUBLISHED, **first)
    show_picture(row, made)


def _move(newsitem: NewsItem, by: int | None, reason: str, allowed: set[State], to: State) -> None:
    with transaction.atomic(), done_by(by, reason):
        row = _locked(newsitem)
        _require(row, *allowed)
        if to == State.DRAFT:
            cancel(PUBLISH, row.pk)
        _change(row, state=to)
    newsitem.refresh_from_db()


def _require(row: NewsItem, *states: State) -> None:
    if row.state not in states:
        raise ValidationError(
            _("The page is “%(state)s” now: this step does not apply to it.")
            % {"state": row.get_state_display()}
        )


def _locked(newsitem: NewsItem) -> NewsItem:
    row = NewsItem.objects.select_for_update(of=("self",)).filter(pk=newsitem.pk).first()
    if row is None:
        raise ValidationError(_("This record is gone: it was deleted meanwhile."))
    return row


def _change(row: NewsItem, **columns: object) -> None:
    NewsItem.objects.filter(pk=row.pk).update(**columns)
