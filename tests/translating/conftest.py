"""Staff of the desk, and a published person with a Russian text."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override

from memorial.base.acting import acting, staff_actor
from memorial.base.texts_written import WRITTEN, texts_written
from memorial.translating.actions import approve, claim, offer, write
from memorial.translating.models import Draft
from memorial.translating.texts import Place, Text, place_of, read_text
from tests.factories import PrisonerFactory
from tests.office.conftest import *  # noqa: F403 - the office's own staff

RUSSIAN = "Учительница осуждена на 3 года за комментарий."


def place(person: Any, field: str = "summary") -> Place:
    return place_of("prisoners_prisoner", person.pk, field, "en")


def text(person: Any, field: str = "summary") -> Text:
    found = read_text(place(person, field))
    assert found is not None
    return found


def actor(client: Any) -> str:
    return staff_actor(client.user.pk)


def saved(draft: Draft, words: str, by: str) -> Draft:
    """Written by its holder, who sees the page as it is now."""
    now = read_text(place_of(draft.table, draft.row, draft.field, draft.language))
    return write(
        draft=draft,
        version=draft.version,
        text=words,
        seen_source=now.source_digest,
        seen_target=now.target_digest,
        by=by,
    )


def offered(person: Any, words: str, by: str, field: str = "summary") -> Draft:
    draft = saved(claim(place=place(person, field), by=by), words, by)
    return offer(draft=draft, version=draft.version, by=by)


def approved(person: Any, words: str, by: str, reviewer: str, field: str = "summary") -> Draft:
    draft = offered(person, words, by, field)
    return approve(draft=draft, version=draft.version, by=reviewer)


def page(person: Any, field: str = "summary") -> str:
    return reverse("admin:translating_draft_text", args=["prisoners_prisoner", person.pk, field, "en"])


@pytest.fixture
def person(db):
    return PrisonerFactory(slug="teacher", summary_ru=RUSSIAN, summary_en="")


@pytest.fixture
def translated(person):
    """Both languages as an editor wrote them in a form."""
    with acting("staff:1"), texts_written(WRITTEN):
        person.summary_en = "A teacher sentenced to 3 years for a comment."
        person.save()
    return person


@pytest.fixture(autouse=True)
def _in_english():
    """Sentences are read in English, whatever has been translated."""
    with override("en"):
        yield
