"""The translation desk: a part of the roof, with tables of its own that readers never see."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslatingConfig(AppConfig):
    name = "memorial.translating"
    label = "translating"
    verbose_name = _("Translation")
    default_auto_field = "django.db.models.BigAutoField"
