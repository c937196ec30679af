"""Figures of prosecutions: when they began, under what, how far they came, what was decided."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from memorial.figures.counting import law
from memorial.figures.definition import PARTS_EXCEED, UNKNOWN_YEAR, YEAR, Figure, Look, Series, Unit

OF_LAW: Final[tuple[Figure, ...]] = (
    Figure(
        "prosecutions",
        _("Prosecutions begun"),
        _(
            "People by the year in which a criminal prosecution of theirs began: from when they were suspected or charged."
        ),
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
                note=PARTS_EXCEED,
            ),
        ),
        (
            _(
                "The year of the arrest is another series: some are arrested later, in absentia or not at all."
            ),
            UNKNOWN_YEAR,
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
            Series("kind", _("By decision"), what=pgettext_lazy("figures", "Decision"), note=PARTS_EXCEED),
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
        (Series("article", _("By article"), what=pgettext_lazy("figures", "Article"), note=PARTS_EXCEED),),
        (
            _(
                "A charge counts from the day on which it was brought; where we do not know it, from the day on which "
                "the prosecution began."
            ),
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
        _(
            "People by how far their criminal prosecutions had come on the day. "
            "With two prosecutions a person may stand in two rows."
        ),
        ngettext_lazy("person prosecuted in a criminal case", "people prosecuted in criminal cases"),
        law.stages,
        (Series("stage", _("By stage"), what=pgettext_lazy("figures", "Stage"), note=PARTS_EXCEED),),
        (
            _(
                "The stage follows from charges, hearings and decisions by their dates. A stage that has no date is "
                "told of the present day only, as are hearings that lie ahead."
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
        (
            _(
                "That a prosecution is in absentia has no date of its own: it counts from when the prosecution began."
            ),
        ),
    ),
    Figure(
        "administrative-arrests",
        _("Administrative arrests"),
        _(
            "People under administrative arrest, up to 30 days each time. They are counted apart from criminal prosecutions."
        ),
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
)
