"""Sources below a record of the legal record that has one foreign key to it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.models import CaseCitation, ConfidentialCaseCitation
from memorial.base.admin import CollapsedInline


class SourceInline(CollapsedInline):
    """Sources that readers see. A subclass says of what: `fk_name`."""

    model = CaseCitation
    verbose_name_plural = _("sources that readers see")
    fields = [
        "kind",
        ("title", "publisher"),
        ("url", "archive_url"),
        ("published_on", "accessed_on", "without_origin"),
    ]


class ConfidentialSourceInline(CollapsedInline):
    """Sources that stay with staff. A subclass says of what: `fk_name`."""

    model = ConfidentialCaseCitation
    classes = ["collapse", "confidential"]
    confidential = True
    fields = ["kind", "text", ("contact", "received_on")]
