"""The office's pages of people and places. Importing the modules registers them."""

from prisoners.admin import (
    facility,
    imports,
    office,
    places,
    prisoner,
    restriction,
    second_look,
    today,
    vocabularies,
)

__all__ = [
    "facility",
    "imports",
    "office",
    "places",
    "prisoner",
    "restriction",
    "second_look",
    "today",
    "vocabularies",
]
