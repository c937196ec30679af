"""Numbered pages of a list that answer whatever number they are asked for."""

from __future__ import annotations

import re
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.views.generic import ListView

_A_NUMBER: Final = re.compile(r"[1-9][0-9]{0,8}", re.ASCII)


class ForgivingPages(ListView):
    """A list in pages. For a page that it does not have it gives the nearest, and says so.

    Lists grow shorter, and old links to their last pages should not be errors.
    """

    page_is_missing = False
    """Whether the page asked for is not there; known once the page has been made."""

    def paginate_queryset(self, queryset: Any, page_size: int) -> tuple[Paginator, Page, Any, bool]:
        asked = self.request.GET.get(self.page_kwarg) or "1"
        number = int(asked) if _A_NUMBER.fullmatch(asked) else 0
        paginator = self.get_paginator(queryset, page_size)
        page = paginator.get_page(number or 1)
        self.page_is_missing = page.number != number
        return paginator, page, page.object_list, page.has_other_pages()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        page = context["page_obj"]
        return context | {
            "page_numbers": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
            "elided": page.paginator.ELLIPSIS,
        }
