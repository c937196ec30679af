"""The person: names, what happened, the flags. One row, one page."""

from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models
from django.db.models import Q
from django.db.models.expressions import Func
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from memorial.base.fields import (
    PartialDateField,
    RichTextField,
    earliest_day,
    latest_day,
    partial_date_constraint,
)
from memorial.base.gender import Gender
from memorial.base.localized import LANGUAGES, current_language, in_language, other_languages
from memorial.base.publication import Publishable, state_constraint
from prisoners.choices import LegalCode, LibertyStatus, SecondLookReason
from prisoners.models.place import Region
from prisoners.names import PersonName, name_in
from prisoners.querysets import PrisonerQuerySet

ENTERED_LIBERTY = (
    LibertyStatus.AT_LIBERTY,
    LibertyStatus.BEYOND_REACH,
    LibertyStatus.FATE_UNKNOWN,
    LibertyStatus.SENT_TO_WAR,
)

PRISONER_IS_PUBLIC = (
    "EXISTS (SELECT 1 FROM prisoners_prisoner p WHERE p.id = r.prisoner_id AND p.state = 'published')"
)
"""For `PUBLIC_WHEN`: the person that a row `r` belongs to is public."""


class SortKey(Func):
    """The key by which a person is sorted in one language; another language where that has no name."""

    function = "memorial_sort_name"
    output_field = models.CharField(max_length=500)


def _first_said(part: str, languages: tuple[str, ...]) -> Any:
    if len(languages) == 1:
        return models.F(in_language(part, languages[0]))
    said = (NullIf(models.F(in_language(part, code)), models.Value("")) for code in languages)
    return Coalesce(*said, models.Value(""))


def sort_key_column(language: str, *others: str) -> models.GeneratedField:
    """The stored sort key of a person in one language; else in the first of the others that has a name."""
    parts = ("surname", "given_names", "patronymic", "described_as")
    columns = [models.F(in_language(part, language)) for part in parts]
    columns += [_first_said(part, others) for part in parts]
    return models.GeneratedField(
        expression=SortKey(*columns), output_field=models.CharField(max_length=500), db_persist=True
    )


def _empty(language: str, *parts: str) -> Q:
    return Q(**{in_language(part, language): "" for part in parts})


def _is_named(language: str) -> Q:
    return ~_empty(language, "surname", "given_names", "described_as")


def _described_or_named(language: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"prisoner_described_or_named_{language}",
        condition=_empty(language, "described_as") | _empty(language, "surname", "given_names", "patronymic"),
        violation_error_message=_("A person whose name is known is not described instead."),
    )


class Prisoner(Publishable):
    """A person prosecuted or held for political reasons in Russia or territory that it occupies.

    Recognised, deprived of liberty and published are three questions and never one status.
    Reduced to initials, this row holds initials: the name itself moves to `PrisonerPrivate`.
    """

    PUBLIC = frozenset(
        {
            "slug",
            "surname",
            "given_names",
            "patronymic",
            "described_as",
            "initials_only",
            "gender",
            "born",
            "summary",
            "what_happened",
            "why_political",
            "charges",
            "charges_code",
            "charges_code_name",
            "sentence",
            "region",
            "liberty_entered",
            "liberty_as_of",
            "name_for_envelope",
            "envelope_name_confirmed",
            "letters_from_abroad_harmful",
            "facts_checked_on",
            "place_checked_on",
            "updated_on",
        }
    )

    TRIGGERS = (
        ("minors", "BEFORE INSERT OR UPDATE OF state, initials_only, born", "memorial_guard_minor()"),
        ("initials", "BEFORE UPDATE OF initials_only", "memorial_guard_initials()"),
        ("two_people", "BEFORE INSERT OR DELETE OR UPDATE OF state", "memorial_publish_by_two()"),
    )
    REFUSALS = {
        "prisoner_published_by_two": _(
            "This page needs two people: one sends it for review, another one publishes it."
        ),
        "prisoner_minor_by_initials": _(
            "The person was under 18 when deprived of liberty: reduce the name to initials, "
            "or record the decision to show it."
        ),
        "prisoner_initials_stand_alone": _(
            "The person is shown by initials: other spellings, identifiers elsewhere "
            "and public photos would tell the name."
        ),
    }

    slug = models.SlugField(_("address of the page"), max_length=90, unique=True)

    surname = models.CharField(_("surname"), max_length=120, blank=True)
    given_names = models.CharField(_("given names"), max_length=120, blank=True)
    patronymic = models.CharField(_("patronymic"), max_length=120, blank=True)
    described_as = models.CharField(
        _("described as"),
        max_length=200,
        blank=True,
        help_text=_("Only while the name is not known: «Житель Мелитополя, 1987 г. р.»"),
    )
    initials_only = models.BooleanField(_("shown by initials"), default=False, editable=False)
    gender = models.CharField(_("gender"), max_length=1, choices=Gender, blank=True)
    born = PartialDateField(_("born"))
    born_earliest = earliest_day("born")
    born_latest = latest_day("born")

    summary = models.CharField(
        _("in one or two sentences"),
        max_length=600,
        blank=True,
        help_text=_("Who the person is and what happened, as a card shows it."),
    )
    what_happened = RichTextField(_("what happened"), blank=True)
    why_political = RichTextField(_("why we consider the prosecution political"), blank=True)
    charges = models.TextField(_("charges, as our source words them"), blank=True)
    charges_code = models.CharField(
        _("code of law"),
        max_length=10,
        choices=LegalCode,
        blank=True,
        help_text=_("Only if the source says it."),
    )
    charges_code_name = models.CharField(_("which other code"), max_length=120, blank=True)
    sentence = models.CharField(
        _("sentence in one line"),
        max_length=200,
        blank=True,
        help_text=_("«7 лет 6 месяцев, колония общего режима; 19 февраля 2024»"),
    )
    region = models.ForeignKey(
        Region,
        verbose_name=_("region of the prosecution"),
        related_name="prisoners",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    liberty_entered = models.CharField(
        _("liberty, where no stay tells it"),
        max_length=30,
        choices=[(value.value, value.label) for value in ENTERED_LIBERTY],
        blank=True,
        help_text=_("Used only while no stay is open and no release or death is entered."),
    )
    liberty_as_of = models.DateField(_("known on"), null=True, blank=True)

    name_for_envelope = models.CharField(
        _("name on the envelope (dative, as in the prison's papers)"), max_length=250, blank=True
    )
    envelope_name_confirmed = models.BooleanField(_("name on the envelope confirmed"), default=False)
    letters_from_abroad_harmful = models.BooleanField(
        _("letters from abroad may harm"),
        default=False,
        help_text=_("Accused of treason, espionage or confidential cooperation."),
    )

    birthday_wanted = models.BooleanField(_("birthday may be published"), default=False)
    attention_wanted = models.BooleanField(_("wants public attention"), null=True, blank=True)
    quiet_until = models.DateField(
        _("quiet until"),
        null=True,
        blank=True,
        help_text=_("No home page, no feed, no «recently updated» until then."),
    )

    facts_checked_on = models.DateField(_("facts checked on"), null=True, blank=True)
    place_checked_on = models.DateField(_("place checked on"), null=True, blank=True)
    updated_on = models.DateField(_("last event or change"), null=True, blank=True)

    sort_key_ru = sort_key_column("ru", "en")
    sort_key_en = sort_key_column("en", "ru")

    objects = PrisonerQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_key_ru", "id"]
        indexes = [
            *(
                models.Index(fields=["state", f"sort_key_{code}", "id"], name=f"prisoner_by_name_{code}")
                for code in LANGUAGES
            ),
            models.Index(fields=["state", "-updated_on", "id"], name="prisoner_by_update"),
            GinIndex(fields=["sort_key_ru"], opclasses=["gin_trgm_ops"], name="prisoner_like_name_ru"),
            GinIndex(fields=["sort_key_en"], opclasses=["gin_trgm_ops"], name="prisoner_like_name_en"),
        ]
        constraints = [
            state_constraint("prisoner_state_known"),
            partial_date_constraint("prisoner_born_valid", "born"),
            models.CheckConstraint(
                name="prisoner_has_a_name",
                condition=reduce(or_, map(_is_named, LANGUAGES)),
                violation_error_message=_(
                    "Give a name in one language at least, or say how the person is described."
                ),
            ),
            *map(_described_or_named, LANGUAGES),
            models.CheckConstraint(
                name="prisoner_initials_have_no_envelope",
                condition=Q(initials_only=False) | Q(name_for_envelope=""),
                violation_error_message=_("A person shown by initials has no name on an envelope."),
            ),
            models.CheckConstraint(
                name="prisoner_initials_only_year_of_birth",
                condition=Q(initials_only=False) | Q(born__isnull=True) | Q(born__regex=r"^[~<>]?[0-9]{4}$"),
                violation_error_message=_(
                    "Of a person shown by initials only the year of birth is kept here."
                ),
            ),
            models.CheckConstraint(
                name="prisoner_other_code_is_named",
                condition=Q(charges_code_name_ru="", charges_code_name_en="")
                | Q(charges_code=LegalCode.OTHER),
                violation_error_message=_("Name the code only where it is «another code»."),
            ),
            models.CheckConstraint(
                name="prisoner_liberty_can_be_entered",
                condition=Q(liberty_entered="")
                | Q(liberty_entered__in=[value.value for value in ENTERED_LIBERTY]),
                violation_error_message=_("This status follows from stays and their end: enter those."),
            ),
        ]

    def __str__(self) -> str:
        return self.name.full

    def get_absolute_url(self) -> str:
        return reverse("prisoners:prisoner-detail", kwargs={"slug": self.slug})

    @property
    def name(self) -> PersonName:
        """The name in the reader's language; in the other one, and marked so, where there is none."""
        return name_in(self, current_language())

    @property
    def other_name(self) -> PersonName | None:
        """The name in the site's other language, where it has one."""
        other = other_languages(current_language())[0]
        name = name_in(self, other)
        return name if name.language == other and name != self.name else None

    def complete_in(self) -> tuple[str, ...]:
        """The languages in which name and short description exist: there the page may be indexed."""
        return tuple(
            code
            for code in LANGUAGES
            if name_in(self, code).language == code and getattr(self, in_language("summary", code))
        )

    def second_look_reasons(self) -> list[SecondLookReason]:
        """Why the page is published by two people; empty where one may. For staff only.

        One query, or none after `with_second_look_reasons()`.
        """
        if (known := getattr(self, "second_look_codes", None)) is not None:
            return [SecondLookReason(code) for code in known]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT memorial_second_look_reasons(%s, %s, %s)",
                [self.pk, self.letters_from_abroad_harmful, self.born.earliest if self.born else None],
            )
            return [SecondLookReason(code) for code in cursor.fetchone()[0]]

    def is_quiet(self, on: date) -> bool:
        """Whether the person asked for no attention on that day."""
        return self.quiet_until is not None and on <= self.quiet_until


class PrisonerPrivate(models.Model):
    """What of a person is confidential: the name moved away by «initials only», exact birth date, notes."""

    PUBLIC: frozenset[str] = frozenset()

    TRIGGERS = (("minors", "AFTER UPDATE OR DELETE", "memorial_guard_minor_detail()"),)

    prisoner = models.OneToOneField(Prisoner, related_name="private", on_delete=models.CASCADE)
    moved_names = models.JSONField(_("names moved away"), default=dict, blank=True)
    born = PartialDateField(_("born, exactly"))
    staff_note = models.TextField(_("staff note"), blank=True)
    minor_decision = models.TextField(
        _("decision to show a person under 18 by name"),
        blank=True,
        help_text=_("Who decided, when, and with whose consent. Revisited at 18."),
    )

    class Meta:
        verbose_name = _("confidential part of a person")
        verbose_name_plural = _("confidential parts of people")
        constraints = [partial_date_constraint("prisonerprivate_born_valid", "born")]

    def __str__(self) -> str:
        return f"#{self.prisoner_id}"


# Each language added later has its own order of names, with those of the first ones where it lacks one.
for _code in LANGUAGES[2:]:
    Prisoner.add_to_class(in_language("sort_key", _code), sort_key_column(_code, *LANGUAGES[:2]))
