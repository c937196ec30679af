"""Figures of an article: how many people, by part, with what outcome, and what terms. Each is defined here.

Everywhere only published people in published cases are counted, by verified charges whose code and
article are known. A person counts once for an article, and once for each part charged, so that the
parts may add up to more than the whole. The database is asked three times, however many people there are,
and not at all while nothing public changes: a count may be a second old, as the content version is.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import groupby
from statistics import median
from typing import Any, Final, NamedTuple

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from cases.choices import ChargeEventKind, DecisionKind, Instance, PenaltyKind
from cases.display.decisions import ANNULLING, OUTCOMES, WITH_PENALTIES
from cases.models import Article, Charge, ChargeEvent, Decision, DecisionPerson
from cases.querysets import VERIFIED, ArticleQuerySet
from cases.stage import GONE
from memorial.base.choices import State, Verification
from memorial.base.localized import all_languages
from prisoners.kept_orders import KeptOrders
from prisoners.models import Prisoner
from prisoners.querysets import PrisonerQuerySet

FEWEST_FOR_A_MEDIAN: Final = 5
"""Of fewer terms no median is told: it would say more of each person than of the article."""
DAYS_IN_A_MONTH: Final = 30
FIGURES_KEPT: Final = 5_000
"""Of all articles together, in each process: five of each."""
_TREATMENT: Final = frozenset(
    {DecisionKind.MEDICAL_RULING, DecisionKind.MEDICAL_CHANGED, DecisionKind.MEDICAL_ENDED}
)
_GUILTY: Final = WITH_PENALTIES | {DecisionKind.PARDON}
_NOT_AT_ONCE: Final = (PenaltyKind.SUSPENDED, PenaltyKind.DEFERRAL)
_SHOWN_CHARGE: Final = VERIFIED & Q(
    prosecution__case__state=State.PUBLISHED, prosecution__prisoner__state=State.PUBLISHED
)


class Outcome(StrEnum):
    """What came of a charge under an article, the first of these that is true of the person.

    A person charged more than once under the article counts by the outcome that stands first here.
    """

    GUILTY = "guilty"
    """Found guilty, in force or not; an administrative ruling too. Quashed verdicts do not count."""
    TREATMENT = "treatment"
    """Sent to compulsory treatment: a ruling on it, not a conviction."""
    NOT_YET = "not_yet"
    """No decision stands: under investigation, on trial, or a verdict was quashed."""
    ACQUITTED = "acquitted"
    """Acquitted of this charge."""
    DISCONTINUED = "discontinued"
    """The prosecution was discontinued."""
    GONE = "gone"
    """The charge itself was dropped, excluded, or became one under another article."""


class ChargeRow(NamedTuple):
    """A charge as figures need it: what became of it last, and what decision about the person stands."""

    prosecution: int
    person: int
    part: str
    event: str | None
    decision: str | None

    @property
    def outcome(self) -> Outcome:
        """What came of this charge. A decision about the person goes before what was said of the charge earlier."""
        if self.event in GONE:
            return Outcome.GONE
        decided = _OF_DECISION.get(self.decision or "")
        if decided in (None, Outcome.GUILTY, Outcome.TREATMENT):
            if self.event == ChargeEventKind.ACQUITTED:
                return Outcome.ACQUITTED
            if decided is None and self.event == ChargeEventKind.CONVICTED:
                return Outcome.GUILTY
        return decided or Outcome.NOT_YET


_OF_DECISION: Final[dict[str, Outcome]] = {
    **dict.fromkeys(_GUILTY, Outcome.GUILTY),
    **dict.fromkeys(_TREATMENT, Outcome.TREATMENT),
    **dict.fromkeys(ANNULLING, Outcome.NOT_YET),
    DecisionKind.ACQUITTAL: Outcome.ACQUITTED,
    DecisionKind.DISCONTINUATION: Outcome.DISCONTINUED,
}


@dataclass(frozen=True)
class Median:
    """The middle one of some terms, in months; None where they are too few. `number` is how many they are."""

    months: int | None
    number: int


class Counted(NamedTuple):
    """What the figures of an article say, without anybody in them: so it can be kept."""

    people: int
    by_part: list[tuple[str, int]]
    by_outcome: list[tuple[Outcome, int]]
    alone: Median
    among_others: Median


@dataclass(frozen=True)
class ArticleFigures:
    """The figures of one article as of now; counted once for each version of what is public."""

    article: Article

    @property
    def people(self) -> int:
        """How many people were charged under the article, whatever came of it."""
        return self._counted.people

    @property
    def by_part(self) -> list[tuple[str, int]]:
        """How many people were charged under each part, in the natural order; "" is a part not known, and last."""
        return self._counted.by_part

    @property
    def by_outcome(self) -> list[tuple[Outcome, int]]:
        """How many people have each outcome, every one of them once; outcomes that nobody has are left out."""
        return self._counted.by_outcome

    @property
    def alone(self) -> Median:
        """The median of terms where the person was found guilty under this article and no other."""
        return self._counted.alone

    @property
    def among_others(self) -> Median:
        """The median of terms where the person was found guilty under other articles as well."""
        return self._counted.among_others

    @cached_property
    def _counted(self) -> Counted:
        return _counted.get(self.article.pk, lambda: count(self.article))


def count(article: Article) -> Counted:
    """Counts anew. Three queries, however many people there are."""
    rows = charges_under(article)
    terms = terms_under(article, rows)
    alone = median_of([term.months for term in terms if term.is_alone])
    among_others = median_of([term.months for term in terms if not term.is_alone])
    return Counted(len({row.person for row in rows}), _by_part(rows), _by_outcome(rows), alone, among_others)


_counted = KeptOrders(FIGURES_KEPT)


def charges_under(article: Article) -> list[ChargeRow]:
    """Every charge under the article that readers may see."""
    return charge_rows(Charge.objects.filter(_SHOWN_CHARGE, article=article))


def terms_under(article: Article, rows: Iterable[ChargeRow]) -> list[Term]:
    """Terms of imprisonment as verdicts of the first instance impose them: see `terms_of`."""
    return terms_of({row.prosecution for row in rows if row.outcome == Outcome.GUILTY}, article)


def _by_part(rows: Iterable[ChargeRow]) -> list[tuple[str, int]]:
    people: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        people[row.part].add(row.person)
    return [(part, len(people[part])) for part in sorted(people, key=_natural)]


def _by_outcome(rows: Iterable[ChargeRow]) -> list[tuple[Outcome, int]]:
    outcomes: dict[int, set[Outcome]] = defaultdict(set)
    for row in rows:
        outcomes[row.person].add(row.outcome)
    counted = Counter(_first(each) for each in outcomes.values())
    return [(outcome, counted[outcome]) for outcome in Outcome if counted[outcome]]


class Imposed(NamedTuple):
    """One penalty of a verdict; nothing in it where the verdict has none."""

    kind: str | None
    years: int | None
    months: int | None
    days: int | None

    @property
    def in_months(self) -> float:
        return 12 * (self.years or 0) + (self.months or 0) + (self.days or 0) / DAYS_IN_A_MONTH


class Term(NamedTuple):
    """A term of imprisonment that a verdict imposes on one person."""

    months: float
    is_alone: bool
    """Whether nothing but charges under the one article is known to be behind it."""


def charge_rows(charges: QuerySet[Charge]) -> list[ChargeRow]:
    """These charges with what came of each. One query."""
    with_all = charges.annotate(last_event=_last_event(), standing=_standing_decision())
    values = ("prosecution_id", "prosecution__prisoner_id", "part", "last_event", "standing")
    return [ChargeRow(*row) for row in with_all.order_by("id").values_list(*values)]


def terms_of(prosecutions: Iterable[int], article: Article) -> list[Term]:
    """One term for each prosecution whose last verdict of the first instance imposes one. Two queries at most.

    The verdict is one of guilty of the first instance, not given in absentia, and not quashed or
    remitted since; the penalty is imprisonment for a fixed term, neither suspended nor deferred.
    The term is that of the verdict for everything together, as first imposed: a later review may have
    changed it. Life imprisonment has no length, and unknown lengths cannot be counted.
    """
    chosen = sorted(prosecutions)
    lengths = _last_verdicts(chosen) if chosen else {}
    with_others = _with_other_charges(lengths, article) if lengths else frozenset()
    return [Term(months, number not in with_others) for number, months in lengths.items()]


def median_of(months: Sequence[float]) -> Median:
    """The median, rounded to whole months, halves up; None of fewer than `FEWEST_FOR_A_MEDIAN`."""
    if len(months) < FEWEST_FOR_A_MEDIAN:
        return Median(None, len(months))
    return Median(int(median(months) + 0.5), len(months))


def people_charged(article: Article, part: str | None = None) -> PrisonerQuerySet:
    """Published people charged under the article, or under one part of it ("" for a part not known)."""
    charges = Charge.objects.filter(_SHOWN_CHARGE, article=article)
    of_part = charges if part is None else charges & Charge.objects.filter(part=part)
    people: PrisonerQuerySet = Prisoner.objects.published()
    return people.filter(pk__in=of_part.values("prosecution__prisoner"))


def people_by_article() -> dict[int, int]:
    """How many people were charged under each article, by its number; articles of nobody are left out."""
    charges = Charge.objects.filter(_SHOWN_CHARGE, article__isnull=False).order_by().values("article")
    counted = charges.annotate(people=Count("prosecution__prisoner", distinct=True))
    return dict(counted.values_list("article", "people"))


def in_the_encyclopaedia(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Articles that somebody published was charged under, or that we say something of."""
    charged = Charge.objects.filter(_SHOWN_CHARGE, article__isnull=False).values("article")
    said = Q(*(~Q(**{column: ""}) for column in all_languages("text")), _connector=Q.OR)
    return articles.filter(Q(pk__in=charged) | said)


def _last_event() -> Subquery:
    """What became of a charge last: without a date, bringing it comes before all else, anything else after it."""
    undated = Case(When(kind=ChargeEventKind.BROUGHT, then=Value(date.min)), default=Value(date.max))
    events = ChargeEvent.objects.filter(VERIFIED, charge=OuterRef("pk"))
    in_order = events.annotate(moment=Coalesce("on_earliest", "on_latest", undated))
    return Subquery(in_order.order_by("-moment", "-pk").values("kind")[:1])


def _standing_decision() -> Subquery:
    """The kind of the decision by which the prosecution of a charge ended so far.

    The same that `cases.display.decisions.standing_outcome` finds: the last verified decision that changes
    the outcome, for the person or for the whole case, and that no later one supersedes.
    """
    later = _about_the_prosecution(levels=2).filter(supersedes=OuterRef("pk"))
    standing = _about_the_prosecution(levels=1).exclude(Exists(later))
    return Subquery(standing.order_by("-round", "-moment", "-pk").values("kind")[:1])


def _about_the_prosecution(levels: int) -> Any:
    """Verified decisions that change an outcome, about the prosecution of the row so many levels further out."""
    people = DecisionPerson.objects.filter(prosecution=_outer("prosecution", levels + 1)).values("decision")
    mine = Decision.objects.filter(
        VERIFIED,
        Q(whole_case=True) | Q(pk__in=people),
        kind__in=OUTCOMES,
        case=_outer("prosecution__case", levels),
    )
    return mine.annotate(moment=Coalesce("on_latest", "on_earliest", Value(date.min)))


def _outer(name: str, levels: int) -> Any:
    """A reference to a row that lies so many queries further out."""
    reference: Any = name
    for _level in range(levels):
        reference = OuterRef(reference)
    return reference


def _last_verdicts(prosecutions: Sequence[int]) -> dict[int, float]:
    """The lengths in months that the last verdicts of the first instance impose, by prosecution."""
    links = DecisionPerson.objects.filter(
        prosecution__in=prosecutions,
        decision__kind=DecisionKind.GUILTY_VERDICT,
        decision__instance=Instance.FIRST,
    ).exclude(decision__verification=Verification.UNVERIFIED)
    moment = Coalesce("decision__on_latest", "decision__on_earliest", Value(date.min))
    in_order = links.annotate(moment=moment, annulled=Exists(_annulling())).order_by(
        "decision__round", "moment", "decision_id", "prosecution_id"
    )
    columns = (
        "prosecution_id",
        "in_absentia",
        "annulled",
        *(f"penalties__{name}" for name in Imposed._fields),
    )
    last: dict[int, list[Imposed]] = {}
    for (prosecution, _verdict), rows in groupby(
        in_order.values_list("decision_id", *columns), key=lambda row: (row[1], row[0])
    ):
        counted = [Imposed(*row[4:]) for row in rows if not (row[2] or row[3])]
        last[prosecution] = counted
    lengths = {prosecution: _months(imposed) for prosecution, imposed in last.items()}
    return {prosecution: months for prosecution, months in lengths.items() if months}


def _annulling() -> QuerySet[Decision]:
    """Decisions by which the verdict of a link was done away with: they say so, or come after it."""
    moment = Coalesce(OuterRef("decision__on_latest"), OuterRef("decision__on_earliest"), Value(date.min))
    after = Q(round__gt=OuterRef("decision__round")) | Q(round=OuterRef("decision__round"), moment__gt=moment)
    return _about_the_prosecution(levels=1).filter(
        Q(supersedes=OuterRef("decision")) | after, kind__in=ANNULLING
    )


def _months(imposed: Iterable[Imposed]) -> float:
    """The longest imprisonment among some penalties; 0 where there is none to be counted."""
    penalties = list(imposed)
    if any(penalty.kind in _NOT_AT_ONCE for penalty in penalties):
        return 0
    terms = [penalty for penalty in penalties if penalty.kind == PenaltyKind.IMPRISONMENT]
    return max((term.in_months for term in terms), default=0)


def _with_other_charges(prosecutions: Iterable[int], article: Article) -> frozenset[int]:
    """Those in which the person may have been found guilty of something else too, words alone included."""
    others = Charge.objects.filter(VERIFIED, prosecution__in=list(prosecutions)).exclude(article=article)
    innocent = {Outcome.GONE, Outcome.ACQUITTED}
    return frozenset(row.prosecution for row in charge_rows(others) if row.outcome not in innocent)


def _first(outcomes: set[Outcome]) -> Outcome:
    """The one of a person's outcomes that counts."""
    return next(outcome for outcome in Outcome if outcome in outcomes)


def _natural(part: str) -> tuple[bool, list[int]]:
    """Sorts parts: 1, 1.1, 2, 10, and the unknown one last."""
    return not part, [int(number) for number in re.findall(r"\d+", part)]
