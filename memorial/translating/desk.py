"""The pages of the desk: the queue, one text side by side, one's own texts, the pace."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from memorial.base.acting import staff_actor
from memorial.base.admin.history_reading import staff_names
from memorial.base.rich_text import plain_text
from memorial.translating.actions import open_draft
from memorial.translating.catalogue import LANGUAGES_MADE, kind_of, kinds
from memorial.translating.deeds import carry_out
from memorial.translating.mine import texts_of
from memorial.translating.models import Draft, Step
from memorial.translating.one_text import TextPage
from memorial.translating.pace import pace_of
from memorial.translating.queue import PAGE, Asked, Condition, Length, queue
from memorial.translating.texts import GONE, Text, place_of, read_text
from memorial.translating.who import at_desk, is_volunteer, may

_FIELDS: Final = ("table", "condition", "length", "language")


class DeskPages:
    """Mixed into the admin of drafts: `texts/` and what stands below it."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        """The pages before Django's own, which would take any path."""
        wrap = self.admin_site.admin_view
        one = "texts/<slug:table>/<int:row>/<slug:field>/<slug:tongue>/"
        return [
            path("texts/", wrap(self.queue_view), name="translating_draft_queue"),
            path(one, wrap(self.text_view), name="translating_draft_text"),
            path("mine/", wrap(self.mine_view), name="translating_draft_mine"),
            path("pace/", wrap(self.pace_view), name="translating_draft_pace"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def queue_view(self, request: HttpRequest) -> HttpResponse:
        """What there is to do, short texts first."""
        if not at_desk(request.user):
            raise PermissionDenied
        asked = asked_of(request.GET)
        texts, total = queue(asked)
        names = staff_names(text.holder for text in texts)
        rows = [
            {
                "text": text,
                "url": text_url(text.table, text.row, text.field, text.language),
                "kind": text.kind.model._meta.verbose_name if text.kind else text.table,
                "field": field_label(text.table, text.field),
                "holder": names.get(text.holder, text.holder),
            }
            for text in texts
        ]
        last = max(1, -(-total // PAGE))
        return self._page(
            request,
            "admin/texts_queue.html",
            title=_("Texts to translate"),
            rows=rows,
            total=total,
            asked=asked,
            kinds=kinds(),
            conditions=Condition.choices,
            lengths=Length.choices,
            languages=LANGUAGES_MADE,
            earlier=page_query(asked, asked.page - 1) if asked.page > 1 else "",
            later=page_query(asked, asked.page + 1) if asked.page < last else "",
            last=last,
            waiting=self._waiting(request),
        )

    def text_view(self, request: HttpRequest, table: str, row: int, field: str, tongue: str) -> HttpResponse:
        """One text side by side. POST does one deed, and what was typed is on the page again if it is refused."""
        place = place_of(table, row, field, tongue)
        draft, text = open_draft(place), read_text(place)
        volunteer = not at_desk(request.user)
        if volunteer:
            _refuse_strangers(request, draft)
        elif text is None and draft is None:
            raise Http404(GONE)
        errors: list[str] = []
        if request.method == "POST":
            try:
                where = carry_out(request, place, draft, text)
            except ValidationError as error:
                errors = error.messages
                draft, text = open_draft(place), read_text(place)
            else:
                return HttpResponseRedirect(where)
        if volunteer and not is_cleared(draft, text):
            text = None
        page = TextPage(request, place, draft, text, volunteer=volunteer)
        shown = page.context(errors)
        return self._page(request, "admin/texts_one.html", status=200, **shown)

    def mine_view(self, request: HttpRequest) -> HttpResponse:
        """What I have taken, or what was given to me."""
        if not at_desk(request.user) and not is_volunteer(request.user):
            raise PermissionDenied
        own = texts_of(staff_actor(int(request.user.pk or 0)), volunteer=not at_desk(request.user))
        return self._page(
            request, "admin/texts_mine.html", title=_("My texts"), rows=own, desk=at_desk(request.user)
        )

    def pace_view(self, request: HttpRequest) -> HttpResponse:
        """How much there is in each language, what is left, and what twelve weeks brought."""
        if not at_desk(request.user):
            raise PermissionDenied
        language = request.GET.get("language", "")
        chosen = language if language in LANGUAGES_MADE else LANGUAGES_MADE[0]
        by_person = may(request.user, "see_pace_by_person")
        return self._page(
            request,
            "admin/texts_pace.html",
            title=_("Translation: pace and what is left"),
            pace=pace_of(chosen, by_person=by_person),
            by_person=by_person,
        )

    def _waiting(self, request: HttpRequest) -> list[dict[str, Any]]:
        """What others have offered, for those who may review; the oldest first."""
        if not may(request.user, "review_draft"):
            return []
        offered = list(
            Draft.objects.filter(step__in=(Step.OFFERED, Step.APPROVED)).order_by("changed_at")[:PAGE]
        )
        names = staff_names(draft.holder for draft in offered)
        return [
            {
                "draft": draft,
                "url": text_url(draft.table, draft.row, draft.field, draft.language),
                "kind": kind.model._meta.verbose_name if (kind := kind_of(draft.table)) else draft.table,
                "field": field_label(draft.table, draft.field),
                "holder": names.get(draft.holder, draft.holder),
                "beginning": plain_text(draft.text),
            }
            for draft in offered
        ]

    def _page(
        self, request: HttpRequest, template: str, *, status: int = 200, **context: Any
    ) -> TemplateResponse:
        found = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, template, found, status=status)


def asked_of(given: QueryDict) -> Asked:
    """What an address asks the queue for; what is no filter is left out."""
    page = given.get("page", "")
    language = given.get("language", "")
    return Asked(
        language=language if language in LANGUAGES_MADE else LANGUAGES_MADE[0],
        table=given.get("table", ""),
        condition=given.get("condition", ""),
        length=given.get("length", ""),
        imprisoned=given.get("first") == "imprisoned",
        free=given.get("free") == "1",
        page=min(int(page), 10_000) if page.isdecimal() and len(page) < 7 else 1,
    )


def page_query(asked: Asked, page: int) -> str:
    """The address of another page of the same queue."""
    pairs = {name: getattr(asked, name) for name in _FIELDS}
    pairs |= {"first": "imprisoned" if asked.imprisoned else "", "free": "1" if asked.free else ""}
    return urlencode({name: value for name, value in {**pairs, "page": page}.items() if value})


def text_url(table: str, row: int, field: str, language: str) -> str:
    """The page of one text."""
    return reverse("admin:translating_draft_text", args=[table, row, field, language])


def field_label(table: str, field: str) -> str:
    """What a field is called; its code where the desk has it no longer."""
    known = next((kind for kind in kinds() if kind.table == table), None)
    found = known.field(field) if known else None
    return found.label if found else field


def is_cleared(draft: Draft | None, text: Text | None) -> bool:
    """Whether the Russian as it is now is what a lead cleared."""
    return draft is not None and text is not None and draft.cleared_digest == text.source_digest


def _refuse_strangers(request: HttpRequest, draft: Draft | None) -> None:
    """A volunteer reaches what was given to them and nothing else, not even that it exists."""
    if not is_volunteer(request.user):
        raise PermissionDenied
    mine = staff_actor(int(request.user.pk or 0))
    if draft is None or draft.holder != mine or not draft.is_for_volunteer:
        raise Http404(GONE)
