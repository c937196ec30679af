"""The form of a person: names and texts in both languages, words of vocabularies as one field each."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from memorial.base.admin import VersionedForm, both
from memorial.base.admin.autocomplete import StaffAutocompleteMultiple
from memorial.base.localized import LANGUAGES, all_languages
from memorial.base.names import make_slug
from prisoners.models import (
    Prisoner,
    PrisonerCommunity,
    PrisonerListing,
    PrisonerProfession,
    PrisonerTheme,
    PrisonerVulnerability,
)


class Words(NamedTuple):
    """Words of a vocabulary that a person has: form field → linking table and its foreign key."""

    link: type[models.Model]
    key: str
    label: Any


WORDS = {
    "themes": Words(PrisonerTheme, "theme", _("Themes")),
    "lists": Words(PrisonerListing, "prisoner_list", _("Lists")),
    "professions": Words(PrisonerProfession, "profession", _("Professions")),
    "communities": Words(PrisonerCommunity, "community", _("Communities")),
    "vulnerabilities": Words(PrisonerVulnerability, "vulnerability", _("Vulnerabilities")),
}
NAMES = ("surname", "given_names", "patronymic", "described_as")
TEXTS = ("summary", "what_happened", "why_political", "charges", "charges_code_name", "sentence")

FIELDSETS: list[Any] = [
    (_("Name"), {"fields": [*both(*NAMES), ("gender", "born"), "slug"]}),
    (_("In short"), {"fields": [*both("summary", "sentence"), ("region", "lists", "themes")]}),
    (_("What happened"), {"fields": both("what_happened", "why_political")}),
    (
        _("Charges"),
        {"fields": [*both("charges"), "charges_code", *both("charges_code_name")], "classes": ["collapse"]},
    ),
    (
        _("Letters"),
        {
            "fields": [
                ("name_for_envelope", "envelope_name_confirmed"),
                "letters_from_abroad_harmful",
            ],
            "classes": ["collapse"],
        },
    ),
    (
        _("About the person"),
        {"fields": ["professions", "communities", "vulnerabilities"], "classes": ["collapse"]},
    ),
    (
        _("Where no stay tells it"),
        {"fields": [("liberty_entered", "liberty_as_of")], "classes": ["collapse"]},
    ),
    (
        _("Attention and dates"),
        {
            "fields": [
                ("attention_wanted", "birthday_wanted", "quiet_until"),
                ("facts_checked_on", "place_checked_on", "updated_on"),
            ],
            "classes": ["collapse"],
        },
    ),
]
ADD_FIELDSETS: list[Any] = [
    (
        _("Who"),
        {
            "fields": [*both(*NAMES), ("gender", "born"), *both("summary"), "region"],
            "description": _(
                "Everything else follows on the next page. Nothing is public until it is published."
            ),
        },
    ),
]
TRANSLATOR_FIELDSETS: list[Any] = [
    (_("Name"), {"fields": both(*NAMES)}),
    (_("In short"), {"fields": both("summary", "sentence")}),
    (_("What happened"), {"fields": both("what_happened", "why_political")}),
    (_("Charges"), {"fields": both("charges", "charges_code_name")}),
]
NAME_COLUMNS = [*all_languages(*NAMES), "slug", "name_for_envelope", "envelope_name_confirmed"]
"""What «initials only» has moved away, and what only its own action brings back."""


def words_field(words: Words, site: admin.AdminSite) -> forms.ModelMultipleChoiceField:
    """One field for all words of a kind; it also carries what was chosen when the page was opened."""
    key = words.link._meta.get_field(words.key)
    return forms.ModelMultipleChoiceField(
        queryset=key.related_model._default_manager.all(),  # type: ignore[union-attr]
        widget=StaffAutocompleteMultiple(key, site),
        label=words.label,
        required=False,
        show_hidden_initial=True,
    )


class PrisonerForm(VersionedForm):
    """A person. The words of vocabularies are written as differences, so that nobody's choice is lost."""

    themes = words_field(WORDS["themes"], admin.site)
    lists = words_field(WORDS["lists"], admin.site)
    professions = words_field(WORDS["professions"], admin.site)
    communities = words_field(WORDS["communities"], admin.site)
    vulnerabilities = words_field(WORDS["vulnerabilities"], admin.site)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in [name for name in WORDS if name not in (self._meta.fields or ())]:
            self.fields.pop(name, None)
        if self.instance.pk is not None:
            self._read_words()

    def _read_words(self) -> None:
        for name, words in WORDS.items():
            if name in self.fields:
                links = words.link._default_manager.filter(prisoner=self.instance)
                self.initial[name] = list(links.values_list(f"{words.key}_id", flat=True))

    def save_words(self) -> None:
        """Adds and removes what the editor added and removed since opening the page, and nothing else."""
        for name, words in WORDS.items():
            if name in self.fields:
                self._save_words(name, words)

    def _save_words(self, name: str, words: Words) -> None:
        opened = {int(pk) for pk in self._words_at_opening(name) if str(pk).isdigit()}
        chosen = {word.pk for word in self.cleaned_data[name]}
        mine = words.link._default_manager.filter(prisoner=self.instance)
        for link in mine.filter(**{f"{words.key}__in": opened - chosen}):
            link.delete()
        for pk in chosen - opened:
            words.link._default_manager.get_or_create(prisoner=self.instance, **{f"{words.key}_id": pk})

    def _words_at_opening(self, name: str) -> list[Any]:
        box = self[name]
        hidden = box.field.hidden_widget().value_from_datadict(self.data, self.files, box.html_initial_name)
        return list(hidden or [])


class NewPrisonerForm(PrisonerForm):
    """A person who is new to us. Similar people are shown before another page is made."""

    is_another_person = forms.BooleanField(label=_("This is another person"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.similar: list[Prisoner] = []

    def clean(self) -> dict[str, Any] | None:
        """What was typed; refused once where somebody similar is known."""
        cleaned = super().clean()
        if not self.errors and not self.cleaned_data.get("is_another_person"):
            self.similar = self._similar()
            if self.similar:
                self.add_error(
                    None,
                    _("We may have this person already: look below, then tick «This is another person»."),
                )
        return cleaned

    def _similar(self) -> list[Prisoner]:
        from prisoners.actions import similar_people

        data = self.cleaned_data
        found: dict[int, Prisoner] = {}
        for code in LANGUAGES:
            surname, given = data.get(f"surname_{code}", ""), data.get(f"given_names_{code}", "")
            if surname or given:
                alike = similar_people(
                    surname, given, patronymic=data.get(f"patronymic_{code}", ""), born=data.get("born")
                )
                found |= {person.pk: person for person in alike}
        return list(found.values())

    def save(self, commit: bool = True) -> Prisoner:
        """The new person, with an address made from the name."""
        self.instance.slug = new_slug(self.instance)
        person: Prisoner = super().save(commit)
        return person


def new_slug(prisoner: Any) -> str:
    """A free address from the English name, else from the Russian one romanised."""
    surname = prisoner.surname_en or prisoner.surname_ru
    given = prisoner.given_names_en or prisoner.given_names_ru
    taken = Prisoner.objects.filter
    return make_slug(surname, given, lambda slug: taken(slug=slug).exists())
