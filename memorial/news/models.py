"""News: texts in both languages, the day of the event apart from the day of publication, people and cases.

A link to a person or a case is seen by readers only while that has a page that names it: whoever is hidden
drops out of the news without a trace. The words are changed by staff, who are shown them before they hide.
"""

from __future__ import annotations

from functools import reduce
from operator import and_, or_
from typing import Final

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from memorial.base.choices import State
from memorial.base.fields import RichTextField, StaffReference
from memorial.base.localized import LANGUAGES, in_language
from memorial.base.photos import confidential_storage, original_path, public_storage
from memorial.base.publication import Publishable, state_constraint
from memorial.base.sources import PublicSource, no_origin_without_link
from memorial.news.querysets import NewsQuerySet
from prisoners.models import Prisoner, Statement

SLUG: Final = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
RESERVED: Final = frozenset({"feed", "export"})
LONGEST_TITLE: Final = 140
LONGEST_SUMMARY: Final = 400
_ITEM_IS_PUBLIC: Final = (
    "EXISTS (SELECT 1 FROM news_newsitem i WHERE i.id = r.item_id AND i.state = 'published')"
)
_WORDS_OF_PICTURE: Final = tuple(
    in_language(name, code) for name in ("alt", "credit") for code in LANGUAGES[:2]
)
"""Said in Russian and English before a picture is shown; a further language may follow later."""


def _has_words(language: str) -> Q:
    title, summary = (in_language(name, language) for name in ("title", "summary"))
    return Q(**{f"{title}__regex": r"\S", f"{summary}__regex": r"\S"})


class NewsItem(Publishable):
    """A piece of news. `on` is the civil day in Moscow of the event, `published_on` that of its first publication.

    One address serves both languages, like that of everything here; a public one that changes is remembered
    by the database and leads on.
    """

    PUBLIC = frozenset({"slug", "title", "summary", "text", "on", "published_on", "statement"})
    TRIGGERS = (("news", "BEFORE INSERT OR UPDATE", "memorial_guard_news()"),)
    REFUSALS = {
        "news_is_of_the_past": _("The day of the event lies ahead: readers are told of what has happened.")
    }

    slug = models.SlugField(
        _("address of the page"),
        max_length=90,
        unique=True,
        validators=[RegexValidator(SLUG, _("Small Latin letters, figures and hyphens between them."))],
        help_text=_("Better without a name: who is hidden later is not to stand in an address."),
    )
    title = models.CharField(_("title"), max_length=LONGEST_TITLE)
    summary = models.CharField(
        _("in short"),
        max_length=LONGEST_SUMMARY,
        help_text=_("One or two sentences: lists, feeds and messengers show them."),
    )
    text = RichTextField(_("text"), blank=True)
    on = models.DateField(_("day of the event"))
    published_on = models.DateField(_("published on"), null=True, blank=True, editable=False)
    statement = models.ForeignKey(
        Statement,
        verbose_name=_("statement on recognition"),
        related_name="+",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        editable=False,
    )

    objects = NewsQuerySet.as_manager()

    class Meta:
        verbose_name = _("piece of news")
        verbose_name_plural = _("news")
        ordering = ["-on", "-id"]
        indexes = [
            models.Index(fields=["-on", "-id"], name="newsitem_newest", condition=Q(state="published"))
        ]
        constraints = [
            state_constraint("newsitem_state_known"),
            models.CheckConstraint(
                name="newsitem_address_valid",
                condition=Q(slug__regex=SLUG) & ~Q(slug__in=sorted(RESERVED)),
                violation_error_message=_(
                    "This address is taken by another page, or has other characters in it."
                ),
            ),
            models.CheckConstraint(
                name="newsitem_has_words",
                condition=reduce(or_, map(_has_words, LANGUAGES), ~Q(state=State.PUBLISHED)),
                violation_error_message=_("A piece of news has a title and a summary in the same language."),
            ),
            models.CheckConstraint(
                name="newsitem_knows_when_it_was_published",
                condition=~Q(state=State.PUBLISHED) | Q(published_on__isnull=False),
                violation_error_message=_("What readers see has the day of its publication."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title or self.slug)

    def get_absolute_url(self) -> str:
        """The address in the current language."""
        return reverse("news-detail", kwargs={"slug": self.slug})

    @property
    def is_in_work(self) -> bool:
        """Whether it may be planned for a moment: neither public nor withdrawn."""
        return self.state in (State.DRAFT, State.READY)

    def complete_in(self) -> tuple[str, ...]:
        """The languages in which the page may be indexed: title and summary, and the text where there is one."""
        has_text = any(getattr(self, in_language("text", code)) for code in LANGUAGES)
        needed = ("title", "summary", *(["text"] if has_text else []))
        return tuple(c for c in LANGUAGES if all(getattr(self, in_language(name, c)) for name in needed))


class NewsPerson(models.Model):
    """That a piece of news is about a person. Readers see it while the person has a page with a name."""

    PUBLIC = frozenset({"item", "prisoner", "order"})
    PUBLIC_WHEN = (
        f"{_ITEM_IS_PUBLIC} AND EXISTS (SELECT 1 FROM prisoners_prisoner p"  # noqa: S608 - names of our tables
        " WHERE p.id = r.prisoner_id AND p.state = 'published' AND NOT p.initials_only)"
    )

    item = models.ForeignKey(
        NewsItem, verbose_name=_("piece of news"), related_name="people", on_delete=models.CASCADE
    )
    prisoner = models.ForeignKey(
        Prisoner, verbose_name=_("person"), related_name="+", on_delete=models.CASCADE
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("person in the news")
        verbose_name_plural = _("people in the news")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                name="newsperson_once",
                fields=["item", "prisoner"],
                violation_error_message=_("This person stands here already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.prisoner)


class NewsCase(models.Model):
    """That a piece of news is about a case. Readers see it while the case has a page."""

    PUBLIC = frozenset({"item", "case", "order"})
    PUBLIC_WHEN = (
        f"{_ITEM_IS_PUBLIC} AND EXISTS (SELECT 1 FROM cases_case c"  # noqa: S608 - names of our tables
        " WHERE c.id = r.case_id AND c.state = 'published')"
    )

    item = models.ForeignKey(
        NewsItem, verbose_name=_("piece of news"), related_name="cases", on_delete=models.CASCADE
    )
    case = models.ForeignKey(Case, verbose_name=_("case"), related_name="+", on_delete=models.CASCADE)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("case in the news")
        verbose_name_plural = _("cases in the news")
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(
                name="newscase_once",
                fields=["item", "case"],
                violation_error_message=_("This case stands here already."),
            )
        ]

    def __str__(self) -> str:
        return str(self.case)


class NewsSource(PublicSource):
    """Where a fact of a piece of news comes from, as readers see it."""

    PUBLIC = PublicSource.PUBLIC_SOURCE_FIELDS | {"item"}

    item = models.ForeignKey(
        NewsItem, verbose_name=_("piece of news"), related_name="sources", on_delete=models.CASCADE
    )

    class Meta:
        verbose_name = _("source of news")
        verbose_name_plural = _("sources of news")
        ordering = ["id"]
        constraints = [no_origin_without_link("newssource_no_origin_no_link")]

    def __str__(self) -> str:
        return self.title or self.url or str(self.get_kind_display())


class FormerAddress(models.Model):
    """An address that a public piece of news once had; it leads to the one of today while readers see that.

    Written by the database. One that holds the name of somebody hidden is taken out by staff, who are shown
    it among the places where the name stands.
    """

    PUBLIC = frozenset({"item", "slug"})
    PUBLIC_WHEN = _ITEM_IS_PUBLIC

    item = models.ForeignKey(
        NewsItem, verbose_name=_("piece of news"), related_name="former_addresses", on_delete=models.CASCADE
    )
    slug = models.SlugField(_("former address"), max_length=90, unique=True)

    class Meta:
        verbose_name = _("former address of news")
        verbose_name_plural = _("former addresses of news")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.slug


class NewsPicture(models.Model):
    """The picture of a piece of news as readers get it. `stem` is the random name of its files, or empty.

    Who is on a picture no program knows: while anybody whom the news is about is hidden, or shown by initials,
    the database shows nobody the picture, and it comes back only when staff add it again.
    """

    PUBLIC = frozenset({"item", "stem", "alt", "credit", "licence"})
    NAMES_PHOTO_FILES = True
    PUBLIC_WHEN = f"r.stem <> '' AND {_ITEM_IS_PUBLIC}"
    TRIGGERS = (("picture", "BEFORE INSERT OR UPDATE", "memorial_guard_news_picture()"),)
    TRIGGERS_BELOW = (
        (
            "prisoners_prisoner",
            "news_pictures",
            "AFTER UPDATE OF state, initials_only",
            "memorial_hide_news_pictures()",
        ),
        (
            "news_newsperson",
            "news_pictures",
            "AFTER INSERT OR UPDATE",
            "memorial_hide_news_picture_of_link()",
        ),
    )
    REFUSALS = {
        "news_picture_of_nobody_hidden": _(
            "Somebody whom this news is about is hidden or shown by initials: no picture beside it."
        )
    }

    item = models.OneToOneField(
        NewsItem, verbose_name=_("piece of news"), related_name="picture", on_delete=models.CASCADE
    )
    stem = models.CharField(_("name of the files"), max_length=24, blank=True, editable=False)
    alt = models.CharField(_("what the picture shows"), max_length=200)
    credit = models.CharField(_("whose picture it is"), max_length=200)
    licence = models.CharField(_("licence"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("picture of news")
        verbose_name_plural = _("pictures of news")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["stem"], name="newspicture_stem_once", condition=~Q(stem="")),
            models.CheckConstraint(
                name="newspicture_stem_is_random",
                condition=Q(stem="") | Q(stem__regex=r"^[0-9a-f]{24}$"),
                violation_error_message=_("The name of a picture's files is made by the program."),
            ),
            models.CheckConstraint(
                name="newspicture_words_in_both",
                condition=reduce(and_, (~Q(**{column: ""}) for column in _WORDS_OF_PICTURE)),
                violation_error_message=_("Say in both languages what the picture shows and whose it is."),
            ),
        ]

    def __str__(self) -> str:
        return self.alt or str(_("picture"))

    def url(self, width: int, ending: str) -> str:
        """The address of one size: `picture.url(480, "webp")`. Raises `ValueError` while it is not public."""
        if not self.stem:
            raise ValueError("A picture that is not public has no address.")
        return public_storage().url(f"photos/{self.stem}-{width}.{ending}")


class NewsPictureOriginal(models.Model):
    """The original, encoded anew and without metadata, in the confidential storage under a random name."""

    PUBLIC: frozenset[str] = frozenset()

    picture = models.OneToOneField(NewsPicture, related_name="original", on_delete=models.CASCADE)
    file = models.FileField(_("file"), upload_to=original_path, storage=confidential_storage, max_length=200)
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    source_note = models.CharField(_("where it comes from"), max_length=300, blank=True)
    uploaded_by = StaffReference(_("uploaded by"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("original picture of news")
        verbose_name_plural = _("original pictures of news")

    def __str__(self) -> str:
        return f"#{self.picture_id}"
