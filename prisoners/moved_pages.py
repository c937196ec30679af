"""Pages that may have moved: an old address leads to the new one for ever, where that is public."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.generic import DetailView

from memorial.base.localized import current_language
from prisoners.old_addresses import in_a_language, new_address


class MovedDetailView(DetailView):
    """The page of a record whose old addresses are remembered.

    `tail` is what this page adds to the address of the record: "poster/". Only addresses of
    records are remembered, and what hangs on them moves along.
    """

    tail: ClassVar[str] = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            prefix = f"/{current_language()}/"
            path = new_address(request.path_info.removeprefix(prefix).removesuffix(self.tail))
            if path is None:
                raise
            return HttpResponsePermanentRedirect(in_a_language(path, current_language()) + self.tail)
