"""Who was shown what is confidential: one row for each page, never the words of a search.

Views of the office write it where they show; `memorial.base.admin.looking` does so for the admin's own.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db import models
from django.utils.crypto import salted_hmac

from memorial.base.evidence import Looking

_SALT: Final = "memorial.base.looking"


def is_recorded(model: type[models.Model]) -> bool:
    """Whether looking at rows of a table is recorded: confidential as a whole, and about people.

    The office's own tables (the history, accounts, imports) say otherwise with `RECORDS_LOOKING = False`.
    """
    declared: frozenset[str] | None = getattr(model, "PUBLIC", None)
    is_ours = model._meta.app_label in ("prisoners", "cases", "assistance", "donations")
    return is_ours and declared == frozenset() and bool(getattr(model, "RECORDS_LOOKING", True))


def search_digest(words: str) -> str:
    """A keyed digest of what was searched for: whoever suspects a search can test it, nobody can read it."""
    plain = " ".join(words.casefold().replace("ё", "е").split())
    return salted_hmac(_SALT, plain, algorithm="sha256").hexdigest() if plain else ""


def record_looking(
    *,
    staff: int,
    kind: Looking.Kind,
    model: type[models.Model],
    rows: Iterable[object],
    shown: Iterable[type[models.Model]] = (),
    searched: str = "",
) -> Looking | None:
    """Writes that somebody was shown rows of a table, in one statement; nothing where nothing was shown.

    `shown` are the confidential tables behind the page: the model itself by default. A search is written even
    where it found nothing: that nobody is there is an answer too.
    """
    tables = sorted({one._meta.db_table for one in (shown or [model]) if is_recorded(one)})
    keys = [str(row) for row in rows]
    if not tables or not (keys or searched.strip()):
        return None
    return Looking.objects.create(
        staff=staff,
        kind=kind,
        table=model._meta.db_table,
        rows=keys,
        shown=tables,
        search_digest=search_digest(searched),
    )


def record_lists(*, staff: int, lists: Iterable[tuple[type[models.Model], list[object]]]) -> None:
    """Writes that one page showed several short lists, a row for each confidential table, in one statement."""
    keys: dict[type[models.Model], set[str]] = {}
    for model, rows in lists:
        if rows and is_recorded(model):
            keys.setdefault(model, set()).update(map(str, rows))
    Looking.objects.bulk_create(
        Looking(
            staff=staff,
            kind=Looking.Kind.LISTED,
            table=model._meta.db_table,
            rows=sorted(found),
            shown=[model._meta.db_table],
            search_digest="",
        )
        for model, found in keys.items()
    )
