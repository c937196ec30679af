import csv
import io
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation

EXAMPLES = Path(__file__).resolve().parents[2] / "docs" / "examples" / "import"


@dataclass
class Ran:
    out: str
    err: str
    report: list[dict[str, str]]

    def rows(self, what: str) -> dict[int, str]:
        return {int(line["row"]): line["reason"] for line in self.report if line["what"] == what}


@pytest.fixture(autouse=True)
def _english():
    """Sentences are compared in the language of the code, whatever is translated."""
    with translation.override("en"):
        yield


@pytest.fixture
def table(tmp_path):
    """Writes a table and gives its path: one dict for each row, or the text itself."""

    def write(rows, name="list.csv", encoding="utf-8"):
        path = tmp_path / name
        if isinstance(rows, bytes):
            path.write_bytes(rows)
            return path
        if not isinstance(rows, str):
            text = io.StringIO()
            columns = list(dict.fromkeys(column for row in rows for column in row))
            writer = csv.DictWriter(text, columns, restval="")
            writer.writeheader()
            writer.writerows(rows)
            rows = text.getvalue()
        path.write_bytes(rows.encode(encoding))
        return path

    return write


@pytest.fixture
def mapping(tmp_path):
    def write(text):
        path = tmp_path / "map.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.fixture
def run(tmp_path):
    """Runs the command as from the shell, with a report file, and gives what it said."""

    def command(file, *arguments, **options):
        out, err, report = io.StringIO(), io.StringIO(), tmp_path / "report.csv"
        call_command(
            "import_prisoners", str(file), *arguments, stdout=out, stderr=err, report=report, **options
        )
        lines = list(csv.DictReader(report.read_text(encoding="utf-8-sig").splitlines()))
        return Ran(out.getvalue(), err.getvalue(), lines)

    return command
