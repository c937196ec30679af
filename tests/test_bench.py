"""`bench` runs and names every page; how long anything takes is nobody's test."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from tests.factories import PrisonerFactory

PAGES = ["hello", "hello, no middleware", "list", "profile", "hello, 304", "list, 304", "profile, 304"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _as_readers_meet_it(settings, monkeypatch):
    settings.WEB_PROCESS = True
    # Between requests Django would close a connection that is inside a transaction, as a test's is.
    monkeypatch.setattr(connections["default"], "close_if_unusable_or_obsolete", lambda: None)


def bench(rounds: int = 1) -> str:
    said = StringIO()
    call_command("bench", rounds=rounds, stdout=said)
    return said.getvalue()


def test_every_page_has_a_line_with_three_figures():
    PrisonerFactory()
    lines = re.findall(
        r"^(\S.*?) {2,}([\d.]+ \(.*\)) +([\d.]+ \(.*\)) +([\d.]+ \(.*\))$", bench(), re.MULTILINE
    )
    assert [name for name, *_figures in lines] == PAGES
    assert lines[0][3] == "1.00 (1.00 to 1.00)"


def test_it_says_how_many_people_and_what_is_not_measured():
    PrisonerFactory()
    said = bench()
    assert said.startswith("People published: 1. Rounds: 1. SITE_ROLE=both.\n")
    assert "Not measured yet: 100,000 people" in said


def test_a_page_that_fails_is_no_figure(monkeypatch):
    PrisonerFactory()
    monkeypatch.setattr("prisoners.models.Prisoner.get_absolute_url", lambda _self: "/ru/prisoners/nobody/")
    with pytest.raises(CommandError, match="profile answered 404"):
        bench()


def test_nobody_to_show_is_one_sentence():
    with pytest.raises(CommandError, match="There is nobody to show"):
        bench()


def test_a_process_unlike_a_reader_s_is_refused(settings):
    PrisonerFactory()
    settings.WEB_PROCESS = False
    with pytest.raises(CommandError, match="make bench"):
        bench()
