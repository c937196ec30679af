"""People by name, however it is spelled: exact surnames first, then those that sound alike, then those near by.

Everything is read from `PublishedName`, so nobody hidden or shown by initials can be found. The words of the
query are folded by the same functions of the database that filled the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import pairwise
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import Case, IntegerField, Value, When

from memorial.base.name_key import sort_key
from prisoners.querysets import PrisonerQuerySet

MOST: Final = 1000
"""People found at most: whoever has more namesakes is looked for with a given name."""
LONGEST_QUERY: Final = 200
MOST_WORDS: Final = 6
LONGEST_WORD: Final = 60
SHORTEST_BEGINNING: Final = 3
_FITS_NOTHING: Final = "%qqq%"  # no fold has a q, and an index finds that out at once
LEAST_IN_OTHER_LAYOUT: Final = 5
_RUSSIAN_KEYS: Final = "йцукенгшщзхъфывапролджэячсмитьбюё"
_LATIN_KEYS: Final = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_LATIN_SHIFTED: Final = 'QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>~'
_OTHER_LAYOUT: Final = (
    str.maketrans(_LATIN_KEYS + _LATIN_SHIFTED, _RUSSIAN_KEYS + _RUSSIAN_KEYS.upper()),
    str.maketrans(_RUSSIAN_KEYS + _RUSSIAN_KEYS.upper(), _LATIN_KEYS + _LATIN_SHIFTED),
)


class Nearness(IntEnum):
    """How near the surname is to a word of the query."""

    GIVEN_NAME = 0
    """Only other words of the name agree."""
    CLOSE = 1
    BEGINS = 2
    SAME_SOUND = 3
    EXACT = 4


@dataclass(frozen=True)
class NameMatch:
    """The spelling of a person's name that was found, and how near it is."""

    person_id: int
    text: str
    language: str
    """Empty where nobody noted the language: of other spellings."""
    kind: str
    nearness: Nearness
    surname: str = ""
    """The surname as it is written in that spelling."""


@dataclass(frozen=True)
class NamedPeople:
    """Published people by a name, best first."""

    matches: tuple[NameMatch, ...] = ()
    is_more: bool = False
    read_as: str = ""
    """What was read instead, where the query makes sense only in the other layout of the keyboard."""
    is_asked: bool = True
    """Whether the query holds anything to look for: one letter is nothing."""
    how: dict[int, NameMatch] = field(default_factory=dict)

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(match.person_id for match in self.matches)


@dataclass(frozen=True)
class _Asked:
    """One word of the query, alone and joined to its neighbours, as it is written and as it sounds."""

    words: list[str]
    folds: list[str]
    near: list[str]

    @property
    def beginning(self) -> str:
        """A pattern of the names that begin so; one that nothing fits for a word of which hardly a sound is left."""
        fold, word = (self.folds or [""])[0], self.words[0]
        is_enough = len(fold) >= min(SHORTEST_BEGINNING, len(word))
        return f"% {fold}%" if fold and is_enough else _FITS_NOTHING


def people_named(query: str) -> NamedPeople:
    """Published people whose name is or resembles the query, at most `MOST`.

    Words may stand in any order; a patronymic, an initial or a word that nobody has may be among them, as long
    as a surname agrees. Where nothing is found, the other layout of the keyboard is tried. Never raises,
    whatever the text.
    """
    text = query.replace("\0", " ")[:LONGEST_QUERY]
    if not _words_of(text):
        return NamedPeople(is_asked=False)
    if found := _found(text, is_last_try=False):
        return found
    for other in other_layouts(text):
        if _words_of(other) and (found := _found(other, is_last_try=False)) and _is_likely(other, found):
            return NamedPeople(found.matches, found.is_more, other, how=found.how)
    return _found(text, is_last_try=True) or NamedPeople()


def other_layouts(text: str) -> list[str]:
    """What the same keys give in the other layout of the keyboard, in small letters: «горинцев» of ujhbywtd."""
    others = [text.translate(layout).casefold().strip() for layout in _OTHER_LAYOUT]
    return [other for other in others if other != text.casefold().strip()]


def _is_likely(text: str, found: NamedPeople) -> bool:
    """Whether it was really meant: what is a word in one layout begins some name in the other by mere chance."""
    least = Nearness.CLOSE if len(text) >= LEAST_IN_OTHER_LAYOUT else Nearness.SAME_SOUND
    return found.matches[0].nearness >= least


def in_rank_order(people: PrisonerQuerySet, found: NamedPeople) -> PrisonerQuerySet:
    """Those of the people who were found, best first."""
    places = [When(pk=pk, then=Value(place)) for place, pk in enumerate(found.ids)]
    chosen = people.filter(pk__in=found.ids)
    if not places:
        return chosen
    return chosen.order_by(Case(*places, output_field=IntegerField()))


def _words_of(text: str) -> list[str]:
    """The words to look for; none where there is nothing longer than a letter."""
    plain = sort_key(text.replace("%", " "))  # a percent sign is no letter of a pattern
    words = [word[:LONGEST_WORD] for word in plain.split(" ") if word][:MOST_WORDS]
    return words if any(len(word) > 1 for word in words) else []


def _found(text: str, *, is_last_try: bool) -> NamedPeople | None:
    words = _words_of(text)
    asked = _asked(words)
    if not asked:
        return None
    initials = [word for word in words if len(word) == 1]
    tries = _last_tries(asked) if is_last_try else _tries(asked)
    found = (_people(*_search(" ".join(words), asked, initials, each)) for each in tries)
    return next(filter(None, found), None)


class _Part(NamedTuple):
    """A condition with its values. `by_index` names the list of keys that is looked up by the index whatever happens."""

    condition: str
    values: Sequence[Any]
    by_index: str = ""


@dataclass(frozen=True)
class _Try:
    """Conditions of which a row must fulfil one; and whether it must have every word besides."""

    parts: Sequence[_Part]
    has_every_word: bool = True


def _tries(asked: Sequence[_Asked]) -> list[_Try]:
    """One condition for one index: of «or» between them the planner makes a reading of the whole table."""
    longest = max(asked, key=lambda each: len(each.folds[0]))
    surname = _Part(_SURNAME, [_near_any(asked)])
    others = _Part(_OTHERS, [longest.near], "" if len(asked) > 1 else "other")
    all_parts = [surname, others, _Part(_BEGINS, [longest.beginning])]
    if len(asked) == 1:
        # Those that sound so by themselves, so that none is crowded out by what is only near.
        same_sound = _Part(_SURNAME, [asked[0].folds[:1]])
        return [_Try([same_sound, *all_parts], has_every_word=False)]
    tries = [_Try([surname]), _Try(all_parts), _Try([surname], has_every_word=False)]
    if len(asked) > _MOST_TOLD_APART:
        return tries
    # What indexes alone can answer: one word as the surname; then none, as in a given name with a patronymic.
    no_surname = _Part(" AND ".join([_OTHERS] * len(asked)), [each.near for each in asked])
    told_apart = [_each_as_surname(asked), [no_surname]]
    return [
        _Try(told_apart[0], has_every_word=False),
        tries[0],
        _Try(told_apart[1], has_every_word=False),
        *tries[1:],
    ]


def _each_as_surname(asked: Sequence[_Asked]) -> list[_Part]:
    """One word as the surname and the rest as other names, in each way."""
    found = []
    for place, one in enumerate(asked):
        others = [each.near for at, each in enumerate(asked) if at != place]
        found.append(_Part(" AND ".join([_SURNAME, *[_OTHERS] * len(others)]), [one.near, *others]))
    return found


def _last_tries(asked: Sequence[_Asked]) -> list[_Try]:
    """For a name that nobody has: two letters astray; then a beginning whose last sound depends on what follows."""
    fold = asked[0].folds[0]
    shorter = f"% {fold[:-1]}%" if len(fold) > _SHORTEST_FARTHER else _FITS_NOTHING
    tries = _Part(_SURNAME, [_farther(asked)], "surname"), _Part(_BEGINS, [shorter])
    return [_Try([each], has_every_word=False) for each in tries]


def _asked(words: list[str]) -> list[_Asked]:
    """The words with their keys, which the database makes; those that fold to nothing («оглы») left out."""
    long = [word for word in words if len(word) > 1]
    joined = ["".join(pair) for pair in pairwise(long)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT f, memorial_near_folds(ARRAY[f]) FROM unnest(%s::text[]) WITH ORDINALITY AS w(word, n),"
            " LATERAL memorial_name_fold(word) AS f ORDER BY n",
            [[*long, *joined]],
        )
        keys = cursor.fetchall()
    alone, together = keys[: len(long)], keys[len(long) :]
    found = []
    for place, (fold, near) in enumerate(alone):
        if fold:
            beside = [at for at in (place - 1, place) if 0 <= at < len(joined)]
            found.append(
                _Asked(
                    [long[place], *(joined[at] for at in beside)],
                    [fold, *(together[at][0] for at in beside)],
                    [*near, *(each for at in beside for each in together[at][1])],
                )
            )
    return found


_ONE: Final = "(n.surname_near && %s::text[] OR n.other_near && %s::text[] OR n.loose LIKE %s)"
_SURNAME: Final = "n.surname_near && %s::text[]"
_OTHERS: Final = "n.other_near && %s::text[]"
_BEGINS: Final = "n.loose LIKE %s"
_MOST_TOLD_APART: Final = 3
"""Words of a query that are tried as surname each: surname, given name, patronymic."""
_SHORTEST_FARTHER: Final = 6
_LONGEST_FARTHER: Final = 16
_RANKED: Final = MOST + 1
"""Rows that are ranked at most for each condition: more are not told."""


def _every(asked: Sequence[_Asked]) -> tuple[str, list[Any]]:
    """The condition that every word is in the name, in whichever part."""
    params = [value for each in asked for value in (each.near, each.near, each.beginning)]
    return " AND ".join([_ONE] * len(asked)), params


def _near_any(asked: Sequence[_Asked]) -> list[str]:
    return sorted({near for each in asked for near in each.near})


def _farther(asked: Sequence[_Asked]) -> list[str]:
    """What two letters left out make of the longest word: for a surname that nobody has, nor anything near it."""
    longest = max((each.folds[0] for each in asked), key=len)[:_LONGEST_FARTHER]
    if len(longest) < _SHORTEST_FARTHER:
        return []
    once = {longest[:at] + longest[at + 1 :] for at in range(len(longest))}
    return sorted(once | {one[:at] + one[at + 1 :] for one in once for at in range(len(one))})


def _search(
    whole: str, asked: Sequence[_Asked], initials: Sequence[str], wanted: _Try
) -> list[tuple[Any, ...]]:
    nearness, nearness_params = _nearness(asked)
    score, score_params = _score(whole, asked, initials)
    branches, branch_params = _branches(asked, wanted)
    sql = f"""
        WITH candidate AS MATERIALIZED ({branches}), ranked AS (
            SELECT DISTINCT ON (n.person_id) n.person_id, n.text, n.language, n.kind, n.key, n.surname_words,
                   {nearness} AS nearness, {score} AS score
            FROM candidate n ORDER BY n.person_id, nearness DESC, score DESC, n.id
        )
        SELECT person_id, text, language, kind, nearness, surname_words,
               (SELECT bool_or(is_full) FROM (
                   SELECT count(*) >= {_RANKED} AS is_full FROM candidate GROUP BY branch) AS b)
        FROM ranked
        ORDER BY nearness DESC, score DESC, key, person_id LIMIT {MOST + 1}
    """  # noqa: S608 - put together of constants alone
    with connection.cursor() as cursor:
        cursor.execute(sql, [*branch_params, *nearness_params, *score_params])
        return cursor.fetchall()


def _branches(asked: Sequence[_Asked], wanted: _Try) -> tuple[str, list[Any]]:
    """The rows to rank, as one statement for each condition."""
    every, params = _every(asked) if wanted.has_every_word else ("true", [])
    sql = " UNION ALL ".join(_branch(number, part, every) for number, part in enumerate(wanted.parts))
    return sql, [each for part in wanted.parts for each in (*part.values, *params)]


def _branch(number: int, part: _Part, every: str) -> str:
    of_surname = "true" if part.condition.startswith(_SURNAME) else "false"
    columns = f"n.*, {number} AS branch, {of_surname} AS of_surname"
    names = "prisoners_publishedname n"
    if part.by_index:
        # Many keys, or one that thousands have: for the first of them PostgreSQL would rather read the whole table.
        hits = f"memorial_names_by_index('{part.by_index}', %s, {_RANKED}) AS hit(id)"
        return f"(SELECT {columns} FROM {hits} JOIN {names} USING (id) WHERE {every})"  # noqa: S608
    return f"(SELECT {columns} FROM {names} WHERE {part.condition} AND {every} LIMIT {_RANKED})"  # noqa: S608


def _nearness(asked: Sequence[_Asked]) -> tuple[str, list[Any]]:
    """SQL for the `Nearness` of a row: the best that any word of the query reaches."""
    one = (
        f"CASE WHEN n.surname_words && %s::text[] THEN {Nearness.EXACT:d}"
        f" WHEN n.surname_folds && %s::text[] THEN {Nearness.SAME_SOUND:d}"
        f" WHEN n.loose LIKE %s THEN {Nearness.BEGINS:d}"
        f" WHEN n.of_surname AND n.surname_near && %s::text[] THEN {Nearness.CLOSE:d} ELSE 0 END"
    )
    # The surname stands first in the key of sounds.
    params = [
        value
        for each in asked
        for value in (each.words, each.folds, each.beginning.removeprefix("%"), each.near)
    ]
    return f"greatest({', '.join([one] * len(asked))})", params


def _score(whole: str, asked: Sequence[_Asked], initials: Sequence[str]) -> tuple[str, list[Any]]:
    """SQL for how well the whole name agrees, among those that are equally near."""
    one = (
        "CASE WHEN n.surname_words && %s::text[] OR n.other_words && %s::text[] THEN 4"
        " WHEN n.surname_folds && %s::text[] OR n.other_folds && %s::text[] THEN 3"
        " WHEN n.loose LIKE %s THEN 2"
        " WHEN n.surname_near && %s::text[] OR n.other_near && %s::text[] THEN 1 ELSE 0 END"
    )
    params: list[Any] = []
    for each in asked:
        params += [each.words, each.words, each.folds, each.folds, each.beginning, each.near, each.near]
    parts = [one] * len(asked)
    for initial in initials:
        parts.append("CASE WHEN n.loose LIKE '%% ' || memorial_name_fold(%s) || '%%' THEN 1 ELSE 0 END")
        params.append(initial)
    # Dear, and of use only among surnames that are near each other.
    parts.append("CASE WHEN n.of_surname THEN similarity(n.key, %s) ELSE 0 END")
    return " + ".join(parts), [*params, whole]


def _people(*rows: tuple[Any, ...]) -> NamedPeople | None:
    if not rows:
        return None
    matches = tuple(
        NameMatch(person, text, language, kind, Nearness(nearness), _surname_in(text, words))
        for person, text, language, kind, nearness, words, _is_full in rows[:MOST]
    )
    is_more = len(rows) > MOST or rows[0][-1]
    return NamedPeople(matches, is_more, how={match.person_id: match for match in matches})


def _surname_in(text: str, words: Sequence[str]) -> str:
    """Those words of a name that are of the surname, as they are written."""
    known = set(words)
    return " ".join(word for word in text.split() if known.issuperset(sort_key(word).split(" ")))
