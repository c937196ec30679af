"""Copies that hosts share: signed, and done without as soon as Redis is away."""

import pytest
from django.core.cache import caches
from redis.exceptions import ConnectionError as RedisAway

from memorial.copies.pulse import Pulse
from memorial.copies.shared import LEFT_ALONE, SharedCopies, SignedBytes, shared_copies
from memorial.copies.shelf import Shelf
from tests.copies.making import a_copy


class Memory:
    """In the place of Redis: what was set, through our serialiser; or nothing at all."""

    def __init__(self):
        self.kept, self.asked, self.is_away = {}, 0, False

    def set(self, key, value, timeout=0):
        self._ask()
        self.kept[key] = SignedBytes().dumps(value)

    def get(self, key):
        self._ask()
        return SignedBytes().loads(self.kept[key]) if key in self.kept else None

    def _ask(self):
        self.asked += 1
        if self.is_away:
            raise RedisAway("redis://:a-password@cache")


@pytest.fixture
def redis(settings, monkeypatch):
    settings.PAGE_COPIES_SHARED = "redis://cache"
    shared_copies.cache_clear()
    memory = Memory()
    monkeypatch.setattr("memorial.copies.shared.caches", {"pages": memory})
    yield memory
    shared_copies.cache_clear()


def test_what_one_host_made_another_has(redis, tmp_path):
    here, there = (Shelf(tmp_path / name, in_memory=10_000, on_disk=10_000) for name in ("here", "there"))
    here.keep(a_copy("/ru/", body=b"made here"))
    assert there.find("/ru/", "") is None
    assert there.find_shared("/ru/", "").body == b"made here"
    assert there.find("/ru/", "").body == b"made here"


def test_what_readers_looked_for_is_not_there(redis, tmp_path):
    shelf = Shelf(tmp_path, in_memory=10_000, on_disk=10_000)
    shelf.keep(a_copy("/ru/prisoners/?q=name"))
    assert redis.kept == {}
    shelf.keep(a_copy("/ru/prisoners/"))
    assert not any("prisoners" in key for key in redis.kept)


def test_what_this_site_has_not_signed_is_no_copy(redis):
    shared = SharedCopies()
    shared.put(a_copy("/ru/donate/", body=b"ours"))
    (key,) = redis.kept
    whole = redis.kept[key]
    assert shared.get("/ru/donate/").body == b"ours"
    redis.kept[key] = whole.replace(b"ours", b"evil")
    assert shared.get("/ru/donate/") is None
    # Nor one that was signed for another address.
    redis.kept[key] = whole
    assert shared.get("/ru/donate/") is not None
    other = SharedCopies()
    other.put(a_copy("/ru/"))
    redis.kept[key] = next(value for name, value in redis.kept.items() if name != key)
    assert shared.get("/ru/donate/") is None


def test_away_it_is_left_alone_and_nothing_is_raised(redis, monkeypatch):
    now = [50.0]
    monkeypatch.setattr("memorial.copies.shared.time.monotonic", lambda: now[0])
    redis.is_away = True
    shared = SharedCopies()
    for _ in range(5):
        assert shared.get("/ru/") is None
        shared.put(a_copy("/ru/"))
        assert shared.taken_back() == ""
    assert redis.asked == 1
    redis.is_away, now[0] = False, now[0] + LEFT_ALONE
    shared.put(a_copy("/ru/"))
    assert shared.get("/ru/") is not None


def test_a_host_learns_of_anothers_hiding_without_the_database(redis, tmp_path):
    pulse = Pulse(tmp_path / "taken-back.json")
    assert pulse.last_taken_back() == ""
    SharedCopies().tell_taken_back("12-3")
    assert pulse.last_taken_back() == "12-3"


def test_it_is_djangos_own_backend(settings):
    """A port at which nobody listens: the error is one that we know, and comes quickly."""
    from memorial.many_environment import shared_cache

    settings.CACHES = {**settings.CACHES, "pages": shared_cache("redis://127.0.0.1:1/0")}
    shared = SharedCopies()
    assert type(caches["pages"]).__name__ == "RedisCache"
    assert shared.get("/ru/") is None
    assert shared._away_until > 0
