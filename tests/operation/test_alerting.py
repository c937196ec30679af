"""Somebody is told once when something is wrong, once when it is well, and never about a person."""

from __future__ import annotations

import socketserver
import threading

import pytest
from django.utils import translation

from memorial import operation_environment
from memorial.doctor.alerting import AGAIN, AlertError, alert
from memorial.doctor.examining import Result
from memorial.doctor.registry import broken, fine, warning
from memorial.errors import Misconfigured
from memorial.operation_environment import MailServer

WELL = [Result("backup", (fine("Of last night."),))]
OLD = [Result("backup", (broken("The newest backup is 40 h old.", "Run it."),)), Result("x", (fine("So."),))]
OLDER = [Result("backup", (broken("The newest backup is 41 h old.", "Run it."),))]
WARNED = [Result("backup", (warning("It is a little old.", "Wait."),))]
OTHER = [*OLD, Result("mirror", (warning("The mirror is 2 days old.", "Build it."),))]


class _Post(socketserver.StreamRequestHandler):
    """As much of SMTP (RFC 5321) as a client needs to hand a mail over."""

    def handle(self) -> None:
        self.wfile.write(b"220 post.example\r\n")
        while word := self.rfile.readline().strip().upper():
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                lines = []
                while (line := self.rfile.readline()) != b".\r\n":
                    lines.append(line)
                self.server.mails.append(b"".join(lines).decode())
            self.wfile.write(b"250 good\r\n" if word != b"QUIT" else b"221 bye\r\n")


@pytest.fixture
def post(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Post) as server, translation.override("en"):
        server.mails = []
        settings.ALERT_MAIL_TO = ("ops@example.org",)
        settings.ALERT_SMTP = MailServer("127.0.0.1", server.server_address[1], "", "", is_tls=False)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.mails
        server.shutdown()
        thread.join()


@pytest.mark.django_db
def test_what_is_newly_wrong_is_told_once_and_again_after_a_day(post):
    assert alert(WELL, now=0) == "Nothing new to tell."
    assert alert(OLD, now=10) == "1 were told."
    assert "Subject: localhost: something is wrong" in post[0]
    assert "BROKEN: backup. The newest backup is 40 h old." in post[0]
    assert "Of last night" not in post[0]
    alert(OLDER, now=20)
    assert len(post) == 1
    alert(OLDER, now=10 + AGAIN)
    assert len(post) == 2


@pytest.mark.django_db
def test_another_thing_or_a_graver_one_is_news_and_so_is_the_end(post):
    alert(WARNED, now=0)
    alert(OLD, now=1)
    alert(OTHER, now=2)
    assert len(post) == 3
    assert "mirror" in post[2]
    alert(WELL, now=3)
    assert "all is well again" in post[3]
    assert alert(WELL, now=4) == "Nothing new to tell."


def test_nobody_to_tell_and_a_server_that_is_away_are_said(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    with translation.override("en"):
        with pytest.raises(AlertError, match="ALERT_MAIL_TO"):
            alert(OLD)
        settings.ALERT_MAIL_TO = ("ops@example.org",)
        settings.ALERT_SMTP = MailServer("127.0.0.1", 1, "", "secret-word", is_tls=False)
        with pytest.raises(AlertError, match="refused") as error:
            alert(OLD)
    assert "secret-word" not in str(error.value)
    assert not list(tmp_path.iterdir()), "what nobody was told is told the next time"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"ALERT_HOURS": "backups=3"}, "ALERT_HOURS"),
        ({"ALERT_HOURS": "backup=0"}, "ALERT_HOURS"),
        ({"ALERT_MAIL_TO": "ops"}, "ALERT_MAIL_TO"),
        ({"ALERT_MAIL_TO": "ops@example.org", "ALERT_SMTP": ""}, "ALERT_SMTP is not"),
        ({"ALERT_SMTP": "https://u:secret-word@h"}, "no mail server"),
        ({"BACKUPS_FOLDER": "backups"}, "whole path"),
        ({"METRICS_BIND": "0.0.0.0:9108"}, "others may reach"),
        ({"METRICS_BIND": "[::]:9108"}, "others may reach"),
        ({"METRICS_BIND": "8.8.8.8:9108"}, "others may reach"),
        ({"METRICS_BIND": "localhost"}, "address and a port"),
        ({"METRICS_BIND": "127.0.0.1:8000", "BIND": "0.0.0.0:8000"}, "port of the site"),
    ],
)
def test_mistakes_are_refused_in_a_sentence(values, sentence, monkeypatch):
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(Misconfigured, match=sentence) as error:
        read_all()
    assert "secret-word" not in str(error.value)


def read_all() -> None:
    read = operation_environment
    for each in (read.alert_hours, read.alert_addresses, read.mail_server, read.metrics_bind):
        each()
    read.folder("BACKUPS_FOLDER")


def test_what_is_meant_is_taken(monkeypatch):
    monkeypatch.setenv("METRICS_BIND", "0.0.0.0:9108")
    monkeypatch.setenv("METRICS_OPEN", "1")
    assert operation_environment.metrics_bind() == ("0.0.0.0", 9108)  # noqa: S104
    monkeypatch.setenv("ALERT_HOURS", "backup=50")
    assert operation_environment.alert_hours()["backup"] == 50
    monkeypatch.setenv("ALERT_SMTP", "smtps://u%40x:p@mail.example")
    server = operation_environment.mail_server()
    assert (server.host, server.port, server.user, server.is_tls) == ("mail.example", 465, "u@x", True)
