"""The value: one article of a code, as a charge names it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from cases.references.codes import known_code, tidy_name
from cases.references.edition import split_edition
from cases.references.points import POINT
from prisoners.choices import LegalCode

ARTICLE_33 = "article_33"
"""Complicity, the part of Art. 33 not being stated."""

MOST_EPISODES = 999
LONGEST_NAME = 100
_DOTTED = re.compile(r"[1-9]\d{0,2}(?:\.[1-9]\d?){0,2}")
_HYPHENED = re.compile(r"[1-9]\d{0,2}-[1-9]\d?")
_PART = re.compile(r"[1-9]\d?(?:\.[1-9]\d?)?")
_COMPLICITY = re.compile(r"(?:article_33|[1-5](?:,[1-5])*)?")


class Attempt(StrEnum):
    """How far the offence went, УК РФ, ст. 30; the empty value is a completed one."""

    NONE = ""
    PREPARATION = "preparation"
    """ч. 1 ст. 30"""
    ATTEMPT = "attempt"
    """ч. 3 ст. 30"""
    ARTICLE_30 = "article_30"
    """Art. 30, its part not being stated."""


ATTEMPT_PARTS = {Attempt.PREPARATION: "1", Attempt.ATTEMPT: "3", Attempt.ARTICLE_30: ""}


@dataclass(frozen=True, slots=True)
class ArticleReference:
    """A reference to one part (or the whole) of one article.

    `code` is a LegalCode, "" where no code is stated: it is never guessed. `code_name` names the
    code where it is "other". `article` is the number as text ("207.3"; "114-1" in Ukraine), `part`
    too ("1.1"; "" if unknown or none), `points` are Russian letters («д», «е.1») or numbers.
    `attempt` and `complicity` (parts of Art. 33: "5", "3,5", "article_33") may both be set; they
    are those of the Criminal Code of the Russian Federation, and for its articles or an unstated
    code only. `episodes` is how often, None if not said. `edition` is the amending law that the
    charge names, "32-ФЗ 2022-03-04".

    Raises ValueError for what no such reference can be.
    """

    article: str
    code: str = ""
    part: str = ""
    points: tuple[str, ...] = ()
    attempt: str = Attempt.NONE
    complicity: str = ""
    episodes: int | None = None
    edition: str = ""
    code_name: str = ""

    def __post_init__(self) -> None:
        """Refuse what cannot be written so that it is read back."""
        object.__setattr__(self, "attempt", Attempt(self.attempt))
        wrong = [*_wrong_place(self), *_wrong_code(self), *_wrong_russian(self)]
        if self.episodes is not None and not 1 <= self.episodes <= MOST_EPISODES:
            wrong.append("episodes")
        if wrong:
            raise ValueError(f"not a reference to an article: {', '.join(wrong)} of {self!r}")
        if self.edition:
            split_edition(self.edition)

    @property
    def has_russian_general_part(self) -> bool:
        """Whether Arts 30 and 33 here mean attempt and complicity."""
        return general_part_is_russian(self.code)


def general_part_is_russian(code: str) -> bool:
    """Whether Arts 30 and 33 of a code are those of the Criminal Code of the Russian Federation."""
    return code in ("", LegalCode.UK_RF)


def is_article_number(text: str, code: str) -> bool:
    """Whether an article of this code may bear the number; hyphens are Ukraine's and other codes'."""
    may_hyphen = code in (LegalCode.UK_UA, LegalCode.OTHER)
    return bool(_DOTTED.fullmatch(text) or (may_hyphen and _HYPHENED.fullmatch(text)))


def is_part(text: str) -> bool:
    """Whether a part may bear the number."""
    return bool(_PART.fullmatch(text))


def attempt_of(parts: tuple[str, ...]) -> Attempt | None:
    """Return what Art. 30 with these parts says; None where it says neither."""
    if not parts:
        return Attempt.ARTICLE_30
    meant = {part: attempt for attempt, part in ATTEMPT_PARTS.items()}
    return meant.get(parts[0]) if len(parts) == 1 else None


def complicity_of(parts: tuple[str, ...]) -> str | None:
    """Return the canonical text for parts of Art. 33; None where it has no such part."""
    text = ",".join(sorted(set(parts))) or ARTICLE_33
    return text if _COMPLICITY.fullmatch(text) else None


def _wrong_place(reference: ArticleReference) -> list[str]:
    wrong = [] if is_article_number(reference.article, reference.code) else ["article"]
    if reference.part and not is_part(reference.part):
        wrong.append("part")
    points = reference.points
    if len(set(points)) < len(points) or not all(POINT.fullmatch(point) for point in points):
        wrong.append("points")
    return wrong


def _wrong_code(reference: ArticleReference) -> list[str]:
    name = reference.code_name
    if reference.code != LegalCode.OTHER:
        known = reference.code in ("", *LegalCode.values)
        return ["code_name"] if name else [] if known else ["code"]
    is_name = 0 < len(name) <= LONGEST_NAME and name == tidy_name(name) and known_code(name) is None
    return [] if is_name else ["code_name"]


def _wrong_russian(reference: ArticleReference) -> list[str]:
    complicity = reference.complicity
    wrong = []
    parts = tuple(complicity.split(",")) if complicity not in ("", ARTICLE_33) else ()
    if not _COMPLICITY.fullmatch(complicity) or (parts and complicity_of(parts) != complicity):
        wrong.append("complicity")
    if not reference.has_russian_general_part:
        return ["attempt or complicity"] if reference.attempt or complicity else []
    if reference.article in ("30", "33") and not reference.points:
        part = (reference.part,) if reference.part else ()
        read = attempt_of(part) if reference.article == "30" else complicity_of(part)
        wrong += ["article, which says attempt or complicity,"] if read is not None else []
    return wrong
