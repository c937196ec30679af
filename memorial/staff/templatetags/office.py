"""What the office's templates need beyond Django's admin."""

from __future__ import annotations

import json

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def with_plain_words(formset_data: str) -> str:
    """Django's description of an inline for its script, with buttons that need no grammar.

    «Add another %s» takes a noun that no Russian sentence could take in every gender.
    """
    data = json.loads(formset_data)
    options = data["options"]
    name = options["addText"].removeprefix(_("Add another %(verbose_name)s") % {"verbose_name": ""})
    options["addText"] = f"+ {name}"
    options["deleteText"] = _("Remove")
    return json.dumps(data)


@register.filter
def named(names: dict[str, str], actor: str) -> str:
    """Who somebody is to colleagues: the account's name for `staff:7`, a command as it is."""
    return names.get(actor, actor)
