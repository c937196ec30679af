"""What the database refuses of old addresses; beside `refused_rows`, which has the rest."""

from collections.abc import Callable

from prisoners.models import OldAddress
from tests.factories import DraftFactory, FacilityFactory

NO_PATHS = ("//evil.example/", "https://evil.example/", "/ru/", "../", "prisoners", "?q=/", "a//b/")


def leads(**where: object) -> Callable[[], object]:
    """An old address that leads there."""
    return lambda: OldAddress.objects.create(
        path="a/", **{name: value() if callable(value) else value for name, value in where.items()}
    )


REFUSED: dict[str, list[Callable[[], object]]] = {
    "oldaddress_leads_to_one": [
        leads(),
        leads(prisoner=DraftFactory, facility=FacilityFactory),
        leads(prisoner=DraftFactory, page="prisoners/"),
    ],
    "oldaddress_page_is_a_path": [leads(page=page) for page in NO_PATHS],
    "oldaddress_language_known": [leads(page="prisoners/", language="xx")],
}
