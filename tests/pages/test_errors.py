import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import translation

from memorial.views import errors
from tests.factories import PrisonerFactory
from tests.pages.reading import links, words


class Blocked(Exception):
    """Somebody asked the database for something."""


@pytest.fixture
def no_database():
    """Every query raises; without the `db` mark pytest-django blocks new connections too."""

    def refuse(*_args):
        raise Blocked

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.parametrize(
    ("path", "said"), [("/ru/x/", "Такой страницы нет"), ("/en/x/", "There is no such page")]
)
def test_not_found_in_the_readers_language_without_a_database(no_database, path, said):
    response = errors.not_found(RequestFactory().get(path), exception=Exception("secret detail"))
    assert response.status_code == 404
    text = words(response)
    assert said in text
    assert "secret" not in text
    language = path[1:3]
    assert f'<html lang="{language}">' in response.content.decode()


@pytest.mark.parametrize(
    ("path", "said"), [("/ru/x/", "Что-то сломалось"), ("/en/x/", "Something went wrong")]
)
def test_failed_in_the_readers_language_without_a_database(no_database, path, said):
    response = errors.failed(RequestFactory().get(path))
    assert response.status_code == 500
    assert said in words(response)
    assert response.headers["Cache-Control"] == "no-store"


def test_failed_survives_a_broken_template(no_database, monkeypatch):
    def broken(*_args, **_kwargs):
        raise OSError

    monkeypatch.setattr(errors, "render_to_string", broken)
    assert errors.failed(RequestFactory().get("/en/")).status_code == 500


@pytest.mark.django_db
def test_a_failing_page_is_a_500_that_tells_nothing(monkeypatch):
    from prisoners.filters import list_view

    def fail(*_args):
        raise RuntimeError("a secret of the program")

    monkeypatch.setattr(list_view, "civil_date", fail)
    client = Client(raise_request_exception=False)
    response = client.get("/en/prisoners/")
    assert response.status_code == 500
    assert "Something went wrong" in words(response)
    assert "secret" not in response.content.decode()


@pytest.mark.django_db
def test_a_failing_database_is_a_503_page_that_says_when_to_come_again():
    from django.db import OperationalError

    def refuse(*_args):
        raise OperationalError("server closed the connection")

    client = Client(raise_request_exception=False)
    with connection.execute_wrapper(refuse):
        response = client.get("/ru/prisoners/")
        missing = client.get("/media/nothing-like-it")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert response.headers["Cache-Control"] == "no-store"
    assert "Сайт временно недоступен" in words(response)
    assert "server closed" not in response.content.decode()
    assert missing.status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    [
        "/ru/none/",
        "/ru/none",
        "/ru/prisoners/none/",
        "/ru/facilities/none/",
        "/ru/prisoners/Кириллица/",
        "/ru/prisoners/none/more/",
        "/ru/" + "x" * 3000 + "/",
        "/ru/%0d%0aX: y/",
    ],
)
def test_every_absent_page_is_the_same_bytes(reader, path):
    first = reader.get("/ru/absent/")
    response = reader.get(path)
    assert response.status_code == 404
    assert (response.content, response.headers) == (first.content, first.headers)


@pytest.mark.django_db
def test_the_404_page_links_only_to_pages_that_exist(reader):
    PrisonerFactory()
    response = reader.get("/ru/absent/")
    for link in links(response):
        if not link.startswith("#"):
            assert reader.get(link).status_code == 200, link
    assert not response.cookies
    assert "Vary" not in response.headers


@pytest.mark.django_db
def test_a_missing_slash_is_added_where_there_is_a_page(reader):
    answer = reader.get("/ru/prisoners")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/ru/prisoners/")
    assert reader.get("/ru/nothing").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/ru/", "/ru/prisoners/", "/ru/none/", "/", "/robots.txt", "/sitemap.xml"])
def test_nothing_is_posted_here(path):
    response = Client(enforce_csrf_checks=True).post(path, {"a": "b"})
    assert response.status_code == 405
    assert not response.cookies


def test_the_404_handler_takes_its_argument_by_name():
    with translation.override("en"):
        errors.not_found(request=RequestFactory().get("/en/"), exception=Exception())
