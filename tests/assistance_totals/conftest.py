"""The version of the content is read anew at every question: pages here change within a second."""

import pytest
from django.utils import translation

from memorial.base import content_version


@pytest.fixture(autouse=True)
def _version_read_anew(monkeypatch):
    monkeypatch.setattr(content_version, "SECONDS_BETWEEN_READS", 0.0)


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield
