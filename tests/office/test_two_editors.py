"""Two editors, one page: warned at opening, refused at saving, nothing typed or saved is lost."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from memorial.base.models import OpenForm
from prisoners.models import Custody, Prisoner, Stay
from tests.factories import CustodyFactory, FacilityFactory, PrisonerFactory, StayFactory
from tests.office.conftest import signed_in
from tests.office.forms import errors_of, fields_of, with_row

pytestmark = pytest.mark.django_db


def page(person) -> str:
    return reverse("admin:prisoners_prisoner_change", args=[person.pk])


@pytest.fixture
def other(member):
    return member("editor", name="petrova")


def test_a_colleague_who_opened_the_page_is_named(desk, other):
    person = PrisonerFactory()
    assert "opened this page" not in desk.get(page(person)).content.decode()
    assert "a-editor opened this page" in other.get(page(person)).content.decode()
    OpenForm.objects.update(opened_at=timezone.now() - timedelta(minutes=16))
    assert "opened this page" not in desk.get(page(person)).content.decode()


def test_whoever_saved_no_longer_has_it_open(desk, other):
    person = PrisonerFactory()
    desk.post(page(person), fields_of(desk.get(page(person))))
    assert "opened this page" not in other.get(page(person)).content.decode()


def test_the_second_save_is_refused_with_what_changed_and_the_text_is_kept(desk, other):
    person = PrisonerFactory(summary_ru="Было", summary_en="Was")
    mine, theirs = fields_of(desk.get(page(person))), fields_of(other.get(page(person)))
    assert other.post(page(person), theirs | {"summary_ru": "Стало", "gender": "f"}).status_code == 302

    answer = desk.post(page(person), mine | {"summary_ru": "Моё", "summary_en": "Mine"})
    assert answer.status_code == 200
    said = errors_of(answer)
    assert "petrova changed this page at" in said
    assert "Стало" in said, "both changed it: the colleague's word is shown"
    assert "Gender" in said, "only the colleague changed it: it is taken over"
    person.refresh_from_db()
    assert (person.summary_ru, person.summary_en, person.gender) == ("Стало", "Was", "f")

    again = fields_of(answer)
    assert (again["summary_ru"], again["summary_en"], again["gender"]) == (["Моё"], ["Mine"], ["f"])
    assert desk.post(page(person), again).status_code == 302
    person.refresh_from_db()
    assert (person.summary_ru, person.summary_en, person.gender) == ("Моё", "Mine", "f")


def test_rows_below_are_guarded_too(desk, other):
    stay = StayFactory(note_en="was")
    person = stay.prisoner
    CustodyFactory(prisoner=person)
    mine, theirs = fields_of(desk.get(page(person))), fields_of(other.get(page(person)))
    place = FacilityFactory()
    other.post(page(person), theirs | {"stays-0-facility": str(place.pk), "custodies-0-DELETE": "on"})

    answer = desk.post(page(person), mine | {"stays-0-note_en": "mine"})
    assert "Institution" in errors_of(answer)
    assert desk.post(page(person), fields_of(answer)).status_code == 302
    stay.refresh_from_db()
    assert (stay.facility, stay.note_en) == (place, "mine")
    assert not Custody.objects.exists(), "what the colleague removed does not come back"


def test_a_row_that_a_colleague_added_is_kept_and_told_of(desk, other):
    person = PrisonerFactory()
    mine, theirs = fields_of(desk.get(page(person))), fields_of(other.get(page(person)))
    row = {"public": "no", "reason": "remand", "began": "2023", "verification": "one_source"}
    assert other.post(page(person), with_row(theirs, "stays", **row)).status_code == 302
    answer = desk.post(page(person), mine | {"summary_en": "mine"})
    assert "Rows added or removed meanwhile: Stay" in errors_of(answer)
    assert desk.post(page(person), fields_of(answer)).status_code == 302
    assert Stay.objects.count() == 1


def test_a_save_that_only_touched_rows_below_counts(desk, other):
    person = PrisonerFactory()
    mine, theirs = fields_of(desk.get(page(person))), fields_of(other.get(page(person)))
    other.post(page(person), with_row(theirs, "staff_notes", text="a note"))
    assert "petrova changed this page" in errors_of(desk.post(page(person), mine))


def test_a_form_without_its_version_is_refused(desk):
    person = PrisonerFactory()
    fields = fields_of(desk.get(page(person)))
    del fields["version"]
    assert desk.post(page(person), fields | {"summary_en": "unseen"}).status_code == 200
    person.refresh_from_db()
    assert person.summary_en != "unseen"


def test_institutions_are_guarded_as_well(desk, other):
    place = FacilityFactory()
    url = reverse("admin:prisoners_facility_change", args=[place.pk])
    mine, theirs = fields_of(desk.get(url)), fields_of(other.get(url))
    assert other.post(url, theirs | {"street": "ул. Новая, д. 2"}).status_code == 302
    answer = desk.post(url, mine | {"city": "г. Новый"})
    assert "petrova changed this page" in errors_of(answer)
    assert desk.post(url, fields_of(answer)).status_code == 302
    place.refresh_from_db()
    assert (place.street, place.city) == ("ул. Новая, д. 2", "г. Новый")


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_the_same_moment_one_is_refused(member):
    people = [member("editor", name="first"), member("editor", name="second")]
    person = PrisonerFactory()
    url = page(person)
    forms = [fields_of(one.get(url)) | {"summary_en": f"by {one.user.username}"} for one in people]
    gate, statuses = threading.Barrier(2), []

    def save(user, fields) -> None:
        client = signed_in(user)
        gate.wait()
        statuses.append(client.post(url, fields).status_code)
        connection.close()

    threads = [
        threading.Thread(target=save, args=(one.user, form)) for one, form in zip(people, forms, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200, 302]
    assert Prisoner.objects.get().version == 2
