"""`bench` runs and names every page; how long anything takes is nobody's test."""

import json
import re
from io import StringIO
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from memorial.base.choices import State
from memorial.bench.multitude import multiply
from prisoners.models import Prisoner
from prisoners.name_search import people_named
from tests.factories import CitationFactory, PrisonerFactory
from tests.pages import world

PAGES = [
    *("hello", "hello, no middleware", "list", "profile"),
    *("list, last page but one", "list, after a change", "list, cards anew", "list, table"),
    *("list, filtered", "list, counts computed", "list, filtered, computed"),
    *("search, a common word", "search, a surname", "search, misspelled"),
    *("API, 20 people", "API, 20 filtered", "API, one person"),
    *("hello, 304", "list, 304", "profile, 304"),
    *("list, copy", "profile, copy", "list, copy, 304", "profile, copy, 304"),
]
FIGURES = r"([\d.]+ \(.*?\)) +"
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


def test_every_page_has_a_line_with_its_figures():
    PrisonerFactory()
    # The database may run where its CPU cannot be seen: then a question mark stands there.
    line = rf"^(\S.*?) {{2,}}{FIGURES}(?:{FIGURES}|\? +){FIGURES}([\d.]+ \(.*\))$"
    lines = re.findall(line, bench(), re.MULTILINE)
    assert [name for name, *_figures in lines] == PAGES
    assert lines[0][-1] == "1.00 (1.00 to 1.00)"


def test_it_says_how_many_people_how_noisy_the_machine_and_how_much_memory():
    PrisonerFactory()
    said = bench()
    assert said.startswith("People published: 1. Rounds: 1. SITE_ROLE=both.\n")
    assert re.search(r"noise: hello's CPU went over \d+ %", said)
    assert re.search(r"Peak memory: this process \d+ MB; all processes of the database (\d+ MB|not on)", said)


def titles(person: Prisoner) -> list[str]:
    """The sources of a person's custody."""
    return [source.title for source in person.custodies.get().citations.all()]


def test_people_are_multiplied_with_all_that_is_theirs(settings):
    settings.DEMO_DATA_ALLOWED = True
    original = world.sentenced()
    CitationFactory(prisoner=None, custody=original.custodies.get())
    hidden = PrisonerFactory(state=State.DRAFT)
    # VACUUM cannot run inside a test's transaction; and what is counted on is not counted back at its end.
    with patch("memorial.bench.multitude._tidy"), patch("memorial.bench.multitude._ROOM", 1):
        assert multiply(4, lambda _said: None) == 4
    copies = Prisoner.objects.published().exclude(pk=original.pk)
    assert len({person.surname_ru for person in copies} | {original.surname_ru}) == 4
    for copy in copies:
        assert copy.stays.count() == original.stays.count()
        assert titles(copy) == titles(original) != []
    assert Prisoner.objects.exclude(state=State.PUBLISHED).get() == hidden
    assert PrisonerFactory().pk > max(person.pk for person in copies)


def test_people_are_never_multiplied_beside_real_ones(settings):
    settings.DEMO_DATA_ALLOWED = False
    with pytest.raises(CommandError, match="embedded database"):
        multiply(4, print)


def test_the_work_of_the_office_is_timed_and_nothing_of_it_stays(settings):
    settings.DEMO_DATA_ALLOWED, settings.WEB_PROCESS = True, False
    said = StringIO()
    with patch("memorial.bench.work._SECONDS", 0.01):
        call_command("bench_work", rows=3, stdout=said)
    figures = re.findall(
        r"^(Photos|WebP pictures|Import|Migration of the old site): [\d.]+ ", said.getvalue(), re.MULTILINE
    )
    assert figures == ["Photos", "WebP pictures", "Import", "Migration of the old site"]
    assert not Prisoner.objects.exists()


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


def test_searches_are_timed_and_their_slowest_noted(tmp_path):
    """Each kind of query by itself, beside the plain way; the note is what `make bench` compares sizes by."""
    for _ in range(3):
        PrisonerFactory(what_happened_ru="<p>Вышла с плакатом.</p>")
    said, note = StringIO(), tmp_path / "searches.json"
    call_command("bench_search", queries=2, note=note, stdout=said)
    lines = re.findall(
        r"^Search, (.+): median [\d.]+ ms, 95th percentile [\d.]+ ms; plain \d+ ms\.$", said.getvalue(), re.M
    )
    assert lines == ["a whole name", "a surname", "a surname misspelled", "a given name", "a word in texts"]
    assert list(json.loads(note.read_text())) == lines


def test_the_multitude_can_be_searched(settings):
    settings.DEMO_DATA_ALLOWED = True
    PrisonerFactory(surname_ru="Горинцев", given_names_ru="Тимур")
    with patch("memorial.bench.multitude._tidy"):
        number = multiply(3, lambda _line: None)
    assert len(people_named("Тимур").ids) == number >= 3
