"""Gender, as far as it is known: it chooses words and nothing else."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Gender(models.TextChoices):
    """The grammatical gender by which a person is spoken of; unknown is an honest value."""

    FEMALE = "f", _("female")
    MALE = "m", _("male")
    UNKNOWN = "", _("not known")


def gendered(gender: str, feminine: str, masculine: str, neutral: str) -> str:
    """Return the form for a person's gender; the neutral one where it is not known.

    «осуждена», «осуждён», «приговор вынесен»: a neutral form is a wording of its own and never the
    masculine by default.
    """
    return {Gender.FEMALE.value: feminine, Gender.MALE.value: masculine}.get(str(gender), neutral)
