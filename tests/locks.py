"""Waiting for what a killed client leaves behind on the server."""

import time

import pytest
from django.db import connection


def wait_until_free(lock):
    """A killed client's last statement runs to its end on the server, and its advisory lock stays until then."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
                " WHERE l.locktype = 'advisory' AND d.datname = current_database() AND l.objid = %s::bigint",
                [lock % 2**32],
            )
            if not cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    pytest.fail("The lock of the killed process was still held after a minute.")
