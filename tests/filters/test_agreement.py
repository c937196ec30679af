"""Filters say what pages say; counts, lists and plain SQL agree; a rebuild makes what the triggers have made."""

from __future__ import annotations

import re
from itertools import product

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import translation

from cases.models import PublishedCase, PublishedPerson
from cases.selection import CaseFilter, PeopleFilter
from memorial.base.derived_tables import rebuild
from prisoners.display.custody import shown_custody
from prisoners.display.recognition import recognition_mark
from prisoners.letters import letter_address
from prisoners.models import Prisoner
from tests.filters.world import rows
from tests.pages.world import TODAY

pytestmark = pytest.mark.django_db


def asked(query: str = "") -> PeopleFilter:
    return PeopleFilter(QueryDict(query), TODAY)


def sql(statement: str, *values) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return {number for (number,) in cursor.fetchall()}


def traits_by_person() -> dict[int, set[str]]:
    index = asked().index
    found: dict[int, set[str]] = {number: set() for number in index.numbers}
    for trait, bits in index._bits.items():
        for number in index.keys(bits):
            found[number].add(trait)
    return found


def test_traits_are_those_that_the_pages_tell(world, as_role):
    with as_role("site_ro"):
        traits = traits_by_person()
        people = list(Prisoner.objects.published().for_detail(TODAY))
        expected = {}
        for person in people:
            since = shown_custody(person).since
            year = since.to_year() if since else None
            place_is_known = not person.initials_only
            expected[person.pk] = {
                f"liberty={person.liberty}",
                f"letters={'yes' if letter_address(person, TODAY).is_possible else 'no'}",
                f"year={year.year if year and not year.qualifier else 'unknown'}",
                f"gender={person.gender or 'unknown'}",
                f"english={'yes' if 'en' in person.complete_in() else 'no'}",
                *(f"theme={each.theme.code}" for each in person.theme_links.all()),
                *(
                    f"profession={each.profession.code}"
                    for each in person.profession_links.all()
                    if place_is_known
                ),
            }
    assert len(people) == len(traits) >= 40
    for person in people:
        assert expected[person.pk] <= traits[person.pk], (
            person.slug,
            expected[person.pk] - traits[person.pk],
        )
        is_recognised = bool({"recognition=this_project", "recognition=memorial_hrc"} & traits[person.pk])
        assert is_recognised == (recognition_mark_of(person) == "yes"), person.slug
    seen = {trait for found in traits.values() for trait in found}
    wanted = {
        "letters=yes",
        "letters=no",
        "recognition=earlier_case",
        "recognition=withdrawn",
        "liberty=died",
    }
    wanted |= {"place=ik-1", "place=concealed", "place=unknown", "year=unknown", "vulnerability=age_60"}
    assert wanted <= seen, wanted - seen


def recognition_mark_of(person: Prisoner) -> str:
    person.recognitions.all()  # loaded with the page, unverified ones left out by the readers' role
    return recognition_mark(person).shape


def test_who_is_shown_by_initials_is_not_described(world):
    found = traits_by_person()
    by_initials = Prisoner.objects.published().filter(initials_only=True).values_list("pk", flat=True)
    assert len(by_initials) >= 4
    for number in by_initials:
        told = {trait.partition("=")[0] for trait in found[number]}
        assert not told & {"profession", "community", "place", "born"}
        assert "vulnerability=age_60" not in found[number]


PLAIN = {
    "theme=theme_1": "SELECT prisoner_id FROM prisoners_prisonertheme l JOIN prisoners_theme t ON t.id = l.theme_id"
    " WHERE t.code = 'theme_1'",
    "list=list_0": "SELECT prisoner_id FROM prisoners_prisonerlisting l JOIN prisoners_prisonerlist t"
    " ON t.id = l.prisoner_list_id WHERE t.code = 'list_0'",
    "gender=f": "SELECT id FROM prisoners_prisoner WHERE gender = 'f'",
    "article=uk-rf-275": "SELECT s.prisoner_id FROM cases_charge c JOIN cases_prosecution s ON s.id = c.prosecution_id"
    " JOIN cases_case k ON k.id = s.case_id JOIN cases_article a ON a.id = c.article_id"
    " WHERE a.number = '275' AND k.state = 'published' AND c.verification <> 'unverified'",
    "article=uk-ua-111": "SELECT s.prisoner_id FROM cases_charge c JOIN cases_prosecution s ON s.id = c.prosecution_id"
    " JOIN cases_case k ON k.id = s.case_id WHERE c.number = '111' AND k.state = 'published'",
    "case=two": "SELECT s.prisoner_id FROM cases_prosecution s JOIN cases_case k ON k.id = s.case_id WHERE k.slug = 'two'",
    "region=xx-a": "SELECT p.id FROM prisoners_prisoner p JOIN prisoners_region g ON g.id = p.region_id"
    " WHERE g.code = 'XX-A'",
    "citizenship=ua": "SELECT prisoner_id FROM prisoners_citizenship WHERE country = 'UA' AND manner = 'ordinary'",
    "register=wanted": "SELECT prisoner_id FROM prisoners_registerentry WHERE register = 'wanted'"
    " AND removed_on IS NULL AND verification <> 'unverified'",
    "finding=wgad": "SELECT x.prisoner_id FROM cases_findingperson x JOIN cases_internationalfinding f"
    " ON f.id = x.finding_id WHERE f.body = 'wgad' AND f.state = 'published'",
    "absentia=yes": "SELECT s.prisoner_id FROM cases_prosecution s JOIN cases_case k ON k.id = s.case_id"
    " WHERE s.in_absentia AND k.state = 'published'",
    "born=1987": "SELECT id FROM prisoners_prisoner WHERE born >= '1987' AND born < '1988' AND NOT initials_only",
}
PUBLISHED = "SELECT id FROM prisoners_prisoner WHERE state = 'published'"


@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_filter_is_what_plain_sql_finds_in_the_tables_themselves(world, language):
    everybody = sql(PUBLISHED)
    with translation.override(language):
        for query, statement in PLAIN.items():
            expected = sql(statement) & everybody
            assert expected, f"nobody has {query}: the world is too small"
            chosen = asked(query)
            assert set(chosen.numbers()) == expected, query
            assert set(chosen.people().values_list("pk", flat=True)) == expected, query
            assert not chosen.is_misled
        for (one, first), (other, second) in product(list(PLAIN.items())[:6], list(PLAIN.items())[6:]):
            assert set(asked(f"{one}&{other}").numbers()) == sql(first) & sql(second) & everybody


def test_several_values_add_and_filters_narrow(world):
    either = set(asked("theme=theme_1&theme=theme_2").numbers())
    assert either == set(asked("theme=theme_1").numbers()) | set(asked("theme=theme_2").numbers())
    both = set(asked("theme=theme_1&theme=theme_2&gender=f").numbers())
    assert both == either & set(asked("gender=f").numbers())


@pytest.mark.parametrize(
    "start", ["", "gender=f", "theme=theme_1&theme=theme_2", "liberty=imprisoned&gender=m&theme=theme_0"]
)
def test_every_count_is_the_length_of_the_list_when_its_value_is_chosen(world, start):
    base = asked(start)
    checked = 0
    for facet in base.facets:
        others = {name: values for name, values in base.chosen.items() if name != facet.name}
        for value in base.values_of(facet):
            if value.is_chosen and not value.count:
                continue
            alone = asked(base.query_of({**others, facet.name: (value.value,)}))
            assert value.count == len(alone.numbers()) == alone.people().count(), (start, facet.name, value)
            checked += 1
    assert checked >= 25


def test_the_order_of_both_ways_is_one(world):
    for query in ("gender=f&sort=updated", "theme=theme_1&sort=since", "letter=П&gender=m", "sort=release"):
        chosen = asked(query)
        assert list(chosen.numbers()) == list(chosen.people().values_list("pk", flat=True)), query


def test_a_rebuild_makes_what_the_triggers_have_made(world):
    before = rows()
    assert len(before["PublishedPerson"]) >= 40
    assert len(before["PublishedCase"]) == 3
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM cases_publishedperson; DELETE FROM cases_publishedcase")
    assert rows() != before
    rebuild(PublishedPerson)
    rebuild(PublishedCase)
    assert rows() == before


CASES_PLAIN = {
    "kind=administrative": "SELECT id FROM cases_case WHERE kind = 'administrative'",
    "group=yes": "SELECT id FROM cases_case WHERE is_group",
    "theme=theme_0": "SELECT k.id FROM cases_case k JOIN prisoners_theme t ON t.id = k.theme_id WHERE t.code = 'theme_0'",
    "english=no": "SELECT id FROM cases_case WHERE title_en = ''",
    "year=2024": "SELECT id FROM cases_case WHERE opened = '2024'",
    "article=uk-rf-275": "SELECT s.case_id FROM cases_charge c JOIN cases_prosecution s ON s.id = c.prosecution_id"
    " JOIN prisoners_prisoner p ON p.id = s.prisoner_id JOIN cases_article a ON a.id = c.article_id"
    " WHERE a.number = '275' AND p.state = 'published' AND c.verification <> 'unverified'",
}


def test_filters_of_cases_are_what_plain_sql_finds(world):
    everything = sql("SELECT id FROM cases_case WHERE state = 'published'")
    for query, statement in CASES_PLAIN.items():
        expected = sql(statement) & everything
        assert expected, query
        chosen = CaseFilter(QueryDict(query), TODAY)
        assert set(chosen.cases().values_list("pk", flat=True)) == expected, query
        assert chosen.count == len(expected)
        for facet in chosen.facets:
            others = {name: values for name, values in chosen.chosen.items() if name != facet.name}
            for value in chosen.values_of(facet):
                again = CaseFilter(QueryDict(chosen.query_of({**others, facet.name: (value.value,)})), TODAY)
                assert value.count == again.cases().count(), (query, facet.name, value)


def test_every_value_has_words_in_both_languages(world):
    for language in ("ru", "en"):
        with translation.override(language):
            for chosen in (asked(), CaseFilter(QueryDict(""), TODAY)):
                for facet in chosen.facets:
                    for value in chosen.values_of(facet):
                        words = value.words.text
                        is_code = re.search("[_=]|^(unknown|none|concealed|at_home|yes|no)$", words)
                        assert words, (facet.name, value)
                        assert not is_code, (facet.name, value)
