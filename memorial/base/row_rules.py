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

PUBLIC_ROLE = "site_ro"
STAFF_ROLE = "staff_rw"
READERS = "memorial_readers"
STAFF = "memorial_staff"


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
            here = re.sub(r"\br\.", f"{table}.", str(condition))
            cursor.execute(f"CREATE POLICY {READERS} ON {table} FOR SELECT TO {PUBLIC_ROLE} USING ({here})")
        seen = re.sub(r"\br\.", f"{table}.", staff or "true")
        cursor.execute(f"CREATE POLICY {STAFF} ON {table} TO {STAFF_ROLE} USING ({seen}) WITH CHECK (true)")


def has_row_rules(condition: str | None) -> bool:
    """Whether some rows of a public table are not public."""
    return condition not in (None, "true")
