"""Who may do what at the desk."""

from __future__ import annotations

from typing import Any, Final

from django.contrib.auth import get_user_model

VOLUNTEERS: Final = "volunteer_translator"
"""The group of those outside, who see what was cleared for them and nothing else."""


def may(user: Any, right: str) -> bool:
    """Whether an account holds one of the desk's own rights."""
    return bool(user.has_perm(f"translating.{right}"))


def at_desk(user: Any) -> bool:
    """Whether somebody works at the desk: sees the queue and everybody's drafts."""
    return may(user, "translate_texts")


def is_volunteer(user: Any) -> bool:
    """Whether somebody translates from outside."""
    return may(user, "volunteer_for_texts") and not at_desk(user)


def volunteers() -> list[tuple[int, str]]:
    """The accounts that a text may be cleared for, by name."""
    accounts = get_user_model()._default_manager.filter(groups__name=VOLUNTEERS, is_active=True)
    return list(accounts.order_by("username").values_list("pk", "username"))
