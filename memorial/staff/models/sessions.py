"""Who is signed in now, as its owner may see it: no address, no browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _

from memorial.staff.choices import SignInWay
from memorial.staff.models.account import User

if TYPE_CHECKING:
    from memorial.staff.session_store import SessionStore


class StaffSession(AbstractBaseSession):
    """One browser of the office. Removing the row ends the session at the next request.

    `session_key` is a digest of what the cookie holds: a copy of the table opens no session.
    Without an account it only carries somebody through signing in.
    """

    PUBLIC: frozenset[str] = frozenset()
    # Sign-ins are no edits, and their rows are secrets.
    KEEPS_HISTORY = False

    session_key = models.CharField(_("digest of the key"), max_length=64, primary_key=True)
    account = models.ForeignKey(
        User,
        verbose_name=_("member of staff"),
        related_name="sessions",
        null=True,
        on_delete=models.CASCADE,
    )
    way = models.CharField(_("signed in by"), max_length=8, choices=SignInWay, blank=True)
    begun = models.DateTimeField(_("begun"))
    last_used = models.DateTimeField(_("last used"))

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        verbose_name = _("session")  # type: ignore[assignment]
        verbose_name_plural = _("sessions")  # type: ignore[assignment]
        ordering = ["-last_used"]

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        """The store that reads and writes these rows."""
        from memorial.staff.session_store import SessionStore

        return SessionStore
