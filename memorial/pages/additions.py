"""What the program adds to a page of staff because only it knows: periods, addresses, keys."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext_lazy, ngettext

from memorial.base.localized import current_language
from memorial.base.typography import grouped_number
from memorial.pages.choices import Purpose

_DAYS_OF_A_YEAR: Final = 365

KEPT: Final[dict[str, Any]] = {
    "help": gettext_lazy("Records of help given, after the last help and the end of all contact"),
    "drafts": gettext_lazy("Drafts of people’s pages that were never published, after the last change"),
    "leads": gettext_lazy("Messages and tips that have been dealt with, after the last change"),
    "accounts": gettext_lazy("Names and keys of staff who have left, after their account was closed"),
    "sign_ins": gettext_lazy("When staff signed in"),
    "lookings": gettext_lazy("Which member of staff opened which confidential record"),
}
"""What each line of the table of periods is about, in words for readers (docs/retention.md)."""


@dataclass(frozen=True)
class Addition:
    """A template of its own and what it shows."""

    template: str
    told: dict[str, Any]


def addition_of(purpose: str) -> Addition | None:
    """What is added to the page that is there for this; None for most."""
    made = _ADDITIONS.get(purpose)
    return Addition(f"pages/_{purpose}.html", made()) if made else None


def duration_words(days: int) -> str:
    """A period in whole years where it is some, else in days: «5 лет», "366 days"."""
    years, rest = divmod(days, _DAYS_OF_A_YEAR)
    if rest:
        return ngettext("%(count)s day", "%(count)s days", days) % {"count": _grouped(days)}
    return ngettext("%(count)s year", "%(count)s years", years) % {"count": _grouped(years)}


def _grouped(number: int) -> str:
    return grouped_number(number, current_language())


def _contacts() -> dict[str, Any]:
    return {"email": settings.EDITORS_EMAIL, "has_key": bool(settings.EDITORS_PGP_KEY)}


def _periods() -> dict[str, Any]:
    return {
        "periods": [(KEPT.get(name, name), duration_words(days)) for name, days in settings.RETENTION.items()]
    }


def _files() -> dict[str, Any]:
    return {"email": settings.EDITORS_EMAIL}


def _tor() -> dict[str, Any]:
    return {"onion": settings.ONION_URL or ""}


_ADDITIONS: Final[dict[str, Callable[[], dict[str, Any]]]] = {
    Purpose.CONTACTS: _contacts,
    Purpose.PRIVACY: _periods,
    Purpose.PRESS: _files,
    Purpose.SAFETY: _tor,
}
