"""Ages: seal, backup, mirror, package, payment details; each too old in turn, and the sentence that says so."""

from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import translation

from memorial.base.civil_date import civil_date
from memorial.base.sealing.keys import new_key, private_text, public_text
from memorial.doctor.registry import Level
from memorial.mirror.manifest import Head, write_manifest
from memorial.package.models import DataPackage
from tests.factories import RegionFactory
from tests.operation.test_doctor import looked, said

pytestmark = pytest.mark.django_db
DAY = 86_400


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def test_backups_that_are_old_or_were_never_tried(settings, tmp_path):
    assert "Nobody says where backups are" in said("backup")
    settings.BACKUPS_FOLDER = tmp_path
    assert "There is no backup" in said("backup")
    backup = tmp_path / "memorial-20260101T000000Z.tar.age"
    backup.touch()
    assert looked("backup").level == Level.WARNING
    assert "nobody knows that they can be" in said("backup")
    (tmp_path / "memorial-20260101T000000Z.restored").touch()
    assert looked("backup").level == Level.FINE
    os.utime(backup, (0, time.time() - 3 * DAY))
    assert looked("backup").level == Level.BROKEN
    assert "newest backup is 3 days old" in said("backup")


def test_the_mirror(settings, tmp_path):
    key, other = new_key(), new_key()
    settings.MIRROR_FOLDER = tmp_path
    settings.MIRROR_PUBLIC_KEY = public_text(key.public_key())
    assert "holds no mirror" in said("mirror")

    def build(made: datetime, until: date, by=key) -> None:
        write_manifest(tmp_path, [], {}, Head(made, until, "http://localhost"), by)

    now = datetime.now(UTC)
    build(now, civil_date() + timedelta(days=14))
    assert looked("mirror").level == Level.FINE
    build(now - timedelta(days=3), civil_date() + timedelta(days=11))
    assert looked("mirror").level == Level.WARNING
    assert "is 3 days old" in said("mirror")
    build(now - timedelta(days=30), civil_date() - timedelta(days=16))
    assert "was valid until" in said("mirror")
    build(now, civil_date() + timedelta(days=14), by=other)
    assert "not signed with the key" in said("mirror")


def test_the_data_package():
    assert "no package of the public data yet" in said("data package")
    fields = {"stem": "a" * 24, "size": 1, "sha256": "b" * 64, "rows": 1, "stamp": "0.0"}
    package = DataPackage.objects.create(made_on=civil_date() - timedelta(days=60), **fields)
    assert looked("data package").level == Level.WARNING
    DataPackage.objects.filter(pk=package.pk).update(made_on=civil_date())
    assert looked("data package").level == Level.FINE


def test_payment_details_that_are_believed_by_nobody():
    assert looked("payment details").level <= Level.WARNING
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE donations_paymentset DISABLE TRIGGER USER")
        cursor.execute("INSERT INTO donations_paymentset (serial, signed_text) VALUES (7, 'forged')")
    assert looked("payment details").level == Level.BROKEN
    assert "Set 7 of payment details is not believed" in said("payment details")


@pytest.mark.django_db(transaction=True)
def test_seals_that_nobody_makes_and_a_table_that_was_changed(settings, tmp_path):
    assert "no public key" in said("history seal")
    key = new_key()
    settings.HISTORY_SEALS = tmp_path / "seals.jsonl"
    settings.HISTORY_SEAL_KEY = private_text(key)
    RegionFactory()
    assert "No head of the history is signed" in said("history seal")
    call_command("seal_history", stdout=StringIO())
    assert looked("history seal").level == Level.FINE, said("history seal")
    settings.ALERT_HOURS = {**settings.ALERT_HOURS, "seal": 0}
    RegionFactory()
    assert "change without a seal waits" in said("history seal")
    assert looked("history seal").level == Level.BROKEN
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE base_historyseal DISABLE TRIGGER USER")
        cursor.execute("UPDATE base_historyseal SET chain = decode(repeat('00', 32), 'hex')")
        cursor.execute("ALTER TABLE base_historyseal ENABLE TRIGGER USER")
    assert "may have been tampered with" in said("history seal")
