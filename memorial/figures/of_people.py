"""Figures of people: who is known, who is deprived of liberty, whom we recognised, who they are."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from memorial.figures.counting import people
from memorial.figures.definition import PARTS_EXCEED, UNKNOWN_YEAR, YEAR, Figure, Look, Series, Unit

OF_PEOPLE: Final[tuple[Figure, ...]] = (
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
            _(
                "Most of the people here are not recognised as political prisoners. We do not know of every case."
            ),
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
            Series("status", _("In more detail"), what=pgettext_lazy("figures", "Liberty")),
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
                "“Not known” is an answer of its own: where nothing tells where a person is, we do not write "
                "“at liberty”. A term that is over by our data is no release."
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
            "person recognised by us as a political prisoner",
            "people recognised by us as political prisoners",
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
        _(
            "People by the year in which they were deprived of liberty: actually seized, or formally detained."
        ),
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
        (UNKNOWN_YEAR,),
    ),
    Figure(
        "themes",
        _("Themes"),
        _("People by what they are persecuted for. A person counts once in each theme."),
        ngettext_lazy("person in the encyclopaedia", "people in the encyclopaedia"),
        people.themes,
        (Series("theme", _("By theme"), what=pgettext_lazy("figures", "Theme"), note=PARTS_EXCEED),),
        (_("“LGBT” is what somebody is accused of, never what we say of the person."),),
    ),
    Figure(
        "regions",
        _("Regions"),
        _(
            "People by the region in which they are persecuted: not where they come from, nor where they are held."
        ),
        ngettext_lazy("person in the encyclopaedia", "people in the encyclopaedia"),
        people.regions,
        (Series("region", _("By region"), what=pgettext_lazy("figures", "Region")),),
        (_("Ukrainian regions stand under their Ukrainian names; occupied ones say so."),),
    ),
    Figure(
        "held",
        _("Where people are held"),
        _("People deprived of liberty on the day, by the region where they were held."),
        ngettext_lazy("person deprived of liberty", "people deprived of liberty"),
        people.held,
        (
            Series(
                "region",
                _("By region"),
                what=pgettext_lazy("figures", "Region"),
                note=_("“Not known” are also those whose place is not published."),
            ),
        ),
        (
            _(
                "No region is told of house arrest, of secret places, nor where the place is kept back for "
                "somebody's safety."
            ),
            _("Ukrainian regions stand under their Ukrainian names; occupied ones say so."),
        ),
    ),
    Figure(
        "ages",
        _("Age"),
        _(
            "Ages of people deprived of liberty on the day, and of people at their first arrest: "
            "the age reached in that year."
        ),
        ngettext_lazy("person deprived of liberty", "people deprived of liberty"),
        people.ages,
        (
            Series(
                "on_the_day",
                _("On the day, of those deprived of liberty"),
                what=pgettext_lazy("figures", "Age"),
            ),
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
        "releases",
        _("Releases"),
        _("People released by the day: by the legal ground of the release, by how it came about, by year."),
        ngettext_lazy("person was released", "people were released"),
        people.releases,
        (
            Series(
                "ground", _("By legal ground"), what=pgettext_lazy("figures", "Ground"), note=PARTS_EXCEED
            ),
            Series(
                "circumstance",
                _("By circumstance"),
                what=pgettext_lazy("figures", "Circumstance"),
                note=PARTS_EXCEED,
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
)
