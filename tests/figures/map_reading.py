"""Reads the pages of the map."""

from __future__ import annotations

import re
from html import unescape


def text(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return unescape(response.content.decode()).replace("\u00a0", " ")


def drawn(page: str) -> dict[str, tuple[str, int]]:
    """What the map says: shade and number of each region that has anybody."""
    first = page.split('<div class="near">', maxsplit=1)[0]
    found = re.findall(
        r'href="/en/regions/([a-z0-9-]+)/" class="(m\d)"><title>[^<]*: ([\d,]+) (?:person|people)</title>',
        first,
    )
    return {code: (shade, int(number.replace(",", ""))) for code, shade, number in found}
