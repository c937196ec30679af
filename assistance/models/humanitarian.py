"""Humanitarian help: parcels, shop orders, money; for the prisoner or, apart, for the family."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assistance.choices import FOR_FAMILIES, AidChannel, Recipient, Unit
from assistance.models.client import Client, OfClient
from assistance.models.legal import OfAid
from assistance.models.money import Costed, cost_constraints
from assistance.models.rules import (
    IN_THE_FUTURE,
    SEES_CLIENT,
    SEES_COSTS,
    not_in_the_future,
    seen_with,
)
from assistance.querysets import AidItemQuerySet, HumanitarianAidQuerySet
from memorial.base.encrypted_fields import EncryptedTextField, sealed_constraint
from memorial.base.fields import PartialDateField, earliest_day, latest_day, partial_date_constraint
from memorial.base.publication import Versioned


class ItemKind(Versioned):
    """A kind of thing that is sent. Staff may add one; statistics know it by its code."""

    PUBLIC: frozenset[str] = frozenset()
    RECORDS_LOOKING = False

    code = models.SlugField(_("code"), max_length=40, unique=True)
    label = models.CharField(_("name"), max_length=200)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    expires = models.BooleanField(
        _("has a day until which it lasts"),
        default=False,
        help_text=_("Medicines: the list of what runs out asks for that day."),
    )

    class Meta:
        verbose_name = _("kind of item")
        verbose_name_plural = _("kinds of items")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.label


class HumanitarianAid(OfClient, Costed):
    """One parcel, order or transfer. `cost` is what stands in no item: postage, or all where none is priced."""

    STAFF_WHEN = f"{SEES_CLIENT} OR {SEES_COSTS}"
    TRIGGERS = (not_in_the_future("given_on"),)
    REFUSALS = {"assistance_humanitarianaid_happened": IN_THE_FUTURE}

    client = models.ForeignKey(
        Client, verbose_name=_("client"), related_name="humanitarian_aids", on_delete=models.CASCADE
    )
    given_on = PartialDateField(_("given on"), null=False, blank=False)
    given_on_earliest = earliest_day("given_on")
    given_on_latest = latest_day("given_on")
    channel = models.CharField(_("way"), max_length=16, choices=AidChannel, default=AidChannel.PARCEL)
    for_whom = models.CharField(_("for whom"), max_length=8, choices=Recipient, default=Recipient.PRISONER)
    note = EncryptedTextField(_("note"), blank=True)
    sent_as = models.UUIDField(
        _("key of the entry"),
        default=uuid.uuid4,
        unique=True,
        editable=False,
        help_text=_("A row that is sent twice has the same key, and is one."),
    )

    objects = HumanitarianAidQuerySet.as_manager()

    class Meta:
        verbose_name = _("humanitarian help")
        verbose_name_plural = _("humanitarian help")
        ordering = ["-given_on_earliest", "-id"]
        indexes = [models.Index(fields=["given_on_earliest"], name="humanitarianaid_by_day")]
        constraints = [
            partial_date_constraint("humanitarianaid_given_valid", "given_on"),
            *cost_constraints("humanitarianaid"),
            sealed_constraint("humanitarianaid_note_sealed", "note"),
            models.CheckConstraint(
                name="humanitarianaid_recipient_known",
                condition=Q(for_whom__in=Recipient.values),
                violation_error_message=_("Say for whom it was."),
            ),
            models.CheckConstraint(
                name="humanitarianaid_family_ways_are_for_families",
                condition=~Q(channel__in=[way.value for way in FOR_FAMILIES]) | Q(for_whom=Recipient.FAMILY),
                violation_error_message=_("Help to the family and journeys of relatives are for the family."),
            ),
        ]


class AidItem(OfAid, Costed):
    """What was in it: kind, quantity, what it cost, and of medicines until which day they last."""

    STAFF_WHEN = seen_with("assistance_humanitarianaid", "aid_id")
    aid = models.ForeignKey(
        HumanitarianAid, verbose_name=_("humanitarian help"), related_name="items", on_delete=models.CASCADE
    )
    kind = models.ForeignKey(ItemKind, verbose_name=_("kind"), related_name="items", on_delete=models.PROTECT)
    quantity = models.DecimalField(_("quantity"), max_digits=9, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=8, choices=Unit, blank=True)
    expires_on = models.DateField(_("lasts until"), null=True, blank=True)
    note = EncryptedTextField(_("note"), blank=True)

    objects = AidItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["expires_on"], condition=Q(expires_on__isnull=False), name="aiditem_by_expiry"
            )
        ]
        constraints = [
            *cost_constraints("aiditem"),
            sealed_constraint("aiditem_note_sealed", "note"),
            models.CheckConstraint(
                name="aiditem_quantity_with_its_unit",
                condition=Q(quantity__isnull=True, unit="")
                | (Q(quantity__isnull=False, quantity__gt=0) & ~Q(unit="")),
                violation_error_message=_("A quantity is more than nothing and has a unit."),
            ),
        ]
