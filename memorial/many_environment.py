"""What of the environment is about many machines: replicas, a pooler, a shared cache, a store for public files.

Every refusal is one sentence, and none repeats an address: it holds a password. docs/deploy-many.md has the whole.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from memorial.environment import flag, server_address
from memorial.errors import Misconfigured

_POSTGRES: Final = frozenset({"postgres", "postgresql"})
_LONGEST_LAG: Final = 30
_CACHE_PATIENCE: Final = 0.2
"""Seconds to wait for Redis: a page is made sooner than that."""
_CACHE_KEPT: Final = 7 * 86_400
"""Seconds for which Redis keeps a copy that nobody renews."""
_OF_A_STORE: Final = ("S3_ENDPOINT_URL", "S3_BUCKET", "S3_ACCESS_KEY", "S3_SECRET_KEY")


@dataclass(frozen=True, slots=True)
class Store:
    """An S3-compatible store for public files. The key may write where photos are published, and only read elsewhere."""

    endpoint: str
    bucket: str
    access_key: str
    secret_key: str
    region: str


def replicas(role: str, *, is_web: bool, page_copies: bool) -> list[dict[str, Any]]:
    """The replicas that readers' pages come from, as psycopg knows servers; none in the office and in commands.

    Raises Misconfigured for what is no PostgreSQL address, and without the copies of pages: it is they who
    look, once a second, whether a replica is behind.
    """
    urls = [url for url in map(str.strip, os.environ.get("DATABASE_REPLICA_URLS", "").split()) if url]
    found = [_replica(url) for url in urls]
    if role != "public" or not is_web:
        return []
    if found and not page_copies:
        raise Misconfigured(
            "DATABASE_REPLICA_URLS needs the copies of pages, which watch how far a replica is behind:"
            " unset PAGE_COPIES."
        )
    return found


def _replica(url: str) -> dict[str, Any]:
    address = server_address(url) if urlsplit(url).scheme in _POSTGRES else {}
    if not (address.get("NAME") and address.get("USER") and address.get("HOST")):
        raise Misconfigured(
            "DATABASE_REPLICA_URLS must name PostgreSQL servers with spaces between them, each like "
            "postgresql://site_ro:password@replica:5432/memorial."
        )
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    # Where the primary is one of several hosts, its address asks for the one that takes writes: a replica does not.
    given = {"target_session_attrs": "any", "port": "5432"} | dict(address.get("OPTIONS") or {})
    return given | {psycopg: address[django] for django, psycopg in names.items() if address.get(django)}


def replica_lag() -> float:
    """How many seconds what replicas show may be older than what the primary has: 0 to 30, else Misconfigured.

    What was taken back from readers is not waited for at all.
    """
    text = os.environ.get("DATABASE_REPLICA_LAG", "").strip() or "3"
    if not text.isdecimal() or int(text) > _LONGEST_LAG:
        raise Misconfigured(
            f"DATABASE_REPLICA_LAG is {text!r}: write seconds from 0 to {_LONGEST_LAG}, 3 by default."
        )
    return float(text)


def readers_on_primary() -> bool:
    """Whether readers' pages may come from the primary while no replica is good; yes where nothing is said."""
    return flag("READERS_ON_PRIMARY") if os.environ.get("READERS_ON_PRIMARY", "").strip() else True


def pooled(role: str) -> bool:
    """Whether DATABASE_URL is a pooler's that lends a connection for one transaction, as PgBouncer does.

    Raises Misconfigured anywhere but at the readers': the office names who acts, and an import holds its lock,
    for as long as a connection lives, and somebody else's transaction would get both.
    """
    wanted = flag("DATABASE_POOLED")
    if wanted and role != "public":
        raise Misconfigured(
            "DATABASE_POOLED is for the readers' process only: let the office connect to the primary itself,"
            " or through a pool_mode=session of its own, and unset DATABASE_POOLED there."
        )
    return wanted


def cache_url() -> str:
    """The Redis that hosts share; empty where there is none. Raises Misconfigured for another kind of address."""
    url = os.environ.get("CACHE_URL", "").strip()
    if url and (
        urlsplit(url).scheme not in {"redis", "rediss", "unix"}
        or not (urlsplit(url).netloc or urlsplit(url).path)
    ):
        raise Misconfigured("CACHE_URL must name a Redis server, like redis://:password@cache:6379/0.")
    return url


def caches(url: str) -> dict[str, Any]:
    """CACHES: nothing of ours is in "default"; copies of pages are in "pages", where there is a Redis."""
    shared = {"pages": shared_cache(url)} if url else {}
    return {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}, **shared}


def shared_cache(url: str) -> dict[str, Any]:
    """The entry of CACHES: Django's own backend, which gives up soon, and our serialiser instead of pickle."""
    wait = {"socket_connect_timeout": _CACHE_PATIENCE, "socket_timeout": _CACHE_PATIENCE}
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": url,
        "KEY_PREFIX": "memorial",
        "TIMEOUT": _CACHE_KEPT,
        "OPTIONS": {"serializer": "memorial.copies.shared.SignedBytes", **wait},
    }


def public_files(folder: Path, media_url: str) -> dict[str, Any]:
    """The entry of STORAGES for public files: in the store that the environment names, else in a folder."""
    if (named := store()) is not None:
        return public_storage(named, media_url)
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": folder, "base_url": media_url, "file_permissions_mode": 0o644},
    }


def public_storage(store: Store, media_url: str) -> dict[str, Any]:
    """The entry of STORAGES for public files in a store; their addresses stay the site's own."""
    return {
        "BACKEND": "memorial.public_store.PublicStore",
        "OPTIONS": {
            "endpoint_url": store.endpoint,
            "bucket_name": store.bucket,
            "access_key": store.access_key,
            "secret_key": store.secret_key,
            "region_name": store.region,
            "base_url": media_url,
        },
    }


def store() -> Store | None:
    """The store of public files; None where a folder holds them. Raises Misconfigured for half of one."""
    given = {name: os.environ.get(name, "").strip() for name in _OF_A_STORE}
    if not any(given.values()):
        return None
    missing = [name for name, value in given.items() if not value]
    if missing:
        raise Misconfigured(
            f"The store of public files lacks {', '.join(missing)}: set all of {', '.join(_OF_A_STORE)}."
        )
    if urlsplit(given["S3_ENDPOINT_URL"]).scheme not in {"http", "https"}:
        raise Misconfigured("S3_ENDPOINT_URL must be the store's address, like https://s3.example.org.")
    endpoint, bucket, access, secret = given.values()
    return Store(endpoint, bucket, access, secret, os.environ.get("S3_REGION", "").strip() or "us-east-1")
