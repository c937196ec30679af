"""The link under a panel of «Today» leads to the rows that the panel counts, no more and no fewer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib import admin
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from memorial.appeals.models import Appeal
from memorial.base.civil_date import civil_date
from memorial.due.models import DueWork
from memorial.news.actions import plan_news
from memorial.news.models import NewsItem
from tests.appeals.appealing import published, sent, written
from tests.news.telling import piece
from tests.office.conftest import groups, member

__all__ = ["groups", "member"]
pytestmark = pytest.mark.django_db
LISTS = ("news_newsitem_changelist", "appeals_appeal_changelist")


def listed(client, panel) -> set[int]:
    """The rows of the list that a panel leads to."""
    answer = client.get(f"{reverse(f'admin:{panel.changelist}')}?{panel.query}")
    assert answer.status_code == 200, panel.title
    return set(answer.context["cl"].queryset.values_list("pk", flat=True))


def counted(panel) -> set[int]:
    """The news or appeals that a panel counts."""
    rows = panel.rows(civil_date())
    return set(rows.values_list("object_id" if rows.model is DueWork else "pk", flat=True))


def test_lists_are_those_of_the_panels(member, time_machine):
    written("draft"), sent(written("waits")), published("open")
    ahead, missed, _silent = (
        piece("ahead", state="ready"),
        piece("missed", state="ready"),
        piece("x", state="ready"),
    )
    for item in (ahead, missed):
        plan_news(newsitem=item, at=timezone.now() + timedelta(hours=1), by=1)
    DueWork.objects.filter(object_id=missed.pk).update(outcome="refused", done_at=F("due_at"), said="because")
    panels = [panel for panel in admin.site.panels if panel.changelist in LISTS]
    assert len(panels) == 5
    seen: set[str] = set()
    client, now = member("publisher"), timezone.now()
    for days in (0, 12, 20):
        time_machine.move_to(now + timedelta(days=days))
        client.force_login(client.user)
        for panel in panels:
            found = counted(panel)
            assert listed(client, panel) == found, (days, panel.title)
            seen |= {str(panel.title)} if found else set()
    assert len(seen) == 5
    assert Appeal.objects.count() == NewsItem.objects.count() == 3
