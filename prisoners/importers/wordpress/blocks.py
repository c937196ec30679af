"""A tidy text: paragraphs, headings, list items and quotations, each a line of runs with one format."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from itertools import groupby

from memorial.base.rich_text import clean_html

NBSP = "\u00a0"
_SPACES = re.compile(r"[ \t\r\n\f\v\u00a0\u200b\u2060\ufeff]+")
BREAK = "\n"


@dataclass(frozen=True)
class Format:
    """How a run of text looks, and where it leads."""

    bold: bool = False
    italic: bool = False
    href: str = ""


PLAIN = Format()


@dataclass
class Block:
    """One paragraph, heading or list item. `lists` are the lists around it, outermost first: (tag, number)."""

    tag: str = "p"
    lists: tuple[tuple[str, int], ...] = ()
    quote: int = 0
    item: int = 0
    runs: list[tuple[str, Format]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words on one line."""
        return " ".join("".join(text for text, _look in self.runs).split())

    @property
    def is_all_bold(self) -> bool:
        """Whether it looks like a heading without being one."""
        return all(look.bold for text, look in self.runs if text.strip())


def tidied_runs(runs: Iterable[tuple[str, Format]]) -> list[tuple[str, Format]]:
    """Runs with single spaces, neighbours of one format joined, nothing empty at either end."""
    out: list[tuple[str, Format]] = []
    is_space_before = True
    for text, said in runs:
        if text == BREAK:
            while out and out[-1][0] == " ":
                out.pop()
            if out and out[-1][0] != BREAK:
                out[-1] = (out[-1][0].rstrip(" "), out[-1][1])
                out.append((BREAK, PLAIN))
            is_space_before = True
            continue
        plain = _SPACES.sub(_one_space, text)
        if is_space_before:
            plain = plain.lstrip(" " + NBSP)
        if not plain:
            continue
        is_space_before = plain[-1] in (" ", NBSP)
        # A space alone has no look of its own, unless a link would break in two.
        look = PLAIN if not plain.strip() and not (out and out[-1][1] == said) else said
        if out and out[-1][1] == look and out[-1][0] != BREAK:
            out[-1] = (out[-1][0] + plain, look)
        else:
            out.append((plain, look))
    return _stripped(out)


def _one_space(found: re.Match[str]) -> str:
    """One space for many; a single non-breaking one is an editor's and stays; zero width is nothing."""
    spaces = found[0].strip("\u200b\u2060\ufeff")
    if not spaces:
        return ""
    return NBSP if spaces == NBSP else " "


def _stripped(runs: list[tuple[str, Format]]) -> list[tuple[str, Format]]:
    while runs and not runs[-1][0].strip():
        runs.pop()
    if runs:
        text, look = runs[-1]
        runs[-1] = (text.rstrip(" " + NBSP), look)
    return runs


def html_of(blocks: Iterable[Block]) -> str:
    """The blocks as markup, exactly as sanitising leaves it."""
    parts: list[str] = []
    for quote, group in groupby(blocks, key=lambda block: block.quote):
        inner = "".join(_with_lists(list(group)))
        parts.append(f"<blockquote>{inner}</blockquote>" if quote else inner)
    return clean_html("".join(parts))


def _with_lists(blocks: list[Block]) -> Iterable[str]:
    """Opens and closes lists as their items begin and end; a nested list lies inside the item before it."""
    open_lists: list[tuple[str, int]] = []
    item_before = 0
    for block in blocks:
        if block.item and block.item == item_before:
            yield f"<br>{_inline(block.runs)}"
            continue
        common = 0
        while common < min(len(open_lists), len(block.lists)) and open_lists[common] == block.lists[common]:
            common += 1
        while len(open_lists) > common:
            yield f"</li></{open_lists.pop()[0]}>"
        if common and len(block.lists) == common:
            yield "</li><li>"
        for at, one in enumerate(block.lists[common:]):
            # A list in a list without an item before it: the item is there, and empty.
            yield f"<{one[0]}><li>"
            open_lists.append(block.lists[common + at])
        item_before = block.item
        yield _inline(block.runs) if block.lists else f"<{block.tag}>{_inline(block.runs)}</{block.tag}>"
    while open_lists:
        yield f"</li></{open_lists.pop()[0]}>"


def _inline(runs: list[tuple[str, Format]]) -> str:
    parts = []
    for href, linked in groupby(runs, key=lambda run: run[1].href):
        inner = "".join(_styled(text, look) for text, look in linked)
        parts.append(f'<a href="{escape(href)}">{inner}</a>' if href else inner)
    return "".join(parts)


def _styled(text: str, look: Format) -> str:
    if text == BREAK:
        return "<br>"
    marked = escape(text, quote=False)
    if look.italic:
        marked = f"<em>{marked}</em>"
    return f"<strong>{marked}</strong>" if look.bold else marked
