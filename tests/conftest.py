"""Fixtures that every test may use."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client
from django.utils import translation


@pytest.fixture(autouse=True)
def _russian() -> None:
    """A language that one test left active must not reach into the next."""
    translation.activate("ru")


@pytest.fixture(autouse=True)
def _fresh_content_version() -> None:
    """A version remembered for a second must not reach from one test into the next."""
    from memorial.base.content_version import forget_content_version

    forget_content_version()


@pytest.fixture(autouse=True)
def _signed_in_wholly(monkeypatch: pytest.MonkeyPatch) -> None:
    """`force_login` is the sign-in of somebody who has enrolled everything and has come in just now."""
    sign_in = Client.force_login

    def force_login(self: Client, user, backend=None) -> None:
        from memorial.staff.choices import SignInWay
        from memorial.staff.session_store import CONFIRMED, IS_WHOLE, WAY

        sign_in(self, user, backend)
        session = self.session
        session.update({IS_WHOLE: True, WAY: SignInWay.CODE, CONFIRMED: time.time()})
        session.save()

    monkeypatch.setattr(Client, "force_login", force_login)


@pytest.fixture
def reader() -> Client:
    """Somebody who reads the site. The middleware of `both` makes every page under the role site_ro."""
    return Client()


@pytest.fixture
def editor(db):
    """A member of staff with every right; never used by readers' tests."""
    from memorial.staff.models import User

    return User.objects.create_superuser("editor", password="only for tests 1")


@pytest.fixture
def office(editor) -> Client:
    """The editor, signed in to the admin."""
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def as_role(db) -> Callable:
    """Lets a test run a block under a database role, for PostgreSQL itself to refuse."""

    @contextmanager
    def under(role: str) -> Iterator[None]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('role')")
            before = cursor.fetchone()[0]
            cursor.execute("SELECT set_config('role', %s, false)", [role])
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('role', %s, false)", [before])

    return under
