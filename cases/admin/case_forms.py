"""The forms of a case's two pages."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from cases.admin.charge_grid import ChargeFormSet
from cases.models import Case
from memorial.base.admin import VersionedForm, both
from memorial.base.names import make_slug

FIELDSETS: list[Any] = [
    (None, {"fields": [*both("title", "summary"), ("kind", "number", "opened")]}),
    (
        _("Where and by whom"),
        {"fields": [("region", "theme", "is_group"), *both("investigating_body")]},
    ),
    (_("Text"), {"fields": both("text"), "classes": ["collapse"]}),
    (
        _("Address and dates"),
        {"fields": [("slug", "facts_checked_on", "updated_on")], "classes": ["collapse"]},
    ),
]
TRANSLATOR_FIELDSETS: list[Any] = [
    (_("Texts"), {"fields": both("title", "summary", "text", "investigating_body")}),
]


class CaseHeadForm(VersionedForm):
    """What a case is. Its address is made from the title where none is typed."""

    class Meta:
        model = Case
        fields: list[str] = []  # the page names them

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields and self.instance.pk is None:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Empty: made from the title.")

    def clean_slug(self) -> str:
        """The address typed, else one made from the title."""
        typed = str(self.cleaned_data.get("slug", ""))
        if typed:
            return typed
        data = self.cleaned_data
        title = data.get("title_en") or data.get("title_ru") or ""
        return make_slug(title, "", lambda slug: Case.objects.filter(slug=slug).exists())


class CaseRecordForm(VersionedForm):
    """The second page of a case: its charges, with the version of the whole case."""

    may_change_charges = False
    may_delete_charges = False

    class Meta:
        model = Case
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        data = self.data if self.is_bound and self.may_change_charges else None
        self.charges = ChargeFormSet(data, case=self.instance, may_delete=self.may_delete_charges)

    def clean(self) -> dict[str, Any] | None:
        """What was typed; refused where a row of the charges is."""
        cleaned = super().clean()
        if self.charges.is_bound and not self.charges.is_valid():
            self.add_error(None, _("Look at the charges: something there was not understood."))
        return cleaned
