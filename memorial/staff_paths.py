"""Which requests belong to the staff office."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def is_staff_request(request: HttpRequest) -> bool:
    """Whether the path lies below ADMIN_PATH in a process that serves staff at all."""
    return bool(settings.SERVES_STAFF) and request.path_info.startswith(f"/{settings.ADMIN_PATH}")
