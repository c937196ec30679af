"""Articles of law in words: how one is called, in which editions, and its figures as tables with bars."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from cases.choices import HasParts
from cases.display.charges import edition_title
from cases.display.lengths import length_words
from cases.figures import ArticleFigures, Median, Outcome
from cases.models import Article, ArticleEdition
from cases.references import ArticleReference, ReferenceStyle, write_reference
from memorial.base.localized import current_language
from memorial.base.shown_text import ShownText, shown_text
from memorial.base.typography import NBSP, grouped_number
from prisoners.choices import LegalCode
from prisoners.display.words import Words, capital, date_words

UNKNOWN_PART: Final = "unknown"
"""The part that is not known, as addresses name it."""
_OUTCOMES: Final[dict[Outcome, Words]] = {
    Outcome.GUILTY: pgettext_lazy("people by outcome", "found guilty"),
    Outcome.TREATMENT: pgettext_lazy("people by outcome", "sent to compulsory treatment"),
    Outcome.NOT_YET: pgettext_lazy("people by outcome", "no decision yet"),
    Outcome.ACQUITTED: pgettext_lazy("people by outcome", "acquitted"),
    Outcome.DISCONTINUED: pgettext_lazy("people by outcome", "prosecution discontinued"),
    Outcome.GONE: pgettext_lazy("people by outcome", "charge dropped or reclassified"),
}
_MEANINGS: Final[dict[Outcome, Words]] = {
    Outcome.GUILTY: pgettext_lazy("people by outcome", "by any instance, in force or not"),
    Outcome.TREATMENT: pgettext_lazy("people by outcome", "a court’s ruling, not a conviction"),
    Outcome.NOT_YET: pgettext_lazy("people by outcome", "or the verdict was quashed"),
}


@dataclass(frozen=True)
class Bar:
    """A line of a table of figures: what is counted, how many, how long its bar is."""

    words: str
    number: int
    most: int
    note: ShownText | str = ""
    url: str = ""
    is_chosen: bool = False

    @property
    def grouped(self) -> str:
        return grouped_number(self.number, current_language())

    @property
    def width(self) -> str:
        """The length of the bar in per cent of the longest possible."""
        return f"{100 * self.number / max(self.most, 1):.1f}%"


@dataclass(frozen=True)
class ShownMedian:
    """A median of terms of imprisonment: of which verdicts, of how many."""

    words: str
    median: Median

    @property
    def number(self) -> str:
        return grouped_number(self.median.number, current_language())

    @property
    def length(self) -> str:
        """«5 лет 6 месяцев»; of few terms, that they are too few."""
        if self.median.months is None:
            return pgettext("median", "too few verdicts")
        return length_words(*divmod(self.median.months, 12))


@dataclass(frozen=True)
class ShownEdition:
    """An edition of an article: its title, its dates, its parts."""

    edition: ArticleEdition

    @cached_property
    def title(self) -> ShownText:
        """The whole title; the short one where there is no other."""
        return shown_text(self.edition, "title") or edition_title(self.edition)

    @cached_property
    def short(self) -> ShownText:
        """What the article is called for short, where that is something else than the title."""
        short = shown_text(self.edition, "short")
        return short if short.text != self.title.text else ShownText("", short.language)

    @property
    def when(self) -> str:
        """«С 4 марта 2022 по 24 декабря 2024»; "" where neither day is known."""
        first, last = self.edition.valid_from, self.edition.valid_to
        dates = {"first": date_words(first) if first else "", "last": date_words(last) if last else ""}
        if first and last:
            return _("From %(first)s until %(last)s") % dates
        if first:
            return _("From %(first)s on") % dates
        return _("Until %(last)s") % dates if last else ""

    @property
    def parts(self) -> list[tuple[str, ShownText]]:
        """The parts of which something is said: «ч. 2» and what it punishes."""
        parts = [(part_words(part.number), shown_text(part, "short")) for part in self.edition.parts.all()]
        return [(words, short) for words, short in parts if short]

    @property
    def is_undivided(self) -> bool:
        """Whether it is known to have no parts."""
        return self.edition.has_parts == HasParts.NO


@dataclass(frozen=True)
class ShownArticle:
    """An article in words. Uses `editions` as prefetched."""

    article: Article
    people: int = 0
    """How many people were charged under it, where a list says so."""

    @property
    def url(self) -> str:
        return self.article.get_absolute_url()

    @cached_property
    def name(self) -> str:
        """«Ст. 207.3 УК РФ»."""
        return capital(article_words(self.article))

    @property
    def number(self) -> str:
        """«Ст. 207.3», for places that have said the code."""
        return capital(article_words(self.article, with_code=False))

    @cached_property
    def name_in_full(self) -> str:
        """«Статья 207.3 Уголовного кодекса РФ»."""
        return capital(article_words(self.article, ReferenceStyle.FULL))

    @cached_property
    def label(self) -> ShownText:
        """What it is called in its last edition, for short: a contested label stands in quotes."""
        edition = self.article.latest_edition
        return edition_title(edition) if edition else ShownText("", current_language())

    @cached_property
    def editions(self) -> list[ShownEdition]:
        """The last edition first."""
        editions = sorted(self.article.editions.all(), key=lambda one: str(one.valid_from or ""))
        return [ShownEdition(edition) for edition in reversed(editions)]

    @property
    def people_words(self) -> str:
        return count_of_people(self.people)

    @property
    def is_administrative(self) -> bool:
        """Whether it is of the Code of Administrative Offences, under which nobody is charged."""
        return self.article.code == LegalCode.KOAP_RF

    @property
    def outcomes_title(self) -> str:
        """The heading of the outcomes."""
        return _("How it ended") if self.is_administrative else _("What came of the charges")

    @property
    def people_title(self) -> str:
        """The caption of the people's names."""
        if self.is_administrative:
            return _("People held liable under this article")
        return _("People charged under this article")

    @property
    def nobody_words(self) -> str:
        """What stands in the place of the names where there are none."""
        if self.is_administrative:
            return _(
                "Nobody of this encyclopaedia was held liable under this article, which does not mean that nobody was."
            )
        return _(
            "Nobody of this encyclopaedia is charged under this article, which does not mean that nobody is."
        )


@dataclass(frozen=True)
class ShownFigures:
    """The figures of an article as tables with bars. `part` is the chosen one as addresses name it, or ""."""

    figures: ArticleFigures
    part: str = ""

    @property
    def people_words(self) -> str:
        return count_of_people(self.figures.people)

    @cached_property
    def parts(self) -> list[Bar]:
        """People by part; nothing where the article is not divided, or no part is known at all."""
        counted = self.figures.by_part
        if [part for part, _number in counted] in ([], [""]):
            return []
        shorts = self._shorts()
        return [
            Bar(
                part_words(part),
                number,
                self.figures.people,
                shorts.get(part, ""),
                f"?part={part or UNKNOWN_PART}",
                is_chosen=self.part == (part or UNKNOWN_PART),
            )
            for part, number in counted
        ]

    @cached_property
    def outcomes(self) -> list[Bar]:
        """People by what came of the charge."""
        return [
            Bar(
                capital(str(_OUTCOMES[outcome])), number, self.figures.people, str(_MEANINGS.get(outcome, ""))
            )
            for outcome, number in self.figures.by_outcome
        ]

    @property
    def medians(self) -> list[ShownMedian]:
        """The medians of terms, each with what it is of; nothing where there is no term to speak of."""
        named = [
            ShownMedian(_("Found guilty under this article alone"), self.figures.alone),
            ShownMedian(_("Found guilty under other articles too"), self.figures.among_others),
        ]
        return [shown for shown in named if shown.median.number]

    def _shorts(self) -> dict[str, ShownText]:
        edition = self.figures.article.latest_edition
        return {part.number: shown_text(part, "short") for part in edition.parts.all()} if edition else {}


def article_words(article: Article, style: str = ReferenceStyle.SHORT, *, with_code: bool = True) -> str:
    """«ст. 207.3 УК РФ», or in whole words; the number alone where the grammar knows no such article."""
    try:
        reference = ArticleReference(
            code=article.code,
            code_name=str(shown_text(article, "code_name")),
            article=article.number,
        )
    except ValueError:
        return article.number
    return write_reference(reference, current_language(), style=style, with_code=with_code)


def code_words(article: Article) -> ShownText | str:
    """The code of an article, as the heading of a list."""
    if article.code == LegalCode.OTHER:
        return shown_text(article, "code_name")
    return capital(str(LegalCode(article.code).label))


def part_words(part: str) -> str:
    """«ч. 1.1»; «часть неизвестна»."""
    if not part:
        return pgettext("part of an article", "part not known")
    # Translators: «ч. 1.1»
    return (pgettext("part of an article", "part %(number)s") % {"number": part}).replace(" ", NBSP)


def count_of_people(number: int) -> str:
    """«1 612 человек», "1 person"."""
    counted = {"count": grouped_number(number, current_language())}
    return ngettext("%(count)s person", "%(count)s people", number) % counted


def by_code(
    articles: Iterable[Article], people: Mapping[int, int]
) -> list[tuple[ShownText | str, list[ShownArticle]]]:
    """Articles with their numbers of people under the names of their codes, each code once, in the order of the codes."""
    groups: dict[tuple[str, str], list[Article]] = {}
    for article in articles:
        groups.setdefault((article.code, str(shown_text(article, "code_name"))), []).append(article)
    places = {code: place for place, code in enumerate(LegalCode.values)}
    in_order = sorted(groups.items(), key=lambda group: (places.get(group[0][0], len(places)), group[0][1]))
    return [
        (code_words(group[0]), [ShownArticle(article, people.get(article.pk, 0)) for article in group])
        for _key, group in in_order
    ]
