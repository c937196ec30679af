"""Rows that the database must refuse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from memorial.home.models import AttentionVeto
from tests.factories import PrisonerFactory

DAY = date(2026, 11, 24)


def _veto(**given: object) -> Callable[[], object]:
    return lambda: AttentionVeto.objects.create(
        **{"prisoner": PrisonerFactory(), "day": DAY, "reason": "Просили тишины", **given}
    )


def _twice() -> None:
    veto = _veto()()
    AttentionVeto.objects.create(prisoner=veto.prisoner, day=DAY, reason="ещё раз")


REFUSED: dict[str, list[Callable[[], object]]] = {
    "attentionveto_has_a_reason": [_veto(reason=""), _veto(reason=" \n")],
    "attentionveto_once_a_day": [_twice],
}
