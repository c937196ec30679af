"""People who may be the same as one that is about to be entered. For staff: hidden names are read too."""

from __future__ import annotations

import re
from itertools import product

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection, transaction
from django.db.models import F, Model, Q, QuerySet
from django.db.models.functions import Greatest

from memorial.base.localized import LANGUAGES, in_language
from memorial.base.names import looks_like_same_name, romanise, sort_key
from memorial.base.partial_date import PartialDate
from prisoners.models import HiddenNameVariant, NameVariant, Prisoner
from prisoners.models.person_details import NameKey

MOST = 10
CANDIDATES = 60
"""Of each kind of name; the ranking is made among them."""
WORD_ALIKE = 0.4
"""How alike surname and given name must be, each to a word: Горинцев, Горинцов are 0.5, Yuri, Yury 0.43."""
SINGLE_WORD_ALIKE = 0.7
"""The same of a name that stands alone: too many have something like it."""
SAME_SPELLING = 0.2
SAME_PATRONYMIC = 0.1
SAME_YEAR = 0.1
OTHER_YEAR = -0.15
YEARS_APART = 2

# The other way round than `romanise`: only good enough for a trigram index to find candidates.
_CYRILLIC = re.compile(r"[а-яёіїєґ]", re.IGNORECASE)
_SOUNDS = (
    *(
        ("shch", "щ"),
        ("sch", "щ"),
        ("zh", "ж"),
        ("kh", "х"),
        ("ts", "ц"),
        ("tc", "ц"),
        ("ch", "ч"),
        ("sh", "ш"),
    ),
    *(
        ("ya", "я"),
        ("ia", "ия"),
        ("ja", "я"),
        ("yu", "ю"),
        ("iu", "ю"),
        ("ju", "ю"),
        ("yo", "е"),
        ("ye", "е"),
    ),
    *(
        ("yy", "ый"),
        ("iy", "ий"),
        ("skyi", "ский"),
        ("sky", "ский"),
        ("ski", "ский"),
        ("x", "кс"),
        ("w", "в"),
    ),
)
_LETTERS = str.maketrans("abcdefghijklmnopqrstuvyz", "абцдефгхийклмнопкрстувйз")


def similar_people(
    surname: str,
    given: str,
    patronymic: str = "",
    born: PartialDate | None = None,
    exclude: Prisoner | int | None = None,
) -> list[Prisoner]:
    """Return at most ten people, in every state, who may be this one; the likeliest first.

    Names in both languages, shown and hidden spellings and names moved away by «initials only» are
    compared by trigrams, whatever the alphabet, case, hyphens, ё; a year of birth in common counts
    for, one far off against. Four queries; nothing where neither surname nor given name is known.
    """
    names = _spellings(surname, given)
    if not names:
        return []
    with transaction.atomic():
        _set_threshold(WORD_ALIKE if len(names[0]) > 1 else SINGLE_WORD_ALIKE)
        alike = _best(_by_name(names), _by_variant(NameVariant, names), _by_variant(HiddenNameVariant, names))
    people = Prisoner.objects.filter(pk__in=alike)
    if exclude is not None:
        people = people.exclude(pk=exclude.pk if isinstance(exclude, Prisoner) else exclude)
    found = list(people)
    for person in found:
        alike[person.pk] += _spelled_alike(person, f"{surname} {given}", patronymic) + _of_age(person, born)
    return sorted(found, key=lambda person: (-alike[person.pk], person.pk))[:MOST]


def _spellings(surname: str, given: str) -> list[list[str]]:
    """The keys of surname and given name, as typed and in the other alphabet; what is empty left out."""
    parts = [part for part in (surname, given) if sort_key(part)]
    if not parts:
        return []
    alphabets = [parts, [romanise(part) for part in parts], [_in_cyrillic(part) for part in parts]]
    found = [[sort_key(part) for part in alphabet] for alphabet in alphabets]
    return [keys for at, keys in enumerate(found) if all(keys) and keys not in found[:at]]


def _in_cyrillic(name: str) -> str:
    if _CYRILLIC.search(name):
        return name
    plain = sort_key(name)
    for latin, letter in _SOUNDS:
        plain = plain.replace(latin, letter)
    return plain.translate(_LETTERS)


def _set_threshold(alike: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pg_trgm.strict_word_similarity_threshold', %s, true)", [str(alike)]
        )


def _by_name(names: list[list[str]]) -> list[tuple[int, float]]:
    columns = [in_language("sort_key", code) for code in LANGUAGES]
    return _alike(Prisoner.objects.all(), columns, names, "pk")


def _by_variant(table: type[Model], names: list[list[str]]) -> list[tuple[int, float]]:
    rows = table._default_manager.alias(key=NameKey(F("text")))
    return _alike(rows, ["key"], names, "prisoner_id")


def _alike(
    rows: QuerySet, columns: list[str], names: list[list[str]], person: str
) -> list[tuple[int, float]]:
    """The rows most alike among those in which every part of the name has a word like it, by the index."""
    condition = Q()
    likeness = []
    for column, keys in product(columns, names):
        condition |= Q(*((f"{column}__trigram_strict_word_similar", key) for key in keys))
        likeness.append(TrigramSimilarity(column, " ".join(keys)))
    best = likeness[0] if len(likeness) == 1 else Greatest(*likeness)
    found = rows.filter(condition).annotate(alike=best).order_by("-alike").values_list(person, "alike")
    return list(found[:CANDIDATES])


def _best(*found: list[tuple[int, float]]) -> dict[int, float]:
    best: dict[int, float] = {}
    for pk, alike in (pair for pairs in found for pair in pairs):
        best[pk] = max(alike, best.get(pk, 0.0))
    return best


def _spelled_alike(person: Prisoner, name: str, patronymic: str) -> float:
    names = [
        " ".join(getattr(person, in_language(part, code)) for part in ("surname", "given_names"))
        for code in LANGUAGES
    ]
    same_name = any(looks_like_same_name(other, name) for other in names)
    patronymics = {sort_key(getattr(person, in_language("patronymic", code))) for code in LANGUAGES} - {""}
    same_patronymic = sort_key(patronymic) in patronymics or sort_key(romanise(patronymic)) in patronymics
    return SAME_SPELLING * same_name + SAME_PATRONYMIC * same_patronymic


def _of_age(person: Prisoner, born: PartialDate | None) -> float:
    if born is None or person.born is None:
        return 0.0
    apart = abs(person.born.year - born.year)
    if apart <= 1:
        return SAME_YEAR
    return OTHER_YEAR if apart > YEARS_APART else 0.0
