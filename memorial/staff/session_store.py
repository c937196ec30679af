"""Sessions of the office: eight hours in all, half an hour unused, the key kept as a digest only.

Named in SESSION_ENGINE, so Django makes a store for every request of the office.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

BEGUN: Final = "begun"
WAY: Final = "way"
CONFIRMED: Final = "confirmed"
IS_WHOLE: Final = "whole"
"""Keys of the session's data: begun and confirmed (again) in seconds since 1970; how; all steps done."""
_NOTED_EVERY: Final = timedelta(minutes=1)


def key_digest(key: str) -> str:
    """What the table holds of a session's key."""
    return hashlib.sha256(f"staff session {key}".encode()).hexdigest()


class SessionStore(DatabaseStore):
    """Reads and writes `StaffSession`; a session past either limit is not found."""

    _row: Any = None

    @classmethod
    def get_model_class(cls) -> type[AbstractBaseSession]:
        """The table, which is confidential and keeps no history."""
        from memorial.staff.models import StaffSession

        return StaffSession

    def _get_session_from_db(self) -> Any:
        now = timezone.now()
        table: Any = self.model
        self._row = table.objects.filter(
            session_key=key_digest(self.session_key or ""),
            expire_date__gt=now,
            last_used__gt=now - timedelta(seconds=settings.SESSION_IDLE_AGE),
        ).first()
        if self._row is None:
            self._session_key = None
        return self._row

    def exists(self, session_key: str) -> bool:
        """Whether there is such a session, within its limits or not."""
        return bool(self.model.objects.filter(session_key=key_digest(session_key)).exists())

    def delete(self, session_key: str | None = None) -> None:
        """Ends the session."""
        key = session_key or self.session_key
        if key:
            self.model.objects.filter(session_key=key_digest(key)).delete()

    def create_model_instance(self, data: dict[str, Any]) -> AbstractBaseSession:
        """The row for this data. Eight hours are counted from the beginning, not from the last page."""
        now = timezone.now()
        begun = datetime.fromtimestamp(data.setdefault(BEGUN, now.timestamp()), UTC)
        key = self._get_or_create_session_key()  # type: ignore[attr-defined]
        table: Any = self.model
        row: AbstractBaseSession = table(
            session_key=key_digest(key),
            session_data=self.encode(data),
            account_id=data.get(SESSION_KEY),
            way=data.get(WAY, ""),
            begun=begun,
            last_used=now,
            expire_date=begun + timedelta(seconds=settings.SESSION_COOKIE_AGE),
        )
        return row

    def note_use(self) -> None:
        """The session is in use: the half hour begins anew. Written at most once a minute."""
        row, now = self._row, timezone.now()
        if row is not None and now - row.last_used >= _NOTED_EVERY:
            row.last_used = now
            table: Any = self.model
            table.objects.filter(pk=row.pk).update(last_used=now)

    @classmethod
    def clear_expired(cls) -> None:
        """Removes sessions past either limit."""
        now = timezone.now()
        unused = models.Q(last_used__lte=now - timedelta(seconds=settings.SESSION_IDLE_AGE))
        cls.get_model_class()._default_manager.filter(unused | models.Q(expire_date__lte=now)).delete()
