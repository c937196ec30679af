"""Figures of others in the office: entered with their source, or refused in words."""

from __future__ import annotations

import pytest
from django.urls import reverse

from memorial.figures.models import PublishedFigure

pytestmark = pytest.mark.django_db
TYPED = {
    "value_ru": "около 2 500",
    "what_ru": "человек за три года",
    "source_name_ru": "Доклад",
    "source_url": "https://example.org/report",
    "told_on": "2025-10-28",
    "order": "0",
}


def enter(office, **changes: str):
    return office.post(reverse("admin:figures_publishedfigure_add"), TYPED | changes)


def test_a_figure_entered_in_the_office_is_on_the_page_at_once(office, client):
    assert enter(office, value_en="about 2,500").status_code == 302
    assert "about 2,500" in client.get("/en/statistics/").content.decode()
    assert PublishedFigure.objects.get().told_on.year == 2025


@pytest.mark.parametrize("missing", ["value_ru", "what_ru", "source_name_ru", "source_url"])
def test_what_is_missing_is_said_and_nothing_is_saved(office, missing):
    answer = enter(office, **{missing: ""})
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert not PublishedFigure.objects.exists()
