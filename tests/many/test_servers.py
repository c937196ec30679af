"""Which server readers are answered from: never one that is behind what they were shown, or were to see no more."""

import pytest

from memorial.base.content_version import Version
from memorial.postgres import servers as module
from memorial.postgres.servers import PRIMARY, Servers

ADDRESSES = [{"host": "one"}, {"host": "two"}]


@pytest.fixture
def clock(monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(module.os, "getpid", lambda: 2)
    return now


def version(rows, taken_back=0):
    return Version(f"{rows}-{rows}", f"{taken_back}-{taken_back}")


def the_servers(*, on_primary=True):
    return Servers(ADDRESSES, lag=3.0, on_primary=on_primary)


def test_the_present_replica_is_asked_first_and_the_primary_last(clock):
    known = the_servers()
    first, second, last = known.candidates()
    assert last is PRIMARY
    assert known.settle(second, version(1))
    assert known.current is second
    assert known.candidates() == [second, first, PRIMARY]
    assert PRIMARY not in the_servers(on_primary=False).candidates()


def test_processes_begin_at_different_replicas(clock, monkeypatch):
    even = the_servers().candidates()[0]
    monkeypatch.setattr(module.os, "getpid", lambda: 3)
    assert the_servers().candidates()[0].name != even.name


def test_what_was_taken_back_is_not_shown_by_a_replica_that_does_not_know_it(clock):
    known = the_servers()
    replica = known.candidates()[0]
    known.primary_said(version(5, 1), "00000001")
    assert known.settle(replica, version(5, 1))
    known.primary_said(version(6, 2), "00000001")
    assert not known.settle(replica, version(5, 1)), "it is a moment behind, and the moment is a hiding"
    assert known.settle(replica, version(6, 2))


def test_other_changes_may_be_late_by_so_many_seconds(clock):
    known = the_servers()
    replica = known.candidates()[0]
    for rows in (5, 6):
        known.primary_said(version(rows), "00000001")
    assert known.settle(replica, version(5))
    clock[0] += 2.9
    known.primary_said(version(6), "00000001")
    assert known.settle(replica, version(5))
    clock[0] += 0.2
    known.primary_said(version(6), "00000001")
    assert not known.settle(replica, version(5))
    assert known.settle(replica, version(6))


def test_readers_never_go_back_to_an_older_state(clock):
    known = the_servers()
    one, two, _primary = known.candidates()
    assert known.settle(one, version(9))
    assert not known.settle(two, version(8))
    assert known.settle(two, version(9))


def test_a_new_primary_is_believed_though_it_has_less(clock):
    """A promotion may lose what nobody was told to be saved; then that is what there is."""
    known = the_servers()
    replica = known.candidates()[0]
    known.primary_said(version(9, 2), "00000001")
    assert known.settle(replica, version(9, 2))
    known.primary_said(version(8, 1), "00000001")
    assert not known.settle(replica, version(8, 1)), "the same primary cannot have less"
    known.primary_said(version(8, 1), "00000002")
    assert known.settle(replica, version(8, 1))


def test_the_primary_is_always_fresh(clock):
    known = the_servers()
    known.primary_said(version(9), "00000001")
    assert known.settle(PRIMARY, version(3))


def test_who_failed_is_left_alone(clock):
    known = the_servers()
    one, two, _primary = known.candidates()
    known.settle(one, version(1))
    known.leave_alone(one, 3.0)
    assert known.candidates() == [two, PRIMARY]
    clock[0] += 3.0
    assert known.candidates() == [one, two, PRIMARY]


def test_where_none_is_good_none_is_read_from(clock):
    known = the_servers()
    known.settle(known.candidates()[0], version(1))
    known.none_is_good()
    assert known.current is None


def test_no_address_is_printed():
    assert "one" not in repr(the_servers().candidates()[0])
