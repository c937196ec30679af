"""Extensions and the immutable functions on which stored columns and constraints stand."""

from pathlib import Path

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"
FILES = ("partial_date.sql", "names.sql", "person_name.sql", "certain_days.sql")


def run(apps, schema_editor):
    for name in FILES:
        schema_editor.execute((SQL / name).read_text(encoding="utf-8").replace("%", "%%"), params=())


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        BtreeGistExtension(),
        TrigramExtension(),
        migrations.RunPython(run, migrations.RunPython.noop),
    ]
