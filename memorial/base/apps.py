"""The floor of the house: what every other app builds on, knowing Django only."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BaseConfig(AppConfig):
    name = "memorial.base"
    label = "base"
    verbose_name = _("Foundation")
    default_auto_field = "django.db.models.BigAutoField"
