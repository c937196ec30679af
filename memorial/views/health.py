"""Is the process alive, and can it answer? For the machines that run the site."""

from __future__ import annotations

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from memorial.base.content_version import read_content_version
from prisoners.models import Prisoner

_PLAIN = "text/plain; charset=utf-8"


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Nothing else is asked, so that a slow database restarts nobody."""
    return HttpResponse("alive\n", content_type=_PLAIN)


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers, and this process's role can read the tables; 503 with a sentence otherwise."""
    try:
        read_content_version()
        Prisoner.objects.published().exists()
    except (DatabaseError, InterfaceError) as error:
        # The class alone: a driver's message may hold a host or a user.
        said = f"not ready: the database does not answer as it should ({type(error).__name__})\n"
        return HttpResponse(said, status=503, content_type=_PLAIN)
    return HttpResponse("ready\n", content_type=_PLAIN)
