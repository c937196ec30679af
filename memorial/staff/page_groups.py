"""Who of the staff writes and publishes the pages of the site and the texts of themes.

Letters as in `memorial.staff.groups`: v sees, a adds, c changes, d deletes. Pages are withdrawn, not
deleted; only an administrator removes what was made by mistake.
"""

from __future__ import annotations

from typing import Final

Table = dict[str, str]

OWN_RIGHTS_OF_PAGES: Final[dict[str, tuple[str, str]]] = {
    "pages.publish_sitepage": ("May publish and withdraw pages of the site", "sitepage"),
    "pages.translate_sitepage": ("May change the texts of pages of the site, and nothing else", "sitepage"),
    "pages.publish_themetext": ("May publish and withdraw texts of themes", "themetext"),
    "pages.translate_themetext": ("May change the texts of themes, and nothing else", "themetext"),
}
_PUBLISHES: Final[Table] = {"pages.publish_sitepage": "+", "pages.publish_themetext": "+"}
EDITOR: Final[Table] = {
    "pages.sitepage": "vac",
    "pages.formeraddress": "vacd",
    "pages.themetext": "vac",
    **_PUBLISHES,
}
ADMINISTRATOR: Final[Table] = {**EDITOR, "pages.sitepage": "vacd", "pages.themetext": "vacd"}
TRANSLATOR: Final[Table] = {
    "pages.sitepage": "v",
    "pages.themetext": "v",
    "pages.translate_sitepage": "+",
    "pages.translate_themetext": "+",
}
AUDITOR: Final[Table] = {"pages.sitepage": "v", "pages.formeraddress": "v", "pages.themetext": "v"}
