"""Files that somebody made to do harm, or that are just broken: one sentence, in bounded time and memory."""

import io
import os
import resource
import time
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from PIL import Image

from cases.documents import limits, reading, rendering
from cases.documents.limits import LIMITS
from cases.documents.rendering import render
from tests.cases_documents.files import flate_bomb, many_pages, nested_forms, page, pdf, picture, words

SHORT = replace(LIMITS, seconds=4)
LOCKED = pdf(
    b"<</Type/Catalog/Pages 2 0 R>>",
    b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    b"<</Filter/Standard/V 1/R 2/P -4/O<" + b"41" * 32 + b">/U<" + b"42" * 32 + b">>>",
    trailer=b"/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]",
)


def refusal(data: bytes, given=LIMITS) -> str:
    with translation.override("en"):
        with pytest.raises(ValidationError) as refused:
            render(data, given)
        [sentence] = refused.value.messages
        return str(sentence)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "cannot be read"),
        (b"hello", "cannot be read"),
        (b"%PDF-1.7\n", "cannot be read"),
        (b"%PDF-1.7\n" + os.urandom(5000), "cannot be read"),
        (b"MZ" + b"\0" * 4000, "cannot be read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "cannot be read"),
        (picture("JPEG")[:900], "cannot be read"),
        (b"GIF89a" + b"\0" * 40, "cannot be read"),
        (LOCKED, "password"),
        (many_pages(301), "more than 300 pages"),
        (many_pages(100_000), "more than 300 pages"),
        (page(words("x"), box=b"0 0 1000000 10"), "impossible size"),
        (page(words("x"), box=b"0 0 0.001 0.001"), "impossible size"),
        (pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>"), "cannot be read"),
        (pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[2 0 R]>>"), "cannot be read"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_taken_is_refused_in_one_sentence(data, says):
    assert says in refusal(data)


def test_a_broken_table_of_contents_is_read_all_the_same():
    """PDFium looks for the objects itself; a scan sent through three messengers is often so."""
    good = page(words("Words"))
    assert render(good.replace(b"startxref\n", b"startxref\n9")).pages == 1
    assert render(good.replace(b"0000000", b"0000009")).pages == 1


def test_a_giant_page_is_drawn_smaller():
    made = render(page(words("x"), box=b"0 0 14400 14400"))
    assert made.pages == 1
    assert len(made.content) < 500_000


def test_pictures_of_too_many_pixels(monkeypatch):
    target = io.BytesIO()
    Image.new("1", (8000, 6000)).save(target, "PNG")
    assert "40 megapixels" in refusal(target.getvalue())


def test_a_file_that_is_too_large_is_not_even_opened(monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", 1000)
    monkeypatch.setattr(reading.subprocess, "Popen", None)
    assert "40 MB" in refusal(b"%PDF-" + b"\0" * 1000)


def test_pages_that_weigh_too_much_together(monkeypatch):
    monkeypatch.setattr(rendering, "MOST_PUBLIC_BYTES", 100)
    assert "60 MB" in refusal(page(words("x")))


def test_a_bomb_of_memory_is_not_felt_here():
    """Nothing is drawn of it, and it went off elsewhere, if at all."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert render(flate_bomb(), SHORT).pages == 1
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000


def test_more_memory_than_is_given_ends_the_worker():
    given = replace(LIMITS, memory=40 * 1024**2)
    assert "too much time or memory" in refusal(page(words("x")), given)


@pytest.mark.slow
def test_a_page_that_takes_for_ever_is_given_up():
    begun = time.monotonic()
    assert "too much time or memory" in refusal(nested_forms(), replace(LIMITS, seconds=2))
    assert time.monotonic() - begun < 15


def test_the_worker_sees_neither_keys_nor_files(tmp_path, monkeypatch):
    """What decodes untrusted bytes has no environment of ours, and can write nothing."""
    spy = tmp_path / "worker.py"
    spy.write_text(
        "import json, os, sys\n"
        f"sys.path.insert(0, {str(reading._WORKER.parent)!r})\n"
        "import worker\n"
        "worker._confine(json.loads(sys.argv[1]))\n"
        "bad = sorted(set(os.environ) - {'LC_ALL', 'LC_CTYPE'})\n"
        "try:\n"
        f"    os.write(os.open({str(tmp_path / 'written')!r}, os.O_WRONLY | os.O_CREAT), b'x' * 10)\n"
        "    bad.append('file')\n"
        "except OSError:\n"
        "    pass\n"
        "bad += [] if 'django' not in sys.modules else ['django']\n"
        "sys.stdout.buffer.write(('refused ' + ('-'.join(bad) or 'locked') + '\\n').encode())\n"
    )
    monkeypatch.setenv("SECRET_KEY", "the key of keys")
    monkeypatch.setattr(reading, "_WORKER", spy)
    assert "password" in refusal(b"%PDF-1.7")


def test_a_worker_that_lies_is_not_believed(tmp_path, monkeypatch):
    """Were it taken over by a file, it could say anything: only sizes and pixels are taken from it."""
    for answer in (
        "page 99999 99999\\n",
        "page 100 -100\\n",
        "page 100 100\\nshort",
        "page 100 100 100\\n",
        "nonsense\\n",
        "x" * 10_000,
        "",
    ):
        lying = tmp_path / "worker.py"
        lying.write_text(f"import sys\nsys.stdout.write({answer!r}.encode().decode('unicode_escape'))\n")
        monkeypatch.setattr(reading, "_WORKER", lying)
        assert refusal(b"%PDF-1.7"), answer


def test_a_worker_that_goes_on_for_ever_is_stopped_at_the_limit(tmp_path, monkeypatch):
    endless = tmp_path / "worker.py"
    endless.write_text(
        "import sys\nwhile True:\n    sys.stdout.buffer.write(b'page 60 60\\n' + b'\\xff' * 60 * 60 * 3)\n"
    )
    monkeypatch.setattr(reading, "_WORKER", endless)
    assert "more than 300 pages" in refusal(b"%PDF-1.7")


def test_the_limits_are_what_the_sentences_say():
    assert LIMITS.pages == 300
    assert LIMITS.pixels_of_an_image == 40_000_000
    assert limits.MOST_BYTES == 40 * 1024 * 1024
    assert limits.MOST_PUBLIC_BYTES == 60 * 1024 * 1024
