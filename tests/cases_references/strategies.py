"""References for property tests: every valid one can be drawn."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from cases.references import ARTICLE_33, ArticleReference, Attempt
from cases.references.points import RUSSIAN
from prisoners.choices import LegalCode

WORDS = """ст. ч. п. пп. «а» «е.1» ст.ст. УК РФ КоАП УК Украины УК «ДНР» части пункты статьи и , ; . ( ) - 30 33
205 207.3 1 2 1.1 114-1 205² эпизода 2_эпизода в_ред. от 04.03.2022 №_32-ФЗ Art. Article Part of the Criminal
Code (2) (a, e) (b) points and кодекса " « » ё İ ß"""
WORDS_OF_THE_TRADE = (*(word.replace("_", "\xa0") for word in WORDS.split()), "\n", "\t", "\u200b", "\x00")


def numbers(largest: int) -> st.SearchStrategy[str]:
    return st.integers(1, largest).map(str)


dotted = st.builds(
    lambda first, more: ".".join([first, *more]), numbers(999), st.lists(numbers(99), max_size=2)
)
hyphened = st.builds(lambda first, second: f"{first}-{second}", numbers(999), numbers(99))
parts = st.one_of(st.just(""), numbers(19), st.builds(lambda a, b: f"{a}.{b}", numbers(19), numbers(99)))
letters = st.builds(
    lambda letter, number: f"{letter}.{number}" if number else letter,
    st.sampled_from(RUSSIAN),
    st.one_of(st.just(""), numbers(99)),
)
digits = st.one_of(numbers(19), st.builds(lambda a, b: f"{a}.{b}", numbers(19), numbers(9)))
points = st.one_of(st.lists(letters, unique=True, max_size=6), st.lists(digits, unique=True, max_size=4)).map(
    tuple
)
complicity = st.one_of(
    st.just(""),
    st.just(ARTICLE_33),
    st.lists(st.sampled_from("12345"), unique=True, min_size=1).map(lambda found: ",".join(sorted(found))),
)
laws = st.builds(lambda number: f"{number}-ФЗ", st.integers(1, 9999))
days = st.dates(date(1996, 6, 13), date(2100, 12, 31)).map(str)
editions = st.one_of(st.just(""), laws, days, st.builds(lambda law, day: f"{law} {day}", laws, days))
code_names = st.one_of(
    st.sampled_from(
        [
            "УК Республики Беларусь",
            "УПК РФ",
            "УК РСФСР",
            "Criminal Code of Belarus",
            "The Criminal Code of Georgia",
            "ДНР",
            "ст. 5",
            "(2)",
            "О печати (1991)",
        ]
    ),
    st.text(max_size=30),
).map(lambda name: " ".join(name.split()))


@st.composite
def references(draw: st.DrawFn) -> ArticleReference:
    """Any valid reference; what cannot be one is drawn again."""
    code = draw(st.sampled_from(["", *LegalCode.values]))
    russian = code in ("", LegalCode.UK_RF)
    article = st.one_of(dotted, hyphened) if code in (LegalCode.UK_UA, LegalCode.OTHER) else dotted
    values = {
        "article": draw(st.one_of(article, st.sampled_from(["30", "33", "205", "207.3"]))),
        "code": code,
        "part": draw(parts),
        "points": draw(points),
        "attempt": draw(st.sampled_from(Attempt)) if russian else Attempt.NONE,
        "complicity": draw(complicity) if russian else "",
        "episodes": draw(st.one_of(st.none(), st.integers(1, 999))),
        "edition": draw(editions),
        "code_name": draw(code_names) if code == LegalCode.OTHER else "",
    }
    try:
        return ArticleReference(**values)
    except ValueError:
        return draw(st.deferred(references))


def texts() -> st.SearchStrategy[str]:
    """Any text, and texts made of the words that the reader looks for."""
    trade = st.lists(st.sampled_from(WORDS_OF_THE_TRADE), max_size=40)
    return st.one_of(st.text(max_size=300), trade.map(" ".join), trade.map("".join))
