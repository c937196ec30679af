"""What is digested, byte for byte. Whoever verifies by other means starts here (docs/history.md).

A *record* of fields is the concatenation of its fields, each written as its length in bytes in decimal,
a colon, the bytes, a comma; an absent field is a lone hyphen and a comma. Texts are UTF-8, numbers decimal.

    content = SHA-256(salt ‖ record(reason, before, after))
    digest  = SHA-256(record(FORM, id, moment, transaction, table, row, operation, actor, role, content))
    chain   = SHA-256(record(chain of the entry before, position, id, digest))

`before` and `after` are the text in which PostgreSQL prints the stored jsonb; `moment` counts microseconds
since 1970 in UTC. The chain before the first entry is SHA-256(FORM). Positions count from 1 without gaps,
in the order of (transaction, id).
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

FORM: Final = b"memorial-history-1"
BEGINNING: Final = sha256(FORM).digest()
COLUMNS: Final = (
    'e.id, (extract(epoch FROM e.at) * 1000000)::bigint, e.transaction, e."table", e."row",'
    " e.operation, e.actor, e.database_role, e.reason, e.before::text, e.after::text"
)
"""The columns of an entry `e`, as `StoredEntry` takes them: the stored text itself, past every adapter."""


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """One history entry as its row stands in the database."""

    id: int
    moment: int
    transaction: int
    table: str
    row: str
    operation: str
    actor: str
    role: str
    reason: str
    before: str | None
    after: str | None

    def content(self, salt: bytes) -> bytes:
        """The digest of its texts, which nobody can guess the texts from without the salt."""
        return sha256(salt + record(self.reason, self.before, self.after)).digest()

    def digest(self, content: bytes) -> bytes:
        """The digest of the entry, given that of its texts."""
        meta = (self.id, self.moment, self.transaction, self.table, self.row)
        return sha256(record(FORM, *meta, self.operation, self.actor, self.role, content)).digest()


def record(*fields: bytes | str | int | None) -> bytes:
    """Fields in one unambiguous run of bytes: no field can reach into the next."""
    return b"".join(_field(field) for field in fields)


def _field(value: bytes | str | int | None) -> bytes:
    if value is None:
        return b"-,"
    raw = value if isinstance(value, bytes) else str(value).encode()
    return b"%d:%b," % (len(raw), raw)


def next_chain(before: bytes, position: int, entry: int, digest: bytes) -> bytes:
    """The digest of everything up to and including one more entry."""
    return sha256(record(before, position, entry, digest)).digest()
