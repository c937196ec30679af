"""Stories: sent for reading, read by a second person and published, or returned; withdrawn by anybody at once."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assistance.models import Story, StoryReading
from memorial.base.choices import State
from memorial.base.civil_date import civil_date
from prisoners.actions.begin import done_by, required_reason


def send_story(*, story: Story, by: int | None) -> None:
    """Asks for a second person. Raises `ValidationError` with every obstacle (`story_obstacles`)."""
    with transaction.atomic(), done_by(by, _("Sent for review")):
        row = _locked(story)
        _refuse(story_obstacles(row))
        _move(row, State.READY, {State.DRAFT, State.WITHDRAWN})
    story.refresh_from_db()


def publish_story(*, story: Story, by: int | None) -> None:
    """The second person's word: it may be told as it stands, and readers see it.

    Raises `ValidationError` for one's own story, without consent, or with another obstacle.
    """
    with transaction.atomic(), done_by(by, _("Published")):
        row = _locked(story)
        _refuse(story_obstacles(row))
        StoryReading.objects.create(story=row, decision=StoryReading.Decision.APPROVED)
        first = row.first_published_at or timezone.now()
        _move(row, State.PUBLISHED, {State.READY}, first_published_at=first)
    story.refresh_from_db()


def return_story(*, story: Story, reason: str, by: int | None) -> None:
    """Returns what waits to its author with a word. Raises `ValidationError` without one, or for one's own."""
    word = required_reason(reason)
    with transaction.atomic(), done_by(by, word):
        row = _locked(story)
        StoryReading.objects.create(story=row, decision=StoryReading.Decision.RETURNED, word=word)
        _move(row, State.DRAFT, {State.READY})
    story.refresh_from_db()


def draft_story(*, story: Story, by: int | None) -> None:
    """Takes a story back to work. Raises `ValidationError` for what readers see."""
    with transaction.atomic(), done_by(by, _("Back to draft")):
        _move(_locked(story), State.DRAFT, {State.READY, State.WITHDRAWN})
    story.refresh_from_db()


def withdraw_story(*, story: Story, reason: str, by: int | None) -> None:
    """Takes the story away from readers at once, by one person alone. Raises `ValidationError` without a reason.

    Withdrawing twice does no harm. A consent that is withdrawn does the same without this.
    """
    reason = required_reason(reason)
    with transaction.atomic(), done_by(by, reason):
        row = _locked(story)
        if row.state != State.WITHDRAWN:
            Story.objects.filter(pk=row.pk).update(state=State.WITHDRAWN)
    story.refresh_from_db()


def story_obstacles(story: Story) -> list[str]:
    """What keeps the story from readers, in sentences."""
    found = []
    if not story.complete_in():
        found.append(_("A story has a title and a text in the same language."))
    if story.shown_until is None or story.shown_until < civil_date():
        found.append(_("Nobody has agreed to this story's being told, or no longer: see «Consent»."))
    if (person := story.prisoner) and (person.state != State.PUBLISHED or person.initials_only):
        found.append(_("The person has no page with a name: the story cannot name them."))
    return found


def _locked(story: Story) -> Story:
    row = Story.objects.select_for_update(of=("self",)).filter(pk=story.pk).first()
    if row is None:
        raise ValidationError(_("This record is gone: it was deleted meanwhile."))
    return row


def _refuse(obstacles: list[str]) -> None:
    if obstacles:
        raise ValidationError(obstacles)


def _move(row: Story, to: State, allowed: set[State], **columns: object) -> None:
    if row.state not in allowed:
        raise ValidationError(
            _("The page is “%(state)s” now: this step does not apply to it.")
            % {"state": row.get_state_display()}
        )
    Story.objects.filter(pk=row.pk).update(state=to, **columns)
