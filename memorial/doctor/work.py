"""Work that waits: due work, lists on their way in, the copies of pages, the shared cache."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.utils import timezone
from django.utils.translation import gettext as _

from memorial.doctor.ages import hours, is_over
from memorial.doctor.registry import Finding, broken, check, fine, warning
from memorial.due.models import DueWork
from prisoners.models import ImportUpload

STUCK = timedelta(hours=2)
"""After that long without a step a list on its way in has stopped."""
_OFF = ("0", "no", "false", "off")
_IN_THE_PROCESS = (
    "django.core.cache.backends.locmem.LocMemCache",
    "django.core.cache.backends.dummy.DummyCache",
)


def overdue_seconds() -> float:
    """How long the oldest piece of due work waits; 0 where none does."""
    now = timezone.now()
    oldest = DueWork.objects.due(now).values_list("next_try_at", flat=True).first()
    return (now - oldest).total_seconds() if oldest else 0.0


@check("due work", asks_database=True, office=True)
def look_at_due_work() -> Iterable[Finding]:
    """Is what was planned for a moment done at that moment?"""
    waits = overdue_seconds()
    if is_over("due", waits):
        yield broken(
            _("Due work waits for %(age)s: planned news does not come out, appeals do not end.")
            % {"age": hours(waits)},
            _("Run: manage.py run_due; then look at its timer (systemctl status memorial-due)."),
        )
    failed = DueWork.objects.open().filter(tries__gt=0).count()
    if failed:
        yield warning(
            _("Pieces of due work that failed and are tried again: %(n)d.") % {"n": failed},
            _("In the office, Due work → failed says which, and what kind of error it was."),
        )
    if not failed and not is_over("due", waits):
        yield fine(_("Nothing is late."))


@check("lists on their way in", asks_database=True, office=True)
def look_at_imports() -> Iterable[Finding]:
    """Has the writing of a list stopped half-way?"""
    states = ImportUpload.State
    moving = ImportUpload.objects.filter(state__in=[states.TRYING, states.APPLYING])
    stuck = moving.filter(changed_at__lt=timezone.now() - STUCK).count()
    if stuck:
        yield warning(
            _("Lists that stopped on their way in: %(n)d.") % {"n": stuck},
            _("In the office, Loaded lists: open each and press the button again; nothing is written twice."),
        )


@check("copies of pages")
def look_at_copies() -> Iterable[Finding]:
    """Can the last good pages be kept, for the day on which the database is away?"""
    folder = Path(settings.PAGE_COPIES_FOLDER)
    if settings.SITE_ROLE != "public" and not folder.exists():
        return
    if not folder.is_dir() or not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        yield broken(
            _("PAGE_COPIES_FOLDER cannot be written: while the database is away there is nothing to show."),
            _("Make the folder, owned by the user of the site: install -d -o USER -m 0700 FOLDER."),
        )
        return
    # Commands keep no copies; the word of the environment is what the web processes heard.
    if os.environ.get("PAGE_COPIES", "").strip().lower() in _OFF:
        yield warning(
            _("PAGE_COPIES is 0: nothing is shown while the database is away."),
            _("Unset PAGE_COPIES on the readers’ host."),
        )
    else:
        yield fine(_("Pages can be kept."))


@check("shared cache")
def look_at_the_cache() -> Iterable[Finding]:
    """Does each cache that several hosts share, where there is one, answer?"""
    for alias, said in settings.CACHES.items():
        if said["BACKEND"] not in _IN_THE_PROCESS:
            yield _about_a_cache(alias)


def _about_a_cache(alias: str) -> Finding:
    try:
        caches[alias].get("doctor")
    except Exception as error:  # whatever the driver raises; its text may hold an address
        return warning(
            _("The shared cache does not answer (%(error)s): pages are made more often than needed.")
            % {"error": type(error).__name__},
            _("Look at its server (systemctl status redis-server) and at CACHE_URL; readers notice nothing."),
        )
    return fine(_("It answers."))
