"""What has to be settled before a page that comes with the program is published; for staff, never for readers.

The program's texts say what it does and what its domain holds; who answers for the site, and what the law
says today, only people can say.
"""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from memorial.pages.models import SitePage

_ASK: Final[dict[str, tuple[Promise, ...]]] = {
    "criteria": (_("The lawyers and those who decide on recognition read the wording of both grounds."),),
    "where-to-turn": (
        _("A lawyer confirms what is said of the rights of a detained person."),
        _("Those who help confirm that somebody reads the letters, and how soon."),
    ),
    "safe-reading": (_("A lawyer says what the law provides today for reading and searching in Russia."),),
    "press": (_("Decide under which licence texts and data may be reprinted, and say it here."),),
    "contacts": (_("Check the address and the key below the text: EDITORS_EMAIL, EDITORS_PGP_KEY."),),
    "privacy": (
        _("A lawyer names who answers for the data, on what legal basis, and where one may complain."),
        _("The periods below the text are those of this server: set RETENTION_DAYS alike on every server."),
    ),
}


def to_settle(page: SitePage) -> list[str]:
    """Sentences for whoever publishes the page for the first time; none once readers have seen it."""
    return [] if page.first_published_at else [str(sentence) for sentence in _ASK.get(page.slug, ())]
