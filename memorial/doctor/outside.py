"""What lies outside: the mail server of alerts, the proxy through which links are asked. Each is asked for a moment."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from memorial.doctor.registry import Finding, check, fine, warning

PATIENCE = 3.0
"""Seconds for a connection."""


@check("alerts")
def look_at_alerts() -> Iterable[Finding]:
    """Would anybody be told?"""
    server = settings.ALERT_SMTP
    if not settings.ALERT_MAIL_TO or server is None:
        yield warning(
            _("Nobody is told when something is wrong."),
            _("Set ALERT_SMTP and ALERT_MAIL_TO, or let Prometheus watch (docs/deploy.md)."),
        )
        return
    if _answers(server.host, server.port):
        yield fine(_("The mail server answers."))
    else:
        yield warning(
            _("The mail server of ALERT_SMTP does not answer: nobody would be told."),
            _("Check its name and port, and the firewall on the way out."),
        )


@check("links")
def look_at_the_link_proxy() -> Iterable[Finding]:
    """Does the proxy answer through which the links of sources are asked?"""
    if not settings.LINK_CHECK_PROXY:
        return
    parts = urlsplit(settings.LINK_CHECK_PROXY)
    if _answers(parts.hostname or "", parts.port or 80):
        yield fine(_("The proxy answers."))
    else:
        yield warning(
            _("The proxy of LINK_CHECK_PROXY does not answer: links of sources are not looked at."),
            _("Start it (systemctl status tor), or unset LINK_CHECK_PROXY."),
        )


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), PATIENCE):
            return True
    except OSError:
        return False
