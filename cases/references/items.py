"""From pieces to items: which part belongs to which article, and which code stands for which list."""

from __future__ import annotations

from dataclasses import dataclass, field

from cases.references.codes import Kind, stated_code
from cases.references.pieces import BREAK, LINE, NONE, Group, Piece
from cases.references.plain_text import PlainText
from cases.references.value import attempt_of, complicity_of


@dataclass(slots=True)
class Item:
    """An article with its groups; `code` is "" as long as none is stated, `kind` what is said of it."""

    number: str
    start: int
    end: int
    groups: list[Group] = field(default_factory=list)
    has_prefix: bool = False
    closes_list: bool = False
    code: str = ""
    code_name: str = ""
    kind: Kind | None = None
    episodes: str = ""
    edition: str = ""

    @property
    def looks_like_prefix(self) -> bool:
        """Whether it may be «ч. 3 ст. 30» or «ч. 5 ст. 33» before the article that it is about."""
        parts = tuple(part for group in self.groups for part in group.parts)
        if any(group.points for group in self.groups):
            return False
        if self.number == "30":
            return attempt_of(parts) is not None
        return self.number == "33" and complicity_of(parts) is not None


class ItemReader:
    """Puts the pieces of a text together, list by list."""

    def __init__(self, text: PlainText, pieces: list[Piece]) -> None:
        self.text = text
        self.pieces = pieces
        self.unknown: list[tuple[int, int]] = []
        self.lists: list[list[Item]] = [[]]
        self._waiting: list[Piece] = []
        self._uncoded: list[Item] = []
        self._forward: Piece | None = None
        self._after_code = False

    def read(self) -> list[list[Item]]:
        """Return the lists of items; what belongs nowhere goes to `unknown`."""
        for place, piece in enumerate(self.pieces):
            if piece.kind == "group" and (piece.gap < BREAK or not self._waiting):
                self._break_before(piece)
                self._waiting.append(piece)
            elif piece.kind == "article":
                self._article(piece, place)
            else:
                self._leave_waiting(None, NONE)
                self._break_before(piece)
                self._other(piece)
        self._leave_waiting(None, NONE)
        return [items for items in self.lists if items]

    @property
    def _last(self) -> Item | None:
        return self.lists[-1][-1] if self.lists[-1] else None

    def _break_before(self, piece: Piece) -> None:
        last = self._last
        dashed = piece.dash and not self._waiting and not (last and last.looks_like_prefix)
        if piece.gap == BREAK or (dashed and piece.kind != "code"):
            self._end_list()

    def _end_list(self) -> None:
        self._leave_waiting(None, NONE)
        self.lists.append([])
        self._uncoded, self._forward, self._after_code = [], None, False

    def _article(self, piece: Piece, place: int) -> None:
        if piece.gap == BREAK:
            self._end_list()
        prefix = self._leave_waiting(piece, self._next_gap(place))
        begins = prefix[0] if prefix else piece
        self._break_before(begins)
        # A new line between two whole references begins a new list, as a full stop does.
        if begins.gap == LINE and self._last:
            self._end_list()
        groups = [group for other in (*prefix, piece) for group in other.groups]
        if piece.bare and self._last and (self._last.has_prefix or self._last.groups):
            self.unknown.append((piece.start, piece.end))
            return
        item = Item(piece.text, begins.start, piece.end, groups, has_prefix=bool(prefix or piece.groups))
        self.lists[-1].append(item)
        self._uncoded.append(item)
        self._after_code = False
        if self._forward:
            self._set_code(item, self._forward)

    def _next_gap(self, place: int) -> int:
        """How a group after this article is set off from it; BREAK where none follows."""
        following = self.pieces[place + 1] if place + 1 < len(self.pieces) else None
        return following.gap if following and following.kind == "group" else BREAK

    def _leave_waiting(self, article: Piece | None, next_gap: int) -> list[Piece]:
        """Give the waiting groups to the article before them; return those that belong to the next."""
        groups, self._waiting = self._waiting, []
        split = self._split(groups, article, next_gap)
        if split is None:
            self.unknown += [(group.start, group.end) for group in groups]
            return []
        last = self._last
        for group in groups[:split]:
            if last is not None:
                last.groups += group.groups
                last.end = group.end
        return groups[split:]

    def _split(self, groups: list[Piece], article: Piece | None, next_gap: int) -> int | None:
        """Return how many of the groups belong to the article before them; None where it is unclear."""
        last = self._last
        if not groups:
            return 0
        if self._after_code:
            own = article is None and groups[0].gap == NONE and last is not None and not last.groups
            return len(groups) if own else 0 if article else None
        if article is None:
            return len(groups) if last is not None and not last.has_prefix else None
        if last is None or last.has_prefix:
            return 0
        gaps = [group.gap for group in groups] + [article.gap]
        strongest = [place for place, gap in enumerate(gaps) if gap == max(gaps)]
        if len(strongest) == 1:
            return strongest[0]
        return len(groups) if len(groups) == 1 and next_gap == NONE and gaps[0] == NONE else None

    def _other(self, piece: Piece) -> None:
        last = self._last
        if piece.kind == "code":
            self._code(piece)
        elif last is None or getattr(last, piece.kind) or (self._after_code and not last.closes_list):
            self.unknown.append((piece.start, piece.end))
        else:
            setattr(last, piece.kind, piece.text)
            last.end = piece.end

    def _code(self, piece: Piece) -> None:
        waiting = self._uncoded
        self._uncoded = []
        if not waiting:
            self._forward = piece
            return
        conflict = self._forward is not None and self._stated(self._forward) != self._stated(piece)
        for item in waiting:
            if conflict:
                item.code, item.code_name, item.kind = "", "", "other"
            else:
                self._set_code(item, piece)
        main = [item for item in waiting if not item.looks_like_prefix]
        waiting[-1].closes_list = len(main) <= 1
        waiting[-1].end = piece.end
        self._forward, self._after_code = None, True

    def _stated(self, piece: Piece) -> tuple[str, str, Kind]:
        stated = stated_code(self.text, piece.start, piece.end)
        return stated.code, stated.name, stated.kind

    def _set_code(self, item: Item, piece: Piece) -> None:
        item.code, item.code_name, item.kind = self._stated(piece)
