"""Makes the invented people of `load_demo` a multitude, for `make bench` and nothing else.

They are copied by SQL, each time under other names: through the models a million would take a
day. A copy has everything that a page shows, sources included, so its page costs what theirs do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import StringIO
from math import ceil
from typing import Any, Final

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, models, transaction

from memorial.base.derived_tables import derived_tables, rebuild
from memorial.base.localized import LANGUAGES, in_language
from prisoners import models as prisoners
from prisoners.models.prisoner import PRISONER_IS_PUBLIC

# Sounds that no language puts together in this way, in both scripts: about two thousand surnames.
_FIRST: Final = (
    "Аж Бул Вамз Гюрд Дзер Евл Жмуч Зюп Ивлюк Кцел Лумг Мняз Нюрб Оглёц Пхор Рябж Сюмк Тюлд Угрюх Фамж "
    "Хлюд Цвирг Чмер Шпуз Щёлм Эгвил Юлгор Якшиц"
)
_FIRST_LATIN: Final = (
    "Azh Bul Vamz Gyurd Dzer Yevl Zhmuch Zyup Ivlyuk Ktsel Lumg Mnyaz Nyurb Oglyots Pkhor Ryabzh Syumk "
    "Tyuld Ugryukh Famzh Khlyud Tsvirg Chmer Shpuz Shchyolm Egvil Yulgor Yakshits"
)
_SECOND: Final = "ал ев ок ул ям ун ап ос ех иж ом ур аш ец"
_SECOND_LATIN: Final = "al ev ok ul yam un ap os ekh izh om ur ash ets"
_ENDINGS: Final = {"ru": ("ов", "ова"), "en": ("ov", "ova")}
_SYLLABLES: Final = {
    "ru": (_FIRST.split(), _SECOND.split()),
    "en": (_FIRST_LATIN.split(), _SECOND_LATIN.split()),
}
ORIGINALS: Final[dict[str, int]] = {"people": 300}
"""Options of `load_demo` for the people who are copied."""
_ROOM: Final = 100_000
"""How far the numbers of one copy lie from those of the next, if `load_demo` makes no more rows than that."""


def surnames() -> list[str]:
    """The surnames of the multitude, in Russian and of men."""
    first, second = _SYLLABLES["ru"]
    return [f"{one}{other}ов" for other in second for one in first]


def multiply(wanted: int, say: Callable[[str], Any]) -> int:
    """Fills up to `wanted` published people at least; returns how many there are now.

    Raises CommandError in any database but the embedded one, and where it holds nobody to copy.
    """
    if not settings.DEMO_DATA_ALLOWED:
        raise CommandError("People are multiplied in the embedded database of make bench only.")
    there = prisoners.Prisoner.objects.published().count()
    if not there:
        raise CommandError("There is nobody to copy: load_demo comes first.")
    copies = ceil((wanted - there) / there)
    if copies > 0:
        _copy(copies, say)
    return prisoners.Prisoner.objects.published().count()


def _copy(copies: int, say: Callable[[str], Any]) -> None:
    tables = list(_tables())
    step = _step(tables)
    with transaction.atomic(), connection.cursor() as cursor:
        # Keys are checked at once: a table with checks still to come cannot be altered.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for model in tables:
            table = model._meta.db_table
            say(f"  {copies} copies of {table} …")
            # Neither history nor a version for each row: nobody reads them here.
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
            cursor.execute(_copying(model, tables, step), {"copies": copies, **_name_parts()})
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM \"{table}\"))"  # noqa: S608
            )
    say("  what the filters know of them …")
    for derived in derived_tables():
        rebuild(derived)
    say("  what is searched …")
    call_command("rebuild_search", verbosity=0, stdout=StringIO())
    _tidy()


def _tidy() -> None:
    """What a database does by itself in the course of an hour, so that it is planned for what is there."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _tables() -> Iterator[type[models.Model]]:
    """The person and every public table of theirs, a table before those that point at it.

    Statements too, or one would be shared by a thousand people, which none is in life.
    """
    roots: list[type[models.Model]] = [prisoners.Prisoner, prisoners.Statement]
    yield from roots
    public = [each for each in apps.get_app_config("prisoners").get_models() if getattr(each, "PUBLIC", None)]
    belonging = [model for model in public if _links(model, roots)] + [prisoners.Citation]
    yield from sorted(dict.fromkeys(belonging), key=lambda each: len(_links(each, belonging)))


def _links(model: type[models.Model], to: list[type[models.Model]]) -> list[str]:
    """The columns by which a table points at others of these."""
    fields: list[Any] = list(model._meta.local_concrete_fields)
    return [field.column for field in fields if field.is_relation and field.related_model in to]


def _step(tables: list[type[models.Model]]) -> int:
    highest = max(model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0 for model in tables)
    return max(_ROOM, highest + 1)


def _copying(model: type[models.Model], tables: list[type[models.Model]], step: int) -> str:
    """The statement that copies a table's rows; names of tables and columns are the models' own."""
    moved = {model._meta.pk.column, *_links(model, tables)}
    own = _of_a_person(step) if model is prisoners.Prisoner else _of_a_detail()
    fields: list[Any] = [field for field in model._meta.local_concrete_fields if not field.generated]
    columns = [field.column for field in fields]
    values = [
        f'r."{column}" + n * {step}' if column in moved else own.get(column, f'r."{column}"')
        for column in columns
    ]
    names = ", ".join(f'"{column}"' for column in columns)
    return (
        f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT {", ".join(values)}'  # noqa: S608
        f' FROM "{model._meta.db_table}" r, generate_series(1::bigint, %(copies)s) n WHERE {_condition(model)}'
    )


def _condition(model: type[models.Model]) -> str:
    """Rows of published people; what is not verified too, since verified rows may point at it."""
    if model is prisoners.Prisoner:
        return "r.state = 'published'"
    if model is prisoners.Statement:
        return "true"
    of_people = f"({getattr(model, 'PUBLIC_WHEN', PRISONER_IS_PUBLIC)})".replace("%", "%%")
    return f"{of_people} AND r.facility_id IS NULL" if model is prisoners.Citation else of_people


def _of_a_person(step: int) -> dict[str, str]:
    """A new address and a new surname; who is shown by initials or described keeps what stands there."""
    found = {"slug": f"left(r.slug, 70) || '-n' || (r.id + n * {step})"}
    for language in LANGUAGES:
        column = in_language("surname", language)
        found[column] = _surname(column, language)
    filled = ", ".join(f"nullif({found[in_language('surname', language)]}, '')" for language in LANGUAGES)
    found["surname"] = f"coalesce({filled}, '')"
    return found


def _surname(column: str, language: str) -> str:
    chosen = "(r.id * 7919 + n * 104729)"
    first = f"(%(first_{language})s::text[])[1 + {chosen} %% cardinality(%(first_{language})s::text[])]"
    second = (
        f"(%(second_{language})s::text[])[1 + {chosen} / 97 %% cardinality(%(second_{language})s::text[])]"
    )
    his, hers = _ENDINGS[language]
    ending = f"CASE r.gender WHEN 'f' THEN '{hers}' ELSE '{his}' END"
    return f'CASE WHEN r."{column}" = \'\' OR r.initials_only THEN r."{column}" ELSE {first} || {second} || {ending} END'


def _of_a_detail() -> dict[str, str]:
    """Columns that stand once in their table: the files of a photo, a number in another database."""
    return {"stem": "left(md5(r.stem || n), 24)", "value": "r.value || '-' || n"}


def _name_parts() -> dict[str, list[str]]:
    parts = {f"first_{language}": first for language, (first, _second) in _SYLLABLES.items()}
    return parts | {f"second_{language}": second for language, (_first, second) in _SYLLABLES.items()}
