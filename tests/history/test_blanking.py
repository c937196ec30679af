"""A lawful removal: decided by two people, text gone, digest kept, and the history still whole."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from memorial.base.acting import acting
from memorial.base.evidence import HistoryRemoval, HistorySeal
from memorial.base.models import HistoryEntry
from memorial.base.removing import confirm_removal, decline_removal, propose_removal
from tests.factories import PrisonerFactory

pytestmark = pytest.mark.django_db


def sql(statement: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, params)


@pytest.fixture
def decided(bench, entries) -> HistoryRemoval:
    """Sealed, proposed by 7, confirmed by 8, not carried out."""
    bench.seal()
    removal = propose_removal(entries=entries[1:3], reason="A court's decision", by=7)
    confirm_removal(removal=removal, by=8)
    return removal


def test_the_text_goes_the_digest_stays_and_the_history_is_whole(bench, entries, decided, capsys):
    call_command("blank_history")
    assert "the text of 2 entries is gone" in capsys.readouterr().out
    for entry in HistoryEntry.objects.filter(pk__in=entries[1:3]):
        assert (entry.before, entry.after, entry.reason, entry.removal_id) == (None, None, "", decided.pk)
        assert (entry.actor, entry.table) == ("staff:7", "prisoners_theme")
    seals = HistorySeal.objects.filter(entry__in=entries[1:3])
    assert [(seal.salt, len(seal.content), len(seal.digest)) for seal in seals] == [(None, 32, 32)] * 2
    verdict = bench.verify()
    assert verdict.found == []
    [note] = verdict.notes
    assert "the text of 2 entries was lawfully removed" in note
    assert "staff:7 and staff:8: A court's decision" in note
    call_command("blank_history")
    assert capsys.readouterr().out == "", "once"
    assert HistoryEntry.objects.get(pk=entries[0]).after is not None


def test_what_is_forged_around_a_removed_text_is_still_found(bench, entries, decided, tamper):
    call_command("blank_history", verbosity=0)
    tamper("UPDATE base_historyentry SET actor = 'staff:9' WHERE id = %s", entries[1])
    tamper("UPDATE base_historyentry SET after = '{}' WHERE id = %s", entries[2])
    assert bench.kinds() == ["forged", "blanked without a decision"]


@pytest.mark.parametrize(
    "forgery",
    [
        "UPDATE base_historyentry SET before = NULL, after = NULL, reason = '', removal_id = 1 WHERE id = %s",
        "UPDATE base_historyseal SET salt = NULL WHERE entry = %s",
    ],
)
def test_a_text_taken_out_without_a_decision_is_found(bench, entries, tamper, forgery):
    bench.seal()
    tamper(forgery, entries[1])
    assert "blanked without a decision" in bench.kinds()


BY_HAND = [
    "UPDATE base_historyentry SET before = NULL, after = NULL, reason = '', removal_id = %s WHERE id = {entry}",
    "UPDATE base_historyseal SET salt = NULL WHERE entry = {entry} AND %s > 0",
    "UPDATE base_historyremoval SET carried_out_at = now() WHERE id = %s",
    "UPDATE base_historyremoval SET reason = 'another' WHERE id = %s",
    "UPDATE base_historyremoval SET entries = entries || 1::bigint WHERE id = %s",
    "DELETE FROM base_historyremoval WHERE id = %s",
    "SELECT memorial_blank_history(%s)",
]


@pytest.mark.parametrize("deed", BY_HAND)
def test_the_office_can_decide_and_never_carry_out(entries, decided, as_role, deed):
    with as_role("staff_rw"), acting("staff:9"), pytest.raises(ProgrammingError):
        sql(deed.format(entry=entries[1]), decided.pk)


NOT_EVEN_THE_OWNER = [
    "UPDATE base_historyentry SET before = NULL, after = NULL, reason = '', removal_id = %s WHERE id = {other}",
    "UPDATE base_historyentry SET before = NULL, removal_id = %s WHERE id = {entry}",
    "UPDATE base_historyentry SET actor = '', before = NULL, after = NULL, reason = '', removal_id = %s WHERE id = {entry}",
    "UPDATE base_historyseal SET salt = NULL WHERE entry = {entry} AND %s > 0",
    "UPDATE base_historyseal SET digest = '' WHERE entry = {entry} AND %s > 0",
    "DELETE FROM base_historyseal WHERE entry = {entry} AND %s > 0",
    "UPDATE base_historyremoval SET entries = '{{1}}' WHERE id = %s",
    "DELETE FROM base_historyremoval WHERE id = %s",
]


@pytest.mark.parametrize("deed", NOT_EVEN_THE_OWNER)
def test_only_the_function_blanks_and_only_what_was_decided(entries, decided, deed):
    with pytest.raises(ProgrammingError):
        sql(deed.format(entry=entries[1], other=entries[5]), decided.pk)


def test_nobody_decides_in_another_name_or_twice(entries, decided, as_role):
    open_one = propose_removal(entries=entries[:1], reason="x", by=7)
    with as_role("staff_rw"), acting("staff:9"):
        with pytest.raises(ProgrammingError):
            sql("UPDATE base_historyremoval SET confirmed_by = 8 WHERE id = %s", open_one.pk)
        with pytest.raises(ProgrammingError):
            sql("UPDATE base_historyremoval SET confirmed_by = 9 WHERE id = %s", decided.pk)
        with pytest.raises(ProgrammingError):
            sql("INSERT INTO base_historyremoval (entries, reason, proposed_by) VALUES ('{1}', 'x', 8)")
        with pytest.raises(ProgrammingError):
            sql(
                "INSERT INTO base_historyremoval (entries, reason, proposed_by, confirmed_by)"
                " VALUES ('{1}', 'x', 9, 8)"
            )
        sql("UPDATE base_historyremoval SET confirmed_by = 9 WHERE id = %s", open_one.pk)
    mine = propose_removal(entries=entries[:1], reason="x", by=7)
    with as_role("staff_rw"), acting("staff:7"), pytest.raises(IntegrityError):
        sql("UPDATE base_historyremoval SET confirmed_by = 7 WHERE id = %s", mine.pk)


def test_it_takes_two_a_reason_and_entries(entries, bench):
    for wrong in ({"entries": []}, {"reason": "  "}):
        with pytest.raises(ValidationError):
            propose_removal(**{"entries": entries[:1], "reason": "x", "by": 7} | wrong)
    removal = propose_removal(entries=entries[:1], reason="x", by=7)
    for decide in (confirm_removal, decline_removal):
        with pytest.raises(
            ValidationError, match=_("Text is removed from the history by two different people.")
        ):
            decide(removal=removal, by=7)
    decline_removal(removal=removal, by=8)
    with pytest.raises(ValidationError):
        confirm_removal(removal=removal, by=9)
    call_command("blank_history")
    assert not HistoryEntry.objects.filter(removal__isnull=False).exists()


def test_what_is_not_sealed_yet_waits(bench, entries, capsys):
    removal = propose_removal(entries=entries[:1], reason="x", by=7)
    confirm_removal(removal=removal, by=8)
    with pytest.raises(CommandError, match="Not carried out"):
        call_command("blank_history")
    assert "not sealed yet" in capsys.readouterr().err
    bench.seal()
    call_command("blank_history")
    assert bench.verify().is_whole


def test_what_a_removed_text_said_cannot_be_guessed_from_what_is_left(bench, entries, decided):
    """Two seals of the same text differ, and the salt that would let one test a guess is gone."""
    from memorial.base.sealing.form import StoredEntry

    entry = HistoryEntry.objects.get(pk=entries[1])
    with connection.cursor() as cursor:
        cursor.execute("SELECT before::text, after::text FROM base_historyentry WHERE id = %s", [entry.pk])
        before, after = cursor.fetchone()
    call_command("blank_history", verbosity=0)
    seal = HistorySeal.objects.get(entry=entry.pk)
    guess = StoredEntry(entry.pk, 0, 0, "", "", "U", "", "", entry.reason, before, after)
    assert guess.content(b"") != bytes(seal.content)


def test_from_the_office_two_people_two_pages(member, bench, entries):
    bench.seal()
    first, second, legal = member("administrator"), member("publisher"), member("legal")
    listed = reverse("admin:base_historyentry_changelist")
    ticked = {"action": "take_text_out", "_selected_action": [str(entries[0])]}
    page = first.post(listed, ticked).content.decode()
    assert 'name="reason"' in page
    assert first.post(listed, {**ticked, "reason": " "}).status_code == 400
    answer = first.post(listed, {**ticked, "reason": "A court's decision"})
    removal = HistoryRemoval.objects.get()
    assert (removal.entries, removal.proposed_by) == ([entries[0]], first.user.pk)
    assert answer.status_code == 302
    decide = reverse("admin:base_historyremoval_decide", args=[removal.pk])
    assert 'name="confirm"' not in first.get(answer.url).content.decode()
    first.post(decide, {"confirm": "1"})
    assert legal.post(decide, {"confirm": "1"}).status_code == 403
    removal.refresh_from_db()
    assert removal.is_open
    assert 'name="confirm"' in second.get(answer.url).content.decode()
    second.post(decide, {"confirm": "1"})
    removal.refresh_from_db()
    assert removal.confirmed_by == second.user.pk
    call_command("blank_history", verbosity=0)
    shown = second.get(reverse("admin:base_historyentry_change", args=[entries[0]])).content.decode()
    assert "Тема 0" not in shown
    assert bench.verify().is_whole


def test_a_record_whose_past_lost_its_text_is_read_and_not_put_back(desk, bench):
    """The page of a person says so in place of the text."""
    person = PrisonerFactory(summary_en="Was so")
    HistoryEntry.objects.filter(table="prisoners_prisoner").count()
    entry = HistoryEntry.objects.get(table="prisoners_prisoner", row=str(person.pk))
    removal = propose_removal(entries=[entry.pk], reason="x", by=7)
    confirm_removal(removal=removal, by=8)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO base_historyseal VALUES (1, %s, '\\x00', '\\x00', '\\x00', '\\x00')", [entry.pk]
        )
    call_command("blank_history", verbosity=0)
    page = desk.get(reverse("admin:prisoners_prisoner_history", args=[person.pk])).content.decode()
    assert "removed by decision of two people" in page
    assert "Was so" not in page
    assert "restore" not in page


def test_deciding_is_in_the_history_too(decided):
    said = HistoryEntry.objects.filter(table="base_historyremoval").order_by("pk")
    assert [(entry.actor, entry.operation) for entry in said] == [("staff:7", "I"), ("staff:8", "U")]
    assert "A court's decision" in json.dumps(said[0].after)


def test_the_function_is_for_the_owner_alone(decided, as_role):
    for role in ("site_ro", "staff_rw"):
        with as_role(role), pytest.raises(DatabaseError, match="permission denied"):
            sql("SELECT memorial_blank_history(%s)", decided.pk)
