"""Who may do what on the pages of people and places, beyond Django's four rights."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser, AnonymousUser

Account = AbstractUser | AnonymousUser


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
