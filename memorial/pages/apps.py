"""Pages edited by staff: a part of the roof, with tables of its own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    name = "memorial.pages"
    label = "pages"
    verbose_name = _("Pages of the site")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Makes known the check that no page stands where the program has one of its own."""
        from memorial.pages import checks  # noqa: F401
