"""Staff accounts. Closed, never deleted: the history names people by their number."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A member of staff. Who they are is among the most precious things we hold.

    The name to sign in with need not be a person's; there is no address, nothing is ever mailed.
    """

    PUBLIC: frozenset[str] = frozenset()
    NOT_IN_HISTORY = ("password", "last_login")
    TRIGGERS: ClassVar = (
        ("never_deleted", "BEFORE DELETE", "memorial_keep_account()"),
        ("closed", "AFTER UPDATE OF is_active, is_staff", "memorial_end_sessions_of_closed_account()"),
    )
    REFUSALS: ClassVar = {"staff_user_kept": _("Accounts are closed, never deleted.")}

    class Meta(AbstractUser.Meta):
        verbose_name = _("member of staff")  # type: ignore[assignment]
        verbose_name_plural = _("members of staff")  # type: ignore[assignment]

    @property
    def may_sign_in(self) -> bool:
        """Whether the account is open."""
        return self.is_active and self.is_staff


# Django makes these two tables by itself; they are as confidential as the accounts.
User.groups.through.PUBLIC = frozenset()  # type: ignore[attr-defined]
User.user_permissions.through.PUBLIC = frozenset()  # type: ignore[attr-defined]
