"""The second pair of eyes is the database's: what one account wrote, readers see when another has looked."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, connection, transaction

from cases.actions.bulk import enter_releases
from memorial.base.acting import acting, command_actor, staff_actor, two_actors
from memorial.base.choices import Verification
from memorial.base.content_version import forget_content_version
from memorial.base.models import ContentVersion
from memorial.base.partial_date import PartialDate
from prisoners import actions
from prisoners.actions.second_look import ask_again, confirm_look, confirm_looks, return_look
from prisoners.models import (
    Death,
    EndOfCustody,
    Prisoner,
    PrisonerTheme,
    Recognition,
    SecondLook,
    Statement,
    Theme,
)
from tests.factories import (
    ChargeFactory,
    CitationFactory,
    CustodyFactory,
    DraftFactory,
    PrisonerFactory,
    StayFactory,
)

pytestmark = pytest.mark.django_db
LINK = "https://example.org/news/1"
FIRST, SECOND = 7, 8


@pytest.fixture
def held() -> Prisoner:
    person = PrisonerFactory(slug="held")
    custody = CustodyFactory(prisoner=person)
    StayFactory(prisoner=person, began=custody.detained_on)
    return person


def enter(person, kind, on="14.05.2024", by=FIRST, **more):
    return actions.quick_entry(prisoner=person, kind=kind, on=on, source_url=LINK, by=by, **more)


def shown(reader, person) -> str:
    cache.clear()
    forget_content_version()
    return reader.get(f"/ru/prisoners/{person.slug}/").content.decode().replace("\u00a0", " ")


WORDS = {"released": "Освобождён", "died": "Умер", "recognised": "Признан политзаключённым"}


@pytest.mark.parametrize("kind", WORDS)
def test_news_of_one_person_is_not_public_in_any_way_until_another_confirms_it(reader, held, kind):
    before = shown(reader, held)
    # One row a transaction: what a test makes is one.
    ContentVersion.objects.all().delete()
    assert WORDS[kind] not in before
    enter(held, kind)
    assert shown(reader, held) == before
    assert not ContentVersion.objects.exists()
    (look,) = SecondLook.objects.for_eyes_of(staff_actor(SECOND)).filter(end_of_custody=None) | (
        SecondLook.objects.for_eyes_of(staff_actor(SECOND)).filter(end_of_custody__kind="release")
    )
    confirm_look(look=look, by=SECOND)
    assert WORDS[kind] in shown(reader, held)
    assert ContentVersion.objects.exists()
    assert not SecondLook.objects.waiting().exists()


def test_with_a_confirmed_release_the_stay_ends_and_the_day_of_the_last_event_moves(held):
    before = held.updated_on
    enter(held, "released", on="21.11.2026")
    assert held.stays.get().ongoing
    held.refresh_from_db()
    assert held.updated_on == before
    confirm_look(look=SecondLook.objects.get(), by=SECOND)
    stay = held.stays.get()
    assert (stay.ongoing, str(stay.ended)) == (False, str(PartialDate.parse("21.11.2026")))
    held.refresh_from_db()
    assert str(held.updated_on) == "2026-11-21"


@pytest.mark.parametrize("again", ["action", "column", "sql"])
def test_the_same_account_does_not_confirm_its_own(held, again):
    row = enter(held, "recognised")
    with acting(staff_actor(FIRST)):
        if again == "action":
            with pytest.raises(ValidationError, match=r"\w"):
                confirm_look(look=SecondLook.objects.get(), by=FIRST)
        elif again == "column":
            Recognition.objects.filter(pk=row.pk).update(verification=Verification.DOCUMENT_SEEN)
        else:
            with connection.cursor() as cursor:
                cursor.execute("UPDATE prisoners_recognition SET verification = 'one_source'")
    row.refresh_from_db()
    assert row.verification == Verification.UNVERIFIED
    look = SecondLook.objects.get()
    assert (look.entered_by, look.confirmed_by) == ("staff:7", "")
    assert look.wanted == ("document_seen" if again == "column" else "one_source")


def test_how_far_it_was_checked_is_not_lost_while_it_waits(held):
    with acting(staff_actor(FIRST)):
        row = Death.objects.create(prisoner=held, on=PartialDate.parse("2025"), verification="document_seen")
    confirm_look(look=SecondLook.objects.get(), by=SECOND)
    row.refresh_from_db()
    assert row.verification == "document_seen"
    assert SecondLook.objects.get().confirmed_by == "staff:8"


def confirmed_release(person) -> EndOfCustody:
    row = enter(person, "released")
    confirm_look(look=SecondLook.objects.get(end_of_custody=row), by=SECOND)
    row.refresh_from_db()
    return row


@pytest.mark.parametrize(
    ("column", "value", "still_public"),
    [
        ("on", PartialDate.parse("15.05.2024"), False),
        ("circumstance", "exchange", False),
        ("note_ru", "Другая строка", True),
        ("verification", "two_independent", True),
    ],
)
def test_a_change_of_what_was_confirmed_is_looked_at_again_and_its_wording_is_not(
    held, column, value, still_public
):
    row = confirmed_release(held)
    with acting(staff_actor(SECOND)):
        EndOfCustody.objects.filter(pk=row.pk).update(**{column: value})
    row.refresh_from_db()
    assert (row.verification != Verification.UNVERIFIED) is still_public
    if not still_public:
        look = SecondLook.objects.get(end_of_custody=row)
        assert (look.entered_by, look.wanted, look.confirmed_by) == ("staff:8", "one_source", "")
        confirm_look(look=look, by=FIRST)


def test_one_person_hides_a_fact_and_does_not_bring_back_their_own(held):
    row = confirmed_release(held)
    with acting(staff_actor(FIRST)):
        for checked in ("unverified", "one_source"):
            EndOfCustody.objects.filter(pk=row.pk).update(verification=checked)
    row.refresh_from_db()
    assert row.verification == "unverified"
    assert SecondLook.objects.get().is_waiting


def test_nobody_is_no_second_person(held):
    """A path of writing that forgot to say who acts shows nothing: the web roles never go unnamed."""
    row = enter(held, "recognised")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE staff_rw")
        cursor.execute("UPDATE prisoners_recognition SET verification = 'one_source'")
        cursor.execute("RESET ROLE")
    row.refresh_from_db()
    assert row.verification == Verification.UNVERIFIED


def test_a_migration_takes_old_decisions_as_they_are(held):
    Recognition.objects.create(prisoner=held, on=PartialDate.parse("12.05.2023"))
    assert Recognition.objects.get().verification == Verification.ONE_SOURCE
    assert not SecondLook.objects.exists()


def test_a_command_needs_two_named_actors(held):
    with acting(command_actor("import")):
        one = Recognition.objects.create(prisoner=held, on=PartialDate.parse("12.05.2023"))
    with acting(two_actors(command_actor("load_demo"), command_actor("load_demo: read"))):
        two = Recognition.objects.create(prisoner=PrisonerFactory(), on=PartialDate.parse("12.05.2023"))
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.verification, two.verification) == ("unverified", "one_source")
    with pytest.raises(ValueError, match="Two different"):
        two_actors("command:x", "command:x")
    confirm_look(look=SecondLook.objects.get(recognition=one), by=FIRST)


def test_the_office_can_write_neither_who_entered_nor_who_confirmed(held, as_role):
    enter(held, "recognised")
    for statement in (
        "UPDATE prisoners_secondlook SET confirmed_by = 'staff:8'",
        "UPDATE prisoners_secondlook SET entered_by = 'staff:9'",
        "INSERT INTO prisoners_secondlook (prisoner_id, wanted, entered_by, entered_at, confirmed_by,"
        " returned_word, returned_by) SELECT prisoner_id, 'published', 'x', now(), 'y', '', ''"
        " FROM prisoners_secondlook",
    ):
        with (
            as_role("staff_rw"),
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
    with as_role("site_ro"), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        SecondLook.objects.count()


def test_what_was_looked_at_is_what_is_confirmed(held):
    row = enter(held, "released")
    seen = SecondLook.objects.get().entered_at
    with acting(staff_actor(FIRST)):
        EndOfCustody.objects.filter(pk=row.pk).update(circumstance="expulsion")
    with pytest.raises(ValidationError, match=r"changed|изменил"):
        confirm_look(look=SecondLook.objects.get(), by=SECOND, seen=seen)


def test_a_colleague_returns_it_with_a_word_and_its_author_asks_again(held):
    enter(held, "recognised")
    look = SecondLook.objects.get()
    with pytest.raises(ValidationError):
        return_look(look=look, word="  ", by=SECOND)
    with pytest.raises(ValidationError):
        return_look(look=look, word="Мой же", by=FIRST)
    return_look(look=look, word="Дата не та", by=SECOND)
    assert not SecondLook.objects.for_eyes_of(staff_actor(SECOND)).exists()
    assert SecondLook.objects.sent_back_to(staff_actor(FIRST)).get().returned_word == "Дата не та"
    with pytest.raises(ValidationError):
        ask_again(look=look, by=SECOND)
    ask_again(look=look, by=FIRST)
    assert SecondLook.objects.for_eyes_of(staff_actor(SECOND)).get() == look


def test_a_death_and_the_end_by_it_are_one_piece_of_news(held):
    enter(held, "died")
    assert SecondLook.objects.waiting().count() == 2
    assert confirm_looks(looks=list(SecondLook.objects.waiting()), by=SECOND) == 1
    assert not SecondLook.objects.waiting().exists()
    assert not held.stays.get().ongoing


def test_an_exchange_is_confirmed_as_it_was_entered_all_at_once():
    people = [PrisonerFactory() for _ in range(3)]
    for person in people:
        StayFactory(prisoner=person, facility=None)
    enter_releases(people=people, on=PartialDate.parse("01.08.2024"), source_url=LINK, by=FIRST)
    assert Prisoner.objects.filter(stays__ongoing=True).count() == 3
    assert confirm_looks(looks=SecondLook.objects.for_eyes_of("staff:8"), by=SECOND) == 3
    assert not Prisoner.objects.filter(stays__ongoing=True).exists()


def test_what_waits_is_not_entered_twice(held):
    enter(held, "recognised")
    with pytest.raises(ValidationError):
        enter(held, "recognised", by=SECOND)


def test_the_statement_of_a_recognition_that_waits_is_not_public(held, as_role):
    statement = Statement.objects.create(title_ru="Заявление")
    with acting(staff_actor(FIRST)):
        row = Recognition.objects.create(
            prisoner=held, on=PartialDate.parse("12.05.2023"), statement=statement
        )
    with as_role("site_ro"):
        assert not Statement.objects.exists()
    confirm_look(look=SecondLook.objects.get(recognition=row), by=SECOND)
    with as_role("site_ro"):
        assert Statement.objects.exists()


def test_it_goes_with_the_fact_and_with_the_person(held):
    enter(held, "recognised")
    held.recognitions.get().delete()
    assert not SecondLook.objects.exists()
    enter(held, "released")
    held.delete()
    assert not SecondLook.objects.exists()


# --- Pages ------------------------------------------------------------------------------------------


def ready_to_be_published(**fields) -> Prisoner:
    person = DraftFactory(**fields)
    CitationFactory(prisoner=person)
    return person


def themed(code):
    def make() -> Prisoner:
        person = ready_to_be_published()
        theme = Theme.objects.get_or_create(code=code, defaults={"label_ru": code})[0]
        PrisonerTheme.objects.create(prisoner=person, theme=theme)
        return person

    return make


def of_treason_by_charge() -> Prisoner:
    person = ready_to_be_published()
    ChargeFactory(prosecution__prisoner=person, article__number="275.1", part="")
    return person


def minor() -> Prisoner:
    person = ready_to_be_published(born=PartialDate.parse("2007"), initials_only=True)
    CustodyFactory(prisoner=person)
    return person


def cooperating() -> Prisoner:
    from cases.models import ProsecutionPrivate

    person = ready_to_be_published()
    prosecution = ChargeFactory(prosecution__prisoner=person).prosecution
    ProsecutionPrivate.objects.create(prosecution=prosecution, cooperation_note="x")
    return person


def tortured() -> Prisoner:
    from prisoners.models import Consent, PrisonerVulnerability, Vulnerability

    person = ready_to_be_published()
    Consent.objects.create(
        prisoner=person, scope="ill_treatment", by="person", how="letter", given_on="2025-01-01"
    )
    claims = Vulnerability.objects.create(code="torture", label_ru="пытки", consent_scope="ill_treatment")
    PrisonerVulnerability.objects.create(prisoner=person, vulnerability=claims)
    return person


GRAVE = {
    "treason by theme": (themed("treason"), "treason"),
    "treason by charge": (of_treason_by_charge, "treason"),
    "letters harm": (lambda: ready_to_be_published(letters_from_abroad_harmful=True), "treason"),
    "lgbt": (themed("lgbt"), "lgbt"),
    "minor": (minor, "minor"),
    "torture": (tortured, "torture"),
    "cooperation": (cooperating, "cooperation"),
}


@pytest.mark.parametrize("kind", GRAVE)
def test_a_grave_page_is_published_by_another_than_the_one_who_sent_it(kind):
    make, reason = GRAVE[kind]
    person = make()
    assert person.second_look_reasons() == [reason]
    with pytest.raises(ValidationError):
        actions.publish(prisoner=person, by=FIRST)
    actions.send_for_review(prisoner=person, by=FIRST)
    with pytest.raises(ValidationError) as refused:
        actions.publish(prisoner=person, by=FIRST)
    assert refused.value.messages == [str(Prisoner.REFUSALS["prisoner_published_by_two"])]
    actions.publish(prisoner=person, by=SECOND)
    assert person.is_published
    assert SecondLook.objects.get(prisoner=person).confirmed_by == "staff:8"


def test_the_database_refuses_it_by_every_path():
    person = themed("treason")()
    for actor in ("staff:7", "command:import_prisoners"):
        with acting(actor), pytest.raises(IntegrityError, match="sent it for review"), transaction.atomic():
            Prisoner.objects.filter(pk=person.pk).update(state="published")
    with acting("staff:7"):
        Prisoner.objects.filter(pk=person.pk).update(state="ready")
        with pytest.raises(IntegrityError), transaction.atomic():
            Prisoner.objects.filter(pk=person.pk).update(state="published")


def test_a_page_that_was_withdrawn_is_sent_for_review_anew():
    person = themed("lgbt")()
    actions.send_for_review(prisoner=person, by=FIRST)
    actions.publish(prisoner=person, by=SECOND)
    actions.withdraw(prisoner=person, reason="Просьба", by=FIRST)
    with pytest.raises(ValidationError):
        actions.publish(prisoner=person, by=SECOND)


def test_a_page_without_such_a_reason_is_published_by_one():
    person = ready_to_be_published()
    ChargeFactory(prosecution__prisoner=person, article__number="207.3")
    assert person.second_look_reasons() == []
    actions.publish(prisoner=person, by=FIRST)
    assert person.is_published


def test_a_fact_that_waits_does_not_keep_its_page_back(reader):
    person = ready_to_be_published(slug="new")
    enter(person, "recognised")
    actions.publish(prisoner=person, by=FIRST)
    page = shown(reader, person)
    assert "Горинцев" in page
    assert WORDS["recognised"] not in page
