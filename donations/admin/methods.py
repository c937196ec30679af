"""Ways to give, and the page on which the details of one are proposed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from donations.actions.details import propose_details
from donations.admin.forms import DetailsForm
from donations.models import PaymentMethod
from memorial.base.admin import VersionedAdmin, both
from memorial.staff.fresh import freshly_signed_in
from memorial.staff.signing_in import confirmed_at

PROPOSES = "donations.add_detailsproposal"


@admin.register(PaymentMethod)
class PaymentMethodAdmin(VersionedAdmin):
    """What a way to give is called and what it asks of a donor; the account itself is proposed on its own page."""

    list_display = ["name", "kind", "network", "asset", "is_shown"]
    list_filter = ["is_shown", "kind"]
    search_fields = ["slug", "name_ru", "name_en"]
    fieldsets = [
        (None, {"fields": ["slug", "kind", ("network", "asset"), ("position", "is_shown"), *both("name")]}),
        (None, {"fields": [*both("asks", "how_to_cancel")]}),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: PaymentMethod | None = None) -> list[str]:
        """What signed details must agree with stays as it was made: another account is another way to give."""
        return ["slug", "kind", "network", "asset"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never: it is taken off the page, and what was approved for it stays known."""
        return False

    def get_urls(self) -> list[URLPattern]:
        """The page of the details before Django's own, which would take any path."""
        wrap = self.admin_site.admin_view
        name = "donations_paymentmethod_propose"
        return [path("<int:pk>/propose/", wrap(self.propose_view), name=name), *super().get_urls()]

    def propose_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The form of the kind's fields, and what was approved before."""
        if not request.user.has_perm(PROPOSES):
            raise PermissionDenied
        return self._propose(request, get_object_or_404(PaymentMethod, pk=pk))

    @method_decorator(freshly_signed_in)
    def _propose(self, request: HttpRequest, method: PaymentMethod) -> HttpResponse:
        sent = request.method == "POST"
        form = DetailsForm(request.POST if sent else None, method=method)
        if sent and form.is_valid():
            try:
                propose_details(method=method, values=form.cleaned_data, confirmed_at=confirmed_at(request))
            except ValidationError as error:
                form.add_error(None, error)
            else:
                words = _("Proposed. Another person looks at it and approves it.")
                self.message_user(request, words, messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:donations_paymentset_desk"))
        last = method.proposals.approved().order_by("-id").first()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Propose payment details"),
            "opts": self.opts,
            "record": method,
            "record_url": reverse("admin:donations_paymentmethod_change", args=[method.pk]),
            "form": form,
            "approved": last,
        }
        return TemplateResponse(
            request, "admin/details_propose.html", context, status=400 if form.errors else 200
        )
