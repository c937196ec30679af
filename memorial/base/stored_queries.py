"""Querysets whose SQL is made once, and several of them asked in one statement.

Django builds and compiles a queryset anew for every request, and each costs a round trip:
for a page that reads twenty small tables that is most of its time. A `StoredQuery` keeps the
SQL of a queryset; a `StoredStatement` gets the rows of many as JSON in one statement, which the
database answers under the same role and the same rules of rows as any other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from hashlib import sha256
from secrets import token_hex
from typing import Any, Final
from weakref import WeakKeyDictionary

from django.db import connection, models
from django.db.models.query import get_related_populators
from modeltranslation.manager import get_translatable_fields_for_model

_FROM_JSON: Final[dict[str, Callable[[str], Any]]] = {
    "DateField": date.fromisoformat,
    "DateTimeField": datetime.fromisoformat,
    "DecimalField": Decimal,
    "TimeField": time.fromisoformat,
}
"""What JSON has no type of its own for, by the name of the column's type."""
_SAME_IN_JSON: Final = frozenset(
    {
        "ArrayField", "AutoField", "BigAutoField", "BigIntegerField", "BooleanField", "CharField", "IntegerField",
        "PartialDateField", "PositiveIntegerField", "PositiveSmallIntegerField", "RichTextField", "SlugField",
        "TextField", "URLField",
    }
)  # fmt: skip


class _Ids(models.Expression):
    """The ids of a name: a mark in the SQL, for which the statement puts a parameter."""

    def __init__(self, name: str) -> None:
        super().__init__(output_field=models.BigIntegerField())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        return _mark(self.name), ()


# Nobody can write it into a text that becomes a constant of a statement.
_UNGUESSABLE: Final = token_hex(16)


def _mark(name: str) -> str:
    return f"<{name} {_UNGUESSABLE}>"


class IsOneOf(models.Func):
    """Whether a column holds one of the ids that are given under a name: `IsOneOf("stay_id", "stays")`."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    conditional = True
    output_field = models.BooleanField()

    def __init__(self, column: str, name: str) -> None:
        super().__init__(models.F(column), _Ids(name))


class StoredQuery:
    """A queryset, `select_related` included, with its SQL. Its rows come as they would from the queryset.

    But columns that the database makes from others are left out, and so are the bare columns of
    translated fields: no page reads either, and whoever does asks once more for each row.
    Raises TypeError for a column whose values JSON would change.
    """

    def __init__(self, rows: models.QuerySet[Any]) -> None:
        self._rows = rows.all()
        joined = rows.query.select_related
        self._rows.query.add_deferred_loading(_copies(rows.model, joined if isinstance(joined, dict) else {}))

    @cached_property
    def _compiled(self) -> tuple[Any, str, tuple[Any, ...]]:
        compiler = self._rows.query.get_compiler(using=connection.alias)
        sql, params = compiler.as_sql()
        names = ", ".join(f"c{number}" for number in range(len(compiler.select)))
        return compiler, f"(SELECT json_agg(q) FROM ({sql}) AS q({names}))", params  # noqa: S608

    @cached_property
    def _readers(self) -> list[tuple[str, Callable[[Any], Any]]]:
        """For each column that needs it, its name in JSON and what makes its value of it."""
        compiler = self._compiled[0]
        converters = compiler.get_converters([column for column, _sql, _alias in compiler.select])
        found: list[tuple[str, Callable[[Any], Any]]] = []
        for number, (column, _sql, _alias) in enumerate(compiler.select):
            if reader := self._reader(column, converters.get(number)):
                found.append((f"c{number}", reader))
        return found

    def _reader(self, column: Any, converters: Any) -> Callable[[Any], Any] | None:
        field = column.output_field
        target = field.target_field if field.is_relation else getattr(field, "output_field", field)
        kind = next((each for each in _kinds(target) if each in _FROM_JSON or each in _SAME_IN_JSON), None)
        if kind is None:
            raise TypeError(f"{field}: its values are not to be read from JSON.")
        if kind in _FROM_JSON:
            return _FROM_JSON[kind]
        if not converters:
            return None
        convert, expression = converters
        return lambda value: _converted(value, convert, expression)

    @property
    def sql(self) -> tuple[str, tuple[Any, ...]]:
        """One value with its parameters: the rows as a JSON array, or NULL where there are none."""
        return self._compiled[1:]

    def read(self, rows: Iterable[dict[str, Any]] | None) -> Iterator[models.Model]:
        """The rows as records of the model, with what was joined to them."""
        if not rows:
            return
        compiler = self._compiled[0]
        info = compiler.klass_info
        start, end = info["select_fields"][0], info["select_fields"][-1] + 1
        names = [column.target.attname for column, _sql, _alias in compiler.select[start:end]]
        joined = get_related_populators(info, compiler.select, connection.alias)  # type: ignore[call-arg]  # stubs of Django 6
        for row in rows:
            for name, reader in self._readers:
                if (value := row[name]) is not None:
                    row[name] = reader(value)
            values = list(row.values())
            record = info["model"].from_db(connection.alias, names, values[start:end])
            for populator in joined:
                populator.populate(values, record)
            yield record


class StoredStatement:
    """Stored queries that are asked in one statement, which each connection prepares once.

    Most of what so many small tables cost the database is planning: a prepared statement keeps its
    plan, and PostgreSQL makes it anew by itself for another role, whose rules of rows differ.
    """

    def __init__(self, queries: Mapping[str, StoredQuery], ids: Sequence[str]) -> None:
        """`ids` are the names that the queries know ids by."""
        self._queries = dict(queries)
        self._ids = tuple(ids)

    def ask(self, given: Mapping[str, Sequence[int]]) -> dict[str, list[Any]]:
        """The rows of each query by its name, for the ids given by name. KeyError where a name is missing."""
        with connection.cursor() as cursor:
            if connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]:
                # A pooler gives the next statement another session, which has prepared nothing.
                cursor.execute(self._unprepared(cursor, given))
            else:
                name = self._prepared(cursor)
                places = ", ".join(["%s"] * len(self._ids))
                cursor.execute(f"EXECUTE {name} ({places})", [list(given[each]) for each in self._ids])
            # No column of floats is read, and a sum of money may pass through none.
            answers = json.loads(cursor.fetchone()[0], parse_float=Decimal)
        found = zip(self._queries.items(), answers, strict=True)
        return {name: list(query.read(rows)) for (name, query), rows in found}

    def _prepared(self, cursor: Any) -> str:
        """The statement's name in this connection, where it is prepared now if it has not been."""
        known = _prepared_in.setdefault(connection.connection, set())
        name, sql, params = self._sql
        if not known:
            # By itself PostgreSQL expects ten ids in every array, thinks such a plan dear and makes a
            # new one each time, which costs three times what it then finds.
            cursor.execute("SELECT set_config('plan_cache_mode', 'force_generic_plan', false)")
            # A plan of many small parts looks dear too, and is done before it would be compiled.
            cursor.execute("SELECT set_config('jit', 'off', false)")
        if name not in known:
            # PREPARE takes no parameters of its own: what is constant stands in its text.
            text = cursor.mogrify(sql, params)
            for number, each in enumerate(self._ids, 1):
                text = text.replace(_mark(each), f"${number}")
            types = ", ".join(["bigint[]"] * len(self._ids))
            cursor.execute(f"PREPARE {name} ({types}) AS {text}")
            known.add(name)
        return name

    def _unprepared(self, cursor: Any, given: Mapping[str, Sequence[int]]) -> str:
        _name, sql, params = self._sql
        text: str = cursor.mogrify(sql, params)
        for each in self._ids:
            text = text.replace(_mark(each), cursor.mogrify("%s::bigint[]", [list(given[each])]))
        return text

    @cached_property
    def _sql(self) -> tuple[str, str, list[Any]]:
        parts = [query.sql for query in self._queries.values()]
        sql = f"SELECT json_build_array({', '.join(part for part, _params in parts)})::text"
        params = [param for _part, given in parts for param in given]
        # The same name in every process: a page's statements are asked again by another one than made it.
        digest = sha256(f"{sql} {params}".replace(_UNGUESSABLE, "").encode()).hexdigest()
        return f"stored_{digest[:20]}", sql, params


# The names of what each connection has prepared; it is gone with the connection.
_prepared_in: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


def _copies(model: type[models.Model], joined: Mapping[str, Any]) -> list[str]:
    """The columns of a model and of what is joined to it that repeat what stands in others."""
    fields = model._meta.concrete_fields
    bare = set(get_translatable_fields_for_model(model) or ())
    found = [field.name for field in fields if field.generated or field.name in bare]
    for name, further in joined.items():
        related: Any = model._meta.get_field(name).related_model
        found += [f"{name}__{column}" for column in _copies(related, further)]
    return found


def _kinds(field: models.Field[Any, Any]) -> list[str]:
    """The names of a field's class and of those that it descends from; a translated column is of a made one."""
    return [each.__name__ for each in type(field).__mro__]


def _converted(value: Any, converters: Sequence[Any], expression: Any) -> Any:
    for convert in converters:
        value = convert(value, expression, connection)
    return value
