"""Several people recognised in one step: decisions, one statement, links, and texts that name only the published."""

import pytest
from django.urls import reverse

from cases.models import RecognitionProsecution
from prisoners.actions import reduce_to_initials
from prisoners.actions.second_look import confirm_looks
from prisoners.models import Recognition, SecondLook, Statement
from tests.factories import CaseFactory, CustodyFactory, DraftFactory, PrisonerFactory, ProsecutionFactory
from tests.office.forms import fields_of
from tests.office_deeds.lines import SOURCE

pytestmark = pytest.mark.django_db
URL = "admin:cases_prosecution_recognise"
COLLEAGUE = 1_000_000


@pytest.fixture
def publisher(member):
    return member("publisher")


def group(*people):
    case = CaseFactory()
    found = [ProsecutionFactory(case=case, prisoner=person) for person in people]
    for one in found:
        CustodyFactory(prisoner=one.prisoner)
    return found


def decision(prosecutions, **changes):
    return {
        "prosecutions": [one.pk for one in prosecutions],
        "on": "2026-11-20",
        "ground": "ground_1",
        "pace_points": ["pace_a"],
        "title_ru": "Двое признаны политзаключёнными",
        "title_en": "Two recognised",
        "url": SOURCE,
        **changes,
    }


def test_a_group_is_recognised_in_one_step(publisher):
    two = group(PrisonerFactory(), PrisonerFactory())
    shown = publisher.post(reverse(URL), decision(two) | {"preview": "1"})
    assert shown.status_code == 200, shown.context["form"].errors
    assert not Recognition.objects.exists()
    assert not Statement.objects.exists(), "a preview writes nothing"
    answer = publisher.post(reverse(URL), decision(two) | {"save": "1"})
    assert answer.status_code == 302, answer.context["form"].errors
    statement = Statement.objects.get()
    rows = Recognition.objects.filter(statement=statement, ground="ground_1", pace_points=["pace_a"])
    assert {row.prisoner for row in rows} == {one.prisoner for one in two}
    assert all(row.custody and row.citations.get().url == SOURCE for row in rows)
    assert set(RecognitionProsecution.objects.values_list("prosecution", flat=True)) == {
        one.pk for one in two
    }
    for text in publisher.get(answer["Location"]).context["texts"]:
        assert text.waiting == 2
        assert not any(one.prisoner.slug in text.telegram for one in two), "a colleague looks first"
    confirm_looks(looks=list(SecondLook.objects.waiting()), by=COLLEAGUE)
    texts = publisher.get(answer["Location"])
    assert {text.language for text in texts.context["texts"]} == {"ru", "en"}
    for text in texts.context["texts"]:
        assert all(one.prisoner.slug in text.telegram for one in two)


def test_texts_name_nobody_who_is_not_published_under_the_name(publisher):
    hidden = PrisonerFactory(surname_ru="Потаённый", surname_en="Potayonny")
    reduce_to_initials(prisoner=hidden, reason="asked", by=1)
    hidden.refresh_from_db()
    draft = DraftFactory(surname_ru="Черновиков", surname_en="Chernovikov")
    three = group(PrisonerFactory(surname_ru="Явный", surname_en="Yavny"), draft, hidden)
    shown = publisher.post(reverse(URL), decision(three) | {"preview": "1"})
    assert shown.content.decode().count("leave this person out") == 2
    answer = publisher.post(reverse(URL), decision(three) | {"save": "1"})
    confirm_looks(looks=list(SecondLook.objects.waiting()), by=COLLEAGUE)
    for text in publisher.get(answer["Location"]).context["texts"]:
        told = text.telegram + text.news
        assert text.left_out == 2
        assert "Явный" in told or "Yavny" in told
        for secret in ("Черновиков", "Chernovikov", "Потаённый", "Potayonny", hidden.slug, draft.slug):
            assert secret not in told


def test_one_recognised_already_stops_all_and_is_said(publisher):
    two = group(PrisonerFactory(), PrisonerFactory())
    publisher.post(reverse(URL), decision(two[:1]) | {"save": "1"})
    answer = publisher.post(reverse(URL), decision(two, title_ru="Ещё раз") | {"save": "1"})
    assert answer.status_code == 400
    assert answer.context["rows"] == [
        {"name": str(two[0].prisoner), "errors": ["The recognition is entered already."]}
    ]
    assert Recognition.objects.count() == 1
    assert Statement.objects.count() == 1
    assert fields_of(answer)["title_ru"] == ["Ещё раз"]


def test_an_existing_statement_is_shared(publisher):
    statement = Statement.objects.create(title_ru="Заявление", url=SOURCE)
    given = decision(group(PrisonerFactory()), title_ru="", title_en="", statement=statement.pk, url="")
    assert publisher.post(reverse(URL), given | {"save": "1"}).status_code == 302
    assert Recognition.objects.get().statement == statement


@pytest.mark.parametrize(
    "wrong",
    [
        {"title_ru": "", "title_en": ""},
        {"prosecutions": []},
        {"on": "2099-01-01"},
        {"on": ""},
        {"ground": ""},
        {"url": "", "source_url": ""},
        {"url": "javascript:alert(1)"},
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_written(publisher, wrong):
    answer = publisher.post(reverse(URL), decision(group(PrisonerFactory())) | wrong | {"save": "1"})
    assert answer.status_code == 400
    assert not Recognition.objects.exists()
    assert not Statement.objects.exists()


def test_the_people_of_a_case_are_chosen_beforehand(publisher):
    two = group(PrisonerFactory(), PrisonerFactory())
    page = publisher.get(reverse(URL), {"case": two[0].case.pk})
    assert set(fields_of(page)["prosecutions"]) == {str(one.pk) for one in two}


@pytest.mark.parametrize("group_name", ["translator", "auditor", "finance"])
def test_only_those_who_publish_recognise(member, group_name):
    client = member(group_name)
    assert client.get(reverse(URL)).status_code == 403
    assert client.get(reverse("admin:cases_prosecution_texts", args=[1])).status_code == 403
