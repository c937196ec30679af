"""From words to pieces: groups of points and parts, articles, codes, breaks.

A piece knows how strongly it is set off from the one before it; what belongs to what is decided
afterwards, in `items`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from cases.references.plain_text import LOOKALIKES
from cases.references.points import POINT, russian_point
from cases.references.tokens import Token, TokenStream
from cases.references.value import is_part

NONE, LINE, COMMA, BREAK = range(4)
"""How strongly two pieces are set apart."""

_GAPS = {"line": LINE, "comma": COMMA, "and": COMMA, "dash": COMMA}
_BETWEEN = ("quote", "line")
_LARGEST_PART = 19
_LARGEST_BEFORE_CODE = 4


@dataclass(slots=True)
class Group:
    """Points and parts that stand together: «п. «а», «д» ч. 2»; `sound` is whether they are clear."""

    parts: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    sound: bool = True


@dataclass(slots=True)
class Piece:
    """A part of a reference with its place in the plain text."""

    kind: Literal["group", "article", "code", "episodes", "edition"]
    start: int
    end: int
    gap: int = NONE
    dash: bool = False
    text: str = ""
    bare: bool = False
    groups: list[Group] = field(default_factory=list)


class PieceReader:
    """Reads the tokens once, from left to right."""

    def __init__(self, stream: TokenStream, *, english: bool) -> None:
        self.stream = stream
        self.english = english
        self.pieces: list[Piece] = []
        self.unknown: list[tuple[int, int]] = []
        self._gap, self._dash = BREAK, False

    def read(self) -> None:
        """Fill `pieces` and `unknown`."""
        while (kind := self.stream.peek().kind) != "end":
            if kind == "article":
                self._article()
            elif kind in ("part", "point"):
                self._group()
            elif kind in ("code", "episodes", "edition"):
                token = self.stream.take()
                self._add(Piece(kind, token.start, token.end, text=token.text))  # type: ignore[arg-type]
            elif kind == "number":
                self._bare_number()
            else:
                self._between()

    def _add(self, piece: Piece) -> None:
        piece.gap, piece.dash = self._gap, self._dash
        self.pieces.append(piece)
        self._gap, self._dash = NONE, False

    def _between(self) -> None:
        token = self.stream.take()
        if token.kind in _GAPS:
            self._gap, self._dash = max(self._gap, _GAPS[token.kind]), self._dash or token.kind == "dash"
        elif token.kind in ("word", "letter", "mark"):
            self._not_understood(token)
        elif not self._is_harmless(token):
            self._gap = BREAK

    def _is_harmless(self, token: Token) -> bool:
        """Quotes, brackets around what adds to a reference, a colon after a code."""
        adds = ("code", "episodes", "edition")
        last = self.pieces[-1].kind if self.pieces else ""
        if token.kind == "open":
            return self.stream.peek().kind in adds
        if token.kind == "close":
            return last in adds
        return token.kind == "quote" or (token.text == ":" and last == "code")

    def _not_understood(self, *tokens: Token) -> None:
        self.unknown.append((tokens[0].start, tokens[-1].end))
        self._gap = BREAK

    def _article(self) -> None:
        marker = self.stream.take()
        if self.stream.peek().kind != "number":
            self._not_understood(marker)
            return
        number = self.stream.take()
        self._add(Piece("article", marker.start, number.end, text=number.text))
        self._brackets()

    def _bare_number(self) -> None:
        number = self.stream.take()
        following = self.stream.peek().kind
        places_itself = following in ("part", "point") or (following == "open" and self._bracket_follows())
        if not (places_itself or (not self._dash and (following == "code" or self._continues()))):
            self._not_understood(number)
            return
        bare = not places_itself
        self._add(Piece("article", number.start, number.end, text=number.text, bare=bare))
        self._brackets()

    def _continues(self) -> bool:
        """Whether a bare number stands after «ст. 275,» or right after a code that begins a list."""
        if not self.pieces or self._gap == BREAK:
            return False
        last = self.pieces[-1]
        if last.kind == "code":
            return self._gap == NONE and last.gap == BREAK
        is_postfix = last.kind == "group" and len(self.pieces) > 1 and self.pieces[-2].kind == "article"
        return self._gap == COMMA and (last.kind == "article" or is_postfix)

    def _bracket_follows(self) -> bool:
        place = self.stream.place
        understood = bool(self._bracket())
        self.stream.place = place
        return understood

    def _brackets(self) -> None:
        """Read «(2)(а, д)» or «(ч. 2)» after an article, as far as it is that."""
        piece, parts, points = self.pieces[-1], (), ()  # type: Piece, tuple[str, ...], tuple[str, ...]
        while self.stream.peek().kind == "open":
            place = self.stream.place
            found = self._bracket()
            if isinstance(found, Group):
                piece.groups.append(found)
            elif found and (points == () or not found[0].isdigit()):
                first = not parts and not points and all(is_part(text) for text in found)
                parts, points = (found, points) if first else (parts, points + found)
            else:
                self.stream.place = place
                break
            piece.end = self.stream.peek(-1).end
        if parts or points:
            piece.groups.append(Group(parts, _distinct(points), sound=_is_sound(parts, points)))

    def _bracket(self) -> Group | tuple[str, ...] | None:
        self.stream.take()
        if self.stream.peek().kind in ("part", "point"):
            group = self._read_group()
            return group if group and self.stream.take().kind == "close" else None
        found: list[str] = []
        while (text := self._bracketed()) is not None:
            found.append(text)
            self.stream.skip("comma", "and")
        return tuple(found) if found and self.stream.take().kind == "close" else None

    def _bracketed(self) -> str | None:
        token = self.stream.peek()
        if token.kind == "number" and (is_part(token.text) or POINT.fullmatch(token.text)):
            return self.stream.take().text
        if token.kind in ("letter", "and"):
            letter = self._letter(token.text, english=self.english, lookalikes=False)
            if letter:
                self.stream.take()
                return letter
        return None

    def _group(self) -> None:
        first = self.stream.peek()
        group = self._read_group()
        last = self.stream.peek(-1)
        if group is None:
            self._not_understood(first, last)
        else:
            self._add(Piece("group", first.start, last.end, groups=[group]))

    def _read_group(self) -> Group | None:
        """Read «п. «а» ч. 2», «ч. 2 п. «а»», «ч. 1, 2» or «п. «а»»; None where a marker stands alone."""
        if self.stream.peek().kind == "point":
            points, clear = self._points()
            if not points:
                return None
            parts = self._parts_after_points()
        else:
            parts, clear = self._parts()
            if not parts:
                return None
            points, points_clear = self._points_after_parts()
            clear = clear and points_clear
        return Group(parts, _distinct(points), sound=clear and _is_sound(parts, points))

    def _parts_after_points(self) -> tuple[str, ...]:
        place = self.stream.place
        self.stream.skip("comma", "quote", "line")
        if self.stream.peek().kind == "part":
            parts, clear = self._parts()
            if parts and clear:
                return parts
        self.stream.place = place
        return ()

    def _points_after_parts(self) -> tuple[tuple[str, ...], bool]:
        """Read points that follow a part and belong to it, not to another part still to come."""
        place = self.stream.place
        commas = self.stream.skip("comma", "line")
        if self.stream.peek().kind == "point":
            points, clear = self._points()
            ahead = 1 if commas and self.stream.peek().kind in ("comma", "and") else 0
            if points and self.stream.peek(ahead).kind != "part":
                return points, clear
        self.stream.place = place
        return (), True

    def _parts(self) -> tuple[tuple[str, ...], bool]:
        """Read the marker and its numbers; the second value is False for a range or a strange number."""
        self.stream.skip("part", "quote", "line")
        found: list[str] = []
        clear = True
        while self._is_part_number():
            found.append(self.stream.take().text)
            clear = clear and is_part(found[-1])
            if self.stream.peek().kind == "dash" and self.stream.peek(1).kind == "number":
                clear = False
                self.stream.take()
            elif not self._step_over_comma():
                break
        return tuple(dict.fromkeys(found)), clear

    def _step_over_comma(self) -> bool:
        """Step over what joins two parts, if another one follows; not over that before an article."""
        place = self.stream.place
        if self.stream.skip("comma", "and") and self._is_part_number() and not self._begins_an_article():
            return True
        self.stream.place = place
        return False

    def _is_part_number(self) -> bool:
        token = self.stream.peek()
        whole = token.text.partition(".")[0].partition("-")[0]
        return token.kind == "number" and (not whole.isdecimal() or int(whole[:4]) <= _LARGEST_PART)

    def _begins_an_article(self) -> bool:
        """Whether the number is an article of its own; 19.3 before «КоАП РФ» is one, 1.1 is a part."""
        after = self.stream.peek(1).kind
        whole = int(self.stream.peek().text.partition(".")[0].partition("-")[0][:4] or 0)
        return after in ("part", "point", "open") or (after == "code" and whole > _LARGEST_BEFORE_CODE)

    def _points(self) -> tuple[tuple[str, ...], bool]:
        """Read the marker and its letters or numbers."""
        self.stream.skip("point", "quote")
        found: list[str] = []
        clear = True
        while (point := self._point()) is not None:
            clear = clear and point != ""
            found += [point] if point else []
            place = self.stream.place
            separated = self._separator()
            if not (self._is_point() and (separated or self._is_quoted())):
                self.stream.place = place
                break
        self.stream.skip("quote")
        return tuple(found), clear

    def _separator(self) -> int:
        """Step over what stands between two letters; not over «и» where it is itself the letter."""
        commas = self.stream.skip("comma", *_BETWEEN)
        is_letter = commas and self.stream.peek(1).kind in ("part", "article", "comma", "and")
        return commas if is_letter else commas + self.stream.skip("and", *_BETWEEN)

    def _is_quoted(self) -> bool:
        return self.stream.peek().text.startswith('"')

    def _is_point(self) -> bool:
        token = self.stream.peek()
        if token.kind == "number":
            return bool(POINT.fullmatch(token.text)) and self.stream.peek(1).kind != "open"
        return token.kind in ("letter", "and")

    def _point(self) -> str | None:
        """Take one point; "" for a letter that names none, None where no letter stands."""
        self.stream.skip("open")
        if not self._is_point():
            return None
        token = self.stream.take()
        self.stream.skip("close")
        if token.kind == "number":
            return token.text
        return self._letter(token.text, english=self.english and self._is_english(token)) or ""

    def _is_english(self, token: Token) -> bool:
        """Whether the marker before the letter is an English one: "point e" and not «п. e»."""
        before = self.stream.text.plain[max(0, token.start - 40) : token.start]
        return "point" in before or "item" in before

    @staticmethod
    def _letter(text: str, *, english: bool, lookalikes: bool = True) -> str:
        """Return the Russian letter that is meant; "" where that is not certain."""
        bare = text.strip('")')
        letter, number = bare[0], bare[1:].lstrip(".")
        if english:
            letter = russian_point(letter)
        elif lookalikes or letter == "a":
            letter = LOOKALIKES.get(letter, letter)
        point = f"{letter}.{number}" if number else letter
        return point if POINT.fullmatch(point) else ""


def _distinct(points: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(points))


def _is_sound(parts: tuple[str, ...], points: tuple[str, ...]) -> bool:
    """Whether it is clear which points belong to which part."""
    return all(is_part(part) for part in parts) and not (len(parts) > 1 and points)
