"""The values of filters in words, in the reader's language or marked as of the other one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django_countries import countries

from cases.case_querysets import LONG_COLUMNS
from cases.choices import CaseKind, FindingBody, Stage
from cases.display.articles import article_words, part_words
from cases.models import Article, Case
from memorial.base.gender import Gender
from memorial.base.kept import Kept
from memorial.base.localized import LANGUAGES, all_languages, current_language, other_languages
from memorial.base.publication import Publishable
from memorial.base.shown_text import ShownText
from prisoners.choices import LegalCode, LibertyStatus, Register
from prisoners.models import (
    Citizenship,
    Community,
    Facility,
    PrisonerList,
    Profession,
    Region,
    Theme,
    Vulnerability,
)

_NOT_KNOWN: Final = pgettext_lazy("value of a filter", "not known")
_YES_NO_FINDING: Final = {body.value: body.label for body in FindingBody} | {
    "none": pgettext_lazy("finding", "none that we know of")
}
_ABSENTIA: Final = {
    "yes": gettext_lazy("prosecuted in absentia"),
    "no": gettext_lazy("not in absentia"),
    "unknown": gettext_lazy("no case described yet"),
}
_ENGLISH: Final = {"yes": gettext_lazy("in English too"), "no": gettext_lazy("not in English yet")}
_SAID: Final[Mapping[str, Mapping[str, Any]]] = {
    "liberty": {status.value: status.label for status in LibertyStatus},
    "recognition": {
        "this_project": pgettext_lazy("filter", "recognised as political prisoners"),
        "memorial_hrc": pgettext_lazy("filter", "recognised by the Memorial Human Rights Centre"),
        "earlier_case": pgettext_lazy("filter", "recognised in an earlier case"),
        "withdrawn": pgettext_lazy("filter", "recognition withdrawn"),
        "none": pgettext_lazy("filter", "no decision on recognition"),
    },
    "gender": {
        Gender.FEMALE.value: pgettext_lazy("filter", "women"),
        Gender.MALE.value: pgettext_lazy("filter", "men"),
    },
    "register": {each.value: each.label for each in Register}
    | {"none": pgettext_lazy("register", "in none that we know of")},
    "finding": _YES_NO_FINDING,
    "absentia": _ABSENTIA,
    "english": _ENGLISH,
    "letters": {
        "yes": gettext_lazy("can be written to"),
        "no": gettext_lazy("no address for letters"),
    },
    # Whether a sentence in force is being served is told by the person's page and not by the filter.
    "stage": {stage.value: stage.label for stage in Stage if stage != Stage.SERVING},
    "kind": {kind.value: kind.label for kind in CaseKind},
    "group": {"yes": gettext_lazy("several people"), "no": gettext_lazy("one person")},
    # Counted by us, whatever the vocabulary of the staff has.
    "vulnerability": {
        "women": pgettext_lazy("filter", "women"),
        "age_60": pgettext_lazy("filter", "aged 60 or over"),
        "minor_at_arrest": pgettext_lazy("filter", "minors at arrest"),
    },
    "list": {"none": pgettext_lazy("filter", "in no list")},
    "article": {"unknown": gettext_lazy("no article entered")},
    "case": {"none": gettext_lazy("no case described yet")},
    "place": {
        "at_home": gettext_lazy("at home, under house arrest"),
        "concealed": gettext_lazy("the place is not published"),
        "unknown": pgettext_lazy("institution_kind", "place unknown"),
    },
}
"""Values that code knows."""
_NAMED: Final[Mapping[str, tuple[Any, str, str]]] = {
    "list": (PrisonerList, "code", "label"),
    "theme": (Theme, "code", "label"),
    "community": (Community, "code", "label"),
    "profession": (Profession, "code", "label"),
    "vulnerability": (Vulnerability, "code", "label"),
    "place": (Facility, "slug", "name"),
    "case": (Case, "slug", "title"),
}
"""Values that are rows: by which column, and in which field their words are."""
_kept = Kept(400_000)

Named = dict[tuple[str, str], ShownText]
"""Words by filter and value."""


class ValueWords:
    """The values of filters in words; asks the database three times at most, and not again while nothing changes."""

    @cached_property
    def named(self) -> Named:
        """Every value that is a row: of a vocabulary, an institution, a case, a region, an article."""
        return _kept.get(current_language(), lambda: dict(_named()))

    def of(self, name: str, value: str) -> ShownText:
        """A value of a filter in words."""
        if said := _SAID.get(name, {}).get(value):
            return _own(str(said))
        if value == "unknown":
            return _own(str(_NOT_KNOWN))
        if found := self.named.get((name, value)):
            return found
        if name == "citizenship":
            return _own(_country(value))
        if name in ("article", "part"):
            return _own(self._article(name, value))
        return _own(value)

    def knows(self, name: str, value: str) -> bool:
        """Whether a filter has this value, though perhaps nobody does."""
        return value in _SAID.get(name, ()) or (name, value) in self.named

    def _article(self, name: str, value: str) -> str:
        """«ст. 111 УК Украины», «ч. 2 ст. 207.3 УК РФ», also of an article that has no row here."""
        slug, _underscore, part = value.partition("_")
        known = self.named.get(("article", slug))
        words = known.text if known else _unknown_article(slug)
        if name == "article":
            return words
        pattern = pgettext("part of an article", "%(article)s, %(part)s")
        return pattern % {"article": words, "part": part_words(part)}


def _own(words: str) -> ShownText:
    return ShownText(words, current_language())


def _named() -> Iterator[tuple[tuple[str, str], ShownText]]:
    for name, value, *texts in _rows():
        by_language = dict(zip(LANGUAGES, texts, strict=True))
        for code in [current_language(), *other_languages(current_language())]:
            if by_language[code]:
                yield (name, value), ShownText(by_language[code], code)
                break
    for region in Region.objects.all():
        yield ("region", region.path_code), _own(region.shown_name)
    for article in Article.objects.defer(*LONG_COLUMNS):
        yield ("article", article.slug), _own(article_words(article))


def _rows() -> list[tuple[str, ...]]:
    """Names of all kinds in one statement: filter, value, words in each language. Of what is published alone."""
    parts = []
    for name, (model, column, field) in _NAMED.items():
        columns = ", ".join(f'"{each}"' for each in all_languages(field))
        where = " WHERE state = 'published'" if issubclass(model, Publishable) else ""
        parts.append(
            f"SELECT '{name}', lower({column}), {columns} FROM {model._meta.db_table}{where}"  # noqa: S608 - names of ours
        )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return cursor.fetchall()


def _country(value: str) -> str:
    code, _hyphen, manner = value.partition("-")
    name = str(countries.name(code.upper())) or code.upper()
    return f"{name} ({Citizenship.Manner(manner).label})" if manner in Citizenship.Manner else name


def _unknown_article(slug: str) -> str:
    code = next((code for code in LegalCode if slug.startswith(f"{code}-")), None)
    if code is None:
        return slug
    number = slug.removeprefix(f"{code}-")
    if code == LegalCode.OTHER:
        return _("Art. %(number)s (%(code)s)") % {"number": number, "code": code.label}
    return article_words(Article(code=code, number=number))
