"""What the environment may say of many machines, and the one sentence for what it may not."""

import pytest

from memorial import environment, many_environment
from memorial.errors import Misconfigured

REPLICA = "postgresql://site_ro:secret-word@one:5433/memorial?sslmode=require"


@pytest.fixture
def said(monkeypatch):
    def say(**variables):
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

    return say


def replicas(role="public", *, is_web=True, page_copies=True):
    return many_environment.replicas(role, is_web=is_web, page_copies=page_copies)


def test_replicas_are_read_by_the_readers_process_alone(said):
    said(DATABASE_REPLICA_URLS=f"{REPLICA} postgresql://site_ro@two/memorial")
    one, two = replicas()
    assert one == {
        "dbname": "memorial",
        "user": "site_ro",
        "password": "secret-word",
        "host": "one",
        "port": 5433,
        "sslmode": "require",
        "target_session_attrs": "any",
    }
    # Its port is said, for else it would be that of the primary.
    assert (two["host"], two["port"]) == ("two", "5432")
    assert replicas("staff") == replicas(is_web=False) == []


@pytest.mark.parametrize("urls", ["mysql://a@b/c", "postgresql://site_ro:secret-word@/memorial", "one two"])
def test_what_is_no_server_is_refused_without_its_password(said, urls):
    said(DATABASE_REPLICA_URLS=urls)
    with pytest.raises(Misconfigured, match="DATABASE_REPLICA_URLS must name") as refused:
        replicas()
    assert "secret-word" not in str(refused.value)


def test_replicas_need_the_copies_that_watch_them(said):
    said(DATABASE_REPLICA_URLS=REPLICA)
    with pytest.raises(Misconfigured, match="unset PAGE_COPIES"):
        replicas(page_copies=False)


@pytest.mark.parametrize("lag", ["soon", "-1", "31", "1.5"])
def test_a_lag_is_a_few_seconds(said, lag):
    said(DATABASE_REPLICA_LAG=lag)
    with pytest.raises(Misconfigured, match="DATABASE_REPLICA_LAG"):
        many_environment.replica_lag()


def test_the_lag_of_those_who_say_nothing(said):
    said(DATABASE_REPLICA_LAG="", READERS_ON_PRIMARY="")
    assert many_environment.replica_lag() == 3.0
    assert many_environment.readers_on_primary()
    said(READERS_ON_PRIMARY="0")
    assert not many_environment.readers_on_primary()


@pytest.mark.parametrize("role", ["staff", "both"])
def test_the_office_never_goes_through_a_pooler(said, role):
    said(DATABASE_POOLED="1")
    assert many_environment.pooled("public")
    with pytest.raises(Misconfigured, match="for the readers' process only"):
        many_environment.pooled(role)


def test_a_shared_cache_is_redis_and_never_unpickles(said):
    said(CACHE_URL="redis://:secret-word@cache:6379/0")
    options = many_environment.shared_cache(many_environment.cache_url())["OPTIONS"]
    assert options["serializer"] == "memorial.copies.shared.SignedBytes"
    assert options["socket_timeout"] < 1
    assert options["socket_connect_timeout"] < 1
    said(CACHE_URL="memcached://secret-word@cache")
    with pytest.raises(Misconfigured, match="CACHE_URL must name a Redis server") as refused:
        many_environment.cache_url()
    assert "secret-word" not in str(refused.value)


def test_a_store_is_whole_or_absent(said):
    assert many_environment.store() is None
    said(S3_ENDPOINT_URL="https://s3.example", S3_BUCKET="public", S3_ACCESS_KEY="key")
    with pytest.raises(Misconfigured, match="lacks S3_SECRET_KEY"):
        many_environment.store()
    said(S3_SECRET_KEY="word")
    assert many_environment.store().bucket == "public"
    said(S3_ENDPOINT_URL="s3.example")
    with pytest.raises(Misconfigured, match="S3_ENDPOINT_URL"):
        many_environment.store()


def test_one_address_may_name_several_hosts():
    found = environment.server_address(
        "postgresql://staff_rw:secret@one:5432,two:5433,three/memorial?target_session_attrs=primary"
    )
    assert (found["HOST"], found["PORT"]) == ("one,two,three", "5432,5433,5432")
    assert found["OPTIONS"] == {"target_session_attrs": "primary"}
    assert (found["USER"], found["PASSWORD"], found["NAME"]) == ("staff_rw", "secret", "memorial")
    assert environment.server_address("postgresql://site_ro@one:5432,two:port/memorial") == {}
