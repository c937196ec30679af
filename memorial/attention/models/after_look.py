"""Pages that became grave after they were published: a second person looks afterwards (decision 0016)."""

from __future__ import annotations

from typing import Final, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from prisoners.choices import SecondLookReason
from prisoners.models import Prisoner

_OF_THE_PERSON: Final = (
    "prisoners_custody",
    "prisoners_prisonervulnerability",
    "prisoners_prisonertheme",
    "prisoners_prisonerprivate",
    "cases_prosecution",
)
_OF_THE_PROSECUTION: Final = ("cases_charge", "cases_prosecutionprivate")
_WRITTEN: Final = "AFTER INSERT OR UPDATE OR DELETE"


class Outcome(models.TextChoices):
    """What became of it."""

    PUBLISHED = "published", _("there when two people published the page")
    STAYS = "stays", _("looked at: it stays")
    WITHDRAWN = "withdrawn", _("looked at: the page is withdrawn")


class AfterLookQuerySet(models.QuerySet):
    """Reasons why published pages need two people, and who has looked."""

    def waiting(self) -> Self:
        """What nobody but its author has looked at."""
        return self.filter(outcome="")

    def for_eyes_of(self, actor: str) -> Self:
        """What waits for somebody who did not write it."""
        return self.waiting().exclude(entered_by=actor)


class AfterLook(models.Model):
    """Why a published page needs two people: since when, by whose change, and what a second person said.

    The database writes it, whoever changes whatever: a row for each reason that a page has got. Reasons that
    were there when the page was published by two are written down as such. A reason that is gone before
    anybody looked is forgotten; an answer is never changed, it only stops to stand when its reason goes.
    """

    PUBLIC: frozenset[str] = frozenset()
    FILLED_BY_DATABASE = True
    TRIGGERS_BELOW = (
        ("prisoners_prisoner", "grave_page", "AFTER UPDATE OR DELETE", "memorial_follow_grave_page()"),
        *((table, "grave", _WRITTEN, "memorial_follow_grave('prisoner_id', '')") for table in _OF_THE_PERSON),
        *(
            (table, "grave", _WRITTEN, "memorial_follow_grave('prosecution_id', 'prosecution')")
            for table in _OF_THE_PROSECUTION
        ),
    )

    # Gone with the person, by a trigger: nothing here keeps a record from being merged or removed.
    prisoner = models.ForeignKey(Prisoner, related_name="+", on_delete=models.DO_NOTHING, db_constraint=False)
    reason = models.CharField(_("why"), max_length=20, choices=SecondLookReason)
    entered_by = models.CharField(_("changed by"), max_length=80)
    entered_at = models.DateTimeField(_("since"))
    outcome = models.CharField(_("what came of it"), max_length=10, choices=Outcome, blank=True)
    word = models.TextField(_("word"), blank=True)
    looked_by = models.CharField(_("looked at by"), max_length=80, blank=True)
    looked_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    stands = models.BooleanField(_("the reason is there"), default=True)

    objects = AfterLookQuerySet.as_manager()

    class Meta:
        verbose_name = _("look afterwards")
        verbose_name_plural = _("to be looked at afterwards")
        ordering = ["entered_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["prisoner", "reason"], name="afterlook_once", condition=Q(stands=True)
            ),
            models.CheckConstraint(
                name="afterlook_by_another",
                condition=Q(looked_by="") | ~Q(looked_by=F("entered_by")) | Q(outcome=Outcome.PUBLISHED),
                violation_error_message=_("You changed this yourself: another person looks at it."),
            ),
            models.CheckConstraint(
                name="afterlook_answer_is_whole",
                condition=Q(outcome="", looked_by="", looked_at__isnull=True, word="", stands=True)
                | Q(outcome__in=Outcome.values, looked_at__isnull=False),
                violation_error_message=_(
                    "What came of it has the time when somebody looked; before that nothing is written here."
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["entered_at", "id"], name="afterlook_waiting", condition=Q(outcome="")),
            models.Index(fields=["prisoner"], name="afterlook_of_person"),
        ]

    def __str__(self) -> str:
        return str(self.get_reason_display())
