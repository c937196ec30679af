"""The roof: settings, addresses, home, search, sitemap, commands."""

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class MemorialConfig(AppConfig):
    name = "memorial"
    label = "memorial"
    verbose_name = _("Site")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the system checks of the database, and the lists that staff load and take out."""
        from memorial import checks  # noqa: F401

        if settings.SERVES_STAFF:
            from memorial.lists import kinds, table_columns, table_files  # noqa: F401
