"""Statistics: a part of the roof, with one table of its own for figures that others have told."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    name = "memorial.figures"
    label = "figures"
    verbose_name = _("Statistics")
    default_auto_field = "django.db.models.BigAutoField"
