"""What triggers refuse, whoever writes: minors, initials, consent (domain, rules 14 and 15)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, models, transaction

from memorial.base.choices import State
from memorial.base.database import our_tables
from prisoners import models as people
from tests.factories import CustodyFactory, DraftFactory, PrisonerFactory
from tests.prisoners.refused_rows import BORN_2010, CONSENT, day
from tests.prisoners.test_constraints import refuses

pytestmark = pytest.mark.django_db
OF_TRIGGERS = {name for model in our_tables() for name in getattr(model, "REFUSALS", {})}


def minor(**fields: Any) -> people.Prisoner:
    """Thirteen at the arrest, not published."""
    inmate = DraftFactory(**BORN_2010, **fields)
    CustodyFactory(prisoner=inmate, detained_on=day("14.03.2024"))
    return inmate


def update(row: models.Model, **fields: Any) -> Callable[[], object]:
    return lambda: type(row)._base_manager.filter(pk=row.pk).update(**fields)


def test_a_minor_cannot_be_published_by_name_by_any_path():
    inmate = minor()
    name = "prisoner_minor_by_initials"
    refuses(name, update(inmate, state=State.PUBLISHED))
    inmate.state = State.PUBLISHED
    refuses(name, inmate.save)
    refuses(name, lambda: people.Prisoner.objects.bulk_update([inmate], ["state"]))

    def raw() -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE prisoners_prisoner SET state = 'published' WHERE id = %s", [inmate.pk])

    refuses(name, raw)


def test_a_published_person_does_not_become_a_minor_unnoticed():
    """By a date of birth, a date of arrest, or the name put back in place of the initials."""
    name = "prisoner_minor_by_initials"
    by_initials = PrisonerFactory(born=day("2010"), initials_only=True)
    CustodyFactory(prisoner=by_initials)
    refuses(name, update(by_initials, initials_only=False))
    adult = CustodyFactory().prisoner
    refuses(name, update(adult, **BORN_2010))
    young = PrisonerFactory(**BORN_2010)
    custody = CustodyFactory(prisoner=young, detained_on=None)
    refuses(name, update(custody, seized_on=day("2024")))
    refuses(name, lambda: CustodyFactory(prisoner=young))


def test_a_recorded_decision_lets_a_minor_be_shown_and_cannot_be_taken_out_then():
    inmate = minor()
    private = people.PrisonerPrivate.objects.create(
        prisoner=inmate, minor_decision="12.11.2026, двое, согласие отца"
    )
    update(inmate, state=State.PUBLISHED)()
    refuses("prisoner_minor_by_initials", update(private, minor_decision=""))
    refuses("prisoner_minor_by_initials", private.delete)
    update(inmate, state=State.WITHDRAWN)()
    private.delete()


def test_eighteen_on_the_day_of_the_arrest_is_of_age():
    for arrest, is_minor in (("01.10.2023", True), ("02.10.2023", False)):
        inmate = DraftFactory(born=day("02.10.2005"))
        CustodyFactory(prisoner=inmate, detained_on=day(arrest))
        if is_minor:
            refuses("prisoner_minor_by_initials", update(inmate, state=State.PUBLISHED))
        else:
            update(inmate, state=State.PUBLISHED)()


def test_a_minor_and_a_person_by_initials_have_no_public_photo():
    for inmate in (minor(), PrisonerFactory(initials_only=True, born=None)):
        photo = people.Photo.objects.create(prisoner=inmate)
        refuses("photo_not_of_initials", update(photo, stem="0" * 24))
        refuses(
            "photo_not_of_initials",
            lambda inmate=inmate: people.Photo.objects.create(prisoner=inmate, stem="1" * 24),
        )
    moved = people.Photo.objects.create(prisoner=PrisonerFactory(), stem="2" * 24)
    refuses("photo_not_of_initials", update(moved, prisoner=PrisonerFactory(initials_only=True, born=None)))


@pytest.mark.parametrize(
    "beside",
    [
        lambda inmate: people.Photo.objects.create(prisoner=inmate, stem="0" * 24),
        lambda inmate: people.NameVariant.objects.create(prisoner=inmate, text="Горынцев"),
        lambda inmate: people.ExternalIdentifier.objects.create(
            prisoner=inmate, scheme="Wikidata", value="Q1"
        ),
    ],
)
def test_initials_do_not_stand_beside_what_tells_the_name(beside):
    """Whichever comes first."""
    shown = PrisonerFactory(born=None)
    beside(shown)
    refuses("prisoner_initials_stand_alone", update(shown, initials_only=True))
    by_initials = PrisonerFactory(born=None, initials_only=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        beside(by_initials)


HEALTH = {**CONSENT, "scope": "health"}
TOMORROW, YESTERDAY = date.today() + timedelta(days=2), date.today() - timedelta(days=2)  # noqa: DTZ011


@pytest.fixture
def illness() -> people.Vulnerability:
    return people.Vulnerability.objects.create(code="ill", label_ru="болезнь", consent_scope="health")


@pytest.mark.parametrize(
    "consent",
    [
        None,
        {"given": False},
        {"scope": "photo"},
        {"expires_on": YESTERDAY, "given_on": date(2020, 1, 1)},
        {"withdrawn_on": YESTERDAY, "given_on": date(2020, 1, 1)},
    ],
)
def test_what_needs_a_consent_is_refused_without_one_in_force(illness, consent):
    inmate = PrisonerFactory()
    people.Consent.objects.create(prisoner=PrisonerFactory(), **HEALTH)  # somebody else's
    if consent is not None:
        people.Consent.objects.create(prisoner=inmate, **HEALTH | consent)
    refuses(
        "prisonervulnerability_needs_consent",
        lambda: people.PrisonerVulnerability.objects.create(prisoner=inmate, vulnerability=illness),
    )


def test_what_needs_a_consent_is_accepted_with_one_and_goes_with_it(illness):
    inmate = PrisonerFactory()
    consents = [
        people.Consent.objects.create(prisoner=inmate, **HEALTH, expires_on=TOMORROW) for _ in range(2)
    ]
    old_age = people.Vulnerability.objects.create(code="old", label_ru="старость")
    for what in (illness, old_age):
        people.PrisonerVulnerability.objects.create(prisoner=inmate, vulnerability=what)

    def shown() -> list[str]:
        return sorted(inmate.vulnerability_links.values_list("vulnerability__code", flat=True))

    consents[0].delete()
    assert shown() == ["ill", "old"], "the other consent is still in force"
    people.Consent.objects.filter(pk=consents[1].pk).update(withdrawn_on=YESTERDAY)
    assert shown() == ["old"]


def test_every_refusal_of_a_trigger_has_a_sentence_and_every_sentence_a_trigger():
    folders = ("prisoners", "cases", "assistance", "donations", "memorial/*")
    files = [path for folder in folders for path in Path(settings.BASE_DIR).glob(f"{folder}/sql/*.sql")]
    written = "".join(path.read_text() for path in files)
    named = {name for name in OF_TRIGGERS if f"'{name}'" in written}
    # Refusals of the future are named after their table.
    of_the_future = {
        f"{model._meta.db_table}_happened"
        for model in our_tables()
        if any(name == "happened" for name, _timing, _call in getattr(model, "TRIGGERS", ()))
    }
    assert "TG_TABLE_NAME || '_happened'" in written
    assert named | of_the_future == OF_TRIGGERS
    assert len(of_the_future) >= 6
    assert len(re.findall(r"CONSTRAINT = '|memorial_refuse_\w+\('", written)) >= len(named)
