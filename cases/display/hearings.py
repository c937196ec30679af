"""Hearings in words: the day, the time by the court's own clock, the room, whether one may come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.choices import HearingAccess, HearingState
from cases.display.decisions import court_name, court_url, instance_words
from cases.models import Hearing
from memorial.base.shown_text import ShownText, shown_text
from memorial.base.typography import NBSP
from prisoners.display.words import capital, date_words
from prisoners.names import PersonName


@dataclass(frozen=True)
class ShownHearing:
    """A hearing as a page shows it on one day. Uses what `for_calendar()` loads."""

    hearing: Hearing
    on: date

    @property
    def day(self) -> str:
        return date_words(self.hearing.on)

    @property
    def time(self) -> str:
        """«10:30»; "" where the hour is not known."""
        return f"{self.hearing.at:%H:%M}" if self.hearing.at else ""

    @cached_property
    def zone(self) -> str:
        """«UTC+5», as the court's clock stood on that day; "" where the court or its zone is not known."""
        moment = self.hearing.starts_at
        offset = moment.utcoffset() if moment else None
        if offset is None:
            return ""
        minutes = int(offset.total_seconds() // 60)
        hours, rest = divmod(abs(minutes), 60)
        sign = "+" if minutes >= 0 else "−"
        return f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")

    @property
    def moment(self) -> str:
        """For `datetime` attributes: with the offset where it is known."""
        starts = self.hearing.starts_at
        if starts is not None:
            return starts.isoformat(timespec="minutes")
        return f"{self.hearing.on:%Y-%m-%d}"

    @cached_property
    def when(self) -> str:
        """«24 ноября 2026, 10:30»."""
        return f"{self.day}, {self.time}" if self.time else self.day

    @cached_property
    def subject(self) -> ShownText:
        """What is heard; the instance where nobody has said it."""
        given = shown_text(self.hearing, "subject")
        return given or ShownText(capital(self.instance) or _("Hearing"), given.language)

    @property
    def instance(self) -> str:
        return instance_words(self.hearing.instance)

    @cached_property
    def court(self) -> ShownText:
        return court_name(self.hearing.court)

    @property
    def court_url(self) -> str:
        return court_url(self.hearing.court)

    @property
    def people(self) -> tuple[PersonName, ...]:
        """Whom of those shown it is about, where it is not about the whole case."""
        return tuple(link.prosecution.prisoner.name for link in self.hearing.people.all())

    @property
    def room(self) -> str:
        """«зал 4»."""
        if not self.hearing.room:
            return ""
        return (pgettext("hearing", "room %(room)s") % {"room": self.hearing.room}).replace(" ", NBSP, 1)

    @property
    def access(self) -> str:
        """«открытое», «закрытое»; of what lies ahead it is said too that nobody knows."""
        if self.hearing.access == HearingAccess.UNKNOWN and not self.is_ahead:
            return ""
        return str(HearingAccess(self.hearing.access).label)

    @property
    def is_ahead(self) -> bool:
        """Whether it is planned and its day has not passed."""
        return self.hearing.hearing_state == HearingState.PLANNED and self.hearing.on >= self.on

    @property
    def may_be_attended(self) -> bool:
        """Whether the warning about passports at the door is due."""
        return self.is_ahead and self.hearing.access != HearingAccess.CLOSED

    @cached_property
    def state(self) -> str:
        """«отложено на 3 декабря 2026», «отменено», «чем закончилось, неизвестно»; "" for what is plain."""
        state = self.hearing.hearing_state
        if state == HearingState.POSTPONED:
            later = self.hearing.postponed_to
            if later is None:
                return _("postponed, the new day is not known")
            return _("postponed to %(date)s") % {"date": date_words(later.on)}
        if state == HearingState.CANCELLED:
            return str(HearingState.CANCELLED.label)
        if state == HearingState.PLANNED and self.hearing.on < self.on:
            return _("we do not know what came of it")
        return ""

    @property
    def is_off(self) -> bool:
        """Whether it does not take place on this day."""
        return self.hearing.hearing_state in (HearingState.POSTPONED, HearingState.CANCELLED)

    @cached_property
    def note(self) -> ShownText:
        return shown_text(self.hearing, "note")

    @property
    def details(self) -> list[str]:
        """Room, access and state, as far as each is known."""
        return [part for part in (self.room, self.access, self.state) if part]


def passport_warning() -> str:
    """What whoever comes to a hearing must know before."""
    return _(
        "At the entrance bailiffs check passports and write them down; in the room people may be filmed. "
        "If you are under threat yourself, do not come."
    )
