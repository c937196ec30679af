"""Rows that the database must refuse."""

from __future__ import annotations

from collections.abc import Callable

from memorial.search.models import SearchEntry, Synonym


def _synonym(**given: str) -> Callable[[], object]:
    return lambda: Synonym.objects.create(**{"language": "ru", "word": "айс", "means": "ивс", **given})


def _entry_twice() -> None:
    for _ in range(2):
        SearchEntry.objects.create(kind="case", object_id=1, language="ru", title="Дело", url_key="delo")


def _synonym_twice() -> None:
    for _ in range(2):
        _synonym()()


REFUSED: dict[str, list[Callable[[], object]]] = {
    "searchentry_once": [_entry_twice],
    "synonym_once": [_synonym_twice],
    "synonym_language_known": [_synonym(language="de")],
    "synonym_word_is_small": [_synonym(word="Айс"), _synonym(word=" айс"), _synonym(word="")],
    "synonym_means_something": [_synonym(means=" ")],
}
