"""The source of an imported fact, as readers see it: the row's own, else that of the list."""

from typing import Any

from memorial.base.choices import SourceKind
from memorial.base.partial_date import PartialDate
from prisoners.importers.mapping import OWN_SOURCE, Mapping
from prisoners.importers.rows import ReadRow
from prisoners.models import Citation


def source_of(row: ReadRow, mapping: Mapping) -> dict[str, str] | None:
    """What a citation of the row says; None where neither row nor list names a source."""
    if row.text("source_url") or row.text("source_title"):
        return {
            "kind": row.text("source_kind") or SourceKind.OTHER.value,
            "title": row.text("source_title"),
            "publisher": row.text("source_publisher"),
            "url": row.text("source_url"),
            "published_on": row.text("source_date"),
        }
    return source_of_list(mapping)


def source_of_list(mapping: Mapping) -> dict[str, str] | None:
    """What a citation of the whole list says; None for a table of our own, which is no source."""
    source = mapping.source
    if not source.title or source.code in (source.title, OWN_SOURCE):
        return None
    return {
        "kind": source.kind,
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "published_on": source.published_on.text if source.published_on else "",
    }


def citation(said: dict[str, str], **fact: Any) -> Citation:
    """A public citation of one fact, not yet written."""
    return Citation(**as_columns(said), **fact)


def as_columns(said: dict[str, str]) -> dict[str, Any]:
    """The columns of a citation."""
    published = said.get("published_on")
    return {**said, "published_on": PartialDate.from_text(published) if published else None}
