"""An empty database filled at once: the same names, filters and search as row by row, and every guard on."""

from contextlib import nullcontext

import pytest
from django.core.management import call_command
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.transaction import TransactionManagementError

from cases.models import PublishedCase, PublishedPerson
from memorial.base.acting import acting
from memorial.base.bulk_loading import made_at_the_end
from memorial.base.models import ContentVersion, HistoryEntry
from memorial.demo import loading
from memorial.management.commands.load_demo import ACTOR
from memorial.search.models import SearchEntry
from prisoners.models import Prisoner, PublishedName
from tests.factories import PrisonerFactory

pytestmark = pytest.mark.django_db
PEOPLE = 40
MANY = 40
SLEEPING = "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'O'"


def number(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def loaded():
    """What names, filters and search know of a few invented people, by addresses: numbers differ each time."""
    point = transaction.savepoint()
    with acting(ACTOR, "a trial"), loading.files_removed_on_failure() as made:
        loading.load_people(PEOPLE, 1, made)
        found = known()
    transaction.savepoint_rollback(point)
    return found


def known():
    slugs = dict(Prisoner.objects.values_list("pk", "slug"))
    traits = [
        (row.pk if model is PublishedCase else slugs[row.pk], sorted(row.traits), row.dated, row.dated_from)
        for model in (PublishedPerson, PublishedCase)
        for row in model.objects.all()
    ]
    names = PublishedName.objects.values_list("person_id", "kind", "language", "text", "key", "loose")
    texts = SearchEntry.objects.values_list(
        "kind", "language", "url_key", "title", "body", "on_day", "vector"
    )
    return {
        "people": sorted(row for row in traits if isinstance(row[0], str)),
        "cases": sorted(row[1:] for row in traits if not isinstance(row[0], str)),
        "names": sorted((slugs[person], *rest) for person, *rest in names),
        "texts": sorted(map(str, texts)),
    }


@pytest.fixture
def vocabularies(monkeypatch):
    for module in ("memorial.demo.drawings", "prisoners.actions.show_photos"):
        monkeypatch.setattr(f"{module}.make_public_sizes", lambda *_given: None)
    for command in ("seed_vocabularies", "seed_articles", "seed_glossary", "seed_item_kinds"):
        call_command(command, verbosity=0)


def test_made_at_the_end_is_what_triggers_make(vocabularies, monkeypatch):
    at_the_end = loaded()
    monkeypatch.setattr(loading, "made_at_the_end", lambda **_given: nullcontext())
    row_by_row = loaded()
    assert {of for of, rows in row_by_row.items() if rows} == {"people", "cases", "names", "texts"}
    for of, rows in row_by_row.items():
        assert at_the_end[of] == rows, of


def test_only_what_is_made_of_other_rows_waits():
    with acting(ACTOR, "a trial"), made_at_the_end(empty=Prisoner):
        person = PrisonerFactory()
        assert not PublishedPerson.objects.exists()
        assert not PublishedName.objects.exists()
        assert HistoryEntry.objects.filter(table="prisoners_prisoner", row=str(person.pk)).exists()
        assert ContentVersion.objects.exists()
        with pytest.raises(IntegrityError), transaction.atomic():
            PrisonerFactory(born=None, state="nonsense")
    assert PublishedPerson.objects.get().pk == person.pk
    assert PublishedName.objects.filter(person_id=person.pk).exists()
    assert SearchEntry.objects.filter(kind="prisoner", object_id=person.pk).exists()
    assert number(SLEEPING) == 0


def test_never_beside_people():
    PrisonerFactory()
    with pytest.raises(ValueError, match="prisoners_prisoner"), made_at_the_end(empty=Prisoner):
        pass
    assert number(SLEEPING) == 0


def try_as(role):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {role}")
        with made_at_the_end(empty=Prisoner):
            pass


@pytest.mark.parametrize("role", ["staff_rw", "site_ro"])
def test_no_web_role_may(role):
    with pytest.raises(ProgrammingError, match="must be owner"):
        try_as(role)
    assert number(SLEEPING) == 0


def fail():
    with transaction.atomic(), made_at_the_end(empty=Prisoner):
        assert number(SLEEPING) > MANY
        raise RuntimeError


def test_an_error_wakes_every_trigger():
    with pytest.raises(RuntimeError):
        fail()
    assert number(SLEEPING) == 0


@pytest.mark.django_db(transaction=True)
def test_never_without_a_transaction():
    with pytest.raises(TransactionManagementError), made_at_the_end(empty=Prisoner):
        pass
