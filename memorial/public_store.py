"""Public files in an S3-compatible store, where several hosts answer: named by S3_BUCKET and its neighbours.

Only what any reader may get comes here; originals and confidential files stay in their folder. A page never names
the store: files keep the site's own addresses, and our own views, or nginx before them, hand them out.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Any, Final

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

# Seconds; a hidden photo is removed while an editor waits, and sync_photos tries again each minute.
_CONNECTING: Final = 2
_READING: Final = 10


class PublicStore(S3Storage):
    """One bucket, private to the site. Raises OSError where the store does not answer, as a folder would."""

    def __init__(self, *, base_url: str, **options: Any) -> None:
        """`base_url` is where the site hands the files out, as in "/media/"."""
        self.base_url = base_url
        client = Config(
            connect_timeout=_CONNECTING,
            read_timeout=_READING,
            retries={"total_max_attempts": 2, "mode": "standard"},
            s3={"addressing_style": "path"},
            signature_version="s3v4",
            # Older stores know neither of the new checksums.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        # A file is never overwritten, as in a folder: its name was random, and a cache may hold it.
        super().__init__(client_config=client, file_overwrite=False, default_acl=None, **options)

    def url(self, name: str, *_args: Any, **_kwargs: Any) -> str:
        """The address at our own host."""
        return self.base_url + filepath_to_uri(name).lstrip("/")

    def exists(self, name: str) -> bool:
        """Whether there is such a file, or a folder of this name with anything in it."""
        with _as_of_a_folder():
            if PurePosixPath(name).suffix:
                return bool(super().exists(name))
            folders, files = super().listdir(name)
            return bool(folders or files)

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        """The names of folders and of files in a folder."""
        with _as_of_a_folder():
            folders, files = super().listdir(name)
        return folders, files

    def delete(self, name: str) -> None:
        """Remove a file; a missing one is no error."""
        with _as_of_a_folder():
            super().delete(name)

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        with _as_of_a_folder():
            file: File[bytes] = super()._open(name, mode)
            file.file  # noqa: B018  # fetched now, and not in the middle of an answer
            return file

    def _save(self, name: str, content: File[bytes]) -> str:
        with _as_of_a_folder():
            return str(super()._save(name, content))


@contextmanager
def _as_of_a_folder() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        # The class alone: a driver's message may hold the address.
        raise OSError(
            f"the store of public files does not answer as it should ({type(error).__name__})"
        ) from None
