"""Figures: what is counted, what never is, and that numbers go on when workers do not."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
import yaml
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families

from memorial.management.commands.serve_metrics import figures
from memorial.metrics import ages
from memorial.metrics.middleware import kind_of, source_of
from memorial.metrics.slots import Slot

ROOT = Path(__file__).resolve().parents[2]
COUNT = """
import sys
import django
django.setup()
from django.http import HttpResponse
from django.test import RequestFactory
from memorial.metrics.middleware import MetricsMiddleware
answer = {"copy": HttpResponse(headers={"ETag": "x"}), "stale": HttpResponse(headers={"Warning": "110"})}
for word in sys.argv[1:]:
    MetricsMiddleware(lambda request: answer[word])(RequestFactory().get("/ru/prisoners/?q=secret-word"))
"""


def count(folder: Path, *words: str) -> None:
    """Requests in a process of their own, as a worker is."""
    env = {**os.environ, "METRICS_FOLDER": str(folder), "WEB_PROCESS": "1"}
    env["DJANGO_SETTINGS_MODULE"] = "memorial.settings"
    subprocess.run([sys.executable, "-c", COUNT, *words], env=env, cwd=ROOT, check=True)


def families(text: str) -> dict[str, dict[tuple, float]]:
    return {
        family.name: {tuple(sorted(sample.labels.items())): sample.value for sample in family.samples}
        for family in text_string_to_metric_families(text)
    }


@pytest.mark.django_db
def test_two_workers_are_added_up_and_none_of_it_names_a_page(settings, tmp_path):
    settings.METRICS_FOLDER = tmp_path
    count(tmp_path, "copy", "copy")
    count(tmp_path, "copy", "stale")
    text = generate_latest(figures()).decode()
    found = families(text)
    copies = (("kind", "prisoner-list"), ("source", "copy"), ("status", "2xx"))
    assert found["memorial_requests"][copies] == 3
    assert found["memorial_breaker_open"][()] == 1
    assert "secret-word" not in text
    assert "/ru/" not in text
    # The second worker has taken over the place of the first.
    assert [path.name for path in tmp_path.glob("slot-*")] == ["slot-0"]


def test_two_processes_at_once_have_two_places(tmp_path):
    mine = Slot(tmp_path)
    assert mine.name() == mine.name() == "s0"
    code = f"from pathlib import Path; from memorial.metrics.slots import Slot; print(Slot(Path({str(tmp_path)!r})).name())"
    other = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert other.stdout.strip() == "s1"


@pytest.mark.django_db
def test_the_database_away_is_a_figure_and_folders_are_still_told(settings, tmp_path, monkeypatch):
    settings.BACKUPS_FOLDER = tmp_path
    (tmp_path / "memorial-x.tar.age").touch()

    def away() -> float:
        raise OperationalError("secret-host")

    monkeypatch.setitem(ages.OF_DATABASE, "memorial_due_open", ("x", away))
    monkeypatch.setattr(ages.connection, "close", lambda: None)
    found = families(generate_latest(figures()).decode())
    assert found["memorial_database_up"][()] == 0
    assert found["memorial_backup_age_seconds"][()] < 60
    assert "memorial_due_open" not in found


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/en/prisoners/somebody/", "prisoner-detail"),
        ("/ru/prisoners/", "prisoner-list"),
        ("/ru/nothing/at/all/", "old-address"),
        ("/static/css/site.css", "file"),
        ("/admin/prisoners/prisoner/1/change/", "office"),
    ],
)
def test_kinds(path, kind):
    assert kind_of(RequestFactory().get(path)) == kind


def test_where_an_answer_came_from():
    request = RequestFactory().get("/ru/")
    request.resolver_match = None
    assert source_of(request, HttpResponse(headers={"ETag": "x"})) == "copy"
    assert source_of(request, HttpResponse()) == "made"
    resting = HttpResponse(status=503)
    resting.is_of_a_database_away = True
    assert source_of(request, resting) == "resting"


def test_each_figure_of_the_rules_exists(settings, tmp_path):
    rules = yaml.safe_load((ROOT / "deploy" / "prometheus-alerts.yml").read_text(encoding="utf-8"))
    source = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "memorial" / "metrics").glob("*.py")
    )
    made = set(re.findall(r'"(memorial_\w+)"', source))
    alerts = [rule for group in rules["groups"] for rule in group["rules"]]
    assert len(alerts) >= 15
    assert len({rule["alert"] for rule in alerts}) == len(alerts)
    for rule in alerts:
        assert rule["annotations"]["mend"]
        for name in re.findall(r"memorial_\w+", rule["expr"]):
            assert re.sub(r"_(total|bucket|info)$", "", name) in made, name
        for limit in re.findall(r'of="(\w+)"', rule["expr"]):
            assert limit in settings.ALERT_HOURS


def test_it_is_served_at_its_own_port_alone(tmp_path):
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {**os.environ, "METRICS_BIND": f"127.0.0.1:{port}"}
    with subprocess.Popen(
        [sys.executable, "-u", "manage.py", "serve_metrics"],
        env=env,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout.readline().startswith("Figures at")
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=60) as answer:
                assert b"memorial_program_info" in answer.read()
        finally:
            process.terminate()
    assert process.returncode == 0
