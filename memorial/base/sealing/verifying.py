"""Reads the whole chain again and compares it with the entries, the removals and the signed heads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection, transaction

from memorial.base.evidence import HistoryRemoval
from memorial.base.sealing.findings import Kind, Verdict
from memorial.base.sealing.form import BEGINNING, COLUMNS, StoredEntry, next_chain
from memorial.base.sealing.heads import RESTORED, Head, read_heads, still_claimed
from memorial.base.sealing.sealer import AT_ONCE, horizon_now, late_entries

_SEALED: Final = (
    f"SELECT s.position, s.entry, s.salt, s.content, s.digest, s.chain, e.removal_id, {COLUMNS}"  # noqa: S608
    " FROM base_historyseal s LEFT JOIN base_historyentry e ON e.id = s.entry ORDER BY s.position"
)


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the chain: the seal, and the entry it stands for where that is still there."""

    position: int
    number: int
    salt: bytes | None
    content: bytes
    digest: bytes
    chain: bytes
    removal: int | None
    entry: StoredEntry | None

    @property
    def where(self) -> str:
        return f"Entry {self.number} (position {self.position})"


class Verifier:
    """One reading of the chain, from its first entry to its last, with few rows in memory at a time."""

    def __init__(self, heads: Sequence[Head]) -> None:
        self.verdict = Verdict()
        self._signed = {head.position: head for head in heads}
        self._last_signed = max(self._signed, default=0)
        self._agreed = 0
        self._is_resealed = False
        self._position = 0
        self._chain: bytes | None = BEGINNING
        self._order = (0, 0)
        carried_out = HistoryRemoval.objects.filter(carried_out_at__isnull=False)
        self._removals = {removal.pk: (removal, set(removal.entries)) for removal in carried_out}
        self._blanked: Counter[int] = Counter()

    def read(self) -> Verdict:
        """Everything that is wrong, in the order of the chain."""
        self._compare_with_head(0, BEGINNING)
        for link in _links():
            self._compare_chain(link)
            self._compare_entry(link)
            self._compare_with_head(link.position, link.chain)
            self._position, self._chain = link.position, link.chain
            if link.entry is not None:
                self._order = (link.entry.transaction, link.entry.id)
        self._end()
        return self.verdict

    def _compare_chain(self, link: Link) -> None:
        self.verdict.sealed += 1
        if link.position != self._position + 1:
            gone = _span(self._position + 1, link.position - 1)
            self.verdict.add(Kind.SEAL, f"The seals of {gone} are gone.")
            return
        if next_chain(self._chain or b"", link.position, link.number, link.digest) == link.chain:
            return
        if link.entry is not None and (link.entry.transaction, link.entry.id) < self._order:
            self.verdict.add(Kind.MOVED, f"{link.where} was moved: it is out of its order there.")
        else:
            self.verdict.add(
                Kind.SEAL,
                f"The seal of entry {link.number} (position {link.position}) does not follow from the one"
                " before it: changed, put in or moved.",
            )

    def _compare_entry(self, link: Link) -> None:
        entry = link.entry
        if entry is None:
            self.verdict.add(Kind.REMOVED, f"{link.where} was removed.")
            return
        is_blanked = link.removal is not None or link.salt is None
        if is_blanked:
            self._compare_blanked(link, entry)
        if entry.digest(link.content) != link.digest or (
            not is_blanked and entry.content(link.salt or b"") != link.content
        ):
            self.verdict.add(Kind.FORGED, f"{link.where}, of {entry.table} {entry.row}, was forged.")

    def _compare_blanked(self, link: Link, entry: StoredEntry) -> None:
        removal, entries = self._removals.get(link.removal or 0, (None, set()))
        has_text = bool(entry.reason) or entry.before is not None or entry.after is not None
        if removal is None or entry.id not in entries or link.salt is not None or has_text:
            self.verdict.add(Kind.BLANKED, f"{link.where} lost its text without a decision of two people.")
        else:
            self._blanked[removal.pk] += 1

    def _compare_with_head(self, position: int, chain: bytes) -> None:
        head = self._signed.get(position)
        if head is None or self._is_resealed:
            return
        if head.chain == chain.hex():
            self._agreed = position
            return
        self._is_resealed = True
        self.verdict.add(
            Kind.RESEALED,
            f"{_span(self._agreed + 1, position).capitalize()} are not those signed at {head.at}:"
            " something there was changed, and the seals after it made anew.",
        )

    def _end(self) -> None:
        if self._last_signed > self._position:
            head = self._signed[self._last_signed]
            self.verdict.add(
                Kind.CUT_OFF,
                f"The end was cut off: the table has {self._position} seals, the head signed at {head.at}"
                f" says {self._last_signed}.",
            )
        if self._position > self._last_signed:
            self.verdict.notes.append(
                f"{_span(self._last_signed + 1, self._position).capitalize()}: sealed, not signed yet."
            )
        for number, count in sorted(self._blanked.items()):
            one = self._removals[number][0]
            self.verdict.notes.append(
                f"Removal {number}: the text of {count} entries was lawfully removed on"
                f" {one.carried_out_at:%d.%m.%Y}, decided by staff:{one.proposed_by} and"
                f" staff:{one.confirmed_by}: {one.reason}"
            )


def verify_history(paths: Sequence[Path], key: Ed25519PublicKey) -> Verdict:
    """Compares table and files of heads: the file on the host, and the copies taken away from it."""
    read = {path: list(read_heads(path, key)) for path in paths}
    heads = _merged(one.head for lines in read.values() for one in lines if one.head)
    with transaction.atomic():
        verdict = Verifier(still_claimed(heads)).read()
        _look_outside_the_chain(verdict, heads[-1] if heads else None)
    for path, lines in read.items():
        if not lines and verdict.sealed:
            verdict.add(Kind.HEAD, f"{path.name} has no signed head.")
        for one in lines:
            if one.fault:
                verdict.add(Kind.HEAD, f"{one.place}: {one.fault}.")
    verdict.notes += [
        f"On {head.at} the heads after position {head.position} were given up: {head.reason}"
        for head in heads
        if head.kind == RESTORED
    ]
    return verdict


def _merged(heads: Iterable[Head]) -> list[Head]:
    """The heads of several files, each once, in the order in which they were signed."""
    return sorted(dict.fromkeys(heads), key=lambda head: head.at)


def _look_outside_the_chain(verdict: Verdict, latest: Head | None) -> None:
    """Entries without a seal: those that wait for the next run, and those that came too late to be true."""
    _horizon, cluster = horizon_now()
    floor = latest.horizon if latest and latest.cluster == cluster else 0
    for number in late_entries(floor):
        verdict.add(
            Kind.INSERTED,
            f"Entry {number} was put in where all was sealed already, or its seal was taken away.",
        )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM base_historyentry e WHERE e.transaction >= %s"
            " AND NOT EXISTS (SELECT 1 FROM base_historyseal s WHERE s.entry = e.id)",
            [floor],
        )
        verdict.waiting = cursor.fetchone()[0]


def _links() -> Iterator[Link]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(_SEALED)
        while rows := cursor.fetchmany(AT_ONCE):
            for position, number, salt, content, digest, chain, removal, *columns in rows:
                entry = StoredEntry(*columns) if columns[0] is not None else None
                # psycopg gives bytea as bytes, Django's field as memoryview: here it is the former.
                yield Link(position, number, salt, content, digest, chain, removal, entry)


def _span(first: int, last: int) -> str:
    return f"position {first}" if first == last else f"positions {first} to {last}"
