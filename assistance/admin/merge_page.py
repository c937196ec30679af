"""Two clients who turn out to be one person: looked at side by side, then made one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.actions import merge_clients
from assistance.admin.finding import RecordByExactName, numbered
from assistance.models import Client
from memorial.base.evidence import Looking
from memorial.base.looking import record_looking


class MergeForm(forms.Form):
    """The other record, and why they are one person."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"size": 60}),
    )

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        other = RecordByExactName(rows=rows, label=_("The other record"))
        self.fields = {"duplicate": other, **self.fields}


class MergePage:
    """Mixed into the admin of clients: `<number>/merge/`, for those who may take clients out."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        """The page before Django's own, which would take any path."""
        wrap = self.admin_site.admin_view
        own = path("<int:pk>/merge/", wrap(self.merge_view), name="assistance_client_merge")
        return [own, *super().get_urls()]  # type: ignore[misc]

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Shows both, then moves everything to the one that is kept."""
        if not request.user.has_perms(("assistance.delete_client", "assistance.change_client")):
            raise PermissionDenied
        rows = Client.objects.visible_to(request.user)
        keep = rows.filter(pk=pk).first()
        if keep is None:
            raise Http404
        form = MergeForm(request.POST or None, rows=rows.exclude(pk=pk))
        other = form.cleaned_data["duplicate"] if form.is_valid() else None
        if other is not None and "merge" in request.POST and self._merge(request, form, keep, other):
            return HttpResponseRedirect(reverse("admin:assistance_client_change", args=[keep.pk]))
        shown = [one for one in (keep, other) if one is not None]
        record_looking(
            staff=int(request.user.pk or 0),
            kind=Looking.Kind.SEEN,
            model=Client,
            rows=[one.pk for one in shown],
        )
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge with another record"),
            "opts": self.opts,
            "record": numbered(keep),
            "record_url": reverse("admin:assistance_client_change", args=[keep.pk]),
            "form": form,
            "other": other,
            "rows": _side_by_side(keep, other) if other is not None else [],
        }
        status = 400 if form.errors else 200
        return TemplateResponse(request, "admin/assistance_client_merge.html", context, status=status)

    def _merge(self, request: HttpRequest, form: MergeForm, keep: Client, other: Client) -> bool:
        try:
            merge_clients(
                keep=keep, duplicate=other, reason=form.cleaned_data["reason"], by=int(request.user.pk or 0)
            )
        except ValidationError as error:
            form.add_error(None, error)
            return False
        messages.success(request, _("The two records are one now."))
        return True


def _side_by_side(keep: Client, other: Client) -> list[tuple[Any, Any, Any]]:
    names = ("name", "contact", "prisoner", "opened_on", "closed_on", "note")
    return [
        (field.verbose_name, getattr(keep, field.name) or "—", getattr(other, field.name) or "—")
        for field in Client._meta.concrete_fields
        if field.name in names
    ]
