"""What each database role may do, asked of PostgreSQL itself and tried. No superuser anywhere."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import ProgrammingError, connection, transaction
from psycopg.errors import InsufficientPrivilege

from memorial.base.choices import State
from memorial.base.database import (
    ADDED_TO_ONLY,
    OUR_APPS,
    all_tables,
    filled_by_database,
    grant_rights,
    public_condition,
)
from memorial.base.exposure import readable_fields
from memorial.base.row_rules import has_row_rules
from prisoners.models import Facility, Photo, Prisoner
from tests.factories import DraftFactory, FacilityFactory, PrisonerFactory

pytestmark = pytest.mark.django_db

WEB_ROLES = ("site_ro", "staff_rw")
TABLES = all_tables()
CALLED_BY = {
    "memorial_certainly_minor(bigint,date)": {"staff_rw"},
    "memorial_new_address(text)": {"site_ro", "staff_rw"},
    # Yes or no about a row that has nothing public to tell: that somebody public is concerned.
    "memorial_hearing_has_public_people(bigint)": {"site_ro", "staff_rw"},
    "memorial_document_covers_the_hidden(bigint)": {"site_ro", "staff_rw"},
    "memorial_decision_has_public_people(bigint)": {"site_ro", "staff_rw"},
    "memorial_term_is_of_public_cases(bigint)": {"site_ro", "staff_rw"},
    "memorial_finding_is_about_public(bigint)": {"site_ro", "staff_rw"},
    # Makes rows anew from what readers may see anyway.
    "memorial_refresh_people(bigint[])": {"staff_rw"},
    "memorial_refresh_cases(bigint[])": {"staff_rw"},
    "memorial_rebuild_names()": {"staff_rw"},
    "memorial_rebuild_text(text,regclass)": {"staff_rw"},
    # Writes the word with which the second person sends a fact back, in the name of who acts.
    "memorial_return_look(bigint,text)": {"staff_rw"},
    # Writes a second person's answer, in the name of who acts; refuses the one who made the change.
    "memorial_answer_after_look(bigint,text,text)": {"staff_rw"},
    # Numbers of an account's own clients, for the rules that hide the others; and help that follows a merge.
    "memorial_clients_of_my_requests()": {"staff_rw"},
    "memorial_my_clients()": {"staff_rw"},
    "memorial_follow_merge(text,text,bigint,bigint)": {"staff_rw"},
    "memorial_appeals_follow_merge(text,text,bigint,bigint)": {"staff_rw"},
    # Whom the home page passes over on one day: what the page itself shows by leaving out.
    "memorial_vetoed_on(date)": {"site_ro", "staff_rw"},
}
"""Every function that runs with the owner's rights and may be called: each one must be harmless."""


def ask(sql: str, *params: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def run(sql: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)


@contextmanager
def refused() -> Iterator[None]:
    """PostgreSQL's own refusal, for want of a right and for no other reason."""
    with pytest.raises(ProgrammingError) as caught, transaction.atomic():
        yield
    assert isinstance(caught.value.__cause__, InsufficientPrivilege), caught.value


def columns(model) -> list[str]:
    return [field.column for field in model._meta.concrete_fields]


def may_read(model) -> set[str]:
    if model._meta.app_label not in OUR_APPS:
        return set()
    return {field.column for field in readable_fields(model)}


CONFIDENTIAL = [model for model in TABLES if not may_read(model)]


def test_no_test_runs_as_a_superuser():
    roles = ask(
        "SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = ANY(%s)", [*WEB_ROLES, "owner"]
    )
    assert len(roles) == 3
    assert not any(is_super or bypasses for _name, is_super, bypasses in roles)
    [(session, current)] = ask("SELECT session_user, current_user")
    assert ask("SELECT rolsuper FROM pg_roles WHERE rolname = ANY(%s)", [session, current]) == [(False,)]


def test_the_public_role_may_select_the_declared_columns_and_nothing_else():
    found = {
        (table, column)
        for table, column in ask(
            "SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
            " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')"
            " AND a.attnum > 0 AND NOT a.attisdropped"
            " AND has_column_privilege('site_ro', c.oid, a.attnum, 'SELECT')"
        )
    }
    declared = {(model._meta.db_table, column) for model in TABLES for column in may_read(model)}
    assert found == declared
    assert len(found) > 200


@pytest.mark.parametrize("right", ["INSERT", "UPDATE", "REFERENCES"])
def test_the_public_role_may_write_no_column(right):
    assert not ask(
        "SELECT relname FROM pg_class"
        " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v')"
        " AND has_any_column_privilege('site_ro', oid, %s)",
        right,
    )


@pytest.mark.parametrize("role", WEB_ROLES)
@pytest.mark.parametrize("right", ["TRUNCATE", "REFERENCES", "TRIGGER"])
def test_no_web_role_may_empty_a_table_or_attach_to_it(role, right):
    assert not ask(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        " AND has_table_privilege(%s, oid, %s)",
        role,
        right,
    )


@pytest.mark.parametrize("role", WEB_ROLES)
def test_no_web_role_may_use_sequences_create_or_make_temporary_tables(role):
    assert not ask(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND CASE WHEN relkind = 'S' THEN has_sequence_privilege(%s, oid, 'USAGE, UPDATE') ELSE false END",
        role,
    )
    rights = ask(
        "SELECT has_schema_privilege(%s, 'public', 'CREATE'),"
        " has_database_privilege(%s, current_database(), 'CREATE'),"
        " has_database_privilege(%s, current_database(), 'TEMPORARY'),"
        " has_schema_privilege(%s, 'public', 'USAGE')",
        *[role] * 4,
    )
    assert rights == [(False, False, False, True)]


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.db_table)
def test_staff_may_edit_every_table_but_the_history_and_the_content_version(model):
    wanted = {"SELECT", "INSERT", "UPDATE", "DELETE"}
    if filled_by_database(model):
        wanted = {"SELECT"}
    elif getattr(model, "WRITTEN_BY_TRIGGERS", False):
        wanted = {"SELECT", "DELETE"}
    elif model in ADDED_TO_ONLY:
        wanted = {"SELECT", "INSERT"}
    for right in ("SELECT", "INSERT", "UPDATE", "DELETE"):
        assert ask("SELECT has_table_privilege('staff_rw', %s, %s)", f'"{model._meta.db_table}"', right) == [
            (right in wanted,)
        ], right


def test_tables_with_fewer_rights_are_those_that_are_known():
    """A table that the office only adds to, or that triggers write, is one on purpose."""
    assert {model._meta.db_table for model in ADDED_TO_ONLY} == {"base_looking"}
    assert {"base_historyentry", "base_historyseal"} <= {
        model._meta.db_table for model in TABLES if filled_by_database(model)
    }


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.db_table)
def test_the_public_role_can_write_nowhere(model, as_role):
    table, column = f'"{model._meta.db_table}"', model._meta.pk.column
    with as_role("site_ro"):
        for sql in (
            f"INSERT INTO {table} DEFAULT VALUES",
            f'UPDATE {table} SET "{column}" = "{column}"',
            f"DELETE FROM {table}",
            f"TRUNCATE {table}",
        ):
            with refused():
                run(sql)


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.db_table)
def test_the_public_role_can_read_its_columns_and_is_refused_all_others(model, as_role):
    table = f'"{model._meta.db_table}"'
    with as_role("site_ro"):
        for column in columns(model):
            if column in may_read(model):
                run(f'SELECT "{column}" FROM {table} LIMIT 1')
            else:
                with refused():
                    run(f'SELECT "{column}" FROM {table} LIMIT 1')


def test_confidential_tables_are_many_and_refused_whole(as_role):
    names = {model._meta.db_table for model in CONFIDENTIAL}
    assert names >= {
        "base_historyentry",
        "prisoners_consent",
        "prisoners_confidentialcitation",
        "prisoners_hiddennamevariant",
        "prisoners_prisonerprivate",
        "prisoners_stayprivate",
        "staff_user",
        "staff_passkey",
        "staff_signin",
        "staff_staffsession",
        "django_admin_log",
    }
    with as_role("site_ro"):
        for name in (*names, "django_migrations"):
            with refused():
                run(f'SELECT count(*) FROM "{name}"')


@pytest.mark.parametrize("role", WEB_ROLES)
@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE mine (x int)",
        "CREATE TEMP TABLE mine (x int)",
        "CREATE FUNCTION mine() RETURNS int LANGUAGE sql RETURN 1",
        "CREATE SCHEMA mine",
        "ALTER TABLE prisoners_prisoner DISABLE TRIGGER ALL",
        "ALTER TABLE base_historyentry DISABLE TRIGGER memorial_append_only",
        "ALTER TABLE prisoners_prisoner DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE prisoners_prisoner ADD COLUMN mine int",
        "DROP TRIGGER memorial_history ON prisoners_prisoner",
        "DROP POLICY memorial_readers ON prisoners_prisoner",
        "DROP TABLE prisoners_prisoner",
        "TRUNCATE prisoners_prisoner CASCADE",
        "TRUNCATE base_historyentry",
        "SET session_replication_role = replica",
        "SET LOCAL session_replication_role = replica",
        "SELECT set_config('session_replication_role', 'replica', false)",
        "COPY prisoners_region TO PROGRAM 'true'",
        "SELECT pg_read_file('/etc/hostname')",
    ],
)
def test_no_web_role_can_change_the_house_itself(role, sql, as_role):
    with as_role(role), refused():
        run(sql)


def test_no_web_role_can_pass_its_rights_on(as_role):
    with as_role("staff_rw"):
        # PostgreSQL only warns, and grants nothing.
        run("GRANT SELECT ON base_historyentry, prisoners_consent TO site_ro, PUBLIC")
    assert ask(
        "SELECT has_table_privilege('site_ro', 'base_historyentry', 'SELECT'),"
        " has_table_privilege('site_ro', 'prisoners_consent', 'SELECT')"
    ) == [(False, False)]


def test_functions_with_the_owners_rights_can_be_called_only_by_those_who_are_named():
    found = ask(
        "SELECT p.oid::regprocedure::text, r.rolname FROM pg_proc p CROSS JOIN pg_roles r"
        " WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef AND r.rolname = ANY(%s)"
        " AND has_function_privilege(r.oid, p.oid, 'EXECUTE')",
        list(WEB_ROLES),
    )
    by_function: dict[str, set[str]] = {}
    for function, role in found:
        by_function.setdefault(function.replace(", ", ","), set()).add(role)
    assert by_function == CALLED_BY


def test_functions_with_the_owners_rights_have_a_fixed_search_path():
    definers = ask(
        "SELECT proname, proconfig FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef"
    )
    assert len(definers) >= 4
    for name, settings in definers:
        assert "search_path=public, pg_temp" in (settings or []), name


def test_a_trigger_function_cannot_be_attached_elsewhere():
    """`memorial_note_public_change` runs its argument as the owner: a table of one's own would be a key."""
    attachable = ask(
        "SELECT proname, r.rolname FROM pg_proc p CROSS JOIN pg_roles r"
        " WHERE p.pronamespace = 'public'::regnamespace AND p.prorettype = 'trigger'::regtype"
        " AND r.rolname = ANY(%s) AND has_function_privilege(r.oid, p.oid, 'EXECUTE')",
        list(WEB_ROLES),
    )
    assert attachable == []


def test_a_table_of_the_same_name_does_not_catch_the_history(as_role):
    """A search-path attack: a temporary `base_historyentry` before ours in the path of the session."""
    person = PrisonerFactory()
    run("CREATE TEMP TABLE base_historyentry (LIKE public.base_historyentry INCLUDING ALL)")
    run("CREATE TEMP TABLE base_contentversion (LIKE public.base_contentversion INCLUDING ALL)")
    run("GRANT ALL ON pg_temp.base_historyentry, pg_temp.base_contentversion TO staff_rw")
    before = ask("SELECT count(*) FROM public.base_historyentry")[0][0]
    with as_role("staff_rw"):
        run("UPDATE public.prisoners_prisoner SET slug = 'another' WHERE id = %s", person.pk)
    assert ask("SELECT count(*) FROM pg_temp.base_historyentry") == [(0,)]
    assert ask("SELECT count(*) FROM pg_temp.base_contentversion") == [(0,)]
    assert ask("SELECT count(*) FROM public.base_historyentry") == [(before + 1,)]


def test_an_old_address_tells_the_public_role_nothing_of_what_is_hidden(as_role):
    shown, hidden, initials = (
        PrisonerFactory(),
        DraftFactory(),
        PrisonerFactory(initials_only=True, born=None),
    )
    for person in (shown, hidden, initials):
        person.old_addresses.create(path=f"prisoners/old-{person.pk}/")
    with as_role("site_ro"):
        answers = [
            ask("SELECT memorial_new_address(%s)", f"prisoners/old-{p.pk}/")[0][0]
            for p in (shown, hidden, initials)
        ]
        absent = ask("SELECT memorial_new_address('prisoners/nobody/')")[0][0]
    assert answers == [f"prisoners/{shown.slug}/", None, None]
    assert absent is None


# --- Rows -------------------------------------------------------------------------------------


def test_every_table_that_is_public_in_part_has_row_rules():
    wanted = {m._meta.db_table for m in TABLES if has_row_rules(public_condition(m))}
    found = {
        name
        for (name,) in ask(
            "SELECT c.relname FROM pg_class c JOIN pg_policy p"
            " ON p.polrelid = c.oid AND p.polname = 'memorial_readers'"
            " WHERE c.relrowsecurity AND c.relnamespace = 'public'::regnamespace"
        )
    }
    assert found == wanted
    assert {"prisoners_prisoner", "prisoners_stay", "prisoners_photo", "prisoners_facility"} <= found


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_the_public_role_does_not_see_what_is_not_published(state, as_role):
    person = PrisonerFactory(state=state)
    facility = FacilityFactory(state=state)
    person.citizenships.create(country="UA")
    shown = PrisonerFactory()
    shown.citizenships.create(country="UA")
    with as_role("site_ro"):
        assert list(Prisoner.objects.all()) == [shown]
        assert not Facility.objects.filter(pk=facility.pk).exists()
        assert ask("SELECT prisoner_id FROM prisoners_citizenship") == [(shown.pk,)]
    with as_role("staff_rw"):
        assert Prisoner.objects.count() == 2


def test_the_public_role_does_not_see_a_photo_that_is_not_public(as_role):
    person = PrisonerFactory()
    Photo.objects.create(prisoner=person, alt_ru="тайный портрет")
    shown = Photo.objects.create(prisoner=person, stem="0" * 24)
    with as_role("site_ro"):
        assert list(Photo.objects.all()) == [shown]


def test_rights_can_be_given_again_and_change_nothing():
    def rights() -> list[tuple]:
        return ask(
            "SELECT relname, relacl::text, relrowsecurity FROM pg_class"
            " WHERE relnamespace = 'public'::regnamespace UNION ALL"
            " SELECT proname, proacl::text, prosecdef FROM pg_proc"
            " WHERE pronamespace = 'public'::regnamespace UNION ALL"
            " SELECT polname, pg_get_expr(polqual, polrelid), true FROM pg_policy ORDER BY 1, 2"
        )

    before = rights()
    grant_rights(connection)
    assert rights() == before


def test_a_right_given_by_hand_is_taken_back():
    run("GRANT SELECT ON prisoners_prisonerprivate TO site_ro")
    run("GRANT UPDATE (note) ON prisoners_consent TO site_ro")
    grant_rights(connection)
    assert ask("SELECT has_table_privilege('site_ro', 'prisoners_prisonerprivate', 'SELECT')") == [(False,)]
    assert ask("SELECT has_any_column_privilege('site_ro', 'prisoners_consent', 'UPDATE')") == [(False,)]
