"""What a translation was made from, translations on their way, and the agreed words.

All of it is confidential: readers see a translation once it is published, in the column of its record.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from memorial.base.publication import Versioned

AT_DESK: Final = (
    "(SELECT memorial_staff_may('translating', 'translate_texts')"
    " OR memorial_staff_may('translating', 'view_draft'))"
)
IS_OURS: Final = f"({AT_DESK} OR r.holder = (SELECT current_setting('memorial.actor', true)))"
"""Whoever works at the desk sees everybody's drafts; a volunteer, by PostgreSQL's own rule, their own alone."""


class _TriggersOfTexts:
    """For `TRIGGERS_BELOW`: one trigger on each table with translated public text, the same for all.

    Read when triggers are installed and not before: the registry of translations is filled by then.
    """

    def __iter__(self) -> Iterator[tuple[str, str, str, str]]:
        from memorial.translating.catalogue import LANGUAGES_MADE, kinds

        for kind in kinds():
            given = (kind.key, ",".join(LANGUAGES_MADE), *(field.name for field in kind.fields))
            words = ", ".join(f"'{word}'" for word in given)
            call = f"memorial_note_translation({words})"
            yield kind.table, "texts", "AFTER INSERT OR UPDATE OR DELETE", call


class TextSource(models.Model):
    """What a translation was made from: the digest of the Russian text as it was then.

    Only the database writes it, and only where whoever saved said so (`memorial.base.texts_written`): an
    import, a script or a bulk write that brings English leaves no row, and its source counts as unknown.
    `mark` is the last entry of the row's history then: the Russian of that moment is read from the history
    and stands nowhere twice.
    """

    PUBLIC: frozenset[str] = frozenset()
    STAFF_WHEN = AT_DESK
    WRITTEN_BY_TRIGGERS = True
    TRIGGERS_BELOW = _TriggersOfTexts()

    table = models.CharField(_("table"), max_length=63)
    row = models.BigIntegerField(_("row"))
    field = models.CharField(_("field"), max_length=63)
    language = models.CharField(_("language"), max_length=2)
    digest = models.CharField(_("digest of the Russian text"), max_length=64)
    mark = models.BigIntegerField(_("last entry of the history then"), default=0)
    by = models.CharField(_("by"), max_length=80, blank=True)
    at = models.DateTimeField(_("at"), null=True)

    class Meta:
        verbose_name = _("source of a translation")
        verbose_name_plural = _("sources of translations")
        constraints = [
            models.UniqueConstraint(fields=["table", "row", "field", "language"], name="textsource_once")
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row} {self.field} {self.language}"


class Step(models.TextChoices):
    """How far a translation is."""

    AT_WORK = "at_work", _("being translated")
    OFFERED = "offered", _("waits for review")
    APPROVED = "approved", _("reviewed")
    PUBLISHED = "published", _("published")


class DraftQuerySet(models.QuerySet):
    """Translations on their way."""

    def open(self) -> Self:
        """Those that are not published."""
        return self.exclude(step=Step.PUBLISHED)

    def of(self, actor: str) -> Self:
        """Those that somebody has taken."""
        return self.filter(holder=actor)

    def waiting_for_review(self) -> Self:
        """Those that another person is to read."""
        return self.filter(step=Step.OFFERED).order_by("id")

    def for_list(self) -> Self:
        """Those touched last come first."""
        return self.order_by("-changed_at", "-id")


class Draft(Versioned):
    """A translation until readers see it, and what became of it then.

    One at a time for a text, with somebody who has taken it until a day; then anybody may take it over. It is
    reviewed by another person and published by whoever may; PostgreSQL sees to both. `source_digest` and
    `target_digest` are the Russian and the published English that the translator last had before them.
    `cleared_digest` is the Russian text that a lead cleared for a volunteer: another one is not shown.
    """

    PUBLIC: frozenset[str] = frozenset()
    STAFF_WHEN = IS_OURS
    TRIGGERS = (("way", "BEFORE INSERT OR UPDATE", "memorial_guard_draft()"),)
    REFUSALS = {
        "draft_has_somebody": _("A translation is written by somebody: say who acts."),
        "draft_by_its_holder": _("Only who has taken a text writes its translation."),
        "draft_reviewed_by_right": _("You may not review translations."),
        "draft_published_after_review": _("Another person reviews a translation before it is published."),
        "draft_published_by_right": _("You may not publish translations."),
        "draft_is_published": _("What has been published is changed by a new translation."),
        "draft_reviewed_by_another": _("You have written of this translation: another person reviews it."),
        "draft_cleared_by_right": _("You may not clear texts for volunteers."),
    }

    table = models.CharField(_("table"), max_length=63)
    row = models.BigIntegerField(_("row"))
    field = models.CharField(_("field"), max_length=63)
    language = models.CharField(_("language"), max_length=2)
    text = models.TextField(_("translation"), blank=True)
    step = models.CharField(_("step"), max_length=10, choices=Step, default=Step.AT_WORK)
    holder = models.CharField(_("translator"), max_length=80)
    writers = ArrayField(
        models.CharField(max_length=80), verbose_name=_("who has written of it"), default=list
    )
    until = models.DateField(_("taken until"))
    source_digest = models.CharField(_("digest of the Russian text"), max_length=64)
    source_mark = models.BigIntegerField(_("last entry of the history then"), default=0)
    target_digest = models.CharField(_("digest of the published translation"), max_length=64)
    cleared_digest = models.CharField(_("digest of the text cleared"), max_length=64, blank=True)
    note = models.TextField(_("note to each other"), blank=True)
    reviewed_by = models.CharField(_("reviewed by"), max_length=80, blank=True)
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    published_by = models.CharField(_("published by"), max_length=80, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    words = models.PositiveIntegerField(_("words"), default=0)
    changed_at = models.DateTimeField(_("changed"), null=True, editable=False)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation on its way")
        verbose_name_plural = _("translations on their way")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["table", "row", "field", "language"],
                name="draft_one_at_a_time",
                condition=~Q(step="published"),
                violation_error_message=_("Somebody has taken this text already."),
            ),
            models.CheckConstraint(
                name="draft_step_known",
                condition=Q(step__in=Step.values),
                violation_error_message=_("Choose one of the steps."),
            ),
            models.CheckConstraint(
                name="draft_offered_with_text",
                condition=Q(step="at_work") | Q(text__regex=r"\S"),
                violation_error_message=_("There is no translation yet."),
            ),
        ]
        indexes = [models.Index(fields=["published_at"], name="draft_by_publication")]

    def __str__(self) -> str:
        return f"{self.table} {self.row} {self.field} {self.language}"

    @property
    def is_open(self) -> bool:
        return self.step != Step.PUBLISHED

    @property
    def is_for_volunteer(self) -> bool:
        """Whether a lead has cleared the text for somebody outside."""
        return bool(self.cleared_digest)


class GlossaryTerm(models.Model):
    """A Russian term and the English that is accepted for it. Several forms are parted by « / » or «;»."""

    PUBLIC: frozenset[str] = frozenset()

    russian = models.CharField(_("Russian"), max_length=200)
    english = models.CharField(_("English"), max_length=300)
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("glossary", "term")
        verbose_name_plural = _("glossary")
        ordering = ["russian"]
        constraints = [
            models.UniqueConstraint(fields=["russian"], name="glossaryterm_once"),
            models.CheckConstraint(
                name="glossaryterm_in_both_languages",
                condition=Q(russian__regex=r"\S") & Q(english__regex=r"\S"),
                violation_error_message=_("A term needs its Russian and its English."),
            ),
        ]

    def __str__(self) -> str:
        return self.russian
