"""Where the panels of the «today» page lead."""

from __future__ import annotations

from typing import Any, Final

from django.test import Client

PAGES_OF_THEIR_OWN: Final = {
    "Today’s profiles to check": "/admin/attention/afterlook/desk/",
    "Translations to review": "/admin/translating/draft/texts/",
    "My translations": "/admin/translating/draft/mine/",
    # Where the vetoes stand; whoever is shown stands in the panel itself, with the link to a veto.
    "On the home page tomorrow: say no if it must not be": "/admin/home/attentionveto/",
    "On the home page today": "/admin/home/attentionveto/",
}
"""Panels that lead to a page of another kind than the list of the rows that they count."""


def leads_to_all_of_it(desk: Client, panel: dict[str, Any]) -> None:
    """A panel's link opens the list of as many rows as it counts, or the page that is named above."""
    listed = desk.get(panel["url"])
    assert listed.status_code == 200, panel["title"]
    if own := PAGES_OF_THEIR_OWN.get(str(panel["title"])):
        assert panel["url"] == own, panel["title"]
    else:
        assert listed.context["cl"].result_count == panel["total"], panel["title"]
