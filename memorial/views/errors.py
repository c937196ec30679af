"""Errors in the reader's language, without a database: it may be what has failed.

An absent page and a hidden one are the same bytes with the same headers, so nothing of the
request is repeated here.
"""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils import translation

from memorial.base.public_pages import keep_briefly
from memorial.copies.resting import is_away, resting
from memorial.middleware import path_language


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, the same whether there is no such page or it is hidden."""
    response = HttpResponse(_page("404.html", request), status=404)
    keep_briefly(response)
    return response


def failed(request: HttpRequest) -> HttpResponse:
    """500, with no word of what has failed; 503 where it was only the database that is away."""
    try:
        if is_away(sys.exc_info()[1]):
            return resting(request)
        page = _page("500.html", request)
    except (TemplateDoesNotExist, TemplateSyntaxError, OSError, ValueError):
        # A broken set of templates or static files must not make an error of the error.
        page = "<!DOCTYPE html><title>500</title><p>Ошибка на сайте. / Something went wrong.</p>"
    return HttpResponse(page, status=500, headers={"Cache-Control": "no-store"})


def _page(template: str, request: HttpRequest) -> str:
    # Without the request there are no context processors, of which the office's ask the session.
    with translation.override(path_language(request.path_info)):
        return render_to_string(template)
