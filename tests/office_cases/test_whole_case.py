"""A case of five people, three articles, eight hearings and two instances is entered on two pages."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Case, Charge, ChargeEvent, Decision, Hearing, Penalty, Prosecution
from memorial.base.models import HistoryEntry
from tests.factories import (
    ArticleFactory,
    CaseFactory,
    ChargeFactory,
    CourtFactory,
    CustodyFactory,
    DecisionPersonFactory,
    HearingFactory,
    PrisonerFactory,
    ProsecutionFactory,
)
from tests.office.forms import errors_of, fields_of

pytestmark = pytest.mark.django_db


def head(case) -> str:
    return reverse("admin:cases_case_change", args=[case.pk])


def record(case) -> str:
    return reverse("admin:cases_case_record", args=[case.pk])


def sent(client, address, fields, **changed):
    response = client.post(address, {**fields, **changed})
    assert response.status_code == 302, f"{errors_of(response)} {row_errors(response)}"
    return response


def row_errors(response):
    rows = getattr(response.context["adminform"].form, "charges", None)
    return rows.errors if rows else ""


def typed(fields, prefix, number, **values):
    """The fields with a row filled in, made as the button makes it where it is not there."""
    total = f"{prefix}-TOTAL_FORMS"
    if int(fields[total][0]) <= number:
        fields[total] = [str(number + 1)]
    for name, value in values.items():
        fields[f"{prefix}-{number}-{name}"] = [value]


def new_case(desk, people, court) -> Case:
    fields = fields_of(desk.get(reverse("admin:cases_case_add")))
    fields |= {"title_ru": ["Дело хора"], "summary_ru": ["Пели в сквере."]}
    for number, person in enumerate(people):
        typed(fields, "prosecutions", number, prisoner=str(person.pk), role="accused", since="14.03.2023")
    for number in range(8):
        instance = "first" if number < 6 else "appeal"
        typed(
            fields,
            "hearings",
            number,
            on=f"2024-02-{number + 5:02d}",
            at="10:30",
            court=str(court.pk),
            hearing_state="held",
            instance=instance,
            access="open",
            verification="one_source",
        )
    answer = sent(desk, reverse("admin:cases_case_add"), fields)
    case = Case.objects.get()
    assert answer["Location"] == record(case)
    return case


def test_a_whole_case_is_entered_on_two_pages(desk):
    people = [PrisonerFactory() for _number in range(5)]
    court = CourtFactory()
    article = ArticleFactory(code="uk-rf", number="207.3", slug="uk-rf-207.3")
    article.editions.update(verified_on=None)
    case = new_case(desk, people, court)
    assert (case.slug, Prosecution.objects.count(), Hearing.objects.count()) == ("delo-khora", 5, 8)
    one, two, *others = case.prosecutions.order_by("id")

    fields = fields_of(desk.get(record(case)))
    for number, text in enumerate(
        ("п. «д» ч. 2 ст. 207.3 УК РФ", "ч. 3 ст. 30, ст. 281 УК РФ", "ч. 1.1 ст. 205.2 УК РФ")
    ):
        typed(fields, "charges", number, reference=text, brought_on="14.03.2023", verification="one_source")
        for each in case.prosecutions.all():
            fields.setdefault(f"charges-{number}-p{each.pk}", ["brought"])
    fields[f"charges-1-p{two.pk}"] = [""]
    fields[f"charges-2-p{others[0].pk}"] = ["dropped"]
    typed(
        fields,
        "decisions",
        0,
        kind="guilty_verdict",
        instance="first",
        round="1",
        on="19.02.2024",
        court=str(court.pk),
        verification="one_source",
        charges_become="convicted",
    )
    for each in case.prosecutions.all():
        fields[f"decisions-0-p{each.pk}_in"] = ["on"]
        fields[f"decisions-0-p{each.pk}_penalties"] = ["7 лет 6 месяцев общего режима; штраф 300 тыс. руб."]
    typed(
        fields,
        "decisions",
        1,
        kind="reduced",
        instance="appeal",
        round="1",
        on="03.07.2024",
        verification="one_source",
        **{f"p{one.pk}_penalties": "6 лет строгого режима"},
    )
    sent(desk, record(case), fields)

    assert Charge.objects.count() == 14
    assert Charge.objects.filter(article=article, points=["д"], part="2").count() == 5
    assert Charge.objects.filter(code="uk-rf", number="281", attempt="attempt").count() == 4
    assert ChargeEvent.objects.filter(kind="convicted", decision__kind="guilty_verdict").count() == 13
    assert ChargeEvent.objects.filter(kind="dropped").count() == 1
    verdict, appeal = Decision.objects.order_by("id")
    assert (verdict.whole_case, verdict.people.count(), Penalty.objects.count()) == (False, 5, 11)
    link = appeal.people.get()
    penalty = link.penalties.get()
    assert (link.prosecution_id, penalty.years, penalty.regime) == (one.pk, 6, "strict")

    text = desk.get(record(case)).content.decode()
    assert "of Article\u00a0207.3" in text, "what was understood stands beside"
    assert "not checked against the official text" in text, "what is unusual stands beside"


@pytest.fixture
def trial():
    """A case with two charged people, a hearing and a verdict."""
    link = DecisionPersonFactory()
    Penalty.objects.create(decision_person=link, kind="imprisonment", years=7, regime="general")
    case = link.decision.case
    other = ProsecutionFactory(case=case)
    article = ArticleFactory(code="uk-rf", number="205.2", slug="uk-rf-205.2")
    for prosecution in (link.prosecution, other):
        charge = ChargeFactory(prosecution=prosecution, article=article)
        ChargeEvent.objects.create(charge=charge, kind="brought")
    HearingFactory(case=case, court=link.decision.court)
    return case


def test_both_pages_saved_untouched_change_nothing(desk, trial):
    seen = HistoryEntry.objects.count()
    for address in (head(trial), record(trial)):
        sent(desk, address, fields_of(desk.get(address)))
    assert [entry.table for entry in HistoryEntry.objects.order_by("id")[seen:]] == []


def test_what_is_not_understood_is_refused_beside_the_field_and_kept(desk, trial):
    fields = fields_of(desk.get(record(trial)))
    person = trial.prosecutions.first()
    typed(fields, "charges", 1, reference="ч. 2 ст. 207.3")
    answer = desk.post(
        record(trial), {**fields, f"decisions-0-p{person.pk}_penalties": "7 лет грустного режима"}
    )
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Of which code? It is never guessed" in str(row_errors(answer))
    assert "грустного" in errors_of(answer)
    assert "ч. 2 ст. 207.3" in text
    assert "7 лет грустного режима" in text
    assert Charge.objects.count() == 2


def test_a_colleagues_charge_and_ones_own_are_both_kept(desk, trial):
    one, two = trial.prosecutions.order_by("id")
    fields = fields_of(desk.get(record(trial)))
    theirs = fields_of(desk.get(record(trial)))
    sent(desk, record(trial), theirs, **{f"charges-0-p{one.pk}": "acquitted"})
    mine = {**fields, f"charges-0-p{two.pk}": "dropped"}
    refused = desk.post(record(trial), mine)
    assert refused.status_code == 200
    assert "Not saved yet" in refused.content.decode()
    assert not ChargeEvent.objects.filter(kind="dropped").exists()
    sent(desk, record(trial), fields_of(refused))
    assert set(ChargeEvent.objects.values_list("kind", "charge__prosecution")) == {
        ("brought", one.pk),
        ("brought", two.pk),
        ("acquitted", one.pk),
        ("dropped", two.pk),
    }


def test_hearings_are_for_those_who_are_ticked(desk, trial):
    one, _two = trial.prosecutions.order_by("id")
    hearing = trial.hearings.get()
    sent(desk, head(trial), fields_of(desk.get(head(trial))), **{"hearings-0-concerns": [str(one.pk)]})
    hearing.refresh_from_db()
    assert (hearing.whole_case, [link.prosecution_id for link in hearing.people.all()]) == (False, [one.pk])
    fields = fields_of(desk.get(head(trial)))
    assert fields["hearings-0-concerns"] == [str(one.pk)]
    del fields["hearings-0-concerns"]
    sent(desk, head(trial), fields)
    hearing.refresh_from_db()
    assert (hearing.whole_case, hearing.people.count()) == (True, 0)


def test_a_penalty_is_corrected_in_its_place_and_untyped_ones_stay(desk, trial):
    penalty = Penalty.objects.get()
    person = penalty.decision_person.prosecution_id
    name = f"decisions-0-p{person}_penalties"
    fields = fields_of(desk.get(record(trial)))
    assert fields[name] == ["7\u00a0years in a general-regime colony"]
    sent(desk, record(trial), fields, **{name: "8 years strict regime"})
    changed = Penalty.objects.get()
    assert (changed.pk, changed.years, changed.regime) == (penalty.pk, 8, "strict")
    fields = fields_of(desk.get(record(trial)))
    sent(desk, record(trial), fields, **{name: ""})
    assert not Penalty.objects.exists()


def test_a_charge_with_a_history_is_not_deleted_by_a_choice(desk, trial):
    one, two = trial.prosecutions.order_by("id")
    sent(desk, record(trial), fields_of(desk.get(record(trial))), **{f"charges-0-p{one.pk}": ""})
    assert list(Charge.objects.values_list("prosecution", flat=True)) == [two.pk]
    sent(desk, record(trial), fields_of(desk.get(record(trial))), **{f"charges-0-p{two.pk}": "convicted"})
    answer = desk.post(record(trial), fields_of(desk.get(record(trial))) | {f"charges-0-p{two.pk}": ""})
    assert "has a history" in str(row_errors(answer))
    assert Charge.objects.count() == 1


@pytest.mark.parametrize("page", [head, record])
def test_three_rows_ask_no_more_than_one(desk, trial, page):
    def asked() -> int:
        desk.get(page(trial))
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(page(trial)).status_code == 200
        return len(queries)

    before = asked()
    article = ArticleFactory(code="uk-rf", number="281", slug="uk-rf-281")
    for _number in range(3):
        person = ProsecutionFactory(case=trial)
        ChargeFactory(prosecution=person, article=article)
        HearingFactory(case=trial, court=CourtFactory())
        link = DecisionPersonFactory(decision__case=trial, prosecution=person)
        Penalty.objects.create(decision_person=link, kind="imprisonment", years=7, regime="general")
    assert asked() <= before + 2


def test_those_who_only_look_see_words_and_no_fields(member, trial):
    auditor = member("auditor")
    text = auditor.get(record(trial)).content.decode()
    assert "7 years in a general-regime colony" in text.replace("\u00a0", " ")
    assert "charges-0-reference" not in text
    assert auditor.post(record(trial), {"charges-TOTAL_FORMS": "0"}).status_code == 403


def test_a_lawyer_enters_but_takes_nobody_out_of_a_decision(member, trial):
    lawyer = member("legal")
    link = trial.decisions.get().people.get()
    fields = fields_of(lawyer.get(record(trial)))
    del fields[f"decisions-0-p{link.prosecution_id}_in"]
    fields[f"decisions-0-p{link.prosecution_id}_penalties"] = [""]
    answer = lawyer.post(record(trial), fields)
    assert "an editor" in errors_of(answer)
    assert trial.decisions.get().people.count() == 1


def test_a_translator_gets_the_texts_of_shown_cases_alone(member, trial):
    translator = member("translator")
    fields = fields_of(translator.get(head(trial)))
    assert {"title_en", "hearings-0-subject_en"} <= fields.keys()
    assert not [name for name in fields if name.startswith("prosecutions")]
    assert translator.get(record(trial)).status_code == 302
    draft = CaseFactory(state="draft")
    assert translator.get(head(draft)).status_code == 302
    sent(translator, head(trial), fields, title_en="The choir case")
    trial.refresh_from_db()
    assert trial.title_en == "The choir case"


def test_the_history_of_a_case_reaches_its_penalties(desk, trial):
    person = trial.decisions.get().people.get().prosecution_id
    name = f"decisions-0-p{person}_penalties"
    sent(desk, record(trial), fields_of(desk.get(record(trial))), **{name: "8 years strict regime"})
    text = desk.get(reverse("admin:cases_case_history", args=[trial.pk])).content.decode()
    assert "Penalty" in text
    assert "strict regime" in text


def test_a_sentence_for_life_gives_the_person_the_term_and_the_custody(desk):
    one = ProsecutionFactory()
    custody = CustodyFactory(prisoner=one.prisoner)
    fields = fields_of(desk.get(record(one.case)))
    typed(
        fields,
        "decisions",
        0,
        kind="guilty_verdict",
        instance="first",
        round="1",
        on="19.02.2024",
        verification="one_source",
        **{f"p{one.pk}_penalties": "пожизненное лишение свободы, особый режим"},
    )
    sent(desk, record(one.case), fields)
    custody.refresh_from_db()
    term = one.prisoner.terms.get()
    assert (custody.term, term.is_life, term.verification) == ("life", True, "one_source")
    assert term.decisions.get().decision_person.prosecution == one
