"""Files to upload, good and hostile, written by hand so that it is known what hides in them."""

from __future__ import annotations

import io
import zlib

from PIL import Image, ImageDraw

SECRET = "Zaitsev-Hidden-4711"
"""What must not be in anything that readers get."""
SEEN = "Visible words"


def pdf(*objects: bytes, trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF of these objects, numbered from 1."""
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def stream(content: bytes, extra: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), extra, content)


def page(
    drawing: bytes, *, page_extra: bytes = b"", catalog: bytes = b"", box: bytes = b"0 0 595 842"
) -> bytes:
    """A PDF of one page that draws this, with whatever else hangs on page and catalogue."""
    return with_objects(drawing, [], page_extra=page_extra, catalog=catalog, box=box)


def with_objects(
    drawing: bytes,
    more: list[bytes],
    *,
    page_extra: bytes = b"",
    catalog: bytes = b"",
    box: bytes = b"0 0 595 842",
    resources: bytes = b"",
    trailer: bytes = b"/Root 1 0 R",
) -> bytes:
    """Such a page, and further objects from number 6 on."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[" + box + b"]/Contents 4 0 R"
        b"/Resources<</Font<</F 5 0 R>>" + resources + b">>" + page_extra + b">>",
        stream(drawing),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *more,
        trailer=trailer,
    )


def words(text: str, *, at: tuple[int, int] = (72, 700), size: int = 24, before: str = "") -> bytes:
    """Draws a text; `before` sets its colour or its mode."""
    return f"BT /F {size} Tf {before} {at[0]} {at[1]} Td ({text}) Tj ET\n".encode()


def full_of_secrets() -> bytes:
    """A page that looks harmless and says SECRET in a dozen places that nobody sees."""
    secret = SECRET.encode()
    drawing = (
        words(SEEN)
        + words(SECRET, at=(72, 600), before="3 Tr")  # invisible
        + words(SECRET, at=(72, 560), before="1 g")  # white on white
        + words(SECRET, at=(72, 520), before="0.99 g")  # nearly so
        + b"0 g 60 430 400 40 re f\n"
        + words(SECRET, at=(72, 440), before="0.02 g")  # on a black box
        + words(SECRET, at=(72, 400), before="0 g")
        + b"0 g 60 390 400 40 re f\n"  # beneath one
        + words(SECRET, at=(900, 900))  # outside the page
        + b"/OC /Layer BDC\n"
        + words(SECRET, at=(72, 300))
        + b"EMC\n"
    )
    more = [
        b"<</Type/Annot/Subtype/Text/Rect[500 780 520 800]/Contents("
        + secret
        + b")/T("
        + secret
        + b")/F 2>>",
        b"<</Type/OCG/Name(" + secret + b")>>",
        stream(
            b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + secret + b"</x:xmpmeta>", b"/Type/Metadata/Subtype/XML"
        ),
        b"<</Title("
        + secret
        + b")/Author("
        + secret
        + b")/Producer("
        + secret
        + b")/CreationDate(D:20240101)>>",
        stream(secret, b"/Type/EmbeddedFile"),
        b"<</Type/Filespec/F(" + secret + b".txt)/EF<</F 10 0 R>>>>",
        b"<</S/JavaScript/JS(app.alert\\('" + secret + b"'\\))>>",
    ]
    return with_objects(
        drawing,
        more,
        page_extra=b"/Annots[6 0 R]",
        catalog=b"/OCProperties<</OCGs[7 0 R]/D<</OFF[7 0 R]>>>>/Metadata 8 0 R/OpenAction 12 0 R"
        b"/Names<</EmbeddedFiles<</Names[(x)11 0 R]>>>>",
        resources=b"/Properties<</Layer 7 0 R>>",
        trailer=b"/Root 1 0 R/Info 9 0 R",
    )


def many_pages(count: int) -> bytes:
    """A file whose tree names one page again and again."""
    kids = b"3 0 R " * count
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
    )


def flate_bomb() -> bytes:
    """A picture of 4 gigabytes in four kilobytes a piece."""
    squeezed = zlib.compress(zlib.compress(b"\0" * 50_000_000, 9), 9)
    image = (
        b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB/BitsPerComponent 8"
        b"/Filter[/FlateDecode/FlateDecode]"
    )
    drawing = b"q 500 0 0 500 0 0 cm /I Do Q"
    return with_objects(drawing, [stream(squeezed, image)], resources=b"/XObject<</I 6 0 R>>")


def nested_forms(depth: int = 9, width: int = 10) -> bytes:
    """A page that draws a form that draws ten forms, each of which draws ten: a billion lines."""
    forms = []
    for level in range(depth):
        inner = 7 + level
        drawing = (b"/X Do " * width) if level < depth - 1 else b"0 0 m 500 500 l S "
        resources = b"/Resources<</XObject<</X %d 0 R>>>>" % inner
        forms.append(stream(drawing, b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]" + resources))
    return with_objects(b"/X Do", forms, resources=b"/XObject<</X 6 0 R>>")


def picture(kind: str, *, size: tuple[int, int] = (600, 800), secret: bool = True) -> bytes:
    """A scan with SECRET in its metadata."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).text((40, 40), SEEN, fill="black")
    target = io.BytesIO()
    if kind == "JPEG":
        exif = Image.Exif()
        exif[0x010F] = exif[0x9286] = SECRET
        exif[0x0112] = 6
        image.save(target, "JPEG", exif=exif.tobytes() if secret else b"", comment=SECRET.encode())
    else:
        from PIL.PngImagePlugin import PngInfo

        notes = PngInfo()
        notes.add_text("Author", SECRET)
        image.save(target, "PNG", pnginfo=notes)
    return target.getvalue()
