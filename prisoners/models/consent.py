"""What a person agreed to, or refused. Unknown is the absence of a row, and is no consent."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prisoners.choices import ConsentScope
from prisoners.models.prisoner import Prisoner


class Consent(models.Model):
    """One consent or refusal: its scope, by whom, how, when, until when."""

    PUBLIC: frozenset[str] = frozenset()
    GIVEN_BY_OTHERS = True

    TRIGGERS = (("consent", "AFTER UPDATE OR DELETE", "memorial_hide_without_consent()"),)

    class By(models.TextChoices):
        PERSON = "person", _("the person")
        RELATIVE = "relative", _("a relative")
        LAWYER = "lawyer", _("the lawyer")

    class How(models.TextChoices):
        LETTER = "letter", _("in a letter")
        VISIT = "visit", _("in person")
        MESSAGE = "message", _("in a message")
        CALL = "call", _("on the telephone")
        PUBLIC = "public", _("in public")

    prisoner = models.ForeignKey(Prisoner, related_name="consents", on_delete=models.CASCADE)
    scope = models.CharField(_("to what"), max_length=20, choices=ConsentScope)
    given = models.BooleanField(_("consents"), default=True, help_text=_("Untick for a refusal."))
    by = models.CharField(_("by whom"), max_length=10, choices=By)
    how = models.CharField(_("how"), max_length=10, choices=How)
    given_on = models.DateField(_("on"))
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["scope", "-given_on"]
        constraints = [
            models.CheckConstraint(
                name="consent_expires_after_given",
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=models.F("given_on")),
                violation_error_message=_("A consent cannot expire before it was given."),
            ),
            models.CheckConstraint(
                name="consent_withdrawn_after_given",
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=models.F("given_on")),
                violation_error_message=_("A consent cannot be withdrawn before it was given."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_scope_display()
