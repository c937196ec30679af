"""Two pages of one person become one: chosen, looked at, given a reason, confirmed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.base.admin.autocomplete import StaffAutocomplete
from memorial.base.localized import all_languages
from prisoners import actions
from prisoners.admin.rights import may_edit, may_publish
from prisoners.models import Lead, Prisoner

COMPARED = ("slug", "state", "born", "gender", "region", "facts_checked_on")
COMPARED_TEXTS = ("surname", "given_names", "patronymic", "described_as", "summary")


class MergeForm(forms.Form):
    """Which page goes into this one, and why."""

    duplicate: Any = forms.ModelChoiceField(
        label=gettext_lazy("The other page of the same person"),
        queryset=Prisoner.objects.all(),
        # Any foreign key to people tells the autocomplete where to search.
        widget=StaffAutocomplete(Lead._meta.get_field("prisoner"), admin.site),
    )
    reason = forms.CharField(
        label=gettext_lazy("How do we know that it is one person?"), widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, keep: Prisoner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duplicate"].queryset = Prisoner.objects.exclude(pk=keep.pk)  # type: ignore[attr-defined]


class MergePages:
    """Mixed into the page of people."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        """The page of merging."""
        wrap = self.admin_site.admin_view
        own = path("<int:pk>/merge/", wrap(self.merge_view), name="prisoners_prisoner_merge")
        return [own, *super().get_urls()]  # type: ignore[misc]

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """First shows both side by side, then does it: «look» and «merge» are two buttons."""
        if not (may_edit(request.user, "prisoner") and may_publish(request.user, "prisoner")):
            raise PermissionDenied
        keep = get_object_or_404(Prisoner, pk=pk)
        form = MergeForm(request.POST or None, initial={"duplicate": request.GET.get("duplicate")}, keep=keep)
        duplicate = form.cleaned_data["duplicate"] if request.method == "POST" and form.is_valid() else None
        is_wanted = "merge" in request.POST
        if is_wanted and duplicate is not None and self._merge(request, form, keep, duplicate):
            return HttpResponseRedirect(self.record_url(keep))  # type: ignore[attr-defined]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge into: %(name)s") % {"name": keep},
            "opts": self.opts,
            "record": keep,
            "record_url": self.record_url(keep),  # type: ignore[attr-defined]
            "form": form,
            "media": form.media,
            "duplicate": duplicate,
            "rows": compared(keep, duplicate) if duplicate else [],
            "belongings": belongings(duplicate) if duplicate else [],
        }
        return TemplateResponse(request, "admin/merge.html", context)

    def _merge(self, request: HttpRequest, form: MergeForm, keep: Prisoner, duplicate: Prisoner) -> bool:
        name = str(duplicate)
        try:
            actions.merge_prisoners(
                keep=keep, duplicate=duplicate, reason=form.cleaned_data["reason"], by=request.user.pk
            )
        except ValidationError as error:
            form.add_error(None, error)
            return False
        messages.success(
            request, _("«%(name)s» is now part of this page; its address leads here.") % {"name": name}
        )
        return True


def compared(keep: Prisoner, duplicate: Prisoner) -> list[tuple[str, Any, Any]]:
    """The fields in which the two can differ: label, here, there."""
    columns = all_languages(*COMPARED_TEXTS)
    fields: list[Any] = [Prisoner._meta.get_field(name) for name in (*columns, *COMPARED)]
    rows = [
        (capfirst(str(field.verbose_name)), _shown(keep, field.name), _shown(duplicate, field.name))
        for field in fields
    ]
    return [row for row in rows if row[1] or row[2]]


def _shown(person: Prisoner, name: str) -> str:
    display = getattr(person, f"get_{name}_display", None)
    value = display() if display else getattr(person, name)
    return "" if value is None else str(value)


def belongings(person: Prisoner) -> list[tuple[str, int]]:
    """What the other page has that comes along: kind and number, where there is any."""
    found = []
    for relation in Prisoner._meta.related_objects:
        rows = relation.related_model._default_manager.filter(**{relation.field.name: person})
        if number := rows.count():
            found.append((capfirst(str(relation.related_model._meta.verbose_name_plural)), number))
    return found
