"""Approved totals to be shown."""

from __future__ import annotations

from assistance.models import PublicTotal, TotalsPublication
from tests.assistance_totals.refused_rows import AS_OF


def told(period="first-three-years", number=1, reason="", **numbers):
    """Approved totals, as the database writes them."""
    publication = TotalsPublication.objects.create(
        period=period, number=number, as_of=AS_OF, published_on=AS_OF, reason_ru=reason
    )
    figures = {"any": 348, "humanitarian-ua": 104, "legal": 126, "detention": 64, "humanitarian": 1243}
    figures |= {"legal:appeal": 40, "legal:international": None, "humanitarian:food": 90}
    for figure, people in {**figures, **numbers}.items():
        label = {"label_ru": "продукты", "label_en": "food"} if figure.endswith("food") else {}
        PublicTotal.objects.create(publication=publication, figure=figure, people=people, **label)
    return publication
