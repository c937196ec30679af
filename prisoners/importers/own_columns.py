"""Tables with our own names of columns need no mapping: the header says it all."""

from difflib import get_close_matches

from django.utils.translation import gettext as _

from prisoners.importers.errors import ImportRefused
from prisoners.importers.fields import FIELDS
from prisoners.importers.mapping import OWN_SOURCE, ColumnRule, Mapping, Source, Target


def own_mapping(header: tuple[str, ...], source_code: str) -> Mapping:
    """The mapping of a table whose columns are named as our fields.

    Raises `ImportRefused` naming every column that is none.
    """
    unknown = [_asked(name) for name in header if name not in FIELDS]
    if unknown:
        raise ImportRefused(
            _("These columns are not ours: %(names)s. Rename them, or write a mapping (docs/import.md).")
            % {"names": "; ".join(unknown)}
        )
    if "key" not in header:
        raise ImportRefused(
            _("A column «key» is needed: it ties a row to its person when the file comes again.")
        )
    code = source_code or OWN_SOURCE
    return Mapping(
        source=Source(code=code, title=code),
        columns={name: ColumnRule((Target(name, markup=False),)) for name in header},
    )


def _asked(name: str) -> str:
    close = get_close_matches(name, FIELDS, n=1)
    return f"{name} ({close[0]}?)" if close else name
