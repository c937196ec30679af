"""The generated world in the database: what the querysets say is what plain SQL counts, and every guard has seen it."""

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection

from memorial.base.models import HistoryEntry
from memorial.base.photos import public_names, public_storage, remove_public_sizes
from memorial.demo.figures import AS_OF, published_of
from memorial.demo.institutions import institutions
from prisoners.actions.find_name import own_texts_tell_name
from prisoners.choices import LibertyStatus
from prisoners.models import Facility, Photo, Prisoner
from prisoners.obstacles import READ_FOR_OBSTACLES, publication_obstacles

PEOPLE = 120
IMPRISONED = """
    SELECT count(*) FROM prisoners_prisoner p WHERE p.state = 'published' AND EXISTS (
        SELECT 1 FROM prisoners_stay s WHERE s.prisoner_id = p.id AND s.ongoing AND NOT s.temporary
           AND s.verification <> 'unverified'
           AND s.reason NOT IN ('administrative_arrest', 'forced_labour', 'expulsion'))
    AND NOT EXISTS (SELECT 1 FROM prisoners_death d WHERE d.prisoner_id = p.id)"""
RECOGNISED = """
    SELECT count(DISTINCT r.prisoner_id) FROM prisoners_recognition r JOIN prisoners_prisoner p ON p.id = r.prisoner_id
     WHERE p.state = 'published' AND r.decided_by = 'this_project' AND r.outcome = 'recognised'
       AND NOT EXISTS (SELECT 1 FROM prisoners_recognition w WHERE w.prisoner_id = r.prisoner_id
                       AND w.decided_by = 'this_project' AND w.outcome = 'withdrawn')"""
ENTERED = """
    SELECT count(*) FROM prisoners_prisoner p WHERE p.state = 'published' AND p.liberty_entered = %s
       AND NOT EXISTS (SELECT 1 FROM prisoners_stay s WHERE s.prisoner_id = p.id AND s.ongoing)
       AND NOT EXISTS (SELECT 1 FROM prisoners_endofcustody e WHERE e.prisoner_id = p.id)
       AND NOT EXISTS (SELECT 1 FROM prisoners_death d WHERE d.prisoner_id = p.id)"""


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def write_names_only(_original, stem):
    """Files without pictures: encoding them would be most of a load, and test_load_demo does."""
    for name in public_names(stem):
        public_storage().save(name, ContentFile(name.encode()))


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """120 people, loaded once for this module and rolled back after it."""
    from django.db import transaction
    from django.test import override_settings

    with (
        pytest.MonkeyPatch.context() as patch,
        django_db_blocker.unblock(),
        override_settings(DEMO_DATA_ALLOWED=True),
        transaction.atomic(),
    ):
        patch.setattr("memorial.demo.drawings.make_public_sizes", write_names_only)
        patch.setattr("prisoners.actions.show_photos.make_public_sizes", write_names_only)
        call_command("load_demo", people=PEOPLE, verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def world(demo, db):
    return Prisoner.objects


def test_so_many_people_as_asked(world):
    assert world.count() == PEOPLE
    assert world.published().count() == published_of(PEOPLE)


def test_figures_by_definition_are_those_of_plain_sql(world):
    people = world.published()
    assert people.imprisoned(AS_OF).count() == sql(IMPRISONED)[0][0] > 40
    assert people.recognised().count() == sql(RECOGNISED)[0][0] > 20
    liberty = list(people.with_liberty(AS_OF).values_list("liberty", flat=True))
    for status in (LibertyStatus.BEYOND_REACH, LibertyStatus.FATE_UNKNOWN):
        assert liberty.count(status) == sql(ENTERED, status.value)[0][0] > 0
    assert (
        liberty.count(LibertyStatus.DIED)
        == sql(
            "SELECT count(*) FROM prisoners_death d JOIN prisoners_prisoner p ON p.id = d.prisoner_id"
            " WHERE p.state = 'published'"
        )[0][0]
    )


def test_all_that_is_published_passes_its_obstacles(world):
    people = list(world.published().prefetch_related(*READ_FOR_OBSTACLES))
    assert {person.slug: found for person in people if (found := publication_obstacles(person))} == {}


def test_no_text_tells_a_name_that_was_moved_away(world):
    hidden = world.published().filter(initials_only=True)
    assert hidden
    assert not [person.slug for person in hidden if own_texts_tell_name(person)]


def test_every_row_is_in_the_history(world):
    inserted = HistoryEntry.objects.filter(
        table="prisoners_prisoner", operation="I", actor__startswith="command:load_demo"
    )
    assert set(map(int, inserted.values_list("row", flat=True))) >= set(world.values_list("pk", flat=True))


def test_generated_institutions_are_nowhere(world):
    added = Facility.objects.filter(slug__in=[each.slug for each in institutions()])
    assert added.count() == len(institutions()) > 80
    indexes = list(added.exclude(postal_index="").values_list("postal_index", flat=True))
    assert all(index.startswith("999") for index in indexes)
    assert len(set(indexes)) == len(indexes)


def test_hiding_one_drawing_leaves_the_others_their_files(world):
    shown = list(Photo.objects.exclude(stem=""))
    by_words: dict[str, list[Photo]] = {}
    for photo in shown:
        by_words.setdefault(photo.alt_ru, []).append(photo)
    first, second = max(by_words.values(), key=len)[:2]
    assert first.stem != second.stem
    bytes_before = [public_storage().open(name).read() for name in public_names(second.stem)]
    remove_public_sizes(first.stem)
    assert [public_storage().open(name).read() for name in public_names(second.stem)] == bytes_before
