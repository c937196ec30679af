"""The office's staff, and a case to enter."""

from tests.office.conftest import desk, groups, member, today

__all__ = ["desk", "groups", "member", "today"]
