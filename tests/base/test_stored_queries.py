"""Rows of stored queries are what their querysets give, under the same role, asked in one statement."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Hearing, Penalty
from memorial.base.choices import State
from memorial.base.models import HistoryEntry
from memorial.base.stored_queries import IsOneOf, StoredQuery, StoredStatement
from prisoners.models import Citation, Stay
from tests.factories import (
    CitationFactory,
    DecisionPersonFactory,
    FacilityFactory,
    HearingFactory,
    PrisonerFactory,
    StayFactory,
)

pytestmark = pytest.mark.django_db


def stays() -> StoredStatement:
    rows = Stay.objects.select_related("facility__region", "region").order_by("began_earliest", "id")
    return StoredStatement({"stays": StoredQuery(rows.filter(IsOneOf("prisoner_id", "people")))}, ["people"])


def citations() -> StoredStatement:
    rows = Citation.objects.exclude(title="100 % \\'q\\' <ids people> $1").filter(
        IsOneOf("prisoner_id", "people")
    )
    return StoredStatement({"citations": StoredQuery(rows)}, ["people"])


def test_rows_are_those_of_the_queryset_with_what_is_joined_to_them():
    person, other = PrisonerFactory(), PrisonerFactory()
    StayFactory(
        prisoner=person, facility=FacilityFactory(address_checked_on=date(2026, 3, 14)), note_ru="Слово"
    )
    StayFactory(prisoner=other)
    (found,) = stays().ask({"people": [person.pk]})["stays"]
    asked = Stay.objects.select_related("facility__region", "region").get(prisoner=person)
    with CaptureQueriesContext(connection) as queries:
        for name in ("id", "began", "ended", "ongoing", "reason", "public", "note_ru", "note_en", "note"):
            assert getattr(found, name) == getattr(asked, name)
        assert found.facility == asked.facility
        assert found.facility.address_checked_on == date(2026, 3, 14)
        assert found.facility.region == asked.facility.region
        assert found.region == asked.region
    assert not queries.captured_queries
    assert found._state.db == "default"
    assert not found._state.adding


def test_dates_and_times_are_values_again():
    person = PrisonerFactory()
    CitationFactory(prisoner=person, accessed_on=date(2026, 3, 14), published_on="2026-03")
    (found,) = citations().ask({"people": [person.pk]})["citations"]
    asked = Citation.objects.get(prisoner=person)
    assert (found.accessed_on, found.published_on) == (asked.accessed_on, asked.published_on)


def test_sums_of_money_and_times_of_day_are_exact():
    link = DecisionPersonFactory()
    Penalty.objects.create(decision_person=link, kind="fine", amount="123456789012.35", currency="RUB")
    hearing = HearingFactory(at=time(10, 30, 5))
    rows = {
        "penalties": StoredQuery(Penalty.objects.filter(IsOneOf("decision_person_id", "links"))),
        "hearings": StoredQuery(Hearing.objects.defer("uid").filter(IsOneOf("id", "hearings"))),
    }
    found = StoredStatement(rows, ["links", "hearings"]).ask({"links": [link.pk], "hearings": [hearing.pk]})
    assert found["penalties"][0].amount == Decimal("123456789012.35")
    assert found["hearings"][0].at == time(10, 30, 5)


def test_constants_of_a_query_stand_in_it_whatever_they_are():
    person = PrisonerFactory()
    CitationFactory(prisoner=person, title="100 % \\'q\\' <ids people> $1")
    CitationFactory(prisoner=person, title="Другое")
    assert [row.title for row in citations().ask({"people": [person.pk]})["citations"]] == ["Другое"]


def test_no_ids_give_no_rows_and_a_missing_name_is_an_error():
    assert stays().ask({"people": []}) == {"stays": []}
    with pytest.raises(KeyError):
        stays().ask({})


def test_it_is_prepared_once_in_a_connection():
    statement = stays()
    statement.ask({"people": []})
    with CaptureQueriesContext(connection) as queries:
        statement.ask({"people": [1, 2]})
    assert [query["sql"].split()[0] for query in queries] == ["EXECUTE"]


def test_what_was_prepared_for_staff_shows_readers_no_more_than_they_may_see(as_role):
    draft, person = PrisonerFactory(state=State.DRAFT), PrisonerFactory()
    for each in (draft, person):
        StayFactory(prisoner=each)
    statement = stays()
    given = {"people": [draft.pk, person.pk]}
    for role, seen in [("staff_rw", 2), ("site_ro", 1), ("staff_rw", 2), ("site_ro", 1)]:
        with as_role(role):
            assert len(statement.ask(given)["stays"]) == seen


def test_a_column_that_json_would_change_is_refused():
    statement = StoredStatement(
        {"history": StoredQuery(HistoryEntry.objects.filter(IsOneOf("id", "rows")))}, ["rows"]
    )
    HistoryEntry.objects.all()  # its rows hold JSON and moments
    PrisonerFactory()
    with pytest.raises(TypeError, match="JSON"):
        statement.ask({"rows": list(HistoryEntry.objects.values_list("id", flat=True))})
