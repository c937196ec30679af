"""What parts above the record know of a person, for the test that merging takes everything along."""

from __future__ import annotations

from datetime import date

from memorial.home.models import AttentionVeto
from prisoners.models import Prisoner
from tests.appeals import appealing
from tests.assistance.factories import ClientFactory
from tests.assistance_stories import telling
from tests.news.telling import piece


def known_elsewhere(person: Prisoner, tag: int) -> None:
    """Help, a story, a piece of news, a draft of an appeal, a day without the home page."""
    ClientFactory(prisoner=person)
    telling.written(f"story-{tag}", prisoner=person)
    piece(f"news-{tag}", people=[person])
    appealing.written(f"appeal-{tag}", prisoner=person)
    AttentionVeto.objects.create(prisoner=person, day=date(2026, 12, tag), reason=f"asked {tag}")
