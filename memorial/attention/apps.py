"""The attention desk, with tables of its own for later looks, checked links and people who look alike."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AttentionConfig(AppConfig):
    name = "memorial.attention"
    label = "attention"
    verbose_name = _("Attention desk")
    default_auto_field = "django.db.models.BigAutoField"
