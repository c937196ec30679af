"""One mail when something is newly wrong, one when it is well again; not one an hour.

What was told stands in a file of VAR_DIR. A mail names the site, the looks and their sentences: nobody's
name, no address, nothing of a record.
"""

from __future__ import annotations

import json
import smtplib
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _

from memorial.doctor.examining import Result
from memorial.doctor.registry import Finding, Level
from memorial.operation_environment import MailServer

AGAIN: Final = 24 * 3600
"""Seconds after which what is still wrong is told once more."""
_FILE: Final = "alerts-told.json"
_PATIENCE: Final = 15


class AlertError(Exception):
    """Nobody could be told; its text is a sentence."""


def alert(results: Sequence[Result], now: float | None = None) -> str:
    """Mails what is newly wrong to ALERT_MAIL_TO; returns what was done, in a sentence. Raises `AlertError`.

    Warnings and what is broken are news where a look has not told them since it was last well; only the
    kind of sentence counts, not the hours in it.
    """
    moment = time.time() if now is None else now
    wrong = {result.name: int(result.level) for result in results if result.level > Level.FINE}
    told, at = _told()
    is_news = any(level > told.get(name, 0) for name, level in wrong.items())
    is_over = bool(told) and not wrong
    if not (is_news or is_over or (wrong and moment - at >= AGAIN)):
        return _("Nothing new to tell.")
    if not settings.ALERT_MAIL_TO:
        raise AlertError(_("Nobody can be told: ALERT_MAIL_TO and ALERT_SMTP are not set."))
    _mail(results, is_over=is_over)
    _note(wrong, moment)
    return _("%(n)d were told.") % {"n": len(settings.ALERT_MAIL_TO)}


def _mail(results: Sequence[Result], *, is_over: bool) -> None:
    host = urlsplit(settings.PUBLIC_URL).hostname
    subject = _("%(host)s: all is well again") if is_over else _("%(host)s: something is wrong")
    server = cast("MailServer", settings.ALERT_SMTP)  # the settings refuse addresses without
    mail = EmailMessage(
        subject % {"host": host},
        "\n\n".join(_paragraphs(results)) or _("All is well."),
        from_email=f"doctor@{host}",
        to=list(settings.ALERT_MAIL_TO),
        connection=get_connection(
            "django.core.mail.backends.smtp.EmailBackend",
            host=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            use_ssl=server.is_tls,
            use_tls=not server.is_tls and not server.is_local,
            timeout=_PATIENCE,
        ),
    )
    try:
        mail.send()
    except (OSError, smtplib.SMTPException) as error:
        raise AlertError(
            _("Nobody was told: the mail server refused (%(error)s).") % {"error": type(error).__name__}
        ) from error


def _paragraphs(results: Sequence[Result]) -> list[str]:
    """The broken first."""
    found = [(finding, result.name) for result in results for finding in result.findings]
    wrong = [each for each in found if each[0].level > Level.FINE]
    return [_paragraph(finding, name) for finding, name in sorted(wrong, key=lambda each: -each[0].level)]


def _paragraph(finding: Finding, name: str) -> str:
    word = _("BROKEN") if finding.level == Level.BROKEN else _("Warning")
    return f"{word}: {name}. {finding.said}\n{finding.mend}"


def _told() -> tuple[dict[str, int], float]:
    """What was told last, and when; nothing where the file is not there or spoilt."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        said = json.loads((Path(settings.VAR_DIR) / _FILE).read_bytes())
        return {str(name): int(level) for name, level in said["wrong"].items()}, float(said["at"])
    return {}, 0.0


def _note(wrong: dict[str, int], at: float) -> None:
    file = Path(settings.VAR_DIR) / _FILE
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({"wrong": wrong, "at": at}), encoding="utf-8")
    except OSError as error:
        raise AlertError(
            _("What was told could not be noted in VAR_DIR: it will be told again (%(error)s).")
            % {"error": error.strerror or type(error).__name__}
        ) from error
