"""Public text as it is searched, and the words that mean the same."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from memorial.base.localized import LANGUAGES
from memorial.search.kinds import KINDS, triggers


class SearchVector(Func):
    """The words of a title and a text as they are looked for; memorial/search/sql/stored/search_vector.sql."""

    function = "memorial_search_vector"
    arity = 3
    output_field = SearchVectorField()


class SearchEntry(models.Model):
    """One published object in one language that it exists in: what of it is searched, and where it leads.

    A copy, written by triggers in the transaction that publishes, changes or hides the object. No row rules
    stand on it: they would take the indexes away, and it holds nothing that is not public.
    """

    PUBLIC = frozenset({"kind", "object_id", "language", "title", "body", "url_key", "on_day", "vector"})
    FILLED_BY_DATABASE = True
    TRIGGERS_BELOW = tuple(triggers())
    MADE_WHOLE_BY = tuple(f"memorial_rebuild_text('{kind.code}', '{kind.table}'::regclass)" for kind in KINDS)

    kind = models.CharField(_("kind"), max_length=20)
    object_id = models.BigIntegerField(_("object"))
    language = models.CharField(_("language"), max_length=2)
    title = models.TextField(_("title"))
    body = models.TextField(_("text"), blank=True)
    url_key = models.CharField(_("address of the page"), max_length=120)
    on_day = models.DateField(_("last event or change"), null=True, blank=True)
    vector = models.GeneratedField(
        expression=SearchVector(F("language"), F("title"), F("body")),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("searched text")
        verbose_name_plural = _("searched texts")
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id", "language"], name="searchentry_once")
        ]
        indexes = [
            GinIndex(fields=["vector"], name="searchentry_words", fastupdate=False),
            models.Index(
                "kind", F("on_day").desc(nulls_last=True), F("id").desc(), name="searchentry_newest"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Synonym(models.Model):
    """A word, and words that whoever looks for it means too. Applied to the query: nothing is indexed anew."""

    PUBLIC = frozenset({"language", "word", "means"})
    PUBLIC_WHEN = "true"

    language = models.CharField(_("language"), max_length=2, choices=[(code, code) for code in LANGUAGES])
    word = models.CharField(
        _("word or words"), max_length=80, help_text=_("As readers type it, in small letters: «айс».")
    )
    means = models.CharField(
        _("means also"), max_length=300, help_text=_("Words or phrases, with commas: «СИЗО, изолятор».")
    )

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["language", "word"]
        constraints = [
            models.UniqueConstraint(fields=["language", "word"], name="synonym_once"),
            models.CheckConstraint(
                name="synonym_language_known",
                condition=Q(language__in=LANGUAGES),
                violation_error_message=_("Choose one of the site's languages."),
            ),
            models.CheckConstraint(
                name="synonym_word_is_small",
                condition=Q(word__regex=r"^[^\sA-ZА-ЯЁ]+( [^\sA-ZА-ЯЁ]+)*$"),
                violation_error_message=_("Write the word in small letters, with single spaces."),
            ),
            models.CheckConstraint(
                name="synonym_means_something",
                condition=Q(means__regex=r"\S"),
                violation_error_message=_("Say at least one word that it means."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.word} → {self.means}"
