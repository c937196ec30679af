"""What has outlived its time goes, whole and with its past; nothing else does."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection

from assistance.models import Client, HumanitarianAid, LegalAid
from memorial import environment
from memorial.base.choices import State
from memorial.base.evidence import HistoryRemoval, Looking
from memorial.base.models import HistoryEntry
from memorial.errors import Misconfigured
from memorial.retention.rules import RULES
from memorial.staff.models import RecoveryCode, SignIn, User
from prisoners.models import Lead, Prisoner
from tests.assistance.factories import ClientFactory, HumanitarianAidFactory, LegalAidFactory
from tests.factories import DraftFactory, PrisonerFactory

pytestmark = pytest.mark.django_db
LATER = datetime(2040, 1, 1, 9, tzinfo=UTC)


@pytest.fixture
def deciders():
    return [User.objects.create(username=name, is_staff=True).username for name in ("anna", "boris")]


def applied(capsys, *deciders: str, apply: bool = True) -> str:
    """What the command says many years from now."""
    options = ["--apply"] if apply else []
    with time_machine.travel(LATER, tick=False):
        call_command("apply_retention", *options, *(["--decided-by", *deciders] if deciders else []))
    return capsys.readouterr().out


def left_client(**fields):
    return ClientFactory(opened_on=date(2024, 1, 1), closed_on=date(2025, 1, 1), **fields)


def test_a_client_goes_with_all_help_and_the_past_is_decided_upon_by_two(capsys, deciders):
    client = left_client(name="Безымянцева Неля")
    LegalAidFactory(client=client, began="02.2024", ended="03.2024", ongoing=False)
    HumanitarianAidFactory(client=client, given_on="04.2024")
    table, row = Client._meta.db_table, str(client.pk)
    said = applied(capsys, *deciders)
    assert "help: 1 clients" in said
    assert not Client.objects.exists()
    assert not LegalAid.objects.exists()
    assert not HumanitarianAid.objects.exists()
    (removal,) = HistoryRemoval.objects.all()
    assert removal.proposed_by != removal.confirmed_by
    kept = HistoryEntry.objects.filter(table=table, row=row)
    assert kept.count() >= 2
    assert set(kept.values_list("pk", flat=True)) <= set(removal.entries)
    aid = HistoryEntry.objects.filter(table=HumanitarianAid._meta.db_table).values_list("pk", flat=True)
    assert set(aid) <= set(removal.entries)


def test_sealed_and_blanked_nothing_of_the_client_is_left_in_the_history(capsys, deciders, settings):
    client = left_client()
    number = str(client.pk)
    applied(capsys, *deciders)
    removal = HistoryRemoval.objects.get()
    with connection.cursor() as cursor:
        # As seal_history does, whose own tests show the digests.
        cursor.execute(
            "INSERT INTO base_historyseal (position, entry, salt, content, digest, chain)"
            " SELECT 1000000 + place, entry, %s, %s, %s, %s"
            " FROM unnest(%s::bigint[]) WITH ORDINALITY AS listed (entry, place)",
            [b"s" * 16, b"c" * 32, b"d" * 32, b"h" * 32, removal.entries],
        )
    call_command("blank_history")
    texts = HistoryEntry.objects.filter(table=Client._meta.db_table, row=number)
    assert texts.exists()
    assert not texts.exclude(before=None, after=None).exists()


def test_without_apply_nothing_changes_and_without_two_people_no_record_goes(capsys, deciders):
    left_client()
    assert "help: 1" in applied(capsys, *deciders, apply=False)
    assert Client.objects.exists()
    assert "two people have to decide" in applied(capsys)
    assert Client.objects.exists()


@pytest.mark.parametrize("names", [["anna", "anna"], ["anna", "nobody"]])
def test_one_person_is_not_two(capsys, deciders, names):
    left_client()
    with pytest.raises(CommandError, match="two different accounts"):
        applied(capsys, *names)


def test_who_is_helped_still_or_was_lately_or_has_not_left_stays(capsys, deciders, settings):
    settings.RETENTION = settings.RETENTION | {"help": 14 * 365}  # from the beginning of 2026
    gone = left_client()
    helped = left_client()
    LegalAidFactory(client=helped, began="02.2024", ended=None, ongoing=True)
    lately = left_client()
    HumanitarianAidFactory(client=lately, given_on="06.2026")
    here = ClientFactory(opened_on=date(2024, 1, 1), closed_on=None)
    applied(capsys, *deciders)
    assert set(Client.objects.all()) == {helped, lately, here}
    assert not Client.objects.filter(pk=gone.pk).exists()


def test_a_draft_goes_but_not_one_that_was_published_once_or_is_needed(capsys, deciders):
    forgotten, needed = DraftFactory(), DraftFactory()
    ClientFactory(prisoner=needed)
    published = PrisonerFactory()
    withdrawn = PrisonerFactory()
    Prisoner.objects.filter(pk=withdrawn.pk).update(state=State.WITHDRAWN)
    applied(capsys, *deciders)
    assert set(Prisoner.objects.all()) == {needed, published, withdrawn}
    assert not Prisoner.objects.filter(pk=forgotten.pk).exists()


def test_settled_leads_go_and_open_ones_stay(capsys, deciders):
    common = {"title": "…", "came_on": date(2025, 1, 1)}
    Lead.objects.create(**common, state=Lead.State.REJECTED)
    waiting = Lead.objects.create(
        **common, state=Lead.State.OPEN, next_step="ask", next_step_on=date(2026, 1, 1)
    )
    applied(capsys, *deciders)
    assert list(Lead.objects.all()) == [waiting]


def test_of_a_closed_account_the_number_stays(capsys, deciders):
    gone = User.objects.create(username="vera", last_name="Верина", is_staff=True, is_active=False)
    RecoveryCode.objects.create(account=gone, digest="0" * 64)
    applied(capsys, *deciders)
    gone.refresh_from_db()
    assert (gone.username, gone.last_name) == (f"closed-{gone.pk}", "")
    assert not RecoveryCode.objects.exists()
    assert User.objects.filter(username="anna", is_active=True).exists()
    # Its own end is no new beginning of the time.
    assert "accounts: 0" in applied(capsys, *deciders)


def test_logs_go_by_themselves_when_they_are_old(capsys):
    old = SignIn.objects.create(way="password", success=True, at=LATER - timedelta(days=400))
    new = SignIn.objects.create(way="password", success=True, at=LATER - timedelta(days=300))
    assert "sign_ins: 1" in applied(capsys)
    assert list(SignIn.objects.all()) == [new]
    assert not SignIn.objects.filter(pk=old.pk).exists()


def test_the_database_keeps_who_looked_for_a_year_whatever_the_clock_here_says(capsys):
    Looking.objects.create(staff=1, kind="seen", table="x", rows=["1"], shown=["x"])
    applied(capsys)
    assert Looking.objects.count() == 1


def test_every_line_of_the_table_has_a_rule_and_every_rule_a_line(settings):
    assert {rule.name for rule in RULES} == set(settings.RETENTION)


@pytest.mark.parametrize("text", ["help=1", "help", "nothing=400", "help=-400", "help=x"])
def test_a_slip_of_the_pen_is_refused(monkeypatch, text):
    monkeypatch.setenv("RETENTION_DAYS", text)
    with pytest.raises(Misconfigured, match="RETENTION_DAYS holds"):
        environment.retention({"help": 1825})


def test_a_line_can_be_changed(monkeypatch):
    monkeypatch.setenv("RETENTION_DAYS", "help=3650")
    assert environment.retention({"help": 1825, "leads": 730}) == {"help": 3650, "leads": 730}
