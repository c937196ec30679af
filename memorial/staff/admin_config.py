"""Django's admin app with our own site; apart from `apps.py`, where Django looks for one config only."""

from django.contrib.admin.apps import AdminConfig


class StaffAdminConfig(AdminConfig):
    """Makes `@admin.register` everywhere mean the office."""

    default_site = "memorial.staff.site.OfficeSite"
    default = False
