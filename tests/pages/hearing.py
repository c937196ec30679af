"""Listens to a page as a screen reader does: Chromium's accessibility tree, in the order of reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

LANDMARKS = frozenset(
    {"banner", "main", "contentinfo", "navigation", "region", "form", "search", "complementary"}
)
_SILENT = frozenset(
    {"generic", "none", "InlineTextBox", "LineBreak", "ListMarker", "RootWebArea", "LabelText"}
)


@dataclass(frozen=True)
class Heard:
    """One thing that is read out: its role, its name or text, what it stands in."""

    role: str
    name: str
    level: int = 0
    url: str = ""
    within: tuple[tuple[str, str], ...] = ()

    @property
    def has_words(self) -> bool:
        """Whether the name has a letter or a digit, and is not a sign alone."""
        return bool(re.search(r"\w", self.name))

    def is_in(self, role: str) -> bool:
        """Whether it stands in something of this role."""
        return any(each == role for each, _name in self.within)


def heard(page: Page) -> list[Heard]:
    """Everything that is read out on a page, from the top to the bottom."""
    session = page.context.new_cdp_session(page)
    session.send("Accessibility.enable")
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    return list(_read({node["nodeId"]: node for node in nodes}, nodes[0], ()))


def spoken(things: list[Heard]) -> list[str]:
    """The texts alone, spaces made plain."""
    texts = (" ".join(thing.name.split()) for thing in things if thing.role in ("StaticText", "image"))
    return [text for text in texts if text]


def _read(
    nodes: dict[str, Any], node: dict[str, Any], within: tuple[tuple[str, str], ...]
) -> Iterator[Heard]:
    role, name = _value(node, "role"), _value(node, "name")
    if not node.get("ignored") and role not in _SILENT:
        facts = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
        yield Heard(role, name, int(facts.get("level") or 0), str(facts.get("url") or ""), within)
        within = (*within, (role, name))
    for child in node.get("childIds", []):
        if child in nodes:
            yield from _read(nodes, nodes[child], within)


def _value(node: dict[str, Any], key: str) -> str:
    return str(node.get(key, {}).get("value", ""))
