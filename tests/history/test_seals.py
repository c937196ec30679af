"""Seals: what is committed is sealed in order, and whatever is done to it afterwards is found by its name."""

from __future__ import annotations

import json
from hashlib import sha256

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from memorial.base.evidence import HistorySeal
from memorial.base.models import HistoryEntry
from memorial.base.sealing.errors import SealingError, SealsDisagreeError
from memorial.base.sealing.form import BEGINNING, FORM, next_chain
from memorial.base.sealing.keys import private_text, public_text
from prisoners.models import Theme

pytestmark = pytest.mark.django_db


def test_what_is_committed_is_sealed_once_and_the_history_is_whole(bench, entries):
    done = bench.seal()
    assert (done.count, done.end.position, done.late) == (len(entries), len(entries), [])
    assert list(HistorySeal.objects.order_by("position").values_list("entry", flat=True)) == entries
    assert bench.seal().count == 0
    verdict = bench.verify()
    assert (verdict.found, verdict.sealed, verdict.waiting) == ([], len(entries), 0)
    assert len(bench.path.read_text().splitlines()) == 1, "nothing new, nothing signed anew"


def test_the_digest_is_what_the_document_says(bench, entries):
    """Computed here from the stored text alone, as docs/history.md tells a stranger to do."""
    bench.seal()

    def run(*fields: bytes | None) -> bytes:
        return b"".join(b"-," if f is None else b"%d:%b," % (len(f), f) for f in fields)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.chain, s.salt, e.reason, e.before::text, e.after::text, concat_ws('|', e.id,"
            ' (extract(epoch FROM e.at) * 1000000)::bigint, e.transaction, e."table", e."row", e.operation,'
            " e.actor, e.database_role) FROM base_historyseal s JOIN base_historyentry e ON e.id = s.entry"
            " ORDER BY s.position LIMIT 1"
        )
        chain, salt, reason, before, after, meta = cursor.fetchone()
    texts = [None if text is None else text.encode() for text in (reason, before, after)]
    content = sha256(bytes(salt) + run(*texts)).digest()
    said = [part.encode() for part in meta.split("|")]
    digest = sha256(run(FORM, *said, content)).digest()
    assert bytes(chain) == sha256(run(sha256(FORM).digest(), b"1", said[0], digest)).digest()


def test_what_still_runs_is_sealed_later_and_what_came_after_it_too(bench, entries):
    """A transaction writes, does not commit, and has a lower number than others that did."""
    slow = psycopg.connect(**_parameters(), autocommit=False)
    try:
        slow.execute("UPDATE prisoners_theme SET label_en = 'Slow' WHERE code = 'sealed-1'")
        with psycopg.connect(**_parameters(), autocommit=True) as quick:
            quick.execute("UPDATE prisoners_theme SET label_en = 'Quick' WHERE code = 'sealed-0'")
        assert bench.seal().count == len(entries), "the quick one waits for the slow one"
        assert bench.verify().waiting == 1
        assert bench.verify().is_whole
        slow.commit()
        assert bench.seal().count == 2
        numbers = list(HistorySeal.objects.order_by("position").values_list("entry", flat=True))
        assert numbers == list(
            HistoryEntry.objects.order_by("transaction", "pk").values_list("pk", flat=True)
        )
        assert bench.verify().is_whole
    finally:
        slow.close()


def _parameters() -> dict[str, object]:
    given = connection.get_connection_params()
    return {name: given[name] for name in ("dbname", "user", "host", "port") if given.get(name)}


# --- Each deed of a forger is found by its name ---------------------------------------------------

FORGERIES = [
    'UPDATE base_historyentry SET before = \'{"label_ru": "другое"}\' WHERE id = %s',
    "UPDATE base_historyentry SET after = jsonb_set(after, '{label_ru}', '\"x\"') WHERE id = %s",
    "UPDATE base_historyentry SET reason = reason || ' ' WHERE id = %s",
    "UPDATE base_historyentry SET actor = 'staff:8' WHERE id = %s",
    "UPDATE base_historyentry SET at = at + interval '1 microsecond' WHERE id = %s",
    "UPDATE base_historyentry SET \"row\" = '0' WHERE id = %s",
    "UPDATE base_historyentry SET database_role = 'staff_rw' WHERE id = %s",
    "UPDATE base_historyentry SET transaction = transaction + 1 WHERE id = %s",
    # The digests made to fit, the chain not.
    "UPDATE base_historyseal SET salt = '\\x00' WHERE entry = %s",
]


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_entry_is_found_and_named(bench, entries, tamper, forgery):
    bench.seal()
    tamper(forgery, entries[2])
    [finding] = bench.verify().found
    assert finding.kind == "forged"
    assert f"Entry {entries[2]} (position 3)" in finding.sentence


def test_two_texts_that_trade_places_inside_an_entry_are_found(bench, entries, tamper):
    """«reason» takes what «before» lost: lengths are part of what is digested."""
    bench.seal()
    tamper(
        "UPDATE base_historyentry SET reason = coalesce(before::text, ''), before = NULL WHERE id = %s",
        entries[1],
    )
    assert bench.kinds() == ["forged"]


def test_a_removed_entry_is_found_and_named(bench, entries, tamper):
    bench.seal()
    tamper("DELETE FROM base_historyentry WHERE id = %s", entries[3])
    [finding] = bench.verify().found
    assert (finding.kind, finding.sentence) == ("removed", f"Entry {entries[3]} (position 4) was removed.")


def test_an_entry_removed_with_its_seal_is_found(bench, entries, tamper):
    bench.seal()
    tamper("DELETE FROM base_historyentry WHERE id = %s", entries[3])
    tamper("DELETE FROM base_historyseal WHERE entry = %s", entries[3])
    [finding] = bench.verify().found
    assert (finding.kind, finding.sentence) == ("seal changed", "The seals of position 4 are gone.")


INSERT = """
    INSERT INTO base_historyentry (at, transaction, "table", "row", operation, actor, reason, database_role, after)
    SELECT at, transaction, "table", "row", 'U', 'staff:8', '', database_role, '{"label_ru": "вставлено"}'
      FROM base_historyentry WHERE id = %s RETURNING id
"""


def test_an_entry_put_in_later_is_found_and_never_sealed(bench, entries, tamper):
    bench.seal()
    tamper(INSERT, entries[2])
    number = HistoryEntry.objects.latest("pk").pk
    [finding] = bench.verify().found
    assert finding.kind == "inserted"
    assert f"Entry {number} " in finding.sentence
    assert bench.seal().late == [number]
    assert not HistorySeal.objects.filter(entry=number).exists()


def test_an_entry_put_in_with_a_seal_of_its_own_is_found(bench, entries, tamper):
    bench.seal()
    tamper(INSERT, entries[-1])
    number = HistoryEntry.objects.latest("pk").pk
    tamper(
        "INSERT INTO base_historyseal SELECT position + 1, %s, salt, content, digest, chain"
        " FROM base_historyseal ORDER BY position DESC LIMIT 1",
        number,
    )
    assert set(bench.kinds()) == {"seal changed", "forged"}


def test_entries_that_traded_places_are_found_and_named(bench, entries, tamper):
    bench.seal()
    tamper(
        "UPDATE base_historyseal a SET entry = -b.entry, salt = b.salt, content = b.content, digest = b.digest"
        " FROM base_historyseal b WHERE a.position + b.position = 5 AND a.position IN (2, 3)"
    )
    tamper("UPDATE base_historyseal SET entry = -entry WHERE entry < 0")
    found = bench.verify().found
    assert [finding.kind for finding in found] == ["seal changed", "moved"]
    assert f"Entry {entries[1]} (position 3) was moved" in found[1].sentence


@pytest.mark.parametrize("kept", [0, 1, 5])
def test_an_end_that_was_cut_off_is_found(bench, entries, tamper, kept):
    """Entries and seals gone together: only the head outside the database knows."""
    bench.seal()
    tamper(
        "DELETE FROM base_historyentry WHERE id IN (SELECT entry FROM base_historyseal WHERE position > %s)",
        kept,
    )
    tamper("DELETE FROM base_historyseal WHERE position > %s", kept)
    [finding] = bench.verify().found
    assert finding.kind == "cut off"
    assert f"has {kept} seals" in finding.sentence
    assert f"says {len(entries)}." in finding.sentence
    with pytest.raises(SealsDisagreeError, match="run verify_history"):
        bench.seal()


def rewritten(position: int, tamper) -> None:
    """All seals from a position on made anew, as whoever owns the database can, but without the key."""
    chain = BEGINNING
    for seal in HistorySeal.objects.order_by("position"):
        if seal.position >= position:
            chain = next_chain(chain, seal.position, seal.entry, bytes(seal.digest))
            tamper("UPDATE base_historyseal SET chain = %s WHERE position = %s", chain, seal.position)
        chain = chain if seal.position >= position else bytes(seal.chain)


def test_a_chain_made_anew_does_not_fit_the_signed_head(bench, entries, tamper):
    bench.seal()
    tamper("DELETE FROM base_historyentry WHERE id = %s", entries[2])
    tamper("DELETE FROM base_historyseal WHERE position = 3")
    tamper("UPDATE base_historyseal SET position = -position WHERE position > 3")
    tamper("UPDATE base_historyseal SET position = -position - 1 WHERE position < 0")
    rewritten(3, tamper)
    assert bench.kinds() == ["cut off"], "one is missing"
    tamper(INSERT, entries[-1])
    tamper(
        "INSERT INTO base_historyseal SELECT position + 1, %s, salt, content, digest, chain"
        " FROM base_historyseal ORDER BY position DESC LIMIT 1",
        HistoryEntry.objects.latest("pk").pk,
    )
    rewritten(3, tamper)
    assert "sealed anew" in bench.kinds()
    with pytest.raises(SealsDisagreeError):
        bench.seal()


def test_a_head_that_somebody_else_signed_is_not_believed(bench, entries, tamper):
    bench.seal()
    line = json.loads(bench.path.read_text())
    bench.path.write_text(json.dumps({**line, "position": 1}) + "\n")
    assert bench.kinds() == ["head not ours"]
    bench.path.unlink()
    assert bench.kinds() == ["head not ours"]


def test_a_copy_taken_away_finds_what_the_file_on_the_host_forgot(bench, entries, tamper, tmp_path):
    bench.seal()
    copy = tmp_path / "copy.jsonl"
    copy.write_text(bench.path.read_text())
    tamper("DELETE FROM base_historyseal WHERE position > 2")
    tamper("DELETE FROM base_historyentry WHERE id > %s", entries[1])
    bench.path.write_text("")
    assert {str(finding.kind) for finding in bench.verify(copy).found} == {"cut off", "head not ours"}


def test_after_a_restore_the_lost_end_is_given_up_for_a_reason_and_the_reason_stays(bench, entries, tamper):
    bench.seal()
    tamper("DELETE FROM base_historyentry WHERE id = %s", entries[-1])
    tamper("DELETE FROM base_historyseal WHERE entry = %s", entries[-1])
    bench.seal(restored="The disk of 3 March")
    verdict = bench.verify()
    assert verdict.is_whole
    assert any("The disk of 3 March" in note for note in verdict.notes)
    tamper("DELETE FROM base_historyseal WHERE entry = %s", entries[-2])
    tamper("DELETE FROM base_historyentry WHERE id = %s", entries[-2])
    assert bench.kinds() == ["cut off"]


def test_a_line_cut_short_by_a_crash_does_not_swallow_the_next_head(bench, entries):
    bench.seal()
    with bench.path.open("a") as file:
        file.write('{"kind": "sea')
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    bench.seal(restored="a trial")
    assert [line[0] for line in bench.path.read_text().splitlines()] == ["{"] * 4
    assert bench.kinds() == ["head not ours"]


def test_two_runs_do_not_seal_at_once(bench, entries):
    with psycopg.connect(**_parameters()) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [0x5EA1])
        with pytest.raises(SealingError, match="at work"):
            bench.seal()


# --- The commands ------------------------------------------------------------------------------------


@pytest.fixture
def configured(bench, settings):
    settings.HISTORY_SEALS = bench.path
    settings.HISTORY_SEAL_KEY = private_text(bench.key)
    settings.HISTORY_SEAL_PUBLIC_KEY = ""
    return bench


def test_the_commands_answer_0_1_and_2(configured, entries, tamper, capsys, settings):
    call_command("seal_history")
    call_command("verify_history")
    said = capsys.readouterr().out
    assert f"{len(entries)} entries sealed; the chain has {len(entries)}." in said
    assert "The history is whole." in said
    tamper("DELETE FROM base_historyentry WHERE id = %s", entries[0])
    with pytest.raises(CommandError, match="removed: 1") as caught:
        call_command("verify_history")
    assert caught.value.returncode == 1
    assert f"REMOVED: Entry {entries[0]}" in capsys.readouterr().err
    settings.HISTORY_SEAL_KEY = ""
    with pytest.raises(CommandError, match="HISTORY_SEAL_PUBLIC_KEY") as caught:
        call_command("verify_history")
    assert caught.value.returncode == 2
    with pytest.raises(CommandError, match="--new-key"):
        call_command("seal_history")


def test_the_public_key_is_enough_to_verify(configured, entries, settings, capsys):
    call_command("seal_history")
    settings.HISTORY_SEAL_KEY = ""
    call_command("verify_history", "--public-key", public_text(configured.key.public_key()))
    assert "The history is whole." in capsys.readouterr().out


def test_a_new_pair_of_keys_fits(bench, entries, settings, capsys):
    call_command("seal_history", "--new-key")
    given = dict(line.split("=", 1) for line in capsys.readouterr().out.splitlines())
    for name, value in given.items():
        setattr(settings, name, value)
    settings.HISTORY_SEALS = bench.path
    call_command("seal_history")
    settings.HISTORY_SEAL_KEY = ""
    call_command("verify_history")


def test_a_key_that_is_none_is_refused_without_repeating_it(configured, settings):
    settings.HISTORY_SEAL_KEY = "not-a-key"
    with pytest.raises(CommandError) as caught:
        call_command("seal_history")
    assert "not-a-key" not in str(caught.value)


def test_a_process_that_answers_requests_must_not_hold_the_key(monkeypatch):
    from memorial.errors import Misconfigured
    from memorial.sealing_environment import seal_key

    monkeypatch.setenv("HISTORY_SEAL_KEY", "x")
    assert seal_key(is_web=False) == "x"
    with pytest.raises(Misconfigured, match="timer"):
        seal_key(is_web=True)


def test_the_world_has_every_kind_of_change(entries):
    assert set(HistoryEntry.objects.values_list("operation", flat=True)) == {"I", "U", "D"}
    assert Theme.objects.filter(code__startswith="sealed-").count() == 3
