"""Invented officials: each confirmed by two of the staff, or by one and then unseen; their parts in prosecutions."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Final

from django.utils import timezone

from cases import models as record
from memorial.base.choices import State
from memorial.base.partial_date import PartialDate
from memorial.demo.plan import Row
from memorial.demo.reading import chance, read
from memorial.demo.record.plan import PlannedProsecution

_CHECKED_ON: Final = (date(2025, 3, 4), date(2025, 3, 6))
_STAFF: Final = (1, 2)
_UNCONFIRMED: Final = 5
"""Every so many of them waits for the second person."""
_NAMED: Final = 0.16
_BUSY: Final = ("moskva-ru-mow-district", "peterburg-ru-spe-district")
_OTHER_PARTS: Final = {
    "prosecutor": "prosecuted",
    "investigator": "investigated",
    "expert": "gave_expert_opinion",
}


class OfficialWriter:
    """Writes the officials once, then their parts in the prosecutions of each batch."""

    def __init__(self, seed: int, courts: dict[str, record.Court]) -> None:
        self._seed = seed
        self._judges = self._write(list(_judges(seed, courts)))
        self._others = self._write(list(_others()))

    def _write(self, rows: list[Row]) -> list[record.Official]:
        known = set(record.Official.objects.values_list("slug", flat=True))
        made = record.Official.objects.bulk_create(
            record.Official(**row) for row in rows if row["slug"] not in known
        )
        record.CaseCitation.objects.bulk_create(
            record.CaseCitation(
                official=each,
                kind="court_website",
                title="Состав суда",
                url="https://example.org/court/bench",
            )
            for each in made
        )
        _confirm([{"official": each} for number, each in enumerate(made, 1) if number % _UNCONFIRMED])
        public = [each.pk for number, each in enumerate(made, 1) if number % _UNCONFIRMED]
        noon = timezone.make_aware(datetime.combine(_CHECKED_ON[1], time(12)))
        record.Official.objects.filter(pk__in=public).update(state=State.PUBLISHED, first_published_at=noon)
        for number, each in enumerate(made):
            if number % 4 == 1:
                _sanction(each, number)
        return list(record.Official.objects.filter(slug__in=[row["slug"] for row in rows]).order_by("pk"))

    def take_part(self, both: list[tuple[Any, PlannedProsecution]]) -> None:
        """Some of the prosecutions name a judge, an investigator, an expert; some parts wait to be confirmed."""
        rows: list[tuple[Row, bool]] = []
        for made, plan in both:
            rng = chance("official", self._seed, made.prisoner_id, made.pk)
            if not plan.judged or rng.random() > _NAMED:
                continue
            confirmed = rng.random() < 0.8
            verdict = plan.decisions[0].columns
            judges = [each for each in self._judges if each.court and each.court.slug == verdict.get("court")]
            chosen = [(judge, "tried") for judge in judges[:1]]
            if rng.random() < 0.5:
                other = rng.choice([each for each in self._others if each.kind in _OTHER_PARTS])
                chosen.append((other, _OTHER_PARTS[other.kind]))
            rows += [
                ({"official": each, "prosecution": made, "part": part, "on": _on(part, verdict)}, confirmed)
                for each, part in chosen
            ]
        roles = record.OfficialRole.objects.bulk_create(record.OfficialRole(**row) for row, _sure in rows)
        _confirm([{"role": role} for role, (_row, sure) in zip(roles, rows, strict=True) if sure])


def _on(part: str, verdict: Row) -> PartialDate | None:
    on: PartialDate = verdict["on"]
    return on if part in ("tried", "prosecuted") else None


def _confirm(rows: list[Row]) -> None:
    record.OfficialConfirmation.objects.bulk_create(
        record.OfficialConfirmation(by=staff, on=on, **row)
        for row in rows
        for staff, on in zip(_STAFF, _CHECKED_ON, strict=True)
    )


def _sanction(official: record.Official, number: int) -> None:
    lists = ("eu", "uk", "canada", "ukraine", "switzerland", "usa")
    record.Sanction.objects.create(
        official=official,
        list=lists[number % len(lists)],
        imposed_on=PartialDate(2024, 2 + number % 9, 23),
        url=f"https://example.org/sanctions/{number}",
    )


def _judges(seed: int, courts: dict[str, record.Court]) -> Any:
    rng = chance("judges", seed)
    military = [court for court in courts.values() if court.level == "district_military"]
    busy = [court for court in courts.values() if court.slug in _BUSY]
    rest = sorted(courts.values(), key=lambda court: court.slug)
    for number, row in enumerate(read("officials")["judges"]):
        surname, given, patronymic, surname_en, given_en, _gender = row
        benches = (military, busy, rest)[number % 3]
        yield {
            "slug": f"{surname_en.lower()}-{given_en.lower()}",
            "kind": "judge",
            "surname_ru": surname,
            "given_names_ru": given,
            "patronymic_ru": patronymic,
            "surname_en": surname_en,
            "given_names_en": given_en,
            "office_ru": "судья",
            "office_en": "judge",
            "court": benches[number // 3 % len(benches)] if benches is not rest else rng.choice(rest),
        }


def _others() -> Any:
    for row in read("officials")["others"]:
        kind, surname, given, patronymic, surname_en, given_en, office, office_en = row
        yield {
            "slug": f"{surname_en.lower()}-{given_en.lower()}",
            "kind": kind,
            "surname_ru": surname,
            "given_names_ru": given,
            "patronymic_ru": patronymic,
            "surname_en": surname_en,
            "given_names_en": given_en,
            "office_ru": office,
            "office_en": office_en,
        }
