"""What goes in hides much; what comes out is pictures of pages and nothing else."""

import io
import re
import subprocess
import zlib

import pypdfium2
import pytest
from PIL import Image

from cases.documents.page_picture import encoded
from cases.documents.pdf import page_of, write_pdf
from cases.documents.rendering import render
from tests.cases_documents.files import SECRET, SEEN, full_of_secrets, page, picture, with_objects, words


def everything_in(file: bytes) -> bytes:
    """The file, and every stream of it unpacked."""
    unpacked = []
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", file, re.DOTALL):
        try:
            unpacked.append(zlib.decompress(found.group(1)))
        except zlib.error:
            continue
    return b"\n".join([file, *unpacked])


def text_of(file: bytes) -> str:
    return "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(file))


@pytest.fixture(scope="module")
def cleaned():
    return render(full_of_secrets()).content


def test_the_planted_file_does_say_the_secret_everywhere():
    """A check that finds nothing first finds what was planted."""
    planted = full_of_secrets()
    assert planted.count(SECRET.encode()) == 17
    assert text_of(planted).count(SECRET) >= 4
    file = pypdfium2.PdfDocument(planted)
    assert file.count_attachments() == 1
    assert file.get_metadata_dict()["Author"] == SECRET
    assert SEEN in text_of(planted)


def test_nothing_hidden_is_left(cleaned):
    assert SECRET.encode() not in everything_in(cleaned)
    assert text_of(cleaned) == ""
    file = pypdfium2.PdfDocument(cleaned)
    assert set(file.get_metadata_dict().values()) == {""}
    assert file.count_attachments() == 0
    for word in (
        b"/Info",
        b"/Annot",
        b"/OC",
        b"/JavaScript",
        b"/Metadata",
        b"/ID",
        b"/Font",
        b"/Producer",
        b"/Date",
    ):
        assert word not in cleaned, word


def test_pdftotext_finds_nothing_either(cleaned, tmp_path):
    place = tmp_path / "new.pdf"
    place.write_bytes(cleaned)
    try:
        said = subprocess.run(["pdftotext", str(place), "-"], check=True, capture_output=True).stdout
    except FileNotFoundError:
        pytest.skip("no pdftotext here; PDFium was asked above")
    assert said.strip() == b""


def test_words_that_are_seen_are_still_drawn(cleaned):
    drawn = page_of(io.BytesIO(cleaned), 1).picture().convert("L")
    line = drawn.crop((140, 240, 600, 310))
    assert line.getextrema()[0] < 60


@pytest.mark.parametrize(
    "where", [(520, 700), (590, 690), (430, 530)], ids=["white on white", "nearly white", "hidden layer"]
)
def test_what_only_a_program_sees_is_one_colour(cleaned, where):
    """Below 842 points of the page, at 150 dots an inch: bands in which a text was hidden."""
    drawn = page_of(io.BytesIO(cleaned), 1).picture().convert("L")
    top = {(520, 700): 842 - 585, (590, 690): 842 - 545, (430, 530): 842 - 325}[where]
    band = drawn.crop((100, round(top * 150 / 72), 1100, round((top + 30) * 150 / 72)))
    assert band.getextrema() == (255, 255)


def test_what_lies_on_or_under_a_black_box_is_black(cleaned):
    drawn = page_of(io.BytesIO(cleaned), 1).picture().convert("L")
    for top in (842 - 468, 842 - 428):
        band = drawn.crop((140, round((top + 3) * 150 / 72), 900, round((top + 32) * 150 / 72)))
        assert band.getextrema() == (0, 0)


def test_a_black_box_that_is_an_annotation_stays_on_the_page():
    """Redaction by annotation is common: without it the name beneath would be shown to everybody."""
    box = b"<</Type/Annot/Subtype/Square/Rect[60 690 500 730]/C[0 0 0]/IC[0 0 0]/AP<</N 7 0 R>>/F 4>>"
    look = (
        b"<</Type/XObject/Subtype/Form/BBox[0 0 440 40]/Length 20>>\nstream\n0 g 0 0 440 40 re f \nendstream"
    )
    made = render(with_objects(words(SECRET), [box, look], page_extra=b"/Annots[6 0 R]"))
    drawn = page_of(io.BytesIO(made.content), 1).picture().convert("L")
    band = drawn.crop((140, round(115 * 150 / 72), 900, round(150 * 150 / 72)))
    assert band.getextrema() == (0, 0)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_becomes_a_page_without_its_metadata(kind):
    data = picture(kind)
    assert SECRET.encode() in data
    made = render(data)
    assert made.pages == 1
    assert SECRET.encode() not in everything_in(made.content)
    drawn = page_of(io.BytesIO(made.content), 1)
    assert (drawn.width > drawn.height) == (kind == "JPEG"), "a photo is turned as its camera was"


def test_a_transparent_picture_is_laid_on_white():
    target = io.BytesIO()
    Image.new("RGBA", (300, 300), (0, 0, 0, 0)).save(target, "PNG")
    drawn = page_of(io.BytesIO(render(target.getvalue()).content), 1).picture().convert("L")
    assert drawn.getextrema() == (255, 255)


def test_the_same_file_gives_the_same_bytes():
    data = full_of_secrets()
    assert render(data).content == render(data).content


def test_pages_keep_their_number_and_their_shape():
    upright, wide = Image.new("RGB", (600, 800), "white"), Image.new("RGB", (800, 600), "white")
    file = write_pdf([encoded(upright), encoded(wide), encoded(upright)])
    read = pypdfium2.PdfDocument(file)
    assert [tuple(round(side) for side in page.get_size()) for page in read] == [
        (632, 842),
        (842, 632),
        (632, 842),
    ]
    assert [page_of(io.BytesIO(file), number).width for number in (1, 2, 3)] == [600, 800, 600]
    for number in (0, 4, 999999):
        with pytest.raises(IndexError):
            page_of(io.BytesIO(file), number)


def test_another_programs_file_is_not_taken_for_ours():
    with pytest.raises(ValueError, match="not written"):
        page_of(io.BytesIO(page(words(SEEN)) + b" " * 10), 1)


def test_no_file_of_no_pages():
    with pytest.raises(ValueError, match="at least one page"):
        write_pdf([])


class TestEncoding:
    def test_print_weighs_little(self):
        made = render(page(b"".join(words("Words " * 10, at=(72, y), size=11) for y in range(60, 800, 14))))
        assert len(made.content) < 150_000
        assert page_of(io.BytesIO(made.content), 1).bits == 2

    def test_a_stamp_keeps_its_colour(self):
        made = render(page(words(SEEN) + b"0 0 1 rg 300 200 80 80 re f"))
        drawn = page_of(io.BytesIO(made.content), 1)
        assert not drawn.is_grey
        red, _green, blue = drawn.picture().convert("RGB").getpixel((700, 1250))
        assert blue - red > 200

    def test_a_photograph_is_grey_in_many_shades(self):
        photo = Image.effect_noise((600, 800), 90).convert("RGB")
        drawn = encoded(photo)
        assert drawn.is_grey
        assert drawn.bits in (4, 8)

    @pytest.mark.parametrize("bits", [2, 4])
    @pytest.mark.parametrize("width", [600, 601, 603])
    def test_rows_are_packed_as_a_pdf_wants_them(self, bits, width):
        """A reader that is not ours sees the same pixels, whatever the width."""
        from cases.documents.page_picture import _in_shades

        ramp = Image.linear_gradient("L").resize((width, 400))
        made = _in_shades(ramp, bits)
        file = pypdfium2.PdfDocument(write_pdf([made]))
        theirs = next(iter(file[0].get_objects())).get_bitmap().to_pil().convert("L")
        ours = made.picture()
        assert theirs.size == ours.size
        assert theirs.tobytes() == ours.tobytes()
