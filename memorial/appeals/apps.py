"""Urgent appeals and events abroad: a part of the roof with tables of its own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppealsConfig(AppConfig):
    name = "memorial.appeals"
    label = "appeals"
    verbose_name = _("Urgent appeals and events")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Puts a person's appeals on their page."""
        from memorial.appeals.sections import appeals_of_person
        from memorial.base.page_sections import add_section

        add_section("prisoner", appeals_of_person)
