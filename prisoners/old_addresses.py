"""Old addresses redirect for ever, except to what is hidden or shown by initials."""

from django.db import connection


def new_address(path: str) -> str | None:
    """Where an old path leads today, without the language; None where it leads nowhere that is public.

    Paths are stored without the language and the host, with or without the last slash. The table
    is closed to the public role, which asks through a function that answers for published
    records only.
    """
    bare = path.rstrip("/")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(memorial_new_address(%s), memorial_new_address(%s))", [f"{bare}/", bare]
        )
        found: str | None = cursor.fetchone()[0]
    return found
