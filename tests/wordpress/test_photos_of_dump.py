"""Photos of the old site: matched, taken in once, kept from readers without a licence."""

import pytest

from memorial.base.choices import State
from prisoners.actions import add_photo, hide_photo
from prisoners.importers.wordpress.media import Media, original_of
from prisoners.models import Photo, PhotoOriginal, Prisoner
from tests.prisoners.pictures import own_public_files, picture
from tests.wordpress.conftest import MAP, item

pytestmark = pytest.mark.django_db
LICENSED = 'licence = "CC BY 4.0"'


def attachment(number, name="ivan.jpg", **more):
    return item(
        number, "IMG_1", kind="attachment", status="inherit",
        wp__attachment_url=f"https://old-site.example/wp-content/uploads/2021/05/{name}", **more,
    )  # fmt: skip


@pytest.fixture
def media(tmp_path, settings):
    own_public_files(settings, tmp_path)
    folder = tmp_path / "uploads" / "2021" / "05"
    folder.mkdir(parents=True)
    (folder / "ivan.jpg").write_bytes(picture())
    return tmp_path / "uploads"


@pytest.fixture
def licensed(tmp_path):
    rules = tmp_path / "licensed.toml"
    rules.write_text(MAP.read_text(encoding="utf-8").replace('licence = ""', LICENSED), encoding="utf-8")
    return rules


@pytest.fixture
def post(dump):
    meta = {"_wp_attachment_image_alt": "Иван в зале суда"}
    return dump(
        item(1, meta={"_thumbnail_id": "7"}), attachment(7, meta=meta, excerpt__encoded="Фото: Мира Лугова")
    )


def test_a_photo_without_a_licence_is_kept_from_readers(post, run, media):
    ran = run(post, media=media, apply=True, publish=True)
    original = PhotoOriginal.objects.get()
    assert (original.hidden, original.photo.stem) == (True, "")
    assert "Kept from readers: no licence is recorded. Publish it by hand." in ran.reasons(1, "not published")
    assert Prisoner.objects.get().state == State.PUBLISHED


def test_a_photo_with_a_licence_is_shown_with_its_words(post, run, media, licensed):
    ran = run(post, map=licensed, media=media, apply=True, publish=True)
    photo = Photo.objects.get()
    assert photo.stem
    assert (photo.alt_ru, photo.credit_ru) == ("Иван в зале суда", "Фото: Мира Лугова")
    assert photo.original.source_note.startswith("CC BY 4.0; https://old-site.example/")
    assert "Photos: 1, shown: 1" in ran.out


def test_a_photo_is_not_published_unless_told(post, run, media, licensed):
    run(post, map=licensed, media=media, apply=True)
    assert Photo.objects.get().stem == ""


def test_the_same_photo_is_not_added_twice(post, run, media, licensed):
    for _time in range(2):
        run(post, map=licensed, media=media, apply=True, publish=True)
    assert Photo.objects.count() == 1


def test_a_photo_that_staff_uploaded_is_not_doubled(post, dump, run, media, licensed):
    run(dump(item(1), name="bare.xml"), map=licensed, apply=True)
    add_photo(prisoner=Prisoner.objects.get(), data=picture(), by=None)
    run(post, map=licensed, media=media, apply=True)
    assert Photo.objects.count() == 1


def test_what_staff_hid_or_deleted_does_not_return(post, run, media, licensed):
    run(post, map=licensed, media=media, apply=True, publish=True)
    hide_photo(photo=Photo.objects.get(), reason="Asked", by=None)
    run(post, map=licensed, media=media, apply=True, publish=True)
    assert Photo.objects.get().stem == ""
    Photo.objects.all().delete()
    run(post, map=licensed, media=media, apply=True, publish=True)
    assert not Photo.objects.exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "ivan.jpg is not in the folder."), (b"nothing", "ivan.jpg is no photo that can be read.")],
)
@pytest.mark.parametrize("apply", [False, True])
def test_what_is_missing_or_no_photo_is_listed_once(post, run, media, content, reason, apply):  # noqa: PLR0917
    path = media / "2021" / "05" / "ivan.jpg"
    path.write_bytes(content) if content else path.unlink()
    ran = run(post, media=media, apply=apply)
    assert ran.reasons(1, "please look") == [reason]
    assert not Photo.objects.exists()


def test_a_damaged_photo_is_listed_and_the_next_is_taken(dump, run, media):
    (media / "2021" / "05" / "half.jpg").write_bytes(picture()[:2000])
    posts = (item(1, meta={"_thumbnail_id": "8"}), item(2, "Ветров Лев", meta={"_thumbnail_id": "7"}))
    ran = run(dump(*posts, attachment(7), attachment(8, "half.jpg")), media=media, apply=True)
    assert [photo.prisoner.surname_ru for photo in Photo.objects.all()] == ["Ветров"]
    assert any(reason.startswith("half.jpg: This is not a photo") for reason in ran.reasons(1))


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example/wp-content/uploads/2021/05/foto-300x200.jpg",
        "https://x.example/wp-content/uploads/2021/05/FOTO-scaled.jpg",
        "https://x.example/wp-content/uploads/2019/01/foto.jpg?ver=2",
    ],
)
def test_the_original_is_preferred_to_its_copies(tmp_path, url):
    folder = tmp_path / "2021" / "05"
    folder.mkdir(parents=True)
    for name in ("foto.jpg", "foto-300x200.jpg", "foto-scaled.jpg"):
        (folder / name).write_bytes(b"x")
    assert Media(tmp_path).find(url) == folder / "foto.jpg"


def test_a_name_that_two_files_have_is_found_by_its_folder_only(tmp_path):
    for year in ("2020", "2021"):
        (tmp_path / year / "05").mkdir(parents=True)
        (tmp_path / year / "05" / "фото.jpg").write_bytes(b"x")
    found = Media(tmp_path).find("/wp-content/uploads/2020/05/%D1%84%D0%BE%D1%82%D0%BE.jpg")
    assert found == tmp_path / "2020" / "05" / "фото.jpg"
    assert Media(tmp_path).find("/wp-content/uploads/2019/05/%D1%84%D0%BE%D1%82%D0%BE.jpg") is None


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    secret = tmp_path / "secret.jpg"
    secret.write_bytes(b"x")
    (tmp_path / "uploads").mkdir()
    (tmp_path / "uploads" / "ivan.jpg").symlink_to(secret)
    assert Media(tmp_path / "uploads").find("/wp-content/uploads/ivan.jpg") is None


def test_suffixes_of_sizes_are_taken_off():
    assert original_of("a/foto-1-300x200.jpg") == "a/foto-1.jpg"
    assert original_of("a/foto-scaled-e1621234567890.jpg") == "a/foto.jpg"
    assert original_of("a/foto-2021.jpg") == "a/foto-2021.jpg"
