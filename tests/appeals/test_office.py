"""The office: one member of staff writes an appeal, another reads and publishes it, any one withdraws it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from memorial.appeals.models import Appeal, AppealReading, PublicEvent
from memorial.base.civil_date import civil_date
from tests.appeals.appealing import event, sent, somebody, written
from tests.office.conftest import groups, member
from tests.office.forms import fields_of

__all__ = ["groups", "member"]
pytestmark = pytest.mark.django_db


def change_page(row: Appeal | PublicEvent) -> str:
    return reverse(f"admin:appeals_{row._meta.model_name}_change", args=[row.pk])


def deed(client, row: Appeal | PublicEvent, code: str, **given: object) -> str:
    path = reverse(f"admin:appeals_{row._meta.model_name}_deed", args=[row.pk, code])
    return client.post(path, given, follow=True).content.decode()


def test_one_writes_another_publishes_and_anybody_withdraws(member):
    writer, reader = member("editor"), member("publisher")
    add = reverse("admin:appeals_appeal_add")
    form = fields_of(writer.get(add)) | {
        "prisoner": somebody().pk,
        "subject": "other",
        "slug": "calls",
        "title_ru": "Звонки",
        "happened_ru": "Не дают звонить.",
        "steps_ru": "Напишите.",
        "addressees-TOTAL_FORMS": 1,
        "addressees-0-name_ru": "Прокуратура",
        "addressees-0-email": "p@example.org",
        "addressees-0-order": 0,
    }
    answer = writer.post(add, form)
    assert answer.status_code == 302, answer.context["errors"]
    appeal = Appeal.objects.get(slug="calls")
    assert "Sent for review." in deed(writer, appeal, "review")
    assert "another person reads it" in deed(writer, appeal, "publish")
    assert "Appeals to be read by a second person" in reader.get(reverse("admin:index")).content.decode()
    assert "open for fourteen days" in deed(reader, appeal, "publish")
    assert AppealReading.objects.get().read_by == f"staff:{reader.user.pk}"
    assert 'name="title_ru"' not in writer.get(change_page(appeal)).content.decode()
    outcome = fields_of(reader.get(change_page(appeal))) | {
        "outcome_ru": "Разрешили.",
        "outcome_on": civil_date().isoformat(),
    }
    assert reader.post(change_page(appeal), outcome).status_code == 302
    appeal.refresh_from_db()
    assert (appeal.outcome_ru, appeal.title_ru) == ("Разрешили.", "Звонки")
    assert "Withdrawn." in deed(writer, appeal, "withdraw", reason="так попросили")


def test_a_word_to_the_author_returns_it(member):
    appeal = sent(written())
    assert "Returned to its author." in deed(member("editor"), appeal, "return", reason="короче")
    appeal.refresh_from_db()
    assert (appeal.state, AppealReading.objects.get().word) == ("draft", "короче")


@pytest.mark.parametrize("make", [written, lambda: event(state="draft")])
def test_the_preview_shows_what_readers_will_see_in_each_language(member, make):
    client, row = member("editor"), make()
    stem = f"admin:appeals_{row._meta.model_name}"
    assert client.get(reverse(f"{stem}_preview", args=[row.pk])).status_code == 200
    shown = client.get(reverse(f"{stem}_frame", args=[row.pk, "en"])).content.decode()
    assert row.title_en in shown
    assert "readers do not see this page" in shown
    assert client.get(reverse(f"{stem}_frame", args=[row.pk, "xx"])).status_code == 404


def test_an_event_in_russia_is_refused_with_the_reason(member):
    client = member("editor")
    add = reverse("admin:appeals_publicevent_add")
    form = fields_of(client.get(add)) | {
        "kind": "picket",
        "slug": "picket",
        "title_en": "Picket",
        "city_en": "Moscow",
        "organiser_en": "Us",
        "country": "RU",
        "time_zone": "Europe/Moscow",
        "on": civil_date().isoformat(),
    }
    answer = client.post(add, form)
    assert answer.status_code == 200
    assert "would point out those who come" in answer.content.decode()
    answer = client.post(add, form | {"country": "GE", "time_zone": "Asia/Tbilisi", "city_en": "Tbilisi"})
    assert answer.status_code == 302, answer.context["errors"]
    assert "Published." in deed(client, PublicEvent.objects.get(), "publish")


def test_those_who_help_or_translate_see_none_of_it(member):
    for group in ("translator", "aid_coordinator", "finance"):
        assert member(group).get(reverse("admin:appeals_appeal_changelist")).status_code == 403
