"""Whatever is written, by whatever path, the filters know it in the same transaction; what is hidden they forget."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.http import QueryDict

from cases import models as record
from cases.models import PublishedCase, PublishedPerson
from cases.selection import CaseFilter, PeopleFilter
from memorial.base.choices import State
from memorial.base.derived_tables import rebuild
from memorial.base.partial_date import PartialDate
from prisoners import actions, models
from tests.factories import (
    ArticleFactory,
    CaseFactory,
    ChargeFactory,
    CustodyFactory,
    FacilityFactory,
    PrisonerFactory,
    ProsecutionFactory,
    RegionFactory,
    StayFactory,
)
from tests.filters.world import rows
from tests.pages.world import TODAY

pytestmark = pytest.mark.django_db


def found(query: str) -> set[int]:
    """The people with a trait; nobody where no value of that name is known any more."""
    chosen = PeopleFilter(QueryDict(query), TODAY)
    return set() if chosen.is_misled else set(chosen.numbers())


def cases_found(query: str) -> set[int]:
    chosen = CaseFilter(QueryDict(query), TODAY)
    return set() if chosen.is_misled else set(chosen.cases().values_list("pk", flat=True))


def run(statement: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def held() -> models.Prisoner:
    """A woman in a published colony, charged in a published case, with one of every detail."""
    region = RegionFactory(code="XX-1")
    person = PrisonerFactory(gender="f", region=region, born=PartialDate.parse("02.10.1951"))
    CustodyFactory(prisoner=person)
    StayFactory(prisoner=person, facility=FacilityFactory(slug="ik-7", region=region))
    prosecution = ProsecutionFactory(prisoner=person, case=CaseFactory(slug="case-1", region=region))
    ChargeFactory(prosecution=prosecution, article=ArticleFactory(number="207.3"))
    for model, field, vocabulary in (
        (models.PrisonerTheme, "theme", models.Theme),
        (models.PrisonerListing, "prisoner_list", models.PrisonerList),
        (models.PrisonerProfession, "profession", models.Profession),
        (models.PrisonerCommunity, "community", models.Community),
        (models.PrisonerVulnerability, "vulnerability", models.Vulnerability),
    ):
        word = vocabulary.objects.create(code="word", label_ru="слово", label_en="word")
        model.objects.create(prisoner=person, **{field: word})
    models.Citizenship.objects.create(prisoner=person, country="UA")
    models.RegisterEntry.objects.create(prisoner=person, register="wanted")
    models.Recognition.objects.create(prisoner=person, on=PartialDate.parse("12.05.2023"))
    finding = record.InternationalFinding.objects.create(body="wgad", state=State.PUBLISHED)
    record.FindingPerson.objects.create(finding=finding, prisoner=person)
    return person


TOLD = (
    "liberty=imprisoned", "list=word", "theme=word", "profession=word", "community=word", "vulnerability=word",
    "article=uk-rf-207.3", "part=uk-rf-207.3_2", "region=xx-1", "place=ik-7", "year=2023", "citizenship=ua",
    "register=wanted", "case=case-1", "finding=wgad", "letters=yes", "born=1951", "gender=f", "english=yes",
    "vulnerability=age_60",
)  # fmt: skip


def test_every_detail_is_told_at_once(held):
    assert [query for query in TOLD if found(query) != {held.pk}] == []


SQL = {
    "letters=yes": "UPDATE prisoners_facility SET postal_index = '' WHERE id IN"
    " (SELECT facility_id FROM prisoners_stay WHERE prisoner_id = %s)",
    "place=ik-7": "UPDATE prisoners_facility SET state = 'draft' WHERE id IN"
    " (SELECT facility_id FROM prisoners_stay WHERE prisoner_id = %s)",
    "gender=f": "UPDATE prisoners_prisoner SET gender = 'm' WHERE id = %s",
    "born=1951": "UPDATE prisoners_prisoner SET born = '1980' WHERE id = %s",
    "liberty=imprisoned": "UPDATE prisoners_stay SET ongoing = false WHERE prisoner_id = %s",
    "theme=word": "DELETE FROM prisoners_prisonertheme WHERE prisoner_id = %s",
    "list=word": "DELETE FROM prisoners_prisonerlisting WHERE prisoner_id = %s",
    "profession=word": "DELETE FROM prisoners_prisonerprofession WHERE prisoner_id = %s",
    "community=word": "DELETE FROM prisoners_prisonercommunity WHERE prisoner_id = %s",
    "vulnerability=word": "DELETE FROM prisoners_prisonervulnerability WHERE prisoner_id = %s",
    "citizenship=ua": "UPDATE prisoners_citizenship SET country = 'BY' WHERE prisoner_id = %s",
    "register=wanted": "UPDATE prisoners_registerentry SET removed_on = '2025' WHERE prisoner_id = %s",
    "year=2023": "UPDATE prisoners_custody SET detained_on = '2024' WHERE prisoner_id = %s",
    "article=uk-rf-207.3": "UPDATE cases_charge SET verification = 'unverified' WHERE prosecution_id IN"
    " (SELECT id FROM cases_prosecution WHERE prisoner_id = %s)",
    "finding=wgad": "DELETE FROM cases_findingperson WHERE prisoner_id = %s",
    "case=case-1": "UPDATE cases_case SET slug = 'case-2' WHERE id IN"
    " (SELECT case_id FROM cases_prosecution WHERE prisoner_id = %s)",
    "region=xx-1": "UPDATE prisoners_region SET code = 'XX-2' WHERE id IN"
    " (SELECT region_id FROM prisoners_prisoner WHERE id = %s)",
    "english=yes": "UPDATE prisoners_prisoner SET summary_en = '' WHERE id = %s",
}


def test_plain_sql_is_noticed_in_every_table(held):
    for query, statement in SQL.items():
        assert found(query) == {held.pk}, query
        run(statement, held.pk)
        assert found(query) == set(), query
    before = rows()
    rebuild(PublishedPerson)
    rebuild(PublishedCase)
    assert rows() == before


def test_update_of_a_queryset_is_noticed(held):
    models.Prisoner.objects.filter(pk=held.pk).update(gender="m")
    assert found("gender=m") == {held.pk}
    record.Case.objects.update(state=State.DRAFT)
    assert found("case=case-1") == found("article=uk-rf-207.3") == set()
    assert found("case=none") == {held.pk}


def test_bulk_create_is_noticed(held):
    theme = models.Theme.objects.create(code="other", label_ru="иное", label_en="other")
    models.PrisonerTheme.objects.bulk_create([models.PrisonerTheme(prisoner=held, theme=theme)])
    assert found("theme=other") == {held.pk}


def test_a_code_that_changes_is_noticed(held):
    models.Theme.objects.filter(code="word").update(code="renamed")
    assert found("theme=renamed") == {held.pk}
    record.Article.objects.filter(number="207.3").update(slug="uk-rf-new")
    assert found("article=uk-rf-new") == {held.pk}


def test_who_is_withdrawn_is_gone_from_lists_and_counts_at_once(held):
    actions.withdraw(prisoner=held, reason="по просьбе", by=None)
    assert not PublishedPerson.objects.filter(pk=held.pk).exists()
    assert found("") == set()
    assert PeopleFilter(QueryDict(""), TODAY).groups() == []


def test_a_person_who_is_hidden_takes_along_what_only_they_told_of_the_case(held):
    other = PrisonerFactory()
    ProsecutionFactory(prisoner=other, case=record.Case.objects.get())
    assert len(cases_found("article=uk-rf-207.3")) == 1
    models.Prisoner.objects.filter(pk=held.pk).update(state=State.WITHDRAWN)
    assert cases_found("article=uk-rf-207.3") == set()
    assert len(cases_found("article=unknown")) == 1


def test_initials_take_effect_at_once(held):
    actions.reduce_to_initials(prisoner=held, reason="по просьбе", by=None)
    still = {query.partition("=")[0] for query in TOLD if found(query)}
    assert not still & {"profession", "community", "place", "born", "letters"}
    assert {"theme", "article", "region", "case", "gender"} <= still
    assert found("vulnerability=age_60") == set()


def test_a_place_that_is_hidden_is_found_and_counted_nowhere(held):
    actions.hide_detail(prisoner=held, what="place", reason="по просьбе", by=None)
    assert found("place=ik-7") == found("letters=yes") == set()
    assert found("place=concealed") == {held.pk}


def test_a_birth_date_that_is_hidden_makes_nobody_sixty_on_a_day_that_tells_it():
    person = PrisonerFactory(born=PartialDate.parse("01.02.1966"))
    StayFactory(prisoner=person)
    assert found("vulnerability=age_60") == {person.pk}
    actions.hide_detail(prisoner=person, what="birth_date", reason="по просьбе", by=None)
    assert found("vulnerability=age_60") == set()
    assert found("born=1966") == {person.pk}


def test_nobody_but_triggers_writes_the_tables(held, as_role):
    for role in ("site_ro", "staff_rw"):
        with as_role(role):
            assert PublishedPerson.objects.count() == 1
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                run("DELETE FROM cases_publishedperson")


def test_a_person_who_is_deleted_leaves_no_row():
    person = PrisonerFactory()
    assert PublishedPerson.objects.filter(pk=person.pk).exists()
    person.delete()
    assert not PublishedPerson.objects.exists()


def test_what_depends_on_the_day_is_right_on_every_day():
    adult = PrisonerFactory(born=PartialDate.parse("23.11.2009"))
    models.PrisonerPrivate.objects.create(prisoner=adult, minor_decision="С согласия родителей.")
    StayFactory(prisoner=adult)
    growing = PrisonerFactory(born=PartialDate.parse("1967"))
    freed = PrisonerFactory(liberty_entered="at_liberty", liberty_as_of="2027-03-01")

    def on(year: int, month: int, day: int, query: str) -> set[int]:
        when = TODAY.replace(year=year, month=month, day=day)
        chosen = PeopleFilter(QueryDict(query), when)
        assert set(chosen.numbers()) == set(chosen.people().values_list("pk", flat=True))
        return set(chosen.numbers())

    assert adult.pk not in on(2027, 11, 22, "letters=yes")
    assert adult.pk in on(2027, 11, 23, "letters=yes")
    assert growing.pk not in on(2027, 12, 30, "vulnerability=age_60")
    assert growing.pk in on(2028, 1, 1, "vulnerability=age_60")
    assert freed.pk in on(2027, 2, 28, "liberty=not_known")
    assert freed.pk in on(2027, 3, 1, "liberty=at_liberty")
    assert freed.pk not in on(2027, 3, 1, "liberty=not_known")
