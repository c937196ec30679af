"""The home page: a part of the roof, with one confidential table of vetoes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "memorial.home"
    label = "home"
    verbose_name = _("Home page")
    default_auto_field = "django.db.models.BigAutoField"
