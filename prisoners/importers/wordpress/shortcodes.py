"""Shortcodes of WordPress and of its page builders: what they wrap is kept, they themselves go.

A word in square brackets is a shortcode only if it is known, has attributes, or is closed
further on: «[sic]», «[…]», «[имя изменено]» and «[1]» are text.
"""

import re
from collections.abc import Iterable
from html import escape

KNOWN = frozenset(
    {"caption", "wp_caption", "gallery", "playlist", "audio", "video", "embed", "contact-form-7", "toc"}
)
_WRAPPERS = re.compile(r"^(?:vc|et_pb|fusion|su|cs|av|tatsu)_[a-z0-9_]+$")
_TAG = re.compile(
    r"\[(?P<end>/?)(?P<name>[a-zA-Z][\w-]{1,40})"
    r"(?P<attributes>(?:\s+[\w-]+\s*=\s*(?:\"[^\"\]]{0,2000}\"|'[^'\]]{0,2000}'|[^\s\]\"']{1,500})"
    r"|\s+\"[^\"\]]{0,500}\"|\s+\d+)*)\s*(?P<self>/?)\]"
)
_EMBED = re.compile(r"\[embed[^\]]{0,500}\]\s*(https?://[^\s\[\]<>\"']{1,1000})\s*\[/embed\]", re.IGNORECASE)


def without_shortcodes(text: str, dropped: Iterable[str] = ()) -> tuple[str, list[str]]:
    """The text without shortcodes, and what was dropped. `dropped` are those that go with what they wrap."""
    text = _EMBED.sub(lambda found: f'\n\n<a href="{escape(found[1])}">{escape(found[1])}</a>\n\n', text)
    listed: list[str] = []
    for name in dropped:
        whole = re.compile(
            rf"\[{re.escape(name)}\b[^\]]{{0,4000}}\](?:(?!\[/{re.escape(name)}).){{0,20000}}\[/{re.escape(name)}\]",
            re.DOTALL,
        )
        text, count = whole.subn("", text)
        listed += [f"[{name}]"] * bool(count)
    closed = {found["name"].lower() for found in _TAG.finditer(text) if found["end"]}

    def replaced(found: re.Match[str]) -> str:
        name = found["name"].lower()
        is_known = name in KNOWN or bool(_WRAPPERS.match(name)) or name in dropped
        if not (is_known or found["attributes"].strip() or name in closed):
            return found[0]
        if not found["end"] and name not in ("caption", "wp_caption", "embed"):
            listed.append(" ".join(f"[{name}{found['attributes']}]".split())[:200])
        # A wrapper stood on lines of its own: what it wrapped is a paragraph.
        return "\n\n"

    return _TAG.sub(replaced, text), list(dict.fromkeys(listed))
