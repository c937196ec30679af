"""The commands of the machine that signs, as an application without models: it has no database."""

from django.apps import AppConfig


class SigningConfig(AppConfig):
    name = "donations.signing"
    label = "donations_signing"
