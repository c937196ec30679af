"""Staff for the pages of news in the office."""

from tests.office.conftest import groups, member

__all__ = ["groups", "member"]
