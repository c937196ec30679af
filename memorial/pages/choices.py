"""What the program knows of pages: where their links stand, and for what it adds or leads to one."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Menu(models.TextChoices):
    """Where the link to a page stands on every page of the site."""

    NONE = "", _("in no menu")
    MAIN = "main", _("main menu, and below under «Project»")
    ENCYCLOPAEDIA = "encyclopaedia", _("below, under «Encyclopaedia»")
    HELP = "help", _("below, under «Help»")
    PROJECT = "project", _("below, under «Project»")
    SAFETY = "safety", _("below, beside the advice on safe reading")


class Purpose(models.TextChoices):
    """For what the program needs a page: it leads there, or adds what only it knows below the text."""

    NONE = "", pgettext_lazy("purpose of a page", "no other page needs it")
    ABOUT = "about", _("about the project")
    CRITERIA = "criteria", _("how recognition is decided: linked from the disclaimer")
    METHODOLOGY = "methodology", _("how people are counted: linked from the figures")
    SAFETY = "safety", _("reading safely: the address in Tor is added")
    CONTACTS = "contacts", _("contacts: the editors’ address and key are added")
    PRIVACY = "privacy", _("what is kept of people: the table of periods is added")
    PRESS = "press", _("for the press: files and figures are added")
