"""Who may do what with news and with due work: one block, joined into the groups of `memorial.staff.groups`."""

from __future__ import annotations

from typing import Final

Rights = dict[str, str]

OWN_RIGHTS_OF_NEWS: Final = {
    "news.publish_newsitem": ("May publish news, at once or at a moment", "newsitem"),
    "news.translate_newsitem": ("May change the texts of news, and nothing else", "newsitem"),
}
_PARTS: Final = ("newsperson", "newscase", "newssource")
_PICTURES: Final = ("newspicture", "newspictureoriginal")
# Former addresses are added by the database, and taken out where one holds a name.
_WRITES: Final[Rights] = {
    "news.newsitem": "vac",
    **{f"news.{name}": "vacd" for name in _PARTS},
    **{f"news.{name}": "v" for name in _PICTURES},
    "news.formeraddress": "vd",
    "due.duework": "v",
}

EDITOR: Final[Rights] = {**_WRITES}
TRANSLATOR: Final[Rights] = {"news.newsitem": "v", "news.translate_newsitem": "+"}
PUBLISHER: Final[Rights] = _WRITES | {"news.publish_newsitem": "+"}
ADMINISTRATOR: Final[Rights] = PUBLISHER | {"news.newsitem": "vacd"}
AUDITOR: Final[Rights] = dict.fromkeys(
    (
        "news.newsitem",
        *(f"news.{name}" for name in (*_PARTS, *_PICTURES)),
        "news.formeraddress",
        "due.duework",
    ),
    "v",
)
