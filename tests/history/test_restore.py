"""Putting back from the history: as an edit with a reason where it is safe, refused in a sentence where not."""

from __future__ import annotations

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from memorial.base.choices import State
from memorial.base.models import HistoryEntry
from memorial.base.partial_date import PartialDate
from memorial.base.restoring import plan_restoration, restore
from prisoners import models as people
from prisoners.actions import reduce_to_initials
from tests.factories import CitationFactory, DraftFactory, PrisonerFactory, StayFactory

pytestmark = pytest.mark.django_db


def last(row, operation="U") -> HistoryEntry:
    found = HistoryEntry.objects.filter(table=row._meta.db_table, operation=operation)
    return found.filter(row=str(row.pk)).first() if row.pk else found.first()


def address(person, entry) -> str:
    return reverse("admin:prisoners_prisoner_restore", args=[person.pk, entry.pk])


def seen_on(page) -> str:
    return re.search(r'name="seen" value="(\w+)"', page.content.decode())[1]


def put_back(client, person, entry, *fields, reason="A slip"):
    url = address(person, entry)
    return client.post(url, {"field": fields, "seen": seen_on(client.get(url)), "reason": reason})


def test_a_text_is_put_back_with_a_preview_and_the_reason_stays(desk):
    person = PrisonerFactory(summary_en="Was so")
    people.Prisoner.objects.update(summary_en="Is so")
    entry = last(person)
    assert (
        address(person, entry)
        in desk.get(reverse("admin:prisoners_prisoner_history", args=[person.pk])).content.decode()
    )
    page = desk.get(address(person, entry)).content.decode()
    assert "Was so" in page
    assert "Is so" in page
    assert put_back(desk, person, entry, "summary_en").status_code == 302
    person.refresh_from_db()
    assert person.summary_en == "Was so"
    made = last(person)
    assert (made.before, made.after) == ({"summary_en": "Is so"}, {"summary_en": "Was so"})
    assert made.actor == f"staff:{desk.user.pk}"
    assert "A slip" in made.reason
    assert str(entry.pk) in made.reason


def test_only_the_ticked_field_is_put_back(desk):
    person = PrisonerFactory(summary_en="Was so", summary_ru="Было так", born=PartialDate.parse("02.10.1987"))
    people.Prisoner.objects.update(summary_en="Is so", summary_ru="Есть так", born=PartialDate.parse("1988"))
    assert put_back(desk, person, last(person), "born").status_code == 302
    person.refresh_from_db()
    assert (person.summary_en, person.summary_ru, str(person.born.text)) == (
        "Is so",
        "Есть так",
        "1987-10-02",
    )


def test_a_row_that_was_deleted_comes_back_under_its_number(desk):
    stay = StayFactory(note_en="A line of a stay")
    person, key, began = stay.prisoner, stay.pk, stay.began
    stay.delete()
    entry = HistoryEntry.objects.get(table="prisoners_stay", operation="D")
    assert "A line of a stay" in desk.get(address(person, entry)).content.decode()
    assert put_back(desk, person, entry).status_code == 302
    back = people.Stay.objects.get(pk=key)
    assert (back.prisoner, back.began, back.note_en) == (person, began, "A line of a stay")
    page = desk.get(address(person, entry)).content.decode()
    assert "The row is there." in page


def test_it_is_refused_without_a_reason_without_a_field_and_when_it_changed_meanwhile(desk):
    person = PrisonerFactory(summary_en="Was so")
    people.Prisoner.objects.update(summary_en="Is so")
    entry = last(person)
    assert "Give the reason" in put_back(desk, person, entry, "summary_en", reason=" ").content.decode()
    assert "Choose what" in put_back(desk, person, entry).content.decode()
    seen = seen_on(desk.get(address(person, entry)))
    people.Prisoner.objects.update(summary_en="Somebody else's")
    answer = desk.post(address(person, entry), {"field": ["summary_en"], "seen": seen, "reason": "x"})
    assert answer.status_code == 400
    assert "changed meanwhile" in answer.content.decode()
    person.refresh_from_db()
    assert person.summary_en == "Somebody else's"


def changed_state(person):
    people.Prisoner.objects.filter(pk=person.pk).update(state=State.READY)
    return last(person)


def of_initials(person):
    people.Prisoner.objects.filter(pk=person.pk).update(summary_en="Is so")
    entry = last(person)
    reduce_to_initials(prisoner=person, reason="asked", by=None)
    return entry


def of_withdrawn(person):
    people.Prisoner.objects.filter(pk=person.pk).update(summary_en="Is so")
    entry = last(person)
    people.Prisoner.objects.filter(pk=person.pk).update(state=State.WITHDRAWN)
    return entry


def of_two(person):
    row = people.Recognition.objects.create(
        prisoner=person,
        decided_by="project",
        on=PartialDate.parse("12.05.2023"),
        outcome="recognised",
        ground="solely",
    )
    people.Recognition.objects.filter(pk=row.pk).update(outcome="withdrawn")
    return last(row)


def of_consent(person):
    row = people.Consent.objects.create(
        prisoner=person, scope="photo", by="person", how="letter", given_on="2026-01-02"
    )
    people.Consent.objects.filter(pk=row.pk).update(withdrawn_on="2026-02-02")
    return last(row)


def of_file(person):
    row = people.Photo.objects.create(prisoner=person, alt_ru="Портрет")
    row.delete()
    return HistoryEntry.objects.get(table="prisoners_photo", operation="D")


def of_insert(person):
    return last(person, "I")


REFUSED = {
    changed_state: "by a deed of its own",
    of_initials: "shown by initials",
    of_withdrawn: "withdrawn",
    of_two: "Two people decide",
    of_consent: "entered anew",
    of_file: "upload it again",
    of_insert: "nothing to put back",
}


@pytest.mark.parametrize("make", REFUSED, ids=lambda make: make.__name__)
def test_what_is_not_safe_is_refused_in_a_sentence(desk, make):
    person = PrisonerFactory(summary_en="Was so")
    entry = make(person)
    rows = HistoryEntry.objects.count()
    page = desk.get(address(person, entry))
    assert REFUSED[make] in page.content.decode()
    found = re.search(r'name="seen" value="(\w+)"', page.content.decode())
    names = list(entry.before or {})
    answer = desk.post(
        address(person, entry), {"field": names, "seen": found[1] if found else "", "reason": "x"}
    )
    assert answer.status_code == 400
    assert HistoryEntry.objects.count() == rows


def test_a_deleted_draft_comes_back_and_a_published_person_does_not():
    for person, is_back in ((PrisonerFactory(), False), (DraftFactory(), True)):
        key, name = person.pk, person.surname_ru
        person.delete()
        person.pk = key
        plan = plan_restoration(last(person, "D"), people.Prisoner, DraftFactory())
        assert bool(plan.obstacle) is not is_back, plan.obstacle
        if is_back:
            restore(plan=plan, names=[], seen=plan.seen, reason="x")
            assert people.Prisoner.objects.get(pk=key).surname_ru == name
        else:
            with pytest.raises(ValidationError):
                restore(plan=plan, names=[], seen=plan.seen, reason="x")


def test_accounts_are_never_put_back(member, editor):
    client = member("administrator")
    client.user.first_name = "Other"
    client.user.save()
    entry = HistoryEntry.objects.filter(table="staff_user", operation="U").first()
    page = client.get(reverse("admin:staff_user_restore", args=[client.user.pk, entry.pk]))
    assert "Accounts" in page.content.decode()


def test_the_database_has_the_last_word(desk):
    """A citation whose fact is gone cannot come back."""
    stay = StayFactory()
    citation = CitationFactory(prisoner=None, stay=stay)
    person = stay.prisoner
    citation.delete()
    entry = HistoryEntry.objects.get(table="prisoners_citation", operation="D")
    stay.delete()
    assert desk.get(address(person, entry)).status_code in (200, 404)
    rows = HistoryEntry.objects.count()
    desk.post(address(person, entry), {"seen": "x", "reason": "x"})
    assert HistoryEntry.objects.count() == rows


def test_an_entry_of_another_record_is_not_found_there_and_rights_are_asked(desk, member):
    person, other = PrisonerFactory(summary_en="Was so"), PrisonerFactory()
    people.Prisoner.objects.filter(pk=person.pk).update(summary_en="Is so")
    entry = last(person)
    assert desk.get(address(other, entry)).status_code == 404
    for group in ("translator", "auditor", "aid_coordinator"):
        client = member(group)
        assert client.get(address(person, entry)).status_code == 403, group
        assert (
            client.post(address(person, entry), {"field": ["summary_en"], "reason": "x"}).status_code == 403
        )
    note = people.StaffNote.objects.create(prisoner=person, text="Звонила сестра")
    note.delete()
    gone = HistoryEntry.objects.get(table="prisoners_staffnote", operation="D")
    assert desk.get(address(person, gone)).status_code == 200
