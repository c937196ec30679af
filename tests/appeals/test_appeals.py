"""What readers see of appeals: while they are agreed to and wanted, for two weeks, and then what came of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count

import feedparser
import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import connection

from memorial.appeals.actions import extend_appeal, publish_appeal
from memorial.appeals.models import Appeal, AppealReading
from memorial.appeals.pages import PAGE_KINDS
from memorial.base.acting import acting
from memorial.base.civil_date import civil_date
from prisoners.actions.find_name import where_name_stands, where_others_tell_name
from prisoners.actions.merge import merge_prisoners
from prisoners.models import Consent, Prisoner
from tests.appeals.appealing import AUTHOR, READER, agreed, published, sent, somebody, written
from tests.assistance_totals.conftest import _version_read_anew  # noqa: F401
from tests.counting import same_number_of_queries
from tests.factories import PrisonerFactory

pytestmark = pytest.mark.django_db
LIST, PAGE = "/en/urgent/", "/en/urgent/a-doctor/"


def page(client, path=PAGE):
    return client.get(path).content.decode().replace("\u00a0", " ")


def person_page(client, person):
    return page(client, f"/en/prisoners/{person.slug}/")


def seen_by_readers(as_role, table="appeals_appeal") -> int:
    """Rows that PostgreSQL itself shows the public role, whatever a view forgets."""
    with as_role("site_ro"), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def test_an_open_appeal_says_what_to_do_and_stands_on_the_person_s_page(client, as_role):
    appeal = published()
    text = page(client)
    for words in ("Two months without calls", "Write to the prosecutor.", "p@example.org", "14 days left"):
        assert words in text, words
    assert 'lang="ru" translate="no">Уважаемый господин прокурор!' in text
    assert "Before you write to the authorities of Russia" in text
    for path in (LIST, "/en/calendar/"):
        assert "Two months without calls" in page(client, path), path
    told = person_page(client, appeal.prisoner)
    assert told.count("Two months without calls") == 2  # the line at the top and the section
    assert 'href="#urgent"' in told
    assert seen_by_readers(as_role) == seen_by_readers(as_role, "appeals_appealaddressee") == 1
    listed = [page.path("en") for kind in PAGE_KINDS for page in kind.pages()]
    assert {LIST, PAGE} <= set(listed)


def test_it_ends_by_itself_on_the_day_after_the_last(client):
    """Nobody does anything: the civil date alone, and the ETag with it."""
    appeal = published()
    assert appeal.open_until == civil_date() + timedelta(days=14)
    last = appeal.open_until
    noon = datetime(last.year, last.month, last.day, 9, tzinfo=UTC)
    with time_machine.travel(noon, tick=False):
        there = client.get(PAGE)
        assert "today is the last day" in there.content.decode()
    with time_machine.travel(noon + timedelta(days=1), tick=False):
        over = client.get(PAGE, headers={"If-None-Match": there.headers["ETag"]})
        assert over.status_code == 200
        text = over.content.decode()
        assert "The outcome is not known yet." in text
        for words in ("Write to the prosecutor", "p@example.org", "Уважаемый"):
            assert words not in text, words
        assert "noindex" in text
        assert "No appeal is open now" in page(client, LIST)
        assert "Two months without calls" in page(client, LIST)
        assert "<entry" not in page(client, f"{LIST}feed/")
        assert 'href="#urgent">Urgent appeal:' not in person_page(client, appeal.prisoner)


def test_an_outcome_ends_it_at_once(client):
    appeal = published()
    with acting(READER):
        Appeal.objects.filter(pk=appeal.pk).update(
            outcome_en="She was allowed to call.", outcome_on=civil_date()
        )
    text = page(client)
    assert "She was allowed to call." in text
    assert "Write to the prosecutor" not in text
    with acting("command:a third"), pytest.raises(ValidationError):
        extend_appeal(appeal=appeal, reason="still", by=None)


GONE = {
    "the consent is withdrawn": lambda a: Consent.objects.update(withdrawn_on=date(2024, 6, 1)),
    "the consent is refused": lambda a: agreed(a.prisoner, given=False, given_on=date(2024, 6, 1)),
    "the consent is deleted": lambda a: Consent.objects.all().delete(),
    "the person is hidden": lambda a: Prisoner.objects.update(state="withdrawn"),
    "initials": lambda a: Prisoner.objects.update(initials_only=True, born=None),
    "no attention": lambda a: Prisoner.objects.update(attention_wanted=False),
    "nobody knows": lambda a: Prisoner.objects.update(attention_wanted=None),
    "quiet": lambda a: Prisoner.objects.update(quiet_until=civil_date() + timedelta(days=1)),
}


@pytest.mark.parametrize("why", GONE)
def test_it_is_gone_at_once_and_comes_back_by_nobody_s_deed(client, as_role, why):
    appeal = published()
    GONE[why](appeal)
    found, absent = client.get(PAGE), client.get("/en/urgent/nothing/")
    assert (found.status_code, found.content) == (absent.status_code, absent.content)
    assert found.status_code == 404
    assert seen_by_readers(as_role) == seen_by_readers(as_role, "appeals_appealaddressee") == 0
    assert Appeal.objects.get().state == "withdrawn"
    Prisoner.objects.update(state="published", initials_only=False, attention_wanted=True, quiet_until=None)
    agreed(appeal.prisoner, given_on=civil_date())
    assert client.get(PAGE).status_code == 404


@pytest.mark.parametrize("step", [lambda a: a, sent])
def test_what_nobody_has_read_is_seen_by_nobody(client, as_role, step):
    step(written())
    assert client.get(PAGE).status_code == 404
    assert "Two months" not in page(client, LIST)
    assert seen_by_readers(as_role) == 0


def test_a_consent_that_merely_ends_hides_it_without_any_deed(client):
    person = somebody()
    Consent.objects.update(expires_on=civil_date() + timedelta(days=2))
    appeal = published(prisoner=person)
    assert client.get(PAGE).status_code == 200
    noon = datetime.combine(civil_date() + timedelta(days=3), datetime.min.time(), UTC) + timedelta(hours=9)
    with time_machine.travel(noon, tick=False):
        assert client.get(PAGE).status_code == 404
    assert Appeal.objects.get(pk=appeal.pk).state == "published"


def test_only_a_new_decision_of_a_second_person_opens_it_longer():
    appeal = published()
    with acting(AUTHOR), pytest.raises(ValidationError, match=r"другой человек|another person"):
        extend_appeal(appeal=appeal, reason="no answer yet", by=None)
    assert AppealReading.objects.count() == 1
    with acting(READER):
        extend_appeal(appeal=appeal, reason="no answer yet", by=None)
    assert AppealReading.objects.count() == 2
    assert appeal.open_until == civil_date() + timedelta(days=14)
    Appeal.objects.filter(pk=appeal.pk).update(open_until=civil_date() + timedelta(days=90))
    appeal.refresh_from_db()
    assert appeal.open_until == civil_date() + timedelta(days=14), (
        "the decisions say until when, and nobody else"
    )


def test_whoever_wrote_a_word_reads_it_in_vain():
    appeal = sent(written())
    with acting(AUTHOR), pytest.raises(ValidationError, match=r"другой человек|another person"):
        publish_appeal(appeal=appeal, by=None)
    appeal.refresh_from_db()
    assert appeal.state == "ready"


def test_obstacles_are_said_in_words():
    appeal = written(prisoner=PrisonerFactory(state="published"), steps_ru="", steps_en="")
    appeal.addressees.all().delete()
    with acting(AUTHOR), pytest.raises(ValidationError) as refused:
        sent(appeal)
    assert len(refused.value.messages) == 4


def test_the_feed_tells_what_is_open(client):
    published()
    read = feedparser.parse(client.get(f"{LIST}feed/").content)
    assert not read.bozo
    assert [entry.title for entry in read.entries] == ["Two months without calls"]


def test_a_text_that_names_somebody_is_found_before_the_name_is_moved():
    named, other = somebody(surname_ru="Тростникова", surname_en="Trostnikova"), somebody()
    published("one", prisoner=named, happened_ru="<p>Тростниковой не дают звонить.</p>")
    published("two", prisoner=other, outcome_ru="", steps_ru="<p>Напишите о Тростниковой.</p>")
    places = [place.label for place in where_name_stands(named)]
    assert len([label for label in places if "appeal" in label.lower() or "обращение" in label.lower()]) >= 2
    assert where_others_tell_name(named)


def test_merging_people_takes_the_appeal_along(client):
    kept = PrisonerFactory(state="published", attention_wanted=True)
    appeal = published(prisoner=somebody(state="published"))
    merge_prisoners(keep=kept, duplicate=appeal.prisoner, reason="one person", by=None)
    appeal.refresh_from_db()
    assert (appeal.prisoner_id, appeal.state) == (kept.pk, "published")
    assert client.get(PAGE).status_code == 200


def test_one_appeal_or_three_the_same_number_of_queries(client):
    appeal = published()
    slugs = map("appeal-{}".format, count())
    for path in (LIST, f"/en/prisoners/{appeal.prisoner.slug}/"):
        same_number_of_queries(client, path, add_row=lambda: published(next(slugs), prisoner=appeal.prisoner))
