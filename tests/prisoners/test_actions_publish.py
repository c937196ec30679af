"""Publishing and withdrawing: what stands in the way, what becomes public, what the history says."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from memorial.base.acting import acting, command_actor
from memorial.base.choices import State, Verification
from memorial.base.models import HistoryEntry
from memorial.base.partial_date import PartialDate
from memorial.base.photos import public_names, public_storage
from prisoners import actions
from prisoners.choices import ConsentScope, InstitutionKind
from prisoners.models import (
    Citation,
    ConfidentialCitation,
    Consent,
    Photo,
    Prisoner,
    PrisonerPrivate,
    PrisonerVulnerability,
    RestrictionRequest,
    Vulnerability,
)
from tests.factories import (
    CitationFactory,
    CustodyFactory,
    DraftFactory,
    FacilityFactory,
    PrisonerFactory,
    RecognitionFactory,
    StayFactory,
)
from tests.prisoners.pictures import own_public_files, picture

pytestmark = pytest.mark.django_db
BY = 7


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    own_public_files(settings, tmp_path)


@pytest.fixture
def draft():
    person = DraftFactory(updated_on=None)
    CitationFactory(prisoner=person)
    return person


def files_of(stem):
    return [name for name in public_names(stem) if public_storage().exists(name)]


def history(record):
    entries = HistoryEntry.objects.filter(table=record._meta.db_table, row=str(record.pk))
    return entries.order_by("-id")


def test_a_person_without_obstacles_is_published_once_and_dated_once(draft):
    actions.publish(prisoner=draft, by=BY)
    first = draft.first_published_at
    assert draft.state == State.PUBLISHED
    assert first is not None
    assert draft.updated_on is not None
    entry = history(draft).first()
    assert (entry.actor, bool(entry.reason)) == ("staff:7", True)
    assert entry.after["state"] == "published"

    actions.withdraw(prisoner=draft, reason="  asked by the family ", by=8)
    before = draft.updated_on = date(2026, 1, 1)
    Prisoner.objects.filter(pk=draft.pk).update(updated_on=before)
    actions.publish(prisoner=draft, by=BY)
    assert draft.first_published_at == first
    assert draft.updated_on == before


def test_publishing_inside_a_command_keeps_its_actor(draft):
    with acting(command_actor("import_prisoners"), "a list of 2014"):
        actions.publish(prisoner=draft, by=None)
    assert history(draft).first().actor == "command:import_prisoners"


def test_the_actor_does_not_outlive_the_action(draft):
    actions.publish(prisoner=draft, by=BY)
    Prisoner.objects.filter(pk=draft.pk).update(sentence_ru="7 лет")
    assert history(draft).first().actor == ""


def obstacles(person):
    return actions.publication_obstacles(Prisoner.objects.get(pk=person.pk))


def only(person):
    """The one sentence that stands in the way of a person who is otherwise ready."""
    found = obstacles(person)
    assert len(found) == 1, found
    with pytest.raises(ValidationError) as refused, transaction.atomic():
        actions.publish(prisoner=person, by=BY)
    assert refused.value.messages == found
    assert Prisoner.objects.get(pk=person.pk).state == State.DRAFT
    return found[0]


def test_nothing_stands_in_the_way(draft):
    assert obstacles(draft) == []


def test_a_short_description_is_needed_in_one_language(draft):
    Prisoner.objects.filter(pk=draft.pk).update(summary_ru="")
    assert obstacles(draft) == []
    Prisoner.objects.filter(pk=draft.pk).update(summary_en="")
    assert "опис" in only(draft).lower() or "short description" in only(draft)


def test_somebody_described_needs_no_name():
    person = DraftFactory(
        surname_ru="", given_names_ru="", patronymic_ru="", surname_en="", given_names_en="",
        described_as_ru="Житель Степного Лимана, 1987 г. р.",
    )  # fmt: skip
    CitationFactory(prisoner=person)
    assert obstacles(person) == []


def test_a_source_is_needed_and_a_confidential_one_will_do(draft):
    Citation.objects.all().delete()
    only(draft)
    ConfidentialCitation.objects.create(prisoner=draft, kind="lawyer", text="said the lawyer")
    assert obstacles(draft) == []


def test_grave_facts_need_a_source_where_none_speaks_of_the_whole_person(draft):
    Citation.objects.all().delete()
    stay = StayFactory(prisoner=draft)
    Citation.objects.create(stay=stay, kind="media", title="a report")
    assert obstacles(draft) == []
    decision = RecognitionFactory(prisoner=draft)
    only(draft)
    Citation.objects.create(recognition=decision, kind="human_rights", title="the decision")
    assert obstacles(draft) == []


def test_unverified_facts_are_named(draft):
    stay = StayFactory(prisoner=draft, verification=Verification.UNVERIFIED)
    assert str(stay.facility) in only(draft)


def test_a_minor_at_arrest_is_published_by_initials_or_by_decision(draft):
    Prisoner.objects.filter(pk=draft.pk).update(born=PartialDate.parse("02.10.2007"))
    CustodyFactory(prisoner=draft, detained_on=PartialDate.parse("01.10.2025"))
    assert str(Prisoner.REFUSALS["prisoner_minor_by_initials"]) in obstacles(draft)
    PrisonerPrivate.objects.create(
        prisoner=draft, minor_decision="Two people decided, with the mother's consent."
    )
    # With the decision only the rule of two people is left (tests/rights).
    (said,) = obstacles(draft)
    assert "18" in said


def test_who_may_have_been_of_age_is_no_certain_minor(draft):
    Prisoner.objects.filter(pk=draft.pk).update(born=PartialDate.parse("2007"))
    CustodyFactory(prisoner=draft, detained_on=PartialDate.parse("2025"))
    assert obstacles(draft) == []


@pytest.mark.parametrize("day", ["28.02.2026", "01.03.2026", "2026", "27.02.2026", "~2025"])
def test_python_and_the_database_agree_who_is_a_minor(draft, day):
    """The obstacle is said exactly where the trigger would refuse; born on a 29 February."""
    Prisoner.objects.filter(pk=draft.pk).update(born=PartialDate.parse("29.02.2008"))
    CustodyFactory(prisoner=draft, detained_on=PartialDate.parse(day))
    try:
        with transaction.atomic():
            Prisoner.objects.filter(pk=draft.pk).update(state="published")
        refused = False
    except Exception:
        refused = True
    Prisoner.objects.filter(pk=draft.pk).update(state="draft")
    assert bool(obstacles(draft)) == refused


def test_a_refusal_to_be_listed_stands_in_the_way_until_it_is_withdrawn(draft):
    refusal = consent(draft, ConsentScope.LISTED, given=False, by="relative")
    only(draft)
    # The person's own word prevails over a relative's, though it is older.
    own = consent(draft, ConsentScope.LISTED, given=True, given_on=date(2023, 1, 1))
    assert obstacles(draft) == []
    own.delete()
    Consent.objects.filter(pk=refusal.pk).update(withdrawn_on=date(2025, 1, 1))
    assert obstacles(draft) == []


def test_a_vulnerability_needs_the_consent_in_force(draft):
    health = Vulnerability.objects.create(code="ill", label_ru="болезнь", consent_scope="health")
    given = consent(draft, ConsentScope.HEALTH)
    PrisonerVulnerability.objects.create(prisoner=draft, vulnerability=health)
    assert obstacles(draft) == []
    consent(draft, ConsentScope.HEALTH, given=False, given_on=date(2025, 1, 1))
    assert "болезнь" in only(draft)
    assert given.pk


def test_an_undecided_request_to_restrict_stands_in_the_way(draft):
    RestrictionRequest.objects.create(
        prisoner=draft, by="person", received_on=date(2026, 1, 1), text="hide", review_on=date(2026, 2, 1)
    )
    only(draft)


def consent(person, scope, *, given=True, by="person", given_on=date(2024, 1, 1)):
    return Consent.objects.create(
        prisoner=person, scope=scope, given=given, by=by, how="letter", given_on=given_on
    )


def test_obstacles_are_asked_in_a_fixed_number_of_queries(draft):
    def ask():
        person = Prisoner.objects.get(pk=draft.pk)
        with CaptureQueriesContext(connection) as queries:
            actions.publication_obstacles(person)
        return len(queries)

    StayFactory(prisoner=draft)
    one = ask()
    StayFactory(prisoner=draft, temporary=True)
    StayFactory(prisoner=draft, temporary=True)
    assert ask() == one


# --- states -------------------------------------------------------------------------------------


def test_the_way_of_a_draft(draft):
    actions.send_for_review(prisoner=draft, by=BY)
    assert draft.state == State.READY
    with pytest.raises(ValidationError), transaction.atomic():
        actions.send_for_review(prisoner=draft, by=BY)
    actions.back_to_draft(prisoner=draft, by=BY)
    assert draft.state == State.DRAFT
    actions.publish(prisoner=draft, by=BY)
    with pytest.raises(ValidationError), transaction.atomic():
        actions.back_to_draft(prisoner=draft, by=BY)
    assert Prisoner.objects.get().state == State.PUBLISHED


def test_withdrawing_needs_a_reason_and_keeps_it(draft):
    actions.publish(prisoner=draft, by=BY)
    with pytest.raises(ValidationError), transaction.atomic():
        actions.withdraw(prisoner=draft, reason=" ", by=BY)
    assert Prisoner.objects.published().exists()
    actions.withdraw(prisoner=draft, reason="asked by the family", by=8)
    assert not Prisoner.objects.published().exists()
    entry = history(draft).first()
    assert (entry.actor, entry.reason) == ("staff:8", "asked by the family")
    actions.withdraw(prisoner=draft, reason="again", by=8)


def test_a_form_that_is_open_elsewhere_is_not_overwritten(draft):
    stale = Prisoner.objects.get(pk=draft.pk)
    Prisoner.objects.filter(pk=draft.pk).update(sentence_ru="6 лет")
    version = Prisoner.objects.get().version
    actions.publish(prisoner=stale, by=BY)
    assert stale.sentence_ru == "6 лет"
    assert stale.version == version + 1


def test_a_deleted_person_is_a_sentence(draft):
    gone = Prisoner.objects.get(pk=draft.pk)
    draft.delete()
    with pytest.raises(ValidationError):
        actions.publish(prisoner=gone, by=BY)


# --- photos -------------------------------------------------------------------------------------


def test_publishing_shows_the_photos_that_may_be_shown(draft, django_capture_on_commit_callbacks):
    shown = actions.add_photo(prisoner=draft, data=picture(), alt_ru="На суде", by=BY)
    hidden = actions.add_photo(prisoner=draft, data=picture(), by=BY)
    actions.hide_photo(photo=hidden, reason="not sure whose it is", by=BY)
    assert not Photo.objects.exclude(stem="").exists()

    actions.publish(prisoner=draft, by=BY)
    shown.refresh_from_db()
    hidden.refresh_from_db()
    assert len(files_of(shown.stem)) == 6
    assert hidden.stem == ""

    stem = shown.stem
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw(prisoner=draft, reason="asked by the family", by=BY)
        assert len(files_of(stem)) == 6  # not before it is certain
    assert files_of(stem) == []
    assert Photo.objects.exclude(stem="").count() == 0

    actions.publish(prisoner=draft, by=BY)
    shown.refresh_from_db()
    assert shown.stem != stem  # a known address never answers again
    assert len(files_of(shown.stem)) == 6


def test_files_of_a_publication_that_fails_are_taken_back(draft, monkeypatch):
    actions.add_photo(prisoner=draft, data=picture(), by=BY)
    before = set(public_storage().listdir("photos")[1]) if public_storage().exists("photos") else set()
    failing = actions.add_photo(prisoner=draft, data=picture(), by=BY)
    failing.original.file.storage.delete(failing.original.file.name)
    with pytest.raises(ValidationError), transaction.atomic():
        actions.publish(prisoner=draft, by=BY)
    assert Prisoner.objects.get().state == State.DRAFT
    assert set(public_storage().listdir("photos")[1]) == before


def test_a_refusal_in_force_keeps_photos_away(draft):
    photo = actions.add_photo(prisoner=draft, data=picture(), by=BY)
    refusal = consent(draft, ConsentScope.PHOTO, given=False)
    actions.publish(prisoner=draft, by=BY)
    photo.refresh_from_db()
    assert photo.stem == ""
    with pytest.raises(ValidationError), transaction.atomic():
        actions.publish_photo(photo=photo, reason="looks good", by=BY)
    refusal.delete()
    actions.publish_photo(photo=photo, reason="the refusal was a mistake", by=BY)
    assert files_of(photo.stem)
    assert history(photo).first().reason == "the refusal was a mistake"


def test_a_photo_of_a_draft_waits_for_the_person(draft):
    photo = actions.add_photo(prisoner=draft, data=picture(), by=BY)
    actions.hide_photo(photo=photo, reason="bad", by=BY)
    actions.publish_photo(photo=photo, reason="good after all", by=BY)
    assert photo.stem == ""
    assert photo.original.hidden is False
    actions.publish(prisoner=draft, by=BY)
    photo.refresh_from_db()
    assert photo.stem


# --- institutions -------------------------------------------------------------------------------


def test_an_institution_comes_and_goes():
    place = FacilityFactory(state=State.DRAFT)
    actions.publish_facility(facility=place, by=BY)
    assert place.is_published
    assert place.first_published_at
    actions.withdraw_facility(facility=place, reason="it is another one", by=BY)
    assert place.state == State.WITHDRAWN
    assert history(place).first().reason == "it is another one"


def test_a_secret_place_has_no_page():
    place = FacilityFactory(state=State.DRAFT, kind=InstitutionKind.UNOFFICIAL, street="", postal_index="")
    with pytest.raises(ValidationError), transaction.atomic():
        actions.publish_facility(facility=place, by=BY)


# --- checked, nothing changed -------------------------------------------------------------------


def test_checked_nothing_changed():
    person = PrisonerFactory(facts_checked_on=date(2026, 10, 1), place_checked_on=None)
    version = Prisoner.objects.get().version
    actions.confirm_unchanged(prisoner=person, on=date(2026, 9, 1), by=BY)
    assert (person.facts_checked_on, person.place_checked_on) == (date(2026, 10, 1), date(2026, 9, 1))
    assert person.version == version + 1
    assert history(person).first().actor == "staff:7"
    with pytest.raises(ValidationError), transaction.atomic():
        actions.confirm_unchanged(prisoner=person, on=date(2126, 9, 1), by=BY)


def test_an_institution_is_checked_for_all_who_are_there():
    stay = StayFactory(facility__address_checked_on=None)
    actions.confirm_facility(facility=stay.facility, on=date(2026, 9, 1), by=BY)
    assert stay.facility.address_checked_on == date(2026, 9, 1)
    stay.prisoner.refresh_from_db()
    assert stay.prisoner.place_checked_on is None
