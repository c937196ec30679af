"""The fonts of the site have the letters of the names it shows, and each file exactly those it is loaded for."""

import re
import string
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from memorial.demo import reading

STATIC = Path(__file__).resolve().parent.parent.parent / "static"
FONTS = STATIC / "fonts"

ALPHABETS = {
    "Russian": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "Ukrainian": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя’ʼ",
    "Belarusian": "абвгдеёжзійклмнопрстуўфхцчшыьэюя’ʼ",
    "Tatar": "аәбвгдеёжҗзийклмнңоөпрстуүфхһцчшщъыьэюя",
    "Bashkir": "абвгғдҙеёжзийкҡлмнңоөпрсҫтуүфхһцчшщъыьэәюя",
    "Kazakh": "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя",
    "Chuvash": "аӑбвгдеёӗжзийклмнопрсҫтуӳфхцчшщъыьэюя",
    "Tajik": "абвгғдеёжзиӣйкқлмнопрстуӯфхҳчҷшъэюя",
    "Crimean Tatar": "aâbcçdefgğhıijklmnñoöpqrsştuüvyz",
    "Azerbaijani": "abcçdeəfgğhxıijkqlmnoöprsştuüvyz",
    "Turkish": "abcçdefgğhıijklmnoöprsştuüvyzâîû",
    "Mari": "ӓӧӱӹ",
    "Udmurt": "ӝӟӥӧӵ",
    "Khakas": "ғіңӧӱҷ",
    "Ossetian": "ӕ",
    "North Caucasus": "ӏ",
    "Stressed": "а́е́и́о́у́ы́э́ю́я́",
    "Digits and signs": string.digits + string.punctuation + "«»„“”‘’–—… §№€₽₴₸",
}
TURKIC_LATIN = {"Crimean Tatar", "Azerbaijani", "Turkish"}
# What no font of the design has; a reader's own font draws it. ҥ is Sakha, Altai and Mari, ҕ Sakha, ӈ Khanty.
LACKING = {
    "PM Text": set("ӇӈҔҕҤҥ"),
    "PM Display": set("ӇӈҔҕҤҥ"),
    "PM Sans": set("Ӈӈ"),
}
LARGEST_EXTENSION = 16 * 1024


@dataclass(frozen=True)
class Face:
    """One @font-face of the stylesheet."""

    family: str
    style: str
    file: str
    range: frozenset


def faces():
    rules = re.findall(r"@font-face\{([^}]*)\}", (STATIC / "css" / "site.css").read_text())
    return [face(rule) for rule in rules]


def face(rule):
    style = re.search(r"font-style:(\w+)", rule)
    return Face(
        re.search(r'font-family:"([^"]+)"', rule)[1],
        style[1] if style else "normal",
        re.search(r"fonts/([\w.-]+)\)", rule)[1],
        frozenset(
            code for part in re.search(r"unicode-range:([^;]+)", rule)[1].split(",") for code in codes(part)
        ),
    )


def codes(part):
    first, _, last = part.strip().removeprefix("U+").partition("-")
    return range(int(first, 16), int(last or first, 16) + 1)


@cache
def letters_in(file):
    return frozenset(TTFont(FONTS / file).getBestCmap())


def drawn(family, style):
    """Every character that a browser gets from this family: in the range of a face, and in its file."""
    found = set()
    for one in FACES:
        if (one.family, one.style) == (family, style):
            found |= {chr(code) for code in one.range & letters_in(one.file)}
    return found


def names():
    """Every name, name variant and part of a name in the invented data."""
    for person in reading.people():
        for key, value in strings(person):
            if re.search(r"surname|given_names|patronymic|name_for_envelope|variants\.text", key):
                yield value


def strings(value, key=""):
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict):
        for inner, child in value.items():
            yield from strings(child, f"{key}.{inner}")
    elif isinstance(value, list):
        for child in value:
            yield from strings(child, key)


def with_capitals(language):
    small = ALPHABETS[language]
    capital = small.replace("i", "İ").replace("ı", "I") if language in TURKIC_LATIN else small
    return set(unicodedata.normalize("NFC", small + capital.upper()))


FACES = faces()
STYLES = sorted({(one.family, one.style) for one in FACES if one.family in LACKING})


def test_there_are_three_families_and_one_italic():
    assert STYLES == [
        ("PM Display", "normal"),
        ("PM Sans", "normal"),
        ("PM Text", "italic"),
        ("PM Text", "normal"),
    ]


@pytest.mark.parametrize(("family", "style"), STYLES)
def test_every_letter_of_every_invented_name_is_there(family, style):
    used = set(unicodedata.normalize("NFC", "".join(names())))
    assert {"ұ", "ı", "ә", "ҙ", "Є"} <= used, "the names are not read"
    assert used - drawn(family, style) == set()


def test_the_text_of_the_invented_data_is_there():
    rows = [*reading.people(), *(reading.read(name) for name in ("places", "sources", "statements"))]
    used = {letter for row in rows for _key, text in strings(row) for letter in text}
    assert len(used) > 120
    assert used - drawn("PM Text", "normal") == set()


@pytest.mark.parametrize("language", ALPHABETS)
@pytest.mark.parametrize(("family", "style"), STYLES)
def test_every_letter_of_the_alphabets_is_there(family, style, language):
    assert with_capitals(language) - drawn(family, style) == set()


@pytest.mark.parametrize(("family", "style"), STYLES)
def test_what_is_lacking_is_claimed_by_no_face(family, style):
    """Else a file would be fetched for a letter that it does not have."""
    claimed = {
        chr(code) for one in FACES if one.family == family and one.style == style for code in one.range
    }
    assert claimed & LACKING[family] == set()


def test_ranges_of_a_family_do_not_overlap():
    claims = Counter((one.family, one.style, code) for one in FACES for code in one.range)
    assert [claim for claim, times in claims.items() if times > 1] == []


@pytest.mark.parametrize("file", sorted({one.file for one in FACES}))
def test_a_file_has_exactly_the_letters_that_it_is_loaded_for(file):
    claimed = frozenset().union(*(one.range for one in FACES if one.file == file))
    assert claimed == letters_in(file)


def test_no_file_is_without_a_face():
    assert {path.name for path in FONTS.glob("*.woff2")} == {one.file for one in FACES}


@pytest.mark.parametrize("path", sorted(FONTS.glob("*-ext.woff2")), ids=lambda path: path.stem)
def test_rare_letters_are_light_to_load(path):
    assert path.stat().st_size <= LARGEST_EXTENSION


@pytest.mark.parametrize("path", sorted(FONTS.glob("*.woff2")), ids=lambda path: path.stem)
def test_a_changed_font_does_not_bear_a_reserved_name(path):
    """Condition 3 of the SIL Open Font License; the notice of copyright stays."""
    names = TTFont(path)["name"]
    assert names.getDebugName(1).startswith("PM ")
    assert re.search(r"Adobe|IBM", names.getDebugName(0))
    assert not any(re.search(r"Source|Plex", str(record)) for record in names.names if record.nameID != 0)
