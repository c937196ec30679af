"""Articles of the codes of law, their editions and parts."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.choices import HasParts
from cases.querysets import ArticleQuerySet
from memorial.base.fields import RichTextField
from memorial.base.localized import LANGUAGES, in_language
from prisoners.choices import LegalCode

NUMBER = r"^[0-9]{1,4}([.-][0-9]{1,3})*$"
SLUG = r"^[a-z0-9]+([.-][a-z0-9]+)*$"


class NaturalOrder(Func):
    """The key by which numbers of articles and parts are sorted: «207.3» is "0207.0003"."""

    function = "memorial_article_key"
    arity = 1
    output_field = models.CharField(max_length=60)


def order_key_column(field: str) -> models.GeneratedField:
    """The stored sort key of a number."""
    return models.GeneratedField(
        expression=NaturalOrder(F(field)), output_field=models.CharField(max_length=60), db_persist=True
    )


class Article(models.Model):
    """An article of a code of law. Its title and parts belong to its editions."""

    PUBLIC = frozenset(
        {"code", "code_name", "number", "slug", "order_key", "used_in_political_cases", "text"}
    )
    PUBLIC_WHEN = "true"

    code = models.CharField(_("code of law"), max_length=10, choices=LegalCode)
    code_name = models.CharField(_("which other code"), max_length=120, blank=True)
    number = models.CharField(
        _("number"), max_length=20, validators=[RegexValidator(NUMBER)], help_text=_("«207.3», «20.3.3»")
    )
    slug = models.CharField(
        _("address of the page"),
        max_length=60,
        unique=True,
        validators=[RegexValidator(SLUG)],
        help_text=_("«uk-rf-207.3»"),
    )
    order_key = order_key_column("number")
    used_in_political_cases = models.BooleanField(_("used in political cases"), default=False)
    text = RichTextField(_("what we say of it"), blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["code", "order_key", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "number"], name="article_once", condition=~Q(code=LegalCode.OTHER)
            ),
            models.CheckConstraint(
                name="article_number_is_one",
                condition=Q(number__regex=NUMBER),
                violation_error_message=_("A number of an article has figures and dots: 207.3."),
            ),
            models.CheckConstraint(
                name="article_slug_is_one",
                condition=Q(slug__regex=SLUG),
                violation_error_message=_("An address has small Latin letters, figures, dots and hyphens."),
            ),
            models.CheckConstraint(
                name="article_other_code_is_named",
                condition=(Q(code=LegalCode.OTHER) & ~Q(code_name_ru="", code_name_en=""))
                | (~Q(code=LegalCode.OTHER) & Q(code_name_ru="", code_name_en="")),
                violation_error_message=_("Name the code where it is «another code», and only there."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.get_code_display()}"

    def get_absolute_url(self) -> str:
        return reverse("cases:article-detail", kwargs={"article": self.slug})

    def complete_in(self) -> tuple[str, ...]:
        """The languages in which the page may be indexed: those that have a title. Uses what is prefetched."""
        edition = self.latest_edition
        titles = {code: edition and edition.has_title_in(code) for code in LANGUAGES}
        return tuple(code for code, has_title in titles.items() if has_title)

    def edition_on(self, day: date) -> ArticleEdition | None:
        """The edition in force on a day (УК РФ, Arts 9–10); None where none is known. Uses what is prefetched."""
        return next((edition for edition in self.editions.all() if edition.is_in_force(day)), None)

    @property
    def latest_edition(self) -> ArticleEdition | None:
        """The edition in force now, or the last one of an article that is gone. Uses what is prefetched."""
        editions = sorted(self.editions.all(), key=lambda edition: edition.valid_from or date.min)
        return editions[-1] if editions else None


class ArticleEdition(models.Model):
    """An article as worded from one day to another. Not verified until somebody read the official text."""

    PUBLIC = frozenset(
        {"article", "title", "short", "contested", "has_parts", "valid_from", "valid_to", "verified_on"}
    )
    PUBLIC_WHEN = "true"

    article = models.ForeignKey(
        Article, verbose_name=_("article"), related_name="editions", on_delete=models.CASCADE
    )
    title = models.CharField(_("title"), max_length=800, blank=True)
    short = models.CharField(
        _("short title"), max_length=120, blank=True, help_text=_("A contested label stands in quotes.")
    )
    contested = models.BooleanField(_("contested label"), default=False)
    has_parts = models.CharField(_("parts"), max_length=10, choices=HasParts, default=HasParts.UNKNOWN)
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_to = models.DateField(
        _("in force until"), null=True, blank=True, help_text=_("The last day of this edition.")
    )
    verified_on = models.DateField(
        _("checked against the official text on"), null=True, blank=True, help_text=_("Empty: not verified.")
    )

    class Meta:
        verbose_name = _("edition of an article")
        verbose_name_plural = _("editions of articles")
        ordering = ["article", F("valid_from").asc(nulls_first=True), "id"]
        constraints = [
            models.CheckConstraint(
                name="articleedition_ends_after_it_began",
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("An edition cannot end before it began."),
            ),
            ExclusionConstraint(
                name="articleedition_no_overlap",
                expressions=[
                    ("article", RangeOperators.EQUAL),
                    (
                        Func(
                            "valid_from",
                            "valid_to",
                            Value("[]"),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Two editions of an article are not in force on one day."),
            ),
        ]

    def __str__(self) -> str:
        return self.short or self.title or str(self.article)

    def has_title_in(self, language: str) -> bool:
        """Whether the edition has a title, short or whole, in a language."""
        return any(getattr(self, in_language(field, language)) for field in ("short", "title"))

    def is_in_force(self, day: date) -> bool:
        """Whether the edition is in force on a day; an open end reaches for ever."""
        return (self.valid_from or date.min) <= day <= (self.valid_to or date.max)

    @property
    def is_verified(self) -> bool:
        return self.verified_on is not None


class ArticleEditionPrivate(models.Model):
    """What staff noted of an edition: where its title comes from, what to confirm."""

    PUBLIC: frozenset[str] = frozenset()

    edition = models.OneToOneField(ArticleEdition, related_name="private", on_delete=models.CASCADE)
    staff_note = models.TextField(_("staff note"), blank=True)

    class Meta:
        verbose_name = _("confidential note on an edition")
        verbose_name_plural = _("confidential notes on editions")

    def __str__(self) -> str:
        return f"#{self.edition_id}"


class ArticlePart(models.Model):
    """A part of an article in one edition; «1.1» stands between 1 and 2."""

    PUBLIC = frozenset({"edition", "number", "order_key", "short"})
    PUBLIC_WHEN = "true"

    edition = models.ForeignKey(
        ArticleEdition, verbose_name=_("edition"), related_name="parts", on_delete=models.CASCADE
    )
    number = models.CharField(_("part"), max_length=20, validators=[RegexValidator(NUMBER)])
    order_key = order_key_column("number")
    short = models.CharField(_("in short"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("part of an article")
        verbose_name_plural = _("parts of articles")
        ordering = ["edition", "order_key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="articlepart_once"),
            models.CheckConstraint(
                name="articlepart_number_is_one",
                condition=Q(number__regex=NUMBER),
                violation_error_message=_("A number of a part has figures and dots: 1.1."),
            ),
        ]

    def __str__(self) -> str:
        return self.number
