"""What may leave the staff area, column by column.

Every model of ours declares `PUBLIC`, a frozenset of the names of its fields that
readers may see; a translated name stands for its language columns, a partial date
for its two bounds. `INTERNAL` below holds what is neither shown nor secret. A model
with an empty `PUBLIC` is confidential as a whole, and the public database role is
refused the table. Grants (`memorial.base.database`) and the leak test read this.
"""

from django.db import models

from memorial.base.localized import all_languages

INTERNAL = frozenset(
    {
        "id",
        "state",
        "version",
        "first_published_at",
        # the last day of a story, by which the rule of rows hides it
        # (and of what a person agreed to have told of an appeal)
        "shown_until",
        *all_languages("sort_key"),
        # flags that steer automatic choices: birthdays, attention, quiet
        "birthday_wanted",
        "attention_wanted",
        "quiet_until",
    }
)


def is_confidential(model: type[models.Model]) -> bool:
    """Whether the whole table is closed to the public database role."""
    return not public_names(model)


def public_names(model: type[models.Model]) -> frozenset[str]:
    """The `PUBLIC` declaration of a model. Raises `AttributeError` where it is missing."""
    names: frozenset[str] = model.PUBLIC  # type: ignore[attr-defined]
    return names


def public_fields(model: type[models.Model]) -> list[models.Field]:
    """The concrete fields that a model's `PUBLIC` stands for, language columns and bounds included."""
    shown = public_names(model)
    return [field for field in model._meta.concrete_fields if declared_name(field) in shown]


def declared_name(field: models.Field) -> str:
    """The name under which `PUBLIC` lists a column: `surname` for `surname_en`, `born` for `born_latest`."""
    original = getattr(field, "translated_field", None)
    if original is not None:
        return str(original.name)
    if getattr(field, "generated", False):
        for suffix in ("_earliest", "_latest"):
            if field.name.endswith(suffix):
                return field.name.removesuffix(suffix)
    return field.name


def readable_fields(model: type[models.Model]) -> list[models.Field]:
    """What the public role may select of a public table: its public and its internal columns."""
    if is_confidential(model):
        return []
    public = set(public_fields(model))
    return [field for field in model._meta.concrete_fields if field in public or field.name in INTERNAL]


def undeclared_fields(model: type[models.Model]) -> list[str]:
    """Columns of a public table that are neither public nor internal: they belong in a table of their own."""
    if is_confidential(model):
        return []
    readable = set(readable_fields(model))
    return [field.name for field in model._meta.concrete_fields if field not in readable]
