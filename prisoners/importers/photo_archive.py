"""Photos that come with a list: a zip archive whose files are named by a column, or by the keys of the rows."""

import io
import unicodedata
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from memorial.base.photos import ACCEPTED, MOST_BYTES, MOST_PIXELS
from prisoners.importers.archive import MEGABYTE, Limits, file_name, open_archive, read_entry, refuse_nested
from prisoners.importers.errors import CellError, ImportRefused

PHOTO_LIMITS = Limits(
    files=5_000, single=MOST_BYTES, total=2048 * MEGABYTE, ratio=20, ratio_from=50 * MEGABYTE
)
_HEAD = 512 * 1024


class PhotoArchive:
    """A checked archive: photos by their names, folders and endings aside."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self._by_name: dict[str, list[zipfile.ZipInfo]] = defaultdict(list)
        self.names: list[str] = []
        for entry in archive.infolist():
            name = _folded(file_name(entry))
            base = name.rpartition("/")[2]
            if entry.is_dir() or base.startswith(".") or name.startswith("__macosx/"):
                continue
            self.names.append(file_name(entry))
            for key in dict.fromkeys((name, base, base.rpartition(".")[0] or base)):
                self._by_name[key].append(entry)

    def close(self) -> None:
        """Ends reading."""
        self.archive.close()

    def find(self, name: str) -> zipfile.ZipInfo | None:
        """The file of that name, with or without folder and ending. Raises `CellError` where there are two."""
        found = self._by_name.get(_folded(name), [])
        if len(found) > 1:
            raise CellError(
                _("Two files of the archive are called “%(name)s”: write the folder, too.")
                % {"name": name[:80]}
            )
        return found[0] if found else None

    def read(self, entry: zipfile.ZipInfo) -> bytes:
        """The content of a file. Raises `CellError` where it is damaged."""
        try:
            return read_entry(self.archive, entry)
        except ImportRefused as error:
            raise CellError(str(error)) from error

    def look_at(self, entry: zipfile.ZipInfo) -> None:
        """Raises `CellError` for what is evidently no photo: only its beginning is read."""
        try:
            with self.archive.open(entry) as file:
                head = file.read(_HEAD)
            with Image.open(io.BytesIO(head), formats=ACCEPTED) as image:
                too_large = image.width * image.height > MOST_PIXELS
        except (
            UnidentifiedImageError,
            OSError,
            ValueError,
            SyntaxError,
            zipfile.BadZipFile,
            EOFError,
        ) as error:
            raise CellError(
                _("This is not a photo that can be read: JPEG, PNG and WebP are accepted.")
            ) from error
        except (Image.DecompressionBombError, NotImplementedError, RuntimeError) as error:
            raise CellError(
                _("This is not a photo that can be read: JPEG, PNG and WebP are accepted.")
            ) from error
        if too_large:
            raise CellError(_("The photo has more than 40 megapixels: save it smaller and upload it again."))


def open_photos(source: Path | IO[bytes]) -> PhotoArchive:
    """The photos of an archive. Raises `ImportRefused` with one sentence for a dangerous or damaged one."""
    archive = open_archive(source, PHOTO_LIMITS)
    try:
        refuse_nested(archive.infolist())
        photos = PhotoArchive(archive)
        if not photos.names:
            raise ImportRefused(_("The archive has no files."))
    except ImportRefused:
        archive.close()
        raise
    return photos


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name.replace("\\", "/")).strip("/ ").casefold()
