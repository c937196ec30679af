"""Model fields of the floor: partial dates, rich text, references to staff."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core import validators
from django.core.exceptions import FieldError, ValidationError
from django.db import models
from django.db.models.expressions import Func
from django.db.models.query_utils import DeferredAttribute
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from memorial.base.partial_date import PartialDate, PartialDateError, format_partial_date
from memorial.base.rich_text import clean_html

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

TYPING_HINT = _("As known: 2023, 03.2023, 14.03.2023, about 2023")
_ORDERING_LOOKUPS = frozenset({"lt", "lte", "gt", "gte", "range"})


def _as_partial_date(value: object) -> PartialDate | None:
    """Read any form of a partial date; raises ValidationError for what is none."""
    if value is None or isinstance(value, PartialDate):
        return value
    try:
        if isinstance(value, date):
            return PartialDate.from_date(value)
        if isinstance(value, str):
            return PartialDate.parse(value) if value.strip() else None
    except PartialDateError as error:
        raise ValidationError(error.message, code=error.code, params=error.params) from error
    raise ValidationError(_("This is not a date."), code="invalid")


class PartialDateInput(forms.TextInput):
    """A short text input; what is known of a date is typed as words and figures, not picked."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Set the attributes that keep a phone from correcting or remembering dates."""
        # "text", not "numeric": the numeric keyboards lack the dot, the hyphen or both.
        quiet = {"inputmode": "text", "autocomplete": "off", "spellcheck": "false", "size": 18}
        super().__init__({**quiet, **(attrs or {})})


class PartialDateFormField(forms.CharField):
    """Takes a date as editors type it; gives a PartialDate, or None where nothing is known.

    A text that is no date is shown again as it was typed.
    """

    widget = PartialDateInput

    def __init__(self, *, formats: Sequence[str] = (), **kwargs: Any) -> None:
        """Take `formats` (strptime) where the order of day and month is agreed beforehand."""
        self.formats = tuple(formats)
        kwargs.setdefault("help_text", TYPING_HINT)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        """Return the PartialDate that was typed; raises ValidationError saying what is wrong."""
        if isinstance(value, str) and value.strip():
            try:
                return PartialDate.parse(value, formats=self.formats)
            except PartialDateError as error:
                raise ValidationError(error.message, code=error.code, params=error.params) from error
        return _as_partial_date(value)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored date as it would be typed, and a typed text unchanged."""
        if isinstance(value, PartialDate):
            return format_partial_date(value, translation.get_language() or "en", "editing")
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare dates, not their spellings."""
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except ValidationError:
            return True


class _PartialDateAttribute(DeferredAttribute):
    """Turns what is assigned to the field into a PartialDate at once."""

    def __set__(self, instance: models.Model, value: object) -> None:
        """Keep what is no date as it is, so that full_clean() reports it under the field."""
        with suppress(ValidationError):
            value = _as_partial_date(value)
        instance.__dict__[self.field.attname] = value


class PartialDateField(models.Field):
    """A date of known precision in one text column (see PartialDate.text); NULL is unknown.

    Unlike other fields it is optional unless told `null=False, blank=False`: a date need not be
    known. Equality, `in` and `isnull` work on it. Order does not: compare `<name>_earliest` and
    `<name>_latest`, declared beside it with `earliest_day()` and `latest_day()`.
    """

    description = _("Date of known precision")
    empty_strings_allowed = False
    descriptor_class = _PartialDateAttribute

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take the arguments of any field; null and blank are true by default."""
        kwargs.setdefault("null", True)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """Name null and blank always, since their defaults differ from other fields'."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "null": self.null, "blank": self.blank}

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        """Return the column's type: the longest text is "~2023-03-14"."""
        return "varchar(11)"

    def to_python(self, value: Any) -> PartialDate | None:
        """Read a PartialDate, a date or a typed text; raises ValidationError."""
        return _as_partial_date(value)

    def from_db_value(self, value: str | None, *_where: object) -> PartialDate | None:
        """Read the stored text."""
        return None if value is None else PartialDate.from_text(value)

    def get_prep_value(self, value: Any) -> Any:
        """Return the text to store; raises ValidationError for what is no date."""
        value = super().get_prep_value(value)
        if hasattr(value, "resolve_expression"):
            return value
        known = _as_partial_date(value)
        return None if known is None else known.text

    def value_to_string(self, obj: models.Model) -> str:
        """Return the canonical text for a serializer."""
        return self.get_prep_value(self.value_from_object(obj)) or ""

    def get_lookup(self, lookup_name: str) -> Any:
        """Refuse comparisons by order: the stored text does not sort as dates do."""
        if lookup_name in _ORDERING_LOOKUPS:
            raise FieldError(
                f"{self.name}__{lookup_name}: a partial date has no order of its own; "
                f"compare {self.name}_earliest or {self.name}_latest."
            )
        return super().get_lookup(lookup_name)

    def formfield(self, **kwargs: Any) -> Any:
        """Return the form field that reads what editors type, with its hint."""
        hint = self.help_text or TYPING_HINT
        return super().formfield(**{"form_class": PartialDateFormField, "help_text": hint, **kwargs})


class EarliestDay(Func):
    """The earliest day of a partial date, computed by the database."""

    function = "partial_date_earliest"
    arity = 1
    output_field = models.DateField()


class LatestDay(Func):
    """The latest day of a partial date, computed by the database."""

    function = "partial_date_latest"
    arity = 1
    output_field = models.DateField()


class PartialDateValid(Func):
    """Whether a text is a partial date in its canonical form."""

    function = "partial_date_valid"
    arity = 1
    output_field = models.BooleanField()


def earliest_day(field: str) -> models.GeneratedField:
    """Return the column holding the earliest day of a partial date; NULL where open or unknown."""
    return _day_column(EarliestDay(models.F(field)))


def latest_day(field: str) -> models.GeneratedField:
    """Return the column holding the latest day of a partial date; NULL where open or unknown."""
    return _day_column(LatestDay(models.F(field)))


def _day_column(expression: Func) -> models.GeneratedField:
    return models.GeneratedField(
        expression=expression, output_field=models.DateField(null=True), db_persist=True
    )


def partial_date_constraint(name: str, field: str) -> models.CheckConstraint:
    """Return the constraint that the column holds a partial date, or NULL."""
    return models.CheckConstraint(
        name=name,
        condition=models.Q(**{f"{field}__isnull": True}) | models.Q(PartialDateValid(models.F(field))),
        violation_error_message=_("This is not a date."),
    )


class RichTextFormField(forms.CharField):
    """A text with simple markup, sanitised before it is validated."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        """Return sanitised HTML; a text with nothing to read is empty."""
        return clean_html(super().to_python(value) or "")


class RichTextField(models.TextField):
    """Text with simple markup (see `clean_html`), sanitised on every way in through the ORM.

    Expressions (`update(text=Value("..."))`) and raw SQL pass by it: pages sanitise again on the
    way out. The staff application sets `form_widget` to its editor; without one it is a textarea.
    """

    description = _("Text with simple markup")
    form_widget: ClassVar[type[forms.Widget] | None] = None

    def to_python(self, value: Any) -> Any:
        """Return sanitised HTML; a TextField prepares what it stores by this, too."""
        value = super().to_python(value)
        return clean_html(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Show the saved text on the instance too, so that it never differs from the row."""
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = clean_html(value)
            # Past the descriptor of a translated field: through it, the fallback that was read
            # from one language would be written into the other as its translation.
            model_instance.__dict__[self.attname] = value
        return value

    def formfield(self, **kwargs: Any) -> Any:
        """Return a sanitising form field with the editor, or a textarea without one."""
        kwargs = {"form_class": RichTextFormField, **kwargs}
        if self.form_widget is not None and _is_textarea(kwargs.get("widget", forms.Textarea)):
            # The stock admin asks for its own textarea here: the editor takes its place.
            kwargs["widget"] = self.form_widget
        return super().formfield(**kwargs)


def _is_textarea(widget: Any) -> bool:
    kind = widget if isinstance(widget, type) else type(widget)
    return kind is forms.Textarea or kind.__name__ == "AdminTextareaWidget"


class StaffReference(models.BigIntegerField):
    """The number of a staff account, without a foreign key.

    The public process has no accounts installed and its database role cannot read them, so no
    model may point at the account's table; an account may be removed and its number stays.
    """

    description = _("Number of a staff account")
    default_validators = [validators.MinValueValidator(1)]
