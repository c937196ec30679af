"""Some of each for the attention desk: a page that became grave, links that lead nowhere, people who look alike."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db.models import Count, Min

from memorial.attention.links.asking import Answer
from memorial.attention.links.rounds import keep
from memorial.attention.models import SuspectedPair
from memorial.attention.models.link import Failure
from memorial.base.acting import acting, command_actor
from memorial.base.civil_date import civil_date
from memorial.base.localized import in_language
from prisoners.models import Citation, Prisoner, PrisonerTheme

ENTERS: Final = command_actor("load_demo, who added a theme afterwards")
_GONE: Final = Answer(404, Failure.GONE)


def write_attention() -> None:
    """Nothing of it is seen by readers, and nothing of the records is another than before."""
    _became_grave()
    _links()
    _alike()


def _became_grave() -> None:
    """A theme taken off and put on again by one party: as if it had been added after publication."""
    links = PrisonerTheme.objects.filter(theme__code="lgbt", prisoner__in=Prisoner.objects.published())
    link = links.order_by("prisoner_id").first()
    if link is None:
        return
    with acting(ENTERS):
        PrisonerTheme.objects.filter(pk=link.pk).delete()
        PrisonerTheme.objects.create(prisoner_id=link.prisoner_id, theme_id=link.theme_id)


def _links() -> None:
    """One dead, one failing since yesterday, one that answers."""
    today = civil_date()
    urls = list(Citation.objects.exclude(url="").order_by("url").values_list("url", flat=True).distinct()[:3])
    for url, days in zip(urls, (4, 2, 0), strict=False):
        for ago in range(days - 1, -1, -1):
            keep(url, _GONE, today - timedelta(days=ago))
        if not days:
            keep(url, Answer(200, ""), today)


def _alike() -> None:
    """Two people of one surname and one given name, or of one surname where nobody shares both."""
    surname, given = in_language("surname", "ru"), in_language("given_names", "ru")
    named = Prisoner.objects.published().filter(initials_only=False).exclude(**{surname: ""})
    for columns in ((surname, given), (surname,)):
        rows = named.values(*columns)
        found = (
            rows.annotate(number=Count("pk"), first=Min("pk")).filter(number__gt=1).order_by("first").first()
        )
        if found:
            same = {column: found[column] for column in columns}
            one, other = named.filter(**same).order_by("pk").values_list("pk", flat=True)[:2]
            SuspectedPair.objects.create(one=one, other=other, found_on=civil_date())
            return
