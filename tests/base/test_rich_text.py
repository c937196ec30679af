"""What markup survives, and what is read of it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memorial.base.rich_text import clean_html, excerpt, plain_text

ALLOWED = {"p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "h3", "h4"}


class Inspector(HTMLParser):
    """Collects every tag and attribute that a parser sees."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.others = set(), [], []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_comment(self, data):
        self.others.append(data)

    handle_decl = unknown_decl = handle_pi = handle_comment


def inspected(markup):
    inspector = Inspector()
    inspector.feed(markup)
    inspector.close()
    return inspector


@pytest.mark.parametrize(
    "markup",
    [
        "<p>Текст</p>",
        "<p>a<br>b</p>",
        "<p><strong>a</strong> <em>b</em></p>",
        "<ul><li>a</li></ul>",
        "<ol><li>a</li></ol>",
        "<blockquote><p>a</p></blockquote>",
        "<h3>a</h3><h4>b</h4>",
        '<a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer">a</a>',
        '<a href="/ru/cases/a/" rel="noopener noreferrer">a</a>',
        '<a href="mailto:a@example.org" rel="noopener noreferrer">a</a>',
    ],
)
def test_allowed_markup_stays_as_it_is(markup):
    assert clean_html(markup) == markup


@pytest.mark.parametrize(
    ("markup", "clean"),
    [
        ("<script>alert(1)</script>a", "a"),
        ("<style>p{}</style>a", "a"),
        ("<p onclick='x()' style='color:red' class='c' id='i'>a</p>", "<p>a</p>"),
        ("<img src=x onerror=alert(1)>a", "a"),
        ("<svg><script>alert(1)</script></svg>a", "a"),
        ("<iframe src='//x'></iframe>a", "a"),
        ("<form action=/x><input name=a>a</form>", "a"),
        ("<h1>a</h1>", "a"),
        ("<div>a</div>", "a"),
        ("<!-- secret -->a", "a"),
        ("<a href='javascript:x()'>a</a>", '<a rel="noopener noreferrer">a</a>'),
        ("<a href='JaVa\tScript:x()'>a</a>", '<a rel="noopener noreferrer">a</a>'),
        ("<a href='data:text/html,x'>a</a>", '<a rel="noopener noreferrer">a</a>'),
        (
            "<a href='http://example.org' target=_blank rel=opener>a</a>",
            '<a href="http://example.org" rel="noopener noreferrer">a</a>',
        ),
        ("<a href='//example.org'>a</a>", '<a rel="noopener noreferrer">a</a>'),
        ("<a href='/\\\\example.org'>a</a>", '<a rel="noopener noreferrer">a</a>'),
        ("<a href='/\t/example.org'>a</a>", '<a rel="noopener noreferrer">a</a>'),
        ("<a href=''>a</a>", '<a rel="noopener noreferrer">a</a>'),
        ("<a href='page'>a</a>", '<a rel="noopener noreferrer">a</a>'),
        ("a < b & c", "a &lt; b &amp; c"),
        ("<p>a", "<p>a</p>"),
        ("a\x00b", "ab"),
    ],
)
def test_everything_else_goes(markup, clean):
    assert clean_html(markup) == clean


@pytest.mark.parametrize(
    "markup",
    [
        "",
        "  ",
        "<p></p>",
        "<p><br></p>",
        "<p>&nbsp;</p>",
        "<ul><li></li></ul>",
        "<script>x</script>",
        "<!-- x -->",
    ],
)
def test_nothing_to_read_is_empty(markup):
    assert clean_html(markup) == ""


HTMLISH = st.lists(
    st.sampled_from(
        [
            "<",
            ">",
            "</",
            "/>",
            "<p",
            "<p>",
            "</p>",
            "<a href=",
            "'",
            '"',
            "javascript:",
            "x",
            " ",
            "<svg>",
            "<math>",
            "<style>",
            "</style>",
            "<script>",
            "<!--",
            "-->",
            "<![CDATA[",
            "]]>",
            "<title>",
            "onerror=",
            "&lt;",
            "&#x3c;",
            "=",
            "<table>",
            "<template>",
            "<mtext>",
            "\x00",
            "\n",
            "<br>",
            "<li>",
            "https://x",
            "/",
            "//x",
        ]
    ),
    max_size=20,
).map("".join)


@given(HTMLISH)
@settings(max_examples=300)
def test_nothing_dangerous_survives_any_markup(markup):
    clean = clean_html(markup)
    seen = inspected(clean)
    assert seen.tags <= ALLOWED
    assert not seen.others
    for tag, name, value in seen.attributes:
        assert tag == "a"
        assert name in {"href", "rel"}
        assert name != "href" or re.match(r"(?i)(https?://|mailto:)|/(?![/\\])", value)
    assert clean_html(clean) == clean


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>a &amp; b</p><p>c<br>d</p>", "a & b\nc\nd"),
        ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
        ("<p>a <strong>b</strong>c</p>", "a bc"),
        ("&lt;b&gt;", "<b>"),
        ("", ""),
    ],
)
def test_plain_text(markup, text):
    assert plain_text(markup) == text


@pytest.mark.parametrize(
    ("markup", "length", "text"),
    [
        ("<p>один два</p><p>три</p>", 20, "один два три"),
        ("<p>один два три</p>", 12, "один два три"),
        ("<p>один два три</p>", 11, "один два…"),
        ("<p>один, два</p>", 8, "один…"),
        ("<p>Рождественская</p>", 5, "Рожд…"),
    ],
)
def test_excerpt(markup, length, text):
    assert excerpt(markup, length) == text


@given(st.text(alphabet="аб ,.", max_size=40), st.integers(2, 30))
def test_excerpt_is_never_longer_than_asked(text, length):
    assert len(excerpt(text, length)) <= length
