"""The hand-written people: every special shape of the domain is among them, and nobody real."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Count, F, Q
from PIL import Image

from memorial.base.acting import command_actor
from memorial.base.choices import SourceKind, State, Verification
from memorial.base.models import HistoryEntry
from memorial.demo.reading import PORTRAITS, people
from memorial.management.commands.load_demo import ACTOR
from prisoners.choices import LibertyStatus
from prisoners.models import (
    Citation,
    Citizenship,
    ConfidentialCitation,
    Consent,
    Correction,
    Custody,
    Death,
    EndOfCustody,
    Facility,
    Lead,
    NameVariant,
    Photo,
    Prisoner,
    PrisonerPrivate,
    Recognition,
    RecognitionReview,
    RegisterEntry,
    RestrictionRequest,
    StaffNote,
    Stay,
    StayPrivate,
)
from prisoners.obstacles import publication_obstacles

TODAY = date(2026, 11, 23)
SURNAMES = Path(__file__).with_name("invented_surnames.txt")
HISTORY_OF_A_LOAD = 1000
HAND_WRITTEN = 67


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """The invented world, loaded once for this module and rolled back after it."""
    from django.db import transaction
    from django.test import override_settings

    with django_db_blocker.unblock(), override_settings(DEMO_DATA_ALLOWED=True), transaction.atomic():
        call_command("load_demo", people=HAND_WRITTEN, verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def world(demo, db):
    """A test's own view of the invented world."""
    return Prisoner.objects


def liberty(slug: str) -> str:
    return Prisoner.objects.with_liberty(TODAY).get(slug=slug).liberty


def test_loading_again_changes_nothing(world, settings, capsys):
    settings.DEMO_DATA_ALLOWED = True
    before = HistoryEntry.objects.count()
    assert before > HISTORY_OF_A_LOAD
    call_command("load_demo")
    assert HistoryEntry.objects.count() == before
    assert "nothing was changed" in capsys.readouterr().out


def test_loading_is_signed_in_the_history(world):
    people_rows = HistoryEntry.objects.filter(table="prisoners_prisoner")
    assert people_rows.filter(actor=ACTOR, operation=HistoryEntry.Operation.INSERT).exists()
    # A translation has two hands, each of which signs alone.
    actors = set(people_rows.values_list("actor", flat=True))
    assert {actor for actor in actors if not actor.startswith(command_actor("load_demo"))} == set()


def test_sixty_people_and_eight_institutions(world):
    assert world.count() == len(list(people())) == HAND_WRITTEN
    assert Facility.objects.published().count() >= 8
    assert {row["state"] for row in world.values("state")} == set(State.values)


def test_nobody_is_real(world):
    """Each surname is on the list that people have read; a new one is added to it with open eyes."""
    invented = set(SURNAMES.read_text(encoding="utf-8").split("\n"))
    named = world.filter(initials_only=False)
    for code in ("ru", "en"):
        assert set(named.values_list(f"surname_{code}", flat=True)) - {""} <= invented
    for private in PrisonerPrivate.objects.filter(prisoner__initials_only=True):
        assert private.moved_names["fields"]["surname_ru"] in invented


def test_no_institution_can_receive_a_letter(world):
    indexes = set(Facility.objects.exclude(postal_index="").values_list("postal_index", flat=True))
    assert len(indexes) >= 6
    assert all(index.startswith("999") for index in indexes)


def test_no_link_leads_to_somebody(world):
    links = {
        *Citation.objects.values_list("url", flat=True),
        *RegisterEntry.objects.values_list("number", flat=True),
    }
    assert all(link.startswith("https://example.org/") for link in links if "//" in link)


@pytest.mark.parametrize(
    ("slug", "status"),
    [
        ("rozhdestvenskaya-pereverzeva-alexandra", LibertyStatus.IMPRISONED),
        ("chyorno-podolskaya-alyona", LibertyStatus.PRETRIAL_DETENTION),
        ("tikhomandritsky-wolf-ignaty", LibertyStatus.HOUSE_ARREST),
        ("lebyazhinsky-roman", LibertyStatus.INPATIENT_TREATMENT),
        ("glinobitny-zhan", LibertyStatus.PSYCHIATRIC_EXAMINATION),
        ("perekotypole-yevhen", LibertyStatus.HELD_WITHOUT_CASE),
        ("zhavoronkin-polevoy-taras", LibertyStatus.FATE_UNKNOWN),
        ("gromykhalin-stepan", LibertyStatus.BEYOND_REACH),
        ("dalnozorov-kirill", LibertyStatus.SENT_TO_WAR),
        ("vyshnepolsky-yaguzhinsky-vsevolod", LibertyStatus.DIED),
        ("polyntseva-kuray-zhanna", LibertyStatus.DIED),
        ("belokamentseva-ulyana", LibertyStatus.AT_LIBERTY),
        ("zaozertseva-mednaya-nina", LibertyStatus.AT_LIBERTY),
        ("yezhevikin-semyon", LibertyStatus.NOT_KNOWN),
        ("goritsvetova-lanskaya-maria", LibertyStatus.FORCED_LABOUR),
        ("zvonnitsyn-fyodor", LibertyStatus.ADMINISTRATIVE_ARREST),
        ("ekhovsky-georgy", LibertyStatus.IMMIGRATION_DETENTION),
        ("shchedrintsev-log-pavel", LibertyStatus.PRETRIAL_DETENTION),
        ("ivovy-roman", LibertyStatus.PRETRIAL_DETENTION),
        ("nebezyzvestny-filipp", LibertyStatus.IMPRISONED),
    ],
)
def test_liberty_of_each_shape(world, slug, status):
    assert liberty(slug) == status


def test_every_liberty_has_somebody(world):
    found = set(world.published().with_liberty(TODAY).values_list("liberty", flat=True))
    assert found == set(LibertyStatus.values)


@pytest.mark.parametrize(
    ("ground", "circumstance"),
    [
        ("served", "ordinary"),
        ("served", "expelled"),
        ("pardon", "exchange"),
        ("none_known", "exchange"),
        ("parole", "ordinary"),
        ("illness", "ordinary"),
        ("quashed", "ordinary"),
        ("discontinued", "ordinary"),
        ("suspended_sentence", "in_courtroom"),
        ("measure_changed", "in_courtroom"),
        ("war_80_2", "sent_to_war"),
    ],
)
def test_releases_of_each_shape(world, ground, circumstance):
    assert EndOfCustody.objects.filter(ground=ground, circumstance=circumstance).exists()


def test_other_ends_of_custody(world):
    assert set(EndOfCustody.objects.values_list("kind", flat=True)) == {"release", "death", "escape"}
    died = set(Death.objects.values_list("circumstance", flat=True))
    assert {"in_custody", "at_arrest", "within_year_of_release"} <= died


def test_terms_of_each_kind(world):
    assert set(Custody.objects.values_list("term", flat=True)) == {"unknown", "fixed", "life", "treatment"}
    over = Custody.objects.filter(
        expected_end_latest__lt=TODAY, end__isnull=True, prisoner__state="published"
    )
    assert over.filter(prisoner__stays__ongoing=True).exists(), "a term that ended without a known release"
    several = world.annotate(n=Count("custodies")).filter(n__gte=3)
    assert several.exists()
    apart = Custody.objects.filter(seized_on_latest__lt=F("detained_on_earliest"))
    assert apart.count() >= 3, "the three dates differ"


def test_recognitions_of_each_shape(world):
    old_case_only = world.get(slug="ivovy-roman")
    assert [row.custody.detained_on.year for row in old_case_only.recognitions.all()] == [2020]
    assert old_case_only.custodies.count() == 2
    withdrawn = world.get(slug="inokhodtsev-stepnoy-boris")
    assert [row.outcome for row in withdrawn.recognitions.all()] == ["recognised", "withdrawn"]
    assert withdrawn not in world.recognised()
    inherited = world.get(slug="yaly-kaynarsky-nariman")
    assert [row.decided_by for row in inherited.recognitions.all()] == ["memorial_hrc"]
    assert inherited not in world.recognised()
    shared = (
        Recognition.objects.values("statement")
        .annotate(n=Count("id"))
        .filter(statement__isnull=False, n__gt=1)
    )
    assert shared.exists()
    assert RecognitionReview.objects.exists()


def test_stays_of_each_visibility(world):
    assert set(Stay.objects.values_list("public", flat=True)) == {"yes", "region_only", "no"}
    assert StayPrivate.objects.filter(facility__kind="unofficial").count() >= 2
    temporary = Stay.objects.filter(temporary=True, ongoing=True).first()
    assert temporary.prisoner.stays.filter(temporary=False, ongoing=True).exists()
    assert not Facility.objects.published().filter(kind="unofficial").exists()


def test_people_shown_by_initials(world):
    shown = {person.slug: person for person in world.filter(initials_only=True)}
    assert len(shown) == 2
    assert all(slug.startswith("p-") for slug in shown)
    for person in shown.values():
        assert person.is_published
        assert person.born.month is None
        assert len(person.surname_ru) == 2
        assert not person.photos.exists()
        assert person.private.moved_names["fields"]["surname_ru"]
    minor = shown["p-9hcb3wqz5v"]
    assert minor.vulnerability_links.get().vulnerability.code == "minor_at_arrest"
    grown = world.get(slug="podlesnikov-may-artyom")
    assert grown.private.minor_decision
    assert not grown.initials_only


def test_names_of_each_shape(world):
    assert world.filter(described_as_ru="Житель Степного Лимана, 1987 г. р.").exists()
    assert world.filter(surname_ru="", described_as_ru="").exclude(given_names_ru="").exists()
    assert max(len(str(person)) for person in world.all()) > 45
    everything = "".join(
        [
            *world.values_list("surname_ru", flat=True),
            *world.values_list("given_names_ru", flat=True),
            *world.values_list("patronymic_ru", flat=True),
            *world.values_list("surname_en", flat=True),
            *world.values_list("given_names_en", flat=True),
            *world.values_list("patronymic_en", flat=True),
            *NameVariant.objects.values_list("text", flat=True),
        ]
    ).lower()
    assert set("әүҗңһөғқұіїєґҙҡşğıəçöü") <= set(everything)
    assert {"uk", "crh", "spelling", "pseudonym", "other"} <= set(
        NameVariant.objects.values_list("kind", flat=True)
    )


def test_about_a_third_has_no_english(world):
    published = world.published()
    nothing = published.filter(surname_en="", given_names_en="", described_as_en="", summary_en="")
    assert 0.25 < nothing.count() / published.count() < 0.45
    named = published.exclude(surname_en="").filter(summary_en="")
    assert named.count() >= 8
    english_only = published.filter(surname_ru="", given_names_ru="", described_as_ru="")
    assert english_only.count() == 2
    assert published.filter(summary_en="", summary_ru="").count() == 0


def test_citizenships_of_each_manner(world):
    assert set(Citizenship.objects.values_list("manner", flat=True)) == {"ordinary", "imposed", "stripped"}
    assert {"RU", "UA", "KZ", "AZ", "BY"} <= {str(row.country) for row in Citizenship.objects.all()}


def test_sources_of_each_visibility(world):
    assert Citation.objects.filter(without_origin=True, url="").exists()
    assert Citation.objects.exclude(url="").exists()
    assert ConfidentialCitation.objects.filter(kind=SourceKind.RELATIVE).exists()
    unsourced = [
        person.slug
        for person in world.published()
        if not (person.citations.exists() or person.confidential_citations.exists())
    ]
    assert unsourced == []


def test_the_office_has_work_on_its_desk(world):
    assert Lead.objects.filter(state="open").count() == 2
    assert RestrictionRequest.objects.filter(outcome="open", prisoner__state="withdrawn").exists()
    assert RestrictionRequest.objects.filter(outcome="granted").exists()
    assert Correction.objects.count() >= 2
    assert StaffNote.objects.filter(done=False).exists()
    assert Consent.objects.filter(given=False).exists()
    assert world.filter(quiet_until__gt=TODAY).count() >= 2
    assert world.filter(state=State.DRAFT, custodies__verification=Verification.UNVERIFIED).exists()
    assert world.published().filter(facts_checked_on__lt=date(2026, 5, 23)).exists(), (
        "not checked for half a year"
    )
    assert Facility.objects.published().filter(Q(address_checked_on=None) | Q(street="")).exists()


def test_published_people_could_be_published_today(world):
    obstacles = {person.slug: publication_obstacles(person) for person in world.published()}
    assert {slug: found for slug, found in obstacles.items() if found} == {}


def test_nothing_happened_in_the_future(world):
    assert not world.filter(updated_on__gt=TODAY).exists()
    assert not Stay.objects.filter(Q(began_earliest__gt=TODAY) | Q(ended_earliest__gt=TODAY)).exists()
    assert not EndOfCustody.objects.filter(on_earliest__gt=TODAY).exists()
    assert not Recognition.objects.filter(on_earliest__gt=TODAY).exists()


def test_photos_are_small_drawings_and_hidden_ones_stay_hidden(world):
    shown = Photo.objects.exclude(stem="")
    assert shown.count() >= 20
    assert {photo.prisoner.state for photo in shown} == {State.PUBLISHED}
    assert Photo.objects.filter(stem="", original__hidden=True).exists()
    drawings = list(PORTRAITS.glob("*.jpg"))
    assert len(drawings) >= shown.count()
    for file in drawings:
        data = file.read_bytes()
        assert len(data) < 25_000
        assert Image.open(io.BytesIO(data)).mode == "L"
    assert world.published().exclude(photos__stem__gt="").count() > 20, "people without a photo"
