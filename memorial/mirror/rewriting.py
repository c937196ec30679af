"""Makes a page of the site into a page of a mirror: links relative, what only a server can do taken out.

The text is ours, made by our own templates, so tags are found by their shape; a test reads every
mirrored page with an HTML parser and looks for what was left.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from html import escape, unescape
from typing import Final
from urllib.parse import urldefrag, urljoin

from django.template.loader import render_to_string
from django.utils import translation

from memorial.mirror.addresses import own_address, relative

_TAG: Final = re.compile(r"<(a|link|img|source|script|object|image|use|iframe)\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE: Final = re.compile(r'(\s)(href|src|data|poster)="([^"]*)"')
_SRCSET: Final = re.compile(r'(\s(?:srcset|imagesrcset)=")([^"]*)"')
_XML_LINK: Final = re.compile(r"<link\b[^>]*>")
_CSS_URL: Final = re.compile(r"""url\(["']?([^"')]+)["']?\)""")
# Made for those who have the site before them: a copy has its own place, and no picture to fetch.
_OF_THE_SITE: Final = re.compile(
    r'\s*<meta property="og:(?:url|image)[^>]*>|\s*<link rel="alternate" hreflang=[^>]*>', re.IGNORECASE
)
_CANONICAL: Final = re.compile(r'rel="canonical"')
_SEARCH_BOX: Final = re.compile(r"<search\b.*?</search>", re.DOTALL)
_FILTERS: Final = re.compile(r'<details class="filters".*?</form>\s*</details>', re.DOTALL)
_FORM: Final = re.compile(r"<form\b(?P<about>[^>]*)>(?P<inside>.*?)</form>", re.DOTALL)
_VALUES_FORM: Final = re.compile(r'class="values"')
_ACTION: Final = re.compile(r'action="([^"]*)"')
_BOX: Final = re.compile(
    r'<label class="ck"><input type="checkbox" name="(?P<name>[^"]*)" value="(?P<value>[^"]*)"[^>]*>'
    r'(?P<words><span.*?</span>)<span class="num">(?P<number>[^<]*)</span></label>',
    re.DOTALL,
)
_CONTROLS: Final = re.compile(r'<input\b[^>]*>|<div class="act btns">.*?</div>', re.DOTALL)
_TOP: Final = re.compile(r'<header class="top">')


@dataclass
class Rewriting:
    """One page on its way into the mirror; `links` are the addresses of ours that it leads to."""

    address: str
    file: str
    language: str
    place: Callable[[str], str | None]
    """The file of an address, None where the mirror has none."""
    note: str = ""
    """What every page says about being a copy, in HTML."""
    filter_pages: tuple[tuple[str, str], ...] = ()
    """Where the values of each filter of this list stand, as words and address."""
    links: set[str] = field(default_factory=set)

    def html(self, text: str) -> str:
        """A page of the site as a page of the mirror."""
        text = _OF_THE_SITE.sub("", text)
        text = self._without_forms(text)
        if self.note:
            text = _TOP.sub(lambda found: self.note + found[0], text, count=1)
        text = _TAG.sub(self._tag, text)
        return _SRCSET.sub(self._srcset, text)

    def xml(self, text: str) -> str:
        """A feed whose links stay within the mirror; its identifiers are no links and stay."""
        return _XML_LINK.sub(self._tag, text)

    def css(self, text: str) -> str:
        """A style sheet as it is: its addresses are relative already; what it needs is noted."""
        for found in _CSS_URL.finditer(text):
            if not found[1].startswith("data:"):
                self._to(found[1])
        return text

    def _without_forms(self, text: str) -> str:
        with translation.override(self.language):
            text = _SEARCH_BOX.sub(lambda _found: _search_link(self.language), text)
            text = _FILTERS.sub(
                lambda _found: render_to_string("mirror/_filters.html", {"pages": self.filter_pages}), text
            )
        return _FORM.sub(self._form, text)

    def _form(self, found: re.Match[str]) -> str:
        """The values of a filter become links to the list with that filter; any other form is gone."""
        if not _VALUES_FORM.search(found["about"]):
            return ""
        action = _ACTION.search(found["about"])
        to = action[1] if action else ""

        def link(box: re.Match[str]) -> str:
            href = f"{to}?{box['name']}={box['value']}"
            return f'<p class="ck"><a href="{href}">{box["words"]}</a> <span class="num">{box["number"]}</span></p>'

        inside = _CONTROLS.sub("", _BOX.sub(link, found["inside"]))
        return f'<div class="values">{inside}</div>'

    def _tag(self, found: re.Match[str]) -> str:
        tag = found[0]
        if _CANONICAL.search(tag):
            # Where the text is at home: said to machines, and nothing that a reader's browser asks for.
            return tag
        dropped = False

        def attribute(part: re.Match[str]) -> str:
            nonlocal dropped
            to = self._to(unescape(part[3]))
            if to is None:
                dropped = True
                return ""
            return f'{part[1]}{part[2]}="{escape(to)}"'

        tag = _ATTRIBUTE.sub(attribute, tag)
        if not dropped:
            return tag
        # A link that leads nowhere stays a word on the page and says that it is none.
        is_anchor = found[1].lower() == "a"
        return tag.removesuffix(">") + ' role="link" aria-disabled="true">' if is_anchor else ""

    def _srcset(self, found: re.Match[str]) -> str:
        parts = []
        for part in found[2].split(","):
            url, _space, size = part.strip().partition(" ")
            if (to := self._to(unescape(url))) is not None:
                parts.append(f"{escape(to)} {size}".strip())
        return f'{found[1]}{", ".join(parts)}"'

    def _to(self, value: str) -> str | None:
        """What a link is in the mirror: relative, or as it was where it leads to somebody else; None for nowhere."""
        if value.startswith("#") or not value:
            return value
        joined, fragment = urldefrag(urljoin(self.address, value))
        own = own_address(joined)
        if own is None:
            return value
        file = self.place(own)
        if file is None:
            return None
        self.links.add(own)
        return relative(self.file, file) + (f"#{fragment}" if fragment else "")


@cache
def _search_link(language: str) -> str:
    """What stands in the place of the search box."""
    with translation.override(language):
        return render_to_string("mirror/_search_link.html")
