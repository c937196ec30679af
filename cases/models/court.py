"""Courts. Those set up by Russia in occupied territory are marked, and their names stand in quotes."""

from __future__ import annotations

from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.choices import CourtLevel
from memorial.base.localized import LANGUAGES, in_language
from memorial.base.publication import Publishable, PublishedQuerySet, state_constraint
from prisoners.models import Region

ZONE = r"^([A-Z][A-Za-z_]+(/[A-Za-z_-]+)+|UTC)$"


def validate_time_zone(value: str) -> None:
    """Raises `ValidationError` for what is no zone of the IANA database, such as «Europe/Moscow»."""
    if value not in available_timezones():
        raise ValidationError(_("There is no such time zone: Europe/Moscow, Asia/Yekaterinburg…"))


class Court(Publishable):
    """A court. Hearings are told in its own time."""

    PUBLIC = frozenset(
        {
            "slug",
            "name",
            "level",
            "region",
            "time_zone",
            "in_occupied_territory",
            "town",
            "address",
            "url",
            "closed_on",
            "facts_checked_on",
        }
    )

    TRIGGERS = (("zone", "BEFORE INSERT OR UPDATE OF time_zone", "memorial_guard_time_zone()"),)
    REFUSALS = {"court_time_zone_known": _("There is no such time zone: Europe/Moscow, Asia/Yekaterinburg…")}

    slug = models.SlugField(_("address of the page"), max_length=90, unique=True)
    name = models.CharField(
        _("name"), max_length=250, help_text=_("Without quotes: those of occupied territory get them.")
    )
    level = models.CharField(_("level"), max_length=24, choices=CourtLevel, default=CourtLevel.UNKNOWN)
    region = models.ForeignKey(
        Region,
        verbose_name=_("region"),
        related_name="courts",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        blank=True,
        validators=[validate_time_zone],
        help_text=_("As in the IANA database: Europe/Moscow, Asia/Yekaterinburg."),
    )
    in_occupied_territory = models.BooleanField(_("set up by Russia in occupied territory"), default=False)
    town = models.CharField(_("town"), max_length=120, blank=True)
    address = models.CharField(_("address"), max_length=250, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True)
    closed_on = models.DateField(_("abolished on"), null=True, blank=True)
    facts_checked_on = models.DateField(_("facts checked on"), null=True, blank=True)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = _("court")
        verbose_name_plural = _("courts")
        ordering = ["name_ru", "id"]
        constraints = [
            state_constraint("court_state_known"),
            models.CheckConstraint(
                name="court_has_a_name",
                condition=~Q(name_ru="") | ~Q(name_en=""),
                violation_error_message=_("Give the court a name in one language at least."),
            ),
            models.CheckConstraint(
                name="court_time_zone_is_a_name",
                condition=Q(time_zone="") | Q(time_zone__regex=ZONE),
                violation_error_message=_("There is no such time zone: Europe/Moscow, Asia/Yekaterinburg…"),
            ),
            models.CheckConstraint(
                name="court_published_has_a_time_zone",
                condition=~Q(state="published") | ~Q(time_zone=""),
                violation_error_message=_("Say the court's time zone: hearings are told in its own time."),
            ),
        ]

    def __str__(self) -> str:
        return self.shown_name

    def get_absolute_url(self) -> str:
        return reverse("cases:court-detail", kwargs={"slug": self.slug})

    @property
    def shown_name(self) -> str:
        """The name as readers see it; in quotes where Russia set the court up in occupied territory."""
        if self.in_occupied_territory:
            # Translators: the name of a court that is not recognised, in quotation marks of the language
            return _("‘%(court)s’") % {"court": self.name}
        return self.name

    @property
    def zone(self) -> ZoneInfo | None:
        """The court's time zone; None where it is not known."""
        return ZoneInfo(self.time_zone) if self.time_zone else None

    def complete_in(self) -> tuple[str, ...]:
        """The languages in which the page may be indexed: those that have a name."""
        return tuple(code for code in LANGUAGES if getattr(self, in_language("name", code)))
