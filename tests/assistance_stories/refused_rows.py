"""Stories that the database must refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from assistance.models import Story, StoryReading
from memorial.base.acting import acting
from tests.assistance_stories.telling import (
    AUTHOR,
    READER,
    YESTERDAY_OR_EARLIER,
    agreed,
    coordinator,
    ended,
    published,
    sent,
    tomorrow,
    written,
)
from tests.factories import PrisonerFactory

Rows = list[Callable[[], object]]


def change(story: Story, by: str = AUTHOR, **fields: object) -> None:
    with acting(by):
        Story.objects.filter(pk=story.pk).update(**fields)


def read(story: Story, by: str = READER, decision: str = "approved") -> StoryReading:
    with acting(by):
        return StoryReading.objects.create(story=story, decision=decision)


def show(story: Story) -> None:
    change(story, READER, state="published")


def agreed_and_read(decision: str = "approved", **fields: object) -> Story:
    story = written(**fields)
    agreed(story)
    read(story, decision=decision)
    return story


def shown_without(*steps: Callable[[Story], object]) -> Callable[[], object]:
    """A story that is shown after these steps alone."""

    def make() -> None:
        story = written()
        for step in steps:
            step(story)
        show(story)

    return make


def read_before_a_change() -> None:
    story = agreed_and_read()
    change(story, text_ru="<p>Другое.</p>")
    show(story)


def returned_after_all() -> None:
    story = agreed_and_read()
    read(story, decision="returned")
    show(story)


def named_without_consent_to_it() -> None:
    show(agreed_and_read(prisoner=PrisonerFactory(state="published")))


def withdrawal_of_a_later_day() -> None:
    story = agreed_and_read()
    agreed(story, given_on=date(2024, 4, 3), withdrawn_on=date(2024, 4, 3))
    show(story)


def somebody_else_changed_a_word(by: str) -> Callable[[], object]:
    def make() -> None:
        story = written()
        change(story, by, title_en="Other words")
        read(story, by)

    return make


REFUSED: dict[str, Rows] = {
    "story_state_known": [lambda: written(state="shown")],
    "story_has_words": [lambda: show(agreed_and_read(title_ru="", text_en=""))],
    "story_year_is_one": [lambda: written(year=1999), lambda: written(year=2101)],
    "story_needs_consent": [
        shown_without(read),
        shown_without(lambda story: agreed(story, expires_on=YESTERDAY_OR_EARLIER), read),
        shown_without(lambda story: agreed(story, withdrawn_on=YESTERDAY_OR_EARLIER), read),
        lambda: written(state="published"),
        named_without_consent_to_it,
        withdrawal_of_a_later_day,
    ],
    "story_read_by_two": [shown_without(agreed), read_before_a_change, returned_after_all],
    "story_stays_as_it_was_read": [
        lambda: change(published(), text_en="<p>Other.</p>"),
        lambda: change(published(), year=2024),
        lambda: change(published(), prisoner=PrisonerFactory(state="published")),
        lambda: change(sent_to_be_read(), title_ru="Иначе"),
    ],
    "story_keeps_its_address": [lambda: change(withdrawn(), slug="elsewhere")],
    "assistance_storyconsent_happened": [
        lambda: agreed(written(), given_on=tomorrow()),
        lambda: agreed(written(), withdrawn_on=tomorrow()),
    ],
    "storyconsent_expires_after_given": [lambda: agreed(written(), expires_on=date(2024, 3, 31))],
    "storyconsent_withdrawn_after_given": [lambda: agreed(written(), withdrawn_on=date(2024, 3, 31))],
    "story_reading_has_a_reader": [lambda: read(written(), by="")],
    "story_reading_by_right": [lambda: read(written(), by=coordinator())],
    "story_reading_by_another": [
        lambda: read(written(), by=AUTHOR),
        somebody_else_changed_a_word(READER),
    ],
    "story_reading_is_frozen": [
        lambda: StoryReading.objects.filter(pk=read(written()).pk).update(decision="returned")
    ],
}


def sent_to_be_read() -> Story:
    story = written()
    agreed(story)
    return sent(story)


def withdrawn() -> Story:
    story = published()
    change(story, state="withdrawn")
    return story


def changed_after_it_was_withdrawn() -> None:
    change(withdrawn(), text_ru="<p>Другое.</p>")


ACCEPTED: dict[str, Callable[[], object]] = {
    "a story that somebody else has read": published,
    "a story that names a published person who agreed": lambda: published(
        prisoner=PrisonerFactory(state="published")
    ),
    "a story whose consent has ended": lambda: ended(published()),
    "a withdrawn story that is changed": changed_after_it_was_withdrawn,
    "a consent given again after it was withdrawn": lambda: [
        agreed(story := written(), withdrawn_on=date(2024, 4, 2)),
        agreed(story, given_on=date(2024, 4, 3)),
        read(story),
        show(story),
    ],
}
