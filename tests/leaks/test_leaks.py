"""Nothing hidden leaves the staff area: by introspection, over every page there is.

Markers stand in every field that is not PUBLIC and in every field of what
is not published; the whole site is walked; no marker may be anywhere. Then the same with other
hidden values: the public bytes may not change.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import connection, transaction
from django.test import Client

from memorial.base.database import all_tables, filled_by_database, our_tables
from memorial.base.publication import PublishedQuerySet
from memorial.middleware import DatabaseRoleMiddleware
from prisoners.models import StayPrivate
from tests.factories import DraftFactory, FacilityFactory, RegionFactory, StayFactory
from tests.leaks import planted_urls
from tests.leaks.crawl import Answer, Walk, fetch, in_every_language, patterns, values_of, walk
from tests.leaks.markers import PREFIX, found_markers
from tests.leaks.world import World, hidden_fields, make_world, pack_the_world

pytestmark = pytest.mark.django_db

EXPECTED = {
    "old-address": 301,
    "old-address-without-language": 301,
    "choose-language": 302,
    "api-nothing": 404,
}
"""What a pattern answers at least once; 200 where nothing is said."""
CHANGES_WITH_THE_WORLD = {"ETag", "Last-Modified"}
"""Made of the content version, whose own tests say when it moves (tests/base/test_content_version.py)."""


@pytest.fixture(autouse=True)
def one_day() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def world(one_day) -> World:
    return make_world(1)


def leaks(answers: Iterator[Answer] | list[Answer], world: World) -> list[str]:
    """A sentence for each marker that an answer holds."""
    return [
        f"{answer.path} ({answer.status}) shows {marker}: {world.placed.get(marker, 'a hidden figure')}"
        for answer in answers
        for marker in sorted(found_markers(answer.parts(), world.placed))
    ]


# --- The walk --------------------------------------------------------------------------------------


def test_no_marker_is_anywhere(client, world):
    pack_the_world()
    done = walk(client, world)
    assert leaks(list(done.answers.values()), world) == []
    assert_it_was_a_walk(done, world)


def assert_it_was_a_walk(done: Walk, world: World) -> None:
    """Guards against passing on nothing."""
    statuses = {answer.status for answer in done.answers.values()}
    assert statuses <= {200, 301, 302, 404}, {
        a.path: a.status for a in done.answers.values() if a.status > 404
    }
    assert len(done.answers) >= 80
    assert len(done.with_status(200)) >= 20
    assert len(done.with_status(404)) >= 40
    assert len(world.placed) >= 380
    for pattern in patterns():
        wanted = EXPECTED.get(pattern.name, 200)
        answered = {answer.route for answer in done.with_status(wanted)}
        assert any(route == pattern.route or route.endswith(pattern.route) for route in answered) or any(
            _same_route(pattern.route, route) for route in answered
        ), f"{pattern.name} never answered {wanted}"
    shown = b"".join(answer.body for answer in done.with_status(200)).decode("utf-8", "replace")
    shown = shown.replace("\u00a0", " ")
    for word in ("Горинцев", "Gorintsev", "Слово о summary_ru", "Слово о note_ru"):
        assert word in shown, f"the public part of the world is not shown: {word}"


def _same_route(pattern: str, route: str) -> bool:
    """Routes below a language prefix, which the resolver writes in the language of the moment."""
    return re.sub(r"^(ru|en)/", "", pattern) == re.sub(r"^(ru|en)/", "", route)


def test_every_hidden_field_of_every_model_holds_a_marker(world):
    places = {place.partition(" ")[0] for place in world.placed.values()}
    missing = {
        name for model in our_tables() if not filled_by_database(model) for name in hidden_fields(model)
    } - places
    assert missing == set()
    assert {
        "prisoners.PrisonerPrivate.moved_names",
        "staff.User.email",
        "staff.StaffSession.session_data",
    } <= places
    assert {
        "prisoners.Prisoner.surname_en",
        "prisoners.Facility.street",
        "prisoners.Citation.title",
    } <= places


def test_every_table_has_rows_in_the_world(world):
    for model in all_tables():
        assert model._base_manager.exists(), f"{model._meta.label} is empty: nothing of it could leak"


# --- Hidden is absent ------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "head", "post", "options"])
def test_what_is_hidden_answers_exactly_like_what_is_absent(client, world, method):
    compared, different = compare_hidden_with_absent(client, world, method)
    assert different == []
    assert compared >= 20


def compare_hidden_with_absent(client: Client, world: World, method: str) -> tuple[int, list[str]]:
    """How many hidden objects were asked for, and where the answer told one from nothing."""
    compared, different = 0, []
    for pattern in patterns():
        for position, argument in enumerate(pattern.arguments):
            pool = values_of(argument, world)
            others = [values_of(name, world).shown[0] for name in pattern.arguments]
            for hidden in pool.hidden:
                pair = [
                    in_every_language(pattern, [*others[:position], value, *others[position + 1 :]])
                    for value in (hidden, pool.absent[0])
                ]
                for hidden_path, absent_path in zip(*pair, strict=True):
                    compared += 1
                    if _by(client, method, hidden_path) != _by(client, method, absent_path):
                        different.append(f"{method} {hidden_path}")
    return compared, different


def test_a_condition_in_the_request_does_not_tell_hidden_from_absent(client, world):
    hidden, absent = f"/ru/prisoners/{world.hidden[0].slug}/", "/ru/prisoners/nobody-ever/"
    for headers in (
        {"If-None-Match": "*"},
        {"If-Modified-Since": "Mon, 01 Jan 2035 00:00:00 GMT"},
        {"Range": "bytes=0-9"},
    ):
        found, expected = (client.get(path, headers=headers) for path in (hidden, absent))
        for response in (found, expected):
            # Made of the address that was asked for, of whatever stands there.
            response.headers.pop("ETag", None)
        assert (found.status_code, found.content) == (expected.status_code, expected.content)
        assert dict(found.headers) == dict(expected.headers)


def _by(client: Client, method: str, path: str) -> tuple:
    response = getattr(client, method)(path)
    body = b"".join(response) if response.streaming else response.content
    return response.status_code, sorted(response.headers.items()), body


def test_a_region_with_only_hidden_people_answers_like_one_with_nobody(client):
    """A region is no secret; that we know of somebody there is."""
    answers = []
    for code, has_people in (("XX-AAA", True), ("XX-BBB", False)):
        region = RegionFactory(code=code, name_ru=f"Область {code}", name_en=f"Oblast {code}")
        if has_people:
            person = DraftFactory(region=region)
            StayFactory(prisoner=person, facility=FacilityFactory(region=region, state="draft"))
        found = fetch(client, f"/ru/regions/{code}/")
        answers.append((found.status, found.body.decode().replace(code, "").replace(code.lower(), "")))
    assert answers[0] == answers[1]


# --- Asking for a hidden word ----------------------------------------------------------------------


def test_asking_for_a_hidden_word_answers_like_any_other_word(client, world):
    """Every parameter of every kind of page: filters, searches, letters, sizes."""
    markers = sorted(world.placed)
    asked = 0
    # Another hidden word for each parameter, so that every kind of field has its turn.
    for turn, (path, name) in enumerate(_parameters(walk(client, world))):
        marker = markers[turn * 7 % len(markers)]
        word = f"{PREFIX}{secrets.randbelow(8000) + 1000}y"
        hidden, random = (fetch(client, f"{path}?{urlencode({name: said})}") for said in (marker, word))
        assert hidden.status == random.status < 500
        assert hidden.body.replace(marker.encode(), b"?") == random.body.replace(word.encode(), b"?")
        asked += 1
    assert asked >= 16


def _parameters(done: Walk) -> list[tuple[str, str]]:
    """What each kind of page can be asked, from its forms and links, and `q` everywhere: address and name."""
    found: dict[tuple[str, str], str] = {}
    for answer in done.with_status(200):
        path, _, query = answer.path.partition("?")
        named = {"q", *(pair.partition("=")[0] for pair in query.split("&") if pair), *_names(answer.body)}
        for name in named:
            found.setdefault((answer.route, name), path)
    return [(path, name) for (_route, name), path in sorted(found.items())]


def _names(body: bytes) -> list[str]:
    return re.findall(r"<(?:input|select)[^>]*\sname=\"([^\"]+)\"", body.decode("utf-8", "replace"))


# --- Another hidden world --------------------------------------------------------------------------


def test_other_hidden_values_change_no_public_byte(client):
    first, second = (_walk_of_world(client, number) for number in (1, 2))
    assert len(first) >= 20
    assert first.keys() == second.keys()
    assert _changed(first, second) == []


def _changed(first: dict[str, tuple], second: dict[str, tuple]) -> list[str]:
    return [path for path in first.keys() & second.keys() if first[path] != second[path]]


def _walk_of_world(client: Client, number: int, start: list[str] | None = None) -> dict[str, tuple]:
    """The public answers of a world that is gone again afterwards; hidden addresses are left out."""
    from django.core.cache import cache

    with _numbered_from(1_000_000), transaction.atomic():
        cache.clear()
        world = make_world(number)
        if start is None:
            pack_the_world()
        done = walk(client, world, start=start)
        transaction.set_rollback(True)
    return {
        answer.path: (
            answer.status,
            [pair for pair in answer.headers if pair[0] not in CHANGES_WITH_THE_WORLD],
            answer.body,
        )
        for answer in done.with_status(200)
    }


@contextmanager
def _numbered_from(number: int) -> Iterator[None]:
    """New rows have the same numbers in every world; a sequence goes on afterwards where it was: other tests count."""
    with connection.cursor() as cursor:
        names = []
        for model in our_tables():
            cursor.execute(
                "SELECT pg_get_serial_sequence(%s, %s)", [f'"{model._meta.db_table}"', model._meta.pk.column]
            )
            names += [name for (name,) in cursor.fetchall() if name]
        before = []
        for name in names:
            cursor.execute(f"SELECT last_value, is_called FROM {name}")
            before.append((name, *cursor.fetchone()))
            cursor.execute("SELECT setval(%s, %s)", [name, number])
        try:
            yield
        finally:
            for state in before:
                cursor.execute("SELECT setval(%s, %s, %s)", state)


# --- A scanner that finds nothing proves nothing ---------------------------------------------------


@pytest.fixture
def planted(monkeypatch, settings):
    """The site with faults in it, none of which is switched on."""
    settings.ROOT_URLCONF = "tests.leaks.planted_urls"
    for name in planted_urls.said:
        monkeypatch.setitem(planted_urls.said, name, "")
    return planted_urls


@pytest.mark.parametrize("fault", planted_urls.FAULTS)
def test_a_planted_marker_is_found_however_it_is_written(client, world, planted, fault):
    marker = sorted(world.placed)[len(fault)]
    planted.said |= {"fault": fault, "word": marker}
    answers = [fetch(client, "/planted/")]
    if fault == "only behind a link":
        answers = [walk(client, world, start=["/planted/"]).answers["/behind/"]]
    found = leaks(answers, world)
    assert found
    assert (
        "a hidden figure" in found[0]
        if fault.startswith("a hidden day")
        else world.placed[marker] in found[0]
    )


def test_the_planted_site_without_a_fault_passes(client, world, planted):
    assert leaks([fetch(client, path) for path in ("/planted/", "/behind/", "/ru/")], world) == []


def test_a_page_that_tells_hidden_from_absent_is_found(client, world, planted, monkeypatch):
    monkeypatch.setattr(planted, "hidden_slugs", {world.hidden[0].slug})
    _compared, different = compare_hidden_with_absent(client, world, "get")
    assert different == [f"get /told/{world.hidden[0].slug}/"] * 2


def test_a_figure_made_of_hidden_rows_is_found(client, planted):
    planted.said |= {"fault": "counts", "word": "1"}
    pages = ["/counts/", "/ru/", "/sitemap.xml"]
    first = _walk_of_world(client, 1, pages)
    planted.said["word"] = "2"
    assert _changed(first, _walk_of_world(client, 2, pages)) == ["/counts/"]


def test_a_forgotten_published_shows_nothing_because_the_database_keeps_drafts_back(
    client, world, monkeypatch
):
    monkeypatch.setattr(PublishedQuerySet, "published", lambda self: self.all())
    done = walk(client, world)
    assert leaks(list(done.answers.values()), world) == []


def test_a_forgotten_published_is_found_where_the_database_does_not_help(client, world, monkeypatch):
    """The same fault in a process that is not the public role's."""
    monkeypatch.setattr(PublishedQuerySet, "published", lambda self: self.all())
    monkeypatch.setattr(DatabaseRoleMiddleware, "__call__", lambda self, request: self.get_response(request))
    found = leaks(list(walk(client, world).answers.values()), world)
    assert any("prisoners.Prisoner.surname_ru" in leak for leak in found)
    assert any("prisoners.Facility.name_ru" in leak for leak in found)
    assert any("draft" in leak for leak in found)
    assert any("withdrawn" in leak for leak in found)


def test_a_pattern_that_never_answers_is_found(client, world, planted):
    with pytest.raises(AssertionError, match="told never answered 200"):
        assert_it_was_a_walk(walk(client, world), world)


# --- A place that is concealed ---------------------------------------------------------------------


@pytest.mark.parametrize("shown", ["region_only", "no"])
def test_a_concealed_place_is_named_neither_with_the_person_nor_with_the_place(client, shown):
    """Both have pages; that they belong together is the secret."""
    place = FacilityFactory(slug="ik-concealed", name_ru="ИК-Тайная", region=None)
    stay = StayFactory(facility=None, public=shown, prisoner__slug="somebody", prisoner__surname_ru="Некто")
    StayPrivate.objects.create(stay=stay, facility=place)
    person_page, place_page = (
        client.get(path).content.decode()
        for path in ("/ru/prisoners/somebody/", "/ru/facilities/ik-concealed/")
    )
    assert "Некто" in person_page
    assert "ИК-Тайная" in place_page
    assert "Тайная" not in person_page
    assert "ik-concealed" not in person_page
    assert "Некто" not in place_page
    assert "somebody" not in place_page
