"""Hiding one detail: gone from what the public role may read, kept for staff."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from memorial.base.partial_date import PartialDate
from memorial.base.photos import public_names, public_storage
from prisoners import actions
from prisoners.models import Photo, PhotoOriginal, Prisoner, StaffNote
from tests.factories import CitationFactory, FacilityFactory, PrisonerFactory, StayFactory
from tests.prisoners.pictures import own_public_files, picture
from tests.prisoners.public_role import all_that_the_public_role_reads

pytestmark = pytest.mark.django_db
BY = 7


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    own_public_files(settings, tmp_path)


@pytest.fixture
def person():
    """A published person with a place, a photo and an exact birth date."""
    person = PrisonerFactory()
    CitationFactory(prisoner=person)
    StayFactory(prisoner=person)
    actions.add_photo(prisoner=person, data=picture(), by=BY)
    actions.publish(prisoner=person, by=BY)
    return person


def test_hiding_the_birth_date_leaves_the_year(person):
    assert "1987-10-02" in all_that_the_public_role_reads()
    actions.hide_detail(prisoner=person, what="birth_date", reason="asked", by=BY)
    assert person.born.text == "1987"
    assert person.private.born == PartialDate.parse("02.10.1987")
    assert "1987-10-02" not in all_that_the_public_role_reads()
    actions.hide_detail(prisoner=person, what="birth_date", reason="asked again", by=BY)
    assert person.private.born == PartialDate.parse("02.10.1987")


def test_hiding_the_photo_hides_it_from_later_publications(person, django_capture_on_commit_callbacks):
    stem = person.photos.get().stem
    with django_capture_on_commit_callbacks(execute=True):
        actions.hide_detail(prisoner=person, what="photo", reason="asked", by=BY)
    actions.publish(prisoner=person, by=BY)
    assert not Photo.objects.exclude(stem="").exists()
    assert PhotoOriginal.objects.get().hidden
    assert not any(public_storage().exists(name) for name in public_names(stem))


def test_hiding_the_place_leaves_the_region(person):
    colony = FacilityFactory(name_ru="ИК-77, Скрытное", name_en="IK-77, Skrytnoye", state="withdrawn")
    stay = person.stays.get()
    type(stay).objects.filter(pk=stay.pk).update(facility=colony, note_ru="Переведён в ИК-77")
    source = CitationFactory(prisoner=None, stay=stay, title="Этап в Скрытное")
    Prisoner.objects.filter(pk=person.pk).update(what_happened_ru="<p>Из Скрытного пишут письма.</p>")
    actions.hide_detail(prisoner=person, what="place", reason="asked", by=BY)
    stay.refresh_from_db()
    assert (stay.public, stay.facility, stay.region) == ("region_only", None, colony.region)
    assert stay.note_ru == ""
    assert stay.private.facility == colony
    assert "Переведён в ИК-77" in stay.private.staff_note
    assert not type(source).objects.filter(pk=source.pk).exists()
    assert "Этап в Скрытное" in stay.confidential_citations.get().text
    assert "Из Скрытного" in StaffNote.objects.get().text
    # A later move, entered in ten seconds, does not show the place again.
    actions.quick_entry(
        prisoner=person, kind="moved", on=PartialDate.from_date(dt.date(2026, 1, 5)),
        facility=FacilityFactory(name_ru="ИК-88, Тайное"), source_url="https://example.org/tainoe",
        line_ru="Переведён в ИК-88", line_en="", by=BY,
    )  # fmt: skip
    text = all_that_the_public_role_reads()
    assert "переведён" not in text
    assert "example.org/tainoe" not in text
    new = person.stays.get(ongoing=True)
    assert (new.public, new.facility) == ("region_only", None)
    assert new.private.facility.name_ru == "ИК-88, Тайное"


def test_only_three_details_can_be_hidden(person):
    with pytest.raises(ValidationError), transaction.atomic():
        actions.hide_detail(prisoner=person, what="crime", reason="asked", by=BY)
