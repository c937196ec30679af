"""What a page asked is asked again by another process: under the same names, and without harm to its snapshot."""

import zlib
from dataclasses import replace
from hashlib import sha256

import pytest
from django.db import connection

from memorial.base import stored_queries
from memorial.base.page_record import recorded
from memorial.mirror.asking_again import changed
from memorial.mirror.ledger import Ledger, Made, Moment, Statement, Wanted, packed, unpacked
from prisoners.models import Prisoner
from tests.factories import PrisonerFactory

NOW = Moment("2-2", "1-1", "2026-11-23", "program", "1-1 2026-11-23")


def test_a_prepared_statement_has_one_name_in_every_process(monkeypatch):
    def name():
        queries = {"people": stored_queries.StoredQuery(Prisoner.objects.filter(pk=7).only("slug"))}
        return stored_queries.StoredStatement(queries, ["ids"])._sql[0]

    here = name()
    monkeypatch.setattr(stored_queries, "_UNGUESSABLE", "another process")
    assert name() == here


class Renderer:
    """Stands in for the one that asks for pages: counts how often, and prepares what the page would prepare."""

    def __init__(self, prepares=()):
        self.asked, self._prepares = [], prepares

    def warm(self, addresses):
        self.asked += addresses
        for name in self._prepares:
            with connection.cursor() as cursor:
                cursor.execute(f"PREPARE {name} (bigint) AS SELECT $1")


def stated(text, answer="", prepared=""):
    plain = text.encode()
    return Statement(sha256(plain).digest()[:16], zlib.compress(plain), answer, prepared)


@pytest.mark.django_db
def test_only_statements_that_find_something_else_are_told():
    with recorded() as record:
        list(Prisoner.objects.values_list("slug"))
    (text,), (answer,) = record.statements, record.answers
    before = stated(text, sha256(answer.encode()).hexdigest())
    assert changed(Renderer(), [], [before]) == []
    PrisonerFactory()
    assert changed(Renderer(), [], [before]) == [before.id]


@pytest.mark.django_db
def test_what_is_not_prepared_here_is_prepared_by_its_page_or_counts_as_changed():
    unknown = stated("EXECUTE mirror_test_none (1)", prepared="mirror_test_none")
    known = stated("EXECUTE mirror_test_one (1)", "", "mirror_test_one")
    renderer = Renderer(["mirror_test_one"])
    try:
        assert changed(renderer, ["/ru/"], [unknown, known, known]) == [unknown.id, known.id, known.id]
        assert renderer.asked == ["/ru/"]
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")  # the transaction lives
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DEALLOCATE mirror_test_one")


@pytest.fixture
def before(tmp_path):
    """A finished ledger of one page that asked something and one of which nothing is known."""
    ledger = Ledger(tmp_path / "one")
    asked = (stated("SELECT 1", "found"),)
    page = Made(
        "a.html",
        "d1",
        1,
        "",
        is_bound=False,
        address="/a/",
        links=packed({"b.html": "/b/"}),
        statements=asked,
    )
    ledger.put([page, Made("b.html", "d2", 2, "", address="/b/")])
    ledger.note(NOW)
    ledger.close()
    return tmp_path / "one"


def judged(path, before, now, changes=()):
    ledger = Ledger(path, before)
    ledger.note_changed(changes)
    ledger.judge(now)
    ledger.want([("/a/", "a.html"), ("/b/", "b.html"), ("/c/", "c.html")])
    return ledger, {wanted.file: wanted.kept for wanted in ledger.take(10)}


ALL = {"a.html": "d1", "b.html": "d2", "c.html": ""}
NONE = dict.fromkeys(ALL, "")


@pytest.mark.parametrize(
    ("now", "changes", "kept"),
    [
        (NOW, [], ALL),
        (replace(NOW, version="3-3"), [], NONE | {"a.html": "d1"}),
        (replace(NOW, version="3-3"), [stated("SELECT 1").id], NONE),
        (replace(NOW, program="another"), [], NONE),
    ],
)
def test_what_is_known_to_be_the_same_is_kept_and_nothing_else(tmp_path, before, now, changes, kept):
    assert judged(tmp_path / "two", before, now, changes)[1] == kept


def test_a_page_of_its_day_is_not_kept_on_another(tmp_path):
    ledger = Ledger(tmp_path / "one")
    ledger.put([Made("a.html", "d1", 1, NOW.day, is_bound=False, address="/a/")])
    ledger.note(NOW)
    ledger.close()
    later = Moment(NOW.version, NOW.taken_back, "2026-11-24", NOW.program)
    assert judged(tmp_path / "two", tmp_path / "one", later)[1]["a.html"] == ""
    assert judged(tmp_path / "three", tmp_path / "one", NOW)[1]["a.html"] == "d1"


def test_what_was_kept_is_known_to_the_build_after_too(tmp_path, before):
    ledger, _kept = judged(tmp_path / "two", before, NOW)
    ledger.keep(["a.html"], with_links=True)
    ledger.note(NOW)
    ledger.close()
    again, kept = judged(tmp_path / "three", tmp_path / "two", NOW)
    assert kept["a.html"] == "d1"
    assert [one.id for portion in again.statements_before(NOW.day, of_any_day=True) for one in portion] == [
        stated("SELECT 1").id
    ]


def test_a_ledger_that_is_none_is_as_if_there_were_none(tmp_path):
    (tmp_path / "one").write_bytes(b"not a ledger at all")
    assert judged(tmp_path / "two", tmp_path / "one", NOW)[1]["a.html"] == ""
    assert (tmp_path / "two").stat().st_mode & 0o777 == 0o600


def test_links_are_read_as_they_were_packed():
    links = {"ru/index.page=2.html": "/ru/?page=2", "a b": "/ы/"}
    assert unpacked(packed(links)) == links
    assert unpacked(packed({})) == {}
    assert Wanted("/a/", "a.html").kept == ""
