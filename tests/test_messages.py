"""Translations are compiled right with gettext and without it."""

from __future__ import annotations

import gettext
import os
import runpy
import shutil
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "deploy" / "dev" / "compile_messages.py"
PO = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: ru\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : "
"n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgid "%(n)d person"
msgid_plural "%(n)d people"
msgstr[0] "%(n)d человек"
msgstr[1] "%(n)d человека"
msgstr[2] "%(n)d человек (много)"
"""


@pytest.fixture(params=["msgfmt", "polib"])
def compiler(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "msgfmt" and not shutil.which("msgfmt"):
        pytest.skip("no gettext on this machine: the other way is tested")
    if request.param == "polib":
        monkeypatch.setattr(shutil, "which", lambda _name: None)
    return request.param


def folder_with(text: str, root: Path) -> Path:
    folder = root / "locale" / "ru" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(text)
    return folder


def compile_all(root: Path) -> int:
    return runpy.run_path(str(SCRIPT))["compile_all"](root)


def test_russian_plurals_survive(compiler: str, tmp_path: Path) -> None:
    folder = folder_with(PO, tmp_path)
    assert compile_all(tmp_path) == 1
    with (folder / "django.mo").open("rb") as file:
        plural = gettext.GNUTranslations(file).ngettext
    said = [plural("%(n)d person", "%(n)d people", n) % {"n": n} for n in (1, 2, 5, 11, 21, 22)]
    assert said == [
        "1 человек",
        "2 человека",
        "5 человек (много)",
        "11 человек (много)",
        "21 человек",
        "22 человека",
    ]
    assert [path.name for path in sorted(folder.iterdir())] == ["django.mo", "django.po"]


def test_only_what_changed_is_compiled(compiler: str, tmp_path: Path) -> None:
    folder = folder_with(PO, tmp_path)
    long_ago = time.time() - 1000
    os.utime(folder / "django.po", (long_ago, long_ago))
    assert [compile_all(tmp_path), compile_all(tmp_path)] == [1, 0]


def test_a_mistake_names_its_file_and_spoils_nothing(compiler: str, tmp_path: Path) -> None:
    folder = folder_with(PO, tmp_path)
    compile_all(tmp_path)
    before = (folder / "django.mo").read_bytes()
    (folder / "django.po").write_text(PO + "\nthis is no entry\n")
    later = time.time() + 10
    os.utime(folder / "django.po", (later, later))
    with pytest.raises(ValueError, match=r"django\.po"):
        compile_all(tmp_path)
    assert (folder / "django.mo").read_bytes() == before


def test_the_project_s_own_translations_compile(compiler: str, tmp_path: Path) -> None:
    found = sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po"))
    assert found, "no translations"
    shutil.copytree(ROOT / "locale", tmp_path / "locale", ignore=shutil.ignore_patterns("*.mo"))
    assert compile_all(tmp_path) == len(found)
