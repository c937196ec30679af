"""An invented WordPress site as its export would be, with the mess of a real one: for tests and `bench`.

Nobody in it exists: surnames are put together from syllables, towns and institutions are invented.
The same number of people and the same seed give the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from random import Random
from typing import Any, Final
from urllib.parse import quote

HOST: Final = "https://old-site.example"
_BEGINNINGS: Final = [
    "Гор",
    "Вет",
    "Заст",
    "Луг",
    "Бер",
    "Мох",
    "Сол",
    "Ряб",
    "Кед",
    "Тум",
    "Лад",
    "Вьюж",
    "Зар",
    "Полн",
    "Студ",
    "Камш",
]
_MIDDLES: Final = ["ин", "ав", "ел", "ош", "ыр", "ум", "ец", "ал", "ень", "ат"]
_MEN: Final = ["Иван", "Пётр", "Лев", "Тимур", "Егор", "Денис", "Артём", "Назар", "Фёдор", "Илья"]
_WOMEN: Final = ["Анна", "Ольга", "Вера", "Дарья", "Юлия", "Нина", "Софья", "Ирина", "Тамара", "Елена"]
_FATHERS: Final = (("Петрович", "Петровна"), ("Адамович", "Адамовна"), ("Ильич", "Ильинична"))
_TOWNS: Final = (
    ("Заречье", "Заречная область", "Заречной области"),
    ("Верхнереченск", "Верхнереченский край", "Верхнереченскому краю"),
)
_REGIONS: Final = (
    ("moskva", "Москва"),
    ("altai", "Республика Алтай"),
    ("primorye", "Приморский край"),
    ("zarechye", "Заречная обл."),
)
_MEASURES: Final = (
    ("sizo", "СИЗО"),
    ("koloniya", "Колония"),
    ("domashnij-arest", "Домашний арест"),
    ("na-svobode", "Освобождён"),
)
_ARTICLES: Final = (
    ("st-207-3", "ч. 2 ст. 207.3 УК РФ"),
    ("st-280-3", "ст. 280.3 УК РФ"),
    ("st-bez-kodeksa", "ст. 205.2"),
)
_THEMES: Final = (
    ("antivoennoe", "Антивоенное"),
    ("religiya", "Преследование за религию"),
    ("raznoe-1", "Разное"),
)
_WORK: Final = (("zhurnalist", "Журналист"), ("uchitel", "учитель"), ("pchelovod", "пчеловод"))
_CONTROL: Final = "\x0b"


@dataclass(frozen=True)
class Person:
    """One invented person, and the number of the post."""

    number: int
    surname: str
    given: str
    patronymic: str
    is_woman: bool
    born: int
    slug: str
    status: str
    terms: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    meta: dict[str, str] = field(default_factory=dict)
    content: str = ""
    title: str = ""
    has_english: bool = False

    @property
    def link(self) -> str:
        """The address on the old site, as WordPress writes it: Cyrillic per cent, in small letters."""
        return f"{HOST}/figurant/{quote(self.slug).lower()}/"


def people(count: int, seed: int = 1) -> Iterator[Person]:
    """Invented people, one after another."""
    for place in range(count):
        yield _person(place, count, Random(f"{seed}-{place}"))  # noqa: S311 - for the same bytes again


def _person(place: int, count: int, random: Random) -> Person:
    is_woman = random.random() < 0.3
    stem = _BEGINNINGS[place % len(_BEGINNINGS)].lower() + _MIDDLES[place // len(_BEGINNINGS) % len(_MIDDLES)]
    surname = (stem + "цев" + "ски" * (place // 160 % 2) + "ер" * (place // 320)).capitalize()
    surname += "ова" if is_woman else "ов"
    given = random.choice(_WOMEN if is_woman else _MEN)
    patronymic = random.choice(_FATHERS)[is_woman]
    number, born = 1000 + place * 3, 1950 + random.randrange(50)
    slug = f"{surname}-{given}".lower() if place % 4 == 0 else f"figurant-{number}"
    status = {7: "draft", 11: "private", 13: "trash", 17: "pending"}.get(place % 97, "publish")
    known = Person(number, surname, given, patronymic, is_woman, born, slug, status)
    other = 1000 + random.randrange(count) * 3
    return Person(
        **{
            **known.__dict__,
            "terms": _terms(place, random),
            "meta": _meta(known, place, random),
            "content": _content(known, place, other),
            "title": _title(known, place),
            "has_english": place % 5 == 0,
        }
    )


def _title(one: Person, place: int) -> str:
    whole = f"{one.surname} {one.given} {one.patronymic}"
    return (
        whole,
        f"{one.surname.upper()}&nbsp;{one.given}  {one.patronymic}",
        f"{whole}, {one.born} г. р.",
        f"{whole} ({one.given}ка)",
        f"{one.surname} {one.given}\u200b",
    )[place % 5]


def _terms(place: int, random: Random) -> dict[str, tuple[tuple[str, str], ...]]:
    found = {
        "region": (_REGIONS[place % len(_REGIONS)],),
        "mera": (_MEASURES[place % len(_MEASURES)],),
        "statya": tuple(random.sample(_ARTICLES, 1 + place % 2)),
        "tema": tuple(random.sample(_THEMES, 1 + place % 3)),
    }
    return found | ({"professiya": (_WORK[place % len(_WORK)],)} if place % 2 else {})


def _meta(one: Person, place: int, random: Random) -> dict[str, str]:
    found = {
        "_edit_last": "1",
        "_birth": "field_5f3a",
        "birth": f"{random.randrange(1, 29):02}.{random.randrange(1, 13):02}.{one.born}",
        "arrested": f"{random.randrange(1, 29):02}.{random.randrange(1, 13):02}.{2019 + place % 5}",
        "letters": letter(one, place),
        "nomer_dela": f"1-{place}/2023",
    }
    if place % 3:
        found["_thumbnail_id"] = str(picture_number(place))
    if place % 23 == 0:
        found["_wp_old_slug"] = f"staryj-{one.number}"
    return found


def letter(one: Person, place: int) -> str:
    """An address for letters in one of the ways in which editors wrote them."""
    number = 1 + place % 4
    town, region, of_region = _TOWNS[place % 2]
    ending = ("ой", "е") if one.is_woman else ("у", "у")
    dative = f"{one.surname.removesuffix('а')}{ending[0]} {_dative(one)} {one.born} г. р."
    index = f"4430{number}{place % 2}"
    whole = f"{index}, г. {town}, ул. Садовая, д. {number}, ФКУ СИЗО-{number} УФСИН России по {of_region}, {dative}"
    return (
        f"Письма: {whole}",
        f"<p>Адрес для писем:</p>\n<p>{region}, {index}, {town}<br />СИЗО № {number}, {dative}</p>",
        "Адрес уточняется.",
        "На этапе, адрес уточняется",
        f"Через «ФСИН-письмо»: {whole}",
        "Домашний арест, ул. Тихая, д. 3, кв. 8",
        f"ИК-{number}",
        "",
    )[place % 8]


def _dative(one: Person) -> str:
    given = one.given
    if one.is_woman:
        given = given[:-1] + "е" if not given.endswith("ия") else given[:-1] + "и"
    else:
        given = {"Пётр": "Петру", "Лев": "Льву", "Илья": "Илье"}.get(given, given + "у")
    patronymic = one.patronymic[:-1] + "е" if one.is_woman else one.patronymic + "у"
    return f"{given} {patronymic}"


def picture_number(place: int) -> int:
    """The attachment of a person; pictures are shared, so that a folder of them stays small."""
    return 900_000 + place % 40


def _content(one: Person, place: int, other: int) -> str:
    """A story in one of the ways in which it came into the editor."""
    name = f"{one.given} {one.surname}"
    ways = (_of_gutenberg, _of_word, _of_classic, _of_google_docs)
    text = ways[place % len(ways)](name, one, other)
    return text + ("<p>Абзац с управляющим" + _CONTROL + " знаком.</p>" if place % 41 == 0 else "")


def _of_gutenberg(name: str, one: Person, other: int) -> str:
    return (
        f"<!-- wp:paragraph -->\n<p>{name}, инженер из города Заречье. Задержание прошло дома.</p>\n"
        '<!-- /wp:paragraph -->\n\n<!-- wp:heading {"level":2} -->\n<h2>Почему мы считаем дело политическим</h2>\n'
        f"<!-- /wp:heading -->\n\n<!-- wp:paragraph -->\n<p>Речь шла <strong>только</strong> о мире. См. дело "
        f'<a href="{HOST}/?p={other}&amp;utm_source=tg">соседа</a> и <a href="/figurant/nobody/">ещё</a>.</p>\n'
        '<!-- /wp:paragraph -->\n\n<!-- wp:image {"id":5} -->\n<figure class="wp-block-image">'
        f'<img src="{HOST}/wp-content/uploads/2021/05/skhema-300x200.jpg" alt=""/><figcaption>Схема</figcaption>'
        "</figure>\n<!-- /wp:image -->\n<!-- wp:list -->\n<ul><li>раз</li><li>два</li></ul>\n<!-- /wp:list -->"
    )


def _of_word(name: str, one: Person, other: int) -> str:
    return (
        '<p class="MsoNormal" style="text-align: justify;"><span style="font-size: 12.0pt; font-family: \'Times New '
        f"Roman';\">{name}&nbsp;&nbsp; — год рождения:&nbsp;{one.born}.<o:p></o:p></span></p>\n"
        '<p class="MsoNormal"><o:p>&nbsp;</o:p></p><p>&nbsp;</p>\n<p class="MsoNormal"><b><span>Почему мы считаем '
        'дело политическим<o:p></o:p></span></b></p>\n<p><font color="red">Суд не увидел доказательств.</font> '
        '<img src="https://counter.example/pixel.gif" width="1" height="1"></p>\n'
        "<table><tr><td>2021</td><td>задержан</td></tr><tr><td>2022</td><td>осуждён</td></tr></table>"
    )


def _of_classic(name: str, one: Person, other: int) -> str:
    return (
        f"{name}: плакат на площади.\nЗадержание через час.\n\n"
        f'[caption id="attachment_{one.number}" align="alignleft" width="300"]<img src="{HOST}/wp-content/uploads/'
        f'2021/05/zal-300x200.jpg" /> Зал суда[/caption]\n\n[gallery ids="11,12,13"]\n\n'
        "<h2>Почему мы считаем дело политическим</h2>\nСуд [sic] не слышал защиту. "
        '<a href="javascript:alert(1)">Подробнее</a>, <a href="https://t.example/a?fbclid=1&id=2">пост</a>.\n\n'
        "[embed]https://video.example/watch?v=1[/embed]"
    )


def _of_google_docs(name: str, one: Person, other: int) -> str:
    return (
        '<b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr" style="line-height:1.38;">'
        f'<span style="font-weight:700;">{name}</span><span style="font-weight:400;"> — уроки музыки для детей.</span></p>'
        f'<br /><p dir="ltr"><span>Соседнее дело: </span><a href="{HOST}/figurant/figurant-{other}/"><span>здесь</span>'
        "</a>.</p></b>\n<h3>Почему мы считаем дело политическим</h3>\n<div><div>Никого не били.</div></div>"
        '<script>track()</script><iframe src="https://player.example/1"></iframe>'
    )


# --- WXR ----------------------------------------------------------------------------------------


def write_wxr(path: Path, count: int, seed: int = 1) -> None:
    """The export as one WXR file; a control character in it is what editors paste from Word."""
    with path.open("w", encoding="utf-8") as file:
        file.write(_HEAD)
        for taxonomy, words in _vocabularies().items():
            for number, (slug, name) in enumerate(words, 1):
                file.write(
                    f"<wp:term><wp:term_id>{number}</wp:term_id><wp:term_taxonomy>{taxonomy}</wp:term_taxonomy>"
                    f"<wp:term_slug>{slug}</wp:term_slug><wp:term_name>{_cdata(name)}</wp:term_name></wp:term>\n"
                )
        for one in people(count, seed):
            file.write(_item(one))
            if one.has_english:
                file.write(_english_item(one))
        for place in range(40):
            file.write(_attachment(picture_number(place)))
        file.write(_REST)


def _vocabularies() -> dict[str, tuple[tuple[str, str], ...]]:
    return {"region": _REGIONS, "mera": _MEASURES, "statya": _ARTICLES, "tema": _THEMES, "professiya": _WORK}


def _cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def _item(one: Person) -> str:
    words = "".join(
        f'<category domain="{taxonomy}" nicename="{slug}">{_cdata(name)}</category>\n'
        for taxonomy, terms in one.terms.items()
        for slug, name in terms
    )
    if one.has_english:
        words += (
            f'<category domain="post_translations" nicename="pll_{one.number}">{_cdata("x")}</category>\n'
        )
    words += '<category domain="language" nicename="ru"><![CDATA[Русский]]></category>\n'
    link = one.link if one.status == "publish" else f"{HOST}/?post_type=figurant&#038;p={one.number}"
    return _post_xml(one.number, one.title, link, one.slug, one.status, one.content, words, one.meta)


def _english_item(one: Person) -> str:
    words = (
        f'<category domain="post_translations" nicename="pll_{one.number}">{_cdata("x")}</category>\n'
        '<category domain="language" nicename="en"><![CDATA[English]]></category>\n'
    )
    slug = f"person-{one.number}"
    text = f"<p>Person {one.number} was detained at home.</p>"
    title = f"Person{one.number} Ivanoff"
    return _post_xml(one.number + 1, title, f"{HOST}/en/figurant/{slug}/", slug, one.status, text, words, {})


def _post_xml(  # noqa: PLR0917 - in the order of the export
    number: int, title: str, link: str, slug: str, status: str, content: str, words: str, meta: dict[str, str]
) -> str:
    fields = "".join(
        f"<wp:postmeta><wp:meta_key>{_cdata(key)}</wp:meta_key><wp:meta_value>{_cdata(value)}</wp:meta_value>"
        "</wp:postmeta>\n"
        for key, value in meta.items()
    )
    return (
        f"<item><title>{_cdata(title)}</title><link>{link}</link><content:encoded>{_cdata(content)}</content:encoded>"
        f"<excerpt:encoded><![CDATA[]]></excerpt:encoded><wp:post_id>{number}</wp:post_id>"
        f"<wp:post_name>{_cdata(quote(slug).lower())}</wp:post_name><wp:status>{status}</wp:status>"
        f"<wp:post_parent>0</wp:post_parent><wp:post_type>figurant</wp:post_type><wp:post_password/>\n{words}{fields}"
        "</item>\n"
    )


def _attachment(number: int) -> str:
    url = f"{HOST}/wp-content/uploads/2021/05/foto-{number}.jpg"
    return (
        f"<item><title>foto-{number}</title><wp:post_id>{number}</wp:post_id><wp:post_type>attachment</wp:post_type>"
        f"<wp:status>inherit</wp:status><wp:attachment_url>{url}</wp:attachment_url></item>\n"
    )


_HEAD: Final = (
    '<?xml version="1.0" encoding="UTF-8" ?>\n<!-- generator="WordPress/6.5" -->\n'
    '<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:wp="http://wordpress.org/export/1.2/">\n<channel><title>Старый сайт</title>\n'
    f"<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>{HOST}</wp:base_site_url>"
    f"<wp:base_blog_url>{HOST}</wp:base_blog_url>\n<wp:author><wp:author_login>editor</wp:author_login></wp:author>\n"
)
_REST: Final = (
    "<item><title>О нас</title><wp:post_id>5</wp:post_id><wp:post_type>page</wp:post_type>"
    "<wp:status>publish</wp:status></item>\n<item><title>r</title><wp:post_id>6</wp:post_id>"
    "<wp:post_type>revision</wp:post_type><wp:status>inherit</wp:status></item>\n</channel></rss>\n"
)


# --- REST ---------------------------------------------------------------------------------------


def write_rest(folder: Path, count: int, seed: int = 1) -> None:
    """The same site as the answers of its REST interface, pages of a hundred."""
    folder.mkdir(parents=True, exist_ok=True)
    numbers: dict[tuple[str, str], int] = {}
    terms: list[dict[str, Any]] = []
    for taxonomy, words in _vocabularies().items():
        for slug, name in words:
            numbers[taxonomy, slug] = len(terms) + 1
            link = f"{HOST}/{taxonomy}/{slug}/"
            terms.append(
                {"id": len(terms) + 1, "taxonomy": taxonomy, "slug": slug, "name": escape(name), "link": link}
            )
    _json(folder / "terms.json", terms)
    media = [
        {
            "id": number,
            "type": "attachment",
            "source_url": f"{HOST}/wp-content/uploads/2021/05/foto-{number}.jpg",
        }
        for number in range(900_000, 900_040)
    ]
    _json(folder / "media.json", media)
    rows: list[dict[str, Any]] = [_rest(one, numbers) for one in people(count, seed) if one.status != "trash"]
    for start in range(0, len(rows), 100):
        _json(folder / f"people-{start // 100 + 1}.json", rows[start : start + 100])


def _rest(one: Person, numbers: dict[tuple[str, str], int]) -> dict[str, Any]:
    terms = {tax: [numbers[tax, slug] for slug, _name in words] for tax, words in one.terms.items()}
    return {
        "id": one.number,
        "type": "figurant",
        "status": one.status,
        "slug": one.slug,
        "link": one.link,
        "title": {"rendered": one.title},
        "content": {"rendered": one.content.replace(_CONTROL, ""), "protected": False},
        "excerpt": {"rendered": ""},
        "featured_media": int(one.meta.get("_thumbnail_id", 0)),
        "acf": {key: value for key, value in one.meta.items() if not key.startswith("_")},
        **terms,
    }


def _json(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
