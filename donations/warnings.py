"""Whether a text names somebody of the encyclopaedia: money is never raised for a named person.

It errs towards finding too much, and only warns: the words that a member of staff wrote are shown again,
never what the record says, nor whether it is published.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from memorial.base.localized import all_languages
from memorial.base.names import romanise, sort_key
from memorial.base.rich_text import plain_text
from prisoners.actions.moved_names import words_of_name
from prisoners.actions.name_pattern import name_pattern
from prisoners.models import Prisoner

LONG, BEGINNING, BEGINNING_OF_LONG = 6, 2, 4
"""Letters of a surname that no case of its declension changes: four of one that has six, else two."""
AROUND = 3
"""Words on either side of a surname among which a given name, or its initial, belongs to it."""
_INITIAL = re.compile(r"(?<!\w)([^\W\d_])\.")
_LATIN = re.compile(r"[A-Za-z]")
_SURNAMES, _GIVEN = all_languages("surname"), all_languages("given_names")

Names = dict[tuple[str, ...], set[str]]
"""The given names that go with a surname, which is written in one or several languages."""


def named_people(texts: Iterable[str]) -> list[str]:
    """The words around each surname of a known person that stands with the given name or its initial.

    Russian forms are known in every case and in the usual romanisations. Rich texts may be given as markup.
    """
    plain = [plain_text(text).split() for text in texts]
    written = {key for words in plain for word in words for key in sort_key(word).split()}
    beginnings = {key[:length] for key in written for length in (BEGINNING, BEGINNING_OF_LONG)}
    has_latin = any(_LATIN.search(key) for key in written)
    likely = [
        (surnames, given)
        for surnames, given in _names().items()
        if any(_may_stand(surname, beginnings, has_latin=has_latin) for surname in surnames)
    ]
    found = [place for words in plain for place in _places(words, likely)]
    return list(dict.fromkeys(found))


def _names() -> Names:
    """Everybody's names, drafts included, and those that «initials only» moved away."""
    names: Names = defaultdict(set)
    for row in Prisoner.objects.values_list(*_SURNAMES, *_GIVEN).iterator():
        surnames, given = row[: len(_SURNAMES)], row[len(_SURNAMES) :]
        names[tuple(filter(None, surnames))] |= set(filter(None, given))
    for person in Prisoner.objects.filter(initials_only=True):
        words = words_of_name(person)
        names[tuple(words["surname"])] |= set(words["given_names"])
    return {surnames: given for surnames, given in names.items() if surnames and given}


def _may_stand(surname: str, beginnings: set[str], *, has_latin: bool) -> bool:
    """Whether a word of the texts begins like the surname or one of its halves, as written or romanised."""
    spelled = f"{surname} {romanise(surname)}" if has_latin else surname
    return any(
        part[: BEGINNING_OF_LONG if len(part) >= LONG else BEGINNING] in beginnings
        for part in sort_key(spelled).split()
    )


def _places(words: list[str], likely: Iterable[tuple[tuple[str, ...], set[str]]]) -> Iterator[str]:
    """For each name that stands in a text, the words around its first place."""
    whole = " ".join(words)
    for surnames, given in likely:
        surname = name_pattern(surnames)
        if surname is None or not surname.found_in(whole):
            continue
        for at in range(len(words)):
            # Two words together: a surname may have two.
            if surname.found_in(" ".join(words[at : at + 2])):
                around = " ".join(words[max(0, at - AROUND) : at + 2 + AROUND])
                if _has_given(around, given):
                    yield around
                    break


def _has_given(text: str, given: set[str]) -> bool:
    initials = {name[0].casefold() for name in given}
    if any(letter.casefold() in initials for letter in _INITIAL.findall(text)):
        return True
    pattern = name_pattern(given)
    return pattern is not None and pattern.found_in(text)
