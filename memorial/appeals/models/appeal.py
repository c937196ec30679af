"""Urgent appeals: what happened to a person, what to do, to whom to write; for two weeks at most."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import reduce
from operator import and_, or_
from typing import Final

from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from memorial.appeals.choices import AppealSubject
from memorial.appeals.querysets import AppealQuerySet
from memorial.base.choices import State
from memorial.base.fields import RichTextField
from memorial.base.localized import LANGUAGES, all_languages, in_language
from memorial.base.publication import Publishable, state_constraint
from prisoners.models import Prisoner

OPEN_FOR: Final = timedelta(days=14)
"""How long an appeal asks for something after a second person has decided so, at most."""
LONGEST_TITLE: Final = 140
SLUG: Final = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
RESERVED: Final = frozenset({"feed"})
OF_PUBLIC_APPEAL: Final = (
    "r.state = 'published' AND r.open_until IS NOT NULL"
    " AND r.shown_until >= (now() AT TIME ZONE 'Europe/Moscow')::date"
    " AND EXISTS (SELECT 1 FROM prisoners_prisoner p WHERE p.id = r.prisoner_id AND p.state = 'published'"
    " AND NOT p.initials_only AND p.attention_wanted"
    " AND (p.quiet_until IS NULL OR p.quiet_until < (now() AT TIME ZONE 'Europe/Moscow')::date))"
)


def _said(name: str, language: str) -> Q:
    return Q(**{f"{in_language(name, language)}__regex": r"\S"})


def _has_words(language: str) -> Q:
    return _said("title", language) & _said("happened", language) & _said("steps", language)


class Appeal(Publishable):
    """An appeal for one person, who agreed to it.

    `open_until` is the last day on which it asks for something: fourteen days at most from the decision of a
    second person; a new decision is needed for more. `shown_until` is the last day on which every consent
    that it needs holds, 31.12.9999 where they have no end. Both are written by the database, from the
    decisions and the consents. No word changes from the moment that it is sent to a second person; the
    outcome alone is added.
    """

    PUBLIC = frozenset(
        {
            "slug",
            "prisoner",
            "subject",
            "title",
            "happened",
            "steps",
            "letter",
            "open_until",
            "outcome",
            "outcome_on",
        }
    )
    PUBLIC_WHEN = OF_PUBLIC_APPEAL
    FOLLOWS_A_MERGE = "memorial_appeals_follow_merge"
    TRIGGERS = (("appeal", "BEFORE INSERT OR UPDATE", "memorial_guard_appeal()"),)
    TRIGGERS_BELOW = (
        ("prisoners_consent", "appeals", "AFTER INSERT OR UPDATE OR DELETE", "memorial_consent_to_appeal()"),
        (
            "prisoners_prisoner",
            "appeals",
            "AFTER UPDATE OF state, initials_only, attention_wanted, quiet_until",
            "memorial_withdraw_appeals()",
        ),
    )
    REFUSALS = {
        "appeal_needs_consent": _(
            "There is no valid consent to this appeal: «urgent appeal», and «health» or «ill-treatment» where it"
            " tells of that. See the person's consents."
        ),
        "appeal_is_wanted": _(
            "The person has no page with a name, does not want public attention or wants quiet: no appeal then."
        ),
        "appeal_read_by_two": _(
            "Another person than its authors reads the appeal as it stands, and publishes it."
        ),
        "appeal_stays_as_it_was_read": _(
            "What waits for a second person, or was read by one, stays as it stands: take the appeal back"
            " first, then change it."
        ),
        "appeal_keeps_its_address": _("The page was public under this address: it stays."),
        "appeal_outcome_by_right": _(
            "The outcome of what readers see is told by those who may publish appeals."
        ),
        "appeal_outcome_happened": _("The day of the outcome lies ahead."),
    }

    slug = models.SlugField(
        _("address of the page"),
        max_length=90,
        unique=True,
        validators=[RegexValidator(SLUG, _("Small Latin letters, figures and hyphens between them."))],
        help_text=_("Better without a name: who is hidden later is not to stand in an address."),
    )
    prisoner = models.ForeignKey(
        Prisoner, verbose_name=_("for whom"), related_name="+", on_delete=models.CASCADE
    )
    subject = models.CharField(
        _("what is urgent"),
        max_length=14,
        choices=AppealSubject,
        help_text=_("Health and ill-treatment need a consent of their own."),
    )
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    happened = RichTextField(_("what happened"), blank=True)
    steps = RichTextField(_("what to do"), blank=True, help_text=_("Concrete steps, one after another."))
    letter = models.TextField(
        _("model text"),
        blank=True,
        help_text=_("To be copied: polite, with facts, without the name of this site."),
    )
    open_until = models.DateField(_("open until"), null=True, blank=True, editable=False)
    shown_until = models.DateField(_("agreed to until"), null=True, blank=True, editable=False)
    outcome = models.TextField(
        _("outcome"), blank=True, help_text=_("What came of it, in a sentence or two.")
    )
    outcome_on = models.DateField(_("outcome known on"), null=True, blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("urgent appeal")
        verbose_name_plural = _("urgent appeals")
        ordering = ["-id"]
        constraints = [
            state_constraint("appeal_state_known"),
            models.CheckConstraint(
                name="appeal_subject_known",
                condition=Q(subject__in=AppealSubject.values),
                violation_error_message=_("Choose what is urgent."),
            ),
            models.CheckConstraint(
                name="appeal_address_valid",
                condition=Q(slug__regex=SLUG) & ~Q(slug__in=sorted(RESERVED)),
                violation_error_message=_(
                    "This address is taken by another page, or has other characters in it."
                ),
            ),
            models.CheckConstraint(
                name="appeal_has_words",
                condition=reduce(or_, map(_has_words, LANGUAGES), ~Q(state=State.PUBLISHED)),
                violation_error_message=_(
                    "An appeal has a title, what happened and what to do in the same language."
                ),
            ),
            models.CheckConstraint(
                name="appeal_outcome_has_a_day",
                condition=Q(outcome_on__isnull=False)
                | reduce(and_, (Q(**{column: ""}) for column in all_languages("outcome"))),
                violation_error_message=_("An outcome has a day on which it was known."),
            ),
            models.CheckConstraint(
                name="appeal_outcome_is_said",
                condition=Q(outcome_on__isnull=True)
                | reduce(or_, (_said("outcome", code) for code in LANGUAGES)),
                violation_error_message=_("Say what the outcome is."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title or self.slug)

    def get_absolute_url(self) -> str:
        """The address in the current language."""
        return reverse("appeal-detail", kwargs={"slug": self.slug})

    def is_current(self, on: date) -> bool:
        """Whether it asks for something on that day."""
        return self.open_until is not None and self.open_until >= on and self.outcome_on is None

    def complete_in(self) -> tuple[str, ...]:
        """The languages in which the page may be indexed: title, what happened, what to do."""
        needed = ("title", "happened", "steps")
        return tuple(c for c in LANGUAGES if all(getattr(self, in_language(name, c)) for name in needed))


_APPEAL_IS_PUBLIC: Final = (
    "EXISTS (SELECT 1 FROM appeals_appeal a WHERE a.id = r.appeal_id AND "  # noqa: S608 - our own words
    + re.sub(r"\br\.", "a.", OF_PUBLIC_APPEAL)
    + ")"
)


class AppealAddressee(models.Model):
    """To whom to write: an organisation or an office by its public addresses, never somebody's home."""

    PUBLIC = frozenset({"appeal", "name", "post", "email", "url", "order"})
    PUBLIC_WHEN = _APPEAL_IS_PUBLIC
    TRIGGERS = (("appeal_read", "BEFORE INSERT OR UPDATE OR DELETE", "memorial_guard_addressee()"),)
    REFUSALS = {
        "appeal_stays_as_it_was_read": Appeal.REFUSALS["appeal_stays_as_it_was_read"],
    }

    appeal = models.ForeignKey(
        Appeal, verbose_name=_("urgent appeal"), related_name="addressees", on_delete=models.CASCADE
    )
    name = models.CharField(
        _("organisation"),
        max_length=200,
        help_text=_("An organisation or an office, never a private person."),
    )
    post = models.CharField(
        _("postal address"), max_length=300, blank=True, help_text=_("As it stands on an envelope.")
    )
    email = models.EmailField(_("e-mail"), blank=True)
    url = models.URLField(
        _("page for letters"), max_length=500, blank=True, validators=[URLValidator(schemes=["https"])]
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("addressee")
        verbose_name_plural = _("to whom")
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                name="appealaddressee_is_named",
                condition=reduce(or_, (_said("name", code) for code in LANGUAGES)),
                violation_error_message=_("Write it in one language at least."),
            ),
            models.CheckConstraint(
                name="appealaddressee_can_be_reached",
                condition=~Q(post="") | ~Q(email="") | ~Q(url=""),
                violation_error_message=_(
                    "An addressee has a postal address, an e-mail or a page for letters."
                ),
            ),
            models.CheckConstraint(
                name="appealaddressee_page_is_safe",
                condition=Q(url="") | Q(url__regex=r"^https://[^\s/]"),
                violation_error_message=_("The link begins with https://."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class AppealReading(models.Model):
    """That a second person has read an appeal as it stood, and until when they let it ask. Written once.

    Who read it is taken by the database from whoever acts, and is nobody who wrote a word of it; `words`
    is the digest of what was read, addressees included.
    """

    PUBLIC: frozenset[str] = frozenset()
    TRIGGERS = (("two_people", "BEFORE INSERT OR UPDATE", "memorial_read_appeal()"),)
    REFUSALS = {
        "appeal_reading_has_a_reader": _("Somebody reads an appeal: say who acts."),
        "appeal_reading_by_right": _("You may not publish appeals."),
        "appeal_reading_by_another": _("You wrote of this appeal yourself: another person reads it."),
        "appeal_reading_is_frozen": _("What was said of an appeal stays: read it again."),
        "appeal_reading_within_two_weeks": _(
            "An appeal is open for fourteen days from the decision at most; after that somebody decides anew."
        ),
    }

    class Decision(models.TextChoices):
        APPROVED = "approved", _("may be published")
        RETURNED = "returned", _("returned")

    appeal = models.ForeignKey(
        Appeal, verbose_name=_("urgent appeal"), related_name="readings", on_delete=models.CASCADE
    )
    decision = models.CharField(_("decision"), max_length=10, choices=Decision)
    until = models.DateField(_("open until"), null=True, blank=True)
    word = models.TextField(_("word to its author"), blank=True)
    words = models.CharField(_("what was read"), max_length=64, editable=False, default="", blank=True)
    read_by = models.CharField(_("read by"), max_length=80, blank=True, editable=False)
    read_at = models.DateTimeField(_("read"), null=True, editable=False)

    class Meta:
        verbose_name = _("reading of an appeal")
        verbose_name_plural = _("read by a second person")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="appealreading_says_until_when",
                condition=Q(decision="approved", until__isnull=False)
                | Q(decision="returned", until__isnull=True),
                violation_error_message=_("Whoever lets an appeal be published says until when."),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_decision_display())
