"""The fixed day of the pages, for walks over several of them."""

from tests.pages.conftest import _fixed_day, _signed_accounts, _version_read_anew

__all__ = ["_fixed_day", "_signed_accounts", "_version_read_anew"]
