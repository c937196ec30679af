"""Names of translated columns. The only way to name one in an expression, an ordering or a search.

The bare column of a translated field is never filtered, ordered or indexed: use
`localized("name")` for the reader's language with the other as a fallback,
`in_language("name", "en")` for one column, `all_languages("name")` for every one.
"""

from django.conf import settings
from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


def current_language() -> str:
    """The reader's language: one of the site's, Russian where none is active."""
    active = get_language() or "ru"
    if active in LANGUAGES:
        return active
    spoken = active.split("-")[0]
    return spoken if spoken in LANGUAGES else "ru"


def other_languages(language: str) -> list[str]:
    """The site's other languages, in the order of the settings."""
    return [code for code in LANGUAGES if code != language]


def in_language(name: str, language: str) -> str:
    """The column (or lookup path) of a translated field in one language."""
    return f"{name}_{language}"


def all_languages(*names: str) -> list[str]:
    """The columns of translated fields in every language of the site."""
    return [in_language(name, code) for name in names for code in LANGUAGES]


def localized(name: str, language: str | None = None) -> Coalesce:
    """The text in the reader's language, or else in another one, or else empty."""
    first = language or current_language()
    columns = [NullIf(F(in_language(name, code)), Value("")) for code in [first, *other_languages(first)]]
    return Coalesce(*columns, Value(""))
