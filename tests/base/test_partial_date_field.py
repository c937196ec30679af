# ruff: noqa: DJ008 - models that live for one test
"""The column of a partial date, its SQL functions and its form, against a real PostgreSQL."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django import forms
from django.core import serializers
from django.core.exceptions import FieldError, ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Case, F, Value, When
from django.utils import translation
from hypothesis import example, given, settings
from hypothesis import strategies as st

from memorial.base.fields import (
    PartialDateField,
    PartialDateFormField,
    earliest_day,
    latest_day,
    partial_date_constraint,
)
from memorial.base.partial_date import FIRST_YEAR, LAST_YEAR, PartialDate, PartialDateError

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(table):
    """A model with one date, its two days and the constraint."""

    class Person(models.Model):
        born = PartialDateField("born")
        born_earliest = earliest_day("born")
        born_latest = latest_day("born")

        class Meta:
            app_label = "base"
            constraints = [partial_date_constraint("person_born_valid", "born")]

    table(Person)
    return Person


# --- The SQL functions and Python say the same -------------------------------------------------

LIKE_A_DATE = st.from_regex(r"[~<>]?[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", fullmatch=True)
REAL_DATE = st.builds(
    lambda day, sign, length: sign + day.isoformat()[:length],
    st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)),
    st.sampled_from(["", "~", "<", ">"]),
    st.sampled_from([4, 7, 10]),
)
ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=14)


def in_python(text):
    try:
        value = PartialDate.from_text(text)
    except PartialDateError:
        return False, None, None
    return True, value.earliest, value.latest


def in_sql(text):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT partial_date_valid(%s), partial_date_earliest(%s), partial_date_latest(%s)", [text] * 3
        )
        return cursor.fetchone()


@given(REAL_DATE | LIKE_A_DATE | ANY_TEXT)
@example("2023-02-29")
@example("2024-02-29")
@example("1900-02-29")
@example("2000-02-29")
@example("~1850")
@example("<1850")
@example(">2150-12-31")
@example("2151")
@example("1849-12-31")
@example("2023-01-00")
@example("2023\n")
@example("٢٠٢٣")
@example("~~2023")
@example("")
@settings(max_examples=500)
def test_sql_agrees_with_python(text):
    assert in_sql(text) == in_python(text)


def test_sql_agrees_on_every_day_of_eight_years_with_every_sign():
    days = [date(2019, 1, 1) + timedelta(days=number) for number in range(8 * 366)]
    texts = sorted(
        {
            sign + day.isoformat()[:length]
            for day in days
            for sign in ("", "~", "<", ">")
            for length in (4, 7, 10)
        }
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t, partial_date_valid(t), partial_date_earliest(t), partial_date_latest(t)"
            " FROM unnest(%s::text[]) t",
            [texts],
        )
        found = {text: tuple(rest) for text, *rest in cursor}
    assert found == {text: in_python(text) for text in texts}
    assert len(found) > 10_000


def test_sql_gives_null_for_null():
    assert in_sql(None) == (None, None, None)


def test_sql_functions_work_under_an_empty_search_path(person):
    """As in a restored dump: names inside a function must not depend on the caller."""
    person.objects.create(born="~2023-03")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL search_path = ''")
        cursor.execute("SELECT public.partial_date_latest('~2023-03'), public.memorial_sort_key('Ёлкин')")
        assert cursor.fetchone() == (date(2023, 4, 30), "елкин")
        cursor.execute("UPDATE public.base_person SET born = '<2023' RETURNING born_latest")
        assert cursor.fetchone() == (date(2022, 12, 31),)


# --- PartialDateField ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_value", "text"),
    [
        ("14 марта 2023", "2023-03-14"),
        (PartialDate(2023, 3), "2023-03"),
        (date(2023, 3, 14), "2023-03-14"),
        ("~2023", "~2023"),
        ("", None),
        (None, None),
    ],
)
def test_partial_date_is_stored_in_canonical_text(person, given_value, text, stored):
    row = person.objects.create(born=given_value)
    known = PartialDate.from_text(text) if text else None
    assert stored(person) == [text]
    assert row.born == person.objects.get().born == known
    assert row.born_earliest == (known and known.earliest)
    assert person.objects.get().born_latest == (known and known.latest)


def test_partial_date_by_every_path_of_writing(person, stored):
    person.objects.bulk_create([person(born="2021"), person(born="до 03.2022")])
    first, second = person.objects.order_by("id")
    person.objects.filter(pk=first.pk).update(born="~2020")
    second.born = "2022-03"
    person.objects.bulk_update([second], ["born"])
    assert stored(person) == ["~2020", "2022-03"]
    person.objects.update(
        born=Case(When(pk=first.pk, then=Value("2019", PartialDateField())), default=F("born"))
    )
    assert stored(person) == ["2019", "2022-03"]
    person.objects.update(born=Value("март 2018", PartialDateField()))
    assert stored(person) == ["2018-03", "2018-03"]
    person.objects.update_or_create(pk=first.pk, defaults={"born": "2017"})
    person.objects.filter(pk=second.pk).update(born=None)
    assert stored(person) == ["2017", None]


def test_partial_date_lookups(person):
    person.objects.bulk_create(person(born=text) for text in ("2023", "2023-03", "~2023", None))
    assert person.objects.filter(born="2023").count() == 1
    assert person.objects.filter(born=PartialDate(2023, 3)).count() == 1
    assert person.objects.filter(born__in=["около 2023", "03.2023"]).count() == 2
    assert person.objects.filter(born__isnull=True).count() == 1
    assert person.objects.filter(born=None).count() == 1
    assert person.objects.exclude(born="2023").count() == 3
    assert person.objects.filter(born__regex=r"^[~<>]?[0-9]{4}$").count() == 2
    assert person.objects.filter(born_latest__lt=date(2023, 4, 1)).count() == 1
    assert set(person.objects.values_list("born", flat=True)) == {
        PartialDate(2023),
        PartialDate(2023, 3),
        PartialDate.from_text("~2023"),
        None,
    }
    assert person.objects.values("born").distinct().count() == 4
    assert person.objects.aggregate(first=models.Min("born_earliest"))["first"] == date(2022, 1, 1)


@pytest.mark.parametrize("lookup", ["lt", "lte", "gt", "gte", "range"])
def test_partial_date_has_no_order_of_its_own(person, lookup):
    value = ("2022", "2023") if lookup == "range" else "2023"
    with pytest.raises(FieldError, match="born_earliest"):
        person.objects.filter(**{f"born__{lookup}": value})


def test_partial_date_filter_with_nonsense_is_refused(person):
    with pytest.raises(ValidationError):
        person.objects.filter(born="вчера").count()


@pytest.mark.parametrize("text", ["2023-02-30", "2023-3", "x", "", "2151", "2023-13"])
def test_database_refuses_what_is_no_partial_date(person, text):
    with (
        pytest.raises(IntegrityError, match="person_born_valid"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("INSERT INTO base_person (born) VALUES (%s)", [text])


def test_assigned_text_is_a_date_at_once_and_nonsense_is_reported_by_full_clean(person, stored):
    row = person(born="около 2023")
    assert row.born == PartialDate.from_text("~2023")
    row.born = "вчера"
    assert row.born == "вчера"
    with pytest.raises(ValidationError) as error:
        row.full_clean()
    assert list(error.value.message_dict) == ["born"]
    with pytest.raises(ValidationError), transaction.atomic():
        row.save()
    row.born = "2022"
    row.full_clean()
    row.save()
    assert stored(person) == ["2022"]


def test_deferred_partial_date_is_loaded_when_asked_for(person):
    person.objects.create(born="2023")
    row = person.objects.defer("born").get()
    assert row.get_deferred_fields() == {"born"}
    assert row.born == PartialDate(2023)


@pytest.mark.parametrize("format_", ["json", "jsonl", "xml", "python"])
def test_partial_date_survives_every_serializer(person, format_):
    for text in ("~2023-03", None):
        person.objects.create(born=text)
    data = serializers.serialize(format_, person.objects.order_by("id"), fields=["born"])
    assert "2023-03" in str(data)
    # The deserializer looks for the model in the global registry, where a temporary one is not.
    field = person._meta.get_field("born")
    again = [field.to_python(field.value_to_string(row)) for row in person.objects.order_by("id")]
    assert again == [PartialDate.from_text("~2023-03"), None]


def test_date_is_optional_unless_told_otherwise():
    assert PartialDateField().null
    assert PartialDateField().blank
    with pytest.raises(ValidationError):
        PartialDateField(null=False, blank=False).clean(None, None)


# --- Its form field -----------------------------------------------------------------------------


def person_form(person, **kwargs):
    return forms.modelform_factory(person, fields=["born"])(**kwargs)


def test_form_reads_saves_and_shows_a_date_as_it_is_typed(person, stored):
    form = person_form(person, data={"born": " 14 марта 2023 г. "})
    assert form.is_valid(), form.errors
    row = form.save()
    assert stored(person) == ["2023-03-14"]
    with translation.override("ru"):
        assert 'value="14.03.2023"' in str(person_form(person, instance=row)["born"])
        row.born = "~2023-03"
        assert 'value="около 03.2023"' in str(person_form(person, instance=row)["born"])
    with translation.override("en"):
        assert 'value="about 03.2023"' in str(person_form(person, instance=row)["born"])


def test_form_keeps_the_typed_text_and_says_what_is_wrong(person):
    form = person_form(person, data={"born": "31.04.2023"})
    assert not form.is_valid()
    with translation.override(None):
        assert "31" in form.errors["born"][0]
        assert 'value="31.04.2023"' in str(form["born"])


def test_form_compares_dates_and_not_spellings(person):
    row = person.objects.create(born="2023-03-14")
    assert not person_form(person, data={"born": "14 марта 2023"}, instance=row).has_changed()
    assert person_form(person, data={"born": "около 14.03.2023"}, instance=row).has_changed()
    assert person_form(person, data={"born": ""}, instance=row).has_changed()
    assert person_form(person, data={"born": "31.04.2023"}, instance=row).has_changed()
    assert not PartialDateFormField(required=False).has_changed(None, " ")


def test_form_field_has_a_hint_and_leaves_the_phone_quiet(person):
    field = person_form(person).fields["born"]
    assert "2023" in str(field.help_text)
    assert not field.required
    widget = str(person_form(person)["born"])
    for attribute in ('inputmode="text"', 'autocomplete="off"', 'spellcheck="false"'):
        assert attribute in widget


def test_own_help_text_replaces_the_hint():
    assert PartialDateField(help_text="own").formfield().help_text == "own"


def test_required_form_field_refuses_nothing():
    with pytest.raises(ValidationError):
        PartialDateFormField().clean("  ")


def test_form_field_with_agreed_formats():
    assert PartialDateFormField(formats=["%m/%d/%Y"]).clean("03/04/2023") == PartialDate(2023, 3, 4)
