"""A campaign's picture: taken in clean, shown with the campaign only, gone with it; in the office and in reports."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from PIL import Image

from donations.actions.campaigns import publish_campaign, withdraw_campaign
from donations.actions.pictures import remove_picture, set_picture
from donations.models import Campaign, CampaignPicture, CampaignPictureOriginal
from memorial.base.photos import confidential_storage, public_names, public_storage, remove_strays
from tests.counting import page_queries
from tests.donations.campaign_rows import campaign
from tests.donations.test_finance_desk import member
from tests.factories import PrisonerFactory
from tests.prisoners.pictures import own_public_files, picture

pytestmark = pytest.mark.django_db
WORDS = {
    "alt_ru": "Стол и лампа",
    "alt_en": "A desk and a lamp",
    "credit_ru": "рисунок О. Вымышленной",
    "credit_en": "drawing by O. Invented",
}
PAGE = "/en/donate/work-of-the-project/"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    own_public_files(settings, tmp_path)


def given(row: Campaign, **fields: object) -> CampaignPicture:
    data = fields.pop("data", None) or picture(size=(900, 600), talkative=True)
    return set_picture(campaign=row, by=1, data=data, words={**WORDS, **fields})


def files_of(stem: str) -> list[bool]:
    return [public_storage().exists(name) for name in public_names(stem)]


def test_a_draft_has_no_public_file_and_publishing_makes_them(django_capture_on_commit_callbacks):
    row = campaign(state="draft")
    shown = given(row)
    assert shown.stem == ""
    publish_campaign(campaign=row, by=1)
    shown.refresh_from_db()
    assert all(files_of(shown.stem))
    with public_storage().open(f"photos/{shown.stem}-480.jpg") as file, Image.open(file) as image:
        assert (image.size, image.mode, dict(image.getexif())) == ((480, 320), "L", {})
    page = Client().get(PAGE).content.decode()
    assert f"{shown.stem}-480.jpg" in page
    assert 'alt="A desk and a lamp"' in page
    assert "drawing by O. Invented" in page
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_campaign(campaign=row, reason="проверка", by=1)
    assert not any(files_of(shown.stem))
    assert CampaignPicture.objects.get().stem == ""
    publish_campaign(campaign=row, by=1)
    assert CampaignPicture.objects.get().stem not in ("", shown.stem)


def test_another_takes_its_place_and_nothing_of_the_first_remains(django_capture_on_commit_callbacks):
    row = campaign()
    with django_capture_on_commit_callbacks(execute=True):
        first = given(row)
        original = CampaignPictureOriginal.objects.get().file.name
    with django_capture_on_commit_callbacks(execute=True):
        second = given(row)
    assert CampaignPicture.objects.get() == second
    assert not any(files_of(first.stem))
    assert not confidential_storage().exists(original)
    with django_capture_on_commit_callbacks(execute=True):
        remove_picture(campaign=row, reason="не нужна", by=1)
    assert not any(files_of(second.stem))
    assert "photos/" not in Client().get(PAGE).content.decode()


def test_what_is_no_picture_and_words_in_one_language_leave_everything_as_it_was():
    row = campaign()
    shown = given(row)
    for fields in ({"data": b"<svg/>"}, {"alt_en": ""}, {"credit_ru": ""}):
        with pytest.raises(ValidationError):
            given(row, **fields)
    assert CampaignPicture.objects.get() == shown
    assert all(files_of(shown.stem))


def test_a_shared_link_shows_the_picture_beside_the_sums():
    row = campaign()
    address = reverse("donations:campaign-share-picture", kwargs={"slug": row.slug})
    plain = Client().get(address).content
    data = io.BytesIO()
    Image.new("L", (900, 600), 3).save(data, "PNG")
    given(row, data=data.getvalue())
    with Image.open(io.BytesIO(Client().get(address).content)) as image:
        assert image.size == (1200, 630)
        assert image.convert("L").getpixel((930, 200)) < 20
    with Image.open(io.BytesIO(plain)) as image:
        assert image.convert("L").getpixel((930, 300)) > 200


def test_a_picture_adds_no_query(settings):
    row = campaign()
    page_queries(Client(), PAGE)
    without = len(page_queries(Client(), PAGE))
    given(row)
    page_queries(Client(), PAGE)
    assert len(page_queries(Client(), PAGE)) == without


def test_the_net_below_keeps_what_is_shown_and_removes_what_is_not(monkeypatch):
    monkeypatch.setattr(remove_strays, "__defaults__", (timedelta(0),))
    shown = given(campaign())
    hidden = given(campaign("other"))
    Campaign.objects.filter(slug="other").update(state="withdrawn")
    call_command("sync_photos", verbosity=0)
    assert all(files_of(shown.stem))
    assert not any(files_of(hidden.stem))


def test_the_office_takes_a_picture_and_takes_it_away():
    row = campaign()
    finance = member("finance")
    page = reverse("admin:donations_campaign_picture", args=[row.pk])
    original = reverse("admin:donations_campaign_picture_original", args=[row.pk])
    assert page in finance.get(reverse("admin:donations_campaign_change", args=[row.pk])).content.decode()
    assert finance.get(original).status_code == 404

    def file() -> SimpleUploadedFile:
        return SimpleUploadedFile("IMG_1_anna.jpg", picture(), content_type="image/jpeg")

    assert finance.post(page, {"file": file(), **WORDS, "alt_en": ""}).status_code == 400
    PrisonerFactory(surname_ru="Лаптырёв", given_names_ru="Мирон")
    named = {**WORDS, "alt_ru": "Мирон Лаптырёв за столом"}
    assert finance.post(page, {"file": file(), **named}).status_code == 400
    assert not CampaignPicture.objects.exists()
    assert finance.post(page, {"file": file(), **WORDS}).status_code == 302
    stored = CampaignPictureOriginal.objects.get()
    assert "anna" not in stored.file.name
    assert stored.uploaded_by == finance.user.pk
    assert finance.get(original)["Content-Type"] == "image/jpeg"
    for group in ("editor", "translator", "auditor"):
        other = member(group)
        assert {other.get(page).status_code, other.get(original).status_code} == {403}, group
    assert finance.post(page, {"remove": "1", "reason": ""}).status_code == 400
    assert finance.post(page, {"remove": "1", "reason": "не та"}).status_code == 302
    assert not CampaignPicture.objects.exists()
