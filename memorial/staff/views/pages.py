"""What the pages of signing in share."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme


def page(request: HttpRequest, template: str, *, status: int = 200, **context: Any) -> TemplateResponse:
    """A page with the office's frame."""
    found = {**admin.site.each_context(request), **context}
    return TemplateResponse(request, template, found, status=status)


def safe_next(request: HttpRequest) -> str:
    """Where to go afterwards: a page of the office, whatever the address asks for."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    home = f"/{settings.ADMIN_PATH}"
    is_ours = wanted.startswith(home) and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else home


def sent_credential(request: HttpRequest) -> Any:
    """What the browser's passkey answered, unchecked; None for what is no JSON."""
    try:
        return json.loads(request.POST.get("credential", ""))
    except ValueError:
        return None
