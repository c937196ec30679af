"""A translator reaches names and texts of what is public or about to be, and nothing that is confidential."""

import re
from collections import deque

import pytest
from django.contrib import admin
from django.db import models
from django.urls import reverse
from django.utils import timezone

from memorial.base.choices import State
from memorial.base.database import our_tables
from memorial.base.exposure import is_confidential
from prisoners.models import (
    ConfidentialCitation,
    Consent,
    FacilityPrivate,
    HiddenNameVariant,
    Lead,
    OldAddress,
    Photo,
    PhotoOriginal,
    PrisonerPrivate,
    RecognitionReview,
    RestrictionRequest,
    SecondLook,
    StaffNote,
    StayPrivate,
)
from tests.factories import (
    CustodyFactory,
    DraftFactory,
    FacilityFactory,
    PrisonerFactory,
    RecognitionFactory,
    StayFactory,
)
from tests.office.forms import errors_of, fields_of

pytestmark = pytest.mark.django_db
MARK = "Zq7secret"


def page(person) -> str:
    return reverse("admin:prisoners_prisoner_change", args=[person.pk])


@pytest.fixture
def world(today):
    """A marker in every text of every confidential table, of a draft and of what was withdrawn."""
    person = PrisonerFactory(slug="open")
    CustodyFactory(prisoner=person, note_ru="Строка", note_en="")
    RecognitionFactory(prisoner=person)
    stay = StayFactory(prisoner=person)
    concealed = StayFactory(
        prisoner=person, facility=None, public="no", ongoing=False, began="2020", ended="2020"
    )
    secret = FacilityFactory(
        slug="zq7secret-place", name_ru=MARK, name_en=MARK, street=MARK, state=State.DRAFT
    )
    StayPrivate.objects.create(stay=concealed, facility=secret, staff_note=MARK)
    StayFactory(prisoner=person, facility=secret, ongoing=False, began="2019", ended="2019")
    PrisonerPrivate.objects.create(
        prisoner=person, staff_note=MARK, minor_decision=MARK, moved_names={"a": MARK}
    )
    HiddenNameVariant.objects.create(prisoner=person, text=MARK)
    ConfidentialCitation.objects.create(stay=stay, kind="lawyer", text=MARK, contact=MARK)
    Consent.objects.create(
        prisoner=person, scope="photo", by="person", how="letter", given_on=today, note=MARK
    )
    StaffNote.objects.create(prisoner=person, text=MARK)
    Lead.objects.create(
        title=MARK, text=MARK, came_on=today, next_step=MARK, next_step_on=today, prisoner=person
    )
    RestrictionRequest.objects.create(
        prisoner=person, by="lawyer", contact=MARK, received_on=today, text=MARK, review_on=today
    )
    RecognitionReview.objects.create(prisoner=person, text=MARK)
    SecondLook.objects.create(
        prisoner=person,
        entered_at=timezone.now(),
        wanted="published",
        returned_word=MARK,
        returned_by="staff:9",
    )
    OldAddress.objects.create(path=f"prisoners/{MARK}/", prisoner=person)
    photo = Photo.objects.create(prisoner=person, alt_ru=MARK)
    PhotoOriginal.objects.create(photo=photo, file=f"{MARK}.jpg", width=1, height=1, source_note=MARK)
    FacilityPrivate.objects.create(facility=stay.facility, staff_note=MARK)
    for state in (State.DRAFT, State.WITHDRAWN):
        hidden = DraftFactory(
            state=state,
            surname_ru=MARK,
            surname_en=MARK,
            summary_ru=MARK,
            summary_en="",
            slug=f"zq7secret-{state}",
        )
        StayFactory(prisoner=hidden, facility=stay.facility, note_ru=MARK)
    return person


def test_the_world_has_a_marker_in_every_confidential_table_of_people(world):
    # The machinery of lists: what they bring stands in the tables of people.
    without = {"ImportSource", "ImportKey", "ImportRun", "ImportMapping", "ImportUpload", "Export"}
    for model in our_tables():
        if model._meta.app_label == "prisoners" and is_confidential(model) and model.__name__ not in without:
            texts = [
                f
                for f in model._meta.concrete_fields
                if isinstance(f, models.CharField | models.TextField | models.JSONField)
            ]
            assert any(MARK in str(f.value_from_object(row)) for row in model.objects.all() for f in texts), (
                model
            )


def links(text: str) -> set[str]:
    return {
        link.replace("&amp;", "&").split("#")[0]
        for link in re.findall(r'(?:href|src|action)="(/admin/[^"]*)"', text)
    }


def crawl(client, start) -> dict[str, str]:
    """Everything that can be reached by links from the given addresses: address → text."""
    seen: dict[str, str] = {}
    waiting = deque(start)
    while waiting and len(seen) < 400:
        address = waiting.popleft()
        if address in seen or "logout" in address or "jsi18n" in address:
            continue
        answer = client.get(address)
        assert answer.status_code < 500, address
        seen[address] = "" if answer.streaming else f"{answer.headers}{answer.content.decode()}"
        if answer.status_code == 200:
            waiting.extend(sorted(links(seen[address])))
    return seen


def every_address(person) -> list[str]:
    """Pages that no link offers: each model's list, add, change, history, delete, whatever the number."""
    found = []
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        found += [
            reverse(f"{name}_changelist"),
            reverse(f"{name}_changelist") + f"?q={MARK}",
            reverse(f"{name}_add"),
        ]
        for row in model._default_manager.all()[:4]:
            found += [reverse(f"{name}_{verb}", args=[row.pk]) for verb in ("change", "history", "delete")]
    for pk in type(person).objects.values_list("pk", flat=True):
        for view in ("preview", "add_photo", "merge"):
            found.append(reverse(f"admin:prisoners_prisoner_{view}", args=[pk]))
        found += [
            reverse("admin:prisoners_prisoner_deed", args=[pk, code])
            for code in ("publish", "initials", "hide-place")
        ]
    found += [reverse("admin:prisoners_photo_original", args=[photo.pk]) for photo in Photo.objects.all()]
    found += [
        reverse("admin:prisoners_photo_do", args=[photo.pk, "publish"]) for photo in Photo.objects.all()
    ]
    for source, field in (
        ("lead", "prisoner"),
        ("stay", "facility"),
        ("prisoner", "region"),
        ("recognition", "statement"),
    ):
        for term in ("", MARK):
            query = f"?app_label=prisoners&model_name={source}&field_name={field}&term={term}"
            found.append(reverse("admin:autocomplete") + query)
    return found


def test_no_page_that_a_translator_can_reach_holds_anything_confidential(member, world):
    client = member("translator")
    seen = crawl(client, [reverse("admin:index"), *every_address(world)])
    answered = [address for address, text in seen.items() if "200" in text or "<html" in text]
    assert len(seen) > 60
    assert len(answered) > 15
    assert [
        address
        for address, text in seen.items()
        if MARK.lower()
        in text.replace(address, "")
        .lower()
        .replace(f"q={MARK}".lower(), "")
        # The list's question, carried along to «Add» and back.
        .replace(f"q%3D{MARK}".lower(), "")
        .replace(f'value="{MARK}"'.lower(), "")
    ] == []


def test_the_same_walk_finds_the_markers_for_an_editor(member, world):
    """Else the test above would prove nothing."""
    client = member("editor")
    text = client.get(page(world)).content.decode()
    assert text.count(MARK) >= 8


def test_a_translator_changes_texts_and_nothing_else(member, world):
    client = member("translator")
    answer = client.get(page(world))
    fields = fields_of(answer)
    visible = {
        name for name in fields if not re.search(r"_FORMS$|-id$|-prisoner$|^version$|^opened_at$", name)
    }
    assert {name[-3:] for name in visible} == {"_ru", "_en"}
    sent = fields | {
        "summary_en": "Translated.",
        "custodies-0-note_en": "A line",
        "state": "draft",
        "born": "1900",
        "custodies-0-detained_on": "1999",
        "facts_checked_on": "2026-01-01",
    }
    saved = client.post(page(world), sent)
    assert saved.status_code == 302, errors_of(saved)
    world.refresh_from_db()
    custody = world.custodies.get()
    assert (world.summary_en, custody.note_en) == ("Translated.", "A line")
    assert (world.state, world.born.text, custody.detained_on.text, world.facts_checked_on) == (
        "published",
        "1987-10-02",
        "2023-03-14",
        None,
    )


def test_a_translator_neither_adds_nor_removes_rows(member, world):
    client = member("translator")
    fields = fields_of(client.get(page(world)))
    client.post(
        page(world),
        fields | {"custodies-0-DELETE": "on", "custodies-TOTAL_FORMS": "2", "custodies-1-note_en": "new"},
    )
    assert world.custodies.count() == 1


def test_a_translator_sees_whoever_is_about_to_be_public(member):
    ready = DraftFactory(state=State.READY)
    client = member("translator")
    assert client.get(page(ready)).status_code == 200
    assert client.get(page(DraftFactory())).status_code == 302
    assert (
        client.post(reverse("admin:prisoners_prisoner_deed", args=[ready.pk, "confirm"])).status_code == 403
    )


def test_a_conflict_tells_a_translator_nothing_of_the_rest(member, world):
    desk, client = member("editor"), member("translator")
    mine = fields_of(client.get(page(world)))
    theirs = fields_of(desk.get(page(world)))
    private = next(
        name
        for name, value in theirs.items()
        if name.endswith("staff_note") and value == [MARK] and "stays" not in name
    )
    assert (
        desk.post(page(world), theirs | {private: f"{MARK} changed", "summary_ru": "Новое"}).status_code
        == 302
    )
    answer = client.post(page(world), mine | {"summary_en": "Translated."})
    assert "a-editor changed this page" in errors_of(answer)
    assert MARK not in answer.content.decode()
