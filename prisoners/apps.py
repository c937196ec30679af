"""Who is persecuted, and where they are held."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrisonersConfig(AppConfig):
    name = "prisoners"
    verbose_name = _("People and places")
    default_auto_field = "django.db.models.BigAutoField"
