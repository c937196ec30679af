"""The Russian texts: complete, well formed, and exactly those that the source asks for."""

import gettext
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
PO = ROOT / "locale" / "ru" / "LC_MESSAGES" / "django.po"
NOT_SOURCE = (".git", ".venv", "var", "node_modules", "locale", "__pycache__", ".mypy_cache", ".ruff_cache")
PLACEHOLDER = re.compile(r"%\(\w+\)\d*[a-z]|%%|\{\w*\}")
# Words that lose their ё in careless typing; «ее» and the like can be nothing else here.
WITHOUT_YO = re.compile(
    r"\b(?:еще|ее|нее|свое|чье|заключенн\w+|лишен|осужден|освобожден|подтвержден|утвержден|удален|возвращен)\b",
    re.IGNORECASE,
)
LEAST_MESSAGES = 1000


@pytest.fixture(scope="module")
def messages() -> polib.POFile:
    return polib.pofile(str(PO), check_for_duplicates=True)


def name_of(entry: polib.POEntry) -> tuple[str | None, str, str]:
    return entry.msgctxt, entry.msgid, entry.msgid_plural or ""


def texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_every_message_is_translated(messages):
    assert len(messages) > LEAST_MESSAGES
    assert [name_of(entry) for entry in messages if not all(texts(entry))] == []
    assert [name_of(entry) for entry in messages if entry.fuzzy or entry.obsolete] == []


def test_russian_has_three_plural_forms(messages):
    assert messages.metadata["Plural-Forms"].startswith("nplurals=3;")
    plurals = [entry for entry in messages if entry.msgid_plural]
    assert len(plurals) >= 5
    assert all(sorted(entry.msgstr_plural) == [0, 1, 2] for entry in plurals)


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (0, "человек"),
        (1, "человек"),
        (2, "человека"),
        (5, "человек"),
        (11, "человек"),
        (22, "человека"),
        (101, "человек"),
        (112, "человек"),
    ],
)
def test_the_right_plural_is_chosen(messages, tmp_path, number, word):
    compiled = tmp_path / "django.mo"
    messages.save_as_mofile(str(compiled))
    with compiled.open("rb") as file:
        russian = gettext.GNUTranslations(file)
    # No line breaks between a number and its noun.
    assert russian.ngettext("%(count)s person", "%(count)s people", number) == f"%(count)s\u00a0{word}"


def test_placeholders_survive_translation(messages):
    changed = []
    for entry in messages:
        # «One» may do without its number, so a plural may follow either English form.
        allowed = [
            set(PLACEHOLDER.findall(text)) for text in (entry.msgid, entry.msgid_plural or entry.msgid)
        ]
        changed += [text for text in texts(entry) if set(PLACEHOLDER.findall(text)) not in allowed]
    assert changed == []


def test_russian_is_typeset(messages):
    """Guillemets and not typewriter quotes, ё where it belongs, no three dots for an ellipsis."""
    written = [(entry.msgid, text) for entry in messages for text in texts(entry)]
    assert [text for _msgid, text in written if re.search(r'"(?![^<]*>)', text)] == []
    assert [text for _msgid, text in written if WITHOUT_YO.search(text)] == []
    assert [text for _msgid, text in written if "..." in text] == []
    # A text begins and ends as the English one does: it may stand in the middle of a sentence.
    assert [text for msgid, text in written if (msgid[:1] == " ") != (text[:1] == " ")] == []
    assert [
        text for msgid, text in written if msgid.endswith(".") and not text.endswith((".", "»", "…"))
    ] == []


def test_the_check_for_yo_finds_a_planted_fault():
    assert WITHOUT_YO.search("Он еще заключенный")
    assert not WITHOUT_YO.search("Он ещё заключённый, и её лишили свободы")


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="no gettext on this machine")
def test_msgfmt_finds_no_fault(tmp_path):
    command = ["msgfmt", "--check", "--output-file", str(tmp_path / "ru.mo"), str(PO)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not shutil.which("xgettext"), reason="no gettext on this machine")
def test_messages_are_exactly_those_of_the_source(messages, tmp_path):
    """`make messages` would change nothing: what it finds is translated, and nothing else is kept."""
    found = polib.pofile(str(extracted(tmp_path / "source")))
    in_source = {name_of(entry) for entry in found if not entry.obsolete}
    translated = {name_of(entry) for entry in messages}
    assert len(in_source) > LEAST_MESSAGES
    assert in_source - translated == set(), "run `make messages` and translate these"
    assert translated - in_source == set(), "the source no longer asks for these: run `make messages`"


def extracted(copy: Path) -> Path:
    """A .po with the messages of a copy of the source, made as `make messages` makes it."""
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*NOT_SOURCE), symlinks=True)
    (copy / "locale" / "ru" / "LC_MESSAGES").mkdir(parents=True)
    environment = {
        "PATH": os.environ["PATH"],
        "SITE_ROLE": "public",
        "DATABASE_URL": "postgresql://owner@localhost/memorial",
        "SECRET_KEY": "extracting messages signs nothing, " * 2,
        "PUBLIC_URL": "http://localhost",
        "LC_ALL": "C.UTF-8",
    }
    command = [sys.executable, "manage.py", "makemessages", "--locale=ru", "--no-location", "--no-wrap"]
    done = subprocess.run(
        command, cwd=copy, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return copy / "locale" / "ru" / "LC_MESSAGES" / "django.po"
