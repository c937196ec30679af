import csv
import io
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "wordpress"
MAP = EXAMPLE / "site.toml"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><rss xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/">'
    "<channel>"
)
TAIL = "</channel></rss>"


@dataclass
class Ran:
    out: str
    report: list[dict[str, str]]

    def reasons(self, row=None, what=None):
        return [
            line["reason"]
            for line in self.report
            if (row is None or line["row"] == str(row)) and (what is None or line["what"] == what)
        ]


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def run(tmp_path):
    """Runs the command as from the shell and gives what it said."""

    def command(*dump, map=MAP, **options):  # noqa: A002 - the option's name
        out, report = io.StringIO(), tmp_path / "report.csv"
        call_command(
            "import_wordpress",
            *(str(path) for path in dump),
            map=Path(map),
            report=report,
            stdout=out,
            stderr=io.StringIO(),
            **options,
        )
        return Ran(out.getvalue(), list(csv.DictReader(report.read_text(encoding="utf-8-sig").splitlines())))

    return command


def item(
    number, title="Горинцев Иван Петрович", *, kind="figurant", status="publish", content="", meta=(), **more
):
    """One item of an export."""
    fields = {
        "title": title,
        "link": f"https://old-site.example/figurant/figurant-{number}/",
        "content:encoded": f"<![CDATA[{content or '<p>Инженер из Заречья.</p>'}]]>",
        "wp:post_id": number,
        "wp:post_name": f"figurant-{number}",
        "wp:status": status,
        "wp:post_type": kind,
        **{name.replace("__", ":"): value for name, value in more.items() if name != "terms"},
    }
    text = "".join(f"<{name}>{value}</{name}>" for name, value in fields.items())
    for key, value in dict(meta).items():
        text += (
            f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value>"
            "</wp:postmeta>"
        )
    for taxonomy, slug, name in more.get("terms", ()):
        text += f'<category domain="{taxonomy}" nicename="{slug}">{name}</category>'
    return f"<item>{text}</item>"


@pytest.fixture
def dump(tmp_path):
    """Writes an export of these items, or these bytes, and gives its path."""

    def write(*items, name="dump.xml"):
        path = tmp_path / name
        if len(items) == 1 and isinstance(items[0], bytes):
            path.write_bytes(items[0])
        else:
            path.write_text(HEAD + "".join(items) + TAIL, encoding="utf-8")
        return path

    return write
