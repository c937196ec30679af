"""The shipped words of safety, as proposals: a lawyer looks at them, one person proposes, another approves."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from donations.actions.notices import propose_notice
from donations.models import DonorNotice, DonorNoticeProposal, PaymentMethod, SafetyNotice, SafetyProposal

_DATA: Final = Path(__file__).resolve().parent / "data"
WORDS: Final = _DATA / "safety_notices.csv"
TEXT: Final = _DATA / "donor_notice.toml"
PAY: Final = "pay"
"""In the file: every way to give. The other subject, `tell`, is telling others of us."""

Proposed = SafetyProposal | DonorNoticeProposal


def propose_defaults(
    *, checked_on: date, valid_from: date, valid_until: date, by: str = ""
) -> list[Proposed]:
    """Proposes the shipped word of every cell, and the shipped text, where nothing waits or holds on `valid_from`.

    `checked_on` is when a lawyer looked at the shipped words. Can be run again: then it proposes what is
    lacking. Raises `ValidationError` for days that a notice cannot have.
    """
    days = {"checked_on": checked_on, "valid_from": valid_from, "valid_until": valid_until}
    made: list[Proposed] = [SafetyProposal(**cell, **days) for cell in _cells_without_word(valid_from)]
    has_text = (
        DonorNoticeProposal.objects.waiting().exists() or DonorNotice.objects.valid(valid_from).exists()
    )
    if not has_text:
        made.append(DonorNoticeProposal(**tomllib.loads(TEXT.read_text(encoding="utf-8")), **days))
    for proposal in made:
        propose_notice(proposal=proposal, by=by)
    return made


def _cells_without_word(on: date) -> Iterator[dict[str, object]]:
    waiting = SafetyProposal.objects.waiting().values_list("place", "method_id")
    known = {*waiting, *SafetyNotice.objects.valid(on).values_list("place", "method_id")}
    methods = list(PaymentMethod.objects.order_by("position", "slug"))
    with WORDS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, strict=True):
            subject = row.pop("subject")
            for method in methods if subject == PAY else [None]:
                if (row["place"], method.pk if method else None) not in known:
                    yield {**row, "method": method}
