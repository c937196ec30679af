"""What changes in a mirror when the site changes: only that; and what is hidden goes first."""

import shutil

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from memorial.mirror import verify_mirror
from memorial.mirror.building import withdraw_alone
from prisoners.actions.publish import withdraw
from prisoners.models import Prisoner
from tests.mirror.conftest import KEY, NOON, PUBLIC
from tests.mirror.reading import files_of
from tests.pages.world import by_initials, released, sentenced

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("few_kinds")]


def whole(folder):
    return list(verify_mirror.findings(folder, PUBLIC, NOON.date())) == []


def texts(folder):
    return {name: (folder / name).read_bytes() for name in files_of(folder)}


@pytest.fixture
def people(built):
    made = [sentenced(), released(), by_initials()]
    built()
    return made


def test_what_did_not_change_is_the_same_file(people, folder, built):
    person = people[0]
    before = {name: (folder / name).stat().st_ino for name in files_of(folder)}
    with CaptureQueriesContext(connection) as asked:
        again = built()
    own = {"mirror-manifest.txt", "mirror-files.txt", "mirror-withdrawn.txt", "verify_mirror.py"}
    assert {name for name, number in before.items() if (folder / name).stat().st_ino != number} <= own
    # Nothing has changed, so nothing is asked but what is public now: not one page is made to see it.
    assert again.kept == again.unchanged == again.files - 1  # the program that checks is written each time
    assert len(asked) < 15
    Prisoner.objects.filter(pk=person.pk).update(summary_ru="Совсем другое краткое описание.")
    after = built()
    # Of what others are made of nothing has changed, and they are not made anew either. (In a world of three
    # people one person stands on every second page.)
    assert after.kept > after.files / 3
    changed = {name for name, number in before.items() if (folder / name).stat().st_ino != number}
    assert f"ru/prisoners/{person.slug}/index.html" in changed
    assert "ru/donate/index.html" not in changed


def test_who_is_withdrawn_is_gone_from_every_file_within_one_short_command(people, folder):
    person = people[0]
    others = people[1]
    surname = person.name.first.encode()
    assert [name for name, text in texts(folder).items() if person.slug.encode() in text]
    withdraw(prisoner=person, reason="Asked for it.", by=None)
    assert withdraw_alone(folder, KEY)
    left = texts(folder)
    assert not [name for name, text in left.items() if person.slug.encode() in text or surname in text]
    assert not [name for name in left if person.slug in name]
    assert f"ru/prisoners/{others.slug}/index.html" in left
    # Whole as far as it goes, and signed: a holder of a copy learns which file is to go, nobody learns who.
    assert whole(folder)
    gone = verify_mirror.withdrawn(folder)
    assert verify_mirror.name_digest(f"ru/prisoners/{person.slug}/index.html") in gone


def test_after_the_next_build_the_pages_that_named_the_withdrawn_are_back_without_the_name(
    people, folder, built
):
    person = people[0]
    pages_before = files_of(folder)
    withdraw(prisoner=person, reason="Asked for it.", by=None)
    result = built()
    assert result.withdrawn
    now = texts(folder)
    assert "ru/prisoners/index.html" in now
    assert not [name for name, text in now.items() if person.slug.encode() in text]
    assert not [
        name for name in pages_before - set(now) if person.slug not in name and name.endswith("/index.html")
    ]
    assert whole(folder)


def test_an_old_copy_put_beside_a_new_list_is_told_which_file_to_remove(people, folder, built, tmp_path):
    person = people[0]
    old = tmp_path / "copy"
    shutil.copytree(folder, old)
    withdraw(prisoner=person, reason="Asked for it.", by=None)
    built()
    for name in ("mirror-manifest.txt", "mirror-files.txt", "mirror-withdrawn.txt"):
        shutil.copy(folder / name, old / name)
    found = list(verify_mirror.findings(old, PUBLIC, NOON.date()))
    assert f"Withdrawn, remove it: ru/prisoners/{person.slug}/index.html" in found


def test_a_file_that_somebody_put_there_goes_and_the_mirror_is_whole_again(people, folder, built):
    (folder / "en" / "forged.html").write_text("<p>forged</p>")
    assert not whole(folder)
    withdraw_alone(folder, KEY)
    assert whole(folder)


def test_an_empty_site_is_a_mirror_too(built, folder):
    built()
    assert (folder / "ru" / "index.html").exists()
    assert whole(folder)


def test_a_file_that_somebody_changed_is_made_anew_though_nothing_changed_on_the_site(people, folder, built):
    page = folder / "ru" / "prisoners" / people[0].slug / "index.html"
    text = page.read_bytes()
    page.write_bytes(text.replace(b"<h1", b"<h2", 1))
    again = built()
    assert page.read_bytes() == text
    assert again.kept == again.files - 2
    assert whole(folder)


def test_a_build_that_fails_leaves_the_mirror_before_whole(people, folder, built, monkeypatch):
    before = texts(folder)

    def fails(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    Prisoner.objects.filter(pk=people[0].pk).update(summary_ru="Совсем другое краткое описание.")
    with monkeypatch.context() as patch:
        patch.setattr("memorial.mirror.building.write_manifest", fails)
        with pytest.raises(OSError, match="No space"):
            built()
    assert texts(folder) == before
    built()
    assert whole(folder)
