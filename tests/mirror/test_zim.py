"""One file for Kiwix: everything in it can be reached, as its own reader reads it."""

import pytest
import time_machine as clock
from libzim.reader import Archive
from PIL import Image

from memorial.mirror.zim import pack_zim
from tests.mirror.conftest import NOON, TODAY
from tests.mirror.reading import Reading, leads_to
from tests.mirror.signing import signed

PAGE = (
    '<!DOCTYPE html><html lang="{language}"><head><title>{title} &amp; others</title>'
    '<link rel="stylesheet" href="{up}static/site.css"></head><body><h1>{title}</h1>'
    '<a href="{up}en/prisoners/index.page=2.html">Next</a> <a href="{up}index.html">Home</a></body></html>'
)
TEXTS = {
    "index.html": PAGE.format(language="ru", title="Начало", up="").encode(),
    "en/prisoners/index.page=2.html": PAGE.format(language="en", title="People", up="../../").encode(),
    "ru/prisoners/index.html": PAGE.format(language="ru", title="Гончарова", up="../../").encode(),
    "static/site.css": b"h1{color:red}",
    "static/a.woff2": bytes(range(256)),
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    with clock.travel(NOON):
        folder = signed(tmp_path_factory.mktemp("zim") / "site", TEXTS)
    target = folder.parent / "site.zim"
    assert pack_zim(folder, target) == len(TEXTS)
    assert [path.name for path in folder.parent.iterdir() if path.suffix in {".new", ".zim"}] == ["site.zim"]
    return Archive(target)


def test_its_bytes_are_whole_and_every_file_is_the_mirrors(archive):
    assert archive.check()
    for name, text in TEXTS.items():
        assert bytes(archive.get_entry_by_path(name).get_item().content) == text
    # What checks a folder checks no ZIM.
    assert not archive.has_entry_by_path("mirror-manifest.txt")


def test_every_link_leads_to_an_entry(archive):
    seen = 0
    for name in (name for name in TEXTS if name.endswith(".html")):
        text = bytes(archive.get_entry_by_path(name).get_item().content).decode()
        for _tag, address in Reading(text).addresses:
            assert archive.has_entry_by_path(leads_to(name, address)), (name, address)
            seen += 1
    assert seen == 9


def test_kiwix_is_told_what_it_is(archive):
    assert archive.main_entry.get_item().path == "index.html"
    said = {name: archive.get_metadata(name) for name in archive.metadata_keys}
    assert said["Language"] == b"rus,eng"
    assert said["Date"] == TODAY.isoformat().encode()
    assert {"Title", "Description", "Name", "Creator", "Publisher"} <= said.keys()
    # The specification's limits, in characters.
    assert len(said["Title"].decode()) <= 30
    assert len(said["Description"].decode()) <= 80
    assert archive.get_entry_by_path("ru/prisoners/index.html").title == "Гончарова & others"
    assert archive.has_title_index
    assert archive.has_fulltext_index


def test_it_has_a_picture(archive, tmp_path):
    (tmp_path / "sign.png").write_bytes(bytes(archive.get_illustration_item(48).content))
    with Image.open(tmp_path / "sign.png") as image:
        assert image.size == (48, 48)
        assert len(image.getcolors()) >= 3
