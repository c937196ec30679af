"""The names by which readers find people: a copy of what is published, written by triggers alone."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


def _words(label: Any) -> ArrayField:
    return ArrayField(models.TextField(), verbose_name=label, default=list)


class PublishedName(models.Model):
    """One spelling of a published person's name, with its keys (prisoners/sql/published_names.sql).

    `words` are compared as they are written, `folds` as they sound, `near` holds each fold with every
    letter left out in turn. No foreign key: nothing follows these rows when people are merged or deleted,
    the trigger makes them anew. Nobody shown by initials and no hidden spelling is here.
    """

    PUBLIC = frozenset(
        {
            "person_id",
            "kind",
            "language",
            "text",
            "key",
            "surname_words",
            "other_words",
            "surname_folds",
            "other_folds",
            "surname_near",
            "other_near",
            "loose",
        }
    )
    FILLED_BY_DATABASE = True
    MADE_WHOLE_BY = ("memorial_rebuild_names()",)

    TRIGGERS_BELOW = (
        (
            "prisoners_prisoner",
            "published_names",
            "AFTER INSERT OR DELETE OR UPDATE OF id, state, initials_only, surname_ru, given_names_ru,"
            " patronymic_ru, surname_en, given_names_en, patronymic_en",
            "memorial_follow_names('id')",
        ),
        (
            "prisoners_namevariant",
            "published_names",
            "AFTER INSERT OR UPDATE OR DELETE",
            "memorial_follow_names('prisoner_id')",
        ),
    )

    person_id = models.BigIntegerField(_("person"), db_index=True)
    kind = models.CharField(_("kind"), max_length=10)
    language = models.CharField(_("language"), max_length=2, blank=True)
    text = models.TextField(_("name"))
    key = models.TextField(_("key by which names are compared"))
    surname_words = _words(_("words of the surname"))
    other_words = _words(_("other words"))
    surname_folds = _words(_("how the surname sounds"))
    other_folds = _words(_("how the other words sound"))
    surname_near = _words(_("what is near to the surname"))
    other_near = _words(_("what is near to the other words"))
    loose = models.TextField(_("how the whole name sounds"))

    class Meta:
        verbose_name = _("name that readers find")
        verbose_name_plural = _("names that readers find")
        indexes = [
            GinIndex(fields=["surname_near"], name="publishedname_surname", fastupdate=False),
            GinIndex(fields=["other_near"], name="publishedname_other", fastupdate=False),
            GinIndex(fields=["loose"], opclasses=["gin_trgm_ops"], name="publishedname_loose"),
        ]

    def __str__(self) -> str:
        return self.text
