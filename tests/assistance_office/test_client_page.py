"""A client's page: everything in order, one line to add each thing, own clients only, exact search."""

from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.urls import reverse

from assistance.models import Client, DetentionAid, HelpRequest, HumanitarianAid, LegalAid
from memorial.base.evidence import Looking
from tests.assistance.factories import (
    AidItemFactory,
    ClientFactory,
    ContactPersonFactory,
    DetentionAidFactory,
    DetentionOutcomeFactory,
    HelpRequestFactory,
    HumanitarianAidFactory,
    ItemKindFactory,
    LawyerFactory,
    LegalAidFactory,
    LegalOutcomeFactory,
)
from tests.counting import counted
from tests.factories import PrisonerFactory
from tests.office.conftest import signed_in
from tests.office.forms import errors_of, fields_of

pytestmark = pytest.mark.django_db
LIST = reverse("admin:assistance_client_changelist")
ADD = reverse("admin:assistance_client_add")


def page(row) -> str:
    return reverse(f"admin:assistance_{row._meta.model_name}_change", args=[row.pk])


def everything(client) -> None:
    """One row of each kind of help, with what belongs to it."""
    HelpRequestFactory(client=client, received_on=date(2024, 5, 1), last_step_on=date(2024, 5, 1))
    LegalOutcomeFactory(legal_aid=LegalAidFactory(client=client, lawyer=LawyerFactory()))
    DetentionOutcomeFactory(detention_aid=DetentionAidFactory(client=client))
    AidItemFactory(
        aid=HumanitarianAidFactory(client=client, cost=700, currency="RUB"), cost=50, currency="RUB"
    )


def test_everything_stands_in_the_order_of_time_and_in_words(desk, mine):
    everything(mine)
    text = desk.get(page(mine)).content.decode()
    story = text[text.index('id="story"') : text.index("</ol>")].replace("\xa0", " ")
    assert story.index("1 May 2024") < story.index("14 March 2024")
    for said in ("released from detention", "letters restored", "medicines", "750 RUB", "Защитников"):
        assert said in story, said
    seen = Looking.objects.get()
    assert (seen.kind, seen.rows) == ("seen", [str(mine.pk)])
    assert {"assistance_client", "assistance_legalaid", "assistance_humanitarianaid"} <= set(seen.shown)


def test_a_page_costs_the_same_with_one_row_of_each_and_with_three(desk, mine):
    everything(mine)
    ContactPersonFactory(client=mine)
    desk.get(page(mine))
    with counted() as one:
        desk.get(page(mine))
    for _number in range(2):
        everything(mine)
        ContactPersonFactory(client=mine)
    with counted() as three:
        desk.get(page(mine))
    assert len(three) == len(one), three


def test_one_line_adds_each_kind_of_help(member, mine, kinds):
    lead = member("aid_lead")
    form = fields_of(lead.get(page(mine)))
    form |= {
        "requests-0-programme": "legal",
        "requests-0-channel": "relative",
        "requests-0-received_on": "2026-11-01",
        "requests-0-next_step": "Позвонить сестре",
        "requests-0-next_step_on": "2026-11-25",
        "humanitarian_aids-0-given_on": "02.11.2026",
        "humanitarian_aids-0-channel": "parcel",
        "humanitarian_aids-0-items_text": "лекарства 2 уп до 01.03.2027, продукты 5 кг",
        "legal_aids-0-stage": "appeal",
        "legal_aids-0-began": "2026",
        "detention_aids-0-right": "letters",
    }
    answer = lead.post(page(mine), form)
    assert answer.status_code == 302, errors_of(answer)
    assert HelpRequest.objects.get().next_step == "Позвонить сестре"
    assert HelpRequest.objects.get().last_step_on == date(2026, 11, 1)
    said = [
        (str(i.kind.code), i.quantity, i.unit, i.expires_on)
        for i in HumanitarianAid.objects.get().items.all()
    ]
    assert said == [("medicines", 2, "pack", date(2027, 3, 1)), ("food", 5, "kg", None)]
    assert (LegalAid.objects.get().stage, DetentionAid.objects.get().right) == ("appeal", "letters")


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_saved(desk, mine, kinds):
    form = fields_of(desk.get(page(mine))) | {
        "requests-0-programme": "legal",
        "requests-0-channel": "relative",
        "humanitarian_aids-0-given_on": "02.11.2026",
        "humanitarian_aids-0-items_text": "зелье 2 уп",
    }
    said = errors_of(desk.post(page(mine), form))
    assert "An open request has a next step and its day" in said
    assert "no such kind of thing" in said
    assert "зелье 2 уп" in said
    assert not HelpRequest.objects.exists()
    assert not HumanitarianAid.objects.exists()


# --- Own clients only -------------------------------------------------------------------------------


def test_a_limited_coordinator_meets_no_client_of_others(desk, mine, theirs):
    row = HelpRequestFactory(client=theirs)
    parcel = HumanitarianAidFactory(client=theirs)
    assert mine.name in desk.get(LIST).content.decode()
    for address in (LIST, f"{LIST}?q=Чужакова", f"{LIST}?q={theirs.pk}"):
        assert "Чужакова" not in desk.get(address).content.decode().replace("?q=Чужакова", "").replace(
            'value="Чужакова"', ""
        )
    for record in (theirs, row, parcel):
        name = f"admin:assistance_{record._meta.model_name}"
        for verb in ("change", "history", "delete"):
            got = desk.get(reverse(f"{name}_{verb}", args=[record.pk])).status_code
            assert got == 404 or (verb == "delete" and got == 403), (verb, record)
    assert desk.get(reverse("admin:assistance_helprequest_step", args=[row.pk])).status_code == 404
    asked = {"app_label": "assistance", "model_name": "helprequest", "field_name": "client"}
    found = desk.get(reverse("admin:autocomplete"), asked).json()["results"]
    assert [one["id"] for one in found] == [str(mine.pk)]


def test_nobody_is_added_to_others_clients_nor_handed_over(desk, mine, theirs):
    address = reverse("admin:assistance_detentionaid_add")
    given = {
        "client": str(theirs.pk),
        "right": "letters",
        "outcomes-TOTAL_FORMS": "0",
        "outcomes-INITIAL_FORMS": "0",
    }
    assert "Nobody is found by" in errors_of(desk.post(address, given))
    assert not DetentionAid.objects.exists()
    form = fields_of(desk.get(page(mine)))
    assert "coordinator" not in form
    answer = desk.post(page(mine), form | {"coordinator": "999", "note": "x"})
    assert answer.status_code == 302, errors_of(answer)
    mine.refresh_from_db()
    assert (mine.coordinator, mine.note) == (desk.user.pk, "x")


def test_a_new_client_is_of_whoever_enters_and_a_likely_double_is_named_softly(desk, mine, theirs):
    form = fields_of(desk.get(ADD))
    answer = desk.post(ADD, form | {"name": "горинцев тимур", "contact": ""}, follow=True)
    text = answer.content.decode()
    made = Client.objects.latest("pk")
    assert made.coordinator == desk.user.pk
    assert "Perhaps the same person is here already" in text
    assert page(mine) in text
    # Of somebody else's client nothing is said.
    answer = desk.post(ADD, form | {"name": "Чужакова Лариса", "contact": "8 999 555 12 34"}, follow=True)
    assert "Perhaps the same person" not in answer.content.decode()


# --- Search, sealed texts, two at once --------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "found"),
    [("Горинцев", True), ("тимур горинцев", True), ("timur@example.org", True), ("Гори", False)],
)
def test_only_an_exact_name_or_contact_finds(desk, mine, typed, found):
    answer = desk.get(LIST, {"q": typed})
    assert ("Горинцев Тимур Адамович" in answer.content.decode()) is found
    assert "only an exact one finds" in answer.content.decode()
    assert Looking.objects.latest("pk").kind == "searched"


def test_a_client_is_found_through_a_relative_and_by_number(desk, mine):
    ContactPersonFactory(client=mine, name="Родственникова Анна", contact="+7 912 345-67-89")
    for typed in ("89123456789", "Родственникова", f"№ {mine.pk}"):
        assert mine.name in desk.get(LIST, {"q": typed}).content.decode(), typed


def test_a_text_without_its_key_is_shown_as_such_and_kept(desk, mine):
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM assistance_client WHERE id = %s", [mine.pk])
        stored = cursor.fetchone()[0]
    with override_settings(FIELD_KEYS=[b"another key of thirty-two bytes!"]):
        text = desk.get(page(mine)).content.decode()
        assert "cannot be opened" in text
        form = fields_of(desk.get(page(mine)))
        answer = desk.post(page(mine), form | {"note": "Новое", "name": "подмена"})
        assert answer.status_code == 302, errors_of(answer)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM assistance_client WHERE id = %s", [mine.pk])
        assert cursor.fetchone()[0] == stored
    assert settings.FIELD_KEYS


def test_of_two_who_change_one_client_neither_loses_anything(desk, lead, mine):
    first, second = fields_of(desk.get(page(mine))), fields_of(lead.get(page(mine)))
    assert lead.post(page(mine), second | {"contact": "new@example.org", "note": "Их"}).status_code == 302
    answer = desk.post(page(mine), first | {"note": "Моё"})
    said = errors_of(answer)
    assert "Contact" in said, "only the colleague changed it: taken over"
    assert "Your colleague wrote: Их" in said
    again = fields_of(answer)
    assert (again["contact"], again["note"]) == (["new@example.org"], ["Моё"])


def test_a_colleague_who_added_meanwhile_is_not_undone(desk, lead, mine):
    form = fields_of(desk.get(page(mine)))
    HelpRequestFactory(client=mine)
    form |= {"detention_aids-0-right": "letters"}
    assert desk.post(page(mine), form).status_code == 302
    assert (HelpRequest.objects.count(), DetentionAid.objects.count()) == (1, 1)


def test_the_page_in_the_encyclopaedia_shows_nothing_of_the_client(desk, mine):
    person = PrisonerFactory()
    mine.prisoner = person
    mine.save()
    text = desk.get(reverse("admin:prisoners_prisoner_change", args=[person.pk])).content.decode()
    # The top line of every page leads who may to «Help today»; below it nothing tells of help.
    text = text.partition('<div class="main')[2]
    assert person.surname_ru in text
    assert "assistance" not in text
    assert mine.name not in text


def test_a_lawyer_is_named_exactly_and_never_listed(lead, mine):
    lawyer = LawyerFactory(name="Защитников Олег Ильич")
    aid = LegalAidFactory(client=mine)
    text = lead.get(page(aid)).content.decode()
    assert "Защитников" not in text
    answer = lead.post(page(aid), fields_of(lead.get(page(aid))) | {"lawyer": "защитников олег"})
    assert answer.status_code == 302, errors_of(answer)
    aid.refresh_from_db()
    assert aid.lawyer == lawyer
    assert f"№ {lawyer.pk} Защитников" in lead.get(page(aid)).content.decode()
    assert lead.post(page(aid), fields_of(lead.get(page(aid)))).status_code == 302


def test_merging_is_for_those_who_may_take_clients_out(desk, lead, mine):
    other = ClientFactory(name="Горинцев Т. А.", contact="second@example.org", coordinator=desk.user.pk)
    HelpRequestFactory(client=other)
    address = reverse("admin:assistance_client_merge", args=[mine.pk])
    assert desk.get(address).status_code == 403
    said = {"duplicate": f"№ {other.pk}", "reason": ""}
    assert "second@example.org" in lead.post(address, said).content.decode(), "looked at first"
    assert "Say why" in lead.post(address, said | {"merge": "1"}).content.decode()
    assert lead.post(address, said | {"merge": "1", "reason": "one person"}).status_code == 302
    assert HelpRequest.objects.get().client == mine
    assert not Client.objects.filter(pk=other.pk).exists()


def test_who_may_nothing_meets_nothing(member, mine):
    ItemKindFactory()
    for group in ("translator", "editor", "finance", "auditor"):
        somebody = member(group)
        for name in ("client", "helprequest", "legalaid", "humanitarianaid", "lawyer", "itemkind"):
            assert somebody.get(reverse(f"admin:assistance_{name}_changelist")).status_code == 403
        for name in ("helprequest_today", "humanitarianaid_grid"):
            assert somebody.get(reverse(f"admin:assistance_{name}")).status_code == 403
        signed_in(somebody.user)
