"""PostgreSQL's programs for the server at hand: the embedded one is newer than a Debian's."""

import re
import shutil
import subprocess

import pytest
from django.db import connection

from memorial.backup.programs import _embedded_programs


@pytest.fixture(autouse=True)
def _programs_as_new_as_the_server(settings, db):
    found = shutil.which("pg_dump")
    said = (
        subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout
        if found
        else ""
    )
    version = re.search(r"\) (\d+)", said)
    if version is None or int(version[1]) < connection.pg_version // 10000:
        settings.PG_BIN = _embedded_programs()
