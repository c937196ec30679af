"""A page that becomes grave after it was published: noted whoever changes it, looked at by another."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse

from cases.models import Charge
from memorial.attention.actions.after_looks import say_it_stays, withdraw_after_look
from memorial.attention.models import AfterLook
from memorial.base.acting import acting, staff_actor
from prisoners.actions.publish import publish, send_for_review, withdraw
from prisoners.models import Prisoner, PrisonerTheme, PrisonerVulnerability, Vulnerability
from tests.attention.rows import becomes_grave, theme
from tests.donations.test_finance_desk import member
from tests.factories import (
    ArticleFactory,
    CitationFactory,
    DraftFactory,
    PrisonerFactory,
    ProsecutionFactory,
)

pytestmark = pytest.mark.django_db
ONE, OTHER = staff_actor(1), staff_actor(2)


def waiting(person: Prisoner) -> list[tuple[str, str]]:
    rows = AfterLook.objects.waiting().filter(prisoner=person)
    return sorted(rows.values_list("reason", "entered_by"))


def test_a_theme_a_charge_and_a_young_age_are_noted_with_who_brought_them():
    person = PrisonerFactory()
    line = ProsecutionFactory(prisoner=person)
    with acting(ONE):
        PrisonerTheme.objects.create(prisoner=person, theme=theme())
        Charge.objects.create(prosecution=line, article=ArticleFactory(number="275"))
    assert waiting(person) == [("lgbt", ONE), ("treason", ONE)]
    with acting(OTHER):
        young = Vulnerability.objects.create(
            code="minor_at_arrest", label_ru="до 18 лет", label_en="under 18"
        )
        PrisonerVulnerability.objects.create(prisoner=person, vulnerability=young)
        Prisoner.objects.filter(pk=person.pk).update(letters_from_abroad_harmful=True)
    assert waiting(person) == [("lgbt", ONE), ("minor", OTHER), ("treason", ONE)]


def test_a_draft_and_an_ordinary_charge_wait_for_nobody():
    draft, person = DraftFactory(), PrisonerFactory()
    line = ProsecutionFactory(prisoner=person)
    with acting(ONE):
        PrisonerTheme.objects.create(prisoner=draft, theme=theme())
        Charge.objects.create(prosecution=line, article=ArticleFactory(number="207.3"))
    assert not AfterLook.objects.exists()


def test_what_goes_before_anybody_looked_is_forgotten_and_what_stays_is_noted_once():
    person = PrisonerFactory()
    look = becomes_grave(person, 1)
    with acting(OTHER):
        PrisonerTheme.objects.create(prisoner=person, theme=theme("some-other"))
    assert waiting(person) == [("lgbt", ONE)]
    with acting(ONE):
        PrisonerTheme.objects.filter(prisoner=person, theme__code="lgbt").delete()
    assert not AfterLook.objects.filter(pk=look.pk).exists()


def test_a_page_published_by_two_with_its_reason_waits_for_nobody_afterwards():
    person = DraftFactory()
    CitationFactory(prisoner=person)
    with acting(ONE):
        PrisonerTheme.objects.create(prisoner=person, theme=theme())
        send_for_review(prisoner=person, by=1)
    publish(prisoner=person, by=2)
    assert list(AfterLook.objects.values_list("reason", "outcome", "looked_by")) == [
        ("lgbt", "published", OTHER)
    ]
    with acting(ONE):
        PrisonerTheme.objects.filter(prisoner=person).update(theme=theme())
    assert waiting(person) == []
    # Withdrawn, it stands no more; the answer is kept.
    withdraw(prisoner=person, reason="проверка", by=1)
    assert list(AfterLook.objects.values_list("outcome", "stands")) == [("published", False)]


def test_another_person_says_it_stays_and_the_answer_never_changes():
    member("editor")
    first, second = member("editor", "first").user, member("editor", "second").user
    person = PrisonerFactory()
    look = becomes_grave(person, first.pk)
    with pytest.raises(ValidationError, match=r"yourself|сами"):
        say_it_stays(look=look, by=first.pk)
    with pytest.raises(ValidationError):
        say_it_stays(look=look, by=member("translator").user.pk)
    say_it_stays(look=look, by=second.pk)
    assert (look.outcome, look.looked_by) == ("stays", staff_actor(second.pk))
    with pytest.raises(ValidationError):
        withdraw_after_look(look=look, word="поздно", by=second.pk)
    assert Prisoner.objects.get().state == "published"


def test_another_person_withdraws_with_a_word():
    first, second = member("editor", "first").user, member("editor", "second").user
    person = PrisonerFactory()
    look = becomes_grave(person, first.pk)
    with pytest.raises(ValidationError):
        withdraw_after_look(look=look, word=" ", by=second.pk)
    withdraw_after_look(look=look, word="нет согласия", by=second.pk)
    person.refresh_from_db()
    look.refresh_from_db()
    assert (person.state, look.outcome, look.word, look.stands) == (
        "withdrawn",
        "withdrawn",
        "нет согласия",
        False,
    )


def test_the_office_can_neither_write_nor_remove_a_look():
    look = becomes_grave(PrisonerFactory(), 1)
    for statement in (
        "UPDATE attention_afterlook SET entered_by = 'staff:9'",
        "DELETE FROM attention_afterlook",
    ):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE staff_rw")
            with pytest.raises(ProgrammingError), transaction.atomic():
                cursor.execute(statement)
            cursor.execute("RESET ROLE")
    with pytest.raises(IntegrityError), transaction.atomic():
        AfterLook.objects.filter(pk=look.pk).update(outcome="stays", looked_by=ONE, looked_at=look.entered_at)


def test_a_person_who_is_deleted_takes_the_looks_along():
    person = PrisonerFactory()
    becomes_grave(person, 1)
    with acting(ONE):
        person.delete()
    assert not AfterLook.objects.exists()


def page_of(look: AfterLook) -> str:
    return reverse("admin:attention_afterlook_change", args=[look.pk])


def test_the_office_shows_it_to_another_and_takes_the_answer_in_one_press():
    first, second = member("editor", "first"), member("editor", "second")
    look = becomes_grave(PrisonerFactory(), first.user.pk)
    todo = reverse("admin:index")
    title = "Became grave after it was published"
    assert f'{title}: look at it <span class="count">1' in second.get(todo).content.decode()
    assert f'{title}: look at it <span class="count">' not in first.get(todo).content.decode()
    stays = reverse("admin:attention_afterlook_stays", args=[look.pk])
    assert "You changed this yourself" in first.get(page_of(look)).content.decode()
    assert first.post(stays).status_code == 400
    assert "Looked: it stays" in second.get(page_of(look)).content.decode()
    assert second.get(stays).status_code == 403
    assert member("auditor").post(stays).status_code == 403
    assert second.post(stays).status_code == 302
    look.refresh_from_db()
    assert look.outcome == "stays"
    assert second.post(stays).status_code == 400


def test_whoever_may_not_look_sees_nothing_of_it():
    look = becomes_grave(PrisonerFactory(), 1)
    for client in (member("translator"), member("aid_coordinator"), member("finance")):
        assert client.get(page_of(look)).status_code == 403
        assert "Became grave" not in client.get(reverse("admin:index")).content.decode()
    assert Client().get(page_of(look)).status_code == 302
