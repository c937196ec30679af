"""The staff: their accounts, their groups. Not installed in the public process."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffConfig(AppConfig):
    name = "memorial.staff"
    label = "staff"
    verbose_name = _("Staff")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Give rich text its editor, which only the office has."""
        from memorial.base.fields import RichTextField
        from memorial.staff.rich_text import RichTextArea

        RichTextField.form_widget = RichTextArea
