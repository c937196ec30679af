"""A translation on its way: claimed once, written by its holder, reviewed by another, published, lost never."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from memorial.base.civil_date import civil_date
from memorial.base.models import HistoryEntry
from memorial.translating.actions import (
    approve,
    claim,
    give_back,
    offer,
    open_draft,
    publish,
    say_still_true,
    send_back,
    take_over,
    write,
)
from memorial.translating.models import Draft, Step, TextSource
from memorial.translating.queue import Condition
from memorial.translating.texts import condition_of
from prisoners.models import Prisoner
from tests.translating.conftest import RUSSIAN, actor, approved, offered, place, saved, text

pytestmark = pytest.mark.django_db
ENGLISH = "A teacher sentenced to 3 years for a comment."


@pytest.fixture
def anna(member):
    return actor(member("translator", "anna"))


@pytest.fixture
def boris(member):
    return actor(member("translator", "boris"))


def test_from_the_queue_to_the_readers(person, anna, boris):
    draft = approved(person, ENGLISH, anna, boris)
    person.refresh_from_db()
    assert person.summary_en == ""
    version = person.version
    done = publish(draft=draft, version=draft.version, by=boris)
    person.refresh_from_db()
    assert (person.summary_en, person.version) == (ENGLISH, version + 1)
    assert (done.step, done.reviewed_by, done.published_by, done.words) == (Step.PUBLISHED, boris, boris, 9)
    condition, source = condition_of(text(person))
    assert (condition, source.by) == (Condition.CURRENT, boris)
    entry = HistoryEntry.objects.filter(table="prisoners_prisoner", row=str(person.pk)).latest("id")
    assert (entry.actor, entry.after["summary_en"]) == (boris, ENGLISH)


def test_of_two_who_claim_at_once_one_has_it(person, anna, boris):
    claim(place=place(person), by=anna)
    with pytest.raises(ValidationError, match="taken this text already"):
        claim(place=place(person), by=boris)
    assert Draft.objects.get().holder == anna


def test_a_claim_runs_out_and_is_taken_over_with_what_was_written(person, anna, boris, time_machine):
    draft = saved(claim(place=place(person), by=anna), ENGLISH, anna)
    with pytest.raises(ValidationError, match="is taken until"):
        take_over(draft=draft, by=boris)
    day = civil_date() + timedelta(days=8)
    time_machine.move_to(f"{day.isoformat()}T12:00:00+03:00")
    taken = take_over(draft=draft, by=boris)
    assert (taken.holder, taken.text, taken.writers) == (boris, ENGLISH, [anna])
    # Whoever wrote of it does not review it, whosever it is now.
    taken = offer(draft=taken, version=taken.version, by=boris)
    for somebody in (anna, boris):
        with pytest.raises(ValidationError, match="another person reviews it"):
            approve(draft=taken, version=taken.version, by=somebody)


def test_a_second_tab_overwrites_nothing(person, anna):
    draft = claim(place=place(person), by=anna)
    saved(draft, "First.", anna)
    with pytest.raises(ValidationError, match="saved this translation meanwhile"):
        write(draft=draft, version=1, text="Second.", seen_source="", seen_target="", by=anna)
    assert open_draft(place(person)).text == "First."


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ({"summary_ru": "Другой текст."}, "Russian has changed"),
        ({"summary_en": "Else."}, "changed the published English"),
    ],
)
def test_what_changed_meanwhile_is_not_overwritten(person, anna, boris, columns, sentence):
    draft = approved(person, ENGLISH, anna, boris)
    Prisoner.objects.filter(pk=person.pk).update(**columns)
    with pytest.raises(ValidationError, match=sentence):
        publish(draft=draft, version=draft.version, by=boris)
    person.refresh_from_db()
    assert person.summary_en == columns.get("summary_en", "")
    kept = open_draft(place(person))
    assert (kept.text, kept.step) == (ENGLISH, Step.APPROVED)
    # Seen and saved again, reviewed again, it goes out.
    draft = saved(kept, "A different text.", anna)
    draft = offer(draft=draft, version=draft.version, by=anna)
    draft = approve(draft=draft, version=draft.version, by=boris)
    publish(draft=draft, version=draft.version, by=boris)
    person.refresh_from_db()
    assert person.summary_en == "A different text."


def test_saved_over_an_older_page_it_still_counts_as_made_from_the_older_russian(person, anna):
    draft = claim(place=place(person), by=anna)
    old = text(person)
    Prisoner.objects.filter(pk=person.pk).update(summary_ru="Другой текст.")
    draft = write(
        draft=draft,
        version=draft.version,
        text=ENGLISH,
        seen_source=old.source_digest,
        seen_target=old.target_digest,
        by=anna,
    )
    assert draft.text == ENGLISH
    with pytest.raises(ValidationError, match="Russian has changed"):
        offer(draft=draft, version=draft.version, by=anna)


def test_sent_back_with_a_note_and_given_back(person, anna, boris):
    draft = offered(person, ENGLISH, anna)
    draft = send_back(draft=draft, version=draft.version, note="«срок» is a term here", by=boris)
    assert (draft.step, draft.note, draft.holder) == (Step.AT_WORK, "«срок» is a term here", anna)
    give_back(draft=draft, by=anna)
    assert open_draft(place(person)) is None


def test_nobody_publishes_what_nobody_else_has_read(person, anna):
    draft = offered(person, ENGLISH, anna)
    with pytest.raises(ValidationError, match="reviews a translation before"):
        publish(draft=draft, version=draft.version, by=anna)
    with pytest.raises(ValidationError, match="another person reviews it"):
        approve(draft=draft, version=draft.version, by=anna)


def test_a_withdrawn_text_is_neither_claimed_nor_published(person, anna, boris):
    draft = approved(person, ENGLISH, anna, boris)
    Prisoner.objects.filter(pk=person.pk).update(state="withdrawn")
    with pytest.raises(ValidationError, match="do not see this text"):
        publish(draft=draft, version=draft.version, by=boris)
    with pytest.raises(ValidationError, match="do not see this text"):
        claim(place=place(person, "what_happened"), by=anna)


def test_still_true_is_said_of_what_was_seen_and_changes_no_text(translated, anna):
    Prisoner.objects.filter(pk=translated.pk).update(summary_ru=RUSSIAN + " Прокурор не возражал.")
    now = text(translated)
    with pytest.raises(ValidationError, match="changed meanwhile"):
        say_still_true(place=place(translated), seen_source="x", seen_target=now.target_digest, by=anna)
    assert condition_of(now)[0] == Condition.OUTDATED
    say_still_true(
        place=place(translated), seen_source=now.source_digest, seen_target=now.target_digest, by=anna
    )
    assert condition_of(text(translated))[0] == Condition.CURRENT
    assert TextSource.objects.get(row=translated.pk).by == anna


def test_markup_is_sanitised_and_a_text_too_long_is_refused_in_words(person, anna):
    Prisoner.objects.filter(pk=person.pk).update(what_happened_ru="<p>Текст.</p>")
    draft = claim(place=place(person, "what_happened"), by=anna)
    assert saved(draft, "<p onclick=x>Text.<script>1</script></p>", anna).text == "<p>Text.</p>"
    short = claim(place=place(person), by=anna)
    with pytest.raises(ValidationError, match="600"):
        saved(short, "x" * 601, anna)


def test_a_volunteer_sees_only_their_own_drafts_by_the_database(person, anna, member):
    other = claim(place=place(person), by=anna)
    volunteer = actor(member("volunteer_translator"))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE staff_rw")
        cursor.execute("SELECT set_config('memorial.actor', %s, true)", [volunteer])
        cursor.execute("SELECT count(*) FROM translating_draft")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM translating_textsource")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT set_config('memorial.actor', %s, true)", [anna])
        cursor.execute("SELECT id FROM translating_draft")
        assert cursor.fetchone() == (other.pk,)
        cursor.execute("RESET ROLE")
