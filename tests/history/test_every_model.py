"""The history by introspection: every table that keeps it, every path of writing, one entry a row."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import connection, models, transaction

from cases.models import RecognitionProsecution, TermAbsorption
from memorial.base.database import keeps_history, our_tables
from memorial.base.models import HistoryEntry
from tests.factories import ProsecutionFactory, RecognitionFactory, TermFactory
from tests.leaks.rows import Maker, Values

pytestmark = pytest.mark.django_db
MODELS = [model for model in our_tables() if keeps_history(model)]
NEVER_DELETED = {
    "staff_user",
    "base_historyremoval",
    "assistance_totalsproposal",
    "assistance_proposedtotal",
    "assistance_totalspublication",
    "assistance_publictotal",
    "donations_safetyproposal",
    "donations_donornoticeproposal",
    "donations_detailsproposal",
    "donations_paymentset",
    "donations_progress",
    "donations_statement",
    "donations_providertotal",
    "donations_reportproposal",
    "donations_proposedline",
    "donations_fundreport",
    "donations_reportline",
}
"""Tables whose rows the database keeps: for them there is one way in, and none out."""


def entries(model, operation: str, since: int) -> list[HistoryEntry]:
    found = HistoryEntry.objects.filter(table=model._meta.db_table, operation=operation, pk__gt=since)
    return list(found.order_by("pk"))


def last_number() -> int:
    return HistoryEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def remove(model, key: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{model._meta.db_table}" WHERE "{model._meta.pk.column}" = %s', [key])


def copied(model, key: object) -> Callable[[], None]:
    """The row as COPY gives it out, and COPY puts it back."""
    table = model._meta.db_table
    names = ", ".join(f'"{f.column}"' for f in model._meta.concrete_fields if not f.generated)
    with connection.cursor() as cursor:
        select = f'SELECT {names} FROM "{table}" WHERE "{model._meta.pk.column}" = {int(key)}'
        with cursor.copy(f"COPY ({select}) TO STDOUT") as out:
            text = b"".join(bytes(part) for part in out)

    def put_back() -> None:
        with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as put:
            put.write(text)

    return put_back


def a_row_of(model) -> models.Model:
    """One row; of two at once where a row joins two of a kind, or belongs to what must be of one person."""
    if model is TermAbsorption:
        term = TermFactory()
        return model.objects.create(term=term, absorbed=TermFactory(prisoner=term.prisoner, current=False))
    if model is RecognitionProsecution:
        prosecution = ProsecutionFactory()
        recognition = RecognitionFactory(prisoner=prosecution.prisoner)
        return model.objects.create(recognition=recognition, prosecution=prosecution)
    return Maker(Values()).make(model)


class _Undone(Exception):
    """Takes a path back, so that the next one starts from the same row."""


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.db_table)
def test_every_path_of_writing_leaves_its_entry(model):
    """create, bulk_create and COPY in; raw SQL out. That it is one trigger for every statement of every
    table, updates included, tests/base/test_database.py compares word for word.
    """
    row = a_row_of(model)
    [made] = [entry for entry in entries(model, "I", 0) if entry.row == str(row.pk)]
    kept = {field.column for field in model._meta.concrete_fields}
    assert set(made.after) == kept - set(getattr(model, "NOT_IN_HISTORY", ()))
    if model._meta.db_table in NEVER_DELETED:
        return
    for name, write in {
        "bulk_create": lambda: model._base_manager.bulk_create([row]),
        "COPY": copied(model, row.pk),
    }.items():
        with suppress(_Undone), transaction.atomic():
            since = last_number()
            remove(model, row.pk)
            [gone] = [entry for entry in entries(model, "D", since) if entry.row == str(row.pk)]
            assert gone.before is not None
            write()
            assert [entry.row for entry in entries(model, "I", since)].count(str(row.pk)) == 1, name
            raise _Undone


def test_there_are_many_tables_with_a_history():
    assert len(MODELS) >= 90
    assert {model._meta.db_table for model in MODELS} >= NEVER_DELETED
