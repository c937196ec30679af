"""nginx drops the parameters that it does not know: it must know each that a page looks at."""

import ast
import re
import subprocess
import sys

from django.conf import settings

from cases.selection.cases import CaseFilter
from cases.selection.people import PeopleFilter
from tests.deploy_nginx.conftest import WRITE, written

APPS = ("memorial", "prisoners", "cases", "assistance", "donations")
# The office, commands and measuring are no pages of readers; the API and first pages keep what they are asked.
NOT_READERS = {"admin", "staff", "management", "bench", "api", "translating", "importers", "demo"}
DATA = {"GET", "data", "asked", "own", "query"}
ONLY_WITH_AN_OLD_ADDRESS = {"lang"}


def known_to_nginx():
    text = (settings.BASE_DIR / "deploy" / "nginx" / "parameters.conf").read_text()
    return set(re.search(r"\(\?:\^\|&\)\(\?:([a-z|]+)\)=", text)[1].split("|"))


def looked_up(tree):
    """The names in `GET.get("name")`, `self.data.getlist("name")`, `"name" in request.GET` and `GET["name"]`."""
    for node in ast.walk(tree):
        name, where = None, None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            if node.func.attr in ("get", "getlist"):
                name, where = node.args[0], node.func.value
        elif isinstance(node, ast.Subscript):
            name, where = node.slice, node.value
        last = getattr(where, "attr", getattr(where, "id", None))
        if last in DATA and isinstance(name, ast.Constant) and isinstance(name.value, str):
            yield name.value


def asked_by_pages():
    """All parameters of readers' pages, from filters and from the program's text."""
    found = {*PeopleFilter.reads.base_filters, *CaseFilter.reads.base_filters, "page"}
    for app in APPS:
        for path in (settings.BASE_DIR / app).rglob("*.py"):
            if NOT_READERS & {*path.relative_to(settings.BASE_DIR).parts}:
                continue
            if "GET" in (text := path.read_text()) or "self.data" in text or "QueryDict" in text:
                found.update(looked_up(ast.parse(text)))
    return found - ONLY_WITH_AN_OLD_ADDRESS


def test_nginx_knows_each_parameter_that_a_page_looks_at():
    asked = asked_by_pages()
    assert len(asked) > 30
    assert {"letter", "sort", "view", "on", "liberty", "theme"} <= asked
    assert asked - known_to_nginx() == set()


def test_a_parameter_that_is_looked_up_is_found():
    source = 'a = self.request.GET.get("new", "")\nb = data.getlist("more")\nc = asked["third"]\nd = other.get("no")'
    assert set(looked_up(ast.parse(source))) == {"new", "more", "third"}


def test_what_is_missing_is_said_in_one_sentence(tmp_path):
    done = written(tmp_path, PUBLIC_URL="https://site.test")
    assert (done.returncode, done.stderr) == (
        2,
        "nginx: STAFF_URL is missing: the site's own address, as https://example.org.\n",
    )
    wrong = {
        "PUBLIC_URL": "https://site.test",
        "STAFF_URL": "https://office.test",
        "TLS": "/tmp/a; return 200",
    }
    assert written(tmp_path, **wrong).returncode == 2
    assert not (tmp_path / "nginx.conf").exists()


def test_each_value_is_named_and_explained():
    said = subprocess.run(
        [sys.executable, WRITE, "--values"], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    ).stdout
    folder = settings.BASE_DIR / "deploy"
    files = [folder / "nginx.conf", *(folder / "nginx").glob("*.conf")]
    used = set(re.findall(r"\$\{([A-Z_]+)\}", "".join(path.read_text() for path in files)))
    made = {"FOLDER", "MODULES", "SALT", "ONION_PORT", "BROTLI", "BEST_ENCODING", "PUBLIC_HOST", "STAFF_HOST"}
    assert used - made == set(re.findall(r"^[A-Z_]+$", said, re.MULTILINE))
