"""The second pair of eyes: what one account wrote of the gravest facts, and what another said to it."""

from __future__ import annotations

from typing import Final, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from memorial.base.choices import Verification
from prisoners.models.custody import Death, EndOfCustody, Fact
from prisoners.models.prisoner import Prisoner
from prisoners.models.recognition import Recognition

FACTS_OF_TWO: Final = ("recognition", "end_of_custody", "death")
"""What needs two people before readers see it: the gravest first."""
_PUBLISHED = "published"


class SecondLookQuerySet(models.QuerySet):
    """Things written by one account, and perhaps confirmed by another."""

    def waiting(self) -> Self:
        """What nobody has confirmed yet, and somebody wants readers to see."""
        return self.filter(confirmed_by="").exclude(wanted="")

    def for_eyes_of(self, actor: str) -> Self:
        """What waits for somebody who is not its author, and was not sent back to the author."""
        return self.waiting().filter(returned_word="").exclude(entered_by=actor)

    def sent_back_to(self, actor: str) -> Self:
        """What a colleague returned to its author with a word."""
        return self.waiting().filter(entered_by=actor).exclude(returned_word="")

    def with_facts(self) -> Self:
        """With the person and whatever it is about, in one query."""
        return self.select_related("prisoner", *FACTS_OF_TWO)


class SecondLook(models.Model):
    """That a death, an end of custody, a recognition or a whole page waits for another person's eyes.

    Rows are written by triggers and by `memorial_return_look()` only, from the name of whoever acts
    (`memorial.actor`): the application can neither say who entered something nor who confirmed it.
    While a fact waits, it stands as «not verified», which readers never see; `wanted` is what its
    author says of it. Who entered what is confidential.
    """

    PUBLIC: frozenset[str] = frozenset()
    WRITTEN_BY_TRIGGERS = True

    WANTED = [(_PUBLISHED, _("to be published")), *Verification.choices[1:]]

    # Written before the row that it is about, and taken away with it: by triggers, so no constraint checks it.
    prisoner = models.ForeignKey(
        Prisoner, related_name="second_looks", on_delete=models.CASCADE, db_constraint=False
    )
    recognition = models.OneToOneField(
        Recognition,
        related_name="second_look",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        db_constraint=False,
    )
    end_of_custody = models.OneToOneField(
        EndOfCustody,
        related_name="second_look",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        db_constraint=False,
    )
    death = models.OneToOneField(
        Death,
        related_name="second_look",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        db_constraint=False,
    )
    wanted = models.CharField(_("checked"), max_length=20, choices=WANTED, blank=True)
    entered_by = models.CharField(_("entered by"), max_length=80, blank=True)
    entered_at = models.DateTimeField(_("entered"))
    confirmed_by = models.CharField(_("confirmed by"), max_length=80, blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    returned_word = models.TextField(_("returned with a word"), blank=True)
    returned_by = models.CharField(_("returned by"), max_length=80, blank=True)

    objects = SecondLookQuerySet.as_manager()

    class Meta:
        verbose_name = _("second look")
        verbose_name_plural = _("waiting for a second look")
        ordering = ["entered_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="secondlook_by_another",
                condition=Q(confirmed_by="") | ~Q(confirmed_by=F("entered_by")),
                violation_error_message=_(
                    "You entered this yourself: another person looks at it and confirms it."
                ),
            ),
            models.CheckConstraint(
                name="secondlook_of_one",
                condition=Q(recognition__isnull=True, end_of_custody__isnull=True)
                | Q(recognition__isnull=True, death__isnull=True)
                | Q(end_of_custody__isnull=True, death__isnull=True),
                violation_error_message=_("A second look is at one fact, or at the page."),
            ),
            models.UniqueConstraint(
                fields=["prisoner"],
                name="secondlook_of_page_once",
                condition=Q(recognition__isnull=True, end_of_custody__isnull=True, death__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return str(self.fact._meta.verbose_name) if self.fact else str(_("the page as a whole"))

    @property
    def fact(self) -> Fact | None:
        """What waits; None where it is the person's page."""
        return next((fact for name in FACTS_OF_TWO if (fact := getattr(self, name)) is not None), None)

    @property
    def is_waiting(self) -> bool:
        return bool(self.wanted) and not self.confirmed_by


def waits(fact: models.Model) -> bool:
    """Whether readers do not see a fact because only one person has looked at it. Reads `second_look`."""
    look: SecondLook | None = getattr(fact, "second_look", None)
    return look is not None and look.is_waiting
