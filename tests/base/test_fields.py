# ruff: noqa: DJ008 - models that live for one test
"""Rich text and staff references against a real PostgreSQL; every field in a migration file."""

from __future__ import annotations

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.db.migrations.writer import MigrationWriter
from django.utils import translation
from modeltranslation.translator import TranslationOptions, translator

from memorial.base.fields import (
    PartialDateField,
    RichTextField,
    StaffReference,
    earliest_day,
    latest_day,
    partial_date_constraint,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "field",
    [
        PartialDateField("born"),
        PartialDateField("born", null=False, blank=False, help_text="as known"),
        RichTextField(blank=True),
        StaffReference(null=True),
        earliest_day("born"),
        latest_day("born"),
    ],
)
def test_fields_survive_a_migration_file(field):
    text, imports = MigrationWriter.serialize(field)
    scope: dict = {}
    exec("\n".join(imports), scope)  # noqa: S102 - what a migration file does
    again = eval(text, scope)  # noqa: S307
    assert MigrationWriter.serialize(again)[0] == text
    assert (again.null, again.blank) == (field.null, field.blank)


def test_constraint_survives_a_migration_file():
    constraint = partial_date_constraint("person_born_valid", "born")
    text, imports = MigrationWriter.serialize(constraint)
    scope: dict = {}
    exec("\n".join(imports), scope)  # noqa: S102
    assert eval(text, scope) == constraint  # noqa: S307


# --- RichTextField ------------------------------------------------------------------------------

DIRTY = (
    '<p style="x" onclick="a()">Текст<script>alert(1)</script> <img src="x">'
    '<a href="javascript:a()">a</a></p>'
)
CLEAN = '<p>Текст <a rel="noopener noreferrer">a</a></p>'


@pytest.fixture
def story(table):
    class Story(models.Model):
        text = RichTextField(blank=True)
        plain = models.TextField(blank=True)

        class Meta:
            app_label = "base"

    table(Story)
    return Story


def test_rich_text_is_sanitised_by_every_path_of_the_orm(story, stored):
    row = story.objects.create(text=DIRTY)
    assert row.text == CLEAN
    story.objects.bulk_create([story(text=DIRTY)])
    third = story.objects.create(text="x")
    third.text = DIRTY
    third.save()
    fourth = story.objects.create()
    story.objects.filter(pk=fourth.pk).update(text=DIRTY)
    fifth = story.objects.create()
    fifth.text = DIRTY
    story.objects.bulk_update([fifth], ["text"])
    story.objects.get_or_create(pk=999, defaults={"text": DIRTY})
    story.objects.update_or_create(pk=1000, defaults={"text": DIRTY})
    story.objects.bulk_create(
        [story(pk=1000, text=DIRTY)], update_conflicts=True, unique_fields=["id"], update_fields=["text"]
    )
    assert stored(story, "text") == [CLEAN] * 7


def test_rich_text_is_sanitised_when_a_fixture_is_loaded(story):
    field = story._meta.get_field("text")
    assert field.to_python(DIRTY) == CLEAN


def test_rich_text_keeps_null_and_expressions():
    field = RichTextField(null=True)
    assert field.get_prep_value(None) is None
    assert field.to_python(None) is None


def test_rich_text_form_sanitises_before_it_validates(story):
    form = forms.modelform_factory(story, fields=["text"])(data={"text": DIRTY})
    assert form.is_valid()
    assert form.cleaned_data["text"] == CLEAN
    required = RichTextField().formfield()
    with pytest.raises(ValidationError):
        required.clean("<p> <br></p>")


class Editor(forms.Textarea):
    pass


class AdminTextareaWidget(forms.Textarea):
    """As the stock admin's: the name is what counts, the admin is not installed everywhere."""


def test_editor_takes_the_place_of_a_textarea_when_it_is_installed(monkeypatch):
    monkeypatch.setattr(RichTextField, "form_widget", None)
    assert type(RichTextField().formfield().widget) is forms.Textarea
    monkeypatch.setattr(RichTextField, "form_widget", Editor)
    assert type(RichTextField().formfield().widget) is Editor
    assert type(RichTextField().formfield(widget=AdminTextareaWidget).widget) is Editor
    assert type(RichTextField().formfield(widget=AdminTextareaWidget()).widget) is Editor
    assert type(RichTextField().formfield(widget=forms.HiddenInput).widget) is forms.HiddenInput


@pytest.fixture
def translated_story(table):
    class TranslatedStory(models.Model):
        text = RichTextField(blank=True)

        class Meta:
            app_label = "base"

    class Options(TranslationOptions):
        fields = ("text",)

    translator.register(TranslatedStory, Options)
    table(TranslatedStory)
    yield TranslatedStory
    translator.unregister(TranslatedStory)


def test_rich_text_is_sanitised_in_every_language_column(translated_story, stored):
    for field in ("text_ru", "text_en"):
        assert isinstance(translated_story._meta.get_field(field), RichTextField)
    translated_story.objects.create(text_ru=DIRTY, text_en=DIRTY)
    translated_story.objects.bulk_create([translated_story(text_ru=DIRTY, text_en=DIRTY)])
    third = translated_story.objects.create()
    translated_story.objects.filter(pk=third.pk).update(text_ru=DIRTY, text_en=DIRTY)
    fourth = translated_story.objects.create()
    with translation.override("en"):
        fourth.text = DIRTY
        fourth.text_ru = DIRTY
        fourth.save()
    assert stored(translated_story, "text_ru") == [CLEAN] * 4
    assert stored(translated_story, "text_en") == [CLEAN] * 4


def test_translated_rich_text_has_the_sanitising_form_and_the_editor(translated_story, monkeypatch):
    monkeypatch.setattr(RichTextField, "form_widget", Editor)
    form = forms.modelform_factory(translated_story, fields=["text_ru", "text_en"])(
        data={"text_ru": DIRTY, "text_en": ""}
    )
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {"text_ru": CLEAN, "text_en": ""}
    assert all(isinstance(field.widget, Editor) for field in form.fields.values())


# --- StaffReference -----------------------------------------------------------------------------


def test_staff_reference_is_a_number_without_a_foreign_key(table, stored):
    class Account(models.Model):
        class Meta:
            app_label = "base"

    class Note(models.Model):
        by = StaffReference("by", null=True)

        class Meta:
            app_label = "base"

    table(Account, Note)
    account = Account.objects.create()
    number = account.pk
    note = Note.objects.create(by=number)
    assert Note.objects.get(by=number) == note
    account.delete()
    assert stored(Note, "by") == [number]
    assert not Note._meta.get_field("by").is_relation
    for wrong in (0, -1, "x"):
        with pytest.raises(ValidationError):
            Note(by=wrong).full_clean()
