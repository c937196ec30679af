"""The office's pages of itself: accounts, groups, the history of edits."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db.models import BigIntegerField, Case, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Cast, Substr
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from memorial.base.admin import ReadOnlyAdmin, StaffAdmin
from memorial.base.admin.history_reading import edits
from memorial.base.models import HistoryEntry
from memorial.staff.models import User


@admin.register(User)
class StaffUserAdmin(StaffAdmin, UserAdmin):
    """Accounts are closed (not active), never deleted: the history names people by their number."""

    form: Any = UserAdmin.form  # type: ignore[misc]
    list_display = ["username", "is_active", "is_staff", "group_names", "last_login"]
    list_filter = ["is_active", "groups"]
    filter_horizontal = ["groups"]
    search_fields = ["username"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Access"), {"fields": ["is_active", "is_staff", "groups", "is_superuser"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Accounts with their groups."""
        return super().get_queryset(request).prefetch_related("groups")

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


admin.site.unregister(Group)


@admin.register(Group)
class GroupAdmin(ReadOnlyAdmin):
    """Groups stand in the code (memorial/staff/groups.py) and are only looked at here."""

    search_fields = ["name"]
    fields = ["name", "permissions"]


@admin.register(HistoryEntry)
class HistoryEntryAdmin(ReadOnlyAdmin):
    """Every change of every row. Written by the database, read here, changed by nobody."""

    list_display = ["at", "who", "table", "row", "operation", "reason"]
    list_filter = ["operation", "table"]
    search_fields = ["=row", "=actor"]
    search_help_text = _("The number of a row, or staff:7")
    fields = ["at", "who", "table", "row", "operation", "reason", "database_role", "differences"]
    ordering = ["-id"]
    list_display_links = ["at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Entries, each with the name of the account behind it."""
        number = Cast(Substr("actor", len("staff:") + 1), BigIntegerField())
        rows = super().get_queryset(request)
        return rows.annotate(number=Case(When(actor__regex=r"^staff:[0-9]+$", then=number))).annotate(
            account=Subquery(User.objects.filter(pk=OuterRef("number")).values("username")[:1])
        )

    @admin.display(description=_("by"))
    def who(self, entry: Any) -> str:
        """The account's name."""
        return entry.account or entry.actor

    @admin.display(description=_("what changed"))
    def differences(self, entry: HistoryEntry) -> str:
        """Field by field: what it said, what it says."""
        edit = next(edits([entry]))
        rows = ((one.label, one.before, one.after) for one in edit.differences)
        return format_html_join("", "<p><b>{}</b><br><del>{}</del><br><ins>{}</ins></p>", rows)
