"""Reads the API as a program would."""

import json
from typing import Any

from django.test import Client

ROOT = "/api/v1/"
HOST = "http://localhost:8000"
LISTS = ("people", "cases", "articles", "facilities", "regions", "hearings", "findings", "statistics")


def asked(client: Client, path: str, status: int = 200, **headers: str) -> dict[str, Any]:
    """The answer to an address below the root, or to a whole one."""
    whole = path.removeprefix(HOST) if path.startswith(HOST) else f"{ROOT}{path}"
    response = client.get(whole, headers=headers)
    assert response.status_code == status, f"{whole}: {response.status_code} {response.content[:300]!r}"
    return json.loads(response.content)


def whole_list(client: Client, path: str) -> list[dict[str, Any]]:
    """All records of a list, part after part."""
    found, url = [], path
    while url is not None:
        answer = asked(client, url)
        found += answer["data"]
        url = answer["next"]
    return found


def ids(records: list[dict[str, Any]]) -> list[str]:
    return [record["id"] for record in records]
