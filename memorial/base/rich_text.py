"""Sanitising of text with simple markup: on the way in and again on the way out."""

from __future__ import annotations

import html
import re

import nh3

_TAGS = {"p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "h3", "h4"}
_SCHEMES = {"http", "https", "mailto"}
# To another site or a mailbox by its whole address; to a page of this site by its path, since the
# site may have to move to another name. "//host" and "/\\host" lead elsewhere.
_LINK = re.compile(r"(?:https?://|mailto:)[^\s]|/(?![/\\])", re.IGNORECASE)
# Their content is code or a form's innards, never text to be read.
_DROPPED_WITH_CONTENT = {"script", "style", "template", "title", "textarea", "noscript", "iframe"}


def _only_links(_tag: str, attribute: str, value: str) -> str | None:
    if attribute != "href":
        return value
    # Browsers skip these signs when they read an address: "/<tab>/host" is "//host" to them.
    address = re.sub(r"[\x00-\x20]+", "", value)
    return address if _LINK.match(address) else None


_cleaner = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags=_DROPPED_WITH_CONTENT,
    attributes={"a": {"href"}},
    attribute_filter=_only_links,
    url_schemes=_SCHEMES,
    link_rel="noopener noreferrer",
    strip_comments=True,
)
_MOST_PASSES = 5
_BLOCK_END = re.compile(r"(?:<br ?/?>|</(?:p|li|ul|ol|blockquote|h3|h4)>)")
_TAG = re.compile(r"<[^>]*>")


def clean_html(text: str) -> str:
    """Return only the markup allowed: paragraphs, breaks, emphasis, lists, quotations, headings
    of levels 3 and 4, and links: http, https, mailto and paths of this site ("/ru/...").

    No style, class, id, image, form or script survives. Text without anything to read becomes "",
    so that an emptied editor means an empty field.
    """
    cleaned = _settled(text.replace("\x00", "")).strip()
    return cleaned if plain_text(cleaned) else ""


def _settled(text: str) -> str:
    """What cleaning leaves unchanged: of some broken markup the first pass leaves other broken markup."""
    for _pass in range(_MOST_PASSES):
        before, text = text, _cleaner.clean(text)
        if text == before:
            break
    return text


def plain_text(markup: str) -> str:
    """Return sanitised HTML as text: one line for each block, entities resolved."""
    lines = html.unescape(_TAG.sub("", _BLOCK_END.sub("\n", markup))).splitlines()
    return "\n".join(line for line in (" ".join(part.split()) for part in lines) if line)


def excerpt(markup: str, length: int) -> str:
    """Return the beginning of sanitised HTML as one line of text, at most `length` characters.

    It ends after a whole word, with an ellipsis where something was left out; a single word that
    is too long is cut.
    """
    text = " ".join(plain_text(markup).split())
    if len(text) <= length:
        return text
    room = length - 1
    cut = text[: room + 1].rsplit(" ", 1)[0] if " " in text[: room + 1] else text[:room]
    return cut.rstrip(" ,;:.!?—–-") + "…"
