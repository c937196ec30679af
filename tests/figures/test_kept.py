"""Figures are counted once while nothing public changes, and anew at once when something does."""

from __future__ import annotations

import pytest

from memorial.base import content_version
from memorial.base.choices import State
from memorial.base.content_version import forget_content_version
from memorial.figures import results as kept
from memorial.figures.catalogue import BY_CODE
from memorial.figures.loading import record
from memorial.figures.results import Results
from prisoners.models import Prisoner
from tests.figures.world import TODAY, held

# Nothing is kept in a transaction, which is what a test is otherwise.
pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/ru/statistics/liberty/"
LIBERTY = BY_CODE["liberty"]


@pytest.fixture(autouse=True)
def _version_kept(monkeypatch, _version_read_anew):
    """As on the site: read once, and again when it is forgotten."""
    monkeypatch.setattr(content_version, "SECONDS_BETWEEN_READS", 60.0)


def number(client) -> str:
    forget_content_version()
    return client.get(PAGE).content.decode().split('<span class="d num">')[1].split("<")[0]


def test_asked_again_they_cost_no_query_and_a_change_counts_anew(reader, django_assert_num_queries):
    first, draft = held("2022"), held("2023", state=State.DRAFT)
    assert number(reader) == "1"
    # The role taken and given back, and the version.
    with django_assert_num_queries(3):
        assert number(reader) == "1"
    Prisoner.objects.filter(pk=draft.pk).update(gender="f")
    with django_assert_num_queries(3):
        assert number(reader) == "1"
    Prisoner.objects.filter(pk=first.pk).update(state=State.WITHDRAWN)
    assert number(reader) == "0"


def test_figures_of_earlier_facts_are_not_kept_for_a_later_version(db):
    person = held("2022")
    early = Results(TODAY, TODAY, record())
    Prisoner.objects.filter(pk=person.pk).update(state=State.WITHDRAWN)
    forget_content_version()
    assert early.number(LIBERTY) == 1
    assert Results(TODAY, TODAY).number(LIBERTY) == 0


def test_what_is_kept_has_an_end(monkeypatch):
    monkeypatch.setattr(kept, "_kept", kept.Kept(8))
    held("2022")
    facts = record()
    for year in range(2015, 2027):
        Results(TODAY.replace(year=year), TODAY, facts).of(LIBERTY)
    assert sum(map(len, kept._kept._kept.values())) <= 8
