"""What the public pages cost, measured beside a bare view in the same rounds."""

from __future__ import annotations

from argparse import ArgumentParser
from statistics import median
from typing import Any, Final

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import BaseCommand, CommandError
from django.db.models.functions import Length
from django.test.utils import override_settings
from django.urls import reverse
from django.utils import translation

from memorial.base.localized import localized
from memorial.bench.rounds import Page, run
from prisoners.models import Prisoner

_NOTES: Final = """
Median of the rounds (lowest to highest: that is the noise). Read the ratios: the machine drifts.
CPU is this process's own; wall includes waiting for the database. The profile has the longest story.
All but "no middleware" pass the whole stack, in `both` with two statements for the role site_ro.
Not measured yet: 100,000 people and the database's own CPU (issue C); pages from a cache and
requests a second behind a server (issue I)."""


class Command(BaseCommand):
    help = "Times the list, a profile and their 304 in this process, beside a bare view of 30 KB."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--rounds", type=int, default=20, help="how often each page has its turn")

    def handle(self, *_args: Any, **options: Any) -> None:
        if settings.DEBUG or not settings.WEB_PROCESS or options["rounds"] < 1:
            raise CommandError("Needs WEB_PROCESS=1, no DEBUG and at least one round: use make bench.")
        with override_settings(ROOT_URLCONF="memorial.bench.urls"), translation.override("ru"):
            pages = _warm_pages()
            run(pages, options["rounds"])
        number = Prisoner.objects.published().count()
        say = self.stdout.write
        say(f"People published: {number}. Rounds: {options['rounds']}. SITE_ROLE={settings.SITE_ROLE}.\n\n")
        say(f"{'':<22}{'CPU ms':<28}{'wall ms':<28}CPU / hello's CPU")
        for page in pages:
            ratios = [own / hello for own, hello in zip(page.cpu, pages[0].cpu, strict=True)]
            say(f"{page.name:<22}{_spread(page.cpu)}{_spread(page.wall)}{_spread(ratios)}".rstrip())
        say(_NOTES)


def _warm_pages() -> list[Page]:
    """Everything to be timed, hello first; asked a few times, for what is made once per process."""
    longest = Prisoner.objects.published().order_by(Length(localized("what_happened")).desc(), "pk").first()
    if longest is None:
        raise CommandError("There is nobody to show: use make bench, which loads invented people.")
    site = WSGIHandler()
    with override_settings(MIDDLEWARE=[]):
        bare = Page("hello, no middleware", "/hello/", WSGIHandler())
    hello = Page("hello", "/hello/", site)
    people = Page("list", reverse("prisoners:prisoner-list"), site)
    whole = [hello, people, Page("profile", longest.get_absolute_url(), site)]
    unchanged = [Page(f"{page.name}, 304", page.path, site, etag=page.ask()) for page in whole]
    pages = [hello, bare, *whole[1:], *unchanged]
    for page in pages * 3:
        page.ask()
    return pages


def _spread(values: list[float]) -> str:
    return f"{median(values):>7.2f} {f'({min(values):.2f} to {max(values):.2f})':<20}"
