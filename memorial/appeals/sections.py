"""The appeals for a person, for their page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from memorial.appeals.display import ShownAppeal, shown_appeals
from memorial.appeals.models import Appeal
from memorial.base.page_sections import PageSection
from prisoners.models import Prisoner


@dataclass(frozen=True)
class AppealsBeside:
    """What asks for something today, and what did before."""

    current: list[ShownAppeal]
    ended: list[ShownAppeal]


def appeals_of_person(person: Prisoner, on: date) -> PageSection | None:
    """The appeals for a person; none for whoever does not want attention."""
    if person.initials_only or not person.attention_wanted:
        return None
    found = Appeal.objects.published().of_person(person).for_reading().latest_first()
    appeals = shown_appeals(found, on)
    if not appeals:
        return None
    current = [each for each in appeals if each.is_current]
    beside = AppealsBeside(current, [each for each in appeals if not each.is_current])
    title = _("Urgent appeal") if len(appeals) == 1 else _("Urgent appeals")
    notice = f"{current[0].title.text} — {current[0].until}" if current else ""
    return PageSection("urgent", title, "appeals/_beside.html", beside, notice)
