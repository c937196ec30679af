"""The pages of the desk: queue, one text, one's own, pace; and what a volunteer reaches."""

from __future__ import annotations

import io

import pytest
from django.core.management import call_command
from django.urls import reverse

from memorial.base import content_version
from memorial.base.acting import acting
from memorial.translating.actions import claim, open_draft, publish
from memorial.translating.management.commands import seed_glossary
from memorial.translating.models import GlossaryTerm
from memorial.translating.pace import pace_of
from memorial.translating.public_line import in_english
from memorial.translating.queue import Asked, Condition, queue
from prisoners.models import Prisoner
from tests.counting import counted
from tests.factories import DraftFactory, PrisonerFactory, StayFactory
from tests.translating.conftest import RUSSIAN, actor, approved, offered, page, place, text

pytestmark = pytest.mark.django_db
QUEUE = "admin:translating_draft_queue"
MARK = "Zq7secret"


def listed(**asked) -> list[tuple[int, str]]:
    found, _total = queue(Asked("en", table="prisoners_prisoner", **asked))
    return [(one.row, one.field) for one in found]


def press(client, person, do: str, field: str = "summary", **given):
    return client.post(page(person, field), {"do": do, **given})


def sent(person, words: str, field: str = "summary") -> dict[str, str]:
    now, draft = text(person, field), open_draft(place(person, field))
    return {
        "version": str(draft.version),
        "seen_source": now.source_digest,
        "seen_target": now.target_digest,
        "text": words,
    }


# --- The queue --------------------------------------------------------------------------------------


def test_the_queue_is_short_first_and_of_what_readers_see():
    short = PrisonerFactory(summary_ru="Кратко.", summary_en="")
    long = PrisonerFactory(summary_ru="Длинно. " * 40, summary_en="")
    DraftFactory(summary_ru="Черновик.", summary_en="")
    done = PrisonerFactory(summary_ru="Переведено.", summary_en="Translated.")
    of_summaries = [row for row, field in listed() if field == "summary"]
    assert of_summaries == [short.pk, long.pk]
    assert (long.pk, "summary") in listed(length="middle")
    assert (short.pk, "summary") not in listed(length="middle")
    assert (done.pk, "summary") in listed(condition=Condition.UNKNOWN)


def test_the_imprisoned_come_first_where_that_is_asked():
    free = PrisonerFactory(summary_ru="Кратко.", summary_en="")
    held = StayFactory(prisoner=PrisonerFactory(summary_ru="Чуть длиннее.", summary_en="")).prisoner
    assert [row for row, field in listed() if field == "summary"] == [free.pk, held.pk]
    assert [row for row, field in listed(imprisoned=True) if field == "summary"] == [held.pk, free.pk]


def test_names_of_those_shown_by_initials_are_nobodys_to_translate():
    PrisonerFactory(
        surname_ru="Г.",
        surname_en="",
        given_names_ru="Т.",
        given_names_en="G.",
        patronymic_ru="",
        initials_only=True,
        born=None,
    )
    assert [field for _row, field in listed()] == []


def test_one_row_or_three_the_same_number_of_queries(member):
    client = member("translator")
    PrisonerFactory(summary_ru="Первая строка.", summary_en="")
    client.get(reverse(QUEUE))
    with counted() as one:
        assert client.get(reverse(QUEUE)).status_code == 200
    for number in range(3):
        person = PrisonerFactory(summary_ru=f"Строка {number}.", summary_en="")
        claim(place=place(person), by=actor(client))
    with counted() as three:
        assert "Строка 2." in client.get(reverse(QUEUE)).content.decode()
    # Who has taken them is one question more, however many they are.
    assert len(three) <= len(one) + 1
    mine = reverse("admin:translating_draft_mine")
    with counted() as own:
        assert client.get(mine).content.decode().count("<li>") >= 3
    for number in range(3):
        claim(place=place(PrisonerFactory(summary_ru=f"Ещё {number}.", summary_en="")), by=actor(client))
    with counted() as more:
        client.get(mine)
    assert len(more) == len(own)


# --- One text ---------------------------------------------------------------------------------------


def test_from_the_page_to_the_readers(member, person):
    anna, boris = member("translator", "anna"), member("editor", "boris")
    assert "Take this text" in anna.get(page(person)).content.decode()
    assert press(anna, person, "claim").status_code == 302
    answer = press(anna, person, "save", **sent(person, "A teacher sentenced to 4 years."))
    assert answer.status_code == 302
    shown = anna.get(page(person)).content.decode()
    assert "3 stands in the Russian and not in the translation." in shown
    assert "anna has it until" in boris.get(page(person)).content.decode()
    press(anna, person, "offer", **sent(person, "A teacher sentenced to 3 years."))
    assert "A teacher sentenced to 3 years." in boris.get(page(person)).content.decode()
    answer = press(boris, person, "publish", version=sent(person, "")["version"])
    assert answer.status_code == 302, answer.content.decode()
    assert Prisoner.objects.get().summary_en == "A teacher sentenced to 3 years."


def test_a_refusal_keeps_what_was_typed_and_shows_what_the_other_saved(member, person):
    anna = member("translator", "anna")
    press(anna, person, "claim")
    old = sent(person, "Mine, typed in the second tab.")
    press(anna, person, "save", **sent(person, "Saved in the first tab."))
    shown = press(anna, person, "save", **old).content.decode()
    assert "Mine, typed in the second tab." in shown
    assert "Saved in the first tab." in shown
    assert "Somebody has saved this translation meanwhile" in shown


def test_the_difference_is_shown_escaped(member, translated):
    with acting("staff:1"):
        Prisoner.objects.filter(pk=translated.pk).update(
            summary_ru=RUSSIAN.replace("3 года", "4 <b>года</b>")
        )
    shown = member("translator").get(page(translated)).content.decode()
    assert "<del>3</del>" in shown
    assert "<b>года" not in shown


@pytest.mark.parametrize("group", ["translator", "editor", "publisher", "administrator"])
def test_the_desk_is_open_to_those_who_translate(member, group, person):
    client = member(group)
    for name in ("queue", "mine", "pace"):
        assert client.get(reverse(f"admin:translating_draft_{name}")).status_code == 200
    assert client.get(page(person)).status_code == 200


@pytest.mark.parametrize("group", ["legal", "aid_coordinator", "finance"])
def test_the_desk_is_closed_to_others(member, group, person):
    client = member(group)
    for address in (
        *(reverse(f"admin:translating_draft_{n}") for n in ("queue", "mine", "pace")),
        page(person),
    ):
        assert client.get(address).status_code == 403
    assert press(client, person, "claim").status_code == 403


def test_no_text_that_the_desk_has_not(member, person):
    client = member("translator")
    for table, field, tongue in (
        ("prisoners_prisonerprivate", "staff_note", "en"),
        ("prisoners_prisoner", "slug", "en"),
        ("prisoners_prisoner", "summary", "ru"),
        ("staff_user", "username", "en"),
    ):
        address = reverse("admin:translating_draft_text", args=[table, person.pk, field, tongue])
        assert client.get(address).status_code == 404
    hidden = DraftFactory(summary_ru=MARK)
    assert client.get(page(hidden)).status_code == 404


# --- Volunteers -------------------------------------------------------------------------------------


@pytest.fixture
def outside(member):
    return member("volunteer_translator", "vera")


def test_a_volunteer_translates_what_was_cleared(member, person, outside):
    lead, reader = member("publisher", "lead"), member("translator", "reader")
    assert press(lead, person, "for_volunteer", volunteer=outside.user.pk).status_code == 302
    assert RUSSIAN[:30] in outside.get(reverse("admin:translating_draft_mine")).content.decode()
    assert RUSSIAN in outside.get(page(person)).content.decode()
    answer = press(outside, person, "offer", **sent(person, "A teacher, 3 years."))
    assert answer.status_code == 302
    press(reader, person, "publish", version=sent(person, "")["version"])
    assert Prisoner.objects.get().summary_en == "A teacher, 3 years."


def test_a_changed_text_is_shown_to_a_volunteer_only_when_cleared_again(member, person, outside):
    lead = member("publisher", "lead")
    press(lead, person, "for_volunteer", volunteer=outside.user.pk)
    before = sent(person, "What I had written.")
    Prisoner.objects.filter(pk=person.pk).update(summary_ru=f"Теперь здесь {MARK}.")
    shown = press(outside, person, "save", **before).content.decode()
    assert MARK not in shown
    assert "What I had written." in shown
    for address in (page(person), reverse("admin:translating_draft_mine")):
        assert MARK not in outside.get(address).content.decode()
    press(lead, person, "clear")
    assert MARK in outside.get(page(person)).content.decode()


def test_a_volunteer_reaches_nothing_else_of_the_office(member, person, outside, translated):
    """Every address of the office that takes no argument, and those of people: no word of theirs."""
    lead = member("publisher", "lead")
    Prisoner.objects.filter(pk=person.pk).update(what_happened_ru=f"<p>{MARK}</p>")
    other = PrisonerFactory(surname_ru=MARK, summary_ru=MARK)
    claim(place=place(other), by=actor(lead))
    opened = []
    for address in _addresses(other):
        answer = outside.get(address)
        assert MARK not in answer.content.decode(), address
        if answer.status_code == 200:
            opened.append(address)
    assert outside.get(page(other)).status_code == 404
    assert outside.get(page(person, "what_happened")).status_code == 404
    assert press(outside, person, "claim").status_code == 404
    assert all("/prisoners/" not in one and "/cases/" not in one for one in opened), opened
    assert reverse("admin:translating_draft_queue") not in opened
    assert reverse("admin:translating_draft_mine") in opened


def _addresses(other: Prisoner) -> list[str]:
    from django.contrib import admin

    found = [reverse(f"admin:translating_draft_{name}") for name in ("queue", "mine", "pace")]
    for model in admin.site._registry:
        stem = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        found.append(reverse(f"{stem}_changelist"))
    found += [reverse(f"admin:prisoners_prisoner_{name}", args=[other.pk]) for name in ("change", "history")]
    return [*found, reverse("admin:index")]


def test_a_draft_not_cleared_is_not_a_volunteers(member, person, outside):
    claim(place=place(person), by=actor(member("translator", "anna")))
    assert outside.get(page(person)).status_code == 404
    assert press(outside, person, "give_back").status_code == 404


# --- What is left, the public line, the glossary ----------------------------------------------------


def test_the_pace_counts_texts_words_weeks_and_for_leads_people(member, person):
    anna, boris = (actor(member("translator", name)) for name in ("anna", "boris"))
    draft = approved(person, "A teacher sentenced to 3 years.", anna, boris)
    publish(draft=draft, version=draft.version, by=boris)
    offered(PrisonerFactory(summary_ru="Ещё одна.", summary_en=""), "One more.", anna)
    pace = pace_of("en", by_person=True)
    assert (pace.weeks[-1].published, pace.weeks[-1].words, len(pace.weeks)) == (1, 6, 12)
    assert pace.people == [("anna", 1, 6)]
    people = next(line for line in pace.lines if line.table == "prisoners_prisoner")
    assert people.outdated == 0
    first = (people.total, people.translated, people.words_left)
    Prisoner.objects.filter(pk=person.pk).update(what_happened_ru=f"<p>{'слово ' * 650}</p>")
    people = next(line for line in pace_of("en", by_person=False).lines if line.table == "prisoners_prisoner")
    assert (people.total, people.translated) == (first[0] + 1, first[1])
    assert 590 <= people.words_left - first[2] <= 610
    shown = member("publisher", "lead").get(reverse("admin:translating_draft_pace")).content.decode()
    assert "By translator" in shown


def test_the_public_line_is_of_published_people(monkeypatch):
    monkeypatch.setattr(content_version, "SECONDS_BETWEEN_READS", 0.0)
    assert in_english() is None
    PrisonerFactory(summary_ru="Раз.", summary_en="One.", what_happened_ru="<p>Раз.</p>", what_happened_en="")
    PrisonerFactory(summary_ru="Два.", summary_en="", surname_en="", given_names_en="", described_as_en="")
    DraftFactory(summary_ru="Три.", summary_en="")
    found = in_english()
    assert (found.names, found.summaries, found.texts) == (50, 50, 0)


def test_the_glossary_is_seeded_once_and_staff_have_the_last_word():
    first, second = io.StringIO(), io.StringIO()
    call_command("seed_glossary", stdout=first)
    assert GlossaryTerm.objects.count() >= 130
    term = GlossaryTerm.objects.get(russian="обыск")
    with acting("staff:7"):
        term.english = "house search"
        term.save()
        GlossaryTerm.objects.filter(russian="залог").delete()
    call_command("seed_glossary", stdout=second)
    term.refresh_from_db()
    assert term.english == "house search"
    assert not GlossaryTerm.objects.filter(russian="залог").exists()
    assert seed_glossary.FILE.exists()
