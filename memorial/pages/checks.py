"""A page of staff at an address that a later version of the program has taken for itself is found and named."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Info, Tags, register
from django.db import DEFAULT_DB_ALIAS, DatabaseError

from memorial.pages.addresses import is_of_the_program


@register(Tags.database)
def pages_stand_at_free_addresses(
    app_configs: Any, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """One note for each page that readers cannot reach, because the program answers there first."""
    from memorial.pages.models import SitePage

    if DEFAULT_DB_ALIAS not in (databases or ()):
        return []
    try:
        slugs = list(SitePage.objects.published().values_list("slug", flat=True))
    except DatabaseError:
        return []  # before the first migration, or no server: another check says so
    return [
        Info(
            f"The page «{slug}» cannot be reached: the program has pages of its own at /{slug}/.",
            hint="Give it another address in the office.",
            id="memorial.I001",
        )
        for slug in slugs
        if is_of_the_program(slug)
    ]
