"""Charges, each with its history: brought, reclassified, dropped, convicted, acquitted."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.lookups import Regex
from django.utils.translation import gettext_lazy as _

from cases.choices import Attempt, ChargeEventKind
from cases.models.article import NUMBER, Article, ArticleEdition
from cases.models.decision import Decision
from cases.models.ground import ONE_CASE, same_prosecution
from cases.models.prosecution import Prosecution
from cases.models.public_when import CHARGE, OF_CHARGE
from memorial.base.fields import PartialDateField, earliest_day, latest_day, partial_date_constraint
from prisoners.choices import LegalCode
from prisoners.models.custody import IN_THE_FUTURE, Fact, not_in_the_future

POINT = r"([а-ик-щэ]|[1-9][0-9]?)(\.[1-9][0-9]?)?"
COMPLICITY = r"^([1-5](,[1-5])*|article_33)$"
"""Parts of Art. 33: "5", or "3,5"; "article_33" where the part is unknown."""
EDITION_LAW = r"^([1-9][0-9]{0,3}-ФЗ( [0-9]{4}-[0-9]{2}-[0-9]{2})?|[0-9]{4}-[0-9]{2}-[0-9]{2})$"
"""An amending law as `cases.references` keeps it: "32-ФЗ 2022-03-04", or one half of it."""


class Joined(Func):
    """The entries of a list of texts, with spaces between them."""

    function = "array_to_string"
    output_field = models.TextField()


class Charge(Fact):
    """One accusation against one person: an article with its part, points, attempt, complicity and episodes.

    The edition is that in force at the time of the act (УК РФ, Arts 9–10), unless staff state another.
    A reference whose code is not stated stays text, in `wording`.
    """

    PUBLIC = frozenset(
        {
            "prosecution",
            "order",
            "article",
            "edition",
            "code",
            "code_name",
            "number",
            "part",
            "points",
            "attempt",
            "complicity",
            "episodes",
            "edition_law",
            "act_on",
            "wording",
            "note",
            "verification",
        }
    )
    PUBLIC_WHEN = CHARGE

    TRIGGERS = (
        not_in_the_future("act_on"),
        (
            "edition",
            "BEFORE INSERT OR UPDATE OF edition_id, article_id",
            "memorial_guard_charge_edition()",
        ),
    )
    REFUSALS = {
        "cases_charge_happened": IN_THE_FUTURE,
        "charge_edition_of_its_article": _("This edition is of another article."),
    }

    prosecution = models.ForeignKey(
        Prosecution, verbose_name=_("prosecution"), related_name="charges", on_delete=models.CASCADE
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    article = models.ForeignKey(
        Article,
        verbose_name=_("article"),
        related_name="charges",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    edition = models.ForeignKey(
        ArticleEdition,
        verbose_name=_("edition, where not that of the act's day"),
        related_name="charges",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
    )
    code = models.CharField(_("code, without an article here"), max_length=10, choices=LegalCode, blank=True)
    code_name = models.CharField(_("which other code"), max_length=120, blank=True)
    number = models.CharField(
        _("number of the article, without one here"),
        max_length=20,
        blank=True,
        validators=[RegexValidator(NUMBER)],
    )
    part = models.CharField(_("part"), max_length=20, blank=True, validators=[RegexValidator(NUMBER)])
    points = ArrayField(
        models.CharField(max_length=5, validators=[RegexValidator(f"^{POINT}$")]),
        verbose_name=_("points"),
        default=list,
        blank=True,
        help_text=_("«а, е.1»"),
    )
    attempt = models.CharField(_("preparation or attempt"), max_length=12, choices=Attempt, blank=True)
    complicity = models.CharField(
        _("complicity: part of Art. 33"),
        max_length=20,
        blank=True,
        validators=[RegexValidator(COMPLICITY)],
        help_text=_(
            "3 organising, 4 incitement, 5 aiding; «3,5» for both; article_33 where the part is unknown."
        ),
    )
    episodes = models.PositiveSmallIntegerField(
        _("episodes"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    edition_law = models.CharField(
        _("law that the charge names as its edition"),
        max_length=20,
        blank=True,
        validators=[RegexValidator(EDITION_LAW)],
        help_text=_("«32-ФЗ 2022-03-04»"),
    )
    act_on = PartialDateField(_("day of the act"), help_text=_("Its last day, where it went on."))
    act_on_earliest = earliest_day("act_on")
    act_on_latest = latest_day("act_on")
    wording = models.CharField(_("as our source words it"), max_length=600, blank=True)

    class Meta:
        verbose_name = _("charge")
        verbose_name_plural = _("charges")
        ordering = ["order", "id"]
        constraints = [
            partial_date_constraint("charge_act_valid", "act_on"),
            models.CheckConstraint(
                name="charge_edition_with_article",
                condition=Q(edition__isnull=True) | Q(article__isnull=False),
                violation_error_message=_("Choose the article that this edition is of."),
            ),
            models.CheckConstraint(
                name="charge_article_says_its_code",
                condition=Q(article__isnull=True) | Q(code="", code_name_ru="", code_name_en="", number=""),
                violation_error_message=_("The article tells its code and number: leave these empty."),
            ),
            models.CheckConstraint(
                name="charge_number_has_a_code",
                condition=Q(number="") | ~Q(code=""),
                violation_error_message=_(
                    "A reference with no stated code stays text: never guess the code."
                ),
            ),
            models.CheckConstraint(
                name="charge_says_something",
                condition=Q(article__isnull=False) | ~Q(number="") | ~Q(wording_ru="", wording_en=""),
                violation_error_message=_("Choose the article, or keep the charge as our source words it."),
            ),
            models.CheckConstraint(
                name="charge_other_code_is_named",
                condition=Q(code_name_ru="", code_name_en="") | Q(code=LegalCode.OTHER),
                violation_error_message=_("Name the code only where it is «another code»."),
            ),
            models.CheckConstraint(
                name="charge_number_is_one",
                condition=Q(number="") | Q(number__regex=NUMBER),
                violation_error_message=_("A number of an article has figures and dots: 207.3."),
            ),
            models.CheckConstraint(
                name="charge_part_is_one",
                condition=Q(part="") | Q(part__regex=NUMBER),
                violation_error_message=_("A number of a part has figures and dots: 1.1."),
            ),
            models.CheckConstraint(
                name="charge_points_are_letters",
                condition=Q(
                    Regex(Joined(F("points"), Value(" ")), Value(rf"^({POINT}( {POINT})*)?$")),
                ),
                violation_error_message=_("Points are Russian letters: а, д, е.1."),
            ),
            models.CheckConstraint(
                name="charge_complicity_is_a_part",
                condition=Q(complicity="") | Q(complicity__regex=COMPLICITY),
                violation_error_message=_("Complicity is a part of Art. 33: 3, 4, 5."),
            ),
            models.CheckConstraint(
                name="charge_edition_law_is_one",
                condition=Q(edition_law="") | Q(edition_law__regex=EDITION_LAW),
                violation_error_message=_("Name the amending law by number and date: 32-ФЗ 2022-03-04."),
            ),
            models.CheckConstraint(
                name="charge_episodes_are_some",
                condition=Q(episodes__isnull=True) | Q(episodes__gte=1),
                violation_error_message=_("There is one episode at least."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.article or self.number or self.wording)

    @property
    def is_structured(self) -> bool:
        """Whether article and code are known; else only our source's words are."""
        return self.article_id is not None or bool(self.number)

    @property
    def edition_in_force(self) -> ArticleEdition | None:
        """The edition that applies: the one stated, else that in force for certain on the act's day."""
        if self.edition is not None or self.article is None:
            return self.edition
        first, last = (self.act_on.earliest, self.act_on.latest) if self.act_on else (None, None)
        if first is None or last is None:
            editions = list(self.article.editions.all())
            return editions[0] if len(editions) == 1 else None
        edition = self.article.edition_on(first)
        return edition if edition and edition.is_in_force(last) else None

    def reference_fields(self) -> dict[str, Any]:
        """What the grammar of references needs to write this charge: the arguments of `ArticleReference`."""
        article = self.article
        return {
            "code": article.code if article else self.code,
            "code_name": (article.code_name if article else self.code_name),
            "article": article.number if article else self.number,
            "part": self.part,
            "points": tuple(self.points),
            "attempt": self.attempt,
            "complicity": self.complicity,
            "episodes": self.episodes,
            "edition": self.edition_law,
        }


class ChargeEvent(Fact):
    """What became of a charge on a day. A reclassified one becomes another charge of the same person."""

    PUBLIC = frozenset({"charge", "kind", "on", "becomes", "decision", "note", "verification"})
    PUBLIC_WHEN = OF_CHARGE

    TRIGGERS = (
        not_in_the_future("on"),
        same_prosecution("one_case", ("charge_id", "cases_charge"), ("becomes_id", "cases_charge")),
        ("decision", "BEFORE INSERT OR UPDATE", "memorial_guard_charge_decision()"),
        ("order", "AFTER INSERT OR UPDATE", "memorial_guard_charge_order()"),
    )
    REFUSALS = {
        "cases_chargeevent_happened": IN_THE_FUTURE,
        "chargeevent_not_before_brought": _(
            "A charge is decided on after it was brought: compare the dates."
        ),
        **ONE_CASE,
    }

    charge = models.ForeignKey(
        Charge, verbose_name=_("charge"), related_name="events", on_delete=models.CASCADE
    )
    kind = models.CharField(_("what became of it"), max_length=12, choices=ChargeEventKind)
    on = PartialDateField(_("on"))
    on_earliest = earliest_day("on")
    on_latest = latest_day("on")
    becomes = models.ForeignKey(
        Charge,
        verbose_name=_("becomes"),
        related_name="came_from",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
    )
    decision = models.ForeignKey(
        Decision,
        verbose_name=_("decision"),
        related_name="charge_events",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
    )

    class Meta:
        verbose_name = _("event of a charge")
        verbose_name_plural = _("events of charges")
        ordering = ["on_earliest", "id"]
        constraints = [
            partial_date_constraint("chargeevent_on_valid", "on"),
            models.CheckConstraint(
                name="chargeevent_reclassified_becomes",
                condition=Q(kind=ChargeEventKind.RECLASSIFIED, becomes__isnull=False)
                | (~Q(kind=ChargeEventKind.RECLASSIFIED) & Q(becomes__isnull=True)),
                violation_error_message=_(
                    "A reclassified charge, and only that, becomes another one: say which."
                ),
            ),
            models.CheckConstraint(
                name="chargeevent_becomes_another",
                condition=Q(becomes__isnull=True) | ~Q(becomes=F("charge")),
                violation_error_message=_("A charge becomes another one, not itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
