"""What is taken back from readers goes from every copy, and from those for a dead database above all."""

from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client

from memorial.base.choices import State
from memorial.base.content_version import read_version
from memorial.copies import shelf as module
from memorial.copies.pulse import Pulse
from prisoners.actions import hide_detail, reduce_to_initials, withdraw
from prisoners.models import Prisoner
from tests.factories import PrisonerFactory, StayFactory

pytestmark = pytest.mark.django_db(transaction=True)
REASON = "просьба родных"


def resting(address):
    """What a reader gets from a process that begins while the database is away."""
    module.shelf.cache_clear()
    with (
        patch("memorial.copies.pulse.fresh_version", side_effect=OperationalError),
        patch("django.db.backends.base.base.BaseDatabaseWrapper.cursor", side_effect=OperationalError),
    ):
        answer = Client(raise_request_exception=False).get(address)
    module.shelf.cache_clear()
    return answer


HIDES = {
    "withdrawn": lambda person, by: withdraw(prisoner=person, reason=REASON, by=by),
    "initials": lambda person, by: reduce_to_initials(prisoner=person, reason=REASON, by=by),
    "place": lambda person, by: hide_detail(prisoner=person, what="place", reason=REASON, by=by),
    "birth date": lambda person, by: hide_detail(prisoner=person, what="birth_date", reason=REASON, by=by),
    "deleted": lambda person, by: Prisoner.objects.filter(pk=person.pk).delete(),
}


@pytest.mark.parametrize("hide", HIDES.values(), ids=HIDES)
def test_no_copy_made_before_is_shown_by_anybody(with_copies, copies, editor, hide):
    stay = StayFactory(prisoner__surname_ru="Абзалин", prisoner__born="1990-05-03")
    other = PrisonerFactory()
    pages = [stay.prisoner.get_absolute_url(), other.get_absolute_url(), "/ru/prisoners/"]
    for address in pages:
        with_copies.get(address)
        assert resting(address).status_code == 200
    before = read_version()
    hide(stay.prisoner, editor.pk)
    assert read_version().taken_back != before.taken_back
    module.shelf().pulse.read()  # by any process of this host
    assert [resting(address).status_code for address in pages] == [503, 503, 503]
    # Who was not concerned has a copy again once somebody has asked.
    module.shelf.cache_clear()
    assert Client().get(pages[1]).status_code == 200
    assert resting(pages[1]).status_code == 200
    assert module.shelf().remove_taken_back() == 2
    assert len(module.shelf()._disk.files()) == 1


@pytest.mark.parametrize(
    "change", [{"summary_ru": "Сказано иначе"}, {"surname_ru": "Буров"}, {"state": "published"}]
)
def test_an_edit_that_takes_nothing_back_leaves_the_last_good_copies(with_copies, change):
    person, other = PrisonerFactory(summary_ru="Так"), PrisonerFactory()
    with_copies.get(other.get_absolute_url())
    Prisoner.objects.filter(pk=person.pk).update(**change)
    module.shelf().pulse.read()
    assert resting(other.get_absolute_url()).status_code == 200


def test_a_draft_takes_nothing_back():
    person = PrisonerFactory(state=State.DRAFT, summary_ru="Так")
    before = read_version()
    Prisoner.objects.filter(pk=person.pk).update(summary_ru="")
    person.delete()
    assert read_version() == before


def test_the_office_tells_this_host_before_it_says_that_something_is_hidden(
    with_copies, copies, editor, settings
):
    person = PrisonerFactory()
    with_copies.get("/ru/prisoners/")
    with_copies.force_login(editor)
    withdraw(prisoner=person, reason=REASON, by=editor.pk)
    with_copies.post("/admin/jsi18n/")  # any page that may have changed something
    assert (
        Pulse(settings.PAGE_COPIES_FOLDER / "taken-back.json").last_taken_back() == read_version().taken_back
    )


def test_without_knowing_what_was_taken_back_no_old_copy_is_shown(with_copies, settings):
    with_copies.get("/ru/")
    assert resting("/ru/").status_code == 200
    (settings.PAGE_COPIES_FOLDER / "taken-back.json").unlink()
    assert resting("/ru/").status_code == 503


def test_a_page_with_what_may_be_shown_until_a_day_is_good_on_that_day_alone(
    with_copies, copies, time_machine
):
    from tests.copies.making import a_copy

    time_machine.move_to("2024-05-03T12:00:00+03:00", tick=False)
    with_copies.get("/ru/")
    marks = {"program": module.program_and_settings(), "taken_back": copies.pulse.last_taken_back()}
    dated = a_copy("/ru/", day="2024-05-03", checked_at=1714726800.0, of_its_day=True, **marks)
    undated = a_copy("/ru/", day="2024-05-03", checked_at=1714726800.0, **marks)
    assert copies.is_last_good(dated)
    time_machine.move_to("2024-05-04T12:00:00+03:00", tick=False)
    assert not copies.is_last_good(dated)
    assert copies.is_last_good(undated)
    time_machine.move_to("2024-05-14T12:00:00+03:00", tick=False)
    assert not copies.is_last_good(undated)
