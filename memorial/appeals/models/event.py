"""Events abroad: letter evenings, pickets, exhibitions. In Russia an announcement would point out those who come."""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import reduce
from operator import and_, or_
from typing import Final
from zoneinfo import ZoneInfo

from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from cases.models.court import validate_time_zone
from memorial.appeals.choices import EventKind
from memorial.appeals.models.appeal import LONGEST_TITLE, SLUG
from memorial.appeals.querysets import EventQuerySet
from memorial.base.choices import State
from memorial.base.fields import RichTextField
from memorial.base.localized import LANGUAGES, all_languages, in_language
from memorial.base.publication import Publishable, state_constraint

NOT_HERE: Final = _(
    "No events in Russia or in the territories it occupies: an announcement here would point out those who come."
)
OCCUPIED_TOWNS: Final = (
    r"^\s*(Симферопол|Севастопол|Ялт[аы]|Керч|Феодоси|Евпатори|Джанко|Донецк|Луганск|Мариуполь|Маріуполь"
    r"|Мелитополь|Мелітополь|Бердянск|Бердянськ|Енергодар|Энергодар|Геническ|Генічеськ"
    r"|Simferopol|Sevastopol|Yalta|Kerch|Feodos|Yevpatori|Evpatori|Dzhanko[iy]|Donetsk|Luhansk|Lugansk"
    r"|Mariupol|Melitopol|Berd[iy]ansk|Enerhodar|Energodar|Henichesk)"
)
"""Beginnings of the names of towns that are occupied, as staff may write them; the rule of one's own eyes stays."""
RUSSIAN_ZONES: Final = (
    r"^(Europe/(Moscow|Kaliningrad|Simferopol|Samara|Saratov|Ulyanovsk|Astrakhan|Volgograd|Kirov)"
    r"|Asia/(Yekaterinburg|Omsk|Novosibirsk|Barnaul|Tomsk|Novokuznetsk|Krasnoyarsk|Irkutsk|Chita|Yakutsk"
    r"|Khandyga|Vladivostok|Ust-Nera|Magadan|Sakhalin|Srednekolymsk|Kamchatka|Anadyr)|W-SU)$"
)


def _has_words(language: str) -> Q:
    names = ("title", "city", "organiser")
    return reduce(and_, (Q(**{f"{in_language(name, language)}__regex": r"\S"}) for name in names))


def _not_occupied() -> Q:
    towns = (Q(**{f"{column}__iregex": OCCUPIED_TOWNS}) for column in all_languages("city"))
    return ~Q(country="UA") | ~reduce(or_, towns)


class PublicEvent(Publishable):
    """An event with its day and hour by the clock of the town where it is.

    `uid` is the entry's name in readers' calendars for ever; the database raises `sequence` whenever day,
    hour, place or state change, so that a program updates the same entry.
    """

    PUBLIC = frozenset(
        {
            *("slug", "kind", "title", "text", "place", "city", "country", "organiser", "url"),
            *("on", "at", "ends_at", "time_zone", "called_off", "uid", "sequence"),
        }
    )
    TRIGGERS = (("event", "BEFORE INSERT OR UPDATE", "memorial_guard_event()"),)
    REFUSALS = {
        "event_time_zone_known": _("There is no such time zone: Europe/Berlin, Asia/Tbilisi…"),
        "event_keeps_its_address": _("The page was public under this address: it stays."),
    }

    slug = models.SlugField(
        _("address of the page"),
        max_length=90,
        unique=True,
        validators=[RegexValidator(SLUG, _("Small Latin letters, figures and hyphens between them."))],
    )
    kind = models.CharField(_("kind"), max_length=12, choices=EventKind)
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    text = RichTextField(_("text"), blank=True)
    on = models.DateField(_("day"))
    at = models.TimeField(_("begins"), null=True, blank=True, help_text=_("By the clock of the town."))
    ends_at = models.TimeField(_("ends"), null=True, blank=True)
    time_zone = models.CharField(
        _("time zone"), max_length=40, validators=[validate_time_zone], help_text="Europe/Berlin"
    )
    place = models.CharField(_("place"), max_length=200, blank=True, help_text=_("House and street."))
    city = models.CharField(_("town"), max_length=100)
    country = CountryField(_("country"))
    organiser = models.CharField(_("organiser"), max_length=200)
    url = models.URLField(
        _("link of the organiser"), max_length=500, blank=True, validators=[URLValidator(schemes=["https"])]
    )
    called_off = models.BooleanField(_("called off"), default=False)
    uid = models.UUIDField(_("name in calendars"), default=uuid.uuid4, editable=False)
    sequence = models.PositiveIntegerField(_("number of the change"), default=0, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event abroad")
        verbose_name_plural = _("events abroad")
        ordering = ["-on", "-id"]
        indexes = [models.Index(fields=["on"], name="publicevent_by_day", condition=Q(state="published"))]
        constraints = [
            state_constraint("publicevent_state_known"),
            models.UniqueConstraint(
                name="publicevent_entry_once",
                fields=["uid"],
                violation_error_message=_("Two events cannot be one entry of a calendar."),
            ),
            models.CheckConstraint(
                name="publicevent_kind_known",
                condition=Q(kind__in=EventKind.values),
                violation_error_message=_("Choose one of the kinds."),
            ),
            models.CheckConstraint(
                name="publicevent_address_valid",
                condition=Q(slug__regex=SLUG),
                violation_error_message=_(
                    "This address is taken by another page, or has other characters in it."
                ),
            ),
            models.CheckConstraint(
                name="publicevent_has_words",
                condition=reduce(or_, map(_has_words, LANGUAGES), ~Q(state=State.PUBLISHED)),
                violation_error_message=_(
                    "An event has a title, a town and an organiser in the same language."
                ),
            ),
            models.CheckConstraint(
                name="publicevent_not_in_russia",
                condition=~Q(country="RU") & ~Q(time_zone__regex=RUSSIAN_ZONES),
                violation_error_message=NOT_HERE,
            ),
            models.CheckConstraint(
                name="publicevent_not_in_occupied_town",
                condition=_not_occupied(),
                violation_error_message=NOT_HERE,
            ),
            models.CheckConstraint(
                name="publicevent_ends_after_it_begins",
                condition=Q(ends_at__isnull=True) | Q(at__isnull=False, ends_at__gt=models.F("at")),
                violation_error_message=_("An event ends after it begins, on the same day."),
            ),
            models.CheckConstraint(
                name="publicevent_link_is_safe",
                condition=Q(url="") | Q(url__regex=r"^https://[^\s/]"),
                violation_error_message=_("The link begins with https://."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title or self.slug)

    def get_absolute_url(self) -> str:
        """The address in the current language."""
        return reverse("event-detail", kwargs={"slug": self.slug})

    @property
    def starts(self) -> datetime | None:
        """The moment when it begins; None where the hour is not known."""
        return datetime.combine(self.on, self.at, tzinfo=self.zone) if self.at else None

    @property
    def ends(self) -> datetime | None:
        """The moment when it ends; None where that is not known."""
        return datetime.combine(self.on, self.ends_at, tzinfo=self.zone) if self.ends_at else None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def complete_in(self) -> tuple[str, ...]:
        """The languages in which the page may be indexed."""
        has_text = any(getattr(self, in_language("text", code)) for code in LANGUAGES)
        needed = ("title", "city", "organiser", *(["text"] if has_text else []))
        return tuple(c for c in LANGUAGES if all(getattr(self, in_language(name, c)) for name in needed))
