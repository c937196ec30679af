"""Pages that staff write: about the project, criteria, reading safely. And what is written about a theme."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Final, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from memorial.base.choices import State
from memorial.base.fields import RichTextField
from memorial.base.localized import LANGUAGES, all_languages, in_language
from memorial.base.publication import Publishable, PublishedQuerySet, state_constraint
from memorial.pages.addresses import is_of_the_program
from memorial.pages.choices import Menu, Purpose
from prisoners.models import Theme

OF_THE_PROGRAM: Final = _("The program itself has pages at this address: choose another.")
LED_ELSEWHERE: Final = _(
    "This address belonged to another page and leads there for ever: choose another, or take it out there."
)


def _has(language: str, *names: str) -> Q:
    return reduce(lambda told, name: told & ~Q(**{in_language(name, language): ""}), names, Q())


def _written_in(record: models.Model, *names: str) -> tuple[str, ...]:
    """The languages in which every one of the fields has a text."""
    return tuple(code for code in LANGUAGES if all(getattr(record, in_language(n, code)) for n in names))


class SitePageQuerySet(PublishedQuerySet):
    """Pages of the site."""

    def in_order(self) -> Self:
        """As menus have them."""
        return self.order_by("order", "slug")

    def for_links(self) -> Self:
        """What a link needs, without the long texts."""
        return self.in_order().only("slug", "menu", "purpose", *all_languages("title"))

    def formerly_at(self, path: str) -> Self:
        """The page that a path without language and host once led to."""
        return self.filter(former_addresses__path=path)


class SitePage(Publishable):
    """A page that staff write: title, short text, text, and the day on which somebody last found it true.

    `purpose` says what the program does with it; at most one page has each. `order` is the place in its
    menu. Where the address of a page changes that readers have seen, the database keeps the old one.
    """

    PUBLIC = frozenset({"slug", "title", "summary", "text", "checked_on", "menu", "order", "purpose"})
    TRIGGERS = (("address", "BEFORE INSERT OR UPDATE OF slug", "memorial_keep_page_address()"),)
    REFUSALS = {"sitepage_address_led_elsewhere": LED_ELSEWHERE}

    slug = models.SlugField(
        _("address of the page"),
        max_length=60,
        unique=True,
        help_text=_(
            "What stands behind the language: «about» is /ru/about/. Old addresses lead on for ever."
        ),
    )
    title = models.CharField(_("title"), max_length=70, help_text=_("Also the words of the link in menus."))
    summary = models.CharField(
        _("in short"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences above the text; search engines show them, too."),
    )
    text = RichTextField(_("text"), blank=True)
    checked_on = models.DateField(
        _("checked on"), null=True, blank=True, help_text=_("Readers see on which day the text was true.")
    )
    menu = models.CharField(_("link in"), max_length=14, choices=Menu, default=Menu.NONE, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    purpose = models.CharField(
        _("needed for"), max_length=12, choices=Purpose, default=Purpose.NONE, blank=True
    )

    objects = SitePageQuerySet.as_manager()

    class Meta:
        verbose_name = _("page of the site")
        verbose_name_plural = _("pages of the site")
        ordering = ["order", "slug"]
        constraints = [
            state_constraint("sitepage_state_known"),
            models.CheckConstraint(
                name="sitepage_address_is_one",
                condition=Q(slug__regex=r"^[a-z0-9]+(-[a-z0-9]+)*$"),
                violation_error_message=_("An address has small Latin letters, figures and single hyphens."),
            ),
            models.CheckConstraint(
                name="sitepage_has_words",
                condition=reduce(
                    or_, (_has(code, "title", "text") for code in LANGUAGES), ~Q(state=State.PUBLISHED)
                ),
                violation_error_message=_("A page has a title and a text in the same language."),
            ),
            models.CheckConstraint(
                name="sitepage_menu_known",
                condition=Q(menu__in=Menu.values),
                violation_error_message=_("Choose one of the places in the menu."),
            ),
            models.CheckConstraint(
                name="sitepage_purpose_known",
                condition=Q(purpose__in=Purpose.values),
                violation_error_message=_("Choose one of the purposes of a page."),
            ),
            models.UniqueConstraint(
                fields=["purpose"],
                condition=~Q(purpose=Purpose.NONE),
                name="sitepage_one_for_each_purpose",
                violation_error_message=_("Another page is there for this already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title or self.slug)

    def get_absolute_url(self) -> str:
        """The address in the current language."""
        return reverse("page-detail", kwargs={"slug": self.slug})

    def clean(self) -> None:
        """Refuses an address at which the program has pages, or that once belonged to another page.

        Raises ValidationError. The database cannot know the program's addresses; they come first anyway.
        """
        if is_of_the_program(self.slug):
            raise ValidationError({"slug": OF_THE_PROGRAM})
        if FormerAddress.objects.filter(path=f"{self.slug}/").exclude(page=self.pk).exists():
            raise ValidationError({"slug": LED_ELSEWHERE})

    def complete_in(self) -> tuple[str, ...]:
        """The languages in which the page may be indexed: those with a title and a text."""
        return _written_in(self, "title", "text")


class FormerAddress(models.Model):
    """An address that once led to a page and redirects to it, as long as the page is published.

    Without language and host, with the last slash: `o-proekte/`.
    """

    PUBLIC = frozenset({"path", "page"})

    path = models.CharField(
        _("old address"),
        max_length=200,
        unique=True,
        help_text=_("Without the language and the host, with the last slash: «o-proekte/»."),
    )
    page = models.ForeignKey(
        SitePage, verbose_name=_("page"), related_name="former_addresses", on_delete=models.CASCADE
    )

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                name="formeraddress_is_a_path",
                condition=Q(path__regex=r"^[^/?#\s][^?#\s]*/$"),
                violation_error_message=_(
                    "Write the address without the language and the host, with the last slash: «o-proekte/»."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.path

    def clean(self) -> None:
        """Refuses an address that some page has now, since nobody would be led on. Raises ValidationError."""
        if SitePage.objects.filter(slug=self.path.rstrip("/")).exists():
            raise ValidationError({"path": _("A page stands at this address now.")})
        if is_of_the_program(self.path.rstrip("/")):
            raise ValidationError({"path": OF_THE_PROGRAM})


class ThemeText(Publishable):
    """What readers are told of a theme: what people are accused of, and why that is political.

    A theme names the accusation, never the person: no text says what somebody is or believes.
    """

    PUBLIC = frozenset({"theme", "summary", "text", "checked_on"})

    theme = models.OneToOneField(Theme, verbose_name=_("theme"), related_name="+", on_delete=models.PROTECT)
    summary = models.CharField(
        _("in short"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences; the list of themes has them."),
    )
    text = RichTextField(_("text"), blank=True)
    checked_on = models.DateField(
        _("checked on"), null=True, blank=True, help_text=_("Readers see on which day the text was true.")
    )

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a theme")
        verbose_name_plural = _("texts of themes")
        ordering = ["theme__order", "theme__code"]
        constraints = [
            state_constraint("themetext_state_known"),
            models.CheckConstraint(
                name="themetext_has_words",
                condition=reduce(
                    or_, (_has(code, "summary") for code in LANGUAGES), ~Q(state=State.PUBLISHED)
                ),
                violation_error_message=_("Say in short what the theme is, in one language at least."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.theme)

    def get_absolute_url(self) -> str:
        """The address in the current language."""
        return reverse("theme-detail", kwargs={"theme": self.theme.code})

    def complete_in(self) -> tuple[str, ...]:
        """The languages in which the text is whole."""
        return _written_in(self, "summary")
