"""Whether a table and a mapping belong together."""

from django.utils.translation import gettext as _

from memorial.base.table_kinds import TableKind
from prisoners.importers.errors import ImportRefused
from prisoners.importers.mapping import Mapping
from prisoners.importers.own_columns import own_mapping


def fit(header: tuple[str, ...], mapping: Mapping | None, source: str, kind: TableKind) -> Mapping:
    """The mapping of a table; without one, its columns have our own names.

    Raises `ImportRefused` where a column is missing, or one more is there and the mapping refuses that.
    """
    if mapping is None:
        return own_mapping(header, source, kind.fields)
    missing = sorted(mapping.columns.keys() - set(header))
    if missing:
        raise ImportRefused(
            _("The file has no column %(missing)s. It has: %(header)s.")
            % {"missing": ", ".join(missing), "header": ", ".join(header)}
        )
    unknown = sorted(set(header) - mapping.columns.keys())
    if unknown and mapping.others == "refuse":
        raise ImportRefused(
            _("The mapping does not say what these columns are: %(names)s.") % {"names": ", ".join(unknown)}
        )
    return mapping
