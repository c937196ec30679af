"""A page from its copy is the page that would be made; nobody but readers has one."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, models
from django.test import Client
from django.test.utils import CaptureQueriesContext

from memorial.base.database import our_tables, public_condition
from memorial.base.page_record import recorded
from memorial.copies import middleware
from memorial.copies.disk import CopiesOnDisk
from memorial.page_kinds import PAGES
from prisoners.models import Prisoner, Recognition
from tests.factories import PrisonerFactory, RecognitionFactory
from tests.pages import world

pytestmark = pytest.mark.django_db(transaction=True)
SHOWN = {"summary", "note", "name", "label", "text", "title", "what_happened", "alt"}


@pytest.fixture
def made(monkeypatch):
    """Grows with every page that a view has made."""
    asked = []

    def noted(watched=()):
        if watched:
            asked.append(1)
        return recorded(watched)

    monkeypatch.setattr(middleware, "recorded", noted)
    return asked


def same(one, other, address=""):
    """Whether two answers are the same bytes with the same headers."""
    assert one.status_code == other.status_code, address
    assert dict(one.items()) == dict(other.items()), address
    assert one.content == other.content, address


def some_pages() -> list[str]:
    """One address or two of each kind of page in both languages, and lists with parameters."""
    found = ["/ru/prisoners/?view=table&page=1", "/en/prisoners/?gender=f", "/ru/calendar/?month=2024-05"]
    for kind in PAGES:
        pages = [page for _number, page in zip(range(2), kind.pages(), strict=False)]
        found += [page.path(language) for page in pages for language in ("ru", "en")]
    return found


def test_the_second_reader_gets_the_copy_and_it_is_the_page(with_copies, without, made, copies):
    person = PrisonerFactory(surname_ru="Абзалин")
    for address in ("/ru/", "/ru/prisoners/", person.get_absolute_url(), "/en/search/"):
        fresh = without(address)
        assert fresh.status_code == 200
        same(with_copies.get(address), fresh)
        number = len(made)
        same(with_copies.get(address), fresh)
        assert with_copies.head(address).headers == fresh.headers
        assert len(made) == number, address
        copies.forget()  # what another process finds on disk
        same(with_copies.get(address), fresh)
        assert len(made) == number, address
    assert made


def edits(rng):
    """Changes of what readers see, model by model: a text of a row, a row gone, a row more."""
    for model in our_tables():
        if not public_condition(model) or (row := model._base_manager.order_by("pk").first()) is None:
            continue
        names = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField)
            and getattr(field, "translated_field", None) is not None
            and field.translated_field.name in SHOWN
        ]
        if names:
            word = f"иначе {rng.randrange(1000)}"
            yield lambda m=model, k=row.pk, n=names, w=word: m._base_manager.filter(pk=k).update(**{n[0]: w})
    yield lambda: Recognition.objects.order_by("?").first().delete()
    yield lambda: Prisoner.objects.published().last().delete()
    yield RecognitionFactory
    yield PrisonerFactory


@pytest.mark.slow
def test_whatever_is_edited_what_is_served_is_what_would_be_made(with_copies, without, made):
    for make in (world.sentenced, world.by_initials, world.civilian, world.released):
        make()
    rng = random.Random(46)
    addresses = some_pages()
    assert len(addresses) > 40
    for address in addresses:
        with_copies.get(address)
    number, asked, changes = len(made), 0, list(edits(rng))
    assert len(changes) > 12
    for change in changes:
        change()
        for address in rng.sample(addresses, 10):
            same(with_copies.get(address), without(address), address)
            asked += 1
    # After each change some of them come from a copy all the same: what they read has not changed.
    assert 0 < len(made) - number < asked


def test_an_edit_of_somebody_else_leaves_a_page_its_copy_and_an_own_one_is_seen(with_copies, without, made):
    person, other = PrisonerFactory(surname_ru="Абзалин"), PrisonerFactory(surname_ru="Бурмагин")
    address = person.get_absolute_url()
    with_copies.get(address)
    with_copies.get(address)
    made.clear()
    before = with_copies.get(address).headers["ETag"]
    Prisoner.objects.filter(pk=other.pk).update(summary_ru="иначе")
    after = with_copies.get(address)
    same(after, without(address))
    assert after.headers["ETag"] != before
    assert made == []
    Prisoner.objects.filter(pk=person.pk).update(summary_ru="Сказано иначе.")
    assert "Сказано иначе." in with_copies.get(address).content.decode()
    assert made == [1]


def test_a_304_and_a_copy_ask_the_version_and_nothing_else(with_copies, without):
    address = PrisonerFactory().get_absolute_url()
    etag = with_copies.get(address).headers["ETag"]
    bare = without(address, headers={"If-None-Match": etag})
    for headers in ({}, {"If-None-Match": etag}):
        with CaptureQueriesContext(connection) as asked:
            answer = with_copies.get(address, headers=headers)
        assert len(asked) == 1
        assert "base_contentversion" in asked[0]["sql"]
    assert answer.status_code == bare.status_code == 304
    assert set(answer.headers) | {"Content-Length", "Content-Type"} == set(bare.headers) | {
        "Content-Length",
        "Content-Type",
    }


def test_parameters_that_nobody_knows_make_no_page_of_their_own(with_copies, without, made, copies):
    address = PrisonerFactory().get_absolute_url()
    fresh = without(address)
    for number in range(5):
        assert with_copies.get(f"{address}?fbclid={number}").content == fresh.content
    same(with_copies.get(address), fresh)
    assert made == [1]
    assert len(copies._disk.files()) == 1


def test_hostile_parameters_fill_neither_disk_nor_memory(with_copies, copies, monkeypatch):
    PrisonerFactory()
    with_copies.get("/ru/prisoners/")
    copies._queries._most = 200_000
    for number in range(30):
        assert with_copies.get(f"/ru/prisoners/?{number}={'x' * 300}").status_code == 200
    assert copies._queries._bytes <= 200_000
    assert len(copies._disk.files()) == 1
    assert copies._memory.get("/ru/prisoners/") is not None
    # What is longer than any address of ours is made, and kept nowhere.
    assert with_copies.get(f"/ru/prisoners/?view={'x' * 600}").status_code == 200


def test_the_room_on_disk_has_an_end(tmp_path):
    from tests.copies.making import a_copy

    disk = CopiesOnDisk(tmp_path, most_bytes=100_000)
    for number in range(50):
        disk.put(a_copy(f"/ru/{number}/", body=b"x" * 10_000))
    disk.make_room()
    assert 5 <= len(disk.files()) < 10
    assert disk.get("/ru/49/") is not None


def test_a_file_that_is_not_whole_is_no_copy(tmp_path):
    from tests.copies.making import a_copy

    disk = CopiesOnDisk(tmp_path, most_bytes=100_000)
    disk.put(a_copy("/ru/", body=b"x" * 100))
    assert disk.get("/ru/") == a_copy("/ru/", body=b"x" * 100)
    (path,) = disk.files()
    content = path.read_bytes()
    for broken in (b"", content[:-1], content[:40], b"{}\n", b"[]\n", b"\0" * 50):
        path.write_bytes(broken)
        assert disk.get("/ru/") is None


def test_the_office_and_who_has_its_cookie_have_no_copies(with_copies, copies, editor, settings, made):
    with_copies.force_login(editor)
    assert with_copies.get("/admin/").status_code == 200
    assert copies._disk.files() == []
    # A browser never sends it to a public page; whoever does gets a page made for them alone.
    assert with_copies.get("/ru/").status_code == 200
    with_copies.cookies[settings.SESSION_COOKIE_NAME]["path"] = "/"
    assert Client(headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}=x"}).get("/ru/").status_code == 200
    assert made == []
    assert copies._disk.files() == []


@pytest.mark.parametrize(
    "address", ["/", "/ru/nowhere/", "/ru/search/?q=слово", "/healthz", "/readyz", "/ru/prisoners/export.csv"]
)
def test_what_is_no_public_page_has_no_copy(with_copies, copies, address):
    PrisonerFactory()
    b"".join(with_copies.get(address))  # the rows of a file are read under the role of its request
    assert copies._disk.files() == []
    assert copies._queries._bytes == copies._memory._bytes == 0


def test_a_strange_host_is_refused_as_ever(with_copies, without):
    with_copies.get("/ru/")
    same(
        with_copies.get("/ru/", headers={"Host": "evil.example"}),
        without("/ru/", headers={"Host": "evil.example"}),
    )


def test_twenty_readers_at_once_make_one_page(with_copies, made):
    address = PrisonerFactory().get_absolute_url()
    start = threading.Barrier(20)

    def ask(_number):
        start.wait(10)
        try:
            return Client().get(address).content
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as readers:
        pages = list(readers.map(ask, range(20)))
    assert len(set(pages)) == 1
    assert made == [1]
