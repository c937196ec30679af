"""The staff office's own AdminSite."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class StaffSite(admin.AdminSite):
    """The office, in both languages, with nothing from another host."""

    site_header = _("Political Prisoners. Memorial — office")
    site_title = _("Office")
    index_title = _("Office")
