"""Rows of an exported table: each is the person whose number it carries, whatever its source."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from prisoners.importers.known import Known, load_details
from prisoners.importers.rows import ReadRow
from prisoners.models import Custody, ImportKey, ImportSource, Prisoner, Stay


def exported_custody(custodies: Iterable[Custody]) -> Custody | None:
    """The deprivation of liberty that a table shows, which has one row for a person: the last entered."""
    return max(custodies, key=lambda custody: custody.pk, default=None)


def exported_stay(stays: Iterable[Stay]) -> Stay | None:
    """The stay that a table shows: the one that goes on, else the one that began last."""
    return max(
        stays,
        key=lambda stay: (stay.ongoing, stay.began_earliest or date.min, stay.pk),
        default=None,
    )


def load_own(source: ImportSource, rows: Iterable[ReadRow]) -> dict[str, Known]:
    """The people of rows that carry our own numbers, locked until the transaction ends."""
    numbers = {row.key: row.own for row in rows if row.own}
    if not numbers:
        return {}
    people = Prisoner.objects.select_for_update(of=("self",)).in_bulk(list(numbers.values()))
    keys = {
        key.key: key
        for key in ImportKey.objects.filter(source=source, key__in=list(numbers), prisoner__isnull=False)
    }
    found = {
        key: Known(
            keys.get(key) or ImportKey(source=source, key=key, prisoner=people[number]),
            people[number],
            is_own=True,
        )
        for key, number in numbers.items()
        if number in people
    }
    _load_records(found.values())
    load_details(found.values())
    return found


def _load_records(found: Iterable[Known]) -> None:
    numbers = [known.prisoner.pk for known in found]
    custodies: dict[int, list[Custody]] = defaultdict(list)
    stays: dict[int, list[Stay]] = defaultdict(list)
    for custody in Custody.objects.filter(prisoner__in=numbers):
        custodies[custody.prisoner_id].append(custody)
    for stay in Stay.objects.filter(prisoner__in=numbers):
        stays[stay.prisoner_id].append(stay)
    for known in found:
        known.custody = exported_custody(custodies[known.prisoner.pk])
        known.stay = exported_stay(stays[known.prisoner.pk])
