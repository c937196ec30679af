"""Which addresses are the program's own, so that no page of staff is made where nobody would ever see it."""

from __future__ import annotations

from typing import Final

from django.urls import Resolver404, get_resolver
from django.utils import translation

from memorial.base.localized import LANGUAGES

PAGE: Final = "page-detail"
_TAKES_ANYTHING: Final = frozenset({PAGE, "old-address", "old-address-without-language"})


def is_of_the_program(path: str) -> bool:
    """Whether the program answers at a path behind the language, without slashes at its ends."""
    language = LANGUAGES[0]
    with translation.override(language):
        try:
            found = get_resolver().resolve(f"/{language}/{path}/")
        except Resolver404:
            return False
    return found.url_name not in _TAKES_ANYTHING
