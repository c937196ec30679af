"""Sentences are read in English, and the staff of the office are those of tests/office."""

import pytest
from django.utils import translation

from tests.office.conftest import desk, groups, member

__all__ = ["desk", "groups", "member"]


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield
