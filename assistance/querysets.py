"""The vocabulary of help: who is seen by whom, who waits, who fell silent, what runs out, who was helped."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Protocol, Self

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat, Greatest
from django.db.models.lookups import GreaterThan, LessThanOrEqual

from assistance.choices import OPEN_STATES, Recipient
from memorial.base.encrypted_fields import SealedQuerySet
from memorial.base.fields import EarliestDay, LatestDay

SEES_ALL = "assistance.see_all_clients"
SEES_OWN = "assistance.view_client"
SILENT_DAYS = 30
EXPIRY_DAYS = 30

Day = date | Combinable


class Account(Protocol):
    """A member of staff, as far as anything here asks: a number, and what they may."""

    pk: Any

    def has_perm(self, perm: str) -> bool: ...


def _rows(name: str) -> Any:
    """All rows of another table of this app, which is imported late: its models import these querysets."""
    from assistance import models

    return getattr(models, name)._default_manager


class ConfidentialQuerySet(SealedQuerySet):
    """Querysets of help; `client_path` leads from a row to its client."""

    client_path = "client"

    def visible_to(self, account: Account) -> Self:
        """What a member of staff may see: everything, what is of their own clients, or nothing.

        Whoever coordinates a client or one of their requests sees the client. PostgreSQL has the same
        rule for sessions of the office (`STAFF_WHEN` of the models).
        """
        if account.has_perm(SEES_ALL):
            return self
        if not account.has_perm(SEES_OWN):
            return self.none()
        mine = _rows("Client").filter(
            Q(coordinator=account.pk)
            | Q(pk__in=_rows("HelpRequest").filter(coordinator=account.pk).values("client"))
        )
        return self.filter(**{f"{self.client_path}__in": mine.values("pk")})

    def of_coordinator(self, account: Account) -> Self:
        """What belongs to the clients whom this member of staff coordinates."""
        prefix = "" if self.client_path == "pk" else f"{self.client_path}__"
        return self.filter(**{f"{prefix}coordinator": account.pk})


class OfClientQuerySet(ConfidentialQuerySet):
    """What is recorded of clients."""


class ClientQuerySet(ConfidentialQuerySet):
    """Clients."""

    client_path = "pk"

    def for_list(self) -> Self:
        """With what a list shows: the page in the encyclopaedia, and the next open step."""
        return self.select_related("prisoner").with_next_step()

    def with_next_step(self) -> Self:
        """Each with `next_step_on`: the earliest day on which something is to be done; None where nothing is."""
        waiting = _open_requests().filter(client=OuterRef("pk")).order_by("next_step_on")
        return self.annotate(next_step_on=waiting.values("next_step_on")[:1])

    def with_last_help(self) -> Self:
        """Each with `last_help_on`: the last day on which help can have been given; None where none was.

        Retention counts from it. Help that goes on has no last day: see `being_helped()`.
        """
        latest: list[Any] = []
        for name, day in (("LegalAid", "ended_latest"), ("DetentionAid", "ended_latest")):
            rows = _rows(name).filter(client=OuterRef("pk"))
            last = rows.annotate(day=Coalesce(day, "began_latest", output_field=DateField()))
            last = last.order_by(F("day").desc(nulls_last=True))
            latest.append(last.values("day")[:1])
        parcels = _rows("HumanitarianAid").filter(client=OuterRef("pk"))
        latest.append(
            parcels.order_by(F("given_on_latest").desc(nulls_last=True)).values("given_on_latest")[:1]
        )
        return self.annotate(last_help_on=Greatest(*latest, output_field=DateField()))

    def with_person(self) -> Self:
        """Each with `person`, the same for all clients who are one person: whom figures count once.

        Clients linked to one page are one person; of others nothing tells, and each is a person.
        """
        page = Concat(Value("p"), Cast("prisoner", CharField()))
        return self.annotate(
            person=Case(
                When(prisoner__isnull=False, then=page),
                default=Concat(Value("c"), Cast("pk", CharField())),
                output_field=CharField(),
            )
        )

    def being_helped(self) -> Self:
        """Clients for whom somebody waits, or for whom help goes on."""
        return self.filter(
            Exists(_open_requests().filter(client=OuterRef("pk")))
            | _goes_on("LegalAid")
            | _goes_on("DetentionAid")
        )

    def without_help(self, on: date, years: int = 1) -> Self:
        """Clients of so many years at least for whom nothing was done in that time, and nothing goes on.

        Undated help counts as help: nobody is called forgotten by a date that was not written down.
        """
        since = _years_before(on, years)
        helped = (
            _given("LegalAid", _lasted_into(since))
            | _given("DetentionAid", _lasted_into(since))
            | _given("HumanitarianAid", Q(given_on_latest__gte=since) | Q(given_on_latest__isnull=True))
        )
        return self.filter(Q(closed_on__isnull=True), ~helped, opened_on__lte=since)

    def citizens_of(self, country: str, on: Day) -> Self:
        """Those who certainly were citizens on a day: unknown is not counted, an imposed passport takes nothing.

        What the client's record says goes before the page in the encyclopaedia, which is asked where the
        record names no citizenship at all. `on` may be a column of an outer query.
        """
        from prisoners.models import Citizenship

        own = _rows("ClientCitizenship").filter(client=OuterRef("pk"))
        theirs = Citizenship.objects.filter(prisoner=OuterRef("prisoner"), country=country)
        theirs = theirs.exclude(manner__in=[Citizenship.Manner.IMPOSED, Citizenship.Manner.STRIPPED])
        return self.filter(
            Exists(own.filter(_certainly_on(on), country=country, imposed=False))
            | (~Exists(own) & Exists(theirs.filter(_certainly_on_of_page(on))))
        )


class HelpRequestQuerySet(ConfidentialQuerySet):
    """Requests for help."""

    def open(self) -> Self:
        """Requests on which somebody waits for us."""
        return self.filter(state__in=OPEN_STATES)

    def for_list(self) -> Self:
        """With the client, in the order of what is due."""
        return self.select_related("client").order_by("next_step_on", "id")

    def todays_steps(self, on: date) -> Self:
        """Open requests whose next step is due by that day, the longest overdue first."""
        return self.open().filter(next_step_on__lte=on).order_by("next_step_on", "id")

    def silent(self, on: date, days: int = SILENT_DAYS) -> Self:
        """Open requests in which no step has been taken for so many days, whatever was planned."""
        return self.open().filter(last_step_on__lte=on - timedelta(days=days)).order_by("last_step_on", "id")

    def nobodys(self) -> Self:
        """Open requests that nobody coordinates, neither the request nor the client."""
        return self.open().filter(coordinator__isnull=True, client__coordinator__isnull=True)


class LastingAidQuerySet(ConfidentialQuerySet):
    """Legal help, and help in detention."""

    def for_list(self) -> Self:
        """With the client and what came of it."""
        return self.select_related("client").prefetch_related("outcomes")

    def going_on(self) -> Self:
        """Help that is said to go on."""
        return self.filter(ongoing=True)

    def certainly_within(self, first: date, last: date) -> Self:
        """Help of which at least a day certainly lay in the period: it began by its end, ended not before it.

        Of undated help nothing is certain, and it is not counted.
        """
        return self.filter(
            Q(began_latest__gte=first, began_latest__lte=last)
            | Q(began_latest__lt=first) & (Q(ongoing=True) | Q(ended_earliest__gte=first))
        )


class HumanitarianAidQuerySet(ConfidentialQuerySet):
    """Parcels, orders, transfers."""

    def for_list(self) -> Self:
        """With the client and the items."""
        return self.select_related("client").prefetch_related("items__kind")

    def for_prisoners(self) -> Self:
        """Help for the prisoner: the only one that counts among people helped."""
        return self.filter(for_whom=Recipient.PRISONER)

    def for_families(self) -> Self:
        """Help for families, which has a total of its own."""
        return self.filter(for_whom=Recipient.FAMILY)

    def certainly_within(self, first: date, last: date) -> Self:
        """Help that was certainly given in the period."""
        return self.filter(given_on_earliest__gte=first, given_on_latest__lte=last)

    def to_citizens_of(self, country: str) -> Self:
        """Help to people who certainly were citizens at the date of the help."""
        certain = (
            _rows("Client")
            .filter(pk=OuterRef("client"))
            .citizens_of(country, OuterRef(OuterRef("given_on_earliest")))
        )
        return self.filter(Exists(certain))


class OfAidQuerySet(ConfidentialQuerySet):
    """Outcomes of help."""

    @property
    def client_path(self) -> str:  # type: ignore[override]
        """The way through the help, whose name the model's foreign key has."""
        aid = next(
            field.name
            for field in self.model._meta.concrete_fields
            if field.name in {"legal_aid", "detention_aid", "aid"}
        )
        return f"{aid}__client"


class AidItemQuerySet(OfAidQuerySet):
    """Items of parcels."""

    def expiring_medicines(self, on: date, within: int = EXPIRY_DAYS) -> Self:
        """What runs out within so many days, or ran out as many ago, and has not been sent anew since.

        «Anew» is a later-lasting item of the same kind for the same client.
        """
        near = (on - timedelta(days=within), on + timedelta(days=within))
        newer = self.model._default_manager.filter(
            aid__client=OuterRef("aid__client"),
            kind=OuterRef("kind"),
            expires_on__gt=OuterRef("expires_on"),
        )
        found = self.filter(kind__expires=True, expires_on__range=near, aid__client__closed_on__isnull=True)
        found = found.filter(~Exists(newer), aid__for_whom=Recipient.PRISONER)
        return found.select_related("kind", "aid__client").order_by("expires_on", "id")


class LawyerQuerySet(SealedQuerySet):
    """Lawyers."""

    def visible_to(self, account: Account) -> Self:
        """Lawyers, for whoever may see lawyers."""
        return self if account.has_perm("assistance.view_lawyer") else self.none()


def _open_requests() -> Any:
    return _rows("HelpRequest").filter(state__in=OPEN_STATES)


def _goes_on(name: str) -> Exists:
    return _given(name, Q(ongoing=True))


def _given(name: str, condition: Q) -> Exists:
    return Exists(_rows(name).filter(condition, client=OuterRef("pk")))


def _lasted_into(since: date) -> Q:
    undated = Q(began_latest__isnull=True, ended_latest__isnull=True)
    return (
        Q(ongoing=True)
        | Q(ended_latest__gte=since)
        | Q(ended__isnull=True, began_latest__gte=since)
        | undated
    )


def _certainly_on(on: Day) -> Q:
    """A citizenship without a beginning is one from birth; without an end, one that is kept."""
    began = Q(began__isnull=True) | Q(began_latest__lte=on)
    return began & (Q(ended__isnull=True) | Q(ended_earliest__gt=on))


def _certainly_on_of_page(on: Day) -> Q:
    """The same of the encyclopaedia's table, which keeps other bounds."""
    began = Q(began__isnull=True) | Q(LessThanOrEqual(LatestDay(F("began")), on))
    return began & (Q(ended__isnull=True) | Q(GreaterThan(EarliestDay(F("ended")), on)))


def _years_before(on: date, years: int) -> date:
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)
