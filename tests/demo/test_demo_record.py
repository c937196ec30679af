"""The legal record of the invented world: it fits what is told of its people, and every guard has seen it."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection

from cases import models as record
from cases.obstacles import case_obstacles, court_obstacles, names_of_the_hidden, official_obstacles
from cases.querysets import VERIFIED
from cases.warnings import warnings
from memorial.base.civil_date import civil_date
from memorial.base.photos import public_names, public_storage
from memorial.demo.record.courts import court_rows
from memorial.demo.record.planning import record_of
from prisoners.models import Custody, Prisoner

PEOPLE = 220


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """220 people, loaded once for this module and rolled back after it; photos without pictures."""
    from django.db import transaction
    from django.test import override_settings

    def names_only(_original, stem):
        for name in public_names(stem):
            public_storage().save(name, ContentFile(name.encode()))

    with (
        pytest.MonkeyPatch.context() as patch,
        django_db_blocker.unblock(),
        override_settings(DEMO_DATA_ALLOWED=True),
        transaction.atomic(),
    ):
        patch.setattr("memorial.demo.drawings.make_public_sizes", names_only)
        patch.setattr("prisoners.actions.show_photos.make_public_sizes", names_only)
        call_command("load_demo", people=PEOPLE, verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def cases(demo, db):
    return record.Case.objects


def test_every_generated_published_person_has_a_case(cases):
    without = Prisoner.objects.published().filter(prosecutions=None)
    hand_written = set(Prisoner.objects.order_by("pk").values_list("pk", flat=True)[:67])
    assert {person.pk for person in without} <= hand_written
    assert not Prisoner.objects.filter(prosecutions__isnull=False, state="draft").exists()


def test_what_is_published_passes_its_obstacles(cases):
    for case in cases.published():
        assert not case_obstacles(case), case
        assert not names_of_the_hidden(case), case
    assert not [court for court in record.Court.objects.published() if court_obstacles(court)]
    officials = record.Official.objects.all()
    assert not [one for one in officials if one.state == "published" and official_obstacles(one)]
    assert {one.state for one in officials} == {"published", "draft"}, "some wait for the second person"


def test_nothing_is_unusual_that_was_not_meant_to_be(cases):
    """Warnings come from laws newer than the table of articles, and from nothing else."""
    found = [
        text
        for model in (record.Penalty, record.Term, record.Hearing)
        for row in model.objects.all()
        for text in warnings(row)
    ]
    assert not found


def test_charges_are_those_of_the_person_as_text(cases):
    for person in Prisoner.objects.published().exclude(charges_ru="").filter(slug__gt="")[80:140]:
        numbers = {
            charge.article.number if charge.article else charge.number
            for charge in record.Charge.objects.filter(prosecution__prisoner=person)
        }
        told = [number for number in numbers if number in person.charges_ru]
        assert told or not numbers, person


def test_the_term_ends_when_the_custody_does(cases):
    for term in record.Term.objects.filter(current=True, is_life=False):
        custody = Custody.objects.filter(prisoner=term.prisoner).latest("pk")
        assert term.expected_end == custody.expected_end
        assert term.decisions.exists()


def test_decisions_come_in_order_and_nothing_is_decided_ahead(cases):
    late = sql("SELECT count(*) FROM cases_decision WHERE on_earliest > current_date")
    assert late == [(0,)]
    wrong = sql("""
        SELECT count(*) FROM cases_decision a JOIN cases_decisionperson x ON x.decision_id = a.id
          JOIN cases_decisionperson y ON y.prosecution_id = x.prosecution_id
          JOIN cases_decision b ON b.id = y.decision_id
         WHERE a.instance = 'first' AND b.instance = 'appeal' AND b.on_latest < a.on_earliest AND a.round = b.round""")
    assert wrong == [(0,)]


def test_planned_hearings_lie_ahead_in_the_courts_own_zone(cases):
    planned = record.Hearing.objects.filter(hearing_state="planned")
    assert planned.count() > 3
    assert all(hearing.on > civil_date() for hearing in planned)
    assert all(hearing.starts_at is not None for hearing in planned)
    assert record.Hearing.objects.shown().upcoming(civil_date()).exists()


def test_recognitions_are_tied_to_the_case_of_their_custody(cases):
    links = record.RecognitionProsecution.objects.select_related("recognition", "prosecution")
    assert links.count() > 20
    assert all(link.recognition.prisoner_id == link.prosecution.prisoner_id for link in links)


def test_treatment_has_neither_penalty_nor_term(cases):
    rulings = record.DecisionPerson.objects.filter(decision__kind="medical_ruling")
    assert rulings.exists()
    for link in rulings:
        assert not link.penalties.exists()
        assert not link.term_links.exists()
        assert link.prosecution.decision_links.filter(decision__kind="medical_extended").count() >= 0


def test_every_shape_of_the_record_is_there(cases):
    kinds = set(cases.values_list("kind", flat=True))
    assert {"criminal", "administrative", "no_proceedings"} <= kinds
    decided = set(record.Decision.objects.values_list("kind", flat=True))
    assert {
        "guilty_verdict",
        "upheld",
        "quashed",
        "medical_ruling",
        "adm_ruling",
        "discontinuation",
    } <= decided
    assert set(record.CaseLink.objects.values_list("kind", flat=True)) == {"led_to", "severed_from"}
    assert record.DecisionPerson.objects.filter(in_absentia=True).exists()
    assert record.ChargeEvent.objects.filter(kind="reclassified").exists()
    assert record.Hearing.objects.filter(hearing_state="postponed", postponed_to__isnull=False).exists()
    assert record.Court.objects.filter(in_occupied_territory=True).exists()
    assert record.Document.objects.published().filter(kind="last_word").exists()
    assert record.Document.objects.published().exclude(stem="").count() >= 3, "a library with files"
    assert record.InternationalFinding.objects.published().count() >= 5
    assert record.OfficialRole.objects.filter(confirmed=True).exists()
    assert record.Charge.objects.filter(VERIFIED).exists()
    english = cases.exclude(title_en="").count()
    assert 0.5 < english / cases.count() < 0.95


def test_a_hidden_person_of_a_shown_case_stays_hidden(reader, cases):
    for language in ("ru", "en"):
        page = reader.get(f"/{language}/cases/readings-on-the-embankment/").content.decode()
        assert "Хлебодаров" not in page
        assert "Khlebodarov" not in page
        assert "khlebodarov" not in page


def test_zones_are_those_of_the_regions():
    by_region = {row["region"]: row["time_zone"] for row in court_rows()}
    assert by_region["RU-KAM"] == "Asia/Kamchatka"
    assert by_region["RU-KGD"] == "Europe/Kaliningrad"
    assert by_region["RU-MOW"] == "Europe/Moscow"
    assert len({row["slug"] for row in court_rows()}) == len(court_rows())


def test_the_same_person_gets_the_same_record():
    from memorial.demo.figures import slots
    from memorial.demo.planning import plan_person

    today = date(2026, 11, 23)
    for number, slot in enumerate(slots(40, 1, {}, 0)):
        first, second = (list(record_of(plan_person(number, slot, 1), 1, today)) for _each in range(2))
        assert first == second


def test_people_of_one_case_have_fates_of_their_own():
    from memorial.demo.figures import slots
    from memorial.demo.planning import plan_person

    fates, days = {}, {}
    for number, slot in enumerate(slots(2500, 1, {}, 0)):
        if slot.fates:
            plan = plan_person(number, slot, 1)
            fates.setdefault(slot.case_key, set()).add(slot.liberty)
            days.setdefault(slot.case_key, set()).add(plan.course.verdict)
    assert sum(len(each) > 1 for each in fates.values()) >= 15
    assert sum(len(each - {None}) == 1 for each in days.values()) >= 10, "tried together"
