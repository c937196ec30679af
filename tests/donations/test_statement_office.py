"""A statement loaded in the office: looked at, taken in by somebody who has just signed in, and nothing of a donor left."""

from __future__ import annotations

import html
import io
import logging
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from donations.admin import statements as office
from donations.models import ProviderTotal, Statement
from memorial.staff.session_store import CONFIRMED
from tests.donations.campaign_rows import campaign
from tests.donations.statement_files import MARK, csv_file, mapping_text, workbook
from tests.donations.test_finance_desk import member

pytestmark = pytest.mark.django_db
LOAD = reverse("admin:donations_statement_load")
TAKE = reverse("admin:donations_statement_take")
LIST = reverse("admin:donations_statement_changelist")
SLUG = "work-of-the-project"
_WRITTEN: list[str] = []
_watching = False


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    """Every file that Python opens for writing, while somebody watches."""
    if _watching and event == "open" and isinstance(arguments[2], int) and arguments[2] & 0b11:
        _WRITTEN.append(str(arguments[0]))


sys.addaudithook(_watch)


@contextmanager
def watched() -> Iterator[list[str]]:
    global _watching  # noqa: PLW0603 - an audit hook cannot be taken away
    _WRITTEN.clear()
    _watching = True
    try:
        yield _WRITTEN
    finally:
        _watching = False


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-23T12:00:00+03:00", tick=True)


@pytest.fixture
def finance() -> Client:
    campaign()
    return member("finance")


def sent(data: bytes, name: str = "paypal", more: bytes = b"") -> dict[str, object]:
    text = mapping_text(name, ORG=SLUG, WORK=SLUG)
    return {
        "file": SimpleUploadedFile(f"{MARK}.csv", data + more),
        "mapping": SimpleUploadedFile("map.toml", text.encode()),
        "known": "",
    }


def sealed_in(page: str) -> str:
    return html.unescape(re.search(r'name="sealed" value="([^"]+)"', page)[1])


def bytes_of(name: str) -> bytes:
    return (workbook() if name == "stripe" else csv_file(name)).getvalue()


def looked_at(client: Client, name: str = "paypal", data: bytes = b"") -> str:
    answer = client.post(LOAD, sent(data or bytes_of(name), name))
    assert answer.status_code == 200
    return answer.content.decode()


def everything_stored() -> str:
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            rows += [row for (row,) in cursor.fetchall()]
    return "\n".join(rows)


def test_totals_are_looked_at_and_taken_in(finance):
    page = looked_at(finance)
    assert "€1,250" in page
    assert "US$40" in page
    assert not Statement.objects.exists()
    answer = finance.post(TAKE, {"sealed": sealed_in(page)}, follow=True)
    assert "The statement is taken in." in answer.content.decode()
    row = Statement.objects.get()
    assert row.taken_by == f"staff:{finance.user.pk}"
    assert row.totals.count() == 2
    assert "nothing is changed" in looked_at(finance)
    assert (
        "nothing is changed" in finance.post(TAKE, {"sealed": sealed_in(page)}, follow=True).content.decode()
    )
    assert Statement.objects.count() == 1
    detail = finance.get(reverse("admin:donations_statement_change", args=[row.pk])).content.decode()
    assert "€1,250" in detail


@pytest.mark.parametrize("name", ["paypal", "patreon", "stripe"])
def test_nothing_of_a_donor_is_stored_logged_said_or_asked(finance, caplog, name):
    data = bytes_of(name)
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as asked, watched() as written:
        page = looked_at(finance, name, data)
        answer = finance.post(TAKE, {"sealed": sealed_in(page)}, follow=True)
    assert ProviderTotal.objects.exists()
    stored = everything_stored()
    assert name in stored
    said = [page, answer.content.decode(), caplog.text, stored, str(asked.captured_queries)]
    assert not any(MARK in text.casefold() for text in said)
    assert written == []


def test_what_is_refused_repeats_no_cell(finance, caplog):
    broken = csv_file("paypal").getvalue().replace(b"1,250.00", b"DNRMRKX").replace(b"05/10/2026", b"DNRMRKY")
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as asked, watched() as written:
        answer = finance.post(LOAD, sent(broken))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Rows 2: no sum can be read." in page
    assert "Rows 6: no date can be read." in page
    said = [page, caplog.text, everything_stored(), str(asked.captured_queries)]
    assert not any(MARK in text.casefold() for text in said)
    assert written == []


def test_a_large_file_is_not_written_to_a_disk_either(finance, monkeypatch):
    line = csv_file("paypal").getvalue().splitlines(keepends=True)[4]
    large = line * 20_000
    with watched() as written:
        answer = finance.post(LOAD, sent(csv_file("paypal").getvalue(), more=large))
    assert len(large) > 2.5 * 1024 * 1024
    assert "€1,250" in answer.content.decode()
    assert written == []
    # And what watches would have seen it.
    monkeypatch.setattr(office, "InMemory", TemporaryFileUploadHandler)
    with watched() as written:
        finance.post(LOAD, sent(csv_file("paypal").getvalue(), more=large))
    assert any(".upload" in name for name in written)


def test_what_is_too_large_is_dropped(finance, monkeypatch):
    monkeypatch.setattr(office, "MOST_BYTES", 1000)
    with watched() as written:
        answer = finance.post(LOAD, sent(csv_file("paypal").getvalue()))
    assert answer.status_code == 400
    assert "Choose a file of at most 10 MB." in answer.content.decode()
    assert written == []


def test_an_overlapping_statement_is_replaced_with_a_reason(finance):
    finance.post(TAKE, {"sealed": sealed_in(looked_at(finance))})
    other = csv_file("paypal").getvalue().replace(b"1,250.00", b"1,251.00")
    page = finance.post(LOAD, sent(other)).content.decode()
    assert "09.2026–10.2026" in page
    sealed = sealed_in(page)
    refused = finance.post(TAKE, {"sealed": sealed})
    assert refused.status_code == 400
    assert "other sums for 09.2026–10.2026" in refused.content.decode()
    assert "Say why" in finance.post(TAKE, {"sealed": sealed, "replace": "1"}).content.decode()
    assert finance.post(TAKE, {"sealed": sealed, "replace": "1", "reason": "Refunds"}).status_code == 302
    assert [row.reason for row in Statement.objects.standing()] == ["Refunds"]


def test_whoever_takes_it_in_has_just_signed_in(finance):
    sealed = sealed_in(looked_at(finance))
    session = finance.session
    session[CONFIRMED] = time.time() - 360
    session.save()
    page = finance.post(TAKE, {"sealed": sealed}).content.decode()
    assert "Once more, please" in page
    assert sealed in html.unescape(page)
    assert not Statement.objects.exists()


def test_what_was_looked_at_is_of_one_account_one_hour_and_unchanged(finance, time_machine):
    sealed = sealed_in(looked_at(finance))
    colleague = member("finance", "colleague")
    for client, text in ((colleague, sealed), (finance, f"x{sealed}"), (finance, "")):
        assert "too much time" in client.post(TAKE, {"sealed": text}, follow=True).content.decode()
    time_machine.shift(3700)
    session = finance.session
    session[CONFIRMED] = time.time()
    session.save()
    finance.post(TAKE, {"sealed": sealed})
    assert not Statement.objects.exists()


def test_a_forged_upload_is_refused(finance):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(finance.user)
    assert strict.post(LOAD, sent(csv_file("paypal").getvalue())).status_code == 403
    assert strict.post(TAKE, {"sealed": ""}).status_code == 403


@pytest.mark.parametrize("group", ["editor", "publisher", "administrator", "auditor", "translator"])
def test_nobody_but_finance_loads_statements(group):
    client = member(group)
    assert (
        client.get(LOAD).status_code == client.post(LOAD).status_code == client.post(TAKE).status_code == 403
    )


def test_a_mapping_is_chosen_or_loaded(finance):
    data = csv_file("patreon").getvalue()
    shipped = {"file": SimpleUploadedFile("a.csv", data), "known": "patreon"}
    assert "US$12.50" in finance.post(LOAD, shipped).content.decode()
    none = {"file": SimpleUploadedFile("a.csv", data), "known": ""}
    assert "Choose a mapping" in finance.post(LOAD, none).content.decode()
    wrong = {"file": io.BytesIO(data), "mapping": SimpleUploadedFile("m.toml", b"\xff")}
    assert "no text in UTF-8" in finance.post(LOAD, wrong).content.decode()
