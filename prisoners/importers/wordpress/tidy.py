"""HTML of WordPress, Word, Google Docs and page builders, brought to the little markup that we keep.

No word is lost: what cannot be shown (pictures, players, scripts) is listed, never dropped in
silence. Pictures of the old site become photos or a line for staff; those of others are listed.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3
from django.utils.translation import gettext as _

from prisoners.importers.wordpress.blocks import BREAK, Block, Format, html_of, tidied_runs
from prisoners.importers.wordpress.shortcodes import without_shortcodes

_BOLD, _ITALIC = {"b", "strong"}, {"i", "em", "cite", "dfn", "var"}
_HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_LISTS = {"ul", "ol", "menu"}
_BLOCKS = frozenset(
    {"p", "div", "section", "article", "header", "footer", "main", "aside", "figure", "figcaption", "pre"}
    | {"address", "dl", "dt", "dd", "center", "details", "summary", "table", "caption", "thead", "tbody"}
    | {"tfoot", "tr", "hr", "fieldset", "legend", "nav", "hgroup"}
)
_CELLS = {"td", "th"}
_DROPPED = {"script", "style", "template", "title", "textarea", "noscript", "iframe"}
_LISTED = re.compile(
    r"<(iframe|video|audio|object|embed|source)\b[^>]*?\b(?:src|data)\s*=\s*[\"']?([^\"'\s>]+)", re.I
)
_KEPT = frozenset(
    {"a", "br", "img", "span", "font", "li", "blockquote", "q", *_BOLD, *_ITALIC, *_HEADINGS, *_LISTS}
    | _BLOCKS
    | _CELLS
)
_STYLED = {"b", "strong", "i", "em", "span", "p", "div"}
_first_pass = nh3.Cleaner(
    tags=set(_KEPT),
    clean_content_tags=_DROPPED,
    attributes={"a": {"href"}, "img": {"src"}, **{tag: {"style"} for tag in _STYLED}},
    url_schemes={"http", "https", "mailto", "data", "javascript"},
    link_rel=None,
    strip_comments=True,
)
_BARE_LINK = re.compile(r"https?://[^\s<>\"']+")
_PARAGRAPHS = re.compile(r"\n[ \t\u00a0]*\n\s*")
_HAS_PARAGRAPHS = re.compile(r"<(?:p|br)\b|<!-- wp:", re.IGNORECASE)
_ALLOWED_LINK = re.compile(r"(?:https?://|mailto:)[^\s]|/(?![/\\])", re.IGNORECASE)
_NO_ADDRESS_SIGNS = re.compile(r"[\x00-\x20]+")
LinkRule = Callable[[str], tuple[str, str]]
"""Where a link leads on our site, and what is to be listed of it: ("", "…") where it goes."""


@dataclass
class Tidied:
    """The blocks of a text, and what was left out of it."""

    blocks: list[Block] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    own_images: list[str] = field(default_factory=list)

    @property
    def html(self) -> str:
        return html_of(self.blocks)


def tidy(
    markup: str,
    *,
    links: LinkRule,
    is_own: Callable[[str], bool] = lambda _url: False,
    drop_shortcodes: Iterable[str] = (),
) -> Tidied:
    """Brings a text to what is kept. `links` decides of each link, `is_own` whether a picture is the site's."""
    markup = markup.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    text, dropped = without_shortcodes(markup, drop_shortcodes)
    found = Tidied(dropped=[_("shortcode %(code)s") % {"code": code} for code in dropped])
    found.dropped += [f"{tag.lower()}: {url}" for tag, url in _LISTED.findall(text)]
    builder = _Builder(links, is_own, found, lines_count=not _HAS_PARAGRAPHS.search(markup))
    builder.feed(_first_pass.clean(text))
    builder.close()
    builder.flush()
    found.dropped = list(dict.fromkeys(found.dropped))
    return found


class _Builder(HTMLParser):
    """Blocks out of well-formed markup, whatever its depth: no recursion."""

    def __init__(
        self, links: LinkRule, is_own: Callable[[str], bool], found: Tidied, *, lines_count: bool
    ) -> None:
        super().__init__(convert_charrefs=True)
        # Without paragraphs of its own the end of a line means what it means to an editor.
        self.line_end = BREAK if lines_count else " "
        self.links, self.is_own, self.found = links, is_own, found
        self.looks: list[tuple[str, Format]] = []
        self.lists: list[tuple[str, int]] = []
        self.items: list[int] = []
        self.quotes: list[int] = []
        self.heading = ""
        self.counter = 0
        self.runs: list[tuple[str, Format]] = []

    @property
    def look(self) -> Format:
        return self.looks[-1][1] if self.looks else Format()

    def flush(self) -> None:
        """Ends the paragraph that is open, if there is anything in it."""
        for runs in _at_empty_lines(self.runs):
            if tidy_runs := _with_bare_link(tidied_runs(runs), self.links, self.found):
                tag = self.heading or "p"
                self.found.blocks.append(
                    Block(
                        tag,
                        tuple(self.lists) if self.items else (),
                        self.quotes[0] if self.quotes else 0,
                        self.items[-1] if self.items else 0,
                        tidy_runs,
                    )
                )
        self.runs = []

    # --- events -----------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "br":
            self.runs.append((BREAK, Format()))
        elif tag == "img":
            self._image(said.get("src", ""))
        elif tag in _CELLS:
            # Cells of a row become one line: our texts have no tables.
            self.runs.append((" — " if any(text.strip() for text, _look in self.runs) else "", Format()))
        elif tag in _BLOCKS or tag in _HEADINGS or tag in _LISTS or tag in ("li", "blockquote"):
            self._open_block(tag)
        if tag in _BOLD | _ITALIC | {"a", "span", "font", "p", "div"}:
            self.looks.append((tag, self._look_of(tag, said)))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS or tag in _HEADINGS or tag in _LISTS or tag in ("li", "blockquote"):
            self._close_block(tag)
        for at in range(len(self.looks) - 1, -1, -1):
            if self.looks[at][0] == tag:
                del self.looks[at]
                break

    def handle_data(self, data: str) -> None:
        if "\n" not in data:
            self.runs.append((data, self.look))
            return
        self._lines(data)

    def _lines(self, data: str) -> None:
        """Empty lines end a paragraph, as WordPress itself reads a text without tags."""
        for number, part in enumerate(_PARAGRAPHS.split(data)):
            if number:
                self.flush()
            for line_number, line in enumerate(part.split("\n")):
                if line_number:
                    self.runs.append((self.line_end, self.look))
                self.runs.append((line, self.look))

    # --- pieces -----------------------------------------------------------------------------

    def _open_block(self, tag: str) -> None:
        self.flush()
        self.counter += 1
        if tag in _LISTS:
            self.lists.append(("ol" if tag == "ol" else "ul", self.counter))
        elif tag == "li":
            if not self.lists:
                self.lists.append(("ul", self.counter))
            self.items.append(self.counter)
        elif tag == "blockquote":
            self.quotes.append(self.counter)
        elif tag in _HEADINGS:
            self.heading = _HEADINGS[tag]
        elif tag == "table":
            self.found.dropped.append(_("table, its rows became lines"))

    def _close_block(self, tag: str) -> None:
        self.flush()
        if tag in _LISTS and self.lists:
            self.lists.pop()
        elif tag == "li" and self.items:
            self.items.pop()
        elif tag == "blockquote" and self.quotes:
            self.quotes.pop()
        elif tag in _HEADINGS:
            self.heading = ""

    def _look_of(self, tag: str, said: dict[str, str]) -> Format:
        """The look inside a tag. Google Docs wraps a whole text into a <b> of normal weight."""
        before, style = self.look, said.get("style", "").lower().replace(" ", "")
        bold, italic, href = before.bold, before.italic, before.href
        if tag in _BOLD or re.search(r"font-weight:(?:bold|[6-9]00)", style):
            bold = True
        if tag in _ITALIC or "font-style:italic" in style:
            italic = True
        if re.search(r"font-weight:(?:normal|[1-4]00)", style):
            bold = before.bold
        if "font-style:normal" in style:
            italic = before.italic
        if tag == "a":
            href = _led(said.get("href", ""), self.links, self.found)
        return Format(bold, italic, href)

    def _image(self, source: str) -> None:
        if source.startswith("data:"):
            self.found.dropped.append(_("picture inside the text"))
        elif source and self.is_own(source):
            self.found.own_images.append(source)
        elif source:
            self.found.dropped.append(_("picture of another site: %(url)s") % {"url": source[:300]})


def _led(href: str, links: LinkRule, found: Tidied) -> str:
    if not href:
        return ""
    target, complaint = links(href)
    if complaint:
        found.dropped.append(complaint)
    target = _NO_ADDRESS_SIGNS.sub("", target)
    return target if _ALLOWED_LINK.match(target) else ""


def _at_empty_lines(runs: list[tuple[str, Format]]) -> list[list[tuple[str, Format]]]:
    """Two breaks in a row are an end of a paragraph, as editors mean them."""
    parts: list[list[tuple[str, Format]]] = [[]]
    breaks = 0
    for text, look in runs:
        if text == BREAK:
            breaks += 1
            continue
        if breaks and not text.strip():
            continue
        if breaks > 1:
            parts.append([])
        elif breaks:
            parts[-1].append((BREAK, Format()))
        breaks = 0
        parts[-1].append((text, look))
    return parts


def _with_bare_link(
    runs: list[tuple[str, Format]], links: LinkRule, found: Tidied
) -> list[tuple[str, Format]]:
    """An address alone in a paragraph is a link: WordPress makes players of them."""
    if len(runs) == 1 and not runs[0][1].href and _BARE_LINK.fullmatch(runs[0][0]):
        text, look = runs[0]
        return [(text, Format(look.bold, look.italic, _led(text, links, found)))]
    return runs


def plain_lines(markup: str) -> str:
    """A text with or without markup as plain lines, for fields that have none."""
    if "<" not in markup and "&" not in markup and "[" not in markup:
        return markup
    found = tidy(markup, links=lambda _href: ("", ""))
    return "\n".join("".join(text for text, _look in block.runs) for block in found.blocks)
