"""Themes: how many people each has, some of them, its cases, and what staff have written about it.

A theme names what people are accused of. A theme of which readers may know nobody and nothing is absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.models import Case
from memorial.base.choices import State
from memorial.base.localized import current_language
from memorial.base.page_head import PageHead
from memorial.base.page_kinds import Page
from memorial.base.rich_text import excerpt
from memorial.base.shown_text import ShownText, shown_text
from memorial.base.typography import grouped_number
from memorial.pages.display import LONGEST_DESCRIPTION, Part, parts_of
from memorial.pages.models import ThemeText
from prisoners.display.people import PersonCard
from prisoners.models import Prisoner, PrisonerTheme, Theme
from prisoners.querysets import PrisonerQuerySet
from prisoners.regions import count_of_people
from prisoners.told import cards_of

CARDS: Final = 6
CASES: Final = 8


def _number(rows: QuerySet[Any], by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def shown_themes() -> QuerySet[Any]:
    """Themes with `people` and `cases`, how many of each are published; those with neither and no text left out."""
    people = PrisonerTheme.objects.filter(prisoner__state=State.PUBLISHED, theme=OuterRef("pk"))
    cases = Case.objects.published().filter(theme=OuterRef("pk"))
    texts = ThemeText.objects.published().filter(theme=OuterRef("pk")).values("pk")[:1]
    themes = Theme.objects.annotate(
        number_of_people=_number(people, "theme"),
        number_of_cases=_number(cases, "theme"),
        told=Subquery(texts),
    )
    return themes.filter(Q(number_of_people__gt=0) | Q(number_of_cases__gt=0) | Q(told__isnull=False))


def theme_of(code: str) -> Any | None:
    """One of them by its code; None where there is none for readers."""
    return shown_themes().filter(code=code).first()


def theme_page(theme: Any, text: ThemeText | None) -> Page:
    """The page of one theme; complete where its text is, or in every language without one."""
    kwargs = {"theme": theme.code}
    return Page("theme-detail", kwargs, text.complete_in()) if text else Page("theme-detail", kwargs)


def theme_pages() -> Iterator[Page]:
    """The pages of all themes, for the registry."""
    texts = published_texts()
    yield from (theme_page(theme, texts.get(theme.pk)) for theme in shown_themes())


def published_texts() -> dict[int, ThemeText]:
    """What readers are told, by the number of the theme."""
    return {text.theme_id: text for text in ThemeText.objects.published()}


def theme_name(theme: Theme) -> ShownText:
    """The name as the title of a page: with a capital letter, also behind a quotation mark."""
    found = shown_text(theme, "label")
    return ShownText(_with_a_capital(found.text), found.language)


def _with_a_capital(text: str) -> str:
    place = next((number for number, letter in enumerate(text) if letter.isalpha()), 0)
    return text[:place] + text[place : place + 1].upper() + text[place + 1 :]


@dataclass(frozen=True)
class ThemeRow:
    """A theme in the list of all."""

    theme: Any
    text: ThemeText | None

    @property
    def name(self) -> ShownText:
        return theme_name(self.theme)

    @property
    def url(self) -> str:
        return reverse("theme-detail", kwargs={"theme": self.theme.code})

    @property
    def people(self) -> str:
        return _grouped(self.theme.number_of_people)

    @property
    def cases(self) -> str:
        return _grouped(self.theme.number_of_cases)


def _grouped(number: int) -> str:
    return grouped_number(number, current_language())


def theme_list_context(themes: Iterable[Any]) -> dict[str, Any]:
    """What the template of the list is given."""
    texts = published_texts()
    title = _("Themes of persecution")
    said = _("What people are accused of and persecuted for: themes with the number of people and cases.")
    return {
        "rows": [ThemeRow(theme, texts.get(theme.pk)) for theme in themes],
        "head": PageHead(title, said, Page("themes")),
    }


@dataclass(frozen=True)
class ThemePage:
    """One theme on a day, as its page shows it."""

    theme: Any
    on: date

    @property
    def name(self) -> ShownText:
        return theme_name(self.theme)

    @cached_property
    def text(self) -> ThemeText | None:
        return ThemeText.objects.published().filter(theme=self.theme.pk).first()

    @cached_property
    def parts(self) -> list[Part]:
        return parts_of(shown_text(self.text, "text")) if self.text else []

    def _people(self) -> PrisonerQuerySet:
        people: PrisonerQuerySet = Prisoner.objects.published()
        return people.filter(theme_links__theme=self.theme.pk)

    @property
    def people_words(self) -> str:
        return count_of_people(self.theme.number_of_people) if self.theme.number_of_people else ""

    @cached_property
    def imprisoned(self) -> str:
        """How many of them are deprived of liberty on the day."""
        return _grouped(self._people().imprisoned(self.on).count())

    @cached_property
    def recognised(self) -> str:
        """How many of them this project has recognised; distinct people, ever."""
        return _grouped(self._people().recognised().count())

    @cached_property
    def cards(self) -> list[PersonCard]:
        """Those with the latest events, but for whoever wants quiet."""
        heard = self._people().exclude(quiet_until__gte=self.on)
        newest = heard.order_by(F("updated_on").desc(nulls_last=True), "-id").values_list("pk", flat=True)
        return cards_of(
            Prisoner.objects.published().filter(pk__in=list(newest[:CARDS])).for_list(self.on), self.on
        )

    @property
    def people_url(self) -> str:
        """The list of all of them."""
        return f"{reverse('prisoners:prisoner-list')}?theme={self.theme.code}"

    @cached_property
    def cases(self) -> list[Case]:
        """The cases with the latest events."""
        cases = Case.objects.published().filter(theme=self.theme.pk).for_addresses()
        return list(cases.order_by(F("updated_on").desc(nulls_last=True), "-id")[:CASES])

    @property
    def cases_words(self) -> str:
        return _grouped(self.theme.number_of_cases)

    @property
    def cases_url(self) -> str:
        """The list of all of them."""
        return f"{reverse('cases:case-list')}?theme={self.theme.code}"

    @property
    def head(self) -> PageHead:
        said = str(shown_text(self.text, "summary")) if self.text else ""
        usual = _("%(theme)s: the people who are persecuted for it, and their cases.") % {"theme": self.name}
        return PageHead(
            str(self.name), excerpt(said or usual, LONGEST_DESCRIPTION), theme_page(self.theme, self.text)
        )
