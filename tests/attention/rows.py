"""Invented records for the attention desk."""

from __future__ import annotations

from django.urls import reverse

from memorial.attention.models import AfterLook
from memorial.base.acting import acting, staff_actor
from prisoners.models import Prisoner, PrisonerTheme, Theme

DESK = reverse("admin:attention_afterlook_desk")


def theme(code: str = "lgbt") -> Theme:
    return Theme.objects.get_or_create(code=code, defaults={"label_ru": code, "label_en": code})[0]


def becomes_grave(person: Prisoner, by: int, code: str = "lgbt") -> AfterLook:
    """Somebody adds a theme to a published page, by which it becomes one for two people."""
    with acting(staff_actor(by)):
        PrisonerTheme.objects.create(prisoner=person, theme=theme(code))
    return AfterLook.objects.get(prisoner=person, stands=True, outcome="")
