"""Puts a finished mirror into an S3-compatible store: what was withdrawn goes first, the signed head comes last.

Until the head is there the store's own list is that of the mirror before: a transfer that breaks off is begun
anew by the next, and whoever checks meanwhile is told so. What the store's list says is believed, so only what
differs is sent.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, Final

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings

from memorial.mirror import verify_mirror as form
from memorial.mirror.errors import MirrorError
from memorial.mirror.types_of_files import type_of

SECONDS_KEPT: Final = 30
"""How long a copy outside may live: what is hidden is gone from everywhere within a minute."""
_THREADS: Final = 8
_AT_ONCE: Final = 1_000
"""As many names as one request may delete, and as many files as are in hand."""
_TEXTS: Final = frozenset({".html", ".css", ".js", ".csv", ".ics", ".json", ".jsonld", ".xml", ".svg"})
# Whoever checks a copy reads these as they are.
_LAST: Final = (form.FILES, form.WITHDRAWN, form.HEAD)


@dataclass(frozen=True)
class Sent:
    """What became of a transfer: objects that were removed, and that were put."""

    removed: int
    put: int


class Store:
    """One bucket, or a part of it, that holds a mirror and nothing else."""

    def __init__(self, bucket: str, prefix: str = "", *, endpoint: str = "") -> None:
        """Keys and region come from the environment, as boto3 reads it; `endpoint` is "" for Amazon's own."""
        self._bucket, self._prefix = bucket, prefix.strip("/") + "/" if prefix.strip("/") else ""
        tries = Config(
            connect_timeout=10,
            read_timeout=60,
            retries={"max_attempts": 5, "mode": "standard"},
            max_pool_connections=_THREADS,
        )
        self._s3: Any = boto3.client("s3", endpoint_url=endpoint or None, config=tries)

    def send(self, folder: Path) -> Sent:
        """Makes the store hold what the folder holds. Raises `MirrorError`; sending again goes on where it ended."""
        try:
            files = form.listed(folder)
            known = self._known()
            there = set(self._there())
            removed = self._remove(there - files.keys() - form.OWN)
            changed = (
                name
                for name, made in files.items()
                if name not in there or known.get(name, ("",))[0] != made[0]
            )
            put = self._put_all(folder, changed)
            for name in _LAST:
                self._put(folder, name)
        except (BotoCoreError, ClientError) as error:
            raise MirrorError(f"The store {self._bucket} did not take the mirror: {error}.") from error
        return Sent(removed, put)

    def _known(self) -> dict[str, tuple[str, int]]:
        """What the list in the store says of each file; nothing where there is none, or none that can be read."""
        try:
            answer = self._s3.get_object(Bucket=self._bucket, Key=self._prefix + form.FILES)
        except self._s3.exceptions.NoSuchKey:
            return {}
        try:
            rows = (line.decode("ascii").split(" ", 2) for line in answer["Body"].iter_lines())
            return {name: (digest, int(size)) for digest, size, name in rows}
        except (ValueError, UnicodeDecodeError):
            return {}

    def _there(self) -> Iterator[str]:
        pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=self._prefix)
        for page in pages:
            for one in page.get("Contents", ()):
                yield one["Key"].removeprefix(self._prefix)

    def _remove(self, names: Iterable[str]) -> int:
        waiting, removed = iter(sorted(names)), 0
        while portion := list(islice(waiting, _AT_ONCE)):
            keys = [{"Key": self._prefix + name} for name in portion]
            answer = self._s3.delete_objects(Bucket=self._bucket, Delete={"Objects": keys, "Quiet": True})
            if failed := answer.get("Errors"):
                raise MirrorError(
                    f"The store {self._bucket} did not remove {len(failed)} objects: {failed[0].get('Message')}."
                )
            removed += len(portion)
        return removed

    def _put_all(self, folder: Path, names: Iterator[str]) -> int:
        number = 0
        with ThreadPoolExecutor(_THREADS) as pool:
            while portion := list(islice(names, _AT_ONCE)):
                list(pool.map(lambda name: self._put(folder, name), portion))
                number += len(portion)
        return number

    def _put(self, folder: Path, name: str) -> None:
        data, more = (folder / name).read_bytes(), {}
        ending = PurePosixPath(name).suffix
        if ending in _TEXTS:
            # The same bytes each time; the digests in the list are of what a reader has unpacked.
            data, more = gzip.compress(data, 6, mtime=0), {"ContentEncoding": "gzip"}
        self._s3.put_object(
            Bucket=self._bucket,
            Key=self._prefix + name,
            Body=data,
            ContentType=type_of(name),
            CacheControl=f"public, max-age={SECONDS_KEPT}, must-revalidate",
            **more,
        )


def store_of_settings() -> Store | None:
    """The store that the environment names; None where it names none."""
    if not settings.MIRROR_STORE:
        return None
    bucket, _slash, prefix = settings.MIRROR_STORE.partition("/")
    return Store(bucket, prefix, endpoint=settings.MIRROR_STORE_ENDPOINT)
