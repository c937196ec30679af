"""Legal help: lawyers, the stages they were paid for, and what came of it."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assistance.choices import LegalOutcomeKind, LegalStage
from assistance.models.client import Client, OfClient
from assistance.models.money import Costed, cost_constraints
from assistance.models.rules import (
    BEFORE_IT_BEGAN,
    IN_THE_FUTURE,
    NEEDED,
    OTHER_PERSON,
    SEES_CLIENT,
    SEES_COSTS,
    Lasting,
    lasting_constraints,
    needed_here,
    not_in_the_future,
    seen_with,
)
from assistance.querysets import LastingAidQuerySet, LawyerQuerySet, OfAidQuerySet
from cases.models import Prosecution
from memorial.base.encrypted_fields import (
    EncryptedCharField,
    EncryptedTextField,
    KeyedDigestsField,
    sealed_constraint,
)
from memorial.base.fields import PartialDateField, earliest_day, latest_day, partial_date_constraint
from memorial.base.publication import Versioned
from prisoners.models import Region


class Lawyer(Versioned):
    """A lawyer with whom the organisation works. The name is sealed: it endangers its bearer."""

    PUBLIC: frozenset[str] = frozenset()
    STAFF_WHEN = "(SELECT memorial_staff_may('assistance', 'view_lawyer'))"
    NOT_IN_HISTORY = ("name_digests", "contact_digests")
    TRIGGERS_BELOW = (needed_here("prisoners_region", "assistance_lawyer", "bar_region_id"),)
    REFUSALS = {"record_is_needed": NEEDED}

    name = EncryptedCharField(_("name"), max_length=200)
    name_digests = KeyedDigestsField("name", "name")
    contact = EncryptedTextField(_("contact"), blank=True)
    contact_digests = KeyedDigestsField("contact", "contact")
    bar_region = models.ForeignKey(
        Region,
        verbose_name=_("region of the bar"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.DO_NOTHING,
    )
    note = EncryptedTextField(_("note"), blank=True)

    objects = LawyerQuerySet.as_manager()

    class Meta:
        verbose_name = _("lawyer")
        verbose_name_plural = _("lawyers")
        ordering = ["-id"]
        indexes = [
            GinIndex(fields=["name_digests"], name="lawyer_by_name"),
            GinIndex(fields=["contact_digests"], name="lawyer_by_contact"),
        ]
        constraints = [
            sealed_constraint("lawyer_name_sealed", "name"),
            sealed_constraint("lawyer_contact_sealed", "contact"),
            sealed_constraint("lawyer_note_sealed", "note"),
            models.CheckConstraint(
                name="lawyer_has_a_name",
                condition=~Q(name=""),
                violation_error_message=_("A lawyer has a name."),
            ),
        ]

    def __str__(self) -> str:
        return _("Lawyer %(number)s") % {"number": self.pk or "—"}


class LegalAid(OfClient, Lasting, Costed):
    """A lawyer's work for a client at one stage. A prosecution is the client's own, or described in words."""

    FOLLOWS_A_MERGE = "memorial_follow_merge"
    STAFF_WHEN = f"{SEES_CLIENT} OR {SEES_COSTS}"
    TRIGGERS = (
        not_in_the_future("began"),
        ("one_person", "BEFORE INSERT OR UPDATE", "memorial_guard_aid_person()"),
        (
            "outcomes",
            "BEFORE UPDATE OF began",
            "memorial_guard_aid_began('assistance_legaloutcome', 'legal_aid_id')",
        ),
    )
    TRIGGERS_BELOW = (("cases_prosecution", "release_aid", "BEFORE DELETE", "memorial_release_aid()"),)
    REFUSALS = {
        "assistance_legalaid_happened": IN_THE_FUTURE,
        "assistance_of_one_person": OTHER_PERSON,
        "assistance_outcome_after_it_began": BEFORE_IT_BEGAN,
    }

    client = models.ForeignKey(
        Client, verbose_name=_("client"), related_name="legal_aids", on_delete=models.CASCADE
    )
    prosecution = models.ForeignKey(
        Prosecution,
        verbose_name=_("prosecution"),
        related_name="+",
        null=True,
        blank=True,
        # Whoever takes a prosecution out need not know of the help: the database empties this itself.
        on_delete=models.DO_NOTHING,
    )
    proceedings = EncryptedCharField(
        _("proceedings, in words"),
        max_length=300,
        blank=True,
        help_text=_("Where the encyclopaedia has no prosecution."),
    )
    stage = models.CharField(_("stage"), max_length=16, choices=LegalStage)
    lawyer = models.ForeignKey(
        Lawyer,
        verbose_name=_("lawyer"),
        related_name="legal_aids",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    note = EncryptedTextField(_("note"), blank=True)

    objects = LastingAidQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal help")
        verbose_name_plural = _("legal help")
        ordering = ["-began_earliest", "-id"]
        constraints = [
            *lasting_constraints("legalaid"),
            *cost_constraints("legalaid"),
            sealed_constraint("legalaid_proceedings_sealed", "proceedings"),
            sealed_constraint("legalaid_note_sealed", "note"),
            models.CheckConstraint(
                name="legalaid_stage_known",
                condition=Q(stage__in=LegalStage.values),
                violation_error_message=_("Choose one of the stages."),
            ),
        ]


class OfAid(Versioned):
    """Something that belongs to help given, seen by those who see the client."""

    PUBLIC: frozenset[str] = frozenset()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk or '—'}"


class LegalOutcome(OfAid):
    """What came of legal help, and when: released from detention, and later from house arrest."""

    STAFF_WHEN = seen_with("assistance_legalaid", "legal_aid_id")
    TRIGGERS = (
        not_in_the_future("on"),
        (
            "aid_began",
            "BEFORE INSERT OR UPDATE",
            "memorial_guard_outcome('assistance_legalaid', 'legal_aid_id')",
        ),
    )
    REFUSALS = {
        "assistance_legaloutcome_happened": IN_THE_FUTURE,
        "assistance_outcome_after_it_began": BEFORE_IT_BEGAN,
    }

    legal_aid = models.ForeignKey(
        LegalAid, verbose_name=_("legal help"), related_name="outcomes", on_delete=models.CASCADE
    )
    kind = models.CharField(_("outcome"), max_length=28, choices=LegalOutcomeKind)
    on = PartialDateField(_("on"))
    on_earliest = earliest_day("on")
    on_latest = latest_day("on")
    note = EncryptedTextField(_("note"), blank=True)

    objects = OfAidQuerySet.as_manager()

    class Meta:
        verbose_name = _("outcome of legal help")
        verbose_name_plural = _("outcomes of legal help")
        ordering = ["on_earliest", "id"]
        constraints = [
            partial_date_constraint("legaloutcome_on_valid", "on"),
            sealed_constraint("legaloutcome_note_sealed", "note"),
        ]
