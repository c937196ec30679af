"""Rows that the database must refuse."""

from __future__ import annotations

from collections.abc import Callable

from memorial.figures.models import PublishedFigure


def _figure(**given: str) -> Callable[[], object]:
    whole = {
        "value_ru": "около 2 500",
        "what_ru": "человек за три года",
        "source_name_ru": "Доклад",
        "source_url": "https://example.org/report",
    }
    return lambda: PublishedFigure.objects.create(**{**whole, **given})


REFUSED: dict[str, list[Callable[[], object]]] = {
    "publishedfigure_has_a_value": [_figure(value_ru=""), _figure(value_ru="  ")],
    "publishedfigure_says_of_what": [_figure(what_ru="")],
    "publishedfigure_names_its_source": [_figure(source_name_ru=" ")],
    "publishedfigure_leads_to_its_source": [
        _figure(source_url=""),
        _figure(source_url="javascript:alert(1)"),
        _figure(source_url="https://"),
    ],
}
