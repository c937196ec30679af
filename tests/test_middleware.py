"""What happens to every request: languages, headers, cookies, database roles, broken text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path
from django.utils import translation

from memorial import middleware

ADMIN = f"/{settings.ADMIN_PATH}"
WHO = "SELECT current_user"


def who(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(WHO)
        return HttpResponse(cursor.fetchone()[0])


def streamed(request: HttpRequest) -> StreamingHttpResponse:
    def rows() -> Iterator[str]:
        for _ in range(2):
            with connection.cursor() as cursor:
                cursor.execute(WHO)
                yield cursor.fetchone()[0] + "\n"

    return StreamingHttpResponse(rows())


def broken(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    return HttpResponse()


def seen(request: HttpRequest) -> HttpResponse:
    parts = {
        "language": translation.get_language(),
        "has_session": hasattr(request, "session"),
        "has_user": hasattr(request, "user"),
        "method": request.method,
        "q": request.GET.get("q"),
    }
    return HttpResponse(repr(parts))


def nonce(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(request.csp_nonce))  # type: ignore[attr-defined]


def signed_in(request: HttpRequest) -> HttpResponse:
    request.session["visited"] = True
    return HttpResponse(str(request.user))


PUBLIC = {"who": who, "streamed": streamed, "broken": broken, "seen": seen, "nonce": nonce}


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse("none", status=404)


handler404 = not_found
urlpatterns = [
    *(
        path(f"{prefix}{name}/", view)
        for prefix in ("ru/", "en/", "", ADMIN[1:])
        for name, view in PUBLIC.items()
    ),
    path(f"{ADMIN[1:]}signed-in/", login_not_required(signed_in)),
]
# Where one process serves both, every request asks for its database role.
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def reader() -> Client:
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def facts(response: HttpResponse) -> dict[str, Any]:
    return eval(response.content)  # noqa: S307


# --- Cookies ----------------------------------------------------------------------------------


def test_a_public_page_has_no_session_user_cookie_or_vary(reader: Client) -> None:
    response = reader.get(
        "/ru/seen/", headers={"cookie": "memorial_session=x; csrftoken=y; django_language=en"}
    )
    assert facts(response) == {
        "language": "ru",
        "has_session": False,
        "has_user": False,
        "method": "GET",
        "q": None,
    }
    assert not response.cookies
    assert "Vary" not in response.headers


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Instead of the site's own page, whose links these addresses do not have."""
    return HttpResponse(reason, status=403)


@override_settings(CSRF_FAILURE_VIEW=refused)
def test_a_public_form_needs_no_token_and_a_staff_form_is_refused_without_one(reader: Client) -> None:
    assert reader.post("/en/seen/").status_code == 200
    assert reader.post(f"{ADMIN}seen/").status_code == 403


def test_the_office_has_a_session_whose_cookie_stays_in_the_office(reader: Client) -> None:
    response = reader.get(f"{ADMIN}signed-in/")
    assert response.content == b"AnonymousUser"
    cookie = response.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (ADMIN, True, "Strict")
    assert "Cookie" in response.headers["Vary"]


# --- Headers ----------------------------------------------------------------------------------


def test_a_public_page_may_do_nothing_but_what_is_its_own(reader: Client) -> None:
    headers = reader.get("/ru/seen/").headers
    policy = headers["Content-Security-Policy"].split("; ")
    assert policy == sorted(policy)
    assert {"default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'", "base-uri 'none'"} <= set(
        policy
    )
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "data:" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Strict-Transport-Security" not in headers


def test_the_office_may_frame_itself_names_itself_to_itself_and_is_kept_nowhere(reader: Client) -> None:
    headers = reader.get(f"{ADMIN}seen/").headers
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store, private"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"


def test_a_nonce_appears_in_the_office_s_policy_only_when_used(reader: Client) -> None:
    first, second = (reader.get(f"{ADMIN}nonce/") for _ in range(2))
    assert f"'nonce-{first.content.decode()}'" in first.headers["Content-Security-Policy"]
    assert first.content != second.content
    assert "nonce" not in reader.get(f"{ADMIN}seen/").headers["Content-Security-Policy"]


@override_settings(PUBLIC_URL="https://memorial.example")
def test_a_site_with_https_says_so_without_believing_a_proxy(reader: Client) -> None:
    response = reader.get("/ru/seen/", headers={"x-forwarded-proto": "https"})
    assert response.headers["Strict-Transport-Security"] == "max-age=63072000"
    assert not response.wsgi_request.is_secure()


# --- Languages --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "language"),
    [("/ru/seen/", "ru"), ("/en/seen/", "en"), ("/seen/", "ru"), ("/en/absent/", "en"), ("/english/", "ru")],
)
def test_the_path_alone_decides_the_language_of_a_public_page(
    reader: Client, address: str, language: str
) -> None:
    response = reader.get(address, headers={"accept-language": "en" if language == "ru" else "ru"})
    assert response.headers["Content-Language"] == language
    if response.status_code == 200:
        assert facts(response)["language"] == language


@pytest.mark.parametrize(
    ("cookie", "accepted", "language"),
    [("en", "ru", "en"), ("", "en-GB,en;q=0.9", "en"), ("", "de", "ru"), ("xx", "en", "en"), ("", "", "ru")],
)
def test_the_office_speaks_as_chosen_else_as_the_browser_asks(
    reader: Client, cookie: str, accepted: str, language: str
) -> None:
    reader.cookies[settings.LANGUAGE_COOKIE_NAME] = cookie
    response = reader.get(f"{ADMIN}seen/", headers={"accept-language": accepted})
    assert facts(response)["language"] == language
    assert "Accept-Language" in response.headers["Vary"]


# --- Broken text ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "/ru/seen/?q=%00",
        "/ru/seen/?%00=1",
        "/ru/seen/?q=%ff",
        "/ru/%00/",
        "/ru/%ff/",
        "/ru/seen/?q=%d0",
        f"{ADMIN}%c3/",
    ],
)
def test_nul_bytes_and_broken_utf_8_are_a_plain_400(reader: Client, address: str) -> None:
    response = reader.get(address)
    assert response.status_code == 400
    assert response.content == b"Bad request\n"
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "Content-Security-Policy" in response.headers


def test_russian_in_a_query_is_no_mistake(reader: Client) -> None:
    assert facts(reader.get("/ru/seen/?q=%D1%91%D0%B6"))["q"] == "ёж"
    assert facts(reader.get("/ru/seen/?q=100%"))["q"] == "100%"


# --- Database roles ---------------------------------------------------------------------------


def current_user() -> str:
    with connection.cursor() as cursor:
        cursor.execute(WHO)
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("address", "role"), [("/ru/who/", "site_ro"), ("/who/", "site_ro"), (f"{ADMIN}who/", "staff_rw")]
)
def test_the_path_decides_the_database_role(reader: Client, address: str, role: str) -> None:
    before = current_user()
    assert reader.get(address).content.decode() == role
    assert current_user() == before


def test_a_role_that_a_test_has_taken_is_given_back(reader: Client) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE site_ro")
        assert reader.get(f"{ADMIN}who/").content == b"staff_rw"
        assert current_user() == "site_ro"
        cursor.execute("RESET ROLE")


def test_a_streamed_answer_keeps_its_role_until_its_end(reader: Client) -> None:
    before = current_user()
    assert reader.get("/en/streamed/").getvalue() == b"site_ro\nsite_ro\n"
    assert current_user() == before


@pytest.mark.django_db(transaction=True)
def test_a_streamed_answer_that_nobody_reads_gives_its_role_back() -> None:
    before = current_user()
    request = RequestFactory().get("/en/streamed/")
    response = middleware.DatabaseRoleMiddleware(streamed)(request)
    assert current_user() == "site_ro"
    for closer in response._resource_closers:
        closer()
    assert current_user() == before


def test_a_failed_transaction_shows_its_own_error_and_not_that_of_the_role() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return broken(request)

    with pytest.raises(DatabaseError, match="division by zero"), transaction.atomic():
        middleware.DatabaseRoleMiddleware(view)(RequestFactory().get("/ru/broken/"))
    assert current_user() == connection.settings_dict["USER"]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_left_open_costs_the_connection_but_never_its_role() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        connection.set_autocommit(False)
        return broken(request)

    with pytest.raises(DatabaseError, match="division by zero"):
        middleware.DatabaseRoleMiddleware(view)(RequestFactory().get("/ru/broken/"))
    connection.close()
    assert current_user() == connection.settings_dict["USER"]


def test_without_a_database_pages_that_need_none_are_served_and_others_fail(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse() -> None:
        raise OperationalError("no server")

    monkeypatch.setattr(connection, "cursor", refuse)
    serve = middleware.DatabaseRoleMiddleware
    request = RequestFactory().get("/ru/seen/")
    assert serve(lambda _request: HttpResponse("good"))(request).content == b"good"
    with pytest.raises(OperationalError, match="no server"):
        serve(who)(request)


def test_a_server_that_comes_back_within_a_request_is_not_asked_under_the_wrong_role(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = connection.cursor
    calls = []

    def refuse_once() -> Any:
        calls.append(1)
        if len(calls) == 1:
            raise OperationalError("no server")
        return real()

    monkeypatch.setattr(connection, "cursor", refuse_once)
    with pytest.raises(OperationalError, match="no server"):
        middleware.DatabaseRoleMiddleware(who)(RequestFactory().get("/ru/who/"))
    assert len(calls) == 2
