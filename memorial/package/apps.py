"""The whole-data package: a part of the roof with tables of its own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PackageConfig(AppConfig):
    name = "memorial.package"
    label = "package"
    verbose_name = _("Data package")
    default_auto_field = "django.db.models.BigAutoField"
