"""Clients and the people around them: who is helped, of which countries, and how they are reached."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from assistance.choices import Relation
from assistance.models.rules import NEEDED, OTHER_PERSON, SEES_ALL, SEES_CLIENT, needed_here
from assistance.querysets import ClientQuerySet, OfClientQuerySet
from memorial.base.encrypted_fields import (
    EncryptedCharField,
    EncryptedTextField,
    KeyedDigestsField,
    sealed_constraint,
)
from memorial.base.fields import (
    PartialDateField,
    StaffReference,
    earliest_day,
    latest_day,
    partial_date_constraint,
)
from memorial.base.publication import Versioned
from prisoners.models import Prisoner


class Client(Versioned):
    """Somebody who is helped, or asked to be; who may or may not have a page in the encyclopaedia.

    `__str__` is a number: a name stands only where it is asked for, never in a log or a title.
    """

    PUBLIC: frozenset[str] = frozenset()
    STAFF_WHEN = (
        f"{SEES_ALL} OR ((SELECT memorial_sees_own_clients())"
        " AND (r.coordinator = (SELECT memorial_staff_number())"
        " OR r.id IN (SELECT memorial_clients_of_my_requests())))"
    )
    NOT_IN_HISTORY = ("name_digests", "contact_digests")
    FOLLOWS_A_MERGE = "memorial_follow_merge"

    TRIGGERS = (("one_person", "BEFORE INSERT OR UPDATE OF prisoner_id", "memorial_guard_client_person()"),)
    TRIGGERS_BELOW = (needed_here("prisoners_prisoner", "assistance_client", "prisoner_id"),)
    REFUSALS = {"assistance_of_one_person": OTHER_PERSON, "record_is_needed": NEEDED}

    name = EncryptedCharField(_("name"), max_length=200, help_text=_("Surname, given name, patronymic."))
    name_digests = KeyedDigestsField("name", "name")
    contact = EncryptedTextField(_("contact"), blank=True)
    contact_digests = KeyedDigestsField("contact", "contact")
    note = EncryptedTextField(_("note"), blank=True)
    prisoner = models.ForeignKey(
        Prisoner,
        verbose_name=_("page in the encyclopaedia"),
        related_name="+",
        null=True,
        blank=True,
        # The database refuses to delete the person, in words that tell nobody of the client.
        on_delete=models.DO_NOTHING,
    )
    coordinator = StaffReference(_("coordinator"), null=True, blank=True, db_index=True)
    opened_on = models.DateField(_("client since"), default=timezone.localdate)
    closed_on = models.DateField(_("client until"), null=True, blank=True)

    objects = ClientQuerySet.as_manager()

    class Meta:
        verbose_name = _("client")
        verbose_name_plural = _("clients")
        ordering = ["-id"]
        indexes = [
            GinIndex(fields=["name_digests"], name="client_by_name"),
            GinIndex(fields=["contact_digests"], name="client_by_contact"),
        ]
        constraints = [
            sealed_constraint("client_name_sealed", "name"),
            sealed_constraint("client_contact_sealed", "contact"),
            sealed_constraint("client_note_sealed", "note"),
            models.CheckConstraint(
                name="client_has_a_name",
                condition=~Q(name=""),
                violation_error_message=_("A client has a name, or words in its place."),
            ),
            models.CheckConstraint(
                name="client_closed_after_opened",
                condition=Q(closed_on__gte=F("opened_on")),
                violation_error_message=_("A client cannot have left before the first contact."),
            ),
        ]

    def __str__(self) -> str:
        return _("Client %(number)s") % {"number": self.pk or "—"}


class OfClient(Versioned):
    """Something recorded of a client, seen by those who see the client."""

    PUBLIC: frozenset[str] = frozenset()
    STAFF_WHEN = SEES_CLIENT

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk or '—'}"


class ClientCitizenship(OfClient):
    """A citizenship of a client, with its dates. An imposed passport takes no other citizenship away."""

    client = models.ForeignKey(
        Client, verbose_name=_("client"), related_name="citizenships", on_delete=models.CASCADE
    )
    country = CountryField(_("country"))
    imposed = models.BooleanField(_("imposed"), default=False)
    began = PartialDateField(_("from"))
    began_earliest = earliest_day("began")
    began_latest = latest_day("began")
    ended = PartialDateField(_("until"))
    ended_earliest = earliest_day("ended")
    ended_latest = latest_day("ended")

    objects = OfClientQuerySet.as_manager()

    class Meta:
        verbose_name = _("citizenship of a client")
        verbose_name_plural = _("citizenships of clients")
        constraints = [
            partial_date_constraint("clientcitizenship_began_valid", "began"),
            partial_date_constraint("clientcitizenship_ended_valid", "ended"),
            models.CheckConstraint(
                name="clientcitizenship_ends_after_it_began",
                condition=Q(ended_latest__gte=F("began_earliest")),
                violation_error_message=_("A citizenship cannot end before it began."),
            ),
        ]


class ContactPerson(OfClient):
    """A relative or friend through whom a client is reached."""

    NOT_IN_HISTORY = ("name_digests", "contact_digests")

    client = models.ForeignKey(
        Client, verbose_name=_("client"), related_name="contact_people", on_delete=models.CASCADE
    )
    name = EncryptedCharField(_("name"), max_length=200)
    name_digests = KeyedDigestsField("name", "name")
    relation = models.CharField(_("who it is"), max_length=20, choices=Relation)
    contact = EncryptedTextField(_("contact"), blank=True)
    contact_digests = KeyedDigestsField("contact", "contact")
    note = EncryptedTextField(_("note"), blank=True)

    objects = OfClientQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact person")
        verbose_name_plural = _("contact people")
        ordering = ["id"]
        indexes = [
            GinIndex(fields=["name_digests"], name="contactperson_by_name"),
            GinIndex(fields=["contact_digests"], name="contactperson_by_contact"),
        ]
        constraints = [
            sealed_constraint("contactperson_name_sealed", "name"),
            sealed_constraint("contactperson_contact_sealed", "contact"),
            sealed_constraint("contactperson_note_sealed", "note"),
            models.CheckConstraint(
                name="contactperson_has_a_name_or_contact",
                condition=~Q(name="", contact=""),
                violation_error_message=_("Give a name or a contact."),
            ),
        ]
