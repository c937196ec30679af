"""Tomorrow's person on the «today» page of staff, and the veto."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from memorial.base.models import ContentVersion
from memorial.home.models import AttentionVeto
from memorial.home.pick import pick_of
from tests.home.people import forgotten
from tests.pages.reading import words
from tests.pages.world import TODAY

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)
ADD = "admin:home_attentionveto_add"


def say_no(office, person, day=TOMORROW, reason="Семья просит тишины"):
    return office.post(
        reverse(ADD), {"prisoner": person.pk, "day": day.isoformat(), "reason": reason}, follow=True
    )


def test_staff_see_today_who_it_will_be_tomorrow_and_readers_see_it_then(office, reader, time_machine):
    for _ in range(6):
        forgotten()
    tomorrow = pick_of(TOMORROW)
    page = office.get(reverse("admin:index")).content.decode()
    link = f"{reverse(ADD)}?prisoner={tomorrow.person.pk}&amp;day={TOMORROW.isoformat()}"
    assert link in page
    time_machine.move_to(f"{TOMORROW.isoformat()}T00:01:00+03:00")
    text = reader.get("/ru/").content.decode()
    shown = text[text.index('<div class="today">') :][:2000]
    assert f'href="{tomorrow.person.get_absolute_url()}"' in shown


def test_the_panel_leads_to_a_form_that_knows_whom_and_when(office):
    person = forgotten()
    form = (
        office.get(reverse(ADD), {"prisoner": person.pk, "day": TOMORROW.isoformat()})
        .context["adminform"]
        .form
    )
    assert str(form["prisoner"].value()) == str(person.pk)
    assert str(form["day"].value()) == TOMORROW.isoformat()


def test_a_veto_changes_tomorrow_and_says_who_comes_instead(office):
    first, second = forgotten(), forgotten()
    one = pick_of(TOMORROW).person
    other = second if one == first else first
    ContentVersion.objects.all().delete()
    answer = say_no(office, one)
    assert pick_of(TOMORROW).person == other
    assert str(other) in words(answer)
    assert ContentVersion.objects.exists()


def test_a_veto_of_today_changes_the_page_of_today(office, reader):
    person = forgotten()
    heading = f'<h2><a href="{person.get_absolute_url()}">'
    assert heading in reader.get("/ru/").content.decode()
    say_no(office, person, TODAY)
    assert heading not in reader.get("/ru/").content.decode()


@pytest.mark.parametrize("changes", [{"reason": " "}, {"day": TODAY - timedelta(days=1)}])
def test_a_veto_needs_a_reason_and_a_day_that_is_not_over(office, changes):
    answer = say_no(office, forgotten(), **changes)
    assert "errorlist" in answer.content.decode()
    assert not AttentionVeto.objects.exists()


def test_a_veto_is_taken_back_but_never_rewritten(office):
    veto = AttentionVeto.objects.create(prisoner=forgotten(), day=TOMORROW, reason="так решили")
    page = reverse("admin:home_attentionveto_change", args=[veto.pk])
    assert (
        office.post(page, {"prisoner": veto.prisoner_id, "day": TODAY, "reason": "иначе"}).status_code == 403
    )
    assert office.get(page).status_code == 200
    office.post(reverse("admin:home_attentionveto_delete", args=[veto.pk]), {"post": "yes"})
    assert not AttentionVeto.objects.exists()


def test_the_reason_is_nowhere_on_the_public_pages(office, reader):
    for _ in range(2):
        forgotten()
    say_no(office, pick_of(TODAY).person, TODAY, "Сокровенная причина")
    for path in ("/ru/", "/en/", "/ru/letters/"):
        assert "Сокровенная" not in reader.get(path).content.decode()
