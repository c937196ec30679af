"""Copies of pages are off in tests; here they are on, in a folder of each test's own."""

import pytest
from django.test import Client

from memorial.base import content_version
from memorial.copies import shelf as module


@pytest.fixture
def copies(settings, tmp_path, monkeypatch):
    """The shelf of a process that keeps copies; the version is read at each request."""
    settings.PAGE_COPIES = True
    settings.PAGE_COPIES_FOLDER = tmp_path / "copies"
    monkeypatch.setattr(content_version, "SECONDS_BETWEEN_READS", 0.0)
    module.shelf.cache_clear()
    yield module.shelf()
    module.shelf.cache_clear()


@pytest.fixture
def with_copies(copies):
    """A reader of a site that keeps copies."""
    return Client(raise_request_exception=False)


@pytest.fixture
def without(settings):
    """Asks a site that keeps none: what would be rendered."""

    def ask(address, **headers):
        settings.PAGE_COPIES = False
        try:
            reader = Client()
            reader.handler.load_middleware()
            return reader.get(address, **headers)
        finally:
            settings.PAGE_COPIES = True

    return ask
