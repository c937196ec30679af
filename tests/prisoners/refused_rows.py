"""Rows that the database must refuse, for each constraint; and rows that only might be wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from memorial.base.choices import State
from memorial.base.models import ContentVersion, OpenForm
from memorial.base.partial_date import PartialDate
from prisoners import models as people
from prisoners.choices import InstitutionKind
from tests.factories import (
    CitationFactory,
    CustodyFactory,
    DraftFactory,
    FacilityFactory,
    PrisonerFactory,
    RecognitionFactory,
    RegionFactory,
    StayFactory,
)

BORN_2010 = {"born": PartialDate.parse("02.10.2010")}


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


def dead_since(text: str) -> people.Prisoner:
    """Somebody whose death is entered."""
    return people.Death.objects.create(prisoner=PrisonerFactory(), on=day(text)).prisoner


THIS_YEAR = timezone.localdate().year
TOMORROW_OR_LATER = PartialDate.from_date(timezone.localdate() + timedelta(days=2))


def of(model: type[models.Model], **fields: Any) -> Callable[[], object]:
    """A row about a person, with what is given and nothing else."""
    return lambda: model.objects.create(prisoner=PrisonerFactory(), **fields)


def twice(model: type[models.Model], **fields: Any) -> Callable[[], object]:
    """The same row again."""

    def make() -> None:
        for _ in range(2):
            model.objects.create(
                **{key: value() if callable(value) else value for key, value in fields.items()}
            )

    return make


def same_person() -> Callable[[], people.Prisoner]:
    made: list[people.Prisoner] = []

    def person() -> people.Prisoner:
        if not made or not people.Prisoner.objects.filter(pk=made[0].pk).exists():
            made[:] = [DraftFactory()]
        return made[0]

    return person


def word(model: type[models.Model]) -> Callable[[], models.Model]:
    return lambda: model.objects.get_or_create(code="a-word", defaults={"label_ru": "слово"})[0]


def facility(**fields: Any) -> Callable[[], object]:
    return lambda: FacilityFactory(**fields)


def person(**fields: Any) -> Callable[[], object]:
    return lambda: PrisonerFactory(**fields)


def stay(**fields: Any) -> Callable[[], object]:
    return lambda: StayFactory(**fields)


def publish(prisoner: people.Prisoner) -> None:
    people.Prisoner.objects.filter(pk=prisoner.pk).update(state=State.PUBLISHED)


def two_stays(first: dict[str, Any], second: dict[str, Any]) -> Callable[[], object]:
    def make() -> None:
        inmate = PrisonerFactory()
        for fields in (first, second):
            StayFactory(prisoner=inmate, **{"ongoing": False, **fields})

    return make


def citation(**fields: Any) -> Callable[[], object]:
    return lambda: CitationFactory(**fields)


def confidential_of_two() -> None:
    stay = StayFactory()
    people.ConfidentialCitation.objects.create(kind="lawyer", text="x", stay=stay, prisoner=stay.prisoner)


def import_source() -> people.ImportSource:
    return people.ImportSource.objects.get_or_create(code="a-list", defaults={"title": "список"})[0]


def a_facility() -> people.Facility:
    return people.Facility.objects.filter(slug="the-one").first() or FacilityFactory(slug="the-one")


NO_NAME = dict.fromkeys(
    (f"{part}_{code}" for part in ("surname", "given_names", "patronymic") for code in ("ru", "en")), ""
)
CONSENT = {"scope": "photo", "by": "person", "how": "letter", "given_on": date(2026, 3, 1)}
REQUEST = {"by": "person", "received_on": date(2026, 1, 1), "text": "скрыть", "review_on": date(2026, 6, 1)}
RELEASE = {"kind": "release", "ground": "served", "circumstance": "ordinary"}
BEFORE_AND_AFTER = {"began": day("03.2024"), "ended": day("02.2024")}

REFUSED: dict[str, list[Callable[[], object]]] = {
    "region_code_of_capitals": [
        lambda code=code: RegionFactory(code=code) for code in ("ru-mow", "RU MOW", "RU/MOW", "")
    ],
    "prisoners_after_death": [
        lambda: StayFactory(prisoner=dead_since("2024"), began=day("01.2025")),
        lambda: StayFactory(prisoner=dead_since("2024"), ongoing=False, ended=day("01.2025")),
        lambda: CustodyFactory(prisoner=dead_since("2024"), detained_on=day("2025")),
        lambda: people.EndOfCustody.objects.create(
            prisoner=dead_since("2024"), kind="escape", on=day("2025")
        ),
        lambda: people.Death.objects.create(prisoner=StayFactory().prisoner, on=day("2022")),
        lambda: people.Death.objects.create(prisoner=CustodyFactory().prisoner, on=day("13.03.2023")),
    ],
    "prisoners_custody_happened": [
        lambda: CustodyFactory(seized_on=TOMORROW_OR_LATER, detained_on=None),
        lambda: CustodyFactory(detained_on=TOMORROW_OR_LATER),
        lambda: CustodyFactory(remanded_on=TOMORROW_OR_LATER),
    ],
    "prisoners_stay_happened": [
        lambda: StayFactory(began=TOMORROW_OR_LATER),
        lambda: StayFactory(ongoing=False, ended=TOMORROW_OR_LATER),
    ],
    "prisoners_endofcustody_happened": [
        of(people.EndOfCustody, kind="escape", on=TOMORROW_OR_LATER),
    ],
    "prisoners_death_happened": [of(people.Death, on=TOMORROW_OR_LATER)],
    "prisoners_recognition_happened": [lambda: RecognitionFactory(on=TOMORROW_OR_LATER)],
    "prisoners_registerentry_happened": [
        of(people.RegisterEntry, register="wanted", entered_on=TOMORROW_OR_LATER),
        of(people.RegisterEntry, register="wanted", removed_on=TOMORROW_OR_LATER),
    ],
    "contentversion_once_a_transaction": [
        twice(ContentVersion, transaction=5, began_at=datetime(2026, 1, 1, tzinfo=UTC))
    ],
    "openform_once_a_person": [
        twice(OpenForm, table="t", row="1", staff_id=1, opened_at=timezone.now),
    ],
    "occupation_ends_after_it_began": [
        lambda: people.OccupationPeriod.objects.create(region=RegionFactory(), **BEFORE_AND_AFTER)
    ],
    "facility_state_known": [facility(state="secret"), facility(state="")],
    "facility_has_a_name": [facility(name_ru="", name_en="")],
    "facility_secret_place_has_no_address": [
        facility(kind=kind, state=State.DRAFT, street="ул. Домашняя, 1", postal_index="")
        for kind in people.place.NO_PUBLIC_ADDRESS
    ]
    + [facility(kind=InstitutionKind.UNOFFICIAL, state=State.DRAFT, street="", postal_index="123456")],
    "facility_secret_place_has_no_page": [
        facility(kind=kind, street="", postal_index="") for kind in people.place.NO_PUBLIC_ADDRESS
    ],
    "facility_postal_index_digits": [
        facility(postal_index=text) for text in ("1234", "12345a", "1234567", "１２３４５６")
    ],
    "prisoner_state_known": [person(state="public"), person(state="Published")],
    "prisoner_has_a_name": [person(**NO_NAME), person(**NO_NAME | {"patronymic_ru": "Адамович"})],
    "prisoner_described_or_named_ru": [person(described_as_ru="Житель Мелитополя")],
    "prisoner_described_or_named_en": [
        person(**NO_NAME | {"surname_en": "X", "described_as_ru": "Житель", "described_as_en": "A resident"})
    ],
    "prisoner_initials_have_no_envelope": [
        person(initials_only=True, born=None, name_for_envelope="Горинцеву Тимуру")
    ],
    "prisoner_initials_only_year_of_birth": [
        person(initials_only=True, born=day(text)) for text in ("02.10.1987", "10.1987")
    ],
    "prisoner_other_code_is_named": [person(charges_code="uk-rf", charges_code_name_ru="кодекс")],
    "prisoner_liberty_can_be_entered": [person(liberty_entered="imprisoned"), person(liberty_entered="died")],
    "prisoner_minor_by_initials": [
        lambda: CustodyFactory(prisoner=PrisonerFactory(**BORN_2010)),
        lambda: publish(CustodyFactory(prisoner=DraftFactory(**BORN_2010)).prisoner),
    ],
    "consent_expires_after_given": [of(people.Consent, **CONSENT, expires_on=date(2026, 2, 28))],
    "consent_withdrawn_after_given": [of(people.Consent, **CONSENT, withdrawn_on=date(2026, 2, 28))],
    "custody_detained_after_seized": [
        lambda: CustodyFactory(seized_on=day("15.03.2023"), detained_on=day("14.03.2023")),
        lambda: CustodyFactory(seized_on=day("2024"), detained_on=day("12.2023")),
    ],
    "custody_remanded_after_detained": [
        lambda: CustodyFactory(detained_on=day("15.03.2023"), remanded_on=day("14.03.2023"))
    ],
    "custody_remanded_after_seized": [
        lambda: CustodyFactory(detained_on=None, seized_on=day("04.2023"), remanded_on=day("31.03.2023"))
    ],
    "custody_expected_end_only_of_a_fixed_term": [
        lambda term=term: CustodyFactory(term=term, expected_end=day("2030"))
        for term in ("life", "treatment")
    ],
    "stay_no_certain_overlap": [
        two_stays({"began": day("01.2023"), "ongoing": True}, {"began": day("02.2024"), "ongoing": True}),
        two_stays(
            {"began": day("01.2023"), "ended": day("06.2023")},
            {"began": day("03.2023"), "ended": day("09.2023")},
        ),
        two_stays(
            {"began": day("01.2023"), "ended": day("06.2024")}, {"began": day("2023"), "ongoing": True}
        ),
    ],
    "stay_ends_after_it_began": [stay(ongoing=False, **BEFORE_AND_AFTER)],
    "stay_ongoing_has_no_end": [stay(ongoing=True, ended=day("2024"))],
    "stay_concealed_place_is_not_here": [stay(public="region_only"), stay(public="no")],
    "stay_concealed_region_is_not_here": [
        lambda: StayFactory(facility=None, public="no", region=RegionFactory()),
        stay(facility=None, public="no", note_ru="в подвале"),
        stay(facility=None, public="no", note_en="in a cellar"),
    ],
    "stay_home_is_never_shown": [stay(reason="house_arrest")],
    "endofcustody_release_has_ground_and_circumstance": [
        of(people.EndOfCustody, kind="release", ground="served"),
        of(people.EndOfCustody, kind="release", circumstance="ordinary"),
        of(people.EndOfCustody, **RELEASE | {"kind": "death"}),
        of(people.EndOfCustody, kind="escape", circumstance="ordinary"),
    ],
    "lead_open_has_a_next_step": [
        lambda: people.Lead.objects.create(title="x", came_on=date(2026, 1, 1), state="open"),
        lambda: people.Lead.objects.create(title="x", came_on=date(2026, 1, 1), next_step="позвонить"),
    ],
    "restrictionrequest_two_people_decide": [
        of(
            people.RestrictionRequest,
            **REQUEST,
            outcome="granted",
            decision="да",
            decided_by=1,
            confirmed_by=1,
        ),
        of(people.RestrictionRequest, **REQUEST, outcome="refused", decision="нет", decided_by=1),
        of(people.RestrictionRequest, **REQUEST, outcome="partly", decided_by=1, confirmed_by=2),
    ],
    "recognitionreview_outcome_known": [of(people.RecognitionReview, outcome="recognised")],
    "importkey_person_once": [
        twice(people.ImportKey, source=import_source, key="1", prisoner=same_person()),
    ],
    "importkey_facility_once": [
        twice(people.ImportKey, source=import_source, key="1", facility=a_facility),
    ],
    "importkey_of_one_record": [
        lambda: people.ImportKey.objects.create(source=import_source(), key="1"),
        lambda: people.ImportKey.objects.create(
            source=import_source(), key="1", prisoner=DraftFactory(), facility=a_facility()
        ),
    ],
    "namevariant_once": [twice(people.NameVariant, prisoner=same_person(), text="Горынцев")],
    "hiddennamevariant_once": [twice(people.HiddenNameVariant, prisoner=same_person(), text="Горынцев")],
    "citizenship_ends_after_it_began": [of(people.Citizenship, country="UA", **BEFORE_AND_AFTER)],
    "prisonertheme_once": [twice(people.PrisonerTheme, prisoner=same_person(), theme=word(people.Theme))],
    "prisonerlisting_once": [
        twice(people.PrisonerListing, prisoner=same_person(), prisoner_list=word(people.PrisonerList))
    ],
    "prisonerprofession_once": [
        twice(people.PrisonerProfession, prisoner=same_person(), profession=word(people.Profession))
    ],
    "prisonercommunity_once": [
        twice(people.PrisonerCommunity, prisoner=same_person(), community=word(people.Community))
    ],
    "prisonervulnerability_once": [
        twice(people.PrisonerVulnerability, prisoner=same_person(), vulnerability=word(people.Vulnerability))
    ],
    "identifier_once": [
        twice(people.ExternalIdentifier, prisoner=DraftFactory, scheme="Wikidata", value="Q1")
    ],
    "photo_stem_once": [twice(people.Photo, prisoner=DraftFactory, stem="0" * 24)],
    "photo_stem_is_random": [
        of(people.Photo, stem=text) for text in ("ivan", "IMG_1234", "0" * 23, "g" * 24, "A" * 24)
    ],
    "recognition_outcome_is_public": [
        lambda value=value: RecognitionFactory(outcome=value)
        for value in ("under_consideration", "refused", "")
    ],
    "recognition_not_before_the_project": [
        lambda: RecognitionFactory(on=day("27.10.2022")),
        lambda: RecognitionFactory(on=day("09.2022")),
    ],
    "recognition_not_after_memorial_hrc": [
        lambda: RecognitionFactory(decided_by="memorial_hrc", on=day("06.04.2022")),
        lambda: RecognitionFactory(decided_by="memorial_hrc", on=day("2023")),
    ],
    "recognition_other_body_is_named": [lambda: RecognitionFactory(decided_by="other")],
    "registerentry_removed_after_entered": [
        of(people.RegisterEntry, register="wanted", entered_on=day("03.2024"), removed_on=day("02.2024"))
    ],
    "citation_of_one_fact": [
        citation(prisoner=None),
        lambda: CitationFactory(prisoner=DraftFactory(), facility=a_facility()),
    ],
    "citation_without_origin_has_no_link": [
        citation(without_origin=True, publisher="", url="https://example.org/"),
        citation(without_origin=True, publisher="газета", url=""),
        citation(without_origin=True, publisher="", url="", archive_url="https://example.org/"),
    ],
    "confidentialcitation_of_one_fact": [
        lambda: people.ConfidentialCitation.objects.create(kind="lawyer", text="x"),
        confidential_of_two,
    ],
}
"""For each constraint, rows that it must refuse. A constraint without an example fails the test."""

ACCEPTED: dict[str, Callable[[], object]] = {
    "a stay that ends in the month of the death": lambda: StayFactory(
        prisoner=dead_since("03.2024"), ongoing=False, ended=day("14.03.2024")
    ),
    "died in the year of the arrest": lambda: people.Death.objects.create(
        prisoner=CustodyFactory().prisoner, on=day("2023")
    ),
    "recognised after death": lambda: RecognitionFactory(prisoner=dead_since("2023"), on=day("2024")),
    "a stay that began some day this year": stay(began=PartialDate(THIS_YEAR), ongoing=True),
    "died after a day that is known": of(people.Death, on=day("after 14.03.2023")),
    "released this year, day not known": of(people.EndOfCustody, kind="escape", on=PartialDate(THIS_YEAR)),
    "a release that is only expected": lambda: CustodyFactory(
        term="fixed", expected_end=PartialDate(THIS_YEAR + 5)
    ),
    "two stays that meet on a day": two_stays(
        {"began": day("01.2023"), "ended": day("14.03.2023")}, {"began": day("14.03.2023"), "ongoing": True}
    ),
    "two stays that may overlap within a month": two_stays(
        {"began": day("01.2023"), "ended": day("03.2023")}, {"began": day("03.2023"), "ongoing": True}
    ),
    "two stays in one year": two_stays(
        {"began": day("2023"), "ended": day("2023")}, {"began": day("2023"), "ongoing": True}
    ),
    "an earlier stay with an unknown end": two_stays(
        {"began": day("01.2020")}, {"began": day("01.2023"), "ongoing": True}
    ),
    "a stay whose beginning is unknown": two_stays(
        {"began": None, "ongoing": True}, {"began": day("2023"), "ongoing": True}
    ),
    "a temporary stay inside another": two_stays(
        {"began": day("01.2023"), "ongoing": True},
        {"began": day("02.2024"), "ongoing": True, "temporary": True},
    ),
    "ended in the month in which it began": stay(ongoing=False, began=day("03.2024"), ended=day("03.2024")),
    "ended in the year of a known beginning": stay(ongoing=False, began=day("14.03.2024"), ended=day("2024")),
    "ended before an unknown day": stay(ongoing=False, began=day("14.03.2024"), ended=day("after 2023")),
    "neither ended nor going on": stay(ongoing=False),
    "detained in the month of the seizure": lambda: CustodyFactory(
        seized_on=day("14.03.2023"), detained_on=day("03.2023")
    ),
    "detained on the day of the seizure": lambda: CustodyFactory(
        seized_on=day("14.03.2023"), detained_on=day("14.03.2023"), remanded_on=day("14.03.2023")
    ),
    "recognised in the month in which the project began": lambda: RecognitionFactory(on=day("10.2022")),
    "recognised in the year in which the project began": lambda: RecognitionFactory(on=day("2022")),
    "recognised by the project on its first day": lambda: RecognitionFactory(on=day("28.10.2022")),
    "recognised by Memorial on its last day": lambda: RecognitionFactory(
        decided_by="memorial_hrc", on=day("05.04.2022")
    ),
    "recognised on a day not known": lambda: RecognitionFactory(on=None),
    "of age in the year of arrest, perhaps": lambda: CustodyFactory(
        prisoner=PrisonerFactory(born=day("2005")), detained_on=day("14.03.2023")
    ),
    "a minor, not published": lambda: CustodyFactory(prisoner=DraftFactory(**BORN_2010)),
    "a minor by initials": lambda: CustodyFactory(
        prisoner=PrisonerFactory(born=day("2010"), initials_only=True)
    ),
    "a consent withdrawn on the day it was given": of(
        people.Consent, **CONSENT, withdrawn_on=CONSENT["given_on"]
    ),
    "house arrest with its region": lambda: StayFactory(
        reason="house_arrest", facility=None, region=RegionFactory()
    ),
    "a stay shown by its region": lambda: StayFactory(
        public="region_only", facility=None, region=RegionFactory()
    ),
    "a single name": person(**NO_NAME | {"given_names_ru": "Сукарно"}),
    "a person whose name is not known": person(
        **NO_NAME | {"described_as_ru": "Житель Мелитополя, 1987 г. р."}
    ),
    "a Ukrainian postal index": facility(postal_index="72300"),
    "initials with a year about": person(initials_only=True, born=day("about 1987")),
}
"""What must be taken in: nobody knows that it is wrong."""
