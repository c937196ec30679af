"""The command takes photos along as the office does."""

import zipfile

import pytest
from django.core.management import CommandError, call_command

from prisoners.models import Photo
from tests.imports.test_import import PERSON
from tests.prisoners.pictures import picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def archive(tmp_path):
    path = tmp_path / "photos.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("1.jpg", picture())
        made.writestr("чужое.jpg", b"no photo")
    return path


def test_photos_come_along_after_a_trial_and_only_once(table, run, archive):
    ran = run(table([PERSON]), photos=archive)
    assert "No row has this photo: чужое.jpg" in ran.rows("please look")[0]
    assert not Photo.objects.exists()
    for added in (1, 0):
        assert f"Photos added: {added}." in run(table([PERSON]), "--apply", photos=archive).out
    assert Photo.objects.get().prisoner.surname_ru == "Горинцев"


def test_only_people_have_photos(table, archive):
    with pytest.raises(CommandError, match="people only"):
        call_command(
            "import_list", str(table([{"key": "1", "name_ru": "Суд"}])), kind="courts", photos=archive
        )
