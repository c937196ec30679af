"""News to readers: at once, at a moment, by two runs at once; what stands in the way; what failed is kept."""

import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from memorial.base.acting import acting
from memorial.base.civil_date import civil_date
from memorial.base.models import HistoryEntry
from memorial.due import kinds
from memorial.due.models import DueWork
from memorial.due.planning import plan
from memorial.due.running import run_due
from memorial.news.actions import (
    PUBLISH,
    draft_news,
    plan_news,
    publish_news,
    send_news,
    unplan_news,
    withdraw_news,
)
from memorial.news.models import FormerAddress
from prisoners.actions import withdraw
from prisoners.actions.find_name import where_others_tell_name
from prisoners.actions.second_look import confirm_looks
from prisoners.models import Recognition, SecondLook
from tests.factories import CaseFactory, PrisonerFactory
from tests.news.telling import piece

pytestmark = pytest.mark.django_db


def draft(slug="verdict", **fields):
    return piece(slug, **{"state": "draft", "published_on": None, **fields})


def in_an_hour():
    return timezone.now() + timedelta(hours=1)


def ran():
    return [one.result for one in run_due()]


def refusal(do, **given):
    with pytest.raises(ValidationError) as error:
        do(**given)
    return " ".join(error.value.messages)


class TestAtOnce:
    def test_published_and_withdrawn(self):
        item = draft()
        publish_news(newsitem=item, by=5)
        assert item.is_published
        assert item.published_on == civil_date()
        first = item.first_published_at
        withdraw_news(newsitem=item, reason="A mistake", by=6)
        assert item.state == "withdrawn"
        publish_news(newsitem=item, by=5)
        assert (item.first_published_at, item.published_on) == (first, civil_date())
        last = HistoryEntry.objects.filter(table="news_newsitem", after__has_key="state").order_by("-id")[1]
        assert (last.actor, last.reason) == ("staff:6", "A mistake")

    def test_withdrawing_asks_why(self):
        item = piece()
        assert refusal(withdraw_news, newsitem=item, reason=" ", by=1)
        item.refresh_from_db()
        assert item.is_published

    def test_obstacles_are_said_all_at_once(self):
        hidden = PrisonerFactory(state="withdrawn", surname_ru="Скрытый")
        secret = CaseFactory(state="draft", title_ru="Тайное дело")
        item = draft(
            people=[hidden], cases=[secret], title_ru="", title_en="", on=civil_date() + timedelta(days=1)
        )
        told = refusal(publish_news, newsitem=item, by=1)
        item.refresh_from_db()
        assert item.state == "draft"
        assert told.count(".") >= 4
        assert "Скрытый" in told
        assert "Тайное дело" in told

    def test_what_waits_for_a_second_look_is_not_told(self):
        person = PrisonerFactory()
        item = draft(people=[person])
        with acting("staff:1"):
            Recognition.objects.create(
                prisoner=person,
                on="01.10.2026",
                decided_by="project",
                outcome="recognised",
                ground="ground_1",
                verification="one_source",
            )
        assert str(person) in refusal(publish_news, newsitem=item, by=1)
        confirm_looks(looks=list(SecondLook.objects.waiting()), by=2)
        publish_news(newsitem=item, by=1)
        assert item.is_published

    def test_back_and_forth(self):
        item = draft()
        send_news(newsitem=item, by=1)
        assert item.state == "ready"
        draft_news(newsitem=item, by=1)
        assert item.state == "draft"
        publish_news(newsitem=item, by=1)
        assert refusal(draft_news, newsitem=item, by=1)

    def test_staff_are_shown_where_the_news_names_somebody_before_they_hide(self):
        person = PrisonerFactory(surname_ru="Незабудкин", surname_en="Nezabudkin")
        item = piece("nezabudkin", title_ru="Незабудкина отпустили", text_en="<p>Nezabudkin is free.</p>")
        FormerAddress.objects.create(item=item, slug="nezabudkin-freed")
        places = [place.label for place in where_others_tell_name(person)]
        assert len([place for place in places if "Незабудкина" in place]) >= 2, places


class TestAtAMoment:
    def test_nobody_sees_it_before_and_everybody_after(self, reader):
        item, at = draft(), in_an_hour()
        plan_news(newsitem=item, at=at, by=5)
        assert item.state == "ready"
        with time_machine.travel(at - timedelta(seconds=1), tick=False):
            assert ran() == []
            assert reader.get("/en/news/verdict/").status_code == 404
        with time_machine.travel(at, tick=False):
            assert ran() == ["done"]
            assert reader.get("/en/news/verdict/").status_code == 200
            assert ran() == [], "a second run has nothing to do"
        work = DueWork.objects.get()
        assert (work.outcome, work.tries) == ("done", 0)
        entry = HistoryEntry.objects.filter(table="news_newsitem", after__state="published").last()
        assert entry.actor == "command:run_due"

    def test_who_was_hidden_meanwhile_stops_it_and_staff_are_told(self, member):
        person, at = PrisonerFactory(surname_ru="Незабудкин"), in_an_hour()
        item = draft(people=[person])
        plan_news(newsitem=item, at=at, by=5)
        withdraw(prisoner=person, reason="asked", by=6)
        with time_machine.travel(at, tick=False):
            assert ran() == ["refused"]
        item.refresh_from_db()
        work = DueWork.objects.get()
        assert item.state == "ready"
        assert work.outcome == "refused"
        assert "Незабудкин" in work.said
        told = member("publisher").get("/admin/").content.decode()
        assert "News that was not published at its moment" in told
        assert "Незабудкин" in told

    def test_a_name_in_the_words_stops_it_too(self):
        at = in_an_hour()
        person = PrisonerFactory(surname_ru="Незабудкин", given_names_ru="Глеб")
        item = draft(text_ru="<p>Вместе с ним судили Глеба Незабудкина.</p>")
        plan_news(newsitem=item, at=at, by=5)
        withdraw(prisoner=person, reason="asked", by=6)
        with time_machine.travel(at, tick=False):
            assert ran() == ["refused"]
        publish_news(newsitem=item, by=5)
        assert item.is_published, "a person who has looked at it may"

    def test_planned_anew_taken_back_and_over_when_published_by_hand(self):
        item = draft()
        plan_news(newsitem=item, at=in_an_hour(), by=1)
        later = timezone.now() + timedelta(days=2)
        plan_news(newsitem=item, at=later, by=1)
        assert DueWork.objects.open().get().due_at == later
        unplan_news(newsitem=item, by=1)
        assert not DueWork.objects.open().exists()
        assert refusal(unplan_news, newsitem=item, by=1)
        for end in (
            lambda: publish_news(newsitem=item, by=1),
            lambda: withdraw_news(newsitem=item, reason="x", by=1),
        ):
            plan(PUBLISH, item.pk, in_an_hour())
            end()
            assert not DueWork.objects.open().exists()

    def test_a_moment_that_is_over_and_a_day_ahead_are_refused(self):
        item = draft(on=civil_date() + timedelta(days=3))
        assert refusal(plan_news, newsitem=item, at=timezone.now(), by=1)
        assert refusal(plan_news, newsitem=item, at=in_an_hour(), by=1)
        plan_news(newsitem=item, at=timezone.now() + timedelta(days=3, hours=1), by=1)
        assert DueWork.objects.open().exists()


class TestRunning:
    @pytest.fixture
    def calls(self, monkeypatch):
        """A kind of work that notes its objects, and fails at number 13."""
        done = []

        def do(number):
            if number == 13:
                raise RuntimeError("Незабудкин")
            done.append(number)
            return "done"

        monkeypatch.setattr(kinds, "_KINDS", {"count": kinds.WorkKind("count", "count", do)})
        return done

    def test_the_oldest_first_and_no_more_than_asked(self, calls):
        now = timezone.now()
        for number in (3, 1, 2):
            plan("count", number, now - timedelta(hours=number))
        assert len(list(run_due(most=2))) == 2
        assert calls == [3, 2]
        list(run_due())
        assert calls == [3, 2, 1]

    def test_a_failure_is_kept_told_without_its_words_and_tried_again_later(self, calls, capsys):
        now = timezone.now()
        plan("count", 13, now - timedelta(minutes=2))
        plan("count", 1, now - timedelta(minutes=1))
        with pytest.raises(CommandError, match="1 of 2 failed"):
            call_command("run_due")
        work = DueWork.objects.get(object_id=13)
        assert calls == [1], "one failure does not keep the others"
        assert (work.outcome, work.tries) == ("", 1)
        assert work.next_try_at > now
        assert "RuntimeError" in work.said
        assert "Незабудкин" not in work.said + "".join(capsys.readouterr())
        with time_machine.travel(work.next_try_at + timedelta(seconds=1), tick=False):
            assert ran() == ["failed"]
        again = DueWork.objects.get(object_id=13)
        assert again.next_try_at - work.next_try_at >= timedelta(minutes=5), "each time later"

    def test_a_kind_that_this_program_does_not_know_is_kept(self, calls):
        plan("unheard", 1, timezone.now())
        assert ran() == ["failed"]
        assert DueWork.objects.open().get().tries == 1

    def test_nothing_due_says_so(self, calls, capsys):
        call_command("run_due")
        assert capsys.readouterr().out == "Nothing is due.\n"


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_do_each_piece_once(monkeypatch):
    """The first holds its piece while the second runs: that one takes the other piece, and waits for nobody."""
    in_hand, may_end = threading.Event(), threading.Event()
    done = []

    def do(number):
        done.append(number)
        if number == 1:
            in_hand.set()
            assert may_end.wait(20)
        return "done"

    monkeypatch.setattr(kinds, "_KINDS", {"count": kinds.WorkKind("count", "count", do)})
    now = timezone.now()
    for number in (1, 2):
        plan("count", number, now - timedelta(minutes=5 - number))
    first_results = []

    def first():
        try:
            first_results.extend(one.result for one in run_due())
        finally:
            connection.close()

    thread = threading.Thread(target=first)
    thread.start()
    try:
        assert in_hand.wait(20)
        assert ran() == ["done"]
        assert done == [1, 2]
    finally:
        may_end.set()
        thread.join(20)
    assert first_results == ["done"]
    assert done == [1, 2]
    assert set(DueWork.objects.values_list("outcome", flat=True)) == {"done"}
