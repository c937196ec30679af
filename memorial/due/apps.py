"""Due work: a part of the roof with one table, which any other part of the roof may fill."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DueConfig(AppConfig):
    name = "memorial.due"
    label = "due"
    verbose_name = _("Due work")
    default_auto_field = "django.db.models.BigAutoField"
