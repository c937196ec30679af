"""Stories of those whom we helped: told only while they agree to it, after a second person has read them."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assistance.choices import Programme
from assistance.models.rules import NEEDED, needed_here
from memorial.base.choices import State
from memorial.base.civil_date import civil_date
from memorial.base.encrypted_fields import EncryptedTextField, sealed_constraint
from memorial.base.fields import RichTextField
from memorial.base.localized import LANGUAGES, in_language
from memorial.base.publication import Publishable, PublishedQuerySet, state_constraint
from prisoners.models import Consent, Prisoner

WITHOUT_END = date(9999, 12, 31)
"""What `shown_until` holds where the consent has no end."""
_SEES_STORIES = "(SELECT memorial_staff_may('assistance', 'view_story'))"


def _has_words(language: str) -> Q:
    title, text = (in_language(name, language) for name in ("title", "text"))
    return ~Q(**{title: ""}) & ~Q(**{text: ""})


class StoryQuerySet(PublishedQuerySet):
    """Stories."""

    def published(self) -> Self:
        """What readers may see today: consented to, and naming nobody who has no page with a name."""
        named = Q(prisoner__state=State.PUBLISHED, prisoner__initials_only=False)
        return (
            super().published().filter(shown_until__gte=civil_date()).filter(Q(prisoner__isnull=True) | named)
        )

    def newest_first(self) -> Self:
        """By the year of the help, the newest first; without a year last."""
        return self.order_by(F("year").desc(nulls_last=True), "-id")

    def for_reading(self) -> Self:
        """With the person whom it names."""
        return self.select_related("prisoner")

    def expiring(self, before: date) -> Self:
        """Those that readers see, or saw, and whose consent ends before a day; the soonest first."""
        return self.filter(state=State.PUBLISHED, shown_until__lt=before).order_by("shown_until", "id")

    def consented(self) -> Self:
        """Those that somebody agreed to have told, whether it still holds or not."""
        return self.filter(Exists(StoryConsent.objects.filter(story=OuterRef("pk"))))


class Story(Publishable):
    """A story of help. Without a person it names nobody.

    `shown_until` is the last day on which it may be told, None where nobody agrees to it: written by the
    database from the consents, which stand in a table of their own. From the moment it is sent to a second
    person no word of it changes, unless it is taken back first.
    """

    PUBLIC = frozenset({"slug", "title", "text", "programme", "year", "prisoner"})
    PUBLIC_WHEN = (
        "r.state = 'published' AND r.shown_until >= (now() AT TIME ZONE 'Europe/Moscow')::date"
        " AND (r.prisoner_id IS NULL OR EXISTS (SELECT 1 FROM prisoners_prisoner p"
        " WHERE p.id = r.prisoner_id AND p.state = 'published' AND NOT p.initials_only))"
    )
    # What readers see, everybody in the office may see who looks for a name in public texts.
    STAFF_WHEN = f"r.state = 'published' OR {_SEES_STORIES}"
    FOLLOWS_A_MERGE = "memorial_follow_merge"
    TRIGGERS = (("story", "BEFORE INSERT OR UPDATE", "memorial_guard_story()"),)
    TRIGGERS_BELOW = (
        needed_here("prisoners_prisoner", "assistance_story", "prisoner_id"),
        (
            "prisoners_prisoner",
            "stories",
            "AFTER UPDATE OF state, initials_only",
            "memorial_withdraw_stories()",
        ),
    )
    REFUSALS = {
        "story_needs_consent": _(
            "Nobody has agreed to this story's being told, or no longer: see «Consent»."
        ),
        "story_read_by_two": _(
            "Another person than its authors reads the story as it stands, and publishes it."
        ),
        "story_stays_as_it_was_read": _(
            "What waits for a second person, or was read by one, stays as it stands: take the story back"
            " first, then change it."
        ),
        "story_keeps_its_address": _("The page was public under this address: it stays."),
        "record_is_needed": NEEDED,
    }

    slug = models.SlugField(
        _("address of the page"),
        max_length=90,
        unique=True,
        help_text=_("Of somebody who is not named, it holds no name either."),
    )
    title = models.CharField(_("title"), max_length=200)
    text = RichTextField(_("text"), blank=True)
    programme = models.CharField(_("programme"), max_length=12, choices=Programme, blank=True)
    year = models.PositiveSmallIntegerField(_("year of the help"), null=True, blank=True)
    prisoner = models.ForeignKey(
        Prisoner,
        verbose_name=_("whom it names"),
        related_name="+",
        null=True,
        blank=True,
        # The database refuses to delete the person, in words that tell nobody of the story.
        on_delete=models.DO_NOTHING,
        help_text=_("Only with consent to be named. Without a person the story names nobody."),
    )
    shown_until = models.DateField(_("may be told until"), null=True, blank=True, editable=False)

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["-id"]
        constraints = [
            state_constraint("story_state_known"),
            models.CheckConstraint(
                name="story_has_words",
                condition=reduce(or_, map(_has_words, LANGUAGES), ~Q(state=State.PUBLISHED)),
                violation_error_message=_("A story has a title and a text in the same language."),
            ),
            models.CheckConstraint(
                name="story_year_is_one",
                condition=Q(year__gte=2009, year__lte=2100),
                violation_error_message=_("This is not a year in which we helped."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title or self.slug)

    def get_absolute_url(self) -> str:
        """The address in the current language."""
        return reverse("assistance:story-detail", kwargs={"slug": self.slug})

    def complete_in(self) -> tuple[str, ...]:
        """The languages in which the page may be indexed: those with a title and a text."""
        return tuple(
            code
            for code in LANGUAGES
            if getattr(self, in_language("title", code)) and getattr(self, in_language("text", code))
        )


class StoryConsent(models.Model):
    """What somebody agreed to: that the story be told, with the name or without, until a day or for good.

    A consent is withdrawn by its date; that ends those given before it as well, and takes the story away
    from readers at once.
    """

    PUBLIC: frozenset[str] = frozenset()
    GIVEN_BY_OTHERS = True
    STAFF_WHEN = _SEES_STORIES
    TRIGGERS = (
        ("happened", "BEFORE INSERT OR UPDATE", "memorial_refuse_future('given_on', 'withdrawn_on')"),
        ("consent", "AFTER INSERT OR UPDATE OR DELETE", "memorial_consent_to_story()"),
    )
    REFUSALS = {
        "assistance_storyconsent_happened": _(
            "This is a day in the future: a consent is given, and withdrawn, before it is entered."
        )
    }

    class Scope(models.TextChoices):
        WITHOUT_NAME = "no_name", _("told without a name")
        WITH_NAME = "name", _("told with the name")

    story = models.ForeignKey(
        Story, verbose_name=_("story"), related_name="consents", on_delete=models.CASCADE
    )
    scope = models.CharField(_("to what"), max_length=10, choices=Scope)
    by = models.CharField(_("by whom"), max_length=10, choices=Consent.By)
    how = models.CharField(_("how"), max_length=10, choices=Consent.How)
    given_on = models.DateField(_("on"))
    expires_on = models.DateField(
        _("expires on"), null=True, blank=True, help_text=_("The last day on which it holds.")
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    note = EncryptedTextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("consent to a story")
        verbose_name_plural = _("consent")
        ordering = ["-given_on", "-id"]
        constraints = [
            sealed_constraint("storyconsent_note_sealed", "note"),
            models.CheckConstraint(
                name="storyconsent_expires_after_given",
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=F("given_on")),
                violation_error_message=_("A consent cannot expire before it was given."),
            ),
            models.CheckConstraint(
                name="storyconsent_withdrawn_after_given",
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                violation_error_message=_("A consent cannot be withdrawn before it was given."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_scope_display())


class StoryReading(models.Model):
    """That a second person has read a story as it stood, and what they said to it. Written once.

    Who read it is taken by the database from whoever acts, and is nobody who wrote a word of it; `words`
    is the digest of what was read.
    """

    PUBLIC: frozenset[str] = frozenset()
    STAFF_WHEN = _SEES_STORIES
    TRIGGERS = (("two_people", "BEFORE INSERT OR UPDATE", "memorial_read_story()"),)
    REFUSALS = {
        "story_reading_has_a_reader": _("Somebody reads a story: say who acts."),
        "story_reading_by_right": _("You may not publish stories."),
        "story_reading_by_another": _("You wrote of this story yourself: another person reads it."),
        "story_reading_is_frozen": _("What was said of a story stays: read it again."),
    }

    class Decision(models.TextChoices):
        APPROVED = "approved", _("may be told")
        RETURNED = "returned", _("returned")

    story = models.ForeignKey(
        Story, verbose_name=_("story"), related_name="readings", on_delete=models.CASCADE
    )
    decision = models.CharField(_("decision"), max_length=10, choices=Decision)
    word = models.TextField(_("word to its author"), blank=True)
    words = models.CharField(_("what was read"), max_length=64, editable=False, default="", blank=True)
    read_by = models.CharField(_("read by"), max_length=80, blank=True, editable=False)
    read_at = models.DateTimeField(_("read"), null=True, editable=False)

    class Meta:
        verbose_name = _("reading of a story")
        verbose_name_plural = _("read by a second person")
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.get_decision_display())
