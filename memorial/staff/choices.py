"""Closed vocabularies of the staff's own pages."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SignInWay(TextChoices):
    """By what a member of staff proved who they are."""

    PASSKEY = "passkey", _("passkey")
    CODE = "code", _("password and code")
    RECOVERY = "recovery", _("password and recovery code")
    LINK = "link", _("enrolment link")
    DEMO = "demo", _("password only (demo)")
