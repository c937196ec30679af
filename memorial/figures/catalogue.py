"""The figures that there are: what each is called, what it means, how it is counted, how it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from memorial.figures.counting import law, people
from memorial.figures.counting.moment import Counted, Moment

Words = str | Promise


class Look(Enum):
    """How a series is shown."""

    BARS = "bars"
    """A table whose rows have bars."""
    COLUMNS = "columns"
    """A drawn chart of years, and a table."""
    MEDIAN = "median"
    """A sentence: the middle one, and of how many."""
    NUMBER = "number"
    """A sentence with one number."""


class Unit(Enum):
    """What a number counts."""

    PEOPLE = "people"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True)
class Series:
    """One sequence of numbers of a figure: `what` heads its categories."""

    code: str
    title: Words
    look: Look = Look.BARS
    what: Words = ""
    note: Words = ""
    unit: Unit = Unit.PEOPLE


YEAR: Final = pgettext_lazy("figures", "Year")


@dataclass(frozen=True)
class Figure:
    """A figure of the statistics. `words` stand under its number, in the form that the number asks for."""

    code: str
    title: Words
    said: Words
    """The definition in one or two sentences."""
    words: Any
    count: Callable[[Moment], Counted]
    series: tuple[Series, ...]
    method: tuple[Words, ...] = field(default=())
    """What else must be known of how it is counted, a paragraph each."""

    def series_of(self, code: str) -> Series:
        """The series of a code; KeyError for none."""
        found = {each.code: each for each in self.series}
        return found[code]


_PARTS_EXCEED: Final = _("One person may stand in several rows: they add up to more than the people.")
_UNKNOWN_YEAR: Final = _("«Not known» are those whose year we do not know for certain.")

FIGURES: Final[tuple[Figure, ...]] = (
    Figure(
        "people",
        _("People in the encyclopaedia"),
        _("People with a page here, each counted once, however many cases the person has."),
        ngettext_lazy("person in the encyclopaedia", "people in the encyclopaedia"),
        people.people,
        (
            Series(
                "first_year",
                _("Since when we know of them"),
                Look.COLUMNS,
                YEAR,
                _("The year of the first fact with a date: an arrest, a charge, a decision."),
            ),
        ),
        (
            _(
                "On a past day those are counted of whom a fact has that date or an earlier one. "
                "People of whom no fact has a date are counted on every day."
            ),
            _("Most of the people here are not recognised as political prisoners. We do not know of every case."),
        ),
    ),
    Figure(
        "liberty",
        _("Deprived of liberty"),
        _(
            "People who on the day were in a colony, a prison, a pre-trial or other place of detention, in "
            "compulsory in-patient treatment or examination, under house arrest, or held without a case."
        ),
        ngettext_lazy("person deprived of liberty", "people deprived of liberty"),
        people.liberty,
        (
            Series("group", _("Everybody, by liberty"), what=pgettext_lazy("figures", "Liberty")),
            Series("status", _("More exactly"), what=pgettext_lazy("figures", "Liberty")),
            Series(
                "at_end_of_year",
                _("Deprived of liberty at the end of each year"),
                Look.COLUMNS,
                YEAR,
                _("The last year is told as of the day asked for."),
            ),
        ),
        (
            _(
                "«Not known» is an answer of its own: where nothing tells where a person is, we do not write "
                "«at liberty». A term that is over by our data is no release."
            ),
            _(
                "Forced labour, administrative arrest and detention before expulsion stand beside it and are "
                "not part of the number."
            ),
        ),
    ),
    Figure(
        "recognised",
        _("Recognised as political prisoners"),
        _(
            "Different people whom this project has recognised as political prisoners, since 28 October 2022. "
            "The recognitions of the former Memorial Human Rights Centre are counted apart."
        ),
        ngettext_lazy(
            "person recognised by us as a political prisoner", "people recognised by us as political prisoners"
        ),
        people.recognised,
        (
            Series(
                "now",
                _("Where they were on the day"),
                what=pgettext_lazy("figures", "Recognised, and on the day"),
                note=_(
                    "The decision has no end unless it is withdrawn; the status lasts while the person is "
                    "deprived of liberty."
                ),
            ),
            Series("first_year", _("By year of the first decision"), Look.COLUMNS, YEAR),
            Series(
                "at_end_of_year",
                _("Recognised by the end of each year"),
                Look.COLUMNS,
                YEAR,
                _("Everybody recognised by then, since the beginning of the project."),
            ),
            Series(
                "inherited",
                _("Recognised by others"),
                what=pgettext_lazy("figures", "By whom"),
                note=_("These people are not part of the number above, unless we recognised them too."),
            ),
        ),
        (
            _(
                "Not being recognised is not approval of the prosecution. Requests under consideration and "
                "refusals are confidential and are counted nowhere."
            ),
        ),
    ),
    Figure(
        "arrests",
        _("Arrests"),
        _("People by the year in which they were deprived of liberty: actually seized, or formally detained."),
        ngettext_lazy("person was arrested", "people were arrested"),
        people.arrests,
        (
            Series(
                "year",
                _("By year"),
                Look.COLUMNS,
                YEAR,
                _("Somebody arrested in two years counts in both."),
            ),
        ),
        (_UNKNOWN_YEAR,),
    ),
    Figure(
        "prosecutions",
        _("Prosecutions begun"),
        _("People by the year in which a criminal prosecution of theirs began: from when they were suspected or charged."),
        ngettext_lazy("person prosecuted in a criminal case", "people prosecuted in criminal cases"),
        law.prosecutions,
        (
            Series(
                "year",
                _("By year"),
                Look.COLUMNS,
                YEAR,
                _("Somebody prosecuted anew in another year counts in both."),
            ),
            Series(
                "kind",
                _("By kind of case"),
                what=pgettext_lazy("figures", "Kind of case"),
                note=_PARTS_EXCEED,
            ),
        ),
        (
            _("The year of the arrest is another series: some are arrested later, in absentia or not at all."),
            _UNKNOWN_YEAR,
        ),
    ),
    Figure(
        "decisions",
        _("Verdicts and other decisions"),
        _(
            "People by the year in which a court of first instance convicted or acquitted them or ordered compulsory "
            "treatment, or the prosecution was discontinued. Criminal cases only."
        ),
        ngettext_lazy("person with a decision", "people with a decision"),
        law.decisions,
        (
            Series("kind", _("By decision"), what=pgettext_lazy("figures", "Decision"), note=_PARTS_EXCEED),
            Series("guilty_verdict", _("Verdicts of guilty"), Look.COLUMNS, YEAR),
            Series("acquittal", _("Acquittals"), Look.COLUMNS, YEAR),
            Series("medical_ruling", _("Rulings on compulsory treatment"), Look.COLUMNS, YEAR),
            Series("discontinuation", _("Discontinued prosecutions"), Look.COLUMNS, YEAR),
        ),
        (
            _(
                "A ruling on compulsory treatment is not a conviction. Verdicts that were quashed later are counted in "
                "their own year; a new verdict counts in its own."
            ),
        ),
    ),
    Figure(
        "articles",
        _("Articles of law"),
        _("People by article charged, whatever came of the charge. A person counts once for each article."),
        ngettext_lazy("person charged under a known article", "people charged under known articles"),
        law.articles,
        (
            Series(
                "article", _("By article"), what=pgettext_lazy("figures", "Article"), note=_PARTS_EXCEED
            ),
        ),
        (
            _(
                "A charge counts from the day on which it was brought; where we do not know it, from the day on which "
                "the prosecution began."
            ),
        ),
    ),
    Figure(
        "themes",
        _("Themes"),
        _("People by what they are persecuted for. A person counts once in each theme."),
        ngettext_lazy("person in the encyclopaedia", "people in the encyclopaedia"),
        people.themes,
        (Series("theme", _("By theme"), what=pgettext_lazy("figures", "Theme"), note=_PARTS_EXCEED),),
        (_("«LGBT» is what somebody is accused of, never what we say of the person."),),
    ),
    Figure(
        "regions",
        _("Regions"),
        _("People by the region in which they are persecuted: not where they come from, nor where they are held."),
        ngettext_lazy("person in the encyclopaedia", "people in the encyclopaedia"),
        people.regions,
        (Series("region", _("By region"), what=pgettext_lazy("figures", "Region")),),
        (_("Ukrainian regions stand under their Ukrainian names; occupied ones say so."),),
    ),
    Figure(
        "ages",
        _("Age"),
        _(
            "How old people are who on the day were deprived of liberty, and how old people were at their first "
            "arrest: the age reached in that year."
        ),
        ngettext_lazy("person deprived of liberty", "people deprived of liberty"),
        people.ages,
        (
            Series("on_the_day", _("On the day, of those deprived of liberty"), what=pgettext_lazy("figures", "Age")),
            Series("on_the_day_median", _("Median age on the day"), Look.MEDIAN, unit=Unit.YEARS),
            Series("at_arrest", _("At the first arrest"), what=pgettext_lazy("figures", "Age")),
            Series("at_arrest_median", _("Median age at the first arrest"), Look.MEDIAN, unit=Unit.YEARS),
        ),
        (
            _(
                "Counted by the year of birth alone: exact dates of birth are not public for most people, "
                "and figures must not tell them."
            ),
        ),
    ),
    Figure(
        "sex",
        _("Men and women"),
        _("People by sex: of everybody, and of those who on the day were deprived of liberty."),
        ngettext_lazy("person in the encyclopaedia", "people in the encyclopaedia"),
        people.sex,
        (
            Series("all", _("Everybody"), what=pgettext_lazy("figures", "Sex")),
            Series("deprived", _("Deprived of liberty on the day"), what=pgettext_lazy("figures", "Sex")),
        ),
    ),
    Figure(
        "terms",
        _("Lengths of terms"),
        _(
            "People by the term of imprisonment that the last verdict of the first instance imposed on them: by the "
            "longest where there are verdicts in several cases."
        ),
        ngettext_lazy("person with a term of imprisonment", "people with terms of imprisonment"),
        law.terms,
        (
            Series("length", _("By length"), what=pgettext_lazy("figures", "Term")),
            Series("median_months", _("Median term"), Look.MEDIAN, unit=Unit.MONTHS),
            Series("life", _("Sentenced for life"), Look.NUMBER, note=_("Not part of the lengths.")),
        ),
        (
            _(
                "Counted as first imposed: a review may have changed it since. Suspended and deferred terms, verdicts "
                "in absentia and verdicts that were quashed are not counted, nor is compulsory treatment, which has no term."
            ),
        ),
    ),
    Figure(
        "stages",
        _("Stages of prosecutions"),
        _("People by how far their criminal prosecutions had come on the day. With two prosecutions a person may stand in two rows."),
        ngettext_lazy("person prosecuted in a criminal case", "people prosecuted in criminal cases"),
        law.stages,
        (Series("stage", _("By stage"), what=pgettext_lazy("figures", "Stage"), note=_PARTS_EXCEED),),
        (
            _(
                "The stage follows from charges, hearings and decisions by their dates. A stage that has no date is "
                "told of the present day only, as are hearings that lie ahead."
            ),
        ),
    ),
    Figure(
        "releases",
        _("Releases"),
        _("People released by the day: by the legal ground of the release, by how it came about, by year."),
        ngettext_lazy("person was released", "people were released"),
        people.releases,
        (
            Series("ground", _("By legal ground"), what=pgettext_lazy("figures", "Ground"), note=_PARTS_EXCEED),
            Series(
                "circumstance",
                _("By circumstance"),
                what=pgettext_lazy("figures", "Circumstance"),
                note=_PARTS_EXCEED,
            ),
            Series(
                "year",
                _("By year"),
                Look.COLUMNS,
                YEAR,
                _("Somebody released in two years counts in both."),
            ),
        ),
        (
            _(
                "An exchange is a circumstance; its legal ground may be a pardon, or none that is known. Deaths and "
                "escapes are not releases, and a term that is over by our data is none either."
            ),
        ),
    ),
    Figure(
        "in-absentia",
        _("Prosecuted in absentia"),
        _("People who are prosecuted in their absence, and those of them who were sentenced so."),
        ngettext_lazy("person prosecuted in absentia", "people prosecuted in absentia"),
        law.in_absentia,
        (
            Series("sentenced", _("Sentenced in absentia"), Look.NUMBER),
            Series("year", _("Sentenced in absentia, by year"), Look.COLUMNS, YEAR),
        ),
        (_("That a prosecution is in absentia has no date of its own: it counts from when the prosecution began."),),
    ),
    Figure(
        "administrative-arrests",
        _("Administrative arrests"),
        _("People under administrative arrest, up to 30 days each time. They are counted apart from criminal prosecutions."),
        ngettext_lazy("person was under administrative arrest", "people were under administrative arrest"),
        law.administrative_arrests,
        (
            Series("on_the_day", _("Under administrative arrest on the day"), Look.NUMBER),
            Series(
                "year",
                _("By year"),
                Look.COLUMNS,
                YEAR,
                _("Somebody arrested so in two years counts in both."),
            ),
        ),
        (_("We tell of people whose cases are here; most administrative arrests in Russia are not."),),
    ),
)  # fmt: skip

BY_CODE: Final = {figure.code: figure for figure in FIGURES}
