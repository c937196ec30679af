"""One line of news in ten seconds: the right row, its source, and the page ready for the next."""

import pytest
from django.urls import reverse

from memorial.translating.models import TextSource
from memorial.translating.texts import text_digest
from prisoners.models import Citation, Stay
from tests.factories import CustodyFactory, FacilityFactory, PrisonerFactory, StayFactory
from tests.office.forms import fields_of

pytestmark = pytest.mark.django_db
URL = "admin:prisoners_prisoner_quick"


def entry(**changes) -> dict:
    return {
        "kind": "moved",
        "on": "02.2025",
        "source_url": "https://example.org/n",
        "line_ru": "Этапирован.",
        **changes,
    }


def test_a_line_becomes_a_stay_with_its_source(desk):
    person, place = StayFactory().prisoner, FacilityFactory()
    answer = desk.post(reverse(URL), entry(prisoner=person.pk, facility=place.pk), follow=True)
    assert answer.status_code == 200
    assert "Saved:" in answer.content.decode()
    assert fields_of(answer)["kind"] == [""], "the same page, ready for the next"
    stay = Stay.objects.get(ongoing=True)
    assert (stay.facility, stay.note_ru) == (place, "Этапирован.")
    assert Citation.objects.get(stay=stay).url == "https://example.org/n"


@pytest.mark.parametrize(
    "wrong", [{"on": "yesterday"}, {"source_url": "javascript:alert(1)"}, {"kind": ""}, {"source_url": ""}]
)
def test_what_is_wrong_is_said_and_everything_typed_is_kept(desk, wrong):
    person, place = StayFactory().prisoner, FacilityFactory()
    answer = desk.post(reverse(URL), entry(prisoner=person.pk, facility=place.pk) | wrong)
    assert answer.status_code == 400
    kept = fields_of(answer)
    assert kept["line_ru"] == ["Этапирован."]
    assert (kept["prisoner"], kept["facility"]) == ([str(person.pk)], [str(place.pk)])
    assert kept["source_url"] == [wrong.get("source_url", "https://example.org/n")]
    assert Stay.objects.count() == 1


@pytest.mark.parametrize(("english", "known"), [("Transferred.", 1), ("", 0)])
def test_english_typed_beside_the_russian_is_known_to_the_desk_of_translation(desk, english, known):
    person, place = StayFactory().prisoner, FacilityFactory()
    desk.post(reverse(URL), entry(prisoner=person.pk, facility=place.pk, line_en=english))
    stay = Stay.objects.get(ongoing=True)
    sources = TextSource.objects.filter(table="prisoners_stay", row=stay.pk, field="note", language="en")
    assert [source.digest for source in sources] == [text_digest("Этапирован.")] * known


def test_a_release_takes_its_ground(desk):
    person = CustodyFactory().prisoner
    more = {"ground": "parole", "circumstance": "ordinary"}
    answer = desk.post(reverse(URL), entry(prisoner=person.pk, kind="released", **more))
    assert answer.status_code == 302, answer.context["form"].errors
    assert person.ends_of_custody.get().ground == "parole"


def test_it_is_reached_from_the_person_with_the_person_chosen(desk):
    person = PrisonerFactory()
    page = desk.get(reverse("admin:prisoners_prisoner_change", args=[person.pk])).content.decode()
    link = f"{reverse(URL)}?prisoner={person.pk}"
    assert link in page
    assert fields_of(desk.get(link))["prisoner"] == [str(person.pk)]


@pytest.mark.parametrize("junk", ["x", "999999", "\x00", "1 OR 1=1"])
def test_nonsense_in_the_address_does_no_harm(desk, junk):
    assert desk.get(reverse(URL), {"prisoner": junk}).status_code in (200, 400)


@pytest.mark.parametrize("group", ["translator", "auditor", "finance", "aid_coordinator"])
def test_who_does_not_edit_does_not_enter(member, group):
    assert member(group).get(reverse(URL)).status_code == 403
