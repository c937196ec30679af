"""Which source says which fact of a case: one table for readers, one for staff."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models import public_when
from cases.models.case import Case
from cases.models.charge import Charge, ChargeEvent
from cases.models.court import Court
from cases.models.decision import Decision
from cases.models.document import Document
from cases.models.event import Event
from cases.models.finding import InternationalFinding
from cases.models.hearing import Hearing
from cases.models.official import Official, OfficialRole, Sanction
from cases.models.prosecution import Prosecution
from cases.models.public_when import published, through
from cases.models.restraint import Restraint, RestraintExtension
from cases.models.term import Term
from memorial.base.fields import partial_date_constraint
from memorial.base.sources import ConfidentialSource, PublicSource, exactly_one, no_origin_without_link

FACTS = [
    "case",
    "prosecution",
    "charge",
    "charge_event",
    "restraint",
    "restraint_extension",
    "hearing",
    "decision",
    "term",
    "event",
    "document",
    "finding",
    "court",
    "official",
    "official_role",
    "sanction",
]


def _of(model: type[models.Model]) -> models.ForeignKey:
    return models.ForeignKey(model, null=True, blank=True, on_delete=models.CASCADE)


class OfACaseFact(models.Model):
    """The fact that a source speaks of; a case, a court or an official as a whole is one."""

    case = _of(Case)
    prosecution = _of(Prosecution)
    charge = _of(Charge)
    charge_event = _of(ChargeEvent)
    restraint = _of(Restraint)
    restraint_extension = _of(RestraintExtension)
    hearing = _of(Hearing)
    decision = _of(Decision)
    term = _of(Term)
    event = _of(Event)
    document = _of(Document)
    finding = _of(InternationalFinding)
    court = _of(Court)
    official = _of(Official)
    official_role = _of(OfficialRole)
    sanction = _of(Sanction)

    class Meta:
        abstract = True
        default_related_name = "citations"


FACT_IS_PUBLIC = " OR ".join(
    [
        public_when.CASE_IS_PUBLIC,
        published("cases_court", "court_id"),
        published("cases_official", "official_id"),
        public_when.OF_PROSECUTION,
        public_when.OF_CHARGE,
        through("cases_chargeevent", "charge_event_id", public_when.OF_CHARGE, verified=True),
        public_when.OF_RESTRAINT,
        through(
            "cases_restraintextension", "restraint_extension_id", public_when.OF_RESTRAINT, verified=True
        ),
        public_when.OF_HEARING,
        public_when.OF_DECISION,
        public_when.OF_TERM,
        through("cases_event", "event_id", public_when.OF_CASE_OR_PROSECUTION, verified=True),
        through("cases_document", "document_id", public_when.DOCUMENT),
        public_when.OF_FINDING,
        through("cases_officialrole", "official_role_id", public_when.OFFICIAL_ROLE, verified=True),
        through("cases_sanction", "sanction_id", public_when.SANCTION, verified=True),
    ]
)


class CaseCitation(PublicSource, OfACaseFact):
    """A source that readers see, of exactly one fact of a case."""

    PUBLIC = PublicSource.PUBLIC_SOURCE_FIELDS | frozenset(FACTS)
    PUBLIC_WHEN = FACT_IS_PUBLIC

    class Meta(OfACaseFact.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["id"]
        constraints = [
            exactly_one("casecitation_of_one_fact", FACTS),
            no_origin_without_link("casecitation_without_origin_has_no_link"),
            partial_date_constraint("casecitation_published_valid", "published_on"),
        ]

    def __str__(self) -> str:
        return self.title or self.url or self.get_kind_display()


class ConfidentialCaseCitation(ConfidentialSource, OfACaseFact):
    """A source that stays with staff, of exactly one fact of a case."""

    class Meta(OfACaseFact.Meta):
        default_related_name = "confidential_citations"
        verbose_name = _("confidential source")
        verbose_name_plural = _("confidential sources")
        ordering = ["id"]
        constraints = [
            exactly_one("confidentialcasecitation_of_one_fact", FACTS),
            partial_date_constraint("confidentialcasecitation_received_valid", "received_on"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
