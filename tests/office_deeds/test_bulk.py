"""A verdict in a case of nine, its review, an exchange: all at once or nobody, each one's error beside the name."""

import re

import pytest
from django.urls import reverse

from cases.models import ChargeEvent, Decision, Penalty, RestraintExtension, Term
from cases.stage import stage_of
from memorial.base.civil_date import civil_date
from prisoners.models import EndOfCustody, SecondLook, Stay
from tests.factories import (
    CaseFactory,
    ChargeFactory,
    CustodyFactory,
    PrisonerFactory,
    ProsecutionFactory,
    RestraintFactory,
    StayFactory,
)
from tests.office.forms import fields_of
from tests.office_deeds.lines import SOURCE, day, enter

pytestmark = pytest.mark.django_db
TOGETHER = "admin:cases_prosecution_together"
REVIEW = "admin:cases_prosecution_review"
EXCHANGE = "admin:cases_prosecution_exchange"


def people(number):
    case = CaseFactory()
    found = [ProsecutionFactory(case=case) for _ in range(number)]
    for one in found:
        CustodyFactory(prisoner=one.prisoner)
        StayFactory(prisoner=one.prisoner, reason="remand")
    return found


def verdict(prosecutions, **changes):
    common = {"kind": "verdict", "on": "20.11.2026", "source_url": SOURCE}
    rows = {}
    for years, one in enumerate(prosecutions, 3):
        rows |= {f"in-{one.pk}": "on", f"penalties-{one.pk}": f"{years} года, общий"}
    return common | rows | changes


def test_a_verdict_in_a_case_of_nine_is_one_decision_with_nine_terms(desk):
    nine = people(9)
    url = reverse(TOGETHER, args=[nine[0].case.pk])
    shown = desk.post(url, verdict(nine) | {"preview": "1"})
    assert shown.status_code == 200, shown.context["form"].errors
    assert not Decision.objects.exists(), "a preview writes nothing"
    assert "all 9 people" in shown.content.decode()
    assert desk.post(url, verdict(nine) | {"save": "1"}).status_code == 302
    assert Decision.objects.get().people.count() == 9
    assert sorted(Term.objects.values_list("years", flat=True)) == list(range(3, 12))
    assert Stay.objects.filter(ongoing=True, reason="serving").count() == 9


def test_one_wrong_row_enters_nobody_and_keeps_everything(desk):
    three = people(3)
    wrong = {f"penalties-{three[1].pk}": "семь с половиной", "save": "1"}
    answer = desk.post(reverse(TOGETHER, args=[three[0].case.pk]), verdict(three) | wrong)
    assert answer.status_code == 400
    rows = {row.number: row for row in answer.context["rows"]}
    assert "Not understood" in rows[three[1].pk].errors[0]
    assert not rows[three[0].pk].errors
    assert fields_of(answer)[f"penalties-{three[1].pk}"] == ["семь с половиной"]
    assert fields_of(answer)[f"penalties-{three[0].pk}"] == ["3 года, общий"]
    assert not Decision.objects.exists()
    assert not Term.objects.exists()


def test_what_is_wrong_with_all_is_said_once(desk):
    answer = desk.post(
        reverse(TOGETHER, args=[(two := people(2))[0].case.pk]), verdict(two, on="") | {"save": "1"}
    )
    assert "Say when" in str(answer.context["form"].errors)
    assert not any(row.errors for row in answer.context["rows"])


def test_mixed_fates_are_decisions_of_their_own(desk):
    two = people(2)
    mixed = {f"kind-{two[1].pk}": "acquitted", "save": "1"}
    assert desk.post(reverse(TOGETHER, args=[two[0].case.pk]), verdict(two) | mixed).status_code == 302
    assert set(Decision.objects.values_list("kind", flat=True)) == {"guilty_verdict", "acquittal"}
    assert Penalty.objects.count() == 1, "what stands beside an acquittal is not entered"


def test_custody_is_extended_for_those_who_are_ticked(desk):
    three = people(3)
    for one in three:
        RestraintFactory(prosecution=one)
    given = {"kind": "extended", "until": "14.02.2030", "source_url": SOURCE, "save": "1"}
    ticked = {f"in-{one.pk}": "on" for one in three[:2]}
    assert desk.post(reverse(TOGETHER, args=[three[0].case.pk]), given | ticked).status_code == 302
    assert RestraintExtension.objects.count() == 2


def test_nobody_ticked_is_said(desk):
    answer = desk.post(
        reverse(TOGETHER, args=[people(1)[0].case.pk]), {"kind": "extended", "until": "2.2.2030", "save": "1"}
    )
    assert "Tick" in str(answer.context["form"].errors)


def test_an_appeal_copies_what_stays_and_only_the_changed_one_is_edited(desk):
    three = people(3)
    for one, penalty in zip(three, ("6 лет, строгий", "5 лет, общий", "4 года, общий"), strict=True):
        enter("verdict", one, on="01.09.2026", penalties=penalty)
    url = reverse(REVIEW, args=[three[0].case.pk])
    fields = {name: values[0] for name, values in fields_of(desk.get(url)).items()}
    assert fields["kind"] == "upheld"
    assert all(fields[f"in-{one.pk}"] == "on" for one in three)
    changed = {f"kind-{three[0].pk}": "reduced", f"penalties-{three[0].pk}": "5 лет, строгий"}
    given = fields | changed | {"on": "20.11.2026", "source_url": SOURCE, "save": "1"}
    answer = desk.post(url, given)
    assert answer.status_code == 302, [row.errors for row in answer.context["rows"]]
    upheld, reduced = Decision.objects.get(kind="upheld"), Decision.objects.get(kind="reduced")
    assert (upheld.people.count(), reduced.people.count()) == (2, 1)
    assert {upheld.instance, reduced.instance} == {"appeal"}
    assert Term.objects.get(current=True, prisoner=three[0].prisoner).years == 5
    assert {stage_of(one, civil_date()) for one in three} == {"serving"}


def test_a_reduced_sentence_must_be_another(desk):
    (one,) = people(1)
    enter("verdict", one, on="01.09.2026", penalties="6 лет, строгий")
    url = reverse(REVIEW, args=[one.case.pk])
    fields = {name: values[0] for name, values in fields_of(desk.get(url)).items()}
    given = fields | {f"kind-{one.pk}": "reduced", "on": "20.11.2026", "source_url": SOURCE, "save": "1"}
    answer = desk.post(url, given)
    assert "stands as before" in answer.context["rows"][0].errors[0]


def test_quashed_for_one_brings_the_second_round_for_that_one(desk):
    two = people(2)
    for one in two:
        enter("verdict", one, on="01.09.2026", penalties="6 лет, строгий")
    url = reverse(REVIEW, args=[two[0].case.pk])
    fields = {name: values[0] for name, values in fields_of(desk.get(url)).items()}
    given = fields | {f"kind-{two[0].pk}": "remitted", "on": "01.10.2026", "source_url": SOURCE, "save": "1"}
    assert desk.post(url, given).status_code == 302
    enter("verdict", two[0], on="20.11.2026", penalties="5 лет, строгий")
    assert Decision.objects.get(on_latest=day("20.11.2026").latest).round == 2
    assert stage_of(two[1], civil_date()) == "serving"


def exchange(persons, **changes):
    given = {"on": "20.11.2026", "circumstance": "exchange", "ground": "pardon", "source_url": SOURCE}
    return given | {"people": [person.pk for person in persons]} | changes


def test_an_exchange_is_one_step_each_with_a_ground_of_their_own(desk, member):
    held = [one.prisoner for one in people(3)]
    given = exchange(held) | {f"ground-{held[0].pk}": "none_known"}
    shown = desk.post(reverse(EXCHANGE), given | {"preview": "1"})
    assert shown.status_code == 200, shown.context["form"].errors
    assert not EndOfCustody.objects.exists()
    assert desk.post(reverse(EXCHANGE), given | {"save": "1"}).status_code == 302
    grounds = dict(EndOfCustody.objects.values_list("prisoner", "ground"))
    assert grounds == {held[0].pk: "none_known", held[1].pk: "pardon", held[2].pk: "pardon"}
    assert set(EndOfCustody.objects.values_list("circumstance", flat=True)) == {"exchange"}
    # Readers see it when a colleague has looked, which is one step too.
    assert Stay.objects.filter(ongoing=True).count() == 3
    looks = list(SecondLook.objects.values_list("pk", flat=True))
    ticked = {"action": "confirm_ticked", "_selected_action": looks}
    colleague, listed = member("publisher"), reverse("admin:prisoners_secondlook_changelist")
    page = colleague.get(listed).content.decode()
    seen = dict(re.findall(r'name="(seen-\d+)" value="([^"]+)"', page))
    assert len(seen) == 3
    # What was entered anew since the list was shown is not confirmed, nor is anything with it.
    stale = {next(iter(seen)): "2020-01-01T00:00:00+00:00"}
    said = colleague.post(listed, ticked | seen | stale, follow=True).content.decode()
    assert "It was changed meanwhile" in said
    colleague.post(listed, ticked)
    assert SecondLook.objects.waiting().count() == 3
    colleague.post(listed, ticked | seen)
    assert not SecondLook.objects.waiting().exists()
    assert not Stay.objects.filter(ongoing=True).exists()


def test_who_is_not_held_is_said_beside_the_name_and_nobody_is_released(desk):
    held, free = people(1)[0].prisoner, PrisonerFactory()
    answer = desk.post(reverse(EXCHANGE), exchange([held, free]) | {"save": "1"})
    assert answer.status_code == 400
    assert {row.name: bool(row.errors) for row in answer.context["rows"]} == {
        str(held): False,
        str(free): True,
    }
    assert not EndOfCustody.objects.exists()


def test_one_row_or_five_the_grid_asks_as_often(desk, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for number in (1, 5):
        url = reverse(REVIEW, args=[people(number)[0].case.pk])
        desk.get(url)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            desk.get(url)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("group", ["translator", "auditor"])
def test_others_enter_nothing(member, group):
    client = member(group)
    for url in (reverse(EXCHANGE), reverse(TOGETHER, args=[1]), reverse(REVIEW, args=[1])):
        assert client.get(url).status_code == 403


def test_a_verdict_moves_the_charges_of_everybody_as_is_said_of_each(desk):
    both, one, acquitted = people(3)
    kept, dropped = (ChargeFactory(prosecution=both, order=order) for order in (0, 1))
    only, other = ChargeFactory(prosecution=one), ChargeFactory(prosecution=acquitted)
    fates = {f"charge-{dropped.pk}": "acquitted", f"kind-{acquitted.pk}": "acquitted"}
    url = reverse(TOGETHER, args=[both.case.pk])
    page = desk.get(url).content.decode()
    assert f'name="charge-{kept.pk}"' in page
    assert f'name="charge-{only.pk}"' not in page, "of a single charge the outcome says all"
    said = verdict([both, one, acquitted]) | {f"penalties-{acquitted.pk}": ""} | fates
    assert desk.post(url, said | {"save": "1"}).status_code == 302
    assert {event.charge_id: event.kind for event in ChargeEvent.objects.select_related("decision")} == {
        kept.pk: "convicted",
        dropped.pk: "acquitted",
        only.pk: "convicted",
        other.pk: "acquitted",
    }
    assert {event.on for event in ChargeEvent.objects.all()} == {day("20.11.2026")}


def test_several_charges_of_which_nothing_was_said_are_remarked_on():
    (one,) = people(1)
    ChargeFactory(prosecution=one)
    ChargeFactory(prosecution=one, order=1)
    written = enter("verdict", one, on="20.11.2026", penalties="6 лет, строгий")
    assert ChargeEvent.objects.filter(kind="convicted", decision=written.row).count() == 2
    assert any("Every charge that stood" in remark for remark in written.remarks)


def test_a_new_trial_says_its_own_word_of_a_charge_and_one_that_is_gone_is_left():
    (one,) = people(1)
    charge, gone = ChargeFactory(prosecution=one), ChargeFactory(prosecution=one, order=1)
    ChargeEvent.objects.create(charge=gone, kind="dropped", on=day("01.08.2026"))
    enter("verdict", one, on="01.09.2026", penalties="6 лет, строгий")
    enter("quashed", one, on="01.10.2026")
    enter("acquitted", one, on="20.11.2026")
    assert list(charge.events.values_list("kind", flat=True)) == ["convicted", "acquitted"]
    assert list(gone.events.values_list("kind", flat=True)) == ["dropped"]


def test_an_acquittal_on_appeal_changes_what_the_first_instance_said():
    (one,) = people(1)
    charge = ChargeFactory(prosecution=one)
    enter("verdict", one, on="01.09.2026", penalties="6 лет, строгий")
    enter("acquitted", one, on="20.11.2026", instance="appeal")
    assert list(charge.events.values_list("kind", flat=True)) == ["convicted", "acquitted"]
