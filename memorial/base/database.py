"""Triggers and grants, generated from the models and put in place after every migrate.

Generated and not written into migrations one by one, so that a new table, a new
language column or an automatic many-to-many table cannot be forgotten; see
docs/decisions/0002. Everything here can be run again at any time and changes nothing then.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from django.apps import apps
from django.core.management.base import CommandError
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from modeltranslation.manager import get_translatable_fields_for_model

from memorial.base.choices import State, Verification
from memorial.base.exposure import readable_fields
from memorial.base.languages_in_sql import in_every_language
from memorial.base.localized import LANGUAGES
from memorial.base.models import ContentVersion, HistoryEntry, HistorySeal, Looking
from memorial.base.publication import Publishable, Versioned
from memorial.base.row_rules import PUBLIC_ROLE, STAFF_ROLE, install_row_rules

OUR_APPS = (
    "base",
    "prisoners",
    "cases",
    "assistance",
    "donations",
    "memorial",
    "staff",
    "search",
    "package",
    "figures",
    "attention",
    "due",
    "news",
    "translating",
    "home",
    "pages",
    "appeals",
)
NO_HISTORY = frozenset({"django_content_type", "auth_permission", "django_admin_log"})
NOT_FOR_WEB_ROLES_TO_WRITE = (HistoryEntry, HistorySeal, ContentVersion)
ADDED_TO_ONLY = (Looking,)
"""Tables to which the office adds rows that it cannot change or take away."""
RUNTIME_SQL = ("history.sql", "evidence.sql", "content_version.sql", "rows.sql")
"""What every migrate puts in place anew; the other files there stand behind stored columns."""
PREFIX = "memorial_"


@dataclass(frozen=True)
class Trigger:
    """One trigger of one table: its short name, when it runs, and the call it makes."""

    table: str
    name: str
    timing: str
    call: str

    def sql(self) -> str:
        """The statement that puts the trigger in place; for each row, but for TRUNCATE, which has none."""
        head = f'CREATE OR REPLACE TRIGGER {PREFIX}{self.name} {self.timing} ON "{self.table}"'
        level = "STATEMENT" if "TRUNCATE" in self.timing else "ROW"
        return f"{head} FOR EACH {level} EXECUTE FUNCTION {self.call}"


def all_tables() -> list[type[models.Model]]:
    """Every managed table of every installed app, automatic many-to-many tables included."""
    found = apps.get_models(include_auto_created=True)
    return [model for model in found if model._meta.managed and not model._meta.proxy]


def our_tables() -> list[type[models.Model]]:
    """The tables of the project's own apps."""
    return [model for model in all_tables() if model._meta.app_label in OUR_APPS]


def filled_by_database(model: type[models.Model]) -> bool:
    """Whether only triggers write the table: `FILLED_BY_DATABASE` of what is made of other rows, say.

    Such a table holds nothing of its own: it keeps no history, moves no version, and nobody edits it.
    """
    return model in NOT_FOR_WEB_ROLES_TO_WRITE or bool(getattr(model, "FILLED_BY_DATABASE", False))


def keeps_history(model: type[models.Model]) -> bool:
    """Whether changes of the table are recorded: all but presence, sessions and the like."""
    if filled_by_database(model) or model._meta.db_table in NO_HISTORY:
        return False
    return bool(getattr(model, "KEEPS_HISTORY", True))


def triggers_of(model: type[models.Model]) -> Iterator[Trigger]:
    """The triggers that a table must have."""
    table = model._meta.db_table
    if model is HistoryEntry:
        yield Trigger(table, "append_only", "BEFORE UPDATE OR DELETE", "memorial_guard_history()")
        yield Trigger(table, "no_truncate", "BEFORE TRUNCATE", "memorial_refuse_change()")
    if keeps_history(model):
        key = model._meta.pk.column
        hidden = getattr(model, "NOT_IN_HISTORY", ())
        arguments = ", ".join(_quote(name) for name in (key, *hidden))
        yield Trigger(
            table, "history", "AFTER INSERT OR UPDATE OR DELETE", f"memorial_record_history({arguments})"
        )
        yield Trigger(table, "no_truncate", "BEFORE TRUNCATE", "memorial_record_truncate()")
    if condition := public_condition(model):
        yield Trigger(
            table,
            "content",
            "AFTER INSERT OR UPDATE OR DELETE",
            f"memorial_note_public_change({_quote(condition)})",
        )
    if issubclass(model, Versioned):
        yield Trigger(table, "version", "BEFORE UPDATE", "memorial_raise_version()")
    if translated := get_translatable_fields_for_model(model):
        names = ", ".join(_quote(name) for name in (",".join(LANGUAGES), *sorted(translated)))
        yield Trigger(
            table, "bare_columns", "BEFORE INSERT OR UPDATE", f"memorial_fill_bare_columns({names})"
        )
    for name, timing, call in getattr(model, "TRIGGERS", ()):
        yield Trigger(table, name, timing, call)
    # Models look down, and so do their rules: what a record above must do when a row below it changes.
    for above in our_tables():
        for below, name, timing, call in getattr(above, "TRIGGERS_BELOW", ()):
            if below == table:
                yield Trigger(table, name, timing, call)


def public_condition(model: type[models.Model]) -> str | None:
    """The SQL condition under which a row, called `r`, is public; None where a table never is.

    A model may say it itself (`PUBLIC_WHEN`); else a row is public when the published
    record is that one of its foreign keys leads to, and always where none does.
    A fact that nobody has verified is never public.
    """
    if not getattr(model, "PUBLIC", None) or filled_by_database(model):
        return None
    condition = model.PUBLIC_WHEN if hasattr(model, "PUBLIC_WHEN") else _when_parents_are(model)
    if condition and any(field.name == "verification" for field in model._meta.concrete_fields):
        return f"({condition}) AND r.verification <> '{Verification.UNVERIFIED}'"
    return condition


def _when_parents_are(model: type[models.Model]) -> str:
    parents = [
        f"EXISTS (SELECT 1 FROM {field.related_model._meta.db_table} p"  # noqa: S608 - names of our tables
        f" WHERE p.id = r.{field.column} AND p.state = '{State.PUBLISHED}')"
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and issubclass(field.related_model, Publishable)
    ]
    return " OR ".join(parents) or "true"


def runtime_sql() -> Iterator[Path]:
    """The SQL files whose functions triggers call: those of the floor, then each app's `sql/` folder."""
    yield from (Path(__file__).parent / "sql" / name for name in RUNTIME_SQL)
    for label in OUR_APPS[1:]:
        if label in apps.app_configs:
            yield from sorted((Path(apps.app_configs[label].path) / "sql").glob("*.sql"))


def install_triggers(connection: BaseDatabaseWrapper) -> None:
    """Creates the trigger functions, gives every table its triggers and takes away those of former times."""
    with connection.cursor() as cursor:
        for file in runtime_sql():
            cursor.execute(in_every_language(file.read_text(encoding="utf-8")))
        existing = set(connection.introspection.table_names(cursor))
        wanted = [
            trigger
            for model in all_tables()
            if model._meta.db_table in existing
            for trigger in triggers_of(model)
        ]
        for trigger in wanted:
            cursor.execute(trigger.sql())
        names = {(trigger.table, PREFIX + trigger.name) for trigger in wanted}
        for table, name in installed_triggers(connection) - names:
            cursor.execute(f'DROP TRIGGER "{name}" ON "{table}"')


def installed_triggers(connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    """The triggers of ours that the database has, as (table, name)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE NOT t.tgisinternal AND t.tgname LIKE %s AND n.nspname = current_schema()",
            [PREFIX.replace("_", r"\_") + "%"],
        )
        return set(cursor.fetchall())


def grant_rights(connection: BaseDatabaseWrapper) -> None:
    """Gives the two web roles exactly their rights. Raises `CommandError` where a role is missing."""
    with connection.cursor() as cursor:
        _require_roles(cursor)
        existing = set(connection.introspection.table_names(cursor))
        tables = [model for model in all_tables() if model._meta.db_table in existing]
        for statement in chain(_closed_doors(connection), _grants(tables)):
            cursor.execute(statement)
        _close_functions(cursor)
        install_row_rules(cursor, {model: public_condition(model) for model in tables})


def _closed_doors(connection: BaseDatabaseWrapper) -> Iterator[str]:
    yield "REVOKE CREATE ON SCHEMA public FROM PUBLIC"
    # A temporary table is a place to attach our trigger functions to, or to hide a table of ours behind.
    database = connection.ops.quote_name(connection.settings_dict["NAME"])
    yield f"REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC, {PUBLIC_ROLE}, {STAFF_ROLE}"
    for role in (PUBLIC_ROLE, STAFF_ROLE):
        yield f"GRANT USAGE ON SCHEMA public TO {role}"
        yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}"
        yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role}"


def _close_functions(cursor: CursorWrapper) -> None:
    """Takes from everybody the functions that act with the owner's rights, or are only for triggers.

    Who may call one all the same is said beside it: `COMMENT ON FUNCTION … IS 'called by site_ro, staff_rw'`.
    """
    cursor.execute(
        "SELECT p.oid::regprocedure::text, coalesce(obj_description(p.oid, 'pg_proc'), '')"
        " FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace"
        " AND pg_get_userbyid(p.proowner) = current_user"
        " AND (p.prosecdef OR p.prorettype = 'trigger'::regtype)"
    )
    for function, comment in cursor.fetchall():
        cursor.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC, {PUBLIC_ROLE}, {STAFF_ROLE}")
        if comment.startswith("called by "):
            cursor.execute(f"GRANT EXECUTE ON FUNCTION {function} TO {comment.removeprefix('called by ')}")


def _grants(tables: Iterable[type[models.Model]]) -> Iterator[str]:
    yield f"GRANT SELECT ON django_migrations TO {STAFF_ROLE}"
    for model in tables:
        table = model._meta.db_table
        yield f'GRANT {_rights_of_staff(model)} ON "{table}" TO {STAFF_ROLE}'
        if model._meta.app_label in OUR_APPS and (fields := readable_fields(model)):
            columns = ", ".join(f'"{field.column}"' for field in fields)
            yield f'GRANT SELECT ({columns}) ON "{table}" TO {PUBLIC_ROLE}'


def _rights_of_staff(model: type[models.Model]) -> str:
    if filled_by_database(model):
        return "SELECT"
    if getattr(model, "WRITTEN_BY_TRIGGERS", False):
        # Triggers alone say what stands there; it goes with the row that it is about.
        return "SELECT, DELETE"
    return "SELECT, INSERT" if model in ADDED_TO_ONLY else "SELECT, INSERT, UPDATE, DELETE"


def _require_roles(cursor: CursorWrapper) -> None:
    cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [[PUBLIC_ROLE, STAFF_ROLE]])
    missing = {PUBLIC_ROLE, STAFF_ROLE} - {name for (name,) in cursor.fetchall()}
    if missing:
        raise CommandError(
            f"The database roles {', '.join(sorted(missing))} do not exist:"
            " run deploy/roles.sql as a superuser, then try again."
        )


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
