"""Tables with our own names of columns need no mapping: the header says it all."""

from collections.abc import Mapping as Catalogue
from difflib import get_close_matches
from hashlib import sha256

from django.utils.translation import gettext as _

from prisoners.importers.errors import ImportRefused
from prisoners.importers.fields import FIELDS, Field
from prisoners.importers.mapping import OWN_SOURCE, ColumnRule, Mapping, Source, Target


def own_mapping(header: tuple[str, ...], source_code: str, fields: Catalogue[str, Field] = FIELDS) -> Mapping:
    """The mapping of a table whose columns are named as our fields.

    Raises `ImportRefused` naming every column that is none.
    """
    unknown = [_asked(name, fields) for name in header if name not in fields]
    if unknown:
        raise ImportRefused(
            _("These columns are not ours: %(names)s. Rename them, or write a mapping (docs/import.md).")
            % {"names": "; ".join(unknown)}
        )
    if not {"key", "id"} & set(header):
        raise ImportRefused(
            _("A column «key» is needed: it ties a row to its person when the file comes again.")
        )
    code = source_code or OWN_SOURCE
    return Mapping(
        source=Source(code=code, title=code),
        columns={name: ColumnRule((Target(name, markup=None),)) for name in header},
        digest=sha256(f"{code} {header}".encode()).hexdigest(),
        is_own=True,
    )


def _asked(name: str, fields: Catalogue[str, Field]) -> str:
    close = get_close_matches(name, fields, n=1)
    return f"{name} ({close[0]}?)" if close else name
