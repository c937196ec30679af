"""What readers see of stories: while somebody agrees, in their language, and not a day longer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection

from assistance.actions.stories import publish_story
from assistance.models import Story, StoryConsent
from assistance.pages import PAGE_KINDS
from memorial.base.acting import acting
from memorial.base.civil_date import civil_date
from memorial.base.partial_date import PartialDate
from prisoners.actions.merge import merge_prisoners
from tests.assistance_stories.telling import AUTHOR, agreed, ended, published, sent, written
from tests.assistance_totals.conftest import _version_read_anew  # noqa: F401
from tests.counting import same_number_of_queries
from tests.factories import PrisonerFactory

pytestmark = pytest.mark.django_db
LIST, PAGE = "/en/what-we-do/stories/", "/en/what-we-do/stories/a-parcel/"


def page(client, path=PAGE):
    return client.get(path).content.decode().replace("\u00a0", " ")


def seen_by_readers(as_role) -> int:
    """Rows that PostgreSQL itself shows the public role, whatever a view forgets."""
    with as_role("site_ro"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM assistance_story")
        return int(cursor.fetchone()[0])


def test_a_story_stands_beside_the_totals_in_the_list_and_on_its_page(client, as_role):
    published()
    for path in ("/en/what-we-do/", LIST, PAGE):
        assert "The glasses came after four months" in page(client, path), path
        assert "Очки пришли через четыре месяца" in page(client, path.replace("/en/", "/ru/"))
    assert "Parcels and money" in page(client)
    assert seen_by_readers(as_role) == 1
    listed = [page.path("en") for kind in PAGE_KINDS for page in kind.pages()]
    assert {LIST, PAGE} <= set(listed)


def test_without_a_story_nothing_is_said(client):
    assert "stories" not in page(client, "/en/what-we-do/").lower()
    assert "No story can be told at the moment." in page(client, LIST)
    assert "noindex" in page(client, LIST)


def test_text_in_the_other_language_is_marked(client):
    published(title_en="", text_en="")
    text = page(client)
    assert '<span lang="ru">Очки пришли' in text
    assert "Some of the text of this page is not in English yet" in text
    assert '<div class="prose" lang="ru">' in text
    assert "noindex" in text


def test_markup_is_sanitised_on_the_way_out(client):
    published(text_en="<p>Letters<script>alert(1)</script></p>")
    assert "alert(1)" not in page(client)


@pytest.mark.parametrize("state", ["draft", "sent", "ended", "withdrawn", "hidden person", "initials"])
def test_what_may_not_be_told_answers_like_what_never_was(client, as_role, state):
    person = PrisonerFactory(state="published") if state in ("hidden person", "initials") else None
    if state in ("draft", "sent"):
        story = written()
        agreed(story)
        if state == "sent":
            sent(story)
    else:
        story = published(prisoner=person)
    if state == "ended":
        assert ended(story).state == "published"
    elif state == "withdrawn":
        StoryConsent.objects.update(withdrawn_on=date(2024, 6, 1))
    elif state == "hidden person":
        type(person).objects.filter(pk=person.pk).update(state="withdrawn")
    elif state == "initials":
        type(person).objects.filter(pk=person.pk).update(initials_only=True, born=PartialDate.parse("1987"))
    found, absent = client.get(PAGE), client.get("/en/what-we-do/stories/nothing/")
    assert (found.status_code, found.content) == (absent.status_code, absent.content)
    assert found.status_code == 404
    assert seen_by_readers(as_role) == 0
    assert not Story.objects.published().exists()
    assert "No story can be told" in page(client, LIST)


def test_it_disappears_by_itself_on_the_day_after_the_last(client):
    """Nobody does anything: the civil date alone, and the ETag with it."""
    story = published()
    last = civil_date() + timedelta(days=3)
    StoryConsent.objects.filter(story=story).update(expires_on=last)
    noon = datetime(last.year, last.month, last.day, 9, tzinfo=UTC)
    with time_machine.travel(noon, tick=False):
        there = client.get("/en/what-we-do/")
        assert "The glasses" in there.content.decode()
    with time_machine.travel(noon + timedelta(days=1), tick=False):
        assert client.get(PAGE).status_code == 404
        gone = client.get("/en/what-we-do/", headers={"If-None-Match": there.headers["ETag"]})
        assert gone.status_code == 200
        assert "The glasses" not in gone.content.decode()


@pytest.mark.parametrize(
    "taken", [lambda rows: rows.update(withdrawn_on=date(2024, 6, 1)), lambda rows: rows.delete()]
)
def test_a_consent_taken_back_withdraws_the_story_at_once(taken):
    published()
    taken(StoryConsent.objects.all())
    assert Story.objects.get().state == "withdrawn"


def test_a_new_consent_shows_nothing_again_by_itself(client):
    """Rule 17: unhiding is a deed of somebody."""
    story = ended(published())
    agreed(story, given_on=date(2024, 6, 1))
    assert Story.objects.get().state == "withdrawn"
    assert client.get(PAGE).status_code == 404


def test_whoever_wrote_a_word_reads_it_in_vain():

    story = written()
    agreed(story)
    sent(story)
    with acting(AUTHOR), pytest.raises(ValidationError, match=r"другой человек|another person"):
        publish_story(story=story, by=None)
    story.refresh_from_db()
    assert story.state == "ready"


def test_one_story_or_three_the_same_number_of_queries(client):
    published()
    slugs = map("story-{}".format, count())
    person = PrisonerFactory(state="published")
    same_number_of_queries(client, LIST, add_row=lambda: published(next(slugs), prisoner=person))
    same_number_of_queries(client, "/en/what-we-do/", add_row=lambda: published(next(slugs)))


def test_merging_people_takes_the_story_along():
    kept, gone = PrisonerFactory(state="published"), PrisonerFactory(state="published")
    story = published(prisoner=gone)
    with acting("command:merge"):
        merge_prisoners(keep=kept, duplicate=gone, reason="same person", by=None)
    story.refresh_from_db()
    assert story.prisoner == kept
