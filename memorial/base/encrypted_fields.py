"""Model fields whose texts the database never sees, and the digests by which they are found.

    name = EncryptedCharField(_("name"), max_length=200)
    name_digests = KeyedDigestsField("name", "name")

On a loaded row the text is a `str`. One that cannot be opened is a sentence that says so
(`could_not_open`), and saving the row keeps what is stored. See docs/decisions/0014.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldError
from django.core.validators import MaxLengthValidator, ProhibitNullCharactersValidator
from django.db import models
from django.db.models.expressions import Func
from django.db.models.lookups import Exact, IsNull
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.base import encryption
from memorial.base.name_key import sort_key

_UNREADABLE = "⚠ "
"""How the sentence begins that stands in place of a text that cannot be opened."""


class Opened(str):
    """A text as it was read, with what is stored for it: saved unchanged, it is not sealed anew."""

    __slots__ = ("place", "sealed")
    sealed: str
    place: str

    def __reduce__(self) -> tuple[Any, ...]:
        """Copies and pickles keep what is stored."""
        return _opened, (type(self), str(self), self.sealed, self.place)


class Unreadable(Opened):
    """A sentence in place of a text that cannot be opened."""

    __slots__ = ()


def _opened(kind: type[Opened], text: str, sealed: str, place: str) -> Opened:
    made = kind(text)
    made.sealed, made.place = sealed, place
    return made


def could_not_open(value: object) -> bool:
    """Whether a text of a row is only the sentence saying that it cannot be opened."""
    return isinstance(value, Unreadable)


class _SealedAttribute(DeferredAttribute):
    """Keeps what is stored while the text stays the same, as it does when a form sends it back."""

    def __set__(self, instance: models.Model, value: object) -> None:
        before = instance.__dict__.get(self.field.attname)
        if isinstance(before, Opened) and not isinstance(value, Opened) and _says_the_same(before, value):
            value = before
        instance.__dict__[self.field.attname] = value


def _says_the_same(before: Opened, value: object) -> bool:
    if isinstance(before, Unreadable):
        # Neither a blank nor the sentence itself, sent back by a form, takes the place of what is stored.
        return not isinstance(value, str) or not value.strip() or value.startswith(_UNREADABLE)
    return isinstance(value, str) and str(before) == value


class _OnlyEmpty(Exact):
    """Sealed texts of equal words differ: the one thing that can be asked is whether there is none."""

    def __init__(self, lhs: Any, rhs: Any) -> None:
        if rhs != "":
            raise FieldError("A sealed text cannot be compared: search by its digests, with matching().")
        super().__init__(lhs, rhs)


class EncryptedTextField(models.TextField):
    """A text that is sealed in the database (`memorial.base.encryption`) and never searched by.

    The place it is bound to is its table and column: whoever renames either seals anew.
    """

    description = gettext_lazy("Sealed text")
    descriptor_class = _SealedAttribute

    @property
    def place(self) -> str:
        """What the texts of this column are bound to."""
        return f"{self.model._meta.db_table}.{self.column}"

    def from_db_value(self, value: str | None, *_where: object) -> Opened | None:
        """The text, or a sentence saying why there is none to read."""
        if value is None:
            return None
        try:
            return _opened(Opened, encryption.unseal(value, self.place), value, self.place)
        except encryption.CannotOpenError as error:
            return _opened(Unreadable, _UNREADABLE + _why(error), value, self.place)

    def get_prep_value(self, value: Any) -> Any:
        """What is stored: as it was, where the text is as it was read and its key is the current one."""
        if value is None or hasattr(value, "resolve_expression"):
            return value
        if isinstance(value, Opened) and value.place == self.place and _stays(value):
            return value.sealed
        if isinstance(value, Unreadable):
            raise encryption.CannotOpenError("What could not be opened cannot be sealed elsewhere.")
        return encryption.seal(str(value), self.place)

    def get_lookup(self, lookup_name: str) -> Any:
        """Only whether there is a text: anything else would silently find nothing."""
        if lookup_name == "exact":
            return _OnlyEmpty
        if lookup_name == "isnull":
            return IsNull
        raise FieldError(f"{self.name}__{lookup_name}: a sealed text cannot be searched; use matching().")

    def value_to_string(self, obj: models.Model) -> str:
        """For serializers: what is stored, never the text."""
        return self.get_prep_value(self.value_from_object(obj)) or ""


class EncryptedCharField(EncryptedTextField):
    """A line that is sealed in the database. `max_length` counts its letters, not the stored ones."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.letters: int = kwargs.pop("max_length", 300)
        super().__init__(*args, **kwargs)
        self.validators = [
            *self.validators,
            MaxLengthValidator(self.letters),
            ProhibitNullCharactersValidator(),
        ]

    def deconstruct(self) -> Any:
        """Names the number of letters, as a migration does for a line."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "max_length": self.letters}

    def formfield(self, **kwargs: Any) -> Any:
        """A line in forms, not a box."""
        from django import forms

        return super().formfield(**{"max_length": self.letters, "widget": forms.TextInput, **kwargs})


def _why(error: encryption.CannotOpenError) -> str:
    if "FIELD_KEYS" in str(error):
        return _("This text cannot be opened: its key is not on this server. It is kept as it is.")
    return _("This text cannot be opened: it was changed or moved in the database. It is kept as it is.")


def _stays(value: Opened) -> bool:
    return isinstance(value, Unreadable) or encryption.is_current(value.sealed)


class IsSealed(Func):
    """Whether a column holds a sealed text or nothing: no plain text by any path of writing."""

    template = f"(%(expressions)s ~ '{encryption.SHAPE}')"
    arity = 1
    output_field: ClassVar[models.Field] = models.BooleanField()


class SealedUnder(Func):
    """Whether a column holds a text that another key than that of `prefix` has sealed."""

    template = "(%(expressions)s <> '' AND NOT starts_with(%(expressions)s, '%(prefix)s'))"
    arity = 1
    output_field: ClassVar[models.Field] = models.BooleanField()


def sealed_constraint(name: str, field: str) -> models.CheckConstraint:
    """The constraint that a column never holds plain text, whoever writes it."""
    return models.CheckConstraint(
        name=name,
        condition=models.Q(IsSealed(models.F(field))),
        violation_error_message=gettext_lazy("This text must be sealed: write it through the program."),
    )


# --- Digests --------------------------------------------------------------------------------------


def _name_keys(text: str) -> list[str]:
    """«Горинцев Тимур Адамович» is found as surname, as surname and given name, and whole; in any order."""
    words = sort_key(text).split()
    return [" ".join(sorted(words[:count])) for count in range(1, len(words) + 1)]


def _one_name_key(text: str) -> list[str]:
    words = sort_key(text).split()
    return [" ".join(sorted(words))] if words else []


_EMAIL = re.compile(r"[^\s,;<>()]+@[^\s,;<>()]+\.[^\s,;<>()]+")
_HANDLE = re.compile(r"(?<![\w.])@(\w{3,})")
_PHONE = re.compile(r"\+?\d[\d\s().\u2010-\u2014-]{5,}\d")


def _contact_keys(text: str) -> list[str]:
    """Every address, handle and number in a text: lower case, digits only, Russian 8 as 7."""
    emails = [found.rstrip(".").lower() for found in _EMAIL.findall(text)]
    rest = _EMAIL.sub(" ", text)
    handles = [f"@{found.lower()}" for found in _HANDLE.findall(rest)]
    phones = [_digits(found) for found in _PHONE.findall(rest)]
    return list(dict.fromkeys([*emails, *handles, *phones]))


def _digits(text: str) -> str:
    digits = "".join(letter for letter in text if letter.isdigit())
    if len(digits) == 11 and digits[0] == "8":
        return f"7{digits[1:]}"
    return f"7{digits}" if len(digits) == 10 and digits[0] == "9" else digits


Keys = Callable[[str], Iterable[str]]
KINDS: dict[str, tuple[Keys, Keys]] = {
    "name": (_name_keys, _one_name_key),
    "contact": (_contact_keys, _contact_keys),
}
"""What a text is found by, and what is sought: for names and for ways to reach somebody."""


class KeyedDigestsField(ArrayField):
    """Keyed digests of another, sealed field of the same row, by which it is found exactly.

    Filled whenever the row is written through the ORM; `SealedQuerySet` sees to `update()`.
    """

    def __init__(self, source: str, kind: str, **kwargs: Any) -> None:
        self.source, self.kind = source, kind
        kwargs |= {"editable": False, "default": list, "blank": True}
        kwargs.setdefault("base_field", models.CharField(max_length=encryption.DIGEST_LETTERS))
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        """Names the source; what never differs is not repeated."""
        name, path, _args, kwargs = super().deconstruct()
        for same in ("editable", "default", "blank", "base_field", "size"):
            kwargs.pop(same, None)
        return name, path, [self.source, self.kind], kwargs

    @property
    def place(self) -> str:
        """What the digests of this column are bound to."""
        return f"{self.model._meta.db_table}.{self.column}"

    def digests_of(self, text: str) -> list[str]:
        """The digests of a text, for storing."""
        return [encryption.digest(key, self.place) for key in KINDS[self.kind][0](text)]

    def sought(self, text: str) -> list[str]:
        """The digests that a search for a text means, with every key that opens."""
        return [found for key in KINDS[self.kind][1](text) for found in encryption.digests(key, self.place)]

    def pre_save(self, model_instance: models.Model, add: bool) -> list[str]:
        """The digests of the text as it is now; of one that cannot be opened, those that are there."""
        text = getattr(model_instance, self.source)
        if not could_not_open(text):
            setattr(model_instance, self.attname, self.digests_of(text or ""))
        return list(getattr(model_instance, self.attname))


class SealedQuerySet(models.QuerySet):
    """Querysets of tables with sealed texts."""

    def matching(self, text: str) -> Any:
        """Rows one of whose sealed names or contacts is exactly what is sought.

        A name is found by its surname, by surname and given name, or whole, whatever the case, the order
        of words, ё or е; a contact by any one address, handle or number in it.
        """
        found = models.Q()
        for field in self.model._meta.concrete_fields:
            if isinstance(field, KeyedDigestsField) and (sought := field.sought(text)):
                found |= models.Q(**{f"{field.name}__overlap": sought})
        return self.filter(found) if found else self.none()

    def update(self, **kwargs: Any) -> int:
        """Writes the digests with the text. Raises `FieldError` where a text is given by an expression."""
        for field in self.model._meta.concrete_fields:
            if isinstance(field, KeyedDigestsField) and field.source in kwargs and field.name not in kwargs:
                text = kwargs[field.source]
                if not isinstance(text, str):
                    raise FieldError(f"{field.source} has digests: save the rows one by one.")
                if not could_not_open(text):
                    kwargs[field.name] = field.digests_of(text)
        return super().update(**kwargs)

    update.alters_data = True  # type: ignore[attr-defined]
