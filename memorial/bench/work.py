"""What the office's heavy work takes: rows imported, pages migrated, photos made into their sizes."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from unittest.mock import patch

from django.conf import settings
from django.core.management import call_command, get_commands
from django.db import transaction
from django.test.utils import override_settings

from memorial.base import photos
from memorial.bench.multitude import surnames
from memorial.bench.wordpress_pictures import write_pictures
from memorial.demo.reading import PORTRAITS

_MAP: Final = "docs/examples/import/zarechye_2021.toml"
_COLUMNS: Final = ("№", "Кто", "Рубрика", "Задержан", "Обвинение", "Где держат", "Что известно", "Ссылка")
_OLD_SITE: Final = "memorial.bench.wordpress_dump"
_MAP_OF_OLD_SITE: Final = "docs/examples/wordpress/site.toml"
_SECONDS: Final = 3.0


def import_rows(rows: int) -> float:
    """Rows a second of `import_prisoners --apply`: each is tried, then written. Nothing of it stays."""
    with TemporaryDirectory(prefix="memorial-bench-") as folder:
        file = Path(folder) / "list.csv"
        _write_list(file, rows)
        mapping = Path(settings.BASE_DIR) / _MAP
        return rows / _taken_back(lambda: _run("import_prisoners", file, mapping))


def migrate_pages(pages: int) -> float | None:
    """Pages of the old site a second, their pictures taken in, by `import_wordpress --apply`.

    None where there is no such command.
    """
    if "import_wordpress" not in get_commands() or find_spec(_OLD_SITE) is None:
        return None
    with TemporaryDirectory(prefix="memorial-bench-") as folder:
        dump = Path(folder) / "export.xml"
        uploads = Path(folder) / "uploads"
        import_module(_OLD_SITE).write_wxr(dump, pages)
        write_pictures(uploads, _drawings())
        mapping = Path(settings.BASE_DIR) / _MAP_OF_OLD_SITE
        with _other_folder("default"), _other_folder("confidential"):
            return pages / _taken_back(lambda: _run("import_wordpress", dump, mapping, media=uploads))


def photos_a_second() -> float:
    """Photos made into all that readers get of one: two widths in AVIF, WebP and JPEG, of a second of CPU."""
    return _pictures_a_second(dict(photos.FORMATS))


def webp_a_second() -> float:
    """WebP pictures, of both widths, of a second of CPU."""
    return _pictures_a_second({"webp": photos.FORMATS["webp"]}) * len(photos.WIDTHS)


def _pictures_a_second(formats: dict[str, Any]) -> float:
    drawings = [file.read_bytes() for file in _drawings()]
    made, began = 0, time.process_time()
    with _other_folder("default"), patch.dict(photos.FORMATS, formats, clear=True):
        while (spent := time.process_time() - began) < _SECONDS:
            photos.make_public_sizes(drawings[made % len(drawings)], photos.random_stem())
            made += 1
    return made / spent


def _drawings() -> list[Path]:
    return sorted(PORTRAITS.glob("*.jpg"))


@contextmanager
def _other_folder(name: str) -> Iterator[None]:
    """The files of one storage go into a folder that is thrown away."""
    with TemporaryDirectory(prefix="memorial-bench-") as folder:
        storage: Any = settings.STORAGES[name]
        elsewhere = {**storage, "OPTIONS": {**storage["OPTIONS"], "location": folder}}
        with override_settings(STORAGES={**settings.STORAGES, name: elsewhere}):
            yield


def _run(command: str, file: Path, mapping: Path, **more: Path) -> None:
    call_command(command, str(file), map=mapping, apply=True, stdout=StringIO(), stderr=StringIO(), **more)


def _taken_back(work: Callable[[], Any]) -> float:
    """Seconds that work on the database took; it is undone."""
    with transaction.atomic():
        began = time.perf_counter()
        work()
        seconds = time.perf_counter() - began
        transaction.set_rollback(True)
    return seconds


def _write_list(file: Path, rows: int) -> None:
    """An invented list in the shape of the example, one person a row."""
    names = surnames()
    story = "Задержан на рынке. Суд продлил арест, свидетелей не вызывал. " * 12
    with file.open("w", encoding="utf-8", newline="") as target:
        writer = csv.writer(target, delimiter=";")
        writer.writerow(_COLUMNS)
        for number in range(1, rows + 1):
            name = f"{names[number % len(names)]} Адам {names[number // len(names)]}ич"
            day = f"{number % 27 + 1}.{number % 11 + 1:02d}.2021"
            link = f"https://example.org/list/{number}"
            writer.writerow([number, name, "", day, "ст. 280.3 УК РФ", "ИК-914", story, link])
