"""Who of the staff may do what: one table. `manage.py sync_groups` brings the database to it.

Letters: v sees, a adds, c changes, d deletes. People and institutions are withdrawn, not deleted;
only an administrator removes what was made by mistake.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

RIGHTS: Final = {"v": "view", "a": "add", "c": "change", "d": "delete"}

# Rights that no model of Django's makes: `app.codename` → what it means, and whose content type.
OWN_RIGHTS: Final = {
    "prisoners.publish_prisoner": ("May publish and withdraw people", "prisoner"),
    "prisoners.translate_prisoner": ("May change the texts of people, and nothing else", "prisoner"),
    "prisoners.publish_facility": ("May publish and withdraw institutions", "facility"),
    "prisoners.translate_facility": ("May change the texts of institutions, and nothing else", "facility"),
}

VOCABULARIES: Final = ("theme", "community", "profession", "vulnerability", "prisonerlist")
LINKS: Final = (
    "prisonertheme",
    "prisonerlisting",
    "prisonerprofession",
    "prisonercommunity",
    "prisonervulnerability",
)
FACTS: Final = ("custody", "stay", "endofcustody", "death", "recognition", "registerentry")
DETAILS: Final = ("namevariant", "citizenship", "externalidentifier", "photo", "citation", "correction")
CONFIDENTIAL: Final = (
    "prisonerprivate",
    "stayprivate",
    "hiddennamevariant",
    "confidentialcitation",
    "consent",
    "staffnote",
    "recognitionreview",
    "photooriginal",
    "facilityprivate",
)
OFFICE: Final = ("lead", "restrictionrequest")
PLACES: Final = ("region", "occupationperiod")
IMPORTS: Final = ("importsource", "importrun", "importkey", "oldaddress")

Table = dict[str, str]


def _each(names: tuple[str, ...], letters: str) -> Table:
    return {f"prisoners.{name}": letters for name in names}


_SEES_PEOPLE: Final = _each(
    ("prisoner", "facility", "statement", *PLACES, *VOCABULARIES, *LINKS, *FACTS, *DETAILS), "v"
)
_SEES_EVERYTHING: Final = _SEES_PEOPLE | _each((*CONFIDENTIAL, *OFFICE, *IMPORTS), "v")
_EDITS_PEOPLE: Final = (
    _SEES_EVERYTHING
    | _each((*LINKS, *FACTS, *DETAILS, *CONFIDENTIAL), "vacd")
    | _each(("prisoner", "facility", "statement", *OFFICE), "vac")
)

GROUPS: Final[dict[str, Table]] = {
    "editor": _EDITS_PEOPLE
    | {"prisoners.publish_prisoner": "+", "prisoners.publish_facility": "+", "base.historyentry": "v"},
    # Sees names and texts, and of them only what is published or about to be (prisoners.admin).
    "translator": {
        "prisoners.prisoner": "v",
        "prisoners.facility": "v",
        "prisoners.translate_prisoner": "+",
        "prisoners.translate_facility": "+",
        **_each(VOCABULARIES, "v"),
    },
    "legal": _SEES_EVERYTHING
    | _each(
        (*FACTS, "stayprivate", "citation", "confidentialcitation", "staffnote", "recognitionreview"), "vac"
    )
    | _each(("prisoner", "lead"), "vac"),
    "aid_coordinator": _SEES_PEOPLE
    | _each(("facility", "facilityprivate", "lead", "staffnote"), "vac")
    | _each(("consent", "stayprivate"), "v"),
    "finance": {},
    "publisher": _EDITS_PEOPLE
    | {"prisoners.publish_prisoner": "+", "prisoners.publish_facility": "+", "base.historyentry": "v"},
    "administrator": _EDITS_PEOPLE
    | _each((*PLACES, *VOCABULARIES, "prisoner", "facility", "statement", *OFFICE), "vacd")
    | {
        "prisoners.publish_prisoner": "+",
        "prisoners.publish_facility": "+",
        "base.historyentry": "v",
        "staff.user": "vac",
        "auth.group": "v",
    },
    "auditor": _SEES_EVERYTHING | {"base.historyentry": "v", "staff.user": "v", "auth.group": "v"},
}


def codenames(table: Table) -> Iterator[tuple[str, str]]:
    """The rights of one group as (app, codename)."""
    for target, letters in table.items():
        app, name = target.split(".")
        if letters == "+":
            yield app, name
        else:
            yield from ((app, f"{RIGHTS[letter]}_{name}") for letter in letters)
