"""`bench_lists` compares what it times: both ways must say the same, or nothing is measured."""

import re
from io import StringIO
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command

from memorial.base.civil_date import civil_date
from memorial.bench import lists
from tests.factories import CaseFactory, ChargeFactory, ProsecutionFactory
from tests.pages.world import everybody

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _articles_of_this_test():
    lists._articles_known.cache_clear()
    yield
    lists._articles_known.cache_clear()


def said() -> str:
    out = StringIO()
    call_command("bench_lists", stdout=out)
    return out.getvalue()


def test_both_ways_agree_and_have_their_lines(monkeypatch):
    monkeypatch.setattr(lists, "_TIMES", 1)
    monkeypatch.setattr(lists, "_PLAIN_TIMES", 1)
    everybody()
    ChargeFactory(prosecution=ProsecutionFactory(case=CaseFactory(state="draft")))
    found = said().splitlines()
    assert len(found) == 2 * len(lists.CHOICES)
    figures = r"kept [\d.]+ ms, after a change [\d.]+ ms; plain \d+ ms\."
    assert all(re.search(figures, line) for line in found)
    counted = lists.counts("", civil_date())
    assert all(counted[name] for name in ("gender", "region", "liberty", "article"))
    assert lists.counts("gender=f", civil_date()) != counted


def test_a_difference_is_told_and_nothing_is_measured():
    everybody()
    with (
        patch.object(lists, "plain_counts", return_value={}),
        pytest.raises(CommandError, match="Nothing was measured"),
    ):
        said()


def test_without_anybody_it_says_so():
    with pytest.raises(CommandError, match="make bench"):
        said()
