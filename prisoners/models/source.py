"""Which source says which fact about a person: one table for readers, one for staff."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from memorial.base.fields import partial_date_constraint
from memorial.base.sources import ConfidentialSource, PublicSource, exactly_one, no_origin_without_link
from prisoners.models.custody import Custody, Death, EndOfCustody, Stay
from prisoners.models.place import Facility
from prisoners.models.prisoner import PRISONER_IS_PUBLIC, Prisoner
from prisoners.models.recognition import Recognition, RegisterEntry

FACTS = [
    "prisoner",
    "facility",
    "custody",
    "stay",
    "end_of_custody",
    "death",
    "recognition",
    "register_entry",
]


class OfAFact(models.Model):
    """The fact that a source speaks of; the person as a whole is one."""

    prisoner = models.ForeignKey(Prisoner, null=True, blank=True, on_delete=models.CASCADE)
    facility = models.ForeignKey(Facility, null=True, blank=True, on_delete=models.CASCADE)
    custody = models.ForeignKey(Custody, null=True, blank=True, on_delete=models.CASCADE)
    stay = models.ForeignKey(Stay, null=True, blank=True, on_delete=models.CASCADE)
    end_of_custody = models.ForeignKey(EndOfCustody, null=True, blank=True, on_delete=models.CASCADE)
    death = models.ForeignKey(Death, null=True, blank=True, on_delete=models.CASCADE)
    recognition = models.ForeignKey(Recognition, null=True, blank=True, on_delete=models.CASCADE)
    register_entry = models.ForeignKey(RegisterEntry, null=True, blank=True, on_delete=models.CASCADE)

    class Meta:
        abstract = True
        default_related_name = "citations"


FACT_IS_PUBLIC = " OR ".join(
    [
        PRISONER_IS_PUBLIC,
        "EXISTS (SELECT 1 FROM prisoners_facility f WHERE f.id = r.facility_id AND f.state = 'published')",
    ]
    + [
        f"EXISTS (SELECT 1 FROM prisoners_{table} x JOIN prisoners_prisoner p ON p.id = x.prisoner_id"  # noqa: S608
        f" WHERE x.id = r.{column}_id AND p.state = 'published' AND x.verification <> 'unverified')"
        for table, column in (
            ("custody", "custody"),
            ("stay", "stay"),
            ("endofcustody", "end_of_custody"),
            ("death", "death"),
            ("recognition", "recognition"),
            ("registerentry", "register_entry"),
        )
    ]
)


class Citation(PublicSource, OfAFact):
    """A source that readers see, of exactly one fact."""

    PUBLIC = PublicSource.PUBLIC_SOURCE_FIELDS | frozenset(FACTS)
    PUBLIC_WHEN = FACT_IS_PUBLIC

    class Meta(OfAFact.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["id"]
        constraints = [
            exactly_one("citation_of_one_fact", FACTS),
            no_origin_without_link("citation_without_origin_has_no_link"),
            partial_date_constraint("citation_published_valid", "published_on"),
        ]

    def __str__(self) -> str:
        return self.title or self.url or self.get_kind_display()


class ConfidentialCitation(ConfidentialSource, OfAFact):
    """A source that stays with staff, of exactly one fact."""

    class Meta(OfAFact.Meta):
        default_related_name = "confidential_citations"
        verbose_name = _("confidential source")
        verbose_name_plural = _("confidential sources")
        ordering = ["id"]
        constraints = [
            exactly_one("confidentialcitation_of_one_fact", FACTS),
            partial_date_constraint("confidentialcitation_received_valid", "received_on"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
