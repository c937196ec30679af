"""The finance office. Importing the modules registers their pages."""

from donations.admin import (
    campaigns,
    desk,
    details,
    methods,
    notices,
    notices_today,
    reports,
    statements,
    today,
)

__all__ = [
    "campaigns",
    "desk",
    "details",
    "methods",
    "notices",
    "notices_today",
    "reports",
    "statements",
    "today",
]
