"""Stories in every state, made as the office makes them. Nobody here exists."""

from __future__ import annotations

from datetime import date, timedelta

from assistance.actions.stories import publish_story, send_story
from assistance.models import Story, StoryConsent
from memorial.base.acting import acting
from memorial.base.civil_date import civil_date
from memorial.staff.models import User
from prisoners.models import Prisoner

AUTHOR, READER = "command:who writes", "command:who reads"
YESTERDAY_OR_EARLIER = date(2024, 5, 1)


def written(slug: str = "a-parcel", by: str = AUTHOR, **fields: object) -> Story:
    """A draft."""
    words = {
        "title_ru": "Очки пришли через четыре месяца",
        "text_ru": "<p>Без очков он не мог читать письма.</p>",
        "title_en": "The glasses came after four months",
        "text_en": "<p>Without glasses he could not read letters.</p>",
    }
    with acting(by):
        return Story.objects.create(
            slug=slug, **{**words, "programme": "humanitarian", "year": 2025, **fields}
        )


def agreed(story: Story, scope: str = "no_name", **fields: object) -> StoryConsent:
    """A consent in force, without an end unless one is given."""
    given = {"by": "person", "how": "letter", "given_on": date(2024, 4, 1), **fields}
    made = StoryConsent.objects.create(story=story, scope=scope, **given)
    story.refresh_from_db()
    return made


def sent(story: Story) -> Story:
    with acting(AUTHOR):
        send_story(story=story, by=None)
    return story


def published(slug: str = "a-parcel", **fields: object) -> Story:
    """A story that readers see: agreed to, written by one, read by another."""
    story = written(slug, **fields)
    agreed(story, "name" if story.prisoner_id else "no_name")
    sent(story)
    with acting(READER):
        publish_story(story=story, by=None)
    return story


def ended(story: Story) -> Story:
    """The same when its consent has ended: nobody has done anything to the story."""
    StoryConsent.objects.filter(story=story).update(expires_on=YESTERDAY_OR_EARLIER)
    story.refresh_from_db()
    return story


def tomorrow() -> date:
    return civil_date() + timedelta(days=1)


def coordinator() -> str:
    """An account that may write stories at most."""
    return f"staff:{User.objects.create(username='writes', email='w@example.org', is_staff=True).pk}"


def stories_told(person: Prisoner) -> None:
    """A story without a name in both languages, and one of this person in Russian alone."""
    published()
    published("a-call", prisoner=person, title_en="", text_en="", programme="detention")
