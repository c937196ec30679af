"""Staff of the groups; the office's own fixtures serve here too."""

from tests.office.conftest import *  # noqa: F403
