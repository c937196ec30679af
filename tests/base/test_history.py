"""The history of edits: every path of writing leaves its entry, and nobody can take one away."""

import json
from datetime import date
from threading import Thread

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction
from django.db.models import F
from psycopg.errors import InsufficientPrivilege

from memorial.base.acting import acting, because, command_actor, staff_actor
from memorial.base.database import keeps_history, our_tables
from memorial.base.models import HistoryEntry
from memorial.base.partial_date import PartialDate
from memorial.staff.models import User
from prisoners.models import Consent, Prisoner, PrisonerTheme, Stay, Theme
from tests.factories import CitationFactory, PrisonerFactory, StayFactory

pytestmark = pytest.mark.django_db


def entries(row, operation: str | None = None) -> list[HistoryEntry]:
    found = HistoryEntry.objects.filter(table=row._meta.db_table, row=str(row.pk)).order_by("id")
    return [entry for entry in found if operation in (None, entry.operation)]


def sql(statement: str, *params: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


@pytest.fixture
def person() -> Prisoner:
    return PrisonerFactory(slug="first", surname_ru="Горинцев", surname_en="Gorintsev")


# --- Each path of writing -----------------------------------------------------------------------


def test_create_keeps_the_whole_row_with_every_language(person):
    [entry] = entries(person)
    assert (entry.operation, entry.before) == ("I", None)
    assert set(entry.after) == {field.column for field in Prisoner._meta.concrete_fields}
    assert (entry.after["surname_ru"], entry.after["surname_en"]) == ("Горинцев", "Gorintsev")
    assert entry.after["born"] == "1987-10-02"


def test_save_keeps_only_what_changed(person):
    person.summary_en = "Another line."
    person.save()
    [entry] = entries(person, "U")
    assert entry.before == {"summary_en": "A student of hydrology. 13 years for a transfer to a fund."}
    assert entry.after == {"summary_en": "Another line."}


def test_update_of_a_queryset_leaves_one_entry_for_each_row(person):
    other = PrisonerFactory()
    Prisoner.objects.update(sentence_ru="7 лет")
    for row in (person, other):
        [entry] = entries(row, "U")
        assert entry.before == {"sentence_ru": "", "sentence": ""}
        assert entry.after == {"sentence_ru": "7 лет", "sentence": "7 лет"}


def test_bulk_create():
    made = Theme.objects.bulk_create([Theme(code=f"t-{n}", label_ru=f"Тема {n}") for n in range(3)])
    for row in made:
        [entry] = entries(row)
        assert (entry.operation, entry.after["label_ru"]) == ("I", row.label_ru)


def test_bulk_update(person):
    other = PrisonerFactory(slug="second")
    person.slug, other.slug = "third", "fourth"
    Prisoner.objects.bulk_update([person, other], ["slug"])
    assert [entries(row, "U")[0].before["slug"] for row in (person, other)] == ["first", "second"]
    assert [entries(row, "U")[0].after["slug"] for row in (person, other)] == ["third", "fourth"]


def test_bulk_create_that_updates_conflicts():
    Theme.objects.create(code="anti-war", label_ru="Антивоенное")
    Theme.objects.bulk_create(
        [Theme(code="anti-war", label_ru="Против войны")],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["label_ru"],
    )
    [entry] = entries(Theme.objects.get(code="anti-war"), "U")
    assert entry.after["label_ru"] == "Против войны"


def test_update_or_create_and_expressions():
    theme, _made = Theme.objects.update_or_create(code="a", defaults={"order": 1})
    Theme.objects.filter(pk=theme.pk).update(order=F("order") + 1)
    assert [(e.before, e.after) for e in entries(theme, "U")] == [({"order": 1}, {"order": 2})]


def test_raw_sql(person):
    sql("UPDATE prisoners_prisoner SET summary_ru = 'из psql' WHERE id = %s", person.pk)
    [entry] = entries(person, "U")
    assert entry.after["summary_ru"] == "из psql"


def test_a_many_to_many_table_that_django_made_by_itself(editor):
    from django.contrib.auth.models import Group

    group = Group.objects.create(name="translators")
    editor.groups.add(group)
    editor.groups.remove(group)
    found = HistoryEntry.objects.filter(table="staff_user_groups").order_by("id")
    assert [entry.operation for entry in found] == ["I", "D"]
    assert found[0].after["group_id"] == found[1].before["group_id"] == group.pk


def test_deleting_a_person_leaves_what_went_with_them(person):
    stay = StayFactory(prisoner=person)
    link = PrisonerTheme.objects.create(prisoner=person, theme=Theme.objects.create(code="a"))
    citation = CitationFactory(prisoner=None, stay=stay)
    gone = [(row._meta.db_table, str(row.pk)) for row in (citation, link, stay, person)]
    with acting("staff:7", "entered twice"):
        person.delete()
    for table, key in gone:
        entry = HistoryEntry.objects.get(table=table, row=key, operation="D")
        assert (entry.actor, entry.reason, entry.after) == ("staff:7", "entered twice", None)
        assert str(entry.before["id"]) == key


def test_every_table_that_keeps_history_can_be_found_by_its_row():
    """`row` is text and the key's column is named to the trigger: no table has a composite key."""
    for model in our_tables():
        if keeps_history(model):
            assert model._meta.pk.column, model


# --- What is in an entry and what is not -----------------------------------------------------------


def test_a_change_of_the_version_alone_is_no_edit(person):
    before = person.version
    sql("UPDATE prisoners_prisoner SET slug = slug WHERE id = %s", person.pk)
    person.refresh_from_db()
    assert person.version == before + 1
    assert entries(person, "U") == []


def test_the_version_is_not_among_what_changed(person):
    Prisoner.objects.update(slug="b")
    [entry] = entries(person, "U")
    assert "version" not in entry.before | entry.after


def test_an_update_with_nothing_new_leaves_nothing():
    theme = Theme.objects.create(code="a")
    theme.save()
    assert len(entries(theme)) == 1


def test_computed_days_are_in_the_history(person):
    stay = StayFactory(prisoner=person)
    Stay.objects.filter(pk=stay.pk).update(began=PartialDate.parse("2022"))
    [entry] = entries(stay, "U")
    assert entry.before["began"] == "2023-03-14"
    assert entry.after["began"] == "2022"
    assert entry.after["began_earliest"] == "2022-01-01"


def test_a_password_and_a_sign_in_are_never_in_the_history(editor):
    editor.set_password("a new one, 31 letters of secrecy")
    editor.save()
    User.objects.filter(pk=editor.pk).update(password="by SQL", last_login="2026-01-01T00:00Z")
    assert entries(editor, "U") == []
    for entry in entries(editor):
        assert not {"password", "last_login"} & set((entry.after or {}) | (entry.before or {}))
        assert "pbkdf2" not in json.dumps([entry.before, entry.after])
    editor.is_active = False
    editor.set_password("another")
    editor.save()
    [entry] = entries(editor, "U")
    assert (entry.before, entry.after) == ({"is_active": True}, {"is_active": False})


def test_null_and_empty_are_told_apart(person):
    stay = StayFactory(prisoner=person)
    Stay.objects.filter(pk=stay.pk).update(began=None)
    [entry] = entries(stay, "U")
    assert entry.after["began"] is None
    assert "began" in entry.after


def test_the_entries_of_one_transaction_share_its_number(person):
    person.slug = "b"
    person.save()
    StayFactory(prisoner=person)
    assert HistoryEntry.objects.values("transaction").distinct().count() == 1


# --- Who and why -----------------------------------------------------------------------------------


def test_actor_and_reason_stand_beside_the_change(person):
    with acting(staff_actor(17), "a typing error"):
        Prisoner.objects.update(slug="b")
    [entry] = entries(person, "U")
    assert (entry.actor, entry.reason, entry.database_role) == ("staff:17", "a typing error", "owner")


def test_without_an_actor_the_entry_says_so_and_names_the_database_role(person):
    [entry] = entries(person)
    assert (entry.actor, entry.reason, entry.database_role) == ("", "", "owner")


def test_acting_inside_acting_gives_way_again(person):
    with acting(command_actor("import"), "a list"):
        Prisoner.objects.update(slug="b")
        with acting("staff:1", "by hand"):
            Prisoner.objects.update(slug="c")
        with because("moved"):
            Prisoner.objects.update(slug="d")
        Prisoner.objects.update(slug="e")
    Prisoner.objects.update(slug="f")
    assert [(e.actor, e.reason) for e in entries(person, "U")] == [
        ("command:import", "a list"),
        ("staff:1", "by hand"),
        ("command:import", "moved"),
        ("command:import", "a list"),
        ("", ""),
    ]


def test_acting_ends_with_an_exception(person):
    with pytest.raises(KeyError), acting("staff:1", "x"):
        raise KeyError
    Prisoner.objects.update(slug="b")
    assert entries(person, "U")[0].actor == ""


def test_acting_survives_a_savepoint_that_was_rolled_back(person):
    with acting("staff:1", "outer"):
        with pytest.raises(IntegrityError), transaction.atomic(), acting("staff:2", "inner"):
            Prisoner.objects.filter(pk=person.pk).update(state="nonsense")
        Prisoner.objects.update(slug="b")
    Prisoner.objects.update(slug="c")
    assert [(e.actor, e.reason) for e in entries(person, "U")] == [("staff:1", "outer"), ("", "")]


def test_the_databases_own_error_comes_through_acting(person):
    """Raw SQL breaks the transaction without Django's noticing; the way out must not hide why."""
    with pytest.raises(IntegrityError), transaction.atomic(), acting("staff:1"):
        sql("UPDATE prisoners_prisoner SET state = 'nonsense'")
    Prisoner.objects.update(slug="b")
    assert entries(person, "U")[0].actor == ""


def test_a_long_actor_is_cut_and_does_not_stop_the_edit(person):
    with acting("x" * 500):
        Prisoner.objects.update(slug="b")
    assert entries(person, "U")[0].actor == "x" * 80


# --- Nobody can change it --------------------------------------------------------------------------

CHANGES = [
    "UPDATE base_historyentry SET actor = 'somebody else'",
    "DELETE FROM base_historyentry",
    "TRUNCATE base_historyentry",
]


@pytest.mark.parametrize("role", ["site_ro", "staff_rw", "owner"])
@pytest.mark.parametrize("change", CHANGES)
def test_no_role_can_change_an_entry(person, role, change, as_role):
    """The web roles lack the right; the owner meets the trigger."""
    before = list(HistoryEntry.objects.values())
    with as_role(role):
        with pytest.raises(ProgrammingError) as caught, transaction.atomic():
            sql(change)
        assert isinstance(caught.value.__cause__, InsufficientPrivilege)
    assert list(HistoryEntry.objects.values()) == before


@pytest.mark.parametrize("table", ["base_historyentry", "base_contentversion"])
def test_staff_cannot_write_history_or_content_version_themselves(table, as_role):
    with as_role("staff_rw"), pytest.raises(ProgrammingError), transaction.atomic():
        sql(f"INSERT INTO {table} DEFAULT VALUES")


def test_no_table_with_history_can_be_emptied_past_it():
    for model in our_tables():
        if keeps_history(model):
            with pytest.raises(DatabaseError, match="would leave no history"), transaction.atomic():
                sql(f'TRUNCATE "{model._meta.db_table}" CASCADE')


def test_what_staff_write_is_recorded_though_they_cannot_write_the_history(person, as_role):
    with as_role("staff_rw"), acting("staff:3", "spelling"):
        Prisoner.objects.update(slug="b")
        Consent.objects.create(
            prisoner=person, scope="photo", by="person", how="letter", given_on=date(2026, 1, 2)
        )
    assert entries(person, "U")[0].actor == "staff:3"
    assert HistoryEntry.objects.filter(table="prisoners_consent", actor="staff:3").count() == 1


# --- Two connections -------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_connections_do_not_share_an_actor():
    person = PrisonerFactory()

    def in_another_thread() -> None:
        try:
            Prisoner.objects.filter(pk=person.pk).update(slug="from-the-other")
        finally:
            connection.close()

    with acting("staff:1", "here"):
        thread = Thread(target=in_another_thread)
        thread.start()
        thread.join()
        Prisoner.objects.filter(pk=person.pk).update(slug="from-here")
    assert [(e.after["slug"], e.actor) for e in entries(person, "U")] == [
        ("from-the-other", ""),
        ("from-here", "staff:1"),
    ]


@pytest.mark.django_db(transaction=True)
def test_acting_around_transactions_of_its_own():
    person = PrisonerFactory()
    with acting("staff:1", "outside"):
        with transaction.atomic():
            Prisoner.objects.filter(pk=person.pk).update(slug="b")
        with pytest.raises(IntegrityError), transaction.atomic():
            Prisoner.objects.filter(pk=person.pk).update(state="nonsense")
        Prisoner.objects.filter(pk=person.pk).update(slug="c")
    assert [(e.after["slug"], e.actor) for e in entries(person, "U")] == [("b", "staff:1"), ("c", "staff:1")]
