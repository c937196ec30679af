"""Triggers: every table has those that its model asks for, they are on, and migrate can be run again."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from memorial.base.database import (
    NO_HISTORY,
    OUR_APPS,
    PREFIX,
    all_tables,
    filled_by_database,
    install_triggers,
    installed_triggers,
    keeps_history,
    our_tables,
    public_condition,
    triggers_of,
)
from memorial.base.publication import Publishable, Versioned
from memorial.home.models import AttentionVeto
from prisoners.models import Prisoner

pytestmark = pytest.mark.django_db
TABLES = all_tables()

WITHOUT_HISTORY = {
    "attention_afterlook": "written by triggers alone, and its answers are never changed: a log itself",
    "base_contentversion": "says only that something changed",
    "base_historyentry": "is the history",
    "cases_publishedcase": "made of other rows, whose changes are recorded",
    "cases_publishedperson": "made of other rows, whose changes are recorded",
    "prisoners_publishedname": "made of other rows, whose changes are recorded",
    "search_searchentry": "made of other rows, whose changes are recorded",
    "base_historyseal": "seals the history",
    "base_looking": "who looked at what: a log itself, and append-only",
    "base_openform": "who has a form open right now: presence, not an edit",
    "auth_permission": "written by migrations only",
    "django_admin_log": "a log itself, and append-only in use",
    "django_content_type": "written by migrations only",
    "package_withdrawal": "says only that something was taken back",
    "staff_attemptcount": "counts of a quarter of an hour",
    "staff_recoverycode": "secrets; that they were made anew is seen by their numbers",
    "staff_signin": "a log itself, and append-only",
    "staff_staffsession": "sign-ins, not edits; its rows are secrets",
    "prisoners_importupload": "a list on its way in, forgotten after 30 days; what it writes has its history",
}
"""Tables whose changes are not recorded, each with its reason. A new one must be added here on purpose."""


def triggers(table: str) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger"
            " WHERE tgrelid = %s::regclass AND NOT tgisinternal",
            [f'"{table}"'],
        )
        return dict(cursor.fetchall())


def squeezed(sql: str) -> str:
    """A trigger's definition without what PostgreSQL and we write differently."""
    words = sql.replace("CREATE OR REPLACE", "CREATE").replace("public.", "").replace('"', "").split()
    text = " ".join(words)
    timing, _, call = text.partition(" EXECUTE FUNCTION ")
    events = sorted(timing.split(" ON ")[0].split(" OF ")[0].replace(" OR ", " ").split())
    return f"{events} {timing.split(' ON ')[-1]} {call}"


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.db_table)
def test_every_table_has_its_triggers_word_for_word(model):
    table = model._meta.db_table
    expected = {PREFIX + trigger.name: trigger for trigger in triggers_of(model)}
    found = triggers(table)
    assert set(found) == set(expected)
    for name, trigger in expected.items():
        assert squeezed(found[name]) == squeezed(trigger.sql()), name


def test_every_trigger_is_switched_on():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger"
            " WHERE NOT tgisinternal AND tgenabled <> 'O'"
        )
        assert cursor.fetchall() == []


def test_tables_without_history_are_those_listed_with_a_reason():
    without = {model._meta.db_table for model in TABLES if not keeps_history(model)}
    assert without == {name for name in WITHOUT_HISTORY if name in {m._meta.db_table for m in TABLES}}
    assert set(WITHOUT_HISTORY) >= NO_HISTORY


def test_every_table_of_ours_is_known():
    """A table in the database that no model of ours or of a library stands for."""
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
    assert existing - {model._meta.db_table for model in TABLES} == {"django_migrations"}
    assert len(our_tables()) >= 40
    assert {model._meta.app_label for model in our_tables()} <= set(OUR_APPS)


def test_what_can_be_published_has_a_version_and_notes_public_changes():
    publishable = [model for model in our_tables() if issubclass(model, Publishable)]
    assert len(publishable) >= 2
    for model in publishable:
        names = {trigger.name for trigger in triggers_of(model)}
        assert {"history", "no_truncate", "content", "version"} <= names, model
        assert issubclass(model, Versioned)


def test_a_confidential_table_never_changes_the_content_version():
    # A veto is nobody's to read, and yet the home page is another one at once.
    for model in set(our_tables()) - {AttentionVeto}:
        if not model.PUBLIC or filled_by_database(model):
            assert "content" not in {trigger.name for trigger in triggers_of(model)}, model
            assert public_condition(model) is None


def test_secrets_of_accounts_are_kept_out_of_the_history():
    """Whatever looks like a secret, in our tables or a library's, is named in NOT_IN_HISTORY."""
    looks_secret = ("password", "secret", "token", "otp", "recovery", "session_data", "private_key")
    for model in TABLES:
        if keeps_history(model):
            suspicious = [
                field.column
                for field in model._meta.concrete_fields
                if any(word in field.column for word in looks_secret)
                and field.column not in getattr(model, "NOT_IN_HISTORY", ())
            ]
            assert not suspicious, f"{model._meta.label}: {suspicious}"


def test_a_lost_or_changed_trigger_is_put_back_and_a_foreign_one_taken_away():
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER memorial_history ON prisoners_prisoner")
        cursor.execute(
            "CREATE OR REPLACE TRIGGER memorial_content AFTER INSERT ON prisoners_prisoner"
            " FOR EACH ROW EXECUTE FUNCTION memorial_note_public_change('false')"
        )
        cursor.execute(
            "CREATE TRIGGER memorial_of_old BEFORE UPDATE ON prisoners_region"
            " FOR EACH ROW EXECUTE FUNCTION memorial_raise_version()"
        )
    install_triggers(connection)
    assert ("prisoners_region", "memorial_of_old") not in installed_triggers(connection)
    test_every_table_has_its_triggers_word_for_word(Prisoner)


def test_putting_triggers_in_place_again_changes_nothing():
    before = {model._meta.db_table: triggers(model._meta.db_table) for model in TABLES}
    install_triggers(connection)
    assert {model._meta.db_table: triggers(model._meta.db_table) for model in TABLES} == before


def test_migrate_puts_triggers_and_rights_in_place(capsys):
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER memorial_history ON prisoners_stay")
        cursor.execute("REVOKE ALL ON prisoners_stay FROM site_ro, staff_rw")
    call_command("migrate", verbosity=1)
    assert "Triggers and grants are in place." in capsys.readouterr().out
    assert "memorial_history" in triggers("prisoners_stay")
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_column_privilege('site_ro', 'prisoners_stay', 'began', 'SELECT')")
        assert cursor.fetchone() == (True,)


def test_migrate_says_which_role_is_missing(monkeypatch):
    monkeypatch.setattr("memorial.base.database.PUBLIC_ROLE", "no_such_role")
    with pytest.raises(CommandError, match=r"no_such_role do not exist: run deploy/roles\.sql"):
        call_command("migrate", verbosity=0)
