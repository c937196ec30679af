"""A few dozen invented people of every kind that a filter tells apart, with facts that chance has dealt."""

from __future__ import annotations

from random import Random

from cases import models as record
from memorial.base.choices import State, Verification
from memorial.base.partial_date import PartialDate
from prisoners import models
from prisoners.choices import Register, StayPublic, StayReason
from tests.factories import (
    ArticleFactory,
    CaseFactory,
    ChargeFactory,
    CustodyFactory,
    FacilityFactory,
    PrisonerFactory,
    ProsecutionFactory,
    RegionFactory,
    StayFactory,
)

BORN = (
    None,
    "02.10.1987",
    "1951",
    "~1967",
    "<1960",
    "23.11.1966",
    "2009",
    "31.12.1966",
    "29.02.2004",
    "24.11.2008",
)
SEIZED = (None, "14.03.2023", "2022", "~2021", "<2020", "03.2024", "2026")


def day(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None


class World:
    """Vocabularies, places, cases; then people, each with what chance gives them."""

    def __init__(self, seed: int = 1) -> None:
        self.chance = Random(seed)
        self.regions = [RegionFactory(code=f"XX-{name}") for name in ("A", "B", "C")]
        self.themes, self.lists, self.professions, self.communities = (
            [
                model.objects.create(code=f"{stem}_{n}", label_ru=f"{stem} {n}", label_en=f"{stem} no {n}")
                for n in range(4)
            ]
            for model, stem in (
                (models.Theme, "theme"),
                (models.PrisonerList, "list"),
                (models.Profession, "job"),
                (models.Community, "group"),
            )
        )
        self.frail = models.Vulnerability.objects.create(
            code="frail", label_ru="слабость", label_en="frailty"
        )
        self.facilities = [
            FacilityFactory(slug="ik-1", region=self.regions[0]),
            FacilityFactory(slug="ik-2", accepts_letters="no"),
            FacilityFactory(slug="ik-3", city=""),
            FacilityFactory(slug="ik-4", state=State.DRAFT),
        ]
        self.likely = [*self.facilities[:1] * 4, *self.facilities]
        self.articles = [ArticleFactory(number=number) for number in ("207.3", "275", "280.3")]
        self.cases = [
            CaseFactory(slug="one", kind="criminal", theme=self.themes[0], region=self.regions[1]),
            CaseFactory(slug="two", kind="administrative", is_group=True, title_en=""),
            CaseFactory(slug="hidden", state=State.DRAFT, region=self.regions[2]),
            CaseFactory(slug="three", opened=day("2024")),
        ]

    def people(self, number: int) -> list[models.Prisoner]:
        return [self.person(n) for n in range(number)]

    def one_of(self, *choices):
        return self.chance.choice(choices)

    def some_of(self, rows: list, most: int = 2) -> list:
        return self.chance.sample(rows, self.chance.randint(0, most))

    def person(self, number: int) -> models.Prisoner:
        by_initials = number % 9 == 4
        born = day(self.one_of(*BORN))
        person = PrisonerFactory(
            slug=f"someone-{number}",
            surname_ru="" if number % 7 == 3 else f"Пробин{number}",
            given_names_ru="" if number % 7 == 3 else "Тимур",
            patronymic_ru="",
            surname_en="" if number % 5 == 2 and number % 7 != 3 else f"Probin{number}",
            given_names_en="" if number % 5 == 2 and number % 7 != 3 else "Timur",
            initials_only=by_initials,
            born=born.to_year() if born and by_initials else born,
            gender=self.one_of("m", "f", ""),
            region=self.one_of(None, *self.regions),
            liberty_entered=self.one_of("", "", "at_liberty", "beyond_reach", "fate_unknown"),
            liberty_as_of=None,
            envelope_name_confirmed=self.one_of(True, False),
            state=State.DRAFT if number % 11 == 10 else State.PUBLISHED,
        )
        if not by_initials:
            models.PrisonerPrivate.objects.create(prisoner=person, minor_decision="С согласия родителей.")
        self._facts(person)
        if number % 4 == 1:
            StayFactory(prisoner=person, facility=self.one_of(*self.likely))
        self._record(person)
        for model, field, rows in (
            (models.PrisonerTheme, "theme", self.themes),
            (models.PrisonerListing, "prisoner_list", self.lists),
            (models.PrisonerProfession, "profession", self.professions),
            (models.PrisonerCommunity, "community", self.communities),
            (models.PrisonerVulnerability, "vulnerability", [self.frail]),
        ):
            for row in self.some_of(rows, min(2, len(rows))):
                model.objects.create(prisoner=person, **{field: row})
        return person

    def _facts(self, person: models.Prisoner) -> None:
        checked = [Verification.ONE_SOURCE, Verification.ONE_SOURCE, Verification.UNVERIFIED]
        for seized in self.some_of(list(SEIZED)):
            custody = CustodyFactory(
                prisoner=person, detained_on=day(seized), verification=self.one_of(*checked)
            )
            if self.one_of(True, False):
                models.EndOfCustody.objects.create(
                    prisoner=person, custody=self.one_of(custody, None), on=day(self.one_of(None, "2025", "06.2026")),
                    ground=self.one_of("served", "war_pardon"), circumstance="ordinary",
                )  # fmt: skip
        for _ in range(self.chance.randint(0, 2)):
            self._stay(person)
        for country, manner in self.some_of(
            [("RU", "ordinary"), ("UA", "ordinary"), ("RU", "imposed"), ("BY", "stripped")]
        ):
            models.Citizenship.objects.create(prisoner=person, country=country, manner=manner)
        for register in self.some_of(list(Register.values)):
            models.RegisterEntry.objects.create(
                prisoner=person, register=register, removed_on=day(self.one_of(None, None, "2025")),
                verification=self.one_of(*checked),
            )  # fmt: skip
        for _ in range(self.chance.randint(0, 3)):
            body = self.one_of("this_project", "memorial_hrc", "other")
            when = (
                self.one_of("2019", "05.2021")
                if body == "memorial_hrc"
                else self.one_of("12.05.2023", "2025")
            )
            models.Recognition.objects.create(
                prisoner=person, decided_by=body, body_name_ru="Другие" if body == "other" else "", on=day(when),
                outcome=self.one_of("recognised", "recognised", "withdrawn"),
                custody=self.one_of(None, *person.custodies.all()), verification=self.one_of(*checked),
            )  # fmt: skip
        if self.chance.random() < 0.08:
            models.Death.objects.create(prisoner=person, on=None, verification=self.one_of(*checked))

    def _stay(self, person: models.Prisoner) -> None:
        reason = self.one_of(*StayReason.values)
        public = self.one_of("yes", "yes", "yes", "region_only", "no")
        has_place = (
            public == StayPublic.YES and reason != StayReason.HOUSE_ARREST and self.one_of(True, True, False)
        )
        StayFactory(
            prisoner=person, reason=reason, public=public, temporary=True,
            began=day(self.one_of(None, "2024", "14.03.2023")), ongoing=(ongoing := self.one_of(True, True, False)),
            ended=None if ongoing else day("2025"), facility=self.one_of(*self.likely) if has_place else None,
            region=None if public == StayPublic.NO else self.one_of(None, *self.regions),
            verification=self.one_of("one_source", "one_source", "unverified"),
        )  # fmt: skip

    def _record(self, person: models.Prisoner) -> None:
        for case in self.some_of(self.cases):
            prosecution = ProsecutionFactory(case=case, prisoner=person, in_absentia=self.one_of(True, False))
            for article in self.some_of(self.articles):
                ChargeFactory(
                    prosecution=prosecution, article=article, part=self.one_of("", "1", "2"),
                    verification=self.one_of("one_source", "one_source", "unverified"),
                )  # fmt: skip
            if self.chance.random() < 0.3:
                ChargeFactory(prosecution=prosecution, article=None, code="uk-ua", number="111", part="")
        if self.chance.random() < 0.3:
            finding = record.InternationalFinding.objects.create(
                body=self.one_of("wgad", "ecthr"),
                case=self.one_of(None, *self.cases),
                state=self.one_of("published", "draft"),
            )
            record.FindingPerson.objects.create(finding=finding, prisoner=person)


def rows() -> dict[str, dict[int, tuple]]:
    """What the two tables hold now."""
    columns = ("pk", "traits", "dated", "dated_from", "dated_until")
    return {
        model.__name__: {row[0]: row[1:] for row in model.objects.order_by("pk").values_list(*columns)}
        for model in (record.PublishedPerson, record.PublishedCase)
    }
