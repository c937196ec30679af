"""The office's pages of itself: accounts, groups, the history of edits."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from memorial.base.admin import ReadOnlyAdmin, StaffAdmin
from memorial.staff import evidence_admin  # noqa: F401 - registers the pages of evidence
from memorial.staff.enrolment import issue_link
from memorial.staff.forms import NewAccountForm
from memorial.staff.fresh import freshly_signed_in
from memorial.staff.models import SignIn, User
from memorial.staff.signing_in import what_is_missing

FACTORS = {"codes": _("password and codes"), "recovery": _("recovery codes"), "passkey": _("passkey")}
"""What one enrols, in words; the names are those of `what_is_missing`."""


@admin.register(User)
class StaffUserAdmin(StaffAdmin, UserAdmin):
    """Accounts are closed (not active), never deleted: the history names people by their number."""

    form: Any = UserAdmin.form  # type: ignore[misc]
    list_display = ["username", "is_active", "is_staff", "group_names", "last_login"]
    list_filter = ["is_active", "groups"]
    filter_horizontal = ["groups"]
    search_fields = ["username"]
    fieldsets = [
        (None, {"fields": ["username", "enrolment"]}),
        (_("Access"), {"fields": ["is_active", "is_staff", "groups", "is_superuser"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_form: Any = NewAccountForm
    add_fieldsets = [(None, {"fields": ["username", "groups"]})]
    readonly_fields = ["enrolment", "last_login", "date_joined"]
    change_form_template = "staff/account_change.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Accounts with their groups."""
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=_("Signs in with"))
    def enrolment(self, account: User) -> str:
        """What is enrolled and what is not, in words."""
        missing = what_is_missing(account)
        if not missing:
            return str(_("Password and codes, recovery codes, passkey"))
        return _("Still to be enrolled: %(what)s") % {
            "what": ", ".join(str(FACTORS[name]) for name in missing)
        }

    @method_decorator(freshly_signed_in)
    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Who may do what is changed only by somebody who has just proved who they are."""
        return super().changeform_view(request, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        """The page on which an enrolment link is made."""
        own = path(
            "<int:number>/enrol/", self.admin_site.admin_view(self.enrol_view), name="staff_user_enrol"
        )
        return [own, *super().get_urls()]

    @method_decorator(never_cache)
    @method_decorator(freshly_signed_in)
    def enrol_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Makes an enrolment link and shows it, this once."""
        account = get_object_or_404(User, pk=number)
        if not self.has_change_permission(request, account):
            raise PermissionDenied
        context = {**self.admin_site.each_context(request), "account": account, "title": _("Enrolment link")}
        if request.method == "POST" and account.may_sign_in:
            context["link"] = issue_link(account=account, by=request.user.pk)
        return TemplateResponse(request, "staff/account_enrol.html", context)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:  # noqa: A002 - Django calls it by name
        """Never: nobody knows another's password. An enrolment link lets them choose one."""
        raise PermissionDenied

    @admin.display(description=_("groups"))
    def group_names(self, account: User) -> str:
        """The groups, in a line."""
        return ", ".join(group.name for group in account.groups.all())

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> list[str]:
        """Nobody but a superuser makes superusers."""
        own = [] if request.user.is_superuser else ["is_superuser"]
        return [*self.readonly_fields, *own]

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """The account of a superuser is changed by superusers only: a new password would be theirs."""
        is_above = obj is not None and obj.is_superuser and not request.user.is_superuser
        return super().has_change_permission(request, obj) and not is_above

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Never: close the account instead."""
        return False


@admin.register(SignIn)
class SignInAdmin(ReadOnlyAdmin):
    """Who signed in or tried to, and how. No address, no browser; names that nobody has are not kept."""

    list_display = ["at", "account", "way", "again", "success"]
    list_filter = ["success", "way", "again"]
    search_fields = ["account__username"]
    fields = ["at", "account", "way", "again", "success"]
    list_select_related = ["account"]
    ordering = ["-id"]


admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(ReadOnlyAdmin):
    """Groups stand in the code (memorial/staff/groups.py) and are only looked at here."""

    search_fields = ["name"]
    fields = ["name", "permissions"]
