"""Rows that the database must refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from memorial.staff.models import EnrolmentLink, OneTimeCodes, User


def _account() -> User:
    return User.objects.get_or_create(username="refused", defaults={"is_staff": True})[0]


def _link(digest: str) -> EnrolmentLink:
    expires = timezone.now() + timedelta(hours=1)
    return EnrolmentLink.objects.create(account=_account(), token_digest=digest, expires_at=expires)


def _two_links() -> None:
    _link("one")
    _link("two")


def _plain(table: str, column: str) -> Callable[[], None]:
    """The text is written past the program, as it is."""

    def write() -> None:
        OneTimeCodes.objects.create(account=_account(), secret="A")
        _link("one")
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {column} = 'GEZDGNBVGY3TQOJQ'")

    return write


REFUSED: dict[str, list[Callable[[], object]]] = {
    "staff_user_kept": [lambda: _account().delete()],
    "staff_one_open_link": [_two_links],
    "staff_codes_sealed": [_plain("staff_onetimecodes", "secret")],
    "staff_new_codes_sealed": [_plain("staff_onetimecodes", "pending_secret")],
    "staff_link_sealed": [_plain("staff_enrolmentlink", "secret")],
}
