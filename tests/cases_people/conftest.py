"""What every test of a page needs, as beside the people's own pages."""

from tests.pages.conftest import _fixed_day, _version_read_anew

__all__ = ["_fixed_day", "_version_read_anew"]
