"""Publishes what an import made, past the same obstacles as an editor's own click.

Only if the one who runs it says `--publish`: nothing is published by itself (domain, rule 17).
"""

from collections.abc import Iterable

from django.utils import timezone

from memorial.base.choices import State
from memorial.base.civil_date import civil_date
from prisoners.choices import InstitutionKind
from prisoners.models import Facility, Prisoner
from prisoners.obstacles import READ_FOR_OBSTACLES, facility_obstacles, publication_obstacles


def publish_people(numbers: Iterable[int]) -> dict[int, list[str]]:
    """Publishes drafts of a batch; returns those that something stands in the way of, with what it is."""
    drafts = Prisoner.objects.filter(pk__in=numbers, state=State.DRAFT).with_second_look_reasons()
    people = list(drafts.prefetch_related(*READ_FOR_OBSTACLES))
    obstacles = {person.pk: publication_obstacles(person) for person in people}
    ready = [person.pk for person in people if not obstacles[person.pk]]
    # As `prisoners.actions.publish` does for one; new people have no photos to show.
    Prisoner.objects.filter(pk__in=ready).update(
        state=State.PUBLISHED, first_published_at=timezone.now(), updated_on=civil_date()
    )
    return {number: found for number, found in obstacles.items() if found}


def publish_places(made: Iterable[Facility]) -> None:
    """Gives new institutions a page; one whose kind is not known stays a draft."""
    ready = [
        facility.pk
        for facility in made
        if facility.kind != InstitutionKind.UNKNOWN and not facility_obstacles(facility)
    ]
    if ready:
        Facility.objects.filter(pk__in=ready).update(state=State.PUBLISHED, first_published_at=timezone.now())
