"""Sealed columns on rows: saving, searching, history, what cannot be opened, rotation."""

from __future__ import annotations

import copy
import json
import logging
import os
import pickle
from io import StringIO

import pytest
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import CharField, F, Value
from django.db.models.functions import Coalesce, Concat
from django.forms import modelform_factory

from assistance.models import Client, ContactPerson, HelpRequest, Lawyer
from memorial.base import encryption
from memorial.base.database import our_tables
from memorial.base.encrypted_fields import (
    EncryptedTextField,
    IsSealed,
    could_not_open,
)
from memorial.base.models import HistoryEntry
from memorial.management.commands.reencrypt_fields import sealed_tables
from tests.assistance.factories import ClientFactory, ContactPersonFactory, HelpRequestFactory, LawyerFactory

pytestmark = pytest.mark.django_db
NAME = "Подопечнов Тимур Адамович"


@pytest.fixture
def client() -> Client:
    made = ClientFactory(name=NAME, contact="+7 999 123-45-67", note="Болен диабетом")
    return Client.objects.get(pk=made.pk)


def stored(row, column: str = "name") -> str:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}" FROM {row._meta.db_table} WHERE id = %s', [row.pk])
        return cursor.fetchone()[0]


def store(row, column: str, text: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f'UPDATE {row._meta.db_table} SET "{column}" = %s WHERE id = %s', [text, row.pk])


# --- Reading and saving ----------------------------------------------------------------------------


def test_a_row_reads_as_it_was_written_and_is_stored_sealed(client):
    assert (client.name, client.note) == (NAME, "Болен диабетом")
    for column in ("name", "contact", "note"):
        assert encryption.is_sealed(stored(client, column))


def test_every_sealed_column_has_its_constraint():
    missing = [
        f"{model._meta.label}.{field.name}"
        for model in our_tables()
        if model._meta.app_label == "assistance"
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedTextField)
        and not any(
            IsSealed.__name__ in str(c.condition) and f"F({field.name})" in str(c.condition)
            for c in model._meta.constraints
            if hasattr(c, "condition")
        )
    ]
    assert missing == []
    assert len(list(sealed_tables())) >= 8


def test_saving_what_did_not_change_leaves_the_stored_text_and_no_history(client):
    before = stored(client)
    client.save()
    assert stored(client) == before
    assert not HistoryEntry.objects.filter(table="assistance_client", operation="U").exists()


def test_a_form_that_sends_everything_back_changes_nothing(client):
    form_class = modelform_factory(Client, fields=["name", "contact", "note"])
    data = {"name": NAME, "contact": client.contact, "note": client.note}
    before = stored(client)
    form = form_class(data, instance=client)
    assert form.is_valid(), form.errors
    assert form.changed_data == []
    form.save()
    assert stored(client) == before


def test_a_new_text_replaces_the_old_one(client):
    client.name = "Другов Иван"
    client.save()
    assert Client.objects.get(pk=client.pk).name == "Другов Иван"
    assert Client.objects.matching("Другов").count() == 1
    assert Client.objects.matching("Подопечнов").count() == 0


def test_a_text_copied_to_another_column_is_sealed_for_that_one(client):
    lawyer = Lawyer.objects.create(name=client.name)
    assert Lawyer.objects.get(pk=lawyer.pk).name == NAME
    assert stored(lawyer) != stored(client)


@pytest.mark.parametrize(
    "make",
    [copy.deepcopy, lambda row: pickle.loads(pickle.dumps(row))],  # noqa: S301 - our own
)
def test_a_copy_of_a_row_saves_the_same_text(client, make):
    before = stored(client)
    make(client).save()
    assert stored(client) == before


def test_every_way_of_writing_seals(client):
    rows = Client.objects.bulk_create([Client(name="Первый Пётр"), Client(name="Второй Семён")])
    rows[0].note = "новое"
    Client.objects.bulk_update([rows[0]], ["note"])
    Client.objects.filter(pk=rows[1].pk).update(name="Третьев Семён")
    for row in rows:
        assert encryption.is_sealed(stored(row))
    assert Client.objects.get(pk=rows[0].pk).note == "новое"
    assert Client.objects.matching("Третьев").get().pk == rows[1].pk


def test_a_name_cannot_be_written_past_its_digests(client):
    with pytest.raises(FieldError):
        Client.objects.update(name=F("note"))
    client.name = "Другов"
    with pytest.raises(FieldError):
        Client.objects.bulk_update([client], ["name"])


def test_plain_text_that_an_expression_would_write_is_refused_by_the_database(client):
    for expression in (Value("x"), Concat(Value("x"), Value("y"))):
        with pytest.raises(IntegrityError, match="client_note_sealed"), transaction.atomic():
            Client.objects.update(note=Coalesce(expression, Value("x"), output_field=CharField()))


def test_a_line_that_is_too_long_is_refused(client):
    client.name = "я" * 201
    with pytest.raises(ValidationError):
        client.full_clean()


# --- Searching -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "lookup", ["name", "name__icontains", "name__in", "name__gt", "note__startswith", "name__regex"]
)
def test_a_search_that_would_silently_find_nothing_is_refused(client, lookup):
    with pytest.raises(FieldError):
        list(Client.objects.filter(**{lookup: "Подопечнов"}))


def test_whether_there_is_a_text_can_be_asked(client):
    ClientFactory(note="")
    assert Client.objects.exclude(note="").get() == client


def test_names_and_contacts_are_found_in_each_table(client):
    ContactPersonFactory(name="Родственникова Анна", contact="anna@example.org")
    LawyerFactory(name="Защитников Олег")
    assert Client.objects.matching("тимур подопечнов").get() == client
    assert Client.objects.matching("8 (999) 123 45 67").get() == client
    assert ContactPerson.objects.matching("ANNA@example.org").count() == 1
    assert Lawyer.objects.matching("защитников").count() == 1
    for nobody in ("", "Тимур", "Адамович", "никто", "%", "\x00"):
        assert not Client.objects.matching(nobody).exists()


# --- What must not be seen -------------------------------------------------------------------------


def test_the_history_holds_no_plain_text(client):
    client.note = "Ждёт операции"
    client.save()
    client.delete()
    entries = list(HistoryEntry.objects.filter(table="assistance_client").order_by("id"))
    assert [entry.operation for entry in entries] == ["I", "U", "D"]
    kept = json.dumps([[entry.before, entry.after] for entry in entries], ensure_ascii=False)
    for word in ("Подопечнов", "999", "диабетом", "операции", "digests"):
        assert word not in kept
    assert "e1:" in kept


def test_what_a_row_is_called_holds_no_name(client):
    rows = [client, ContactPersonFactory(name=NAME), LawyerFactory(name=NAME), HelpRequestFactory(text=NAME)]
    for row in rows:
        assert "Подопечнов" not in f"{row} {row!r} {[row]}"


def test_errors_statements_and_logs_hold_no_name(client, caplog):
    with caplog.at_level(logging.DEBUG):
        connection.force_debug_cursor = True
        try:
            with pytest.raises(IntegrityError) as caught, transaction.atomic():
                Client.objects.create(name=NAME, opened_on="2024-01-10", closed_on="2023-01-01")
            said = str(caught.value) + str(connection.queries)
        finally:
            connection.force_debug_cursor = False
    assert "client_closed_after_opened" in said
    assert "Подопечнов" not in said + caplog.text


def test_a_serializer_gives_what_is_stored(client):
    assert "Подопечнов" not in serializers.serialize("json", [client], ensure_ascii=False)


# --- What cannot be opened -------------------------------------------------------------------------


def lost_key(settings) -> None:
    settings.FIELD_KEYS = (os.urandom(32),)


def test_a_row_whose_key_is_missing_says_so_and_the_rest_is_read(client, settings):
    lost_key(settings)
    row = Client.objects.get(pk=client.pk)
    assert could_not_open(row.name)
    assert "ключ" in row.name or "key" in row.name
    assert row.opened_on == client.opened_on


@pytest.mark.parametrize("sent", ["", "   ", None, "the sentence"])
def test_saving_a_row_that_cannot_be_opened_keeps_what_is_stored(client, settings, sent):
    keys, before = settings.FIELD_KEYS, stored(client)
    lost_key(settings)
    row = Client.objects.get(pk=client.pk)
    row.name = str(row.name) if sent == "the sentence" else sent
    row.coordinator = 7
    row.save()
    assert stored(row) == before
    settings.FIELD_KEYS = keys
    again = Client.objects.get(pk=client.pk)
    assert (again.name, again.coordinator) == (NAME, 7)
    assert Client.objects.matching("Подопечнов").get() == again


def test_a_text_moved_from_another_column_is_not_shown(client):
    store(client, "note", stored(client, "name"))
    row = Client.objects.get(pk=client.pk)
    assert could_not_open(row.note)
    assert NAME not in row.note


def test_a_sentence_is_never_sealed_in_place_of_a_text(client, settings):
    lost_key(settings)
    row = Client.objects.get(pk=client.pk)
    with pytest.raises(encryption.CannotOpenError):
        Lawyer.objects.create(name=row.name)


# --- Rotation --------------------------------------------------------------------------------------


def rotate(settings) -> tuple[bytes, ...]:
    settings.FIELD_KEYS = (os.urandom(32), *settings.FIELD_KEYS)
    return settings.FIELD_KEYS


def reencrypt() -> str:
    said = StringIO()
    call_command("reencrypt_fields", stdout=said)
    return said.getvalue()


def test_after_rotation_rows_are_found_and_open_before_and_after_sealing_anew(client, settings):
    keys = rotate(settings)
    assert Client.objects.matching("Подопечнов").get().name == NAME
    assert "assistance_client: 1 rows sealed anew" in reencrypt()
    settings.FIELD_KEYS = keys[:1]
    row = Client.objects.matching("Подопечнов").get()
    assert (row.name, row.contact, row.note) == (NAME, client.contact, client.note)


def test_sealing_anew_twice_changes_nothing(client, settings):
    rotate(settings)
    reencrypt()
    before = (stored(client), stored(client, "note"))
    assert "sealed anew" not in reencrypt()
    assert (stored(client), stored(client, "note")) == before


def test_sealing_anew_takes_up_where_it_was_stopped(client, settings, monkeypatch):
    from memorial.management.commands import reencrypt_fields as command

    others = [ClientFactory() for _ in range(3)]
    rotate(settings)
    seal_anew, done = command._seal_anew, []

    def stopped(model, number):
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(number)
        return seal_anew(model, number)

    monkeypatch.setattr(command, "_seal_anew", stopped)
    with pytest.raises(KeyboardInterrupt):
        reencrypt()
    monkeypatch.undo()
    rotated = {row.pk for row in (client, *others) if encryption.is_current(stored(row))}
    assert rotated == set(done)
    assert "assistance_client: 2 rows sealed anew" in reencrypt()


def test_what_cannot_be_opened_is_counted_kept_and_ends_with_a_code(client, settings):
    before = stored(client)
    lost_key(settings)
    fresh = ClientFactory()
    rotate(settings)
    with pytest.raises(SystemExit):
        reencrypt()
    assert stored(client) == before
    assert encryption.is_current(stored(fresh))


def test_a_saved_row_moves_to_the_new_key_by_itself(client, settings):
    request = HelpRequestFactory(client=client)
    rotate(settings)
    row = HelpRequest.objects.get(pk=request.pk)
    row.save()
    assert encryption.is_current(stored(row, "next_step"))
