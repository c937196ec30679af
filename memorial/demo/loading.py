"""Fills an empty database with the invented world: the hand-written people, then the generated ones around them."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db import connection, transaction

from memorial.base.bulk_loading import made_at_the_end
from memorial.base.choices import State
from memorial.base.civil_date import civil_date
from memorial.demo.aid.people import people_helped
from memorial.demo.aid.stories import tell_stories
from memorial.demo.aid.totals import publish_totals
from memorial.demo.aid.writing import write_help
from memorial.demo.appeals import write_appeals
from memorial.demo.attention import write_attention
from memorial.demo.building import Builder
from memorial.demo.campaigns import write_campaigns
from memorial.demo.drawings import SharedDrawings
from memorial.demo.figures import AS_OF, PERIOD, Cell, Recognised, slots
from memorial.demo.figures_of_others import write_figures_of_others
from memorial.demo.money_reports import publish_reports
from memorial.demo.news import write_news
from memorial.demo.notices import write_notices
from memorial.demo.payment import write_methods
from memorial.demo.planning import plans
from memorial.demo.record.files import write_files
from memorial.demo.record.showcase import Showcase
from memorial.demo.record.writing import RecordWriter, write_courts
from memorial.demo.site_pages import publish_site_pages
from memorial.demo.translations import write_translations
from memorial.demo.writing import Writer, write_institutions
from prisoners.actions.show_photos import MadeFiles, files_removed_on_failure
from prisoners.choices import DecidingBody, RecognitionOutcome
from prisoners.choices import LibertyStatus as Liberty
from prisoners.models import Prisoner, Recognition


def load_world(people: int, seed: int) -> int:
    """Writes so many people in one transaction and returns their number. Needs seeded vocabularies."""
    with files_removed_on_failure() as made, transaction.atomic():
        written = load_people(people, seed, made)
        write_help(people_helped(people, seed), seed)
        publish_totals()
        tell_stories()
        write_methods()
        write_notices(civil_date())
        write_campaigns()
        publish_reports()
        write_figures_of_others()
        write_attention()
        publish_site_pages()
        write_news()
        write_appeals()
        write_translations()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return written


def load_people(people: int, seed: int, made: MadeFiles) -> int:
    """The hand-written people and the generated ones around them, with their cases and files; how many.

    Within a transaction, and into a database without people.
    """
    # This checks keys statement by statement: deferred to the end, a million checks would wait in memory.
    with made_at_the_end(empty=Prisoner):
        return _write_people(people, seed, made)


def _write_people(people: int, seed: int, made: MadeFiles) -> int:
    written = Builder().build(most=people)
    today = max(AS_OF, civil_date())
    courts = write_courts()
    Showcase(courts, today).write()
    there = cells_there()
    hidden = Prisoner.objects.exclude(state=State.PUBLISHED).count()
    wanted = slots(people, seed, there, hidden) if people > written else []
    if wanted:
        write_institutions()
        taken = set(Prisoner.objects.values_list("slug", flat=True))
        legal_record = RecordWriter(seed, today, courts)
        written += Writer(SharedDrawings(made), legal_record).write(plans(wanted, seed=seed, taken=taken))
    write_files()
    return written


def cells_there() -> Counter[Cell]:
    """The published people that stand already, by liberty and by who recognised them first and when."""
    rows = Prisoner.objects.published().with_liberty(AS_OF).values_list("pk", "liberty")
    decided = _first_decisions()
    return Counter(Cell(Liberty(liberty), _kind(*decided.get(pk, (None, False)))) for pk, liberty in rows)


def _first_decisions() -> dict[int, tuple[date | None, bool]]:
    """Of each recognised person: the first decision of this project, and whether the Memorial HRC decided too."""
    found: dict[int, tuple[date | None, bool]] = {}
    decisions = Recognition.objects.filter(outcome=RecognitionOutcome.RECOGNISED).order_by("on_earliest")
    for person, body, on in decisions.values_list("prisoner", "decided_by", "on_earliest"):
        first, inherited = found.get(person, (None, False))
        if body == DecidingBody.THIS_PROJECT:
            found[person] = (first or on, inherited)
        elif body == DecidingBody.MEMORIAL_HRC:
            found[person] = (first, True)
    return found


def _kind(first: date | None, inherited: bool) -> Recognised:
    if first is None:
        return Recognised.HRC if inherited else Recognised.NO
    return Recognised.PERIOD if first <= PERIOD[1] else Recognised.AFTER
