"""The figures that there are, in the order in which the page of the statistics has them."""

from __future__ import annotations

from typing import Final

from memorial.figures.definition import Figure
from memorial.figures.of_law import OF_LAW
from memorial.figures.of_people import OF_PEOPLE

BY_CODE: Final[dict[str, Figure]] = {figure.code: figure for figure in (*OF_PEOPLE, *OF_LAW)}
FIGURES: Final[tuple[Figure, ...]] = tuple(
    BY_CODE[code]
    for code in (
        "people",
        "liberty",
        "recognised",
        "arrests",
        "prosecutions",
        "decisions",
        "articles",
        "themes",
        "regions",
        "held",
        "ages",
        "sex",
        "terms",
        "stages",
        "releases",
        "in-absentia",
        "administrative-arrests",
    )
)
