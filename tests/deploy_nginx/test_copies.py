"""What nginx keeps of the program's answers, for how long, and what of a reader gets through."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.deploy_nginx.conftest import ask, nginx
from tests.deploy_nginx.program import PUBLIC, Program

LIFE = 1.2


def test_a_public_page_is_asked_once_a_second_and_then_by_its_etag(server, reader):
    server.readers.headers["ETag"] = '"one"'
    first = [reader("/ru/cases/") for _time in range(5)]
    assert {(each.status, each.headers["cache-control"]) for each in first} == {(200, PUBLIC)}
    assert len(server.readers.asked) == 1
    time.sleep(LIFE + 0.9)
    assert reader("/ru/cases/").body == first[0].body
    assert [headers.get("if-none-match") for _path, headers in server.readers.asked] == [None, '"one"']
    assert reader("/ru/cases/", If_None_Match='"one"').status == 304


def test_what_is_hidden_is_gone_after_its_second(server, reader):
    assert reader("/ru/prisoners/hidden/").status == 200
    server.readers.status, server.readers.body = 404, "нет"
    time.sleep(LIFE + 0.9)
    gone = reader("/ru/prisoners/hidden/")
    assert (gone.status, gone.body.decode()) == (404, "нет")


def test_appended_names_make_no_page_of_their_own(server, reader):
    asked = ["", "?utm_source=a", "?x=1&y=2", "?%F0", "?sorts=name&q_=1"]
    for query in asked:
        assert reader(f"/ru/prisoners/{query}").status == 200
    assert server.readers.paths == ["/ru/prisoners/"]
    reader("/ru/prisoners/?utm_source=a&sort=new")
    reader("/en/?p=12&utm_source=a")
    reader("/en/?utm_source=a&fbclid=b")
    reader("/api/v1/people/?nothing=1")
    assert server.readers.paths[1:] == [
        "/ru/prisoners/?utm_source=a&sort=new",
        "/en/?p=12&utm_source=a",
        "/en/",
        "/api/v1/people/?nothing=1",
    ]


def test_nothing_of_a_reader_reaches_the_program(server, reader):
    told = {
        "Cookie": "memorial_session=secret",
        "User_Agent": "Reader/1.0",
        "Referer": "https://elsewhere.test/",
        "Accept_Language": "de",
        "Forwarded": "for=203.0.113.9;proto=http",
        "X_Forwarded_For": "203.0.113.9",
        "X_Forwarded_Proto": "http",
        "X_Forwarded_Host": "thief.test",
        "X_Real_IP": "203.0.113.9",
        "X_Asker": "",
        "X_Original_URL": "/admin/",
        "Authorization": "Basic c2VjcmV0",
        "Range": "bytes=0-1",
    }
    assert reader("/ru/forged/", **told).status in (200, 206)
    (_path, headers), *others = server.readers.asked
    assert not others
    assert set(headers) <= {"host", "connection"}
    assert headers["host"] == "site.test"
    assert reader("/ru/forged/").body == server.readers.body.encode()
    assert len(server.readers.asked) == 1


def test_the_language_is_asked_at_the_first_address_alone(server, reader):
    server.readers.headers["Vary"] = "Accept-Language"
    reader("/", Accept_Language="en")
    reader("/", Accept_Language="ru")
    assert [headers["accept-language"] for _path, headers in server.readers.asked] == ["en", "ru"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Cache-Control": "private, no-store"},
        {"Cache-Control": "max-age=60"},
        {},
        {"Cache-Control": PUBLIC, "Set-Cookie": "a=b"},
        {"Cache-Control": PUBLIC, "Vary": "Cookie"},
        {"Cache-Control": PUBLIC, "Vary": "Cookie, Accept-Encoding"},
    ],
    ids=str,
)
def test_what_is_not_for_all_is_never_kept(server, reader, headers):
    server.readers.headers = headers
    for accepted in ("", "gzip"):
        for _time in range(2):
            assert reader("/ru/own/", Accept_Encoding=accepted).status == 200
    assert len(server.readers.asked) == 4


def test_a_page_is_compressed_once_for_all_who_take_it_so(server, reader):
    plain = reader("/ru/large/")
    packed = [
        reader("/ru/large/", Accept_Encoding=said) for said in ("gzip", "deflate, gzip;q=1.0", "x, gzip")
    ]
    assert plain.headers.get("content-encoding") is None
    assert {each.headers["content-encoding"] for each in packed} == {"gzip"}
    assert "Accept-Encoding" in packed[0].headers["vary"]
    assert len(packed[0].body) < len(plain.body)
    assert len(server.readers.asked) == 2


def test_many_at_once_ask_the_program_once(server, reader):
    server.readers.seconds = 2.0
    with ThreadPoolExecutor(20) as people:
        answers = list(people.map(reader, ["/ru/rush/"] * 20))
    assert {each.status for each in answers} == {200}
    assert len(server.readers.asked) == 1


def test_readers_only_read(server, reader):
    assert reader("/ru/", method="POST", body=b"x=1").status == 405
    assert not server.readers.asked


def test_the_office_is_never_kept_and_is_told_no_forged_header(server):
    server.office.asked.clear()
    told = {"X_Forwarded_Proto": "http", "X_Forwarded_For": "203.0.113.9", "X_Forwarded_Host": "thief.test"}
    for _time in range(2):
        answer = ask(
            server.ports["HTTPS"], "/admin/", name="office.test", Cookie="memorial_session=a", **told
        )
        assert answer.status == 200
    assert len(server.office.asked) == 2
    _path, headers = server.office.asked[0]
    assert headers["cookie"] == "memorial_session=a"
    assert headers["host"] == "office.test"
    assert not [name for name in headers if name.startswith(("x-", "forwarded"))]


def test_a_name_that_is_nobodys_is_not_answered(server):
    with pytest.raises(OSError, match=r"(?i)unrecognized|alert|reset|closed"):
        ask(server.ports["HTTPS"], "/", name="thief.test")


def test_no_trace_of_readers_is_left(server, reader):
    reader("/ru/prisoners/?q=sought-word", User_Agent="Telltale/1.0", Referer="https://telltale.test/")
    logs = [path.read_text() for path in (server.folder / "logs").iterdir()]
    assert not "".join(logs)
    kept = b"".join(path.read_bytes() for path in (server.folder / "cache").rglob("*") if path.is_file())
    assert b"/ru/prisoners/" in kept
    assert not [word for word in (b"Telltale", b"telltale", b"127.0.0.1") if word in kept]


def test_a_program_that_is_away_has_its_copies_for_a_while_and_then_rests():
    program = Program()
    apps = {"READERS_APP": f"127.0.0.1:{program.port}", "OFFICE_APP": "127.0.0.1:1"}
    with nginx(**apps) as server:
        shorten(server)
        port = server.ports["HTTPS"]
        before = ask(port, "/ru/cases/")
        program.end()
        time.sleep(LIFE + 0.9)
        stale = ask(port, "/ru/cases/")
        assert (stale.status, stale.body) == (200, before.body)
        assert stale.headers["warning"].startswith("110")
        assert stale.headers["cache-control"] == "public, max-age=5, must-revalidate"
        for path in ("/ru/other/", "/ru/"):
            rests(ask(port, path))
        time.sleep(4)
        rests(ask(port, "/ru/cases/"))
        office = ask(port, "/admin/", name="office.test", method="POST", body=b"surname=x")
        assert office.status == 503
        assert "Не подтверждено" in office.body.decode()
        assert not (server.folder / "logs" / "nginx-error.log").read_text()


def shorten(server) -> None:
    """Copies stand in for four seconds and not for 25, so that the end is seen; the rest is as shipped."""
    conf = Path(server.folder / "etc" / "nginx.conf")
    shipped = conf.read_text()
    assert "stale-if-error=25" in shipped
    conf.write_text(shipped.replace("stale-if-error=25", "stale-if-error=4"))
    os.kill(int((server.folder / "run" / "nginx.pid").read_text()), signal.SIGHUP)
    time.sleep(0.5)


def rests(answer) -> None:
    assert answer.status == 503
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "Сайт временно недоступен" in answer.body.decode()
    assert "The site is unavailable for now" in answer.body.decode()


def test_who_asks_the_program_too_often_waits_and_readers_of_copies_do_not():
    program = Program()
    apps = {"READERS_APP": f"127.0.0.1:{program.port}", "OFFICE_APP": "127.0.0.1:1"}
    with nginx(**apps, RATE_EACH="1r/s", BURST_EACH="3") as server:
        port = server.ports["HTTPS"]
        answers = [ask(port, f"/ru/prisoners/?q={number}") for number in range(8)]
        assert [each.status for each in answers] == [200] * 4 + [429] * 4
        assert answers[-1].headers["cache-control"] == "no-store"
        assert "Подождите" in answers[-1].body.decode()
        assert {ask(port, "/ru/prisoners/?q=3").status for _time in range(5)} == {200}
    program.end()
