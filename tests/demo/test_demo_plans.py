"""The plans of the generated people: pure, so that all 2,500 are looked at without a database."""

import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from memorial.base.choices import State
from memorial.demo.accusations import accusations
from memorial.demo.circumstances import _CONSENT_FOR
from memorial.demo.drawing_choice import drawings
from memorial.demo.figures import (
    AS_OF,
    IN_THE_PERIOD,
    PERIOD,
    Cell,
    Recognised,
    published_cells,
    shared_out,
    slots,
)
from memorial.demo.institutions import institutions
from memorial.demo.naming import invented_name, patronymic_of, peoples
from memorial.demo.plan import years_later
from memorial.demo.planning import plan_person, plans
from memorial.demo.reading import PORTRAITS
from prisoners.choices import LibertyStatus as Liberty

ROOT = Path(__file__).resolve().parents[2]
DIGEST = """
import django, hashlib
django.setup()
from memorial.demo.figures import slots
from memorial.demo.institutions import institutions
from memorial.demo.planning import plans
found = [(each.columns, each.facts, each.words, each.sources) for each in plans(slots(300, 7, {}, 0), seed=7, taken=set())]
print(hashlib.sha256(repr([found, institutions()]).encode()).hexdigest())
"""
LEFT_OVER = re.compile(r"[{}\[\]|]|\bNone\b|  ")


@pytest.fixture(scope="module")
def everybody():
    """All 2,500, as if nobody were hand-written."""
    return list(plans(slots(2500, 1, {}, 0), seed=1, taken=set()))


@pytest.fixture(scope="module")
def published(everybody):
    return [plan for plan in everybody if plan.traits.slot.state == State.PUBLISHED]


def test_the_figures_add_up_by_definition(published):
    liberty = Counter(plan.traits.slot.liberty for plan in published)
    outside = (Liberty.AT_LIBERTY, Liberty.BEYOND_REACH, Liberty.DIED, Liberty.FORCED_LABOUR, Liberty.NOT_KNOWN,
               Liberty.ADMINISTRATIVE_ARREST, Liberty.IMMIGRATION_DETENTION, Liberty.SENT_TO_WAR)  # fmt: skip
    assert len(published) == 1612
    assert sum(number for kind, number in liberty.items() if kind not in outside) == 1104
    assert (liberty[Liberty.AT_LIBERTY], liberty[Liberty.BEYOND_REACH], liberty[Liberty.DIED]) == (
        371,
        87,
        19,
    )
    assert sum(liberty[kind] for kind in outside[3:]) == 31
    assert set(liberty) == set(Liberty)


def test_754_were_first_recognised_in_the_first_three_years(published):
    first = {}
    for plan in published:
        days = [
            row["on"].earliest
            for row in plan.facts["recognitions"]
            if row.get("decided_by") != "memorial_hrc" and row.get("outcome") != "withdrawn"
        ]
        if days:
            first[plan.traits.number] = min(days)
    assert sum(PERIOD[0] <= on <= PERIOD[1] for on in first.values()) == 754
    assert 0 < sum(on > PERIOD[1] for on in first.values()) < 60


def test_a_recognition_was_made_while_the_person_was_held(published):
    for plan in published:
        if (
            plan.traits.slot.recognised in (*IN_THE_PERIOD, Recognised.AFTER)
            and plan.traits.slot.recognised != "old_case"
        ):
            row = next(row for row in plan.facts["recognitions"] if row.get("decided_by") != "memorial_hrc")
            assert plan.course.seized < row["on"].earliest <= (plan.course.end or AS_OF), plan.traits


@pytest.mark.parametrize("people", [1, 3, 68, 120, 999, 100_000])
def test_any_number_is_shared_out_exactly(people):
    assert len(slots(people, 1, {}, 0)) == people
    assert sum(shared_out(people, published_cells()).values()) == people


def test_too_many_in_a_cell_leave_the_sums_as_they_are():
    there = {Cell(Liberty.FORCED_LABOUR, Recognised.AFTER): 2, Cell(Liberty.NOT_KNOWN, Recognised.PERIOD): 1}
    found = Counter(there)
    found.update(
        Cell(slot.liberty, slot.recognised) for slot in slots(2500, 1, there, 0) if slot.state == "published"
    )
    assert sum(found.values()) == 1612
    assert sum(number for cell, number in found.items() if cell.liberty == Liberty.FORCED_LABOUR) == 11
    assert sum(number for cell, number in found.items() if cell.recognised in IN_THE_PERIOD) == 754


def test_the_same_number_and_seed_make_the_same_person():
    slot = slots(300, 5, {}, 0)[17]
    assert plan_person(17, slot, 5) == plan_person(17, slot, 5)
    assert plan_person(17, slot, 5).columns != plan_person(17, slot, 6).columns


def digest_in_a_process_of_its_own(hash_seed):
    """Of 300 plans; sets come in another order in every process, and must not decide anything."""
    return subprocess.run(
        [sys.executable, "-c", DIGEST],
        env=os.environ | {"PYTHONHASHSEED": hash_seed, "DJANGO_SETTINGS_MODULE": "memorial.settings"},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout


def test_the_same_seed_makes_the_same_rows_in_every_process():
    first, second = map(digest_in_a_process_of_its_own, ("1", "2"))
    assert first == second != ""


def test_days_follow_one_another_and_nothing_lies_ahead(everybody):
    for plan in everybody:
        course = plan.course
        days = [course.seized, course.detained, course.verdict, course.in_force]
        known = [each for each in days if each]
        assert known == sorted(known), plan.traits
        assert max(known) <= AS_OF
        if course.end:
            assert course.detained < course.end <= AS_OF
        if plan.traits.slot.liberty == Liberty.IMPRISONED:
            assert course.life or course.expected > AS_OF + timedelta(days=30)
        assert plan.columns["updated_on"] <= AS_OF


def test_nobody_under_age_has_a_name_or_a_drawing(everybody):
    minors = [plan for plan in everybody if plan.course.seized < years_later(plan.traits.born, 18)]
    assert minors
    for plan in minors:
        assert plan.traits.by_initials
        assert plan.traits.drawing is None
        assert plan.columns["surname_ru"].endswith(".")
        assert plan.facts["custodies"][-1]["detained_on"].year - plan.traits.born.year >= 14


def test_who_is_shown_by_initials_is_not_told_by_anything(everybody):
    hidden = [plan for plan in everybody if plan.traits.by_initials]
    assert len(hidden) > 15
    for plan in hidden:
        texts = " ".join(str(value) for value in plan.columns.values())
        assert plan.traits.name.surname not in texts
        assert not plan.facts["variants"]
        assert plan.columns["slug"].startswith("p-")


def test_texts_are_whole_sentences_and_many(published):
    stories = {plan.columns["what_happened_ru"] for plan in published}
    assert len(stories) > 1450
    assert len({plan.columns["summary_ru"] for plan in published}) > 1400
    for plan in published:
        for name, text in plan.columns.items():
            if isinstance(text, str) and name.endswith(("_ru", "_en")):
                assert not LEFT_OVER.search(text), (name, text)
        assert len(plan.columns["summary_ru"]) <= 600
    lengths = sorted(len(story) for story in stories)
    assert lengths[len(lengths) // 10] < 450
    assert lengths[-1] > 2000


def test_english_is_as_incomplete_as_in_life(published):
    named = sum(
        bool(
            plan.columns.get("surname_en")
            or plan.columns.get("given_names_en")
            or plan.columns.get("described_as_en")
        )
        for plan in published
    )
    assert named == len(published)
    assert 0.36 < sum("summary_en" in plan.columns for plan in published) / 1612 < 0.44
    assert 0.06 < sum("what_happened_en" in plan.columns for plan in published) / 1612 < 0.1


def test_sentences_are_those_of_their_articles(everybody):
    for plan in everybody:
        years, article = plan.course.years, plan.traits.article
        if years and article and plan.course.ground not in ("suspended_sentence", "credit_exceeds_term"):
            assert article.years[0] <= years <= article.years[1]
            assert plan.traits.gender == "m" or "строг" not in plan.columns["sentence_ru"]


def test_special_shapes_are_among_the_generated(everybody):
    circumstances = {row.get("circumstance") for plan in everybody for row in plan.facts["ends"]}
    assert {"exchange", "handed_to_ukraine", "expelled", "sent_to_war", "in_courtroom"} <= circumstances
    terms = {row.get("term") for plan in everybody for row in plan.facts["custodies"]}
    assert terms == {"fixed", "life", "treatment", "unknown"}
    assert {plan.traits.people for plan in everybody} >= set(peoples()) - {"chuvash"}
    assert any(plan.traits.described for plan in everybody)
    assert any(not plan.traits.name.surname for plan in everybody)
    assert any(len(plan.facts["custodies"]) > 1 for plan in everybody)
    assert any(plan.columns["quiet_until"] for plan in everybody)
    assert sum(plan.traits.citizenship == "UA" for plan in everybody) > 250
    cases = Counter(plan.traits.case_key for plan in everybody if plan.traits.case_key)
    assert min(cases.values()) >= 2
    assert len(cases) > 30


def test_people_of_one_case_share_accusation_town_and_day(everybody):
    cases: dict[str, set[tuple[str, str, date]]] = {}
    for plan in everybody:
        if plan.traits.case_key:
            found = cases.setdefault(plan.traits.case_key, set())
            found.add((plan.traits.accusation.key, plan.traits.town.name, plan.course.seized))
    alike = sum(len(found) == 1 for found in cases.values())
    assert alike > 0.8 * len(cases)


def test_what_needs_a_consent_has_one(published):
    for plan in published:
        given = {row["scope"] for row in plan.facts["consents"] if row["given"]}
        needed = {_CONSENT_FOR[code] for code in plan.words["vulnerabilities"] if code in _CONSENT_FOR}
        assert needed <= given


def test_every_surname_comes_from_the_table_of_roots():
    """So nobody is called by a name that people bear: a new root is read by somebody first."""
    from random import Random

    for people, parts in peoples().items():
        known = {
            first + second
            for first in parts["first"]
            for second in [*parts["second"], *parts.get("adjective_second", [])]
        }
        known |= set(parts.get("single", []))
        for number in range(200):
            assert invented_name(Random(number), people, "m").surname in known


@pytest.mark.parametrize(
    ("father", "gender", "patronymic"),
    [
        ("Сергей", "m", "Сергеевич"),
        ("Юрий", "f", "Юрьевна"),
        ("Дмитрий", "m", "Дмитриевич"),
        ("Василий", "f", "Васильевна"),
        ("Илья", "f", "Ильинична"),
        ("Игорь", "m", "Игоревич"),
        ("Иван", "f", "Ивановна"),
    ],
)
def test_patronymics(father, gender, patronymic):
    assert patronymic_of(father, gender) == patronymic


def test_sixty_drawings_and_each_is_there():
    files = {int(file.stem[-2:]): file for file in PORTRAITS.glob("drawing-*.jpg")}
    assert set(files) == set(drawings()) == set(range(1, 61))
    assert all(file.stat().st_size <= 20_000 for file in files.values())
    assert sum(file.stat().st_size for file in files.values()) < 1_200_000


def test_no_two_institutions_share_an_address():
    rows = [each.row for each in institutions()]
    assert len({row["slug"] for row in rows}) == len(rows)
    assert len({row["postal_index"] for row in rows}) == len(rows)


def test_every_accusation_has_what_a_page_needs():
    for key, accused in accusations().items():
        assert accused.deeds, key
        assert accused.ground in ("ground_1", "ground_2"), key
        assert accused.articles or key == "no_case"
