"""The program itself: settings, clock, static files, translations, and what a proxy may tell it."""

from __future__ import annotations

import gettext
import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import ERROR, run_checks
from django.db import connection
from django.utils.translation import gettext as _

from memorial.doctor.registry import Finding, broken, check, fine, warning

_CLOCK_WARNS: Final = 5.0
_CLOCK_BREAKS: Final = 60.0
"""Seconds between this host's clock and the database's; codes of six figures bear half a minute."""
_MANIFEST: Final = "staticfiles.json"


@check("settings")
def look_at_settings() -> Iterable[Finding]:
    """What Django's own checks say, those for a real site included."""
    messages = [found for found in run_checks(include_deployment_checks=True) if not found.is_silenced()]
    for found in messages:
        mend = found.hint or _("Say manage.py check --deploy for the whole text.")
        make = broken if found.level >= ERROR else warning
        yield make(f"{found.id}: {found.msg}".split("\n")[0], str(mend))
    if not messages:
        yield fine(_("Django finds nothing in them."))


@check("proxy")
def look_at_the_proxy() -> Iterable[Finding]:
    """Nothing that a stranger may write into a header says what is https, or what the site is called."""
    if settings.SECURE_PROXY_SSL_HEADER is not None or settings.USE_X_FORWARDED_HOST:
        yield broken(
            _(
                "A header decides about https or the host’s name: one forged header changes pages for everybody."
            ),
            _("Take SECURE_PROXY_SSL_HEADER and USE_X_FORWARDED_HOST back to what the settings were."),
        )
    if os.environ.get("FORWARDED_ALLOW_IPS", "").strip():
        yield warning(
            _("FORWARDED_ALLOW_IPS is set; gunicorn believes no forwarded header, whatever it says."),
            _("Unset it: PUBLIC_URL and STAFF_URL say what the addresses are."),
        )
    for name in ("PUBLIC_URL", "STAFF_URL"):
        parts = urlsplit(getattr(settings, name))
        if parts.scheme == "http" and parts.hostname != "localhost" and not _is_onion(parts.hostname):
            yield broken(
                _("%(name)s is http: what people read and type can be overheard.") % {"name": name},
                _("Let the proxy end TLS and write https:// (docs/deploy.md)."),
            )
    if settings.SITE_ROLE == "staff" and _host(settings.PUBLIC_URL) == _host(settings.STAFF_URL):
        yield warning(
            _("Office and site share one host name: passkeys and cookies belong to both."),
            _("Give the office a name of its own (STAFF_URL), then manage.py reenrol_staff."),
        )


def _is_onion(host: str | None) -> bool:
    return bool(host) and str(host).endswith(".onion")


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


@check("clock", asks_database=True)
def look_at_the_clock() -> Iterable[Finding]:
    """Do this host and the database agree what time it is?"""
    with connection.cursor() as cursor:
        before = time.time()
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())::float8")
        (theirs,) = cursor.fetchone()
        after = time.time()
    apart = abs(theirs - (before + after) / 2)
    said = _("This host’s clock and the database’s are %(n)d seconds apart.") % {"n": round(apart)}
    mend = _(
        "Switch time synchronisation on: timedatectl set-ntp true. Until then codes of sign-in may fail."
    )
    if apart > _CLOCK_BREAKS:
        yield broken(said, mend)
    elif apart > _CLOCK_WARNS:
        yield warning(said, mend)
    else:
        yield fine(_("It agrees with the database’s."))


@check("program’s clock")
def look_at_the_year() -> Iterable[Finding]:
    """A clock that was set back to before the program was written: seals and signatures would be wrong."""
    if time.time() < Path(__file__).stat().st_mtime - 86_400:
        yield broken(
            _("The clock is behind the program’s own files."),
            _("Set the clock: timedatectl set-ntp true; then restart everything."),
        )
    else:
        yield fine(_("It is not behind the program."))


@check("static files")
def look_at_static_files() -> Iterable[Finding]:
    """Were styles and scripts of this version gathered?"""
    root = Path(settings.STATIC_ROOT)
    mend = _("Run: manage.py collectstatic --no-input; then restart the web processes.")
    if not (root / _MANIFEST).exists():
        yield broken(_("STATIC_ROOT has no list of files: pages answer 500."), mend)
        return
    source = Path(settings.BASE_DIR) / "static"
    stale = [path for path in source.rglob("*") if path.is_file() and not _is_same(path, root, source)]
    if stale:
        yield broken(_("Files in STATIC_ROOT that are not of this version: %(n)d.") % {"n": len(stale)}, mend)
    else:
        yield fine(_("They are of this version."))


def _is_same(path: Path, root: Path, source: Path) -> bool:
    there = root / path.relative_to(source)
    return there.is_file() and there.read_bytes() == path.read_bytes()


@check("translations")
def look_at_translations() -> Iterable[Finding]:
    """Were the texts of every language made ready? Without them a Russian page has English words."""
    missing = [code for code, _name in settings.LANGUAGES if code != "en" and not _is_compiled(code)]
    if missing:
        yield broken(
            _("Texts are not compiled: %(codes)s.") % {"codes": ", ".join(missing)},
            _("Run: python deploy/dev/compile_messages.py (the image has done it), then restart."),
        )
    else:
        yield fine(_("They are compiled."))


def _is_compiled(code: str) -> bool:
    folders = [str(folder) for folder in settings.LOCALE_PATHS]
    return any(gettext.find("django", folder, [code]) for folder in folders)
