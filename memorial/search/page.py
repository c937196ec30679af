"""What the search page answers: groups of results by kind of page, with why each was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.case_querysets import LONG_COLUMNS
from cases.display.articles import ShownArticle
from cases.models import Article
from memorial.base.localized import current_language
from memorial.base.name_key import sort_key
from memorial.base.typography import curled, grouped_number, typeset
from memorial.search.entries import Entry, Found, entries_by_kind, entries_of
from memorial.search.kinds import BY_CODE, KINDS, SearchKind
from memorial.search.marking import Marker, Part
from memorial.search.references import NamedArticle, named_articles
from memorial.search.text_query import TextQuery, text_query, tidied
from prisoners.name_search import NamedPeople, NameMatch, Nearness, other_layouts, people_named

SHOWN_OF_EACH: Final = 5
SHOWN_OF_ONE: Final = 24
PEOPLE: Final = BY_CODE["prisoner"]
ARTICLES: Final = BY_CODE["article"]


@dataclass(frozen=True)
class Result:
    """One line: where it leads, its title and a piece of its text with marks, and why it is here."""

    url: str
    title: Sequence[Part]
    language: str
    """The language of title and text where it is not the page's, else empty."""
    piece: Sequence[Part] = ()
    note: str = ""


@dataclass(frozen=True)
class Group:
    """The results of one kind."""

    kind: SearchKind
    results: Sequence[Result]
    count: str
    more_url: str = ""
    more_words: str = ""


@dataclass(frozen=True)
class SearchPage:
    """Everything that was found for a query, in all kinds or in the one chosen."""

    query: str
    chosen: SearchKind | None = None

    @property
    def kinds(self) -> Sequence[SearchKind]:
        return (self.chosen,) if self.chosen else KINDS

    @property
    def shown(self) -> int:
        """How many results of a kind are shown."""
        return SHOWN_OF_ONE if self.chosen else SHOWN_OF_EACH

    @cached_property
    def _by_name(self) -> NamedPeople:
        return people_named(self.query) if PEOPLE in self.kinds else NamedPeople(is_asked=False)

    @property
    def named(self) -> NamedPeople:
        """People by name; none where only the other layout names somebody and this one has words in texts."""
        return self._by_name if self._by_name.read_as == self.read_as else NamedPeople()

    @cached_property
    def articles(self) -> list[NamedArticle]:
        return named_articles(self.query) if ARTICLES in self.kinds else []

    @cached_property
    def _texts(self) -> tuple[TextQuery, dict[str, Found], str]:
        """Query and texts, and as what it was read where only the other layout of the keyboard makes sense."""
        tries = [self.query, *other_layouts(self.query)]
        for text in tries:
            asked = text_query(text)
            found = entries_by_kind(asked, self.kinds, self.shown)
            is_named = self._by_name.matches and self._by_name.read_as == ("" if text is self.query else text)
            if is_named or self.articles or any(each.entries for each in found.values()):
                return asked, found, "" if text is self.query else text
        return TextQuery({}), {}, ""

    @property
    def read_as(self) -> str:
        """The query in the other layout of the keyboard, where nothing but that was found."""
        return self._texts[2]

    @cached_property
    def groups(self) -> list[Group]:
        """Kinds with results, in their order; the articles that the query names come before everything."""
        asked, found, _read_as = self._texts
        people = entries_of(PEOPLE, self.named.ids[: self.shown]) if self.named.matches else {}
        marker = Marker(asked)
        marker.learn([*people.values(), *(entry for each in found.values() for entry in each.entries)])
        groups = [self._group(kind, found.get(kind.code, Found()), people, marker) for kind in self.kinds]
        if self.articles:
            groups.sort(key=lambda group: group.kind is not ARTICLES)
        return [group for group in groups if group.results]

    @property
    def letter(self) -> str:
        """The one letter that was asked for, in capitals; people's names begin with it. Else empty."""
        key = sort_key(self.query)
        return key.upper() if len(key) == 1 and key.isalpha() else ""

    @property
    def suggestion(self) -> str:
        """The surname that may have been meant, where none is spelled so and one is near."""
        matches = self.named.matches
        is_one_word = " " not in sort_key(self.query)
        if not matches or not is_one_word or matches[0].nearness != Nearness.CLOSE:
            return ""
        return matches[0].surname

    @property
    def suggestion_url(self) -> str:
        return _address(q=self.suggestion)

    @property
    def letter_url(self) -> str:
        return f"{reverse('prisoners:prisoner-list')}?{urlencode({'letter': self.letter})}"

    @property
    def all_kinds_url(self) -> str:
        return _address(q=self.query)

    def _group(self, kind: SearchKind, found: Found, people: dict[int, Entry], marker: Marker) -> Group:
        if kind is PEOPLE:
            return self._people(found, people, marker)
        if kind is ARTICLES:
            return self._articles(found, marker)
        results = [_result(kind, entry, marker) for entry in found.entries]
        return Group(kind, results, _number(found), *self._more(kind, len(results), found))

    def _people(self, found: Found, people: dict[int, Entry], marker: Marker) -> Group:
        """By name first, then by words of the text."""
        results = [
            replace(_result(PEOPLE, people[match.person_id], marker), note=_why(match))
            for match in self.named.matches[: self.shown]
            if match.person_id in people
        ]
        by_name = set(self.named.ids)
        others = [entry for entry in found.entries if entry.object_id not in by_name]
        room = len(results) + self.shown if self.chosen else max(self.shown, len(results) + 2)
        results += [_result(PEOPLE, entry, marker) for entry in others][: room - len(results)]
        counts = [_by_name_words(self.named)] if self.named.matches else []
        if found.number:
            counts.append(_("by words of the text: %(count)s") % {"count": _number(found)})
        return Group(PEOPLE, results, ", ".join(counts), *self._more_people(found))

    def _more_people(self, found: Found) -> tuple[str, str]:
        number = len(self.named.ids)
        if number > self.shown:
            asked = urlencode({"q": self.named.read_as or self.query})
            words = ngettext("%(count)s person by name", "All %(count)s people by name", number)
            shown = {"count": grouped_number(number, current_language())}
            return f"{reverse('prisoners:prisoner-list')}?{asked}", words % shown
        return self._more(PEOPLE, self.shown, found)

    def _articles(self, found: Found, marker: Marker) -> Group:
        """Those that the query names, then those whose words it has."""
        named = {each.article.pk: each for each in self.articles}
        texts = {entry.object_id: entry for entry in found.entries if entry.object_id not in named}
        known = Article.objects.defer(*LONG_COLUMNS).in_bulk(list(texts)) if texts else {}
        results = [_article(ShownArticle(each.article), each.url, marker) for each in named.values()]
        for pk, entry in list(texts.items())[: max(0, self.shown - len(results))]:
            if pk in known:
                article = ShownArticle(known[pk])
                results.append(_article(article, article.url, marker, entry))
        number = Found(number=found.number + len(named) if not texts else max(found.number, len(results)))
        return Group(
            ARTICLES,
            results,
            _number(replace(number, is_more=found.is_more)),
            *self._more(ARTICLES, len(results), found),
        )

    def _more(self, kind: SearchKind, shown: int, found: Found) -> tuple[str, str]:
        """The link to more of a kind: its own page of results."""
        if self.chosen or found.number <= shown:
            return "", ""
        words = _("All results: %(kind)s") % {"kind": str(kind.label).lower()}
        return _address(q=self.read_as or self.query, **{"in": kind.code}), words


def search_page(query: str, kind: str) -> SearchPage:
    """The page for what was asked; an unknown kind is all kinds."""
    return SearchPage(tidied(query), BY_CODE.get(kind))


def _address(**parameters: str) -> str:
    return f"{reverse('search')}?{urlencode(parameters)}"


def _number(found: Found) -> str:
    """«12», «больше 300»."""
    number = grouped_number(found.number, current_language())
    return _("more than %(count)s") % {"count": number} if found.is_more else number


def _by_name_words(named: NamedPeople) -> str:
    number = grouped_number(len(named.ids), current_language())
    count = _("more than %(count)s") % {"count": number} if named.is_more else number
    return _("by name: %(count)s") % {"count": count}


def _why(match: NameMatch) -> str:
    """Why a person was found by name, where the title does not show it."""
    if match.kind != "name":
        return _("another spelling: %(name)s") % {"name": match.text}
    if match.nearness == Nearness.SAME_SOUND:
        return _("sounds alike")
    if match.nearness == Nearness.CLOSE:
        return _("spelled alike")
    return ""


def _foreign(language: str) -> str:
    return "" if language == current_language() else language


def _result(kind: SearchKind, entry: Entry, marker: Marker) -> Result:
    return Result(kind.url(entry.url_key), marker.title(entry), _foreign(entry.language), marker.piece(entry))


def _article(article: ShownArticle, url: str, marker: Marker, entry: Entry | None = None) -> Result:
    """The number in the page's language, what it is called in the language that has it."""
    if entry is None:
        label = article.label
        entry = Entry(ARTICLES.code, article.article.pk, label.language, label.text, "", "")
    text = curled(entry.title.removeprefix(f"{article.article.number} "), entry.language)
    called = replace(entry, title=typeset(text, entry.language))
    return Result(url, [Part(article.name)], _foreign(entry.language), marker.title(called))
