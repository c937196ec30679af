"""Staff accounts. Closed, never deleted: the history names people by their number."""

from django.contrib.auth.models import AbstractUser
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """A member of staff. Who they are is among the most precious things we hold."""

    PUBLIC: frozenset[str] = frozenset()
    NOT_IN_HISTORY = ("password", "last_login")

    class Meta(AbstractUser.Meta):
        verbose_name = _("member of staff")  # type: ignore[assignment]
        verbose_name_plural = _("members of staff")  # type: ignore[assignment]


# Django makes these two tables by itself; they are as confidential as the accounts.
User.groups.through.PUBLIC = frozenset()  # type: ignore[attr-defined]
User.user_permissions.through.PUBLIC = frozenset()  # type: ignore[attr-defined]
