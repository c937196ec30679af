"""What is public is declared, for every model, and no secret is declared so by mistake."""

from __future__ import annotations

from django.db import models

from memorial.base.database import OUR_APPS, all_tables, our_tables, public_condition
from memorial.base.exposure import (
    INTERNAL,
    declared_name,
    is_confidential,
    public_fields,
    public_names,
    readable_fields,
    undeclared_fields,
)
from memorial.base.publication import Publishable

OF_LIBRARIES = {
    "admin.LogEntry": "what staff did in the admin: confidential",
    "auth.Group": "who may do what: confidential",
    "auth.Group_permissions": "who may do what: confidential",
    "auth.Permission": "names of rights: not needed by readers",
    "contenttypes.ContentType": "names of models: not needed by readers",
}
"""Tables of libraries declare nothing; readers are refused them whole (tests/base/test_grants.py)."""

LOOKS_SECRET = {
    "staff",
    "contact",
    "private",
    "confidential",
    "secret",
    "moved",
    "uploaded",
    "assigned",
    "lawyer",
    "relative",
}
"""Words that no public field has in its name."""
PUBLIC_NOTES = {"one public line", "about the occupation", "public line"}
"""Labels that a public field called `note` may have: it is meant for readers and says so to the editor."""


def test_every_model_of_ours_declares_what_is_public():
    missing = [
        model._meta.label
        for model in our_tables()
        if not isinstance(getattr(model, "PUBLIC", None), frozenset)
    ]
    assert missing == []
    assert len(our_tables()) >= 40


def test_the_declaration_is_the_models_own_or_of_an_abstract_parent():
    """A concrete parent's declaration must not be taken over unseen."""
    for model in our_tables():
        owner = next(cls for cls in model.__mro__ if "PUBLIC" in vars(cls))
        assert owner is model or owner._meta.abstract, model


def test_every_library_table_is_known():
    found = {model._meta.label for model in all_tables() if model._meta.app_label not in OUR_APPS}
    assert found == set(OF_LIBRARIES)


def test_no_declared_name_stands_for_nothing():
    for model in our_tables():
        known = {declared_name(field) for field in model._meta.concrete_fields}
        assert public_names(model) <= known, f"{model._meta.label}: {public_names(model) - known}"


def test_everything_in_a_public_table_is_public_or_internal():
    assert {
        model._meta.label: undeclared_fields(model) for model in our_tables() if undeclared_fields(model)
    } == {}


def test_nothing_is_both_public_and_internal():
    for model in our_tables():
        assert not {field.name for field in public_fields(model)} & INTERNAL, model


def test_every_internal_name_is_in_use():
    """A name left over would open the next field that is called so."""
    used = {
        field.name
        for model in our_tables()
        if not is_confidential(model)
        for field in model._meta.concrete_fields
    }
    assert used >= INTERNAL


def test_what_looks_like_a_secret_is_not_public():
    for model in our_tables():
        for field in public_fields(model):
            assert not LOOKS_SECRET & set(field.name.split("_")), f"{model._meta.label}.{field.name}"
            if "note" in field.name:
                label = getattr(field, "translated_field", field).verbose_name
                assert label._args[0] in PUBLIC_NOTES, f"{model._meta.label}.{field.name}: {label}"


def test_a_public_table_points_at_no_confidential_one():
    """A foreign key is a fact by itself: that there is a note, a consent, a lead."""
    for model in our_tables():
        for field in readable_fields(model):
            if isinstance(field, models.ForeignKey):
                assert not is_confidential(field.related_model), f"{model._meta.label}.{field.name}"


def test_whatever_names_staff_is_confidential():
    from memorial.base.fields import StaffReference

    for model in our_tables():
        if any(isinstance(field, StaffReference) for field in model._meta.concrete_fields):
            assert is_confidential(model), model


def test_a_published_record_is_public_only_when_it_is_published():
    for model in our_tables():
        if issubclass(model, Publishable) and not is_confidential(model):
            assert "published" in (public_condition(model) or ""), model


# --- The functions find a fault ---------------------------------------------------------------------


class Leaky(models.Model):
    """Not a table: a model with a field that nobody declared."""

    PUBLIC = frozenset({"name"})

    name = models.CharField(max_length=9)
    informant = models.CharField(max_length=9)

    class Meta:
        app_label = "guards_of_nothing"
        managed = False

    def __str__(self) -> str:
        return self.name


def test_a_field_that_nobody_declared_is_found():
    assert undeclared_fields(Leaky) == ["informant"]
    assert [field.name for field in readable_fields(Leaky)] == ["id", "name"]


def test_an_empty_declaration_closes_the_whole_table(monkeypatch):
    monkeypatch.setattr(Leaky, "PUBLIC", frozenset())
    assert is_confidential(Leaky)
    assert readable_fields(Leaky) == []
