"""The office: one member of staff writes a story, another reads and publishes it, any one withdraws it."""

from __future__ import annotations

import pytest
from django.urls import reverse

from assistance.models import Story, StoryConsent, StoryReading
from tests.assistance_stories.telling import agreed, published, written
from tests.office.conftest import groups, member
from tests.office.forms import fields_of

__all__ = ["groups", "member"]
pytestmark = pytest.mark.django_db
LIST, ADD = (reverse(f"admin:assistance_story_{name}") for name in ("changelist", "add"))


def change_page(story: Story) -> str:
    return reverse("admin:assistance_story_change", args=[story.pk])


def deed(client, story: Story, code: str, **sent: object) -> str:
    path = reverse("admin:assistance_story_deed", args=[story.pk, code])
    return client.post(path, sent, follow=True).content.decode()


def test_one_writes_another_publishes_and_anybody_withdraws(member):
    writer, reader = member("aid_coordinator"), member("aid_lead")
    words = {"title_ru": "Звонок домой", "text_ru": "Разрешили.", "slug": "a-call", "year": 2025}
    writer.post(ADD, words)
    story = Story.objects.get(slug="a-call")
    assert story.text_ru == "<p>Разрешили.</p>"
    assert "Nobody has agreed" in deed(writer, story, "review")
    consent = {
        **fields_of(writer.get(change_page(story))),
        "consents-TOTAL_FORMS": 1,
        "consents-0-scope": "no_name",
        "consents-0-by": "relative",
        "consents-0-how": "call",
        "consents-0-given_on": "2026-01-10",
        "consents-0-note": "Сестра, по телефону",
    }
    answer = writer.post(change_page(story), consent)
    assert answer.status_code == 302, answer.context["errors"]
    assert StoryConsent.objects.get().note == "Сестра, по телефону"
    deed(writer, story, "review")
    assert writer.get(reverse("admin:assistance_story_deed", args=[story.pk, "publish"])).status_code == 403
    assert "Stories to be read by a second person" in reader.get(reverse("admin:index")).content.decode()
    assert "Published." in deed(reader, story, "publish")
    assert StoryReading.objects.get().read_by == f"staff:{reader.user.pk}"
    assert "Withdrawn." in deed(writer, story, "withdraw", reason="так попросили")
    story.refresh_from_db()
    assert story.state == "withdrawn"


def test_whoever_wrote_it_is_refused_in_words(member):
    lead = member("aid_lead")
    story = written(by=f"staff:{lead.user.pk}")
    agreed(story)
    deed(lead, story, "review")
    assert "another person reads it" in deed(lead, story, "publish")
    assert not StoryReading.objects.exists()


def test_what_was_changed_after_it_was_read_is_not_published(member):
    reader = member("aid_lead")
    story = written()
    agreed(story)
    deed(member("aid_coordinator"), story, "review")
    answer = deed(reader, story, "publish", seen=story.version)
    assert "It was changed meanwhile" in answer
    story.refresh_from_db()
    assert "Published." in deed(reader, story, "publish", seen=story.version)


def test_a_word_to_the_author_returns_it(member):
    reader = member("legal")
    story = written()
    agreed(story)
    deed(member("aid_coordinator"), story, "review")
    deed(reader, story, "return", reason="Без фамилии начальника")
    story.refresh_from_db()
    assert story.state == "draft"
    assert "Без фамилии начальника" in reader.get(change_page(story)).content.decode()


def test_of_what_readers_see_only_the_consent_is_changed(member):
    text = member("aid_coordinator").get(change_page(published())).content.decode()
    assert 'name="title_ru"' not in text
    assert 'name="consents-0-withdrawn_on"' in text


def test_expiring_consents_are_on_the_desk(member):
    story = published()
    coordinator = member("aid_coordinator")
    said = "Stories whose consent ends"
    assert str(story) not in coordinator.get(reverse("admin:index")).content.decode()
    StoryConsent.objects.update(expires_on="2024-05-01")
    text = coordinator.get(reverse("admin:index")).content.decode()
    assert said in text
    assert str(Story.objects.get()) in text
    assert str(Story.objects.get()) in coordinator.get(f"{LIST}?consent=ended").content.decode()


@pytest.mark.parametrize(
    "group", ["editor", "translator", "publisher", "administrator", "finance", "auditor"]
)
def test_nobody_else_sees_stories(member, group):
    client, story = member(group), published()
    assert client.get(LIST).status_code == client.get(change_page(story)).status_code == 403
