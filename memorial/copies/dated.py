"""Tables whose rows readers may see until a day: a page that shows one is good on its own day only."""

from __future__ import annotations

from functools import cache

from memorial.base.database import our_tables, public_condition


@cache
def shown_until_a_day() -> tuple[str, ...]:
    """Their names, from the conditions on which their rows are public: those that ask what day it is."""
    return tuple(
        sorted(
            model._meta.db_table
            for model in our_tables()
            if "now()" in (public_condition(model) or "") or "current_date" in (public_condition(model) or "")
        )
    )
