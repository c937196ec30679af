"""Buttons of a record: each has its page, its right, its reason, and never works by GET."""

import pytest
from django.urls import reverse

from memorial.base.choices import State
from memorial.base.models import HistoryEntry
from prisoners.models import RestrictionRequest
from tests.factories import (
    CitationFactory,
    DraftFactory,
    FacilityFactory,
    PrisonerFactory,
    ProsecutionFactory,
    StayFactory,
)

pytestmark = pytest.mark.django_db


def deed(person, code, model="prisoner") -> str:
    return reverse(f"admin:prisoners_{model}_deed", args=[person.pk, code])


@pytest.fixture
def draft():
    person = DraftFactory(slug="horn", surname_ru="Рогожин", surname_en="Rogozhin")
    CitationFactory(prisoner=person)
    return person


def state(person) -> str:
    person.refresh_from_db()
    return person.state


def test_a_draft_goes_to_review_to_readers_and_away_again(desk, draft):
    assert desk.get(deed(draft, "publish")).status_code == 200
    assert state(draft) == State.DRAFT, "looking does nothing"
    desk.post(deed(draft, "review"))
    assert state(draft) == State.READY
    desk.post(deed(draft, "publish"))
    assert state(draft) == State.PUBLISHED
    answer = desk.post(deed(draft, "withdraw"), {"reason": "  "})
    assert (answer.status_code, state(draft)) == (400, State.PUBLISHED)
    desk.post(deed(draft, "withdraw"), {"reason": "asked by the mother"})
    assert state(draft) == State.WITHDRAWN
    entry = HistoryEntry.objects.filter(table="prisoners_prisoner").first()
    assert (entry.reason, entry.actor) == ("asked by the mother", f"staff:{desk.user.pk}")
    desk.post(deed(draft, "draft"))
    assert state(draft) == State.DRAFT


def test_obstacles_are_said_before_and_hold_after(desk):
    person = DraftFactory(summary_ru="", summary_en="")
    text = desk.get(deed(person, "publish")).content.decode()
    assert "no short description" in text
    assert "disabled" in text
    assert desk.post(deed(person, "publish")).status_code == 400
    assert state(person) == State.DRAFT


def test_initials_first_show_where_the_name_still_stands(desk, draft):
    other = PrisonerFactory(summary_ru="Судим вместе с Рогожиным.")
    text = desk.get(deed(draft, "initials")).content.decode()
    assert "Рогожиным" in text
    assert state(draft) == State.DRAFT
    desk.post(deed(draft, "initials"), {"reason": "fear for relatives"})
    draft.refresh_from_db()
    assert draft.initials_only
    assert "Рогожин" not in f"{draft.surname_ru} {draft.slug}"
    desk.post(deed(draft, "name"), {"reason": "consent given"})
    draft.refresh_from_db()
    assert draft.surname_ru == "Рогожин"
    assert other.pk != draft.pk


def test_one_detail_is_hidden_by_one_person(desk):
    person = StayFactory().prisoner
    CitationFactory(prisoner=person)
    desk.post(deed(person, "hide-birth-date"), {"reason": "asked"})
    desk.post(deed(person, "hide-place"), {"reason": "asked"})
    person.refresh_from_db()
    assert person.born.text == "1987"
    assert person.stays.get().facility is None


def test_only_what_can_be_done_is_offered(desk, draft):
    text = desk.get(reverse("admin:prisoners_prisoner_change", args=[draft.pk])).content.decode()
    assert deed(draft, "review") in text
    assert deed(draft, "withdraw") not in text
    assert "hide-place" not in text


@pytest.mark.parametrize(
    ("group", "publishes", "hides"),
    [
        ("editor", True, True),
        ("publisher", True, True),
        ("administrator", True, True),
        ("legal", False, True),
        ("aid_coordinator", False, False),
        ("auditor", False, False),
        ("translator", False, False),
        ("finance", False, False),
    ],
)
def test_who_may_publish_and_who_may_hide(member, draft, group, publishes, hides):
    client = member(group)
    sees = publishes or hides
    assert client.get(deed(draft, "publish")).status_code == (
        200 if publishes else 404 if group in ("translator",) else 403
    )
    assert client.post(deed(draft, "publish")).status_code == (
        302 if publishes else 404 if group in ("translator",) else 403
    )
    published = PrisonerFactory()
    status = client.post(deed(published, "withdraw"), {"reason": "x"}).status_code
    assert (status == 302) is hides, status
    assert (state(published) == State.WITHDRAWN) is hides
    assert sees or group not in ("editor", "publisher")


def test_checked_and_nothing_changed_is_one_press(desk, today):
    person = StayFactory().prisoner
    desk.post(deed(person, "confirm"))
    person.refresh_from_db()
    assert person.facts_checked_on == today
    place = FacilityFactory(address_checked_on=None)
    assert desk.post(deed(place, "confirm", "facility")).status_code == 302
    place.refresh_from_db()
    assert place.address_checked_on == today


def test_an_institution_is_published_and_withdrawn(desk):
    place = FacilityFactory(state=State.DRAFT)
    desk.post(deed(place, "publish", "facility"))
    assert state(place) == State.PUBLISHED
    desk.post(deed(place, "withdraw", "facility"), {"reason": "closed"})
    assert state(place) == State.WITHDRAWN


def test_an_unknown_deed_or_person_is_not_found(desk, draft):
    assert desk.get(deed(draft, "elevate")).status_code == 404
    assert desk.get(reverse("admin:prisoners_prisoner_deed", args=[0, "publish"])).status_code == 404


class TestRestriction:
    """Hide first, decide later, by two different people."""

    @pytest.fixture
    def asked(self, today):
        return RestrictionRequest.objects.create(
            prisoner=PrisonerFactory(), by="relative", received_on=today, text="Take it away", review_on=today
        )

    def test_hiding_is_offered_at_once(self, desk, asked):
        text = desk.get(
            reverse("admin:prisoners_restrictionrequest_change", args=[asked.pk])
        ).content.decode()
        assert deed(asked.prisoner, "initials") in text

    def test_the_first_writes_and_the_second_confirms(self, desk, member, asked):
        url = reverse("admin:prisoners_restrictionrequest_change", args=[asked.pk])
        confirm = reverse("admin:prisoners_restrictionrequest_confirm", args=[asked.pk])
        second = member("editor", name="second")
        assert second.post(confirm, {"outcome": "granted"}).status_code == 400, "nothing is decided yet"

        from tests.office.forms import fields_of

        assert (
            desk.post(
                url, fields_of(desk.get(url)) | {"decision": "Granted: danger.", "outcome": "granted"}
            ).status_code
            == 302
        )
        asked.refresh_from_db()
        assert (asked.outcome, asked.decided_by, asked.confirmed_by) == ("open", desk.user.pk, None)
        assert desk.post(confirm, {"outcome": "granted"}).status_code == 400, "not by the same person"
        asked.refresh_from_db()
        assert asked.outcome == "open"
        assert second.post(confirm, {"outcome": "granted"}).status_code == 302
        asked.refresh_from_db()
        assert (asked.outcome, asked.confirmed_by) == ("granted", second.user.pk)

    def test_a_decision_rewritten_by_the_second_needs_the_first_again(self, desk, member, asked):
        from tests.office.forms import fields_of

        url = reverse("admin:prisoners_restrictionrequest_change", args=[asked.pk])
        confirm = reverse("admin:prisoners_restrictionrequest_confirm", args=[asked.pk])
        second = member("editor", name="second")
        desk.post(url, fields_of(desk.get(url)) | {"decision": "Granted."})
        second.post(url, fields_of(second.get(url)) | {"decision": "Refused."})
        assert second.post(confirm, {"outcome": "refused"}).status_code == 400
        assert desk.post(confirm, {"outcome": "refused"}).status_code == 302


def test_withdrawing_names_the_cases_that_would_stay_with_nobody(desk):
    alone = ProsecutionFactory(case__title_en="The poem case", case__title_ru="Дело о стихе")
    shared = ProsecutionFactory(
        prisoner=alone.prisoner, case__title_en="The square", case__title_ru="Площадь"
    )
    ProsecutionFactory(case=shared.case)
    text = desk.get(deed(alone.prisoner, "withdraw")).content.decode()
    assert f"«{alone.case}» would stay with nobody" in text
    assert f"«{shared.case}»" not in text
