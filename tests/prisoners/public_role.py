"""What the public database role can read, all of it."""

import json

from django.db import connection

from memorial.base.database import our_tables
from memorial.base.exposure import readable_fields


def all_that_the_public_role_reads():
    """Every column of every row of every table that `site_ro` may select, read as that role, as one text."""
    rows = []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE site_ro")
        for model in our_tables():
            if fields := readable_fields(model):
                columns = ", ".join(f'"{field.column}"' for field in fields)
                cursor.execute(f'SELECT {columns} FROM "{model._meta.db_table}"')
                rows += cursor.fetchall()
        cursor.execute("RESET ROLE")
    assert len(rows) >= 6
    return json.dumps(rows, default=str, ensure_ascii=False).lower()
