"""What belongs to a person and may be several: spellings, citizenships, themes, identifiers, old addresses."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from memorial.base.fields import PartialDateField, earliest_day, latest_day, partial_date_constraint
from memorial.base.localized import LANGUAGES
from prisoners.models.place import Facility
from prisoners.models.prisoner import Prisoner
from prisoners.models.vocabulary import Community, PrisonerList, Profession, Theme, Vulnerability


class VariantKind(models.TextChoices):
    """Why a person has another name or spelling."""

    SPELLING = "spelling", _("another spelling")
    FORMER = "former", _("former name")
    UKRAINIAN = "uk", _("in Ukrainian")
    CRIMEAN_TATAR = "crh", _("in Crimean Tatar")
    OTHER_LANGUAGE = "other", _("in another language")
    PSEUDONYM = "pseudonym", _("pseudonym")


class NameKey(Func):
    """A name as it is sorted and compared; `memorial.base.name_key.sort_key` in SQL."""

    function = "memorial_sort_key"
    output_field = models.TextField()


class AbstractNameVariant(models.Model):
    """Another name or spelling of a person."""

    text = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=VariantKind, default=VariantKind.SPELLING)
    searchable = models.BooleanField(_("found by search"), default=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.text


class NameVariant(AbstractNameVariant):
    """A name or spelling that readers see."""

    PUBLIC = frozenset({"prisoner", "text", "kind", "searchable"})

    TRIGGERS = (("initials", "BEFORE INSERT OR UPDATE OF prisoner_id", "memorial_guard_initials_detail()"),)

    prisoner = models.ForeignKey(Prisoner, related_name="name_variants", on_delete=models.CASCADE)

    class Meta:
        verbose_name = _("other name, shown")
        verbose_name_plural = _("other names, shown")
        constraints = [models.UniqueConstraint(fields=["prisoner", "text"], name="namevariant_once")]
        indexes = [GinIndex(OpClass(NameKey(F("text")), name="gin_trgm_ops"), name="namevariant_like")]


class HiddenNameVariant(AbstractNameVariant):
    """A name that is kept and not shown: a former name, a misspelling, a name moved away by «initials only»."""

    PUBLIC: frozenset[str] = frozenset()

    prisoner = models.ForeignKey(Prisoner, related_name="hidden_name_variants", on_delete=models.CASCADE)

    class Meta:
        verbose_name = _("other name, not shown")
        verbose_name_plural = _("other names, not shown")
        constraints = [models.UniqueConstraint(fields=["prisoner", "text"], name="hiddennamevariant_once")]
        indexes = [GinIndex(OpClass(NameKey(F("text")), name="gin_trgm_ops"), name="hiddennamevariant_like")]


class Citizenship(models.Model):
    """A citizenship, with its dates; one imposed does not remove the other."""

    PUBLIC = frozenset({"prisoner", "country", "manner", "began", "ended"})

    class Manner(models.TextChoices):
        ORDINARY = "ordinary", _("citizen")
        IMPOSED = "imposed", _("imposed")
        STRIPPED = "stripped", _("taken away")

    prisoner = models.ForeignKey(Prisoner, related_name="citizenships", on_delete=models.CASCADE)
    country = CountryField(_("country"))
    manner = models.CharField(_("how"), max_length=10, choices=Manner, default=Manner.ORDINARY)
    began = PartialDateField(_("from"))
    began_earliest = earliest_day("began")
    ended = PartialDateField(_("until"))
    ended_latest = latest_day("ended")

    class Meta:
        verbose_name = _("citizenship")
        verbose_name_plural = _("citizenships")
        constraints = [
            partial_date_constraint("citizenship_began_valid", "began"),
            partial_date_constraint("citizenship_ended_valid", "ended"),
            models.CheckConstraint(
                name="citizenship_ends_after_it_began",
                condition=Q(ended_latest__gte=models.F("began_earliest")),
                violation_error_message=_("A citizenship cannot end before it began."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.country.name)  # type: ignore[attr-defined]


class PrisonerTheme(models.Model):
    """A theme of a person's prosecution."""

    PUBLIC = frozenset({"prisoner", "theme"})

    prisoner = models.ForeignKey(Prisoner, related_name="theme_links", on_delete=models.CASCADE)
    theme = models.ForeignKey(Theme, verbose_name=_("theme"), related_name="people", on_delete=models.PROTECT)

    class Meta:
        verbose_name = _("theme of a person")
        verbose_name_plural = _("themes of people")
        constraints = [models.UniqueConstraint(fields=["prisoner", "theme"], name="prisonertheme_once")]

    def __str__(self) -> str:
        return str(self.theme)


class PrisonerListing(models.Model):
    """A person's place on one of the project's lists."""

    PUBLIC = frozenset({"prisoner", "prisoner_list"})

    prisoner = models.ForeignKey(Prisoner, related_name="listings", on_delete=models.CASCADE)
    prisoner_list = models.ForeignKey(
        PrisonerList, verbose_name=_("list"), related_name="people", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = _("place on a list")
        verbose_name_plural = _("places on lists")
        constraints = [
            models.UniqueConstraint(fields=["prisoner", "prisoner_list"], name="prisonerlisting_once")
        ]

    def __str__(self) -> str:
        return str(self.prisoner_list)


class PrisonerProfession(models.Model):
    """What a person did before."""

    PUBLIC = frozenset({"prisoner", "profession"})

    prisoner = models.ForeignKey(Prisoner, related_name="profession_links", on_delete=models.CASCADE)
    profession = models.ForeignKey(
        Profession, verbose_name=_("profession"), related_name="people", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = _("profession of a person")
        verbose_name_plural = _("professions of people")
        constraints = [
            models.UniqueConstraint(fields=["prisoner", "profession"], name="prisonerprofession_once")
        ]

    def __str__(self) -> str:
        return str(self.profession)


class PrisonerCommunity(models.Model):
    """A community that the person, or the public record of a court, made public as theirs."""

    PUBLIC = frozenset({"prisoner", "community"})

    prisoner = models.ForeignKey(Prisoner, related_name="community_links", on_delete=models.CASCADE)
    community = models.ForeignKey(
        Community, verbose_name=_("community"), related_name="people", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = _("community of a person")
        verbose_name_plural = _("communities of people")
        constraints = [
            models.UniqueConstraint(fields=["prisoner", "community"], name="prisonercommunity_once")
        ]

    def __str__(self) -> str:
        return str(self.community)


class PrisonerVulnerability(models.Model):
    """What makes a person's imprisonment harder. The database refuses one that needs a consent that is not there."""

    PUBLIC = frozenset({"prisoner", "vulnerability"})

    TRIGGERS = (("consent", "BEFORE INSERT OR UPDATE", "memorial_require_consent()"),)
    REFUSALS = {
        "prisonervulnerability_needs_consent": _(
            "This is shown only with the person's consent: record the consent first."
        )
    }

    prisoner = models.ForeignKey(Prisoner, related_name="vulnerability_links", on_delete=models.CASCADE)
    vulnerability = models.ForeignKey(
        Vulnerability, verbose_name=_("vulnerability"), related_name="people", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = _("vulnerability of a person")
        verbose_name_plural = _("vulnerabilities of people")
        constraints = [
            models.UniqueConstraint(fields=["prisoner", "vulnerability"], name="prisonervulnerability_once")
        ]

    def __str__(self) -> str:
        return str(self.vulnerability)


class ExternalIdentifier(models.Model):
    """The person's identifier in another database, for those who join them."""

    PUBLIC = frozenset({"prisoner", "scheme", "value", "url"})

    TRIGGERS = (("initials", "BEFORE INSERT OR UPDATE OF prisoner_id", "memorial_guard_initials_detail()"),)

    prisoner = models.ForeignKey(Prisoner, related_name="identifiers", on_delete=models.CASCADE)
    scheme = models.CharField(_("database"), max_length=60, help_text=_("Wikidata, OVD-Info, …"))
    value = models.CharField(_("identifier"), max_length=120)
    url = models.URLField(_("link"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("identifier elsewhere")
        verbose_name_plural = _("identifiers elsewhere")
        constraints = [models.UniqueConstraint(fields=["scheme", "value"], name="identifier_once")]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.value}"


class OldAddress(models.Model):
    """An address that once led to a page and redirects for ever, but not to what is hidden.

    Confidential as a whole: an old address may hold a name that was moved away. The
    public role asks through `memorial_new_address(path)`, which answers for published
    people not shown by initials, for published institutions, and for pages of the site that can
    never be hidden: a region, the list of people. Paths are decoded and without host and language;
    an old number stands as `?p=123`.
    """

    PUBLIC: frozenset[str] = frozenset()

    path = models.CharField(
        _("path"), max_length=300, unique=True, help_text=_("Without the language and the host.")
    )
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=[(code, code) for code in LANGUAGES],
        blank=True,
        help_text=_("Of the page that stood there, where the address itself does not say it."),
    )
    prisoner = models.ForeignKey(
        Prisoner, related_name="old_addresses", null=True, blank=True, on_delete=models.CASCADE
    )
    facility = models.ForeignKey(
        Facility, related_name="old_addresses", null=True, blank=True, on_delete=models.CASCADE
    )
    page = models.CharField(
        _("page of the site"), max_length=200, blank=True, help_text=_("«regions/ru-mow/», «prisoners/».")
    )

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        constraints = [
            models.CheckConstraint(
                name="oldaddress_leads_to_one",
                condition=Q(prisoner__isnull=True, facility__isnull=False, page="")
                | Q(prisoner__isnull=False, facility__isnull=True, page="")
                | (Q(prisoner__isnull=True, facility__isnull=True) & ~Q(page="")),
                violation_error_message=_("An old address leads to one page."),
            ),
            models.CheckConstraint(
                name="oldaddress_page_is_a_path",
                condition=Q(page="") | Q(page__regex=r"^[a-z0-9][a-z0-9-]*(/[a-z0-9][a-z0-9.-]*)*/$"),
                violation_error_message=_("The path of a page of this site, without the language."),
            ),
            models.CheckConstraint(
                name="oldaddress_language_known",
                condition=Q(language__in=["", *LANGUAGES]),
                violation_error_message=_("Choose one of the languages."),
            ),
        ]

    def __str__(self) -> str:
        return self.path
