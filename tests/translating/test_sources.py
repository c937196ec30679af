"""What a translation was made from: known where somebody said so, outdated only by a real change."""

from __future__ import annotations

import pytest
from django.db import connection
from django.urls import reverse

from memorial.base.acting import acting
from memorial.base.texts_written import MINOR, WRITTEN, texts_written
from memorial.translating.catalogue import NOT_HERE, kinds
from memorial.translating.models import TextSource
from memorial.translating.queue import Condition
from memorial.translating.texts import condition_of, russian_then, text_digest
from prisoners.models import Prisoner
from tests.factories import PrisonerFactory
from tests.office.forms import errors_of, fields_of
from tests.translating.conftest import RUSSIAN, text

pytestmark = pytest.mark.django_db


def state(person) -> Condition:
    return condition_of(text(person))[0]


def change(person, how: str, **columns: str) -> None:
    with texts_written(how):
        Prisoner.objects.filter(pk=person.pk).update(**columns)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "а",
        " два  слова\n",
        "не\u00adраз\u00adрывный",
        "7\u00a0лет\t6\u202fмесяцев",
        "<p>Ёж\r\n</p>",
        "\u2009x",
    ],
)
def test_the_digest_is_the_same_in_the_database_and_here(said):
    with connection.cursor() as cursor:
        cursor.execute("SELECT memorial_text_digest(%s)", [said])
        assert cursor.fetchone()[0] == text_digest(said)


def test_spaces_do_not_count_and_letters_do():
    assert text_digest("7\u00a0лет  тюрь\u00adмы ") == text_digest("7 лет тюрьмы")
    assert text_digest("7 лет") != text_digest("8 лет")


def test_written_beside_the_russian_it_is_up_to_date_and_a_change_outdates_it(translated):
    assert state(translated) == Condition.CURRENT
    change(translated, "", summary_ru=RUSSIAN.replace(" ", "\u00a0"))
    assert state(translated) == Condition.CURRENT
    change(translated, "", summary_ru=RUSSIAN.replace("3", "4"))
    assert state(translated) == Condition.OUTDATED


def test_a_slight_edit_keeps_what_was_up_to_date_and_heals_nothing(translated):
    change(translated, MINOR, summary_ru=RUSSIAN.replace("Учительница", "Учительница школы"))
    assert state(translated) == Condition.CURRENT
    change(translated, WRITTEN, summary_ru="Другой текст.")
    assert state(translated) == Condition.OUTDATED
    change(translated, MINOR, summary_ru="Другой текст!")
    assert state(translated) == Condition.OUTDATED


def test_english_from_an_import_or_a_script_counts_as_unknown(translated):
    change(translated, "", summary_en="Something from a file.")
    assert state(translated) == Condition.UNKNOWN
    other = PrisonerFactory(summary_ru="Строка.", summary_en="A line.")
    assert state(other) == Condition.UNKNOWN
    Prisoner.objects.bulk_update([other], ["summary_en"])
    assert not TextSource.objects.filter(row=other.pk).exists()


def test_a_typo_put_right_in_outdated_english_does_not_make_it_up_to_date(translated):
    change(translated, WRITTEN, summary_ru="Другой текст.")
    change(translated, WRITTEN, summary_en="A teacher, sentenced to 3 years for a comment.")
    assert state(translated) == Condition.OUTDATED
    change(translated, WRITTEN, summary_ru="Третий текст.", summary_en="A third text.")
    assert state(translated) == Condition.CURRENT


def test_taken_away_english_is_missing_and_a_removed_person_leaves_nothing(translated):
    change(translated, WRITTEN, summary_en="")
    assert state(translated) == Condition.MISSING
    change(translated, WRITTEN, summary_en="Again.")
    assert TextSource.objects.filter(row=translated.pk).exists()
    number = translated.pk
    translated.delete()
    assert not TextSource.objects.filter(row=number).exists()


def test_the_russian_of_that_time_is_read_from_the_history(translated):
    source = TextSource.objects.get(row=translated.pk, field="summary")
    for said in ("Второй текст.", "Третий текст."):
        change(translated, "", summary_ru=said)
    now = text(translated)
    assert russian_then(now, source.mark, source.digest) == RUSSIAN
    assert russian_then(now, source.mark, text_digest("чего не было")) is None


def test_the_form_says_so_and_the_box_for_slight_edits_is_on_it(desk, translated):
    address = reverse("admin:prisoners_prisoner_change", args=[translated.pk])
    data = fields_of(desk.get(address))
    assert "_minor_edit" in desk.get(address).content.decode()
    answer = desk.post(address, data | {"summary_ru": "Слегка иначе.", "_minor_edit": "on"})
    assert answer.status_code == 302, errors_of(answer)
    assert state(translated) == Condition.CURRENT
    data = fields_of(desk.get(address))
    assert desk.post(address, data | {"summary_ru": "Совсем иначе."}).status_code == 302
    assert state(translated) == Condition.OUTDATED
    data = fields_of(desk.get(address))
    both = {"summary_ru": "И снова.", "summary_en": "And again."}
    assert desk.post(address, data | both).status_code == 302
    assert state(translated) == Condition.CURRENT
    assert condition_of(text(translated))[1].by == f"staff:{desk.user.pk}"


def test_every_translated_public_text_is_at_the_desk_or_has_a_reason_not_to_be():
    assert len(kinds()) >= 30
    tables = {kind.model._meta.label_lower for kind in kinds()}
    assert not tables & NOT_HERE.keys()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'memorial_texts'")
        assert {name for (name,) in cursor.fetchall()} == {kind.table for kind in kinds()}


def test_initials_end_what_was_on_its_way_and_show_nothing_former(translated):
    from memorial.translating.actions import claim
    from memorial.translating.models import Draft
    from tests.translating.conftest import place

    claim(place=place(translated), by="staff:1")
    with acting("staff:1", "a request"):
        Prisoner.objects.filter(pk=translated.pk).update(
            initials_only=True, name_for_envelope="", born=None, summary_ru="Иначе.", birthday_wanted=False
        )
    assert not Draft.objects.filter(row=translated.pk).exists()
    source = TextSource.objects.get(row=translated.pk, field="summary")
    assert russian_then(text(translated), source.mark, source.digest) is None
