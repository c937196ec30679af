"""Articles in the office: their editions, what is not checked against the official text, what we say of them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Count, Exists, Model, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cases.models import Article, ArticleEdition, ArticleEditionPrivate, ArticlePart
from memorial.base.admin import CollapsedInline, StaffAdmin, TranslatedByOthers, WordsInline, both
from memorial.base.localized import all_languages


class VerifiedFilter(admin.SimpleListFilter):
    title = _("checked against the official text")
    parameter_name = "verified"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """What somebody has to read."""
        return [
            ("no", _("an edition is not checked")),
            ("no-en", _("no English title")),
            ("charged", _("not checked, and charged to somebody")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Articles to look at."""
        editions = ArticleEdition.objects.filter(article=OuterRef("pk"))
        unverified = Exists(editions.filter(verified_on__isnull=True))
        if self.value() == "no":
            return queryset.filter(unverified)
        if self.value() == "charged":
            return queryset.filter(unverified, charges__isnull=False).distinct()
        return queryset.filter(Exists(editions.filter(title_en=""))) if self.value() == "no-en" else queryset


class EditionInline(CollapsedInline):
    model = ArticleEdition
    extra = 1
    classes: list[str] = []
    show_change_link = True
    fields = [
        ("valid_from", "valid_to", "verified_on"),
        *both("title", "short"),
        ("contested", "has_parts"),
    ]


class EditionWords(WordsInline):
    """The titles of editions, for translators."""

    model = ArticleEdition
    translate_permission = "cases.translate_article"
    words = ("title", "short")


@admin.register(Article)
class ArticleAdmin(TranslatedByOthers, StaffAdmin):
    """An article of a code of law; titles and parts belong to its editions."""

    search_fields = [
        "number",
        "slug",
        *(f"editions__{name}" for name in all_languages("title", "short")),
    ]
    list_display = ["reference", "title", "verified", "people_charged"]
    list_filter = [VerifiedFilter, "code", "used_in_political_cases"]
    fieldsets: ClassVar[Any] = [
        (None, {"fields": [("code", "number", "slug"), *both("code_name"), "used_in_political_cases"]}),
        (_("What we say of it"), {"fields": both("text")}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Articles with their editions, and how often each is charged."""
        rows = super(TranslatedByOthers, self).get_queryset(request)
        return rows.prefetch_related("editions").annotate(times=Count("charges", distinct=True))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Articles by number or title; «ст. 207.3» and «207.3» alike."""
        words = [word for word in search_term.split() if word.lower() not in ("ст.", "ст", "art.", "art")]
        return super().get_search_results(request, queryset, " ".join(words))

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """For a translator the text alone."""
        if self.only_translates(request):
            return [(_("What we say of it"), {"fields": both("text")})]
        return self.fieldsets

    def get_inlines(self, request: HttpRequest, obj: Model | None = None) -> list[Any]:
        """The editions; for a translator their titles."""
        if self.only_translates(request):
            return [EditionWords] if obj else []
        return [EditionInline]

    @admin.display(description=_("article"), ordering="order_key")
    def reference(self, article: Article) -> str:
        """Number and code."""
        return str(article)

    @admin.display(description=_("title"))
    def title(self, article: Article) -> str:
        """The title of the latest edition."""
        edition = article.latest_edition
        return str(edition) if edition else "—"

    @admin.display(description=_("checked"))
    def verified(self, article: Article) -> str:
        """Whether every edition was read against the official text."""
        editions = article.editions.all()
        if editions and all(edition.is_verified for edition in editions):
            return format_html('<span class="have">{}</span>', "✓")
        return format_html('<span class="lack">{}</span>', _("not checked"))

    @admin.display(description=_("charges"), ordering="times")
    def people_charged(self, article: Any) -> int:
        """How many charges name it."""
        return int(article.times)


class PartInline(CollapsedInline):
    model = ArticlePart
    extra = 2
    classes: list[str] = []
    fields = ["number", *both("short")]


class EditionPrivateInline(CollapsedInline):
    model = ArticleEditionPrivate
    confidential = True
    can_delete = False
    max_num = 1
    extra = 1
    classes = ["collapse", "confidential"]
    fields = ["staff_note"]


@admin.register(ArticleEdition)
class EditionAdmin(StaffAdmin):
    """One edition with its parts; reached from its article."""

    autocomplete_fields = ["article"]
    fields = [
        "article",
        ("valid_from", "valid_to", "verified_on"),
        *both("title", "short"),
        ("contested", "has_parts"),
    ]
    inlines = [PartInline, EditionPrivateInline]
    list_display = ["__str__", "article", "valid_from", "valid_to", "verified_on"]
    list_select_related = ["article"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Not on the «today» page: it is found by its article."""
        return False
