"""What the database refuses of the second pair of eyes: one example at least for each of its rules."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from memorial.base.acting import acting
from memorial.base.choices import State
from prisoners import models as people
from tests.factories import DraftFactory, PrisonerFactory, RecognitionFactory


def look(prisoner: people.Prisoner | None = None, **fields: Any) -> Callable[[], object]:
    """A second look at a page, with what is given."""
    own = {"entered_at": timezone.now(), "wanted": "published", **fields}
    return lambda: people.SecondLook.objects.create(prisoner=prisoner or PrisonerFactory(), **own)


def look_at_two_facts() -> None:
    prisoner = PrisonerFactory()
    facts = {
        "recognition": RecognitionFactory(prisoner=prisoner),
        "death": people.Death.objects.create(prisoner=prisoner),
    }
    look(prisoner, **facts)()


def look_twice() -> None:
    prisoner = PrisonerFactory()
    for _ in range(2):
        look(prisoner)()


def published_by_one() -> None:
    prisoner = DraftFactory(letters_from_abroad_harmful=True)
    with acting("staff:7"):
        for state in (State.READY, State.PUBLISHED):
            people.Prisoner.objects.filter(pk=prisoner.pk).update(state=state)


REFUSED: dict[str, list[Callable[[], object]]] = {
    "secondlook_by_another": [look(entered_by="staff:7", confirmed_by="staff:7")],
    "secondlook_of_one": [look_at_two_facts],
    "secondlook_of_page_once": [look_twice],
    "prisoner_published_by_two": [published_by_one],
}
