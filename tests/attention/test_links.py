"""Links of sources: what may be asked, through what, how often, and when one is dead."""

from __future__ import annotations

import socket
import threading
from contextlib import closing, contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from memorial.attention.links import asking
from memorial.attention.links.addresses import AddressRefused, open_addresses, target_of
from memorial.attention.links.asking import Answer, Proxy, ProxyFailed, ask, read_proxy
from memorial.attention.links.rounds import PAUSE, Limits, due_links, keep, walk
from memorial.attention.models import CheckedLink
from tests.factories import CitationFactory, PrisonerFactory

OK, GONE = Answer(200, ""), Answer(404, "gone")
DAY = date(2026, 11, 2)

REFUSED = [
    "ftp://example.org/",
    "file:///etc/passwd",
    "https://example.org:8443/",
    "https://name:word@example.org/",
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://[::1]/",
    "http://localhost/",
    "http://intranet/",
    "http://db.internal/",
    "http://printer.local./",
    "http://xn--/",
    "",
]


@pytest.mark.parametrize("url", REFUSED)
def test_what_is_no_page_of_the_open_web_is_never_asked(url, monkeypatch):
    monkeypatch.setattr(socket, "create_connection", lambda *_a, **_k: pytest.fail("it was asked"))
    with pytest.raises(AddressRefused):
        target_of(url)
    assert ask(url, None) == Answer(None, "forbidden")


def test_an_address_goes_over_the_wire_without_line_ends_and_in_ascii():
    target = target_of("https://Пример.рф/путь?а=б\r\nX: y#part")
    assert target.host == "xn--e1afmkfd.xn--p1ai"
    assert target.path.isascii()
    assert not set(target.path) & set("\r\n ")


@pytest.mark.parametrize(
    "number",
    ["127.0.0.1", "10.1.2.3", "192.168.0.9", "172.16.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.1",
     "::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "224.0.0.1"],
)  # fmt: skip
def test_a_name_that_leads_into_a_network_of_our_own_is_refused(number, monkeypatch):
    found = [(0, 0, 0, "", ("93.184.216.34", 443)), (0, 0, 0, "", (number, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: found)
    monkeypatch.setattr(socket, "create_connection", lambda *_a, **_k: pytest.fail("it was asked"))
    with pytest.raises(AddressRefused):
        open_addresses("example.org", 443)
    assert ask("https://example.org/", None).failure == "forbidden"


class Site(BaseHTTPRequestHandler):
    """A server that answers by the path it is asked for, as a site or as a proxy."""

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def answer(self):
        self.server.asked.append((self.command, self.path))
        path = "/" + self.path.removeprefix("http://").partition("/")[2]
        status, place = {
            "/there": (200, ""),
            "/gone": (404, ""),
            "/broken": (502, ""),
            "/closed": (403, ""),
            "/moved": (301, "/there"),
            "/inward": (302, "http://127.0.0.1/there"),
            "/round": (302, "/round"),
            "/no-head": (405 if self.command == "HEAD" else 200, ""),
        }.get(path, (404, ""))
        self.send_response(status)
        if place:
            self.send_header("Location", place)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_CONNECT(self):
        self.server.asked.append((self.command, self.path))
        self.send_error(502)

    def log_message(self, *_args):
        pass


@contextmanager
def serving():
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        server.asked = []
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()


ANSWERS = [
    ("there", Answer(200, "")),
    ("gone", Answer(404, "gone")),
    ("broken", Answer(502, "server")),
    ("closed", Answer(403, "")),
    ("moved", Answer(200, "")),
    ("inward", Answer(None, "forbidden")),
    ("round", Answer(None, "redirects")),
    ("no-head", Answer(200, "")),
]


def test_every_answer_through_a_proxy_and_nothing_beside_it(monkeypatch):
    with serving() as server:
        proxy = Proxy("127.0.0.1", server.server_port)
        connect = socket.create_connection

        def only_the_proxy(address, *args, **kwargs):
            assert address == ("127.0.0.1", server.server_port)
            return connect(address, *args, **kwargs)

        monkeypatch.setattr(socket, "create_connection", only_the_proxy)
        monkeypatch.setattr(socket, "getaddrinfo", _numbers_only(socket.getaddrinfo))
        for path, expected in ANSWERS:
            assert ask(f"http://example.org/{path}", proxy, timeout=5) == expected, path
        assert ask("https://example.org/there", proxy, timeout=5) == Answer(None, "unreachable")
    assert ("CONNECT", "example.org:443") in server.asked
    assert ("HEAD", "http://example.org/there") in server.asked
    assert not [path for _command, path in server.asked if "127.0.0.1" in path]


def _numbers_only(resolve):
    """Names are the proxy's to look up: whoever asks our own name server tells it what is checked."""

    def looked_up(host, *args, **kwargs):
        assert host == "127.0.0.1", host
        return resolve(host, *args, **kwargs)

    return looked_up


def test_where_the_proxy_does_not_answer_nothing_is_asked_at_all(monkeypatch):
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    monkeypatch.setattr(asking, "_direct", lambda *_a: pytest.fail("asked without the proxy"))
    for scheme in ("http", "https"):
        with pytest.raises(ProxyFailed):
            ask(f"{scheme}://example.org/", Proxy("127.0.0.1", port), timeout=2)


def test_a_proxy_is_an_address_and_nothing_else():
    assert read_proxy("") is None
    assert read_proxy("http://10.0.0.1:3128") == Proxy("10.0.0.1", 3128)
    for text in ("socks5://h:1", "http://h", "http://a:b@h:1", "h:1"):
        with pytest.raises(ValueError, match="LINK_CHECK_PROXY"):
            read_proxy(text)


def test_limits_turns_and_pauses():
    urls = [f"https://{host}.org/{number}" for host in "ab" for number in range(5)]
    now = [0.0]
    slept: list[float] = []

    def sleep(seconds):
        slept.append(seconds)
        now[0] += seconds

    found = [
        url for url, _ in walk(urls, lambda _url: OK, Limits(9, 3, 100), clock=lambda: now[0], sleep=sleep)
    ]
    assert found == [f"https://{host}.org/{number}" for number in range(3) for host in "ab"]
    assert slept == [PAUSE] * 2
    assert len(list(walk(urls, lambda _url: OK, Limits(4, 3, 100), sleep=lambda _s: None))) == 4
    late = walk(
        urls, lambda _url: now.__setitem__(0, now[0] + 60) or OK, Limits(9, 9, 100), clock=lambda: now[0]
    )
    assert len(list(late)) == 2


@pytest.mark.django_db
def test_dead_only_after_three_different_days_and_alive_again_by_one_answer():
    url = "https://example.org/"
    for _time in range(5):
        link = keep(url, GONE, DAY)
    assert (link.failed_days, link.failed_since) == (1, DAY)
    keep(url, GONE, DAY + timedelta(days=1))
    assert not CheckedLink.objects.dead().exists()
    link = keep(url, GONE, DAY + timedelta(days=2))
    assert list(CheckedLink.objects.dead()) == [link]
    link = keep(url, OK, DAY + timedelta(days=9))
    assert (link.failed_days, link.failed_since, link.failure) == (0, None, "")
    assert not CheckedLink.objects.dead().exists()


@pytest.mark.django_db
def test_what_is_due_and_what_is_forgotten():
    person = PrisonerFactory()
    for name in ("new", "fresh", "old", "failing", "dead", "dead-today"):
        CitationFactory(prisoner=person, url=f"https://example.org/{name}")
    keep("https://example.org/fresh", OK, DAY)
    keep("https://example.org/old", OK, DAY - timedelta(days=40))
    keep("https://example.org/failing", GONE, DAY - timedelta(days=1))
    for name, last in (("dead", 7), ("dead-today", 0)):
        for days in (2, 1, 0):
            keep(f"https://example.org/{name}", GONE, DAY - timedelta(days=last + days))
    keep("https://example.org/cited-no-more", OK, DAY)
    names = [url.rpartition("/")[2] for url in due_links(DAY)]
    assert names[:2] == ["failing", "new"]
    assert sorted(names[2:]) == ["dead", "old"]
    assert not CheckedLink.objects.filter(url__endswith="cited-no-more").exists()


@pytest.mark.django_db
def test_the_command_asks_through_the_proxy_or_says_why_not(settings):
    CitationFactory(prisoner=PrisonerFactory(), url="http://example.org/gone")
    with pytest.raises(CommandError, match="LINK_CHECK_PROXY"):
        call_command("check_links")
    out = StringIO()
    with serving() as server:
        settings.LINK_CHECK_PROXY = f"http://127.0.0.1:{server.server_port}"
        with pytest.raises(CommandError, match="without it"):
            call_command("check_links", "--direct")
        call_command("check_links", stdout=out)
    assert "1 links asked, 1 failed" in out.getvalue()
    assert CheckedLink.objects.get().failure == "gone"
    CheckedLink.objects.all().delete()
    with pytest.raises(CommandError, match="Stopped after 0"):
        call_command("check_links")
    assert not CheckedLink.objects.exists()
