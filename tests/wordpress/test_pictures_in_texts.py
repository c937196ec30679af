"""Pictures and galleries of the old texts: in our storage, for staff alone, until staff say otherwise."""

import pytest
from django.urls import reverse

from memorial.base.choices import State
from prisoners.actions import publish_photo
from prisoners.models import Photo, PhotoOriginal, Prisoner, StaffNote
from tests.prisoners.pictures import own_public_files, picture
from tests.wordpress.conftest import MAP, item

pytestmark = pytest.mark.django_db
UPLOADS = "https://old-site.example/wp-content/uploads/2021/05"
KEPT = "Stood in the text: kept from readers until somebody has looked at it."
NOTE = "Pictures of the old text are kept from readers"


@pytest.fixture
def media(tmp_path, settings):
    own_public_files(settings, tmp_path)
    folder = tmp_path / "uploads" / "2021" / "05"
    folder.mkdir(parents=True)
    for number, name in enumerate(("ivan", "zal", "pismo", "sud")):
        (folder / f"{name}.jpg").write_bytes(picture(size=(300 + number, 400)))
    (folder / "knopka.png").write_bytes(picture("PNG", size=(90, 30)))
    return tmp_path / "uploads"


@pytest.fixture
def licensed(tmp_path):
    rules = tmp_path / "licensed.toml"
    text = MAP.read_text(encoding="utf-8").replace('licence = ""', 'licence = "CC BY 4.0"')
    rules.write_text(text, encoding="utf-8")
    return rules


def attachment(number, name, *, parent=0, **more):
    return item(
        number, name, kind="attachment", status="inherit", wp__post_parent=parent,
        wp__attachment_url=f"{UPLOADS}/{name}.jpg", **more,
    )  # fmt: skip


def image(name):
    return f'<p>Суд. <a href="{UPLOADS}/{name}.jpg"><img src="{UPLOADS}/{name}-300x200.jpg"></a></p>'


def sources():
    return sorted(one.source_note for one in PhotoOriginal.objects.all())


def test_a_picture_of_a_text_is_kept_from_readers_although_photos_have_a_licence(dump, run, media, licensed):
    post = dump(item(1, content=image("zal"), meta={"_thumbnail_id": "7"}), attachment(7, "ivan"))
    ran = run(post, map=licensed, media=media, apply=True, publish=True)
    shown, kept = Photo.objects.order_by("order")
    assert Prisoner.objects.get().state == State.PUBLISHED
    assert (bool(shown.stem), kept.stem, kept.original.hidden) == (True, "", True)
    assert kept.original.source_note == f"{UPLOADS}/zal-300x200.jpg"
    assert ran.reasons(1, "not published") == [f"zal.jpg: {KEPT}"]
    assert "Photos: 2, shown: 1, out of texts, for staff to look at: 1;" in ran.out
    assert "<img" not in Prisoner.objects.get().what_happened_ru


def test_the_list_of_what_imports_left_says_so_once_a_person(dump, run, media, admin_client):
    run(dump(item(1, content=image("zal") + image("sud"))), media=media, apply=True)
    note = StaffNote.objects.get()
    assert note.text.startswith(NOTE)
    assert (note.done, note.by) == (False, None)
    address = reverse("admin:prisoners_staffnote_changelist")
    assert NOTE in admin_client.get(f"{address}?done__exact=0&by__isnull=True").content.decode()


def test_run_again_nothing_is_doubled_and_what_staff_decided_stands(dump, run, media, licensed):
    post = dump(item(1, content=image("zal") + image("sud")))
    run(post, map=licensed, media=media, apply=True, publish=True)
    first, second = Photo.objects.order_by("id")
    publish_photo(photo=first, reason="Ours", by=None)
    second.delete()
    StaffNote.objects.update(done=True)
    run(post, map=licensed, media=media, apply=True, publish=True)
    assert Photo.objects.get().stem
    assert not StaffNote.objects.filter(done=False).exists()


@pytest.mark.parametrize(
    ("gallery", "names"),
    [
        ('[gallery ids="8,9"]', ["zal", "pismo"]),
        ("[gallery include='9' columns='3']", ["pismo"]),
        ("[gallery]", ["zal", "sud"]),
        ('[gallery exclude="8"]', ["sud"]),
        ('[gallery id="2"]', ["pismo"]),
    ],
)
def test_a_gallery_means_what_wordpress_shows(dump, run, media, gallery, names):
    uploaded = (
        attachment(8, "zal", parent=1),
        attachment(9, "pismo", parent=2),
        attachment(10, "sud", parent=1),
    )
    run(dump(item(1, content=f"Суд.\n\n{gallery}"), *uploaded), media=media, apply=True)
    assert sources() == sorted(f"{UPLOADS}/{name}.jpg" for name in names)


def test_the_photo_that_also_stands_in_the_text_is_the_photo(dump, run, media, licensed):
    post = dump(item(1, content=image("ivan"), meta={"_thumbnail_id": "7"}), attachment(7, "ivan"))
    run(post, map=licensed, media=media, apply=True, publish=True)
    assert Photo.objects.get().stem
    assert not StaffNote.objects.exists()


def test_a_picture_of_a_text_has_the_words_of_its_attachment(dump, run, media):
    words = {"_wp_attachment_image_alt": "Зал суда в Заречье"}
    run(dump(item(1, content=image("zal")), attachment(8, "zal", meta=words)), media=media, apply=True)
    assert Photo.objects.get().alt_ru == "Зал суда в Заречье"


@pytest.mark.parametrize("apply", [False, True])
def test_buttons_and_missing_files_are_listed_and_left(dump, run, media, apply):
    content = f'<p>Суд. <img src="{UPLOADS}/knopka.png"> <img src="{UPLOADS}/net.jpg"></p>'
    ran = run(dump(item(1, content=content)), media=media, apply=apply)
    assert ran.reasons(1, "please look") == [
        "knopka.png is too small for a photo: left out.",
        "net.jpg is not in the folder.",
    ]
    assert not Photo.objects.exists()
    assert not StaffNote.objects.exists()


def test_the_mapping_may_leave_pictures_of_texts(dump, run, media, tmp_path):
    rules = tmp_path / "without.toml"
    rules.write_text(
        MAP.read_text(encoding="utf-8").replace("in_texts = true", "in_texts = false"), encoding="utf-8"
    )
    run(dump(item(1, content=image("zal"))), map=rules, media=media, apply=True)
    assert not Photo.objects.exists()


def test_pictures_of_letters_and_of_the_editor_itself_are_not_looked_at(dump, run, media):
    meta = {"letters": f"На этапе {image('zal')}", "_elementor_data": image("sud")}
    run(dump(item(1, meta=meta)), media=media, apply=True)
    assert not Photo.objects.exists()
