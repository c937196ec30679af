"""What the public pages cost, measured beside a bare view in the same rounds."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Final

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.models.functions import Length
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from cases.selection.asked import forget_indexes
from memorial.base.facets.form import forget_forms
from memorial.base.localized import localized
from memorial.bench.processes import DatabaseMemory, own_peak
from memorial.bench.rounds import Page, run
from prisoners.filters.list_view import MOST_PAGES, PEOPLE_ON_A_PAGE
from prisoners.kept_orders import forget_orders
from prisoners.models import Prisoner
from prisoners.shown_cards import forget_cards

_FILTER: Final = "?english=no&gender=f&liberty=imprisoned&liberty=pretrial_detention"
_NOTES: Final = """
Median of the rounds (lowest to highest: that is the noise). Read the ratios: the machine drifts.
CPU is the process's own and the database's; wall includes waiting. The profile has the longest story.
"Copy" is a page from its copy (memorial/copies) as the next reader gets it, "copy, 304" the same for one
who has it: no page but these comes from one. Until something public changes a list keeps its order, as numbers,
and the cards it has shown; "cards anew" has the order only. "After a change" is the page of the first
reader who comes then, to each process: it sorts, renders, reads the table of the filters, and counts.
"Counts computed" is a choice that nobody has made since.
All but "no middleware" pass the whole stack, in `both` with two statements for the role site_ro."""


class Command(BaseCommand):
    help = "Times lists, a profile and their 304 in this process, beside a bare view of 30 KB."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rounds", type=int, default=20, help="how often each page has its turn")

    def handle(self, *_args: Any, **options: Any) -> None:
        if settings.DEBUG or not settings.WEB_PROCESS or options["rounds"] < 1:
            raise CommandError("Needs WEB_PROCESS=1, no DEBUG and at least one round: use make bench.")
        memory = DatabaseMemory()
        number = Prisoner.objects.published().count()
        with (
            TemporaryDirectory() as folder,
            override_settings(ROOT_URLCONF="memorial.bench.urls", PAGE_COPIES_FOLDER=folder),
            translation.override("ru"),
        ):
            pages = _warm_pages(number)
            run(pages, options["rounds"], after_round=memory.look)
        self.stdout.write(
            f"People published: {number}. Rounds: {options['rounds']}. SITE_ROLE={settings.SITE_ROLE}.\n\n"
        )
        for line in _table(pages):
            self.stdout.write(line)
        self.stdout.write(f"\n{_noise(pages[0])}")
        self.stdout.write(_memory(memory))
        self.stdout.write(_NOTES)


def _as_after_a_change() -> None:
    forget_orders()
    forget_indexes()
    forget_forms()
    forget_cards()


def _warm_pages(number: int) -> list[Page]:
    """Everything to be timed, hello first; asked a few times, for what is made once per process."""
    longest = Prisoner.objects.published().order_by(Length(localized("what_happened")).desc(), "pk").first()
    if longest is None:
        raise CommandError("There is nobody to show: use make bench, which loads invented people.")
    with override_settings(PAGE_COPIES=False):
        site = WSGIHandler()
    with override_settings(MIDDLEWARE=[]):
        bare = Page("hello, no middleware", "/hello/", WSGIHandler())
    hello = Page("hello", "/hello/", site)
    people = reverse("prisoners:prisoner-list")
    last = max(1, min(MOST_PAGES, -(-number // PEOPLE_ON_A_PAGE)) - 1)
    whole = [hello, Page("list", people, site), Page("profile", longest.get_absolute_url(), site)]
    others = [
        Page("list, last page but one", f"{people}?page={last}", site),
        Page("list, after a change", people, site, before=_as_after_a_change),
        Page("list, cards anew", people, site, before=forget_cards),
        Page("list, table", f"{people}?view=table", site),
        Page("list, filtered", f"{people}{_FILTER}", site),
        Page("list, counts computed", people, site, before=forget_forms),
        Page("list, filtered, computed", f"{people}{_FILTER}", site, before=forget_forms),
    ]
    others += _searches(site, longest)
    others += _of_the_api(site, longest)
    unchanged = [Page(f"{page.name}, 304", page.path, site, etag=page.ask()) for page in whole]
    pages = [hello, bare, *whole[1:], *others, *unchanged, *_from_copies(whole[1:])]
    for page in pages * 3:
        page.before()
        page.ask()
    return pages


def _from_copies(whole: Sequence[Page]) -> list[Page]:
    """The same pages from their copies, and asked again by those who have them."""
    with override_settings(PAGE_COPIES=True):
        site = WSGIHandler()
    copies = [Page(f"{page.name}, copy", page.path, site) for page in whole]
    etags = [page.ask() for page in copies]
    again = [
        Page(f"{page.name}, 304", page.path, site, etag=etag)
        for page, etag in zip(copies, etags, strict=True)
    ]
    return copies + again


def _searches(site: WSGIHandler, somebody: Prisoner) -> list[Page]:
    """Searches for the word that most texts have, and for a surname, as it is written and misspelled."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT word FROM ts_stat('SELECT vector FROM search_searchentry') ORDER BY ndoc DESC, word LIMIT 1"
        )
        (commonest,) = cursor.fetchone()
    surname = somebody.name.first
    words = {"a common word": commonest, "a surname": surname, "misspelled": f"{surname[:3]}{surname[4:]}"}
    return [
        Page(f"search, {what}", f"{reverse('search')}?{urlencode({'q': word})}", site)
        for what, word in words.items()
    ]


def _of_the_api(site: WSGIHandler, somebody: Prisoner) -> list[Page]:
    """A part of the list of people as JSON, whole and filtered, and one record with all that hangs on it."""
    people = reverse("api-people")
    record = reverse("api-people-detail", kwargs={"slug": somebody.slug})
    return [
        Page("API, 20 people", people, site),
        Page("API, 20 filtered", f"{people}{_FILTER}", site),
        Page("API, one person", record, site),
    ]


def _table(pages: Sequence[Page]) -> list[str]:
    """One line a page: CPU of the process, of the database, wall, and how many hellos the two CPUs make."""
    head = f"{'':<25}{'CPU ms':<24}{'database ms':<24}{'wall ms':<24}CPU / hello's CPU"
    hello = pages[0].both
    lines = [head]
    for page in pages:
        ratios = [mine / bare for mine, bare in zip(page.both, hello, strict=True)]
        known = [value for value in page.database if value is not None]
        database = _spread(known) if known else f"{'?':>7}{'':<17}"
        lines.append(
            f"{page.name:<25}{_spread(page.cpu)}{database}{_spread(page.wall)}{_spread(ratios)}".rstrip()
        )
    return lines


def _noise(hello: Page) -> str:
    """How far the yardstick itself went: what is nearer to it than that says nothing."""
    middle = median(hello.both)
    spread = max(hello.both) - min(hello.both)
    return f"The machine's noise: hello's CPU went over {100 * spread / middle:.0f} % of its median."


def _memory(database: DatabaseMemory) -> str:
    theirs = "not on this machine" if database.peak is None else f"{database.peak:.0f} MB"
    buffers = _setting("shared_buffers")
    return (
        f"Peak memory: this process {own_peak():.0f} MB; all processes of the database {theirs}"
        f" (shared_buffers {buffers})."
    )


def _setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [name])
        return str(cursor.fetchone()[0])


def _spread(values: Sequence[float]) -> str:
    return f"{median(values):>7.2f} {f'({min(values):.2f} to {max(values):.2f})':<16}"
