"""HTML of editors becomes tidy, and no word is lost."""

import re
from html import escape

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from memorial.base.rich_text import clean_html, plain_text
from prisoners.importers.wordpress.old_links import OldSite, old_path
from prisoners.importers.wordpress.shortcodes import without_shortcodes
from prisoners.importers.wordpress.tidy import tidy

SITE = OldSite(
    frozenset({"old-site.example"}),
    {"figurant/one/": "prisoners/one/", "figurant/hidden/": "", "?p=7": "prisoners/one/"}.get,
)


def tidied(markup, **options):
    return tidy(markup, links=SITE.rule("ru"), is_own=SITE.is_own, **options)


def html(markup):
    return tidied(markup).html


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("Первая строка\nвторая\n\nАбзац", "<p>Первая строка<br>вторая</p><p>Абзац</p>"),
        ('<p class="MsoNormal"><span style="x">Он<o:p></o:p></span></p><p>&nbsp;</p>', "<p>Он</p>"),
        ("<p>а&nbsp;&nbsp; б&nbsp;в</p>", "<p>а б&nbsp;в</p>"),
        ("<h1>А</h1><h2>Б</h2><h5>В</h5><p>г</p>", "<h3>А</h3><h3>Б</h3><h4>В</h4><p>г</p>"),
        ('<b style="font-weight:normal"><p>Текст</p></b>', "<p>Текст</p>"),
        ('<span style="font-weight:700">Имя</span> дело', "<p><strong>Имя</strong> дело</p>"),
        ("<ul><li>раз<ul><li>два</li></ul></li><li>три</li></ul>", "<ul><li>раз<ul><li>два</li></ul></li><li>три</li></ul>"),
        ("<!-- wp:paragraph {\"a\":1} -->\n<p>Да</p>\n<!-- /wp:paragraph -->", "<p>Да</p>"),
        ("<table><tr><td>2021</td><td>суд</td></tr><tr><td>2022</td></tr></table>", "<p>2021 — суд</p><p>2022</p>"),
        ("<font color=red>Да</font><script>x()</script><style>p{}</style>", "<p>Да</p>"),
        ("<p>раз<br><br>два<br></p>", "<p>раз</p><p>два</p>"),
        ("<blockquote><p>Слово</p></blockquote>", "<blockquote><p>Слово</p></blockquote>"),
        ("<em></em><strong> </strong><p></p>", ""),
    ],
)  # fmt: skip
def test_what_editors_paste_is_tidied(given, wanted):
    assert html(given) == wanted


@pytest.mark.parametrize(
    ("href", "wanted"),
    [
        ("https://other.example/a?utm_source=x&id=1&fbclid=2", "https://other.example/a?id=1"),
        ("https://old-site.example/figurant/one/", "/ru/prisoners/one/"),
        ("http://www.old-site.example/?p=7&utm_source=tg", "/ru/prisoners/one/"),
        ("/figurant/ONE", "/ru/prisoners/one/"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fother.example%2Fb", "https://other.example/b"),
        ("mailto:a@other.example", "mailto:a@other.example"),
        ("/figurant/hidden/", None),
        ("/about/", None),
        ("#note", None),
        ("javascript:alert(1)", None),
        ("java\tscript:alert(1)", None),
        ("data:text/html,x", None),
        ("https://[broken", None),
    ],
)
def test_links_lead_where_they_should(href, wanted):
    found = html(f'<p>см. <a href="{escape(href)}">дело</a></p>')
    link = BeautifulSoup(found, "html.parser").a
    assert (link["href"] if link else None) == wanted
    assert plain_text(found) == "см. дело"


def test_what_cannot_be_shown_is_listed():
    found = tidied(
        '<p>а<img src="https://counter.example/p.gif"><img src="/wp-content/uploads/x-300x200.jpg"></p>'
        '<iframe src="https://player.example/1"></iframe><a href="javascript:x()">б</a><a href="/about/">в</a>'
    )
    assert found.own_images == ["/wp-content/uploads/x-300x200.jpg"]
    assert found.html == "<p>а</p><p>бв</p>"
    listed = " | ".join(found.dropped)
    for what in ("counter.example", "player.example", "javascript:x()", "/about/"):
        assert what in listed


@pytest.mark.parametrize(
    ("given", "wanted", "listed"),
    [
        ("Он [sic] сказал […] [1]", "Он [sic] сказал […] [1]", 0),
        ('[caption id="a"]<img src="/x.jpg"> Суд[/caption]', "Суд", 0),
        ('а [gallery ids="1,2"] б', "а\nб", 1),
        ("[vc_row][vc_column width='1/2']Текст[/vc_column][/vc_row]", "Текст", 2),
        ('[unknown x="1"]Текст[/unknown]', "Текст", 1),
        ("[note]Текст[/note]", "Текст", 1),
        ("[embed]https://video.example/1[/embed]", "https://video.example/1", 0),
    ],
)
def test_shortcodes_go_and_brackets_stay(given, wanted, listed):
    found = tidied(given)
    assert plain_text(found.html) == wanted
    assert len(found.dropped) == listed


def test_a_shortcode_goes_with_its_words_where_the_mapping_says_so():
    text, listed = without_shortcodes('а [form id="1"]Имя[/form] б', ["form"])
    assert "Имя" not in text
    assert listed == ["[form]"]


def test_a_bare_address_in_a_paragraph_is_a_link():
    assert 'href="https://video.example/1"' in html("<p>https://video.example/1</p>")


@pytest.mark.parametrize("depth", [20_000])
def test_depth_is_no_danger(depth):
    assert plain_text(html("<span><b>" * depth + "слово" + "</b></span>" * depth)) == "слово"
    assert plain_text(html("<ul><li>" * 300 + "слово")) == "слово"


# --- Properties ---------------------------------------------------------------------------------

WORDS = st.text(st.sampled_from("абвгджз &<>\u00a0\u200b\"'.,—12"), min_size=1, max_size=12)
TAGS = st.sampled_from(
    "p div span b strong i em ul ol li h1 h2 h4 blockquote table tr td a font pre figure".split()  # noqa: SIM905
)


def joined(children):
    return st.builds(
        lambda tag, inner: f"<{tag}>{''.join(inner)}</{tag}>", TAGS, st.lists(children, max_size=4)
    )


TREES = st.recursive(st.one_of(WORDS.map(escape), st.just("<br>"), st.just("\n\n")), joined, max_leaves=25)


def visible(markup):
    """Visible letters in their order, by another parser; spaces and invisible signs aside."""
    soup = BeautifulSoup(markup, "html.parser")
    return re.sub(r"[\s\u00a0\u200b\u2060\ufeff]+", "", soup.get_text())


@settings(max_examples=150, deadline=None)
@given(st.lists(TREES, max_size=4).map("".join))
def test_no_word_is_lost(markup):
    # The dash between cells is ours; what a browser makes of broken nesting is nh3's to say.
    assert visible(tidied(markup).html).replace("—", "") == visible(markup).replace("—", "")


@settings(max_examples=150, deadline=None)
@given(st.lists(TREES, max_size=4).map("".join))
def test_tidy_is_a_fixed_point(markup):
    once = tidied(markup).html
    assert clean_html(once) == once
    assert tidied(once).html == once


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_and_harmless(markup):
    once = tidied(markup).html
    assert clean_html(once) == once
    assert tidied(once).html == once


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("абв[]/=\"' xgallery1"), max_size=120))
def test_shortcodes_lose_no_russian_word(text):
    kept, _listed = without_shortcodes(text)
    outside = re.sub(r"\[[^\]]*\]", "", text)
    assert set(re.findall("[абв]", outside)) <= set(re.findall("[абв]", kept))


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://old-site.example/figurant/%D0%B8%D0%B2%D0%B0%D0%BD/", "figurant/иван/"),
        ("https://old-site.example/figurant/%d0%b8%d0%b2%d0%b0%d0%bd", "figurant/иван/"),
        ("https://old-site.example/en/figurant/ivan/", "figurant/ivan/"),
        ("https://old-site.example/?post_type=figurant&p=17", "?p=17"),
        ("https://old-site.example/?p=x", ""),
        ("https://old-site.example/", ""),
        ("https://old-site.example/" + "а" * 400, ""),
    ],
)
def test_old_paths_have_one_form(url, wanted):
    assert old_path(url) == wanted
