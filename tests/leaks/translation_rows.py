"""What the tables of the translation desk demand of a row."""

from typing import Any

from django.db import models

from memorial.translating.models import Draft

TRANSLATION_SHAPES: dict[type[models.Model], dict[str, Any]] = {
    Draft: {
        "step": "at_work",
        "writers": list,
        "published_at": None,
        "reviewed_at": None,
    },
}
