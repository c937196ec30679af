"""A tidy text cut into its parts: what happened, why political, letters, by headings and beginnings."""

from collections.abc import Iterator

from prisoners.importers.wordpress.blocks import Block
from prisoners.importers.wordpress.rules import LETTERS, ContentRule

LONGEST_HEADING = 150


def cut(blocks: list[Block], rule: ContentRule) -> dict[str, list[Block]]:
    """The blocks by where they belong. A heading that names a part goes: the page has its own."""
    parts: dict[str, list[Block]] = {}
    for part, block in _assigned(blocks, rule):
        parts.setdefault(part, []).append(block)
    return parts


def _assigned(blocks: list[Block], rule: ContentRule) -> Iterator[tuple[str, Block]]:
    part = rule.field
    for block in blocks:
        heading = _heading(block)
        if heading and (named := _named(heading, rule)):
            part = named
            continue
        if block.tag == "h3":
            # A heading that the mapping does not know ends the part before it and stays.
            part = rule.field
        yield _by_beginning(block, rule) or part, block


def _heading(block: Block) -> str:
    """The words of a heading, or of a short line in bold, which editors use as one."""
    if block.lists or len(block.text) > LONGEST_HEADING:
        return ""
    return block.text if block.tag in ("h3", "h4") or block.is_all_bold else ""


def _named(heading: str, rule: ContentRule) -> str:
    return next((part for pattern, part in rule.sections if pattern.match(heading)), "")


def _by_beginning(block: Block, rule: ContentRule) -> str:
    return next((part for pattern, part in rule.paragraphs if pattern.match(block.text)), "")


def lines_of(blocks: list[Block]) -> str:
    """Blocks as plain lines."""
    return "\n".join("".join(text for text, _look in block.runs) for block in blocks)


__all__ = ["LETTERS", "cut", "lines_of"]
