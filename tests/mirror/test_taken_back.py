"""A detail that was hidden is out of a mirror within one short command, though its page stays."""

import pytest
from django.db import OperationalError

from memorial.mirror import following, verify_mirror
from memorial.mirror.building import is_anything_taken_back, withdraw_alone
from memorial.mirror.errors import MirrorError
from prisoners.actions.hide import hide_detail
from tests.mirror.conftest import KEY, NOON, PUBLIC
from tests.mirror.reading import files_of
from tests.pages.world import day, released, sentenced

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("few_kinds")]


def shows(folder, name, words):
    text = (folder / name).read_text(encoding="utf-8").replace("\xa0", " ")
    return words in text


WORDS = {"birth_date": "12 сентября 1981", "place": "ИК-99, Верхнереченск"}


def test_a_hidden_detail_is_gone_at_once_and_its_page_comes_back_without_it(folder, built):
    person, other = sentenced(born=day("12.09.1981")), released()
    built()
    page, theirs = f"ru/prisoners/{person.slug}/index.html", f"ru/prisoners/{other.slug}/index.html"
    assert all(shows(folder, page, words) for words in WORDS.values())
    assert not is_anything_taken_back(folder)
    before = (folder / theirs).stat().st_ino
    for what in WORDS:
        hide_detail(prisoner=person, what=what, reason="Asked for it.", by=None)
    assert is_anything_taken_back(folder)
    assert withdraw_alone(folder, KEY)
    people = [name for name in files_of(folder) if name.startswith(("ru/prisoners/", "ru/index"))]
    assert page not in people
    assert not [name for name in people for words in WORDS.values() if shows(folder, name, words)]
    # What others show has not changed: it stays where it is, and what is left is signed.
    assert (folder / theirs).stat().st_ino == before
    assert list(verify_mirror.findings(folder, PUBLIC, NOON.date())) == []
    # It is known that this was seen to: the next look takes out nothing.
    assert not is_anything_taken_back(folder)
    built()
    assert (folder / page).exists()
    assert not [words for words in WORDS.values() if shows(folder, page, words)]


class Site:
    """A site for `follow`: what was done, in which order, and how often it still goes round."""

    def __init__(self, monkeypatch, hidden, failing=()):
        self.done, self.waited = [], 0.0
        self._hidden, self._failing = list(hidden), list(failing)
        monkeypatch.setattr(following.time, "monotonic", lambda: self.waited)

    def run(self, minutes):
        following.follow(
            is_hidden=lambda: self._hidden.pop(0),
            take_out=lambda: self.done.append("out"),
            build=self._build,
            seconds_between_builds=minutes * 60,
            complain=self.done.append,
            wait=self._wait,
            goes_on=lambda: bool(self._hidden),
        )
        return self.done

    def _build(self):
        if self._failing and (error := self._failing.pop(0)):
            raise error
        self.done.append("built")

    def _wait(self, seconds):
        self.waited += seconds


def test_following_builds_at_once_then_seldom_and_takes_out_what_is_hidden_first(monkeypatch):
    looks = [False] * 3 + [True] + [False] * 2
    site = Site(monkeypatch, looks)
    assert site.run(minutes=60) == ["built", "out", "built"]
    assert site.waited == len(looks) * following.SECONDS_BETWEEN_LOOKS
    assert following.SECONDS_BETWEEN_LOOKS <= 30
    assert Site(monkeypatch, [False] * 14).run(minutes=1) == ["built"] * 3


def test_following_goes_on_after_a_database_that_was_away_and_a_full_disk(monkeypatch):
    failing = [
        OperationalError("away"),
        OSError(28, "No space left on device"),
        MirrorError("Another build."),
    ]
    done = Site(monkeypatch, [False] * 5, failing).run(minutes=60)
    assert done[-1] == "built"
    assert len(done) == 4
