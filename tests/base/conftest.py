"""Tables that live for one test."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import isolate_apps


@pytest.fixture
def table():
    """Make the tables of models that exist for one test only: its transaction takes them away again."""

    def made(*temporary):
        with connection.schema_editor() as editor:
            for model in temporary:
                editor.create_model(model)

    with isolate_apps("memorial.base"):
        yield made


@pytest.fixture
def stored():
    """Read a column past the ORM."""

    def read(model, column="born"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {column} FROM {model._meta.db_table} ORDER BY id")
            return [row[0] for row in cursor]

    return read
