"""Who may do what on the pages of people and places, beyond Django's four rights."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from memorial.base.choices import State

Account = AbstractUser | AnonymousUser

# A translator works on what is public or about to be; drafts and what was withdrawn stay closed.
STATES_TRANSLATED = (State.READY, State.PUBLISHED)


def may_edit(user: Account, model: str) -> bool:
    """Whether somebody edits records of this model, hiding included: that takes any one person."""
    return user.has_perm(f"prisoners.change_{model}")


def may_publish(user: Account, model: str) -> bool:
    """Whether somebody may show a record to readers."""
    return user.has_perm(f"prisoners.publish_{model}")


def only_translates(user: Account, model: str) -> bool:
    """Whether somebody changes the texts of these records and nothing else of them."""
    return user.has_perm(f"prisoners.translate_{model}") and not may_edit(user, model)


def sees_only_what_is_public(user: Account, model: str) -> bool:
    """Whether what is confidential of these records must not reach this person in any way."""
    return not user.has_perm(f"prisoners.view_{model}private")


class TranslatedByOthers:
    """Mixed into a ModelAdmin: translators get the page, with the texts alone and of fewer records."""

    model: type[Model]

    @property
    def _name(self) -> str:
        return str(self.model._meta.model_name)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """All records; for a translator those that are public or about to be."""
        rows: QuerySet = super().get_queryset(request)  # type: ignore[misc]
        if only_translates(request.user, self._name):
            return rows.filter(state__in=STATES_TRANSLATED)
        return rows

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Editors, and translators for the texts."""
        allowed: bool = super().has_change_permission(request, obj)  # type: ignore[misc]
        return allowed or only_translates(request.user, self._name)
