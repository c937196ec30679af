"""Sections that other parts of the site add to a page whose app knows nothing of them.

The roof knows everything and no app knows the roof: news of a person, an appeal for a person. What adds
a section says so once, in `AppConfig.ready()`; the page asks for them and shows each by its template.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final


@dataclass(frozen=True)
class PageSection:
    """One section: the anchor and title that the contents list, and the template that shows `shown`.

    `notice` is a line for the top of the page, which leads to the section; "" where nothing is urgent.
    """

    anchor: str
    title: str
    template: str
    shown: Any = field(default=None)
    notice: str = ""


Maker = Callable[[Any, date], PageSection | None]
_MAKERS: Final[dict[str, list[Maker]]] = {}


def add_section(page: str, maker: Maker) -> None:
    """Adds a section to every page of a kind: «prisoner», «case». The maker gives None where it has nothing."""
    makers = _MAKERS.setdefault(page, [])
    if maker not in makers:
        makers.append(maker)


def sections_of(page: str, record: Any, on: date) -> list[PageSection]:
    """What others have to tell on the page of a record on a day, in the order in which they were added."""
    made = (maker(record, on) for maker in _MAKERS.get(page, ()))
    return [section for section in made if section is not None]
