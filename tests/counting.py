"""Counts the queries of a page: one row or three, the same number.

    from tests.counting import counted, page_queries, same_number_of_queries

    with counted() as queries:             # everything inside, role switching left out
        client.get("/ru/prisoners/")
    assert len(queries) <= 9, queries      # a failing assertion prints every statement

    same_number_of_queries(                # asserts that a page costs the same with 1 row and with 3
        client, "/ru/prisoners/", add_row=PrisonerFactory
    )

In `SITE_ROLE=both` the middleware takes on a database role for every request and puts the
former one back: two statements that no reader's process makes. They are not counted, nor are
savepoints, nor the content version, which is asked at most once a second and would make the
number depend on the clock, nor what a connection prepares once for all pages after it.
Statements are counted on the default connection, whatever DEBUG says.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

NOT_OF_THE_PAGE = (
    "set_config('role'",
    "SAVEPOINT",
    'FROM "base_contentversion"',
    "PREPARE stored_",
    # the links of the menus, read once for each version of what is public (memorial.pages.links)
    """"pages_sitepage"."state" = 'published' ORDER BY""",
)


class Queries(list[str]):
    """The statements that were counted; printed one a line."""

    def __str__(self) -> str:
        return f"{len(self)} queries:\n" + "\n".join(f"{n}. {sql}" for n, sql in enumerate(self, 1))

    __repr__ = __str__


@contextmanager
def counted() -> Iterator[Queries]:
    """Collects the statements made inside; the list is filled when the block ends."""
    found = Queries()
    with CaptureQueriesContext(connection) as captured:
        yield found
    found += [sql for query in captured.captured_queries if _counts(sql := query["sql"])]


def page_queries(client: Client, path: str, *, status: int = 200) -> Queries:
    """The statements of one page, which must answer with the given status."""
    with counted() as queries:
        response = client.get(path)
    assert response.status_code == status, f"{path} answered {response.status_code}"
    return queries


def same_number_of_queries(
    client: Client, path: str, *, add_row: Callable[[], object], rows: tuple[int, int] = (1, 3)
) -> int:
    """Asserts that a page costs as much with the second number of rows as with the first; returns the cost.

    `add_row` makes one more row, with whatever hangs on it. A page asked once before counting has
    filled the caches of the process (templates, translations, the content version).
    """
    few, many = rows
    for _ in range(few):
        add_row()
    page_queries(client, path)
    before = page_queries(client, path)
    for _ in range(many - few):
        add_row()
    after = page_queries(client, path)
    assert len(after) == len(before), f"{path}: {few} row(s): {before}\n{many} rows: {after}"
    return len(before)


def _counts(sql: str) -> bool:
    return not any(part in sql for part in NOT_OF_THE_PAGE)
