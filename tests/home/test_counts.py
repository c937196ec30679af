"""The numbers of the home page: they add up, and each is what plain SQL counts and what its list holds."""

from __future__ import annotations

import pytest
import time_machine as clock
from django.db import connection, transaction
from django.utils import translation

from memorial.figures.counting.moment import TOTAL, Moment
from memorial.figures.counting.people import GROUPS, liberty, recognised
from memorial.figures.loading import load_record
from memorial.home.counts import Counts
from prisoners.querysets import STATUS_OF_STAY
from tests.factories import DraftFactory, StayFactory
from tests.pages import world
from tests.pages.world import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def _world(django_db_setup, django_db_blocker):
    """Everybody of the tests of pages, once for the module."""
    noon = f"{TODAY.isoformat()}T12:00:00+03:00"
    with django_db_blocker.unblock(), transaction.atomic(), clock.travel(noon), translation.override("ru"):
        world.everybody()
        StayFactory(prisoner=DraftFactory())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def counts(_world) -> Counts:
    return Counts(TODAY)


def scalar(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, [TODAY] * sql.count("%s"))
        return cursor.fetchone()[0]


def test_the_numbers_add_up(counts):
    groups = [counts.group(code).value for code in GROUPS]
    assert sum(groups) == counts.people.value > 10
    shown = counts.deprived.value + counts.at_liberty.value + sum(each.value for each in counts.rest)
    assert shown == counts.people.value
    assert min(counts.deprived.value, counts.at_liberty.value, len(counts.rest)) > 0


def test_people_and_the_dead_are_what_plain_sql_counts(counts):
    assert counts.people.value == scalar("SELECT count(*) FROM prisoners_prisoner WHERE state = 'published'")
    dead = scalar(
        "SELECT count(*) FROM prisoners_death d JOIN prisoners_prisoner p ON p.id = d.prisoner_id"
        " WHERE p.state = 'published' AND (d.on_earliest <= %s OR d.on_earliest IS NULL)"
    )
    assert counts.group("died").value == dead > 0


def test_the_deprived_of_liberty_are_what_plain_sql_counts(counts):
    reasons = ", ".join(
        f"'{reason}'" for reason, status in STATUS_OF_STAY.items() if status in GROUPS["deprived"]
    )
    deprived = scalar(f"""
        SELECT count(*) FROM prisoners_prisoner p
          JOIN LATERAL (
               SELECT s.reason FROM prisoners_stay s
                WHERE s.prisoner_id = p.id AND s.verification <> 'unverified'
                  AND (s.began_earliest <= %s OR s.began_earliest IS NULL)
                  AND (s.ongoing OR s.ended_earliest > %s)
                ORDER BY s.temporary, s.began_earliest DESC NULLS LAST, s.id DESC LIMIT 1) AS stay ON true
         WHERE p.state = 'published' AND stay.reason IN ({reasons})
           AND NOT EXISTS (SELECT 1 FROM prisoners_death d WHERE d.prisoner_id = p.id)""")
    assert counts.deprived.value == deprived > 0


def test_the_recognised_are_what_plain_sql_counts(counts):
    ever = scalar(
        "SELECT count(DISTINCT r.prisoner_id) FROM prisoners_recognition r JOIN prisoners_prisoner p"
        " ON p.id = r.prisoner_id WHERE p.state = 'published' AND r.verification <> 'unverified'"
        " AND r.outcome = 'recognised' AND r.decided_by = 'this_project' AND r.on_earliest <= %s"
    )
    assert counts.recognised.value == ever > 0


def test_the_statistics_say_the_same(counts):
    moment = Moment(load_record(), TODAY, TODAY)
    told = liberty(moment)["group"]
    assert {code: counts.group(code).value for code in GROUPS} == {code: told.get(code, 0) for code in GROUPS}
    assert counts.recognised.value == recognised(moment)[TOTAL][""]


def test_each_number_leads_to_as_many_people(counts, reader):
    figures = [counts.people, counts.deprived, counts.at_liberty, *counts.rest]
    for figure in figures:
        answer = reader.get(figure.url)
        assert answer.status_code == 200
        assert answer.context["page_obj"].paginator.count == figure.value, figure
    assert reader.get(counts.recognised.url).status_code == 200
