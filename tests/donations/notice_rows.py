"""Notices of safety in every state, as the office makes them: one party proposes, another approves."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from donations.actions.notices import approve_notice, decline_notice, end_notice, propose_notice
from donations.choices import Level, Place
from donations.models import DonorNoticeProposal, PaymentMethod, SafetyProposal
from memorial.base.civil_date import civil_date

ONE, OTHER = "command:propose", "command:approve"
WHY = {"reason_ru": "могут прочитать на границе", "reason_en": "may be read at the border"}


def days(begins: int = -1, ends: int = 30, checked: int = -1) -> dict:
    """Days counted from today. PostgreSQL has a clock of its own: yesterday is past by both."""
    today = civil_date()
    return {
        "checked_on": today + timedelta(days=checked),
        "valid_from": today + timedelta(days=begins),
        "valid_until": today + timedelta(days=ends),
    }


def unsaved(place=Place.ELSEWHERE, level=Level.SUITABLE, method: PaymentMethod | None = None, **fields):
    """A proposal that is not written yet."""
    words = WHY if level == Level.CAUTION else {}
    return SafetyProposal(place=place, level=level, method=method, **{**words, **days(), **fields})


def proposed(*args, by: str = ONE, **fields) -> SafetyProposal:
    made = unsaved(*args, **fields)
    propose_notice(proposal=made, by=by)
    return made


def approved(*args, **fields) -> SafetyProposal:
    made = proposed(*args, **fields)
    approve_notice(proposal=made, confirmed_at=timezone.now(), by=OTHER)
    return made


def declined(*args, **fields) -> SafetyProposal:
    made = proposed(*args, **fields)
    decline_notice(proposal=made, confirmed_at=timezone.now(), by=OTHER)
    return made


def ended(*args, **fields) -> SafetyProposal:
    made = approved(*args, **fields)
    end_notice(proposal=made, by=ONE)
    return made


def text(**fields) -> DonorNoticeProposal:
    """A proposed text for donors."""
    words = {
        "title_ru": "Сначала прочитайте",
        "title_en": "Read this first",
        "text_ru": "<p>Переводы проверяют и спустя годы.</p>",
        "text_en": "<p>Transfers are looked at years later.</p>",
    }
    made = DonorNoticeProposal(**{**words, **days(), **fields})
    propose_notice(proposal=made, by=ONE)
    return made


def approved_text(**fields) -> DonorNoticeProposal:
    made = text(**fields)
    approve_notice(proposal=made, confirmed_at=timezone.now(), by=OTHER)
    return made
