"""WXR, the XML that WordPress exports: read item by item, never as a whole, without entities of its own."""

import codecs
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext as _

from prisoners.importers.errors import ImportRefused
from prisoners.importers.wordpress.store import Post, Store, Term

_CONTROLS = bytes(code for code in range(32) if code not in (0, 9, 10, 13))
_ITEMS_ARE_AT = 3
"""rss, channel, item."""


class Sifted:
    """The bytes of a file on their way to the parser: damage is told with its line.

    Control characters, which editors paste from Word and which XML does not allow, are left out
    and counted; they are no text.
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self._name = name
        self._lines = 1
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self.left_out = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes. Raises `ImportRefused` for a NUL byte and for what is no UTF-8."""
        block = self._file.read(size)
        if (at := block.find(b"\0")) >= 0:
            raise self._refused(_("%(file)s, line %(line)s: a NUL byte, the file is damaged."), block, at)
        try:
            self._decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            raise self._refused(
                _("%(file)s, line %(line)s: this is not UTF-8. Export the site again."), block, error.start
            ) from error
        self._lines += block.count(b"\n")
        clean = block.translate(None, _CONTROLS)
        self.left_out += len(block) - len(clean)
        return clean or (self.read(size) if block else b"")

    def _refused(self, words: str, block: bytes, at: int) -> ImportRefused:
        line = self._lines + block.count(b"\n", 0, at)
        return ImportRefused(words % {"file": self._name, "line": line})


def read_wxr(path: Path, store: Store) -> None:
    """Puts the posts and terms of one file into the store. Raises `ImportRefused` with the place."""
    with path.open("rb") as file:
        sifted = Sifted(file, path.name)
        try:
            for element in _children_of_the_channel(sifted):
                _take(element, store)
        except DefusedXmlException as error:
            raise ImportRefused(
                _("%(file)s declares entities or a document type, which no export does: it is not read.")
                % {"file": path.name}
            ) from error
        except (ParseError, LookupError, ValueError) as error:
            line, column = getattr(error, "position", (0, 0))
            raise ImportRefused(
                _("%(file)s, line %(line)s, place %(column)s: the XML is broken (%(error)s).")
                % {"file": path.name, "line": line, "column": column, "error": error}
            ) from error
        store.controls_left_out += sifted.left_out


def _children_of_the_channel(source: Sifted) -> Iterator[Element]:
    """Items and terms one after another; what was read is let go."""
    path: list[Element] = []
    for event, element in iterparse(source, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            path.append(element)
            continue
        path.pop()
        if len(path) == _ITEMS_ARE_AT - 1:
            yield element
            path[-1].clear()


def _take(element: Element, store: Store) -> None:
    match _name(element):
        case "item":
            post = _post(element)
            if post.kind:
                store.add_post(post)
                for taxonomy, words in post.terms.items():
                    for slug, name in words:
                        store.add_term(Term(taxonomy, slug, name))
        case "category" | "tag" | "term":
            if term := _term(element):
                store.add_term(term)
        case "base_blog_url" | "base_site_url":
            store.hosts.add((element.text or "").strip())


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _texts(element: Element) -> dict[str, str]:
    """Texts of the children by name; «encoded» is the content or the excerpt, by its namespace."""
    found: dict[str, str] = {}
    for child in element:
        name = _name(child)
        if name == "encoded":
            name = "excerpt" if "excerpt" in str(child.tag) else "content"
        found.setdefault(name, child.text or "")
    return found


def _post(item: Element) -> Post:
    said = _texts(item)
    post = Post(
        number=whole_number(said.get("post_id", "")),
        kind=said.get("post_type", "").strip(),
        status=said.get("status", "").strip(),
        title=said.get("title", ""),
        slug=said.get("post_name", "").strip(),
        link=said.get("link", "").strip(),
        content=said.get("content", ""),
        excerpt=said.get("excerpt", ""),
        parent=whole_number(said.get("post_parent", "")),
        file_url=said.get("attachment_url", "").strip(),
        has_password=bool(said.get("post_password", "").strip()),
    )
    for child in item:
        if _name(child) == "postmeta":
            _take_meta(post, _texts(child))
        elif _name(child) == "category" and child.get("domain"):
            word = (child.get("nicename", ""), (child.text or "").strip())
            post.terms.setdefault(str(child.get("domain")), []).append(word)
    return post


def _take_meta(post: Post, said: dict[str, str]) -> None:
    key, value = said.get("meta_key", "").strip(), said.get("meta_value", "")
    if key == "_wp_old_slug":
        post.old_slugs.append(value.strip())
    elif key == "_thumbnail_id":
        post.featured = whole_number(value)
    elif key == "_wp_attachment_image_alt":
        post.alt = value.strip()
    elif key:
        post.meta[key] = value


def _term(element: Element) -> Term | None:
    said = _texts(element)
    names = {
        "category": ("category", said.get("category_nicename", ""), said.get("cat_name", "")),
        "tag": ("post_tag", said.get("tag_slug", ""), said.get("tag_name", "")),
        "term": (said.get("term_taxonomy", ""), said.get("term_slug", ""), said.get("term_name", "")),
    }
    taxonomy, slug, name = (part.strip() for part in names[_name(element)])
    return Term(taxonomy, slug, name, whole_number(said.get("term_id", ""))) if taxonomy and slug else None


def whole_number(text: str) -> int:
    """A number of WordPress; 0 where there is none, which is how WordPress says it itself."""
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 16 else 0
