"""Asks the links of sources whether they still lead to a page, slowly and through the proxy of the settings."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from memorial.attention.links.asking import ProxyFailed, ask, read_proxy
from memorial.attention.links.rounds import Limits, due_links, keep, walk
from memorial.base.acting import acting, command_actor
from memorial.base.civil_date import civil_date


class Command(BaseCommand):
    help = (
        "Asks the links of sources, those never asked first: at most so many in all and of one host, with "
        "pauses and timeouts, through LINK_CHECK_PROXY. Keeps the status, never any text. A link is dead "
        "after three failures on different days. Asks nothing directly unless --direct says so."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        limits = Limits()
        parser.add_argument("--most", type=int, default=limits.in_all, help="questions in all")
        parser.add_argument("--of-a-host", type=int, default=limits.of_a_host, help="questions to one host")
        parser.add_argument(
            "--seconds", type=float, default=limits.seconds, help="how long the round may last"
        )
        parser.add_argument(
            "--direct", action="store_true", help="ask from this machine, whose address every host then sees"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            proxy = read_proxy(settings.LINK_CHECK_PROXY)
        except ValueError as error:
            raise CommandError(str(error)) from error
        if proxy is None and not options["direct"]:
            raise CommandError(
                "Set LINK_CHECK_PROXY to http://host:port, or say --direct: every host then sees this machine."
            )
        if proxy is not None and options["direct"]:
            raise CommandError("There is a proxy in the settings: nothing is asked without it.")
        today = civil_date()
        limits = Limits(options["most"], options["of_a_host"], options["seconds"])
        asked = failed = 0
        with acting(command_actor("check_links"), "links of sources asked"):
            try:
                for url, answer in walk(due_links(today), partial(ask, proxy=proxy), limits):
                    keep(url, answer, today)
                    asked, failed = asked + 1, failed + bool(answer.failure)
            except ProxyFailed as error:
                raise CommandError(
                    f"Stopped after {asked} links: {error}. Nothing was asked without it."
                ) from error
        if options["verbosity"] >= 1:
            self.stdout.write(f"{asked} links asked, {failed} failed.")
