"""Cuts static/fonts/*.woff2 out of the full fonts, by the unicode-ranges of static/css/site.css.

The stylesheet is where one says which letters a file has: change a range there, then run
`.venv/bin/python deploy/dev/cut_fonts.py`. It fetches the two packages below from the package
index that pip is set to use, checks their hashes, and writes all twenty files.
"""

from __future__ import annotations

import io
import re
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.TupleVariation import TupleVariation
from fontTools.varLib.hvar import add_HVAR
from fontTools.varLib.instancer import instantiateVariableFont

ROOT: Final = Path(__file__).resolve().parent.parent.parent
FONTS: Final = ROOT / "static" / "fonts"
STYLESHEET: Final = ROOT / "static" / "css" / "site.css"

PACKAGES: Final = """\
fontpkg-source-serif-4==4.4 --hash=sha256:6c33ac5d27b0396b0ed228e400d9c7ee4445c359ce21b3d8d9b9723e8c5c49a7
fontpkg-ibm-plex-sans==3.201 --hash=sha256:f29ba7da5a7f6d561562d52712265a7adf39d6df86cbe402333afa59580683bc
"""
FEATURES: Final = ("ccmp", "kern", "liga", "locl", "mark", "mkmk", "pnum", "tnum")

_FACE: Final = re.compile(r"@font-face\{[^}]*?fonts/([\w-]+)\.woff2\)[^}]*?unicode-range:([^;}]+)")
_DIAERESIS: Final = 0x308
_LETTER_WITH_CAPITAL_DIAERESIS: Final = "Ӧ"
_USE_MY_METRICS: Final = 0x200
_KERNING_BY_CLASSES: Final = (2, 2)
_COPYRIGHT, _FAMILY_NAME, _STYLE, _LICENCE = 0, 1, 2, 14

# Letters of Mari, Udmurt, Altai and Khakas that Source Serif lacks. It draws ӧ as о with its own
# diaeresis at its own anchor; these are put together in the same way.
COMPOSED: Final = dict(zip("ӒӓӜӝӞӟӤӥӰӱӴӵӸӹ", "АаЖжЗзИиУуЧчЫы", strict=True))


@dataclass(frozen=True)
class Family:
    """One design: its name, the file it is cut from, and where on the axes of that file it stands.

    An axis with two values stays variable between them. The name is that of the stylesheet: «Source»
    and «Plex» are reserved by their licences for the whole, unchanged fonts.
    """

    name: str
    source: str
    axes: dict[str, float | tuple[float, float]]
    composes: bool = True


FAMILIES: Final = {
    "text": Family("PM Text", "SourceSerif4[opsz,wght].ttf", {"opsz": 17, "wght": (400, 600)}),
    "italic": Family("PM Text", "SourceSerif4-Italic[opsz,wght].ttf", {"opsz": 17, "wght": 400}),
    "display": Family("PM Display", "SourceSerif4[opsz,wght].ttf", {"opsz": 44, "wght": 430}),
    "sans": Family(
        "PM Sans", "IBMPlexSans[wdth,wght].ttf", {"wdth": 100, "wght": (400, 600)}, composes=False
    ),
}


def main() -> int:
    """Fetch, cut, write, and say how large each file is."""
    with tempfile.TemporaryDirectory() as folder:
        sources = _fetched(Path(folder))
    cuts = ranges(STYLESHEET.read_text(encoding="utf-8"))
    for name, family in FAMILIES.items():
        whole = instance(sources[family.source], family)
        for cut, letters in cuts.items():
            if cut.startswith(f"{name}-"):
                size = _write(whole, letters, FONTS / f"{cut}.woff2")
                print(f"{cut}: {len(letters)} letters, {size} bytes")
    return 0


def ranges(stylesheet: str) -> dict[str, set[int]]:
    """Each file that an @font-face names (without its ending) and the code points it is for.

    Several faces may share a file: it has the letters of all.
    """
    found: dict[str, set[int]] = {}
    for cut, written in _FACE.findall(stylesheet):
        for part in written.split(","):
            first, _, last = part.strip().removeprefix("U+").partition("-")
            found.setdefault(cut, set()).update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def instance(source: bytes, family: Family) -> bytes:
    """The font at one place of its axes, with every letter, the composed ones too."""
    font = _at(source, family.axes)
    if family.composes:
        heaviest = {tag: at[-1] if isinstance(at, tuple) else at for tag, at in family.axes.items()}
        _compose(font, _at(source, heaviest))
    if "fvar" in font:
        font["fvar"].instances = []  # named weights, under the reserved name
    font["name"].setName(family.name, _FAMILY_NAME, 3, 1, 0x409)
    return _bytes(font)


def _fetched(folder: Path) -> dict[str, bytes]:
    wanted = folder / "requirements.txt"
    wanted.write_text(PACKAGES, encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    subprocess.run([*pip, "--dest", str(folder), "--requirement", str(wanted)], check=True)
    found: dict[str, bytes] = {}
    for wheel in folder.glob("*.whl"):
        with zipfile.ZipFile(wheel) as files:
            names = [name for name in files.namelist() if name.endswith(".ttf")]
            found |= {Path(name).name: files.read(name) for name in names}
    return found


def _at(source: bytes, axes: dict[str, Any]) -> TTFont:
    return instantiateVariableFont(_opened(source), axes)


def _compose(font: TTFont, heaviest: TTFont) -> None:
    """Add the composed letters; where the weight varies, the diaeresis moves with it as the anchors do."""
    letters = font.getBestCmap()
    new = {}
    for letter, base_letter in COMPOSED.items():
        base, mark = letters[ord(base_letter)], _diaeresis(font, capital=letter.isupper())
        (x, y), (end_x, end_y) = _offset(font, base, mark), _offset(heaviest, base, mark)
        name = f"uni{ord(letter):04X}"
        _add_glyph(font, name, [(base, 0, 0), (mark, x, y)])
        if "gvar" in font:
            wider = heaviest["hmtx"][base][0] - font["hmtx"][base][0]
            moves = [(0, 0), (end_x - x, end_y - y), (0, 0), (wider, 0), (0, 0), (0, 0)]
            font["gvar"].variations[name] = [TupleVariation({"wght": (0, 1, 1)}, moves)]
        new[ord(letter)] = name
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap.update(new)
    if "HVAR" in font:
        add_HVAR(font)


def _add_glyph(font: TTFont, name: str, parts: list[tuple[str, int, int]]) -> None:
    pen = TTGlyphPen(font.getGlyphSet())
    for part, x, y in parts:
        pen.addComponent(part, (1, 0, 0, 1, x, y))
    glyph = pen.glyph()
    glyph.components[0].flags |= _USE_MY_METRICS
    font["glyf"][name] = glyph
    font.setGlyphOrder(font["glyf"].glyphOrder)
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][name] = (font["hmtx"][parts[0][0]][0], glyph.xMin)


def _diaeresis(font: TTFont, *, capital: bool) -> str:
    """The sign above a small letter; capitals have a flatter one, known only from a letter that has it."""
    letters = font.getBestCmap()
    if not capital:
        return letters[_DIAERESIS]
    glyph = font["glyf"][letters[ord(_LETTER_WITH_CAPITAL_DIAERESIS)]]
    while len(glyph.components) == 1:
        glyph = font["glyf"][glyph.components[0].glyphName]
    return glyph.components[-1].glyphName


def _offset(font: TTFont, base: str, mark: str) -> tuple[int, int]:
    """How far the font itself would move the sign to stand on the letter."""
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in (getattr(sub, "ExtSubTable", sub) for sub in lookup.SubTable):
            if table.LookupType != 4 or base not in table.BaseCoverage.glyphs:
                continue
            if mark in table.MarkCoverage.glyphs:
                sign = table.MarkArray.MarkRecord[table.MarkCoverage.glyphs.index(mark)]
                record = table.BaseArray.BaseRecord[table.BaseCoverage.glyphs.index(base)]
                on, of = record.BaseAnchor[sign.Class], sign.MarkAnchor
                return on.XCoordinate - of.XCoordinate, on.YCoordinate - of.YCoordinate
    raise LookupError(f"{mark} has no place on {base}")


def _write(whole: bytes, letters: set[int], path: Path) -> int:
    font = _opened(whole)
    options = Options(
        layout_features=list(FEATURES),
        hinting=False,
        notdef_outline=True,  # drawn_text.py knows by it what a file lacks
        name_IDs=[_COPYRIGHT, _FAMILY_NAME, _STYLE, _LICENCE],
        drop_tables=[*Options().drop_tables, "STAT"],  # for the menus of word processors
    )
    cutter = Subsetter(options)
    cutter.populate(unicodes=letters)
    cutter.subset(font)
    for lookup in font["GPOS"].table.LookupList.Lookup:
        _join_tables(lookup, font)
    lacking = letters - set(font.getBestCmap())
    if lacking:
        raise LookupError(
            f"{path.name}: the source lacks {' '.join(f'U+{code:04X}' for code in sorted(lacking))}"
        )
    font.flavor = "woff2"
    font.save(path)
    return path.stat().st_size


def _join_tables(lookup: Any, font: TTFont) -> None:
    """The full fonts split their kerning to pack it; what is left of it packs better in one piece."""
    joined: list[Any] = []
    for table in [getattr(table, "ExtSubTable", table) for table in lookup.SubTable]:
        if joined and _joinable(joined[-1], table):
            _join(joined[-1], table, font)
        else:
            joined.append(table)
    lookup.SubTable, lookup.SubTableCount = joined, len(joined)
    lookup.LookupType = joined[0].LookupType


def _joinable(first: Any, second: Any) -> bool:
    """Whether both kern by classes, the same ones on the right, and different letters on the left."""
    return (
        (first.LookupType, first.Format) == (second.LookupType, second.Format) == _KERNING_BY_CLASSES
        and first.ClassDef2.classDefs == second.ClassDef2.classDefs
        and (first.ValueFormat1, first.ValueFormat2) == (second.ValueFormat1, second.ValueFormat2)
        and not set(first.Coverage.glyphs) & set(second.Coverage.glyphs)
    )


def _join(first: Any, second: Any, font: TTFont) -> None:
    classes = second.ClassDef1.classDefs
    shift = first.Class1Count
    first.ClassDef1.classDefs |= {glyph: shift + classes.get(glyph, 0) for glyph in second.Coverage.glyphs}
    first.Coverage.glyphs = sorted(first.Coverage.glyphs + second.Coverage.glyphs, key=font.getGlyphID)
    first.Class1Record += second.Class1Record
    first.Class1Count = len(first.Class1Record)


def _opened(content: bytes) -> TTFont:
    """A font that, saved unchanged, has the same bytes on every day."""
    return TTFont(io.BytesIO(content), recalcTimestamp=False)


def _bytes(font: TTFont) -> bytes:
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


if __name__ == "__main__":
    raise SystemExit(main())
