"""The past of a record, for each reader what they may see of its fields: old versions hold what was hidden."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cases.models import Case
from memorial.base.admin.history_rights import needed
from memorial.base.evidence import Looking
from memorial.base.models import HistoryEntry
from prisoners import models as people
from prisoners.actions import reduce_to_initials
from tests.counting import counted
from tests.factories import FacilityFactory, PrisonerFactory, StayFactory

pytestmark = pytest.mark.django_db


def history(record, model="prisoner") -> str:
    return reverse(f"admin:prisoners_{model}_history", args=[record.pk])


@pytest.fixture
def person():
    """Somebody with one edit of everything that differs in who may see it."""
    person = PrisonerFactory(surname_ru="Горинцев", summary_en="Was so", slug="first")
    people.StaffNote.objects.create(prisoner=person, text="Звонила сестра")
    people.Consent.objects.create(
        prisoner=person,
        scope="photo",
        by="person",
        how="letter",
        given_on="2026-01-02",
        note="Слово согласия",
    )
    stay = StayFactory(prisoner=person, note_en="A line of a stay")
    people.StayPrivate.objects.create(stay=stay, facility=FacilityFactory(), staff_note="Тайное место")
    people.Prisoner.objects.filter(pk=person.pk).update(summary_en="Is so", surname_ru="Горинцевский")
    return person


SEEN = {
    "editor": {
        "Was so",
        "Горинцевский",
        "Is so",
        "Звонила сестра",
        "Слово согласия",
        "A line of a stay",
        "Тайное место",
    },
    "legal": {
        "Was so",
        "Горинцевский",
        "Is so",
        "Звонила сестра",
        "Слово согласия",
        "A line of a stay",
        "Тайное место",
    },
    "auditor": {
        "Was so",
        "Горинцевский",
        "Is so",
        "Звонила сестра",
        "Слово согласия",
        "A line of a stay",
        "Тайное место",
    },
    "aid_coordinator": {"Звонила сестра", "Слово согласия", "Тайное место"},
    "translator": {"Was so", "Is so", "Горинцевский"},
}
ALL = set().union(*SEEN.values())


@pytest.mark.parametrize("group", SEEN)
def test_each_sees_the_past_of_what_they_may_see(member, person, group):
    shown = member(group).get(history(person))
    said = " ".join(
        f"{one.before} {one.after}" for edit in shown.context["edits"] for one in edit.differences
    )
    assert {word for word in ALL if word in said} == SEEN[group]
    assert {word for word in ALL - SEEN[group] if word in shown.content.decode()} <= {"Горинцевский"}, (
        "its title"
    )


def test_a_translator_sees_neither_who_nor_why_nor_anything_but_texts(member, person):
    client = member("translator")
    for edit in client.get(history(person)).context["edits"]:
        assert (edit.who, edit.reason) == ("a colleague", "")
        assert all("(" in one.label for one in edit.differences), "texts in a language, nothing else"


@pytest.mark.parametrize("group", ["translator", "aid_coordinator"])
def test_the_past_of_somebody_shown_by_initials_does_not_tell_the_name(member, person, group):
    person.refresh_from_db()
    reduce_to_initials(prisoner=person, reason="asked for it", by=None)
    people.StaffNote.objects.all().delete()  # who may see notes reads in them where the name still stands
    people.Prisoner.objects.update(state="published")
    shown = member(group).get(history(person))
    assert shown.status_code == 200
    tables = {edit.model.__name__ for edit in shown.context["edits"]} - {"StaffNote"}
    assert tables <= {"Consent", "StayPrivate"}
    for word in ("Горинцев", "asked for it"):
        notes = [e for e in shown.context["edits"] if e.model.__name__ == "StaffNote"]
        assert notes or word not in shown.content.decode()
    assert "Горинцевский" in member("editor").get(history(person)).content.decode()


def test_the_past_needs_the_right_to_the_confidential_twin():
    """By introspection: whatever is moved away on hiding is in a twin, one row to one row."""
    assert people.PrisonerPrivate in needed(people.Prisoner)
    assert {people.PrisonerPrivate, people.StayPrivate} <= needed(people.Stay)
    assert people.PrisonerPrivate in needed(people.NameVariant)
    assert needed(people.Consent) == {people.Consent}
    assert {model.__name__ for model in needed(Case)} == {"Case", "CasePrivate"}


def test_the_list_of_all_entries_leaves_out_the_tables_that_one_may_not_see(member, person):
    """An administrator sees no records of help: not their entries, not one by its address."""
    from assistance.models import Client
    from tests.leaks.rows import Maker, Values

    Maker(Values()).make(Client)
    entry = HistoryEntry.objects.filter(table="assistance_client").first()
    for group in ("editor", "publisher"):
        client = member(group)
        page = reverse("admin:base_historyentry_change", args=[entry.pk])
        assert client.get(page).status_code == 302, "answers like an absent one"
        listed = client.get(reverse("admin:base_historyentry_changelist"), {"table": "assistance_client"})
        assert f"/{entry.pk}/change/" not in listed.content.decode()


def test_one_edit_or_three_the_same_number_of_queries(member):
    client = member("editor")

    def made(count: int) -> int:
        person = PrisonerFactory()
        for number in range(count):
            people.NameVariant.objects.create(prisoner=person, text=f"Горынцев {number}")
            people.StaffNote.objects.create(prisoner=person, text="x")
            person.citizenships.create(country=["UA", "BY", "KZ"][number])
        with counted() as queries:
            assert client.get(history(person)).status_code == 200
        return len(queries)

    made(1)
    assert made(1) == made(3)


def test_a_history_that_showed_notes_is_a_look(member, person):
    client = member("legal")
    client.get(history(person))
    looking = Looking.objects.get()
    assert (looking.staff, looking.table, looking.rows) == (
        client.user.pk,
        "prisoners_prisoner",
        [str(person.pk)],
    )
    assert {"prisoners_staffnote", "prisoners_consent", "prisoners_stayprivate"} == set(looking.shown)


def test_a_sealed_text_is_opened_for_those_who_may_see_its_record(member, editor):
    from assistance.models import Client
    from memorial.base.admin.history_reading import edits
    from memorial.base.admin.history_rights import PastRights

    row = Client.objects.create(name="Горинцева Мария")
    Client.objects.filter(pk=row.pk).update(name="Горинцева Марья")
    entries = list(HistoryEntry.objects.filter(table="assistance_client"))
    assert "Марья" not in str([(e.before, e.after) for e in entries])
    words = str([edit.differences for edit in edits(entries, PastRights(editor))])
    assert "Горинцева Мария" in words
    assert "Горинцева Марья" in words
    assert "digest" not in words.lower()
    assert list(edits(entries, PastRights(member("editor").user))) == []
