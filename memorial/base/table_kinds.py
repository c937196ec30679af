"""The kinds of table that staff may load and take out: people, institutions, and what other apps add.

An app registers its kinds when it is ready; the pages of the office and the commands walk this list and
know none of them by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class TableKind:
    """One kind of table: its fields, how its rows are read, compared, written, and taken out again.

    `world` loads what a run looks up, `reader` reads rows by a mapping, `batch` writes some of them in the
    caller's transaction, `exported` gives rows of text for a queryset under the names of `fields`.
    """

    code: str
    label: Any
    model: str
    """`app.model`, whose rights `import_…`, `export_…` and `publish_…` guard the pages."""
    fields: Mapping[str, Any]
    world: Callable[..., Any]
    reader: Callable[..., Any]
    batch: Callable[..., Any]
    exported: Callable[..., Any]
    has_photos: bool = False
    rows_at_once: int = 200
    """Rows of one transaction, at most: a request of the office lasts at least as long as these take."""
    examples: Mapping[str, str] = field(default_factory=dict)

    def right(self, verb: str) -> str:
        """The permission for one verb: `prisoners.import_prisoner`."""
        app, model = self.model.split(".")
        return f"{app}.{verb}_{model}"


KINDS: dict[str, TableKind] = {}


def register(*kinds: TableKind) -> None:
    """Adds kinds of table. Raises `ValueError` for a code that is taken."""
    for kind in kinds:
        if kind.code in KINDS and KINDS[kind.code] is not kind:
            raise ValueError(f"Two kinds of table are called {kind.code}.")
        KINDS[kind.code] = kind
