"""Cases, courts and officials are published, withdrawn and confirmed; what stands in the way is said before."""

from datetime import date, timedelta

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import CaseCitation, OfficialConfirmation, OfficialRole
from memorial.base.choices import State
from memorial.base.models import HistoryEntry
from memorial.base.partial_date import PartialDate
from tests.factories import (
    ArticleFactory,
    CaseFactory,
    ChargeFactory,
    CourtFactory,
    DecisionFactory,
    DecisionPersonFactory,
    DraftFactory,
    HearingFactory,
    OfficialFactory,
    PrisonerFactory,
    ProsecutionFactory,
    RestraintFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db


def deed(record, code) -> str:
    return reverse(f"admin:cases_{record._meta.model_name}_deed", args=[record.pk, code])


def state(record) -> str:
    record.refresh_from_db()
    return record.state


def test_a_case_is_published_once_nothing_stands_in_the_way(desk):
    case = CaseFactory(state=State.DRAFT, summary_ru="", summary_en="")
    text = desk.get(deed(case, "publish")).content.decode()
    for words in ("no short description", "Nobody is entered", "no source at all"):
        assert words in text
    assert desk.post(deed(case, "publish")).status_code == 400
    case.summary_en = "Sang in a square."
    case.save()
    hidden = ProsecutionFactory(case=case, prisoner=DraftFactory())
    CaseCitation.objects.create(prosecution=hidden, title="A newspaper", kind="media")
    assert "None of the people" in desk.get(deed(case, "publish")).content.decode()
    ProsecutionFactory(case=case)
    desk.post(deed(case, "review"))
    assert state(case) == State.READY
    desk.post(deed(case, "publish"))
    assert state(case) == State.PUBLISHED
    assert desk.post(deed(case, "withdraw"), {"reason": " "}).status_code == 400
    desk.post(deed(case, "withdraw"), {"reason": "asked by the family"})
    entry = HistoryEntry.objects.filter(table="cases_case").order_by("-id").first()
    assert (state(case), entry.reason) == (State.WITHDRAWN, "asked by the family")
    desk.post(deed(case, "draft"))
    desk.post(deed(case, "confirm"))
    assert state(case) == State.DRAFT
    assert case.facts_checked_on is not None


def test_a_case_that_names_somebody_hidden_says_where(desk):
    case = CaseFactory(state=State.DRAFT, title_ru="Дело Рогожина")
    hidden = DraftFactory(surname_ru="Рогожин", surname_en="Rogozhin")
    ProsecutionFactory(case=case, prisoner=hidden)
    HearingFactory(case=case, subject_en="Questioning of Rogozhin")
    text = desk.get(deed(case, "publish")).content.decode()
    assert text.count("whom readers do not see by name") == 2
    assert "Questioning" not in text or "hearing" in text


def test_reducing_or_withdrawing_a_person_says_which_cases_name_them(desk):
    person = PrisonerFactory(surname_ru="Рогожин", surname_en="Rogozhin")
    prosecution = ProsecutionFactory(prisoner=person, case__title_en="The Rogozhin case")
    HearingFactory(case=prosecution.case, subject_en="Questioning of Rogozhin")
    for code in ("initials", "withdraw"):
        address = reverse("admin:prisoners_prisoner_deed", args=[person.pk, code])
        text = desk.get(address).content.decode()
        assert "The Rogozhin case" in text
        assert "Questioning of Rogozhin" in text


def test_a_court_needs_a_time_zone(desk):
    court = CourtFactory(state=State.DRAFT, time_zone="")
    assert desk.post(deed(court, "publish")).status_code == 400
    court.time_zone = "Europe/Moscow"
    court.save()
    desk.post(deed(court, "publish"))
    assert state(court) == State.PUBLISHED


@pytest.fixture
def judge():
    official = OfficialFactory(office_en="Judge of the Zarechny district court")
    CaseCitation.objects.create(official=official, title="The court's site", kind="court")
    return OfficialRole.objects.create(official=official, prosecution=ProsecutionFactory(), part="tried")


def test_two_different_people_confirm_an_official_and_the_parts(desk, member, judge):
    official = judge.official
    desk.post(deed(official, "confirm"))
    desk.post(deed(official, "confirm"))
    assert desk.post(deed(official, "publish")).status_code == 400
    other = member("editor", "another")
    waits = reverse("admin:cases_official_changelist")
    assert official in other.get(waits, {"confirmed": "mine"}).context["cl"].result_list
    assert official not in desk.get(waits, {"confirmed": "mine"}).context["cl"].result_list
    other.post(deed(official, "confirm"))
    judge.refresh_from_db()
    assert judge.confirmed
    assert OfficialConfirmation.objects.count() == 4
    desk.post(deed(official, "publish"))
    assert state(official) == State.PUBLISHED
    assert other.post(deed(official, "unconfirm")).status_code == 400
    desk.post(deed(official, "withdraw"), {"reason": "a namesake"})
    other.post(deed(official, "unconfirm"))
    judge.refresh_from_db()
    assert not judge.confirmed


def test_a_part_without_a_source_is_not_confirmed_along(desk, judge):
    judge.official.citations.all().delete()
    desk.post(deed(judge.official, "confirm"))
    assert OfficialConfirmation.objects.filter(role=judge).count() == 0
    assert OfficialConfirmation.objects.filter(official=judge.official).count() == 1


def test_a_lawyer_confirms_and_does_not_publish(member, judge):
    lawyer = member("legal")
    assert lawyer.post(deed(judge.official, "confirm")).status_code == 302
    assert lawyer.post(deed(judge.official, "publish")).status_code == 403


def cases(client, **query) -> set[str]:
    answer = client.get(reverse("admin:cases_case_changelist"), query)
    assert answer.status_code == 200
    return {case.slug for case in answer.context["cl"].result_list}


def test_the_list_answers_what_editors_ask(desk, today):
    tried = CaseFactory(slug="tried", summary_en="")
    DecisionFactory(case=tried, on=PartialDate.parse(today.strftime("%d.%m.%Y")))
    waiting = CaseFactory(slug="waiting")
    HearingFactory(case=waiting, on=today - timedelta(days=3), hearing_state="planned")
    person = PrisonerFactory(surname_en="Rogozhin")
    charged = ProsecutionFactory(case=tried, prisoner=person)
    ChargeFactory(prosecution=charged, article=ArticleFactory(number="207.3", slug="uk-rf-207.3"))
    ChargeFactory(prosecution=ProsecutionFactory(case=waiting), article=None, part="", wording_ru="за стихи")
    assert cases(desk, missing="hearing") == {"waiting"}
    assert cases(desk, missing="decision") == {"waiting"}
    assert cases(desk, missing="words") == {"waiting"}
    assert cases(desk, missing="no-en") == {"tried"}
    for typed in ("rogozhin", "207.3", "ч. 2 ст. 207.3 УК РФ", tried.title_ru):
        assert "tried" in cases(desk, q=typed), typed
    assert cases(desk, q="ч. 3 ст. 207.3 УК РФ") == set()
    assert cases(desk, prisoner=str(person.pk)) == {"tried"}


def test_a_translator_does_not_find_a_case_by_somebody_hidden(member):
    case = ProsecutionFactory(prisoner=DraftFactory(surname_en="Rogozhin")).case
    translator = member("translator")
    assert cases(translator, q="rogozhin") == set()
    answer = translator.get(reverse("admin:cases_case_changelist"))
    assert [one.people for one in answer.context["cl"].result_list] == [0]
    assert cases(translator) == {case.slug}


def test_unverified_articles_are_marked_and_found(desk):
    article = ArticleFactory()
    article.editions.update(verified_on=None)
    checked = ArticleFactory()
    checked.editions.update(verified_on=date(2026, 1, 1))
    address = reverse("admin:cases_article_changelist")
    assert "not checked" in desk.get(address).content.decode()
    found = desk.get(address, {"verified": "no"}).context["cl"].result_list
    assert (article in found, checked in found) == (True, False)


def test_lists_ask_the_same_for_three_as_for_one(desk, judge):
    def asked(name) -> int:
        address = reverse(f"admin:cases_{name}_changelist")
        desk.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(address).status_code == 200
        return len(queries)

    names = ("case", "court", "official", "article", "term", "relation")
    DecisionPersonFactory(decision__court=CourtFactory())
    TermFactory()
    ArticleFactory()
    before = {name: asked(name) for name in names}
    for _number in range(3):
        DecisionPersonFactory(decision__court=CourtFactory())
        TermFactory()
        ArticleFactory()
        OfficialFactory(court=CourtFactory())
    assert {name: asked(name) for name in names} == before


def test_every_page_of_the_record_answers(office_records, desk):
    for address in office_records:
        answer = desk.get(address)
        assert answer.status_code == 200, address


@pytest.fixture
def office_records(judge):
    """The change and history pages of one record of each kind that has a page."""
    link = DecisionPersonFactory()
    ChargeFactory(prosecution=link.prosecution)
    RestraintFactory(prosecution=link.prosecution)
    HearingFactory(case=link.decision.case)
    TermFactory(prisoner=link.prosecution.prisoner)
    found = []
    for model in admin.site._registry:
        if model._meta.app_label == "cases" and (row := model._default_manager.first()):
            name = f"admin:cases_{model._meta.model_name}"
            found += [reverse(f"{name}_{verb}", args=[row.pk]) for verb in ("change", "history")]
    assert len(found) >= 24
    return found
