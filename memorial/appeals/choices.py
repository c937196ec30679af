"""What an appeal is about, and what kinds of events there are."""

from django.db import models
from django.utils.translation import pgettext_lazy


class AppealSubject(models.TextChoices):
    """What is urgent. Health and ill-treatment need a consent of their own beside that to the appeal."""

    HEALTH = "health", pgettext_lazy("appeal_subject", "health")
    ILL_TREATMENT = "ill_treatment", pgettext_lazy("appeal_subject", "ill-treatment")
    OTHER = "other", pgettext_lazy("appeal_subject", "something else")


class EventKind(models.TextChoices):
    """What people come together for."""

    LETTERS = "letters", pgettext_lazy("event_kind", "letter evening")
    PICKET = "picket", pgettext_lazy("event_kind", "picket")
    EXHIBITION = "exhibition", pgettext_lazy("event_kind", "exhibition")
    TALK = "talk", pgettext_lazy("event_kind", "talk")
    OTHER = "other", pgettext_lazy("event_kind", "other")
