"""Words for the categories of figures in the active language, and where on the site they lead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from cases.choices import CaseKind, DecisionKind, Stage
from cases.display.articles import ShownArticle
from memorial.base.shown_text import ShownText, shown_text
from memorial.base.typography import NBSP
from memorial.figures.counting.law import TERM_GROUPS
from memorial.figures.counting.moment import UNKNOWN
from memorial.figures.counting.people import AGE_GROUPS, NO_THEME
from memorial.figures.definition import Words
from memorial.figures.rows import Record
from prisoners.choices import LibertyStatus, ReleaseCircumstance, ReleaseGround
from prisoners.display.words import capital
from prisoners.models import Region

_UKRAINE: Final = "UA"
_NOT_KNOWN: Final = pgettext_lazy("figures", "Not known")
_PLAIN: Final[dict[tuple[str, str], dict[str, Words]]] = {
    ("liberty", "group"): {
        "deprived": gettext_lazy("Deprived of liberty"),
        "beside": gettext_lazy("Forced labour, administrative arrest, detention before expulsion"),
        "at_liberty": gettext_lazy("At liberty"),
        "elsewhere": gettext_lazy("Sent to the war or beyond reach"),
        "not_known": _NOT_KNOWN,
        "died": gettext_lazy("Died"),
    },
    ("recognised", "now"): {
        "deprived": gettext_lazy("Deprived of liberty"),
        "not_deprived": gettext_lazy("Not deprived of liberty, died, or not known"),
        "withdrawn": gettext_lazy("Recognition withdrawn"),
    },
    ("recognised", "inherited"): {
        "memorial_hrc": gettext_lazy("Memorial Human Rights Centre, until 5 April 2022"),
        "memorial_hrc_only": gettext_lazy("of them, not recognised by us"),
        "other": gettext_lazy("Other organisations"),
    },
}
_MEN_AND_WOMEN: Final[dict[str, Words]] = {
    "m": pgettext_lazy("figures", "Men"),
    "f": pgettext_lazy("figures", "Women"),
}
_MEASURES: Final[dict[str, Words]] = {
    UNKNOWN: _NOT_KNOWN,
    "median": pgettext_lazy("figures", "Median"),
    "number": pgettext_lazy("figures", "Of how many people"),
    "life": pgettext_lazy("figures", "Life imprisonment"),
}
_VOCABULARIES: Final[dict[tuple[str, str], type]] = {
    ("liberty", "status"): LibertyStatus,
    ("prosecutions", "kind"): CaseKind,
    ("decisions", "kind"): DecisionKind,
    ("stages", "stage"): Stage,
    ("releases", "ground"): ReleaseGround,
    ("releases", "circumstance"): ReleaseCircumstance,
}


class Labels:
    """What the categories of a figure are called."""

    def __init__(self, record: Record) -> None:
        self._articles = {one.slug: one for one in record.articles.values()}
        self._regions = {one.code.lower(): one for one in record.regions.values()}
        self._themes = {one.code: one for one in record.themes.values()}

    def name(self, figure: str, series: str, category: str) -> ShownText | str:
        """The name of a category: a year is its own; "" is the figure itself."""
        if (known := _PLAIN.get((figure, series))) is not None:
            return str(known[category])
        if (figure, series) in _VOCABULARIES:
            return capital(str(_VOCABULARIES[figure, series](category).label))
        if category in _MEASURES:
            return str(_MEASURES[category])
        special = _SPECIAL.get(series)
        return special(self, category) if special else category

    def note(self, series: str, category: str) -> ShownText | str:
        """What stands beside a name in smaller letters: what an article is called, whose a region is."""
        if series == "region":
            return self.country(category)
        return ShownArticle(self._articles[category]).label if series == "article" else ""

    def country(self, code: str) -> str:
        """That a region is Ukraine's, where its name does not say so."""
        region = self._regions.get(code)
        if region is None or region.occupied == Region.Occupied.YES or region.country != _UKRAINE:
            return ""
        return pgettext("figures", "Ukraine")

    def url(self, figure: str, series: str, category: str, *, is_today: bool) -> str:
        """Where the category leads: an article to its page, others to the people of today; "" for nowhere."""
        if category in (UNKNOWN, NO_THEME):
            return ""
        if series == "article":
            return str(self._articles[category].get_absolute_url())
        if series == "region":
            return str(self._regions[category].get_absolute_url())
        name = _FILTERS.get((figure, series))
        if not is_today or name is None:
            return ""
        return f"{reverse('prisoners:prisoner-list')}?{name}={category}"

    def _article(self, slug: str) -> str:
        return ShownArticle(self._articles[slug]).name

    def _region(self, code: str) -> str:
        return str(self._regions[code].shown_name)

    def _theme(self, code: str) -> ShownText | str:
        if code == NO_THEME:
            return _("No theme yet")
        label = shown_text(self._themes[code], "label")
        return ShownText(capital(label.text), label.language)

    def _sex(self, code: str) -> str:
        return str(_MEN_AND_WOMEN.get(code, _NOT_KNOWN))

    def _age(self, group: str) -> str:
        first, last = group.split("-")
        if group == AGE_GROUPS[0]:
            return _("under %(age)s") % {"age": int(last) + 1}
        if group == AGE_GROUPS[-1]:
            return _("%(age)s and older") % {"age": first}
        return f"{first}–{last}"

    def _length(self, group: str) -> str:
        over, up_to = group.split("-")
        if group == TERM_GROUPS[0]:
            words = _("up to %(years)s years")
        elif group == TERM_GROUPS[-1]:
            return (_("more than %(years)s years") % {"years": over}).replace(" ", NBSP)
        else:
            words = _("more than %(over)s, up to %(years)s years")
        return words % {"over": over, "years": up_to}


_SPECIAL: Final[dict[str, Callable[[Labels, str], ShownText | str]]] = {
    "article": Labels._article,
    "region": Labels._region,
    "theme": Labels._theme,
    "all": Labels._sex,
    "deprived": Labels._sex,
    "on_the_day": Labels._age,
    "at_arrest": Labels._age,
    "length": Labels._length,
}
_FILTERS: Final = {
    ("themes", "theme"): "theme",
    ("sex", "all"): "gender",
    ("liberty", "status"): "liberty",
}
