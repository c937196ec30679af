"""Whom staff would not have on the home page on a day. Chosen by the program, refused by people."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from prisoners.models import Prisoner

WITHOUT_A_REASON = _("Say why: whoever looks later must understand it.")


class AttentionVeto(models.Model):
    """One person is not given attention on the home page on one day, because somebody of the staff says so.

    Confidential as a whole, the reason above all. The public site learns from a function of the
    database (`memorial_vetoed_on`) whom to pass over on a day, and nothing else.
    """

    PUBLIC: frozenset[str] = frozenset()

    TRIGGERS = (
        # The home page is another one at once, though the row itself is nobody's to read.
        ("content", "AFTER INSERT OR UPDATE OR DELETE", "memorial_note_public_change('true')"),
    )

    prisoner = models.ForeignKey(
        Prisoner, verbose_name=_("person"), related_name="attention_vetoes", on_delete=models.CASCADE
    )
    day = models.DateField(_("day"), help_text=_("On which the person is not shown on the home page."))
    reason = models.CharField(
        _("reason"),
        max_length=300,
        validators=[RegexValidator(r"\S", WITHOUT_A_REASON)],
        help_text=_("Confidential: only the office sees it."),
    )

    class Meta:
        verbose_name = _("veto for the home page")
        verbose_name_plural = _("vetoes for the home page")
        ordering = ["-day", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["prisoner", "day"],
                name="attentionveto_once_a_day",
                violation_error_message=_("This person is not shown on that day already."),
            ),
            models.CheckConstraint(
                name="attentionveto_has_a_reason",
                condition=Q(reason__regex=r"\S"),
                violation_error_message=WITHOUT_A_REASON,
            ),
        ]
        indexes = [models.Index(fields=["day"], name="attentionveto_by_day")]

    def __str__(self) -> str:
        return f"{self.day:%d.%m.%Y}: {self.prisoner}"
