"""The folder of the old site's pictures: a file for an address, the original before its smaller copies."""

import os
import re
import unicodedata
from collections import defaultdict
from pathlib import Path
from urllib.parse import unquote, urlsplit

_SIZE = re.compile(r"-(?:\d{1,5}x\d{1,5}|scaled|rotated|e\d{10,})(?=\.[a-z]{3,4}$)", re.IGNORECASE)


class Media:
    """What lies in the folder, by name; links that lead out of it are not followed."""

    def __init__(self, folder: Path | None) -> None:
        self._by_name: dict[str, list[tuple[str, Path]]] = defaultdict(list)
        self.is_given = folder is not None
        if folder is None:
            return
        for base, _folders, names in os.walk(folder):
            for name in names:
                path = Path(base) / name
                if not path.is_symlink():
                    inside = _folded(str(path.relative_to(folder)))
                    self._by_name[_folded(name)].append((inside, path))

    def find(self, url: str) -> Path | None:
        """The file of an address: by folder and name, else by a name that only one file has."""
        path = _folded(unquote(urlsplit(url).path))
        for wanted in dict.fromkeys((original_of(path), path, _scaled(original_of(path)))):
            folder, _slash, name = wanted.rpartition("/")
            found = self._by_name.get(name, [])
            beside = [file for inside, file in found if _is_same_folder(inside, folder)]
            if beside or len(found) == 1:
                return beside[0] if beside else found[0][1]
        return None


def original_of(path: str) -> str:
    """«foto-300x200.jpg» and «foto-scaled.jpg» are copies of «foto.jpg»."""
    while (shorter := _SIZE.sub("", path)) != path:
        path = shorter
    return path


def _scaled(path: str) -> str:
    stem, _dot, ending = path.rpartition(".")
    return f"{stem}-scaled.{ending}"


def _is_same_folder(inside: str, folder: str) -> bool:
    """«2021/05/foto.jpg» for «/wp-content/uploads/2021/05»."""
    own = inside.rpartition("/")[0]
    return folder == own or (
        bool(own) and (folder.endswith(f"/{own}") or own.endswith(folder.partition("uploads/")[2] or "\0"))
    )


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold().replace("\\", "/")
