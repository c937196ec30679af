"""In `both`, readers' pages are made under the readers' database role, and the office under its own."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper

from tests.factories import FacilityFactory, PrisonerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def roles(monkeypatch) -> list[str]:
    """The role under which each statement on a table of ours is run."""
    seen: list[str] = []
    execute = CursorWrapper.execute

    def watched(self, sql, params=None):
        if "prisoners_" in str(sql) or "base_contentversion" in str(sql) or "staff_staffsession" in str(sql):
            with connection.connection.cursor() as cursor:
                cursor.execute("SELECT current_user")
                seen.append(cursor.fetchone()[0])
        return execute(self, sql, params)

    monkeypatch.setattr(CursorWrapper, "execute", watched)
    return seen


def test_the_tests_run_as_both():
    assert settings.SITE_ROLE == "both"


@pytest.mark.parametrize(
    "path", ["", "prisoners/", "prisoners/gorintsev/", "facilities/ik-900/", "prisoners/nobody/"]
)
def test_a_public_page_asks_as_the_public_role(reader, roles, path):
    PrisonerFactory(slug="gorintsev")
    FacilityFactory(slug="ik-900")
    roles.clear()
    reader.get(f"/ru/{path}")
    assert roles
    assert set(roles) == {"site_ro"}


def test_a_sitemap_is_streamed_as_the_public_role(reader, roles):
    PrisonerFactory()
    roles.clear()
    assert b"<loc>" in b"".join(reader.get("/sitemap.xml"))
    assert set(roles) == {"site_ro"}


def test_the_office_asks_as_staff(office, roles):
    PrisonerFactory()
    roles.clear()
    office.get(f"/{settings.ADMIN_PATH}")
    assert roles
    assert set(roles) == {"staff_rw"}


def test_the_role_before_is_back_afterwards(reader):
    reader.get("/ru/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("owner",)
