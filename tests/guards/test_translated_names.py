"""No translated field is named bare in a query, and no language is written out without a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.contrib import admin
from django.db.models import F, Index, Q, UniqueConstraint
from django.db.models.functions import Lower

from memorial.base.database import our_tables
from prisoners.models import Facility, Prisoner
from tests.guards.sources import OURS, ROOT, Source, python_files
from tests.guards.translated_names import (
    all_translated,
    bare_names,
    columns_of_admin,
    columns_of_model,
    is_bare,
    translated_of,
    written_out_languages,
)

NOT_TRANSLATED_HERE: dict[tuple[str, str], str] = {
    ("assistance/models/client.py", "name"): "a sealed name is in no language",
    ("assistance/models/legal.py", "name"): "a sealed name is in no language",
    ("donations/admin/notices.py", "place"): "the code of where a donor is",
    ("donations/models/notices.py", "place"): "the code of where a donor is",
    ("donations/models/report_figures.py", "purpose"): "the code of what money was spent on",
    (
        "memorial/appeals/models/appeal.py",
        "subject",
    ): "the code of what is urgent; hearings have subjects in words",
    (
        "memorial/attention/admin/after_looks.py",
        "outcome",
    ): "the code of what came of it; appeals have translated outcomes",
    (
        "memorial/attention/models/after_look.py",
        "outcome",
    ): "the code of what came of it; appeals have translated outcomes",
    (
        "prisoners/admin/restriction.py",
        "outcome",
    ): "the code of what came of it; appeals have translated outcomes",
    (
        "prisoners/models/office.py",
        "outcome",
    ): "the code of what came of it; appeals have translated outcomes",
    (
        "prisoners/models/recognition.py",
        "outcome",
    ): "the code of what came of it; appeals have translated outcomes",
    ("prisoners/querysets.py", "outcome"): "the code of what came of it; appeals have translated outcomes",
    ("prisoners/admin/facility.py", "city"): "an address as on an envelope; events have translated towns",
    (
        "memorial/due/models.py",
        "outcome",
    ): "what came of due work is a code; appeals have translated outcomes",
    ("memorial/translating/models.py", "text"): "a translation on its way is in one language",
    ("memorial/pages/models.py", "purpose"): "the code of what a page is there for",
    ("memorial/home/models.py", "reason"): "the reason of a veto is for staff, in one language",
    ("prisoners/actions/merge.py", "text"): "spellings of a name are in no language",
    ("prisoners/actions/moved_names.py", "text"): "spellings of a name are in no language",
    ("prisoners/actions/reduce.py", "text"): "spellings of a name are in no language",
    ("prisoners/admin/prisoner_list.py", "text"): "spellings of a name are in no language",
    ("prisoners/importers/world.py", "text"): "spellings of a name are in no language",
    ("prisoners/models/custody.py", "reason"): "the code of a stay's reason",
    ("prisoners/models/person_details.py", "text"): "spellings of a name are in no language",
    ("prisoners/querysets.py", "reason"): "the code of a stay's reason",
    ("prisoners/regions.py", "reason"): "the code of a stay's reason",
    ("prisoners/similar.py", "text"): "spellings of a name are in no language",
    (
        "memorial/base/evidence.py",
        "reason",
    ): "why a text is removed; corrections of totals have translated reasons",
    ("memorial/search/models.py", "title"): "an entry is in one language, which it says",
    ("cases/admin/case_list.py", "part"): "a number; regions have translated parts",
    ("cases/admin/law.py", "charges"): "the charges of an article; people have translated ones",
    ("cases/models/charge.py", "part"): "a number; regions have translated parts",
}
"""A name that is translated elsewhere and not in the model meant, where the code alone does not tell."""

WRITTEN_OUT: dict[str, str] = {
    "assistance/actions/": "a correction and a line of totals are given in both languages at once",
    "assistance/admin/": "both languages stand side by side in forms",
    "assistance/management/commands/propose_totals.py": "a correction is given in both languages at once",
    "cases/actions/": "an editor enters one line in each language, in two boxes",
    "cases/admin/": "both languages stand side by side in forms; lists say what has no English",
    "cases/management/commands/seed_articles.py": "the file has a column for each language",
    "cases/models/": "constraints: a title, a name or a line in one language at least; order in Russian",
    "donations/admin/": "both languages stand side by side in forms and lists",
    "donations/models/": "constraints: a name, a title or a reason in Russian, or in both languages",
    "memorial/demo/": "invented people are written in both languages by hand",
    "memorial/lists/": "a file has columns of its own for each language (field_ru, field_en)",
    "prisoners/actions/": "an editor enters one line in each language, in two boxes",
    "prisoners/admin/": "both languages stand side by side in forms; lists say what has no English",
    "prisoners/importers/": "a file has columns of its own for each language (field_ru, field_en)",
    "prisoners/management/commands/seed_vocabularies.py": "the file has a column for each language",
    "prisoners/models/custody.py": "a constraint: what is not shown has no line in any language",
    "prisoners/models/place.py": "the envelope and the order of institutions are in Russian",
    "prisoners/models/prisoner.py": "constraints on a name in each language, and the sort keys of both",
    "prisoners/models/recognition.py": "a constraint: named in one language at least",
}
"""Where a language may be written out, file or folder, with the reason. All else loops over the settings."""


def test_no_query_names_a_translated_field_bare():
    found = [
        sentence
        for source in python_files(*OURS)
        for sentence in bare_names(source)
        if not any(
            source.path == path and re.search(rf"«-?{name}(__|»)", sentence)
            for path, name in NOT_TRANSLATED_HERE
        )
    ]
    assert found == []


def test_every_exception_is_in_use():
    found = [sentence for source in python_files(*OURS) for sentence in bare_names(source)]
    unused = [
        (path, name) for path, name in NOT_TRANSLATED_HERE if not any(s.startswith(f"{path}:") for s in found)
    ]
    assert unused == []


def test_models_order_index_and_constrain_by_language_columns():
    seen = 0
    for model in our_tables():
        for path in columns_of_model(model):
            seen += 1
            assert not is_bare(path, model), f"{model._meta.label}: {path}"
    assert seen >= 150


def admins() -> Iterator[admin.options.BaseModelAdmin]:
    for one in admin.site._registry.values():
        yield one
        yield from (inline(one.model, admin.site) for inline in one.inlines)


def test_the_admin_searches_filters_and_orders_by_language_columns():
    seen = 0
    for one in admins():
        for path in columns_of_admin(one):
            seen += 1
            assert not is_bare(path, one.model), f"{type(one).__name__}: {path}"
    assert seen >= 1


def test_no_template_sorts_by_a_translated_field():
    for path in (ROOT / "templates").rglob("*.html"):
        for name in re.findall(r"dictsort(?:reversed)?:[\"']([\w.]+)[\"']", path.read_text(encoding="utf-8")):
            assert not set(name.split(".")) & all_translated(), f"{path.name}: dictsort by {name}"


def test_a_language_is_written_out_only_where_there_is_a_reason():
    files = python_files(*OURS)
    found = [
        sentence
        for source in files
        for sentence in written_out_languages(source)
        if not source.path.startswith(tuple(WRITTEN_OUT))
    ]
    assert found == []
    unused = [
        where
        for where in WRITTEN_OUT
        if not any(written_out_languages(source) for source in files if source.path.startswith(where))
    ]
    assert unused == []


# --- They find a planted fault ----------------------------------------------------------------------


def test_the_translated_fields_are_known():
    assert {"name", "surname", "note", "label", "summary"} <= all_translated()
    assert translated_of(Facility) == {"name", "rules", "about"}


@pytest.mark.parametrize(
    "line",
    [
        "Prisoner.objects.order_by('surname')",
        "Prisoner.objects.order_by('-surname', 'id')",
        "Prisoner.objects.published().filter(surname='X')",
        "Prisoner.objects.filter(summary__icontains='x')",
        "Prisoner.objects.exclude(region__name='x')",
        "Stay.objects.values_list('facility__name', flat=True)",
        "Stay.objects.order_by('facility__region__display_name')",
        "self.filter(surname__startswith=letter)",
        "Q(facility__name__icontains=word)",
        "F('surname')",
        "Lower('name')",
        "Lower(F('facility__name'))",
        "SearchVector('summary', 'id')",
        "OuterRef('given_names')",
        "When(surname='', then='described_as')",
        "When(id=1, then='described_as')",
        "Facility.objects.update(name='x')",
        "person.photos.order_by('alt')",
        "people.order_by(*['surname'])",
        "Region.objects.get(name='x')",
        "class A(ListView):\n    ordering = ['surname']",
    ],
)
def test_a_bare_name_is_found(line):
    assert bare_names(Source("prisoners/x.py", line))


@pytest.mark.parametrize(
    "line",
    [
        "Prisoner.objects.order_by('sort_key_ru')",
        "Prisoner.objects.filter(surname_ru='X')",
        "Prisoner.objects.order_by(localized('surname'))",
        "Prisoner.objects.filter(**{in_language('surname', 'en'): 'X'})",
        "person.name_variants.values('text')",
        "Citation.objects.filter(title='')",
        "Group.objects.order_by('name')",
        "print(person.surname)",
        "Prisoner.objects.defer('what_happened')",
    ],
)
def test_what_is_right_passes(line):
    assert bare_names(Source("prisoners/x.py", line)) == []


def test_a_bare_name_in_a_model_or_an_admin_is_found(monkeypatch):
    planted = [
        Index(fields=["surname"], name="a"),
        Index(Lower("surname"), name="b"),
        Index(F("summary").desc(), name="c"),
        UniqueConstraint(fields=["surname"], name="d"),
        UniqueConstraint(fields=["slug"], condition=Q(summary=""), name="e"),
        UniqueConstraint(fields=["slug"], condition=~Q(slug=F("sentence")), name="f"),
    ]
    for index in planted:
        monkeypatch.setattr(Prisoner._meta, "indexes", [index])
        assert any(is_bare(path, Prisoner) for path in columns_of_model(Prisoner)), index
    faulty = type("A", (), {"search_fields": ["^facility__name"], "ordering": [], "list_filter": []})
    assert is_bare(next(columns_of_admin(faulty)), Prisoner.stays.rel.related_model)


@pytest.mark.parametrize(
    "line", ["x.name_ru", "f(surname_en='')", "'-summary_ru'", "'facility__name_en__icontains'"]
)
def test_a_language_written_out_is_found(line):
    assert len(written_out_languages(Source("prisoners/x.py", line))) == 1


@pytest.mark.parametrize("line", ["x.official_name_ru", "x.sort_key_ru", "'menu_en'", "x.label_m_ru"])
def test_a_column_of_one_language_by_nature_passes(line):
    assert written_out_languages(Source("prisoners/x.py", line)) == []
