"""Regions and the institutions where people are held."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from memorial.base.fields import (
    PartialDateField,
    RichTextField,
    earliest_day,
    latest_day,
    partial_date_constraint,
)
from memorial.base.localized import LANGUAGES, in_language
from memorial.base.publication import Publishable, PublishedQuerySet, state_constraint
from prisoners.choices import InstitutionKind

NO_PUBLIC_ADDRESS = (
    InstitutionKind.HOUSE_ARREST_ADDRESS,
    InstitutionKind.UNOFFICIAL,
    InstitutionKind.MILITARY_UNIT,
    InstitutionKind.UNKNOWN,
    InstitutionKind.IN_TRANSIT,
)
"""Kinds of place whose address is never recorded for readers (domain, rule 8)."""


class Region(models.Model):
    """A region of Russia or of Ukraine, under its own name; occupied ones say so."""

    PUBLIC = frozenset({"code", "name", "display_name", "country", "occupied", "occupation_note"})
    PUBLIC_WHEN = "true"

    class Occupied(models.TextChoices):
        NO = "no", _("not occupied")
        PARTLY = "partly", _("partly occupied")
        YES = "yes", _("occupied")

    code = models.CharField(_("code"), max_length=10, unique=True, help_text=_("ISO 3166-2."))
    name = models.CharField(_("name"), max_length=120)
    display_name = models.CharField(
        _("short name"),
        max_length=80,
        blank=True,
        help_text=_("As readers say it: «Крым» for «Автономная Республика Крым»."),
    )
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("ISO 3166-1."))
    occupied = models.CharField(_("occupied"), max_length=6, choices=Occupied, default=Occupied.NO)
    occupation_note = models.CharField(_("about the occupation"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["country", "name_ru"]
        constraints = [
            models.CheckConstraint(
                name="region_code_of_capitals",
                condition=Q(code__regex=r"^[A-Z0-9][A-Z0-9-]*$"),
                violation_error_message=_("A code has capital letters, digits and hyphens, like RU-MOW."),
            )
        ]

    def __str__(self) -> str:
        return self.shown_name

    def get_absolute_url(self) -> str:
        return reverse("prisoners:region-detail", kwargs={"code": self.path_code})

    @property
    def path_code(self) -> str:
        """How the code stands in an address: «ua-43»."""
        return self.code.lower()

    @property
    def shown_name(self) -> str:
        """The name as readers see it: «Крым (Украина, оккупирован)»."""
        name = self.display_name or self.name
        if self.occupied == self.Occupied.YES:
            # Translators: an occupied region, such as «Севастополь (Украина, оккупирован)»
            return _("%(region)s (Ukraine, occupied)") % {"region": name}
        return name


class OccupationPeriod(models.Model):
    """When a region or a part of it was occupied."""

    PUBLIC = frozenset({"region", "began", "ended", "part"})
    PUBLIC_WHEN = "true"

    region = models.ForeignKey(
        Region, verbose_name=_("region"), related_name="occupations", on_delete=models.CASCADE
    )
    began = PartialDateField(_("from"))
    began_earliest = earliest_day("began")
    ended = PartialDateField(_("until"))
    ended_latest = latest_day("ended")
    part = models.CharField(_("which part"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("period of occupation")
        verbose_name_plural = _("periods of occupation")
        constraints = [
            partial_date_constraint("occupation_began_valid", "began"),
            partial_date_constraint("occupation_ended_valid", "ended"),
            models.CheckConstraint(
                name="occupation_ends_after_it_began",
                condition=Q(ended_latest__gte=models.F("began_earliest")),
                violation_error_message=_("An occupation cannot end before it began."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region}: {self.began or ''}–{self.ended or ''}"


class FacilityQuerySet(PublishedQuerySet):
    """Institutions."""

    def for_detail(self) -> Self:
        """With what the page of an institution shows."""
        return self.select_related("region")


class Facility(Publishable):
    """An institution where people are held, with the address for letters and the day it was last checked.

    The regime is not here: it belongs to the stay.
    """

    PUBLIC = frozenset(
        {
            "slug",
            "name",
            "official_name_ru",
            "kind",
            "region",
            "city",
            "street",
            "postal_index",
            "address_checked_on",
            "accepts_letters",
            "e_letters",
            "e_letters_url",
            "rules",
            "about",
            "in_occupied_territory",
        }
    )

    class Letters(models.TextChoices):
        YES = "yes", _("letters usually arrive")
        UNCERTAIN = "uncertain", _("letters often do not arrive")
        NO = "no", _("letters are not accepted")
        UNKNOWN = "unknown", _("not known whether letters arrive")

    slug = models.SlugField(_("address of the page"), max_length=80, unique=True)
    name = models.CharField(
        _("name"), max_length=200, help_text=_("As people say it: «ИК-6, Мелехово», “IK-6, Melekhovo”.")
    )
    official_name_ru = models.CharField(
        _("name for the envelope, in Russian"),
        max_length=250,
        blank=True,
        help_text=_("«ФКУ ИК-6 УФСИН России по …»"),
    )
    kind = models.CharField(_("kind"), max_length=30, choices=InstitutionKind)
    region = models.ForeignKey(
        Region,
        verbose_name=_("region"),
        related_name="facilities",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    city = models.CharField(_("town, in Russian"), max_length=120, blank=True)
    street = models.CharField(_("street and house, in Russian"), max_length=200, blank=True)
    postal_index = models.CharField(_("postal index"), max_length=10, blank=True)
    address_checked_on = models.DateField(_("address checked on"), null=True, blank=True)
    accepts_letters = models.CharField(_("letters"), max_length=10, choices=Letters, default=Letters.UNKNOWN)
    e_letters = models.CharField(_("e-letter service"), max_length=120, blank=True)
    e_letters_url = models.URLField(_("link of the e-letter service"), blank=True)
    rules = RichTextField(_("its own rules for letters"), blank=True)
    about = RichTextField(_("about the institution"), blank=True)
    in_occupied_territory = models.BooleanField(_("in occupied territory"), default=False)

    objects = FacilityQuerySet.as_manager()

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ["name_ru"]
        constraints = [
            state_constraint("facility_state_known"),
            models.CheckConstraint(
                name="facility_has_a_name",
                condition=~Q(name_ru="") | ~Q(name_en=""),
                violation_error_message=_("Give the institution a name in one language at least."),
            ),
            models.CheckConstraint(
                name="facility_secret_place_has_no_address",
                condition=~Q(kind__in=NO_PUBLIC_ADDRESS) | Q(street="", postal_index=""),
                violation_error_message=_("A place of this kind never has an address here: take it out."),
            ),
            models.CheckConstraint(
                name="facility_secret_place_has_no_page",
                condition=~Q(kind__in=NO_PUBLIC_ADDRESS) | ~Q(state="published"),
                violation_error_message=_("A place of this kind has no page: it cannot be published."),
            ),
            models.CheckConstraint(
                name="facility_postal_index_digits",
                condition=Q(postal_index="") | Q(postal_index__regex=r"^[0-9]{5,6}$"),
                violation_error_message=_("A postal index has six digits (five in Ukraine)."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("prisoners:facility-detail", kwargs={"slug": self.slug})

    @property
    def has_address(self) -> bool:
        """Whether an envelope can be written: town and index at least."""
        return bool(self.city and self.postal_index)

    @property
    def address_line(self) -> str:
        """The address in the order of the envelope: institution, street, town, region, index last. Russian."""
        region = getattr(self.region, "name_ru", "")
        institution = self.official_name_ru or getattr(self, "name_ru", "")
        parts = [
            institution,
            self.street,
            self.city,
            "" if region == self.city else region,
            self.postal_index,
        ]
        return ", ".join(part for part in parts if part)

    def complete_in(self) -> tuple[str, ...]:
        """The languages in which the page is complete enough to be indexed: those that have a name."""
        return tuple(code for code in LANGUAGES if getattr(self, in_language("name", code)))


class FacilityPrivate(models.Model):
    """What staff know of an institution and readers do not."""

    PUBLIC: frozenset[str] = frozenset()

    facility = models.OneToOneField(Facility, related_name="private", on_delete=models.CASCADE)
    staff_note = models.TextField(_("staff note"), blank=True)

    class Meta:
        verbose_name = _("confidential note on an institution")
        verbose_name_plural = _("confidential notes on institutions")

    def __str__(self) -> str:
        return str(self.facility)
