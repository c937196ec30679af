"""Who is hidden, in part or as a whole, is gone from the API at once; what an answer costs does not grow with rows."""

import pytest

from cases.models import InternationalFinding
from memorial.api.registry import RESOURCES
from prisoners.actions.publish import withdraw
from prisoners.actions.reduce import reduce_to_initials
from tests.api.reading import LISTS, ROOT, asked, ids, whole_list
from tests.counting import page_queries, same_number_of_queries
from tests.factories import (
    CaseFactory,
    ChargeFactory,
    CourtFactory,
    FacilityFactory,
    HearingFactory,
    PrisonerFactory,
    ProsecutionFactory,
    RecognitionFactory,
    StayFactory,
)
from tests.pages.world import TODAY, day

pytestmark = pytest.mark.django_db


def somebody(**fields):
    """A person with a place, a recognition and a case with a charge and a hearing."""
    person = PrisonerFactory(updated_on=TODAY, **fields)
    StayFactory(prisoner=person)
    RecognitionFactory(prisoner=person)
    case = CaseFactory(updated_on=TODAY)
    ChargeFactory(prosecution=ProsecutionFactory(case=case, prisoner=person))
    HearingFactory(case=case, court=CourtFactory(), on=TODAY)
    return person


def everything(reader) -> str:
    """All lists, and every record of them, in both languages, as one text."""
    texts = [reader.get(f"{ROOT}openapi.json").content.decode()]
    for language in ("ru", "en"):
        for name in LISTS:
            for record in whole_list(reader, f"{name}/?lang={language}&limit=100"):
                texts.append(str(asked(reader, f"{record['api_url']}?lang={language}")))
                texts.append(str(record))
    return "\n".join(texts)


def test_a_withdrawn_person_is_gone_at_once(reader):
    person = somebody(slug="sokrovenny", surname_ru="Сокровенный", surname_en="Sokrovenny")
    assert all(word in everything(reader) for word in ("sokrovenny", "Сокровенный", "Sokrovenny"))
    withdraw(prisoner=person, reason="по просьбе семьи", by=7)
    left = everything(reader)
    assert not [word for word in ("sokrovenny", "Сокровенн", "Sokrovenny") if word in left]
    hidden, absent = (reader.get(f"{ROOT}people/{slug}/") for slug in ("sokrovenny", "nobody-ever"))
    assert (
        (hidden.status_code, hidden.content) == (absent.status_code, absent.content) == (404, absent.content)
    )
    assert asked(reader, "people/?q=Сокровенный")["data"] == []


def test_initials_take_the_name_away_at_once(reader):
    person = somebody(
        slug="sokrovenny",
        surname_ru="Сокровенный",
        given_names_ru="Игнат",
        surname_en="Sokrovenny",
        given_names_en="Ignat",
        born=day("14.03.1987"),
    )
    reduce_to_initials(prisoner=person, reason="по просьбе семьи", by=7)
    left = everything(reader)
    assert not [
        w for w in ("sokrovenny", "окровенн", "okrovenny", "Игнат", "Ignat", "1987-03-14") if w in left
    ]
    (record,) = asked(reader, "people/")["data"]
    assert record["initials_only"] is True
    assert record["name"]["ru"].startswith("С.")
    assert reader.get(f"{ROOT}people/sokrovenny/").status_code == 404


def test_hidden_people_of_a_case_are_neither_named_nor_counted(reader):
    person = somebody(slug="shown")
    case = person.prosecutions.get().case
    ProsecutionFactory(case=case, prisoner=PrisonerFactory(slug="hidden-one", state="draft"))
    answer = asked(reader, f"cases/{case.slug}/")["data"]
    assert answer["people"] == ["shown"]
    assert len(answer["details"]["prosecutions"]) == 1
    assert "hidden-one" not in everything(reader)


def test_an_unpublished_place_and_case_answer_like_none(reader):
    draft = FacilityFactory(slug="draft-place", state="draft")
    case = CaseFactory(slug="draft-case", state="draft")
    HearingFactory(case=case, on=TODAY)
    assert "draft-place" not in everything(reader)
    for path in (f"facilities/{draft.slug}/", "cases/draft-case/"):
        assert reader.get(ROOT + path).status_code == 404
    hidden, absent = (reader.get(f"{ROOT}hearings/?case={slug}") for slug in ("draft-case", "nobody-ever"))
    assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content)
    assert asked(reader, "hearings/")["data"] == []


# --- What it costs ---------------------------------------------------------------------------------


def test_a_list_costs_the_same_with_one_row_and_with_three(reader):
    costs = {name: same_number_of_queries(reader, f"{ROOT}{name}/", add_row=somebody) for name in LISTS}
    assert max(costs.values()) <= 24, costs
    assert costs["people"] <= 8, costs
    assert set(costs) == {resource.name for resource in RESOURCES}


def test_a_record_costs_the_same_whatever_hangs_on_it(reader):
    person = somebody(slug="known")
    case = person.prosecutions.get().case

    def more():
        StayFactory(prisoner=person, began=None, ended=None, temporary=True)
        ChargeFactory(prosecution=ProsecutionFactory(prisoner=person))
        ProsecutionFactory(case=case)
        HearingFactory(case=case, on=TODAY)

    for path in ("people/known/", f"cases/{case.slug}/"):
        assert same_number_of_queries(reader, ROOT + path, add_row=more) <= 24


def test_nothing_is_asked_of_the_database_for_a_parameter_that_is_not_known(reader):
    assert page_queries(reader, f"{ROOT}people/?sort=x", status=400) == []


def test_findings_that_are_alike_have_identifiers_of_their_own(reader):
    case = CaseFactory()
    for _ in range(2):
        InternationalFinding.objects.create(case=case, body="wgad", number="10/2025", state="published")
    first, second = ids(asked(reader, "findings/")["data"])
    assert second == f"{first}-2"
    for name in (first, second):
        assert asked(reader, f"findings/{name}/")["data"]["id"] == name
