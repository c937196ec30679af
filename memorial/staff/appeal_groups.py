"""Who of the staff writes and publishes urgent appeals and events abroad.

Letters as in `memorial.staff.groups`: v sees, a adds, c changes, d deletes. An appeal is published by another
person than those who wrote it: the database sees to that.
"""

from __future__ import annotations

from typing import Final

Table = dict[str, str]

OWN_RIGHTS_OF_APPEALS: Final[dict[str, tuple[str, str]]] = {
    "appeals.publish_appeal": ("May publish and extend urgent appeals, and tell their outcome", "appeal"),
    "appeals.publish_publicevent": ("May publish and withdraw events abroad", "publicevent"),
}
EDITOR: Final[Table] = {
    "appeals.appeal": "vac",
    "appeals.appealaddressee": "vacd",
    "appeals.appealreading": "v",
    "appeals.publicevent": "vac",
    "appeals.publish_appeal": "+",
    "appeals.publish_publicevent": "+",
}
ADMINISTRATOR: Final[Table] = {**EDITOR, "appeals.publicevent": "vacd"}
AUDITOR: Final[Table] = {
    "appeals.appeal": "v",
    "appeals.appealaddressee": "v",
    "appeals.appealreading": "v",
    "appeals.publicevent": "v",
}
