"""Stories in the world of markers: one that readers see, and those that they must not."""

from __future__ import annotations

from typing import Any

from django.db import models

from assistance.models import Story, StoryConsent, StoryReading
from memorial.base.acting import acting
from memorial.base.choices import State
from memorial.base.publication import Publishable
from tests.leaks.rows import Maker

READER = "command:the second person"
_EARLIER = "1866-04-01"


def shown_story(make: Any, maker: Maker) -> Publishable:
    """A story with consent without an end, read by a second person."""
    story: Any = _agreed(make, maker, slug="told-story")
    _read_and_published(make, maker, story)
    return story


def hidden_stories(make: Any, maker: Maker) -> list[Publishable]:
    """A story that waits for a second person, and one whose consent has ended by itself."""
    waiting: Any = _agreed(make, maker, state=State.READY)
    ended: Any = _agreed(make, maker)
    _read_and_published(make, maker, ended)
    StoryConsent.objects.filter(story=ended).update(expires_on=_EARLIER)
    assert Story.objects.get(pk=ended.pk).state == State.PUBLISHED
    return [waiting, ended]


def _agreed(make: Any, maker: Maker, **given: Any) -> models.Model:
    story = make(maker, Story, **given)
    maker.parents[Story] = story
    make(maker, StoryConsent)
    return story


def _read_and_published(make: Any, maker: Maker, story: Story) -> None:
    with acting(READER):
        make(maker, StoryReading, decision=StoryReading.Decision.APPROVED)
    Story.objects.filter(pk=story.pk).update(state=State.PUBLISHED)
    story.refresh_from_db()
