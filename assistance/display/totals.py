"""Approved totals as readers see them: large figures, tables with bars, what is withheld, what was corrected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assistance.choices import DetentionRight, LegalStage
from assistance.models import ProposedTotal, PublicTotal, TotalsPublication
from assistance.totals.figures import ANY, DETENTION, HUMANITARIAN, LEGAL, PROGRAMMES, TOTALS, UKRAINIANS
from assistance.totals.periods import FIRST_THREE_YEARS, Period, period_of
from memorial.base.localized import current_language
from memorial.base.shown_text import ShownText, shown_text
from memorial.base.typography import grouped_number
from prisoners.display.words import capital, date_words

_NAMES: Final = {
    ANY: gettext_lazy("Helped in any way"),
    LEGAL: gettext_lazy("Helped by lawyers"),
    DETENTION: gettext_lazy("Rights in detention defended"),
    HUMANITARIAN: gettext_lazy("Given humanitarian aid"),
    UKRAINIANS: gettext_lazy("Given humanitarian aid: citizens of Ukraine, at least"),
}


def figure_name(total: PublicTotal | ProposedTotal) -> ShownText | str:
    """What a number counts, in words; a kind of item as it was named when the totals were approved."""
    programme, _colon, code = total.figure.partition(":")
    if not code:
        return str(_NAMES.get(programme, total.figure))
    if programme == LEGAL and code in LegalStage:
        return capital(str(LegalStage(code).label))
    if programme == DETENTION and code in DetentionRight:
        return capital(str(DetentionRight(code).label))
    label = shown_text(total, "label")
    return ShownText(capital(label.text), label.language)


def figure_in_full(total: PublicTotal | ProposedTotal) -> str:
    """The same with its programme, for where it stands alone: «Помогли адвокаты: Следствие»."""
    programme, _colon, code = total.figure.partition(":")
    name = str(figure_name(total))
    return f"{_NAMES.get(programme, programme)}: {name}" if code else name


@dataclass(frozen=True)
class BigFigure:
    """A number, the words below it, and a line in smaller letters."""

    number: str
    words: str
    more: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a table: what is counted, how many, how long its bar is."""

    words: ShownText | str
    number: int
    most: int

    @property
    def grouped(self) -> str:
        return grouped_number(self.number, current_language())

    @property
    def width(self) -> str:
        """The length of the bar in per cent of the programme's total, or of the longest where that is withheld."""
        return f"{100 * self.number / max(self.most, 1):.1f}%"


@dataclass(frozen=True)
class Programme:
    """One programme with its table."""

    code: str
    title: str
    said: str
    counted: str
    rows: list[Row]
    withheld: list[ShownText | str]


@dataclass(frozen=True)
class Change:
    """A number that was corrected: what it counts, what was told and what is told now."""

    words: ShownText | str
    before: str
    after: str


class ShownTotals:
    """The totals of one period: the newest publication, and what it corrected."""

    def __init__(self, publications: Sequence[TotalsPublication]) -> None:
        self.publication = publications[-1]
        self.earlier = list(publications[:-1])
        self._totals = {total.figure: total for total in self.publication.totals.all()}

    @property
    def period(self) -> Period:
        return period_of(self.publication.period)

    @property
    def as_of(self) -> str:
        return date_words(self.publication.as_of)

    def number(self, figure: str) -> int | None:
        """How many; None where it is withheld or was not counted then."""
        total = self._totals.get(figure)
        return total.people if total else None

    def told(self, figure: str) -> str:
        """The number as it stands in a table."""
        return number_words(self.number(figure))

    @property
    def lines(self) -> list[tuple[str, str]]:
        """The totals of programmes for the table of periods."""
        return [(str(_NAMES[figure]), self.told(figure)) for figure in (ANY, *PROGRAMMES)]

    @property
    def figures(self) -> list[BigFigure]:
        """The large numbers; none that is withheld."""
        found = []
        for figure in (ANY, *PROGRAMMES):
            number = self.number(figure)
            if number is not None:
                more = self._of_ukraine() if figure == HUMANITARIAN else ""
                found.append(BigFigure(number_words(number), _under(figure, number), more))
        return found

    def _of_ukraine(self) -> str:
        number = self.number(UKRAINIANS)
        if number is None:
            return ""
        words = ngettext(
            "at least %(number)s of them a citizen of Ukraine",
            "at least %(number)s of them citizens of Ukraine",
            number,
        )
        return words % {"number": number_words(number)}

    @cached_property
    def programmes(self) -> list[Programme]:
        """The tables; none for a programme of which no row was counted."""
        return [found for code in PROGRAMMES if (found := self._programme(code)).rows or found.withheld]

    def _programme(self, code: str) -> Programme:
        parts = [total for figure, total in self._totals.items() if figure.startswith(f"{code}:")]
        told = [(total, total.people) for total in parts if total.people is not None]
        longest = max((people for _total, people in told), default=1)
        most = self.number(code) or longest
        title, said, counted = _HEADINGS[code]
        return Programme(
            code=code,
            title=str(title),
            said=str(said),
            counted=str(counted),
            rows=[Row(figure_name(t), n, most) for t, n in sorted(told, key=lambda each: -each[1])],
            withheld=[figure_name(total) for total in parts if total.people is None],
        )

    @property
    def withheld_totals(self) -> list[str]:
        """Programmes' totals that are withheld."""
        return [str(_NAMES[f]) for f in TOTALS if f in self._totals and self._totals[f].people is None]

    @property
    def corrections(self) -> list[Correction]:
        """What was corrected, the newest first."""
        rows = [*self.earlier, self.publication]
        return [Correction(old, new) for old, new in pairwise(rows)][::-1]


@dataclass(frozen=True)
class Correction:
    """One publication that took the place of another."""

    old: TotalsPublication
    new: TotalsPublication

    @property
    def on(self) -> str:
        return date_words(self.new.published_on)

    @property
    def changes(self) -> list[Change]:
        """Every number that is another now, with both values."""
        before = {total.figure: total.people for total in self.old.totals.all()}
        return [
            Change(figure_name(total), number_words(before.get(total.figure)), number_words(total.people))
            for total in self.new.totals.all()
            if before.get(total.figure) != total.people
        ]


def number_words(number: int | None) -> str:
    """A number in groups; «not shown» where it is withheld."""
    return _("not shown") if number is None else grouped_number(number, current_language())


def by_period(publications: Iterable[TotalsPublication]) -> list[ShownTotals]:
    """The totals of each period: the first three years, then the newest and longest first."""
    found: dict[str, list[TotalsPublication]] = {}
    for publication in publications:
        found.setdefault(publication.period, []).append(publication)
    shown = [ShownTotals(rows) for rows in found.values()]
    return sorted(shown, key=_newest_first)


def _newest_first(shown: ShownTotals) -> tuple[bool, int, int]:
    period = shown.period
    return period.code != FIRST_THREE_YEARS, -period.last.toordinal(), period.first.toordinal()


def _under(figure: str, number: int) -> str:
    words = {
        ANY: ngettext("person helped in any way", "people helped in any way", number),
        LEGAL: ngettext("person helped by lawyers", "people helped by lawyers", number),
        DETENTION: ngettext(
            "person whose rights in detention we defended",
            "people whose rights in detention we defended",
            number,
        ),
        HUMANITARIAN: ngettext("prisoner given humanitarian aid", "prisoners given humanitarian aid", number),
    }
    return words[figure]


_HEADINGS: Final = {
    LEGAL: (
        gettext_lazy("Lawyers, by stage"),
        gettext_lazy(
            "People for whom we found and paid a lawyer. One person may be helped at several stages:"
            " the rows add up to more than the people helped."
        ),
        gettext_lazy("Stage"),
    ),
    DETENTION: (
        gettext_lazy("Rights in detention, by right"),
        gettext_lazy(
            "People for whom we wrote complaints and sent lawyers because a right was violated in detention."
            " Several rights of one person may be violated: the rows add up to more than the people."
        ),
        gettext_lazy("Right"),
    ),
    HUMANITARIAN: (
        gettext_lazy("Humanitarian aid, by kind"),
        gettext_lazy(
            "Prisoners to whom we sent parcels, shop orders and money. A parcel holds things of several"
            " kinds, and the kinds are not always recorded. Help to families is not counted here."
        ),
        gettext_lazy("What was sent"),
    ),
}
