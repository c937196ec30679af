"""The picture of news: shown with it, gone with it, gone with whoever is hidden."""

import io
import json
import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from PIL import Image

from memorial.base.photos import claimed_stems, public_names, public_storage, remove_strays
from memorial.news.actions import publish_news, withdraw_news
from memorial.news.models import NewsPicture
from memorial.news.pictures import set_picture
from prisoners.actions import withdraw
from prisoners.actions.merge import merge_prisoners
from tests.factories import PrisonerFactory
from tests.news.telling import piece

pytestmark = pytest.mark.django_db
WORDS = {"alt_ru": "Зал суда", "alt_en": "A courtroom", "credit_ru": "А. Н.", "credit_en": "A. N."}


def jpeg():
    """With a mark that must not survive."""
    image = Image.effect_noise((900, 700), 40).convert("RGB")
    exif = Image.Exif()
    exif[0x010E] = "IMG_1234_ivan"
    target = io.BytesIO()
    image.save(target, "JPEG", exif=exif)
    return target.getvalue()


def files(stem):
    return [name for name in public_names(stem) if public_storage().exists(name)]


@pytest.fixture(autouse=True)
def _clean():
    yield
    for picture in NewsPicture.objects.exclude(stem=""):
        for name in files(picture.stem):
            public_storage().delete(name)


def test_shown_with_the_news_and_gone_with_it(reader, django_capture_on_commit_callbacks):
    item = piece(state="draft", published_on=None)
    picture = set_picture(newsitem=item, data=jpeg(), licence="CC BY 4.0", by=1, words=WORDS)
    assert picture.stem == ""
    publish_news(newsitem=item, by=1)
    picture.refresh_from_db()
    assert len(files(picture.stem)) == 6
    told = reader.get("/en/news/verdict/").content.decode()
    for words in ('alt="A courtroom"', "A. N.", "CC BY 4.0", picture.stem):
        assert words in told
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', told)[1])
    assert [address.rpartition("/")[2] for address in data["image"]] == [
        f"{picture.stem}-480.jpg",
        "share.png",
    ]
    with public_storage().open(f"photos/{picture.stem}-480.jpg") as file:
        shown = file.read()
        assert Image.open(io.BytesIO(shown)).size == (480, 320)
        assert b"ivan" not in shown
    with django_capture_on_commit_callbacks(execute=True):
        withdraw_news(newsitem=item, reason="x", by=1)
    assert files(picture.stem) == []


def test_who_is_hidden_takes_the_picture_along(reader):
    person = PrisonerFactory()
    item = piece(people=[person])
    picture = set_picture(newsitem=item, data=jpeg(), by=1, words=WORDS)
    assert "A courtroom" in reader.get("/en/news/verdict/").content.decode()
    withdraw(prisoner=person, reason="asked", by=1)
    assert "A courtroom" not in reader.get("/en/news/verdict/").content.decode()
    stem = picture.stem
    remove_strays(claimed_stems(), older_than=timedelta(0))
    assert files(stem) == [], "the files go when the safety net comes by"
    with pytest.raises(ValidationError):
        set_picture(newsitem=item, data=jpeg(), by=1, words=WORDS)
    assert reader.get("/en/news/verdict/").status_code == 200


def test_a_merge_hides_nobody_and_leaves_the_picture(reader):
    keep, duplicate = PrisonerFactory(), PrisonerFactory()
    item = piece(people=[duplicate])
    picture = set_picture(newsitem=item, data=jpeg(), by=1, words=WORDS)
    merge_prisoners(keep=keep, duplicate=duplicate, reason="One person.", by=1)
    picture.refresh_from_db()
    assert picture.stem
    assert "A courtroom" in reader.get("/en/news/verdict/").content.decode()
    withdraw(prisoner=keep, reason="asked", by=1)
    assert "A courtroom" not in reader.get("/en/news/verdict/").content.decode()


def test_added_and_taken_away_in_the_office(member):
    desk, item = member("editor"), piece()
    page = reverse("admin:news_newsitem_picture", args=[item.pk])
    bad = desk.post(page, {"file": io.BytesIO(b"<svg/>"), **WORDS})
    assert bad.status_code == 400
    upload = io.BytesIO(jpeg())
    upload.name = "IMG_1234_ivan.jpg"
    assert desk.post(page, {"file": upload, **WORDS}).status_code == 302
    picture = NewsPicture.objects.get()
    assert "ivan" not in picture.original.file.name
    assert desk.get(reverse("admin:news_newsitem_picture_original", args=[item.pk])).status_code == 200
    assert desk.get(page).status_code == 200
    assert desk.post(page, {"remove": "1", "reason": ""}).status_code == 400
    assert desk.post(page, {"remove": "1", "reason": "Whose it is is not clear"}).status_code == 302
    assert not NewsPicture.objects.exists()
    assert member("translator").get(page).status_code == 403
