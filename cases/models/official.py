"""Officials in office: their part in a prosecution, and the sanctions they are under. No photo, no private fact.

An official is published, and a part shown, only when two different people of the staff confirmed it.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.choices import OfficialKind, OfficialPart, SanctionList
from cases.models.court import Court
from cases.models.ground import certainly_ordered
from cases.models.prosecution import Prosecution
from cases.models.public_when import OFFICIAL_ROLE, SANCTION
from cases.querysets import OfficialQuerySet, OfficialRoleQuerySet
from memorial.base.fields import (
    PartialDateField,
    StaffReference,
    earliest_day,
    latest_day,
    partial_date_constraint,
)
from memorial.base.localized import LANGUAGES, current_language, in_language, other_languages
from memorial.base.publication import Publishable, state_constraint
from prisoners.models import Facility, Region
from prisoners.models.custody import IN_THE_FUTURE, Fact, not_in_the_future
from prisoners.names import PersonName

TWO_CONFIRM = _("Two different people of the staff confirm an official first.")


class Official(Publishable):
    """Somebody who acted in office. Only name, office and where; nothing of the private person."""

    PUBLIC = frozenset(
        {
            "slug",
            "surname",
            "given_names",
            "patronymic",
            "kind",
            "office",
            "court",
            "facility",
            "region",
            "facts_checked_on",
        }
    )

    TRIGGERS = (("confirmed", "BEFORE INSERT OR UPDATE OF state", "memorial_guard_official()"),)
    REFUSALS = {"official_two_people_confirm": TWO_CONFIRM}

    slug = models.SlugField(_("address of the page"), max_length=90, unique=True)
    surname = models.CharField(_("surname"), max_length=120, blank=True)
    given_names = models.CharField(_("given names"), max_length=120, blank=True)
    patronymic = models.CharField(_("patronymic"), max_length=120, blank=True)
    kind = models.CharField(_("kind of office"), max_length=20, choices=OfficialKind)
    office = models.CharField(_("office"), max_length=250, blank=True)
    court = models.ForeignKey(
        Court,
        verbose_name=_("court"),
        related_name="officials",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    facility = models.ForeignKey(
        Facility,
        verbose_name=_("institution"),
        related_name="officials",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    region = models.ForeignKey(
        Region,
        verbose_name=_("region"),
        related_name="officials",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    facts_checked_on = models.DateField(_("facts checked on"), null=True, blank=True)

    objects = OfficialQuerySet.as_manager()

    class Meta:
        verbose_name = _("official")
        verbose_name_plural = _("officials")
        ordering = ["surname_ru", "given_names_ru", "id"]
        constraints = [
            state_constraint("official_state_known"),
            models.CheckConstraint(
                name="official_has_a_name",
                condition=~Q(surname_ru="") | ~Q(surname_en=""),
                violation_error_message=_("Give the official a surname in one language at least."),
            ),
        ]

    def __str__(self) -> str:
        return self.name.full

    def get_absolute_url(self) -> str:
        return reverse("cases:official-detail", kwargs={"slug": self.slug})

    @property
    def name(self) -> PersonName:
        """The name in the reader's language, whole; in the other one where there is none."""
        language = current_language()
        found = (self._name_in(code) for code in [language, *other_languages(language)])
        return next((name for name in found if name.exists), self._name_in(language))

    def _name_in(self, language: str) -> PersonName:
        surname, given, patronymic = (
            getattr(self, in_language(part, language)) for part in ("surname", "given_names", "patronymic")
        )
        return PersonName(language, surname, given, patronymic, described_as="")

    def complete_in(self) -> tuple[str, ...]:
        """The languages in which the page may be indexed: those that have a name."""
        return tuple(code for code in LANGUAGES if self._name_in(code).exists)


class OfficialRole(Fact):
    """What an official did in a prosecution. `confirmed` is kept by the database from the confirmations."""

    PUBLIC = frozenset(
        {"official", "prosecution", "part", "office_then", "on", "confirmed", "note", "verification"}
    )
    PUBLIC_WHEN = OFFICIAL_ROLE

    TRIGGERS = (
        not_in_the_future("on"),
        ("confirmed", "BEFORE INSERT OR UPDATE", "memorial_count_confirmations()"),
        ("changed", "AFTER UPDATE", "memorial_drop_confirmations()"),
    )
    REFUSALS = {"cases_officialrole_happened": IN_THE_FUTURE}

    official = models.ForeignKey(
        Official, verbose_name=_("official"), related_name="roles", on_delete=models.CASCADE
    )
    prosecution = models.ForeignKey(
        Prosecution, verbose_name=_("prosecution"), related_name="official_roles", on_delete=models.CASCADE
    )
    part = models.CharField(_("part in it"), max_length=20, choices=OfficialPart)
    office_then = models.CharField(_("office at that time"), max_length=250, blank=True)
    on = PartialDateField(_("on"))
    on_earliest = earliest_day("on")
    on_latest = latest_day("on")
    confirmed = models.BooleanField(_("confirmed by two people"), default=False, editable=False)

    objects = OfficialRoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of an official")
        verbose_name_plural = _("parts of officials")
        ordering = ["on_earliest", "id"]
        constraints = [
            partial_date_constraint("officialrole_on_valid", "on"),
            models.UniqueConstraint(fields=["official", "prosecution", "part"], name="officialrole_once"),
        ]

    def __str__(self) -> str:
        return f"{self.official}: {self.get_part_display()}"


class OfficialConfirmation(models.Model):
    """Somebody of the staff confirms an official, or an official's part, by the sources. Taken back by deleting."""

    PUBLIC: frozenset[str] = frozenset()
    GIVEN_BY_OTHERS = True

    TRIGGERS = (("confirmed", "AFTER INSERT OR UPDATE OR DELETE", "memorial_confirmations_changed()"),)
    REFUSALS = {"official_published_stays_confirmed": _("Withdraw the official first: it needs two people.")}

    official = models.ForeignKey(
        Official, related_name="confirmations", null=True, blank=True, on_delete=models.CASCADE
    )
    role = models.ForeignKey(
        OfficialRole,
        verbose_name=_("part of an official"),
        related_name="confirmations",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    by = StaffReference(_("by"), editable=False)
    on = models.DateField(_("on"))

    class Meta:
        verbose_name = _("confirmation of an official")
        verbose_name_plural = _("confirmations of officials")
        ordering = ["on", "id"]
        constraints = [
            models.CheckConstraint(
                name="officialconfirmation_of_one",
                condition=Q(official__isnull=True, role__isnull=False)
                | Q(official__isnull=False, role__isnull=True),
                violation_error_message=_("A confirmation is of an official, or of a part of one."),
            ),
            models.UniqueConstraint(
                fields=["official", "by"],
                name="officialconfirmation_of_official_once",
                condition=Q(official__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["role", "by"],
                name="officialconfirmation_of_role_once",
                condition=Q(role__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on}: #{self.by}"


class Sanction(Fact):
    """An official was put on a list of sanctions, and perhaps taken off."""

    PUBLIC = frozenset(
        {"official", "list", "list_name", "imposed_on", "lifted_on", "url", "note", "verification"}
    )
    PUBLIC_WHEN = SANCTION

    TRIGGERS = (not_in_the_future("imposed_on", "lifted_on"),)
    REFUSALS = {"cases_sanction_happened": IN_THE_FUTURE}

    official = models.ForeignKey(
        Official, verbose_name=_("official"), related_name="sanctions", on_delete=models.CASCADE
    )
    list = models.CharField(_("whose list"), max_length=12, choices=SanctionList)
    list_name = models.CharField(_("which other list"), max_length=200, blank=True)
    imposed_on = PartialDateField(_("imposed on"))
    imposed_on_earliest = earliest_day("imposed_on")
    imposed_on_latest = latest_day("imposed_on")
    lifted_on = PartialDateField(_("lifted on"))
    lifted_on_earliest = earliest_day("lifted_on")
    lifted_on_latest = latest_day("lifted_on")
    url = models.URLField(_("link"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        ordering = ["imposed_on_earliest", "id"]
        constraints = [
            partial_date_constraint("sanction_imposed_valid", "imposed_on"),
            partial_date_constraint("sanction_lifted_valid", "lifted_on"),
            certainly_ordered(
                "sanction_lifted_after_imposed",
                "imposed_on",
                "lifted_on",
                _("A sanction cannot be lifted before it was imposed."),
            ),
            models.CheckConstraint(
                name="sanction_other_list_is_named",
                condition=~Q(list=SanctionList.OTHER) | ~Q(list_name_ru="", list_name_en=""),
                violation_error_message=_("Name the other list."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_list_display()
