"""How often the right person comes first, for names spelled in every way that people spell them."""

from __future__ import annotations

import sys

import pytest

from prisoners.name_search import people_named
from tests.search.people import make_people, queries

pytestmark = pytest.mark.django_db

FIRST = 0.98
IN_FIRST_FIVE = 0.99
"""Shares that were measured, a little below."""


def test_the_right_person_comes_first(capsys):
    people = make_people()
    table = queries()
    assert len(table) >= 200
    assert len({error for _query, _slug, error in table}) >= 30
    places, lines = [], []
    for query, slug, error in table:
        ids = people_named(query).ids
        pk = people[slug].pk
        place = ids.index(pk) + 1 if pk in ids else 0
        places.append(place)
        if place != 1:
            lines.append(f"{query!r} ({error}): {slug} is at {place or 'no place'}")
    first = sum(place == 1 for place in places) / len(places)
    in_five = sum(1 <= place <= 5 for place in places) / len(places)
    lines.append(f"{len(table)} names: {first:.1%} at rank 1, {in_five:.1%} in the first five")
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(lines) + "\n")
    assert first >= FIRST
    assert in_five >= IN_FIRST_FIVE
