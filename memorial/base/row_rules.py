"""Which rows the public database role may see: row-level security, from the models' own declarations.

Columns are a matter of grants (`memorial.base.database`); rows of these rules. They repeat the
condition that the content version uses, so «public» is written once: a view that forgot
`published()` shows nothing more, because PostgreSQL itself keeps drafts back.

Tables that are public as a whole have no rule: a rule takes full-text and trigram indexes away.
"""

import re
from collections.abc import Mapping

from django.db import models
from django.db.backends.utils import CursorWrapper

_OWN_RULE = ("/* the same as its own rule: */", "/* till here */")
PUBLIC_ROLE = "site_ro"
STAFF_ROLE = "staff_rw"
READERS = "memorial_readers"
STAFF = "memorial_staff"


def said_by_its_own_rule(condition: str) -> str:
    """Marks a part of a condition that the asked table's own rule says as well.

    Triggers act with the owner's rights, whom no rule binds, and need every word. In a rule PostgreSQL adds the rules
    of each table that it asks by itself: written out once more, a chain of four tables became a plan of hundreds of
    nodes, and one of joins over everybody.
    """
    return f"{_OWN_RULE[0]} {condition} {_OWN_RULE[1]}"


def install_row_rules(cursor: CursorWrapper, conditions: Mapping[type[models.Model], str | None]) -> None:
    """Gives every table its rules anew: readers see what is public, staff see all.

    A condition is SQL on a row called `r`; None or `true` means a table without rules. A model may say
    which rows an account sees (`STAFF_WHEN`): what somebody forgot to filter stays hidden. The owner is
    not bound, so that migrations and functions with its rights see everything.
    """
    for model, condition in conditions.items():
        table = f'"{model._meta.db_table}"'
        for name in (READERS, STAFF):
            cursor.execute(f"DROP POLICY IF EXISTS {name} ON {table}")
        staff = getattr(model, "STAFF_WHEN", None)
        if staff is None and not has_row_rules(condition):
            cursor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
            continue
        cursor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        if has_row_rules(condition):
            here = re.sub(r"\br\.", f"{table}.", without_own_rules(str(condition)))
            cursor.execute(f"CREATE POLICY {READERS} ON {table} FOR SELECT TO {PUBLIC_ROLE} USING ({here})")
        seen = re.sub(r"\br\.", f"{table}.", staff or "true")
        cursor.execute(f"CREATE POLICY {STAFF} ON {table} TO {STAFF_ROLE} USING ({seen}) WITH CHECK (true)")


def has_row_rules(condition: str | None) -> bool:
    """Whether some rows of a public table are not public."""
    return condition not in (None, "true")


def without_own_rules(condition: str) -> str:
    """The condition without its marked parts, each from its outermost mark on."""
    begin, end = _OWN_RULE
    kept, depth = [], 0
    for piece in re.split(f"({re.escape(begin)}|{re.escape(end)})", condition):
        if piece in (begin, end):
            depth += 1 if piece == begin else -1
        elif not depth:
            kept.append(piece)
    return "".join(kept)
