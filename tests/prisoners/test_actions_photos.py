"""Taking photos in: what a telephone tells is gone; what is no photo is refused."""

import io
from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from PIL import Image

from memorial.base.photos import public_names, public_storage, remove_strays
from prisoners import actions
from prisoners.models import Photo, PhotoOriginal, Prisoner
from tests.factories import CitationFactory, PrisonerFactory
from tests.prisoners.pictures import SPOKEN, own_public_files, picture

pytestmark = pytest.mark.django_db
BY = 7


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    own_public_files(settings, tmp_path)


@pytest.fixture
def person():
    person = PrisonerFactory()
    CitationFactory(prisoner=person)
    return person


@pytest.fixture
def shown(person):
    photo = actions.add_photo(prisoner=person, data=picture(talkative=True), alt_ru="На суде", by=BY)
    actions.publish_photo(photo=photo, reason="with consent", by=BY)
    return photo


def open_files(photo):
    with photo.original.file.open("rb") as file:
        yield "original", file.read()
    for name in public_names(photo.stem):
        with public_storage().open(name) as file:
            yield name, file.read()


def test_a_photo_with_gps_comes_out_clean(shown):
    # The upload did talk: otherwise this test would prove nothing.
    sent = Image.open(io.BytesIO(picture(talkative=True)))
    assert sent.getexif().get_ifd(0x8825)
    assert sent.info["icc_profile"]
    assert SPOKEN in picture(talkative=True)

    files = dict(open_files(shown))
    assert len(files) == 7
    for name, content in files.items():
        with Image.open(io.BytesIO(content)) as image:
            assert dict(image.getexif()) == {}, name
            assert not {"exif", "xmp", "icc_profile", "comment", "XML:com.adobe.xmp"} & set(image.info), name
        for sign in (
            SPOKEN,
            b"Gorintsev",
            b"Exif\x00",
            b"http://ns.adobe",
            b"x:xmpmeta",
            b"ICC_PROFILE",
            b"iCCP",
        ):
            assert sign not in content, (name, sign)


def test_a_photo_is_turned_upright_and_named_at_random(shown):
    assert (shown.original.width, shown.original.height) == (800, 600)
    assert shown.original.file.name.startswith("originals/")
    assert "photo" not in shown.original.file.name
    assert Photo.objects.get().stem not in shown.original.file.name
    widths = {
        Image.open(io.BytesIO(content)).size for name, content in open_files(shown) if name != "original"
    }
    assert widths == {(480, 600), (240, 300)}


def test_a_photo_added_to_a_published_person_waits_for_its_own_word(person):
    photo = actions.add_photo(prisoner=person, data=picture(), by=BY)
    assert photo.stem == ""
    assert photo.original.uploaded_by == BY


@pytest.mark.parametrize("data", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a" + bytes(100)])
def test_what_is_no_photo_leaves_nothing(person, data):
    with pytest.raises(ValidationError), transaction.atomic():
        actions.add_photo(prisoner=person, data=data, by=BY)
    assert not Photo.objects.exists()
    assert not PhotoOriginal.objects.exists()


def test_a_text_too_long_leaves_no_file(person):
    from memorial.base.photos import confidential_storage

    def originals():
        storage = confidential_storage()
        folders = storage.listdir("originals")[0] if storage.exists("originals") else []
        return {name for folder in folders for name in storage.listdir(f"originals/{folder}")[1]}

    before = originals()
    with pytest.raises(ValidationError), transaction.atomic():
        actions.add_photo(prisoner=person, data=picture(), alt_ru="а" * 201, by=BY)
    with pytest.raises(ValidationError), transaction.atomic():
        actions.add_photo(prisoner=person, data=picture(), source_note="а" * 301, by=BY)
    assert not Photo.objects.exists()
    assert originals() == before


# --- the safety net -----------------------------------------------------------------------------


def sync():
    out = StringIO()
    call_command("sync_photos", stdout=out)
    return out.getvalue()


@pytest.fixture
def no_mercy(monkeypatch):
    """As if every file had been there for an hour."""
    monkeypatch.setattr("memorial.base.photos.TIME_TO_COMMIT", timedelta(0))
    monkeypatch.setattr(remove_strays, "__defaults__", (timedelta(0),))


def test_sync_removes_what_no_action_removed(shown, no_mercy, django_capture_on_commit_callbacks):
    stem = shown.stem
    Prisoner.objects.update(state="withdrawn")  # by SQL, by an import: not by the action
    with django_capture_on_commit_callbacks(execute=True):
        sync()
    assert not any(public_storage().exists(name) for name in public_names(stem))
    shown.refresh_from_db()
    assert shown.stem == ""


def test_sync_takes_away_a_shown_photo_that_is_marked_hidden(shown, no_mercy):
    stem = shown.stem
    PhotoOriginal.objects.update(hidden=True)
    sync()
    assert not any(public_storage().exists(name) for name in public_names(stem))


def test_sync_restores_a_size_that_is_missing(shown, no_mercy):
    name = public_names(shown.stem)[2]
    public_storage().delete(name)
    sync()
    assert all(public_storage().exists(name) for name in public_names(shown.stem))
    before = {name: public_storage().get_modified_time(name) for name in public_names(shown.stem)}
    assert "0 stray files removed, 0 restored" in sync()
    assert {name: public_storage().get_modified_time(name) for name in before} == before


def test_sync_says_what_it_could_not_restore(shown, no_mercy, capsys):
    PhotoOriginal.objects.all().delete()
    public_storage().delete(public_names(shown.stem)[0])
    assert "1 failed" in sync()
    assert f"#{shown.pk}" in capsys.readouterr().err


def test_sync_leaves_files_of_a_publication_that_is_not_committed_yet(person):
    from memorial.base.photos import make_public_sizes, random_stem

    stem = random_stem()
    make_public_sizes(picture(), stem)
    sync()
    assert all(public_storage().exists(name) for name in public_names(stem))
    remove_strays([], older_than=timedelta(0))
    assert not any(public_storage().exists(name) for name in public_names(stem))
