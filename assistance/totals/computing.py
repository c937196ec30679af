"""Counts people helped in a period, from the records. Confidential: only what is approved becomes public.

Run it as somebody who sees all clients, or as a command: whoever sees some counts some.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from assistance.models.client import Client
from assistance.models.detention import DetentionAid
from assistance.models.humanitarian import AidItem, HumanitarianAid, ItemKind
from assistance.models.legal import LegalAid
from assistance.totals.figures import (
    ANY,
    DETENTION,
    HUMANITARIAN,
    LEGAL,
    PROGRAMMES,
    RIGHTS,
    STAGES,
    TOTALS,
    UKRAINIANS,
    kind_figure,
)
from assistance.totals.periods import Period

Counts = dict[str, int]
UKRAINE = "UA"


def people_helped(period: Period) -> Counts:
    """How many distinct people each figure counts. Six statements, however many people there are.

    Help counts where a day of it certainly lay in the period; two clients with one page are one person;
    help to families is not counted here.
    """
    person = {client.pk: str(getattr(client, "person")) for client in Client.objects.with_person().only("pk")}  # noqa: B009
    found: dict[str, set[str]] = defaultdict(set)

    def add(rows: Iterable[tuple[int, str]], programme: str, *, is_detailed: bool = True) -> None:
        for client, detail in rows:
            found[programme].add(person[client])
            if is_detailed:
                found[f"{programme}:{detail}"].add(person[client])

    days = (period.first, period.last)
    parcels = HumanitarianAid.objects.for_prisoners().certainly_within(*days)
    items = AidItem.objects.filter(aid__in=parcels.values("pk"))
    add(LegalAid.objects.certainly_within(*days).values_list("client", "stage"), LEGAL)
    add(DetentionAid.objects.certainly_within(*days).values_list("client", "right"), DETENTION)
    add(parcels.values_list("client", "channel"), HUMANITARIAN, is_detailed=False)
    add(items.values_list("aid__client", "kind__code").order_by(), HUMANITARIAN)
    to_ukrainians = parcels.to_citizens_of(UKRAINE).values_list("client", "channel")
    add(to_ukrainians, UKRAINIANS, is_detailed=False)
    found[ANY] = set().union(*(found[programme] for programme in PROGRAMMES))
    return {figure: len(found[figure]) for figure in all_figures()}


def all_figures() -> list[str]:
    """Every figure that there is today; staff add kinds of items."""
    return [*TOTALS, *STAGES, *RIGHTS, *map(kind_figure, kinds())]


def kinds() -> dict[str, ItemKind]:
    """The kinds of items by code, in their order."""
    return {kind.code: kind for kind in ItemKind.objects.all()}
