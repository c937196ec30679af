"""A dump that is broken or hostile is refused with one sentence that says where."""

import json
import resource

import pytest

from prisoners.importers.errors import ImportRefused
from prisoners.importers.wordpress.opening import open_dump
from tests.wordpress.conftest import HEAD, TAIL, item

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    "<rss><channel><item><title>&b;</title></item></channel></rss>"
)
OUTSIDE = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss><channel>&x;</channel></rss>'


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "dump.xml is empty"),
        (BOMB.encode(), "declares entities or a document type"),
        (OUTSIDE.encode(), "declares entities or a document type"),
        ((HEAD + item(1)).encode(), "line 1, place .*the XML is broken"),
        ((HEAD + "\n<item><title>a</item>" + TAIL).encode(), "line 2, place .*the XML is broken"),
        ((HEAD + "\n\n" + item(1, "а\0б") + TAIL).encode(), "line 3: a NUL byte"),
        ((HEAD + "\n" + item(1) + TAIL).encode("cp1251"), "line 2: this is not UTF-8"),
        ((HEAD + TAIL).encode("utf-16"), "is in UTF-16"),
        (b"PK\x03\x04rest", "is packed"),
        (b"\x1f\x8brest", "is packed"),
        (b"<!DOCTYPE html><html><body>Log in</body></html>", "a page for browsers"),
        (b"name;born\n", "neither WXR"),
        ((HEAD + TAIL).encode(), "There is no post in this dump"),
    ],
)
def test_a_bad_export_is_refused_with_its_place(dump, content, sentence):
    with pytest.raises(ImportRefused, match=sentence):
        open_dump([dump(content)])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'[{"id": 1,\n "type": }]', "line 2, place .*the JSON is broken"),
        (b"[" * 200_000, "the JSON is broken"),
        (b'[{"id": 1, "type": "figurant", "slug": "\xff"}]', "line 1: this is not UTF-8"),
        (b'[{"id": 1, "type": "figurant",\n "slug": "\\u0000"}]', "a NUL byte"),
        (b'{"code": "rest_no_route", "message": "No route"}', "an error of WordPress and no data"),
        (b"[1, 2]", "object 1 is none of WordPress"),
    ],
)
def test_a_bad_answer_is_refused_with_its_place(tmp_path, content, sentence):
    (tmp_path / "a.json").write_bytes(content)
    with pytest.raises(ImportRefused, match=sentence):
        open_dump([tmp_path])


def test_a_folder_without_a_dump_is_refused(tmp_path):
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(ImportRefused, match=r"no .xml and no .json"):
        open_dump([tmp_path])
    with pytest.raises(ImportRefused, match="There is no file"):
        open_dump([tmp_path / "absent.xml"])


def test_control_characters_of_word_are_left_out_and_counted(dump):
    store = open_dump([dump(item(1, "а\x0bб\x1f"))]).store
    assert store.post(1).title == "аб"
    assert store.controls_left_out == 2


def test_half_a_character_is_no_crash(tmp_path):
    (tmp_path / "a.json").write_bytes(b'[{"id": 1, "type": "figurant", "title": {"rendered": "\\ud83d"}}]')
    assert open_dump([tmp_path]).store.post(1).title == "?"


def test_parts_of_an_export_are_one_and_come_in_order(tmp_path):
    for number in (1, 2, 10):
        text = HEAD + item(number) + item(5, f"из части {number}") + TAIL
        (tmp_path / f"part-{number}.xml").write_text(text, encoding="utf-8")
    found = open_dump([tmp_path])
    assert [post.number for post in found.store.posts(("figurant",))] == [1, 2, 5, 10]
    assert found.store.post(5).title == "из части 10"
    assert found.files == 3


def test_rest_pages_and_terms_are_read(tmp_path):
    people = [{"id": 3, "type": "figurant", "tags_of_ours": [7], "title": {"rendered": "А &amp; Б"}}]
    terms = [
        {"id": 7, "taxonomy": "region", "slug": "moskva", "name": "Москва", "link": "https://x.example/r/m/"}
    ]
    (tmp_path / "people-1.json").write_text(json.dumps(people))
    (tmp_path / "terms.json").write_text(json.dumps(terms))
    store = open_dump([tmp_path]).store
    assert store.terms_of(store.post(3)) == {"region": [("moskva", "Москва")]}


@pytest.mark.slow
def test_a_large_export_is_read_in_bounded_memory(tmp_path):
    path = tmp_path / "large.xml"
    one = item(1, content="<p>" + "слово " * 20_000 + "</p>")
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for number in range(400):
            file.write(one.replace("<wp:post_id>1<", f"<wp:post_id>{number + 1}<"))
        file.write(TAIL)
    assert path.stat().st_size > 80_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    store = open_dump([path]).store
    assert sum(1 for _post in store.posts(("figurant",))) == 400
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000
