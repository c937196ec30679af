"""Pages beside a piece of news: the preview, the moment of publication, the texts to paste."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.base.civil_date import civil_date
from memorial.base.localized import LANGUAGES
from memorial.due.models import DueWork
from memorial.news.actions import PUBLISH, plan_news
from memorial.news.models import NewsItem
from memorial.news.obstacles import names_of_hidden, news_obstacles
from memorial.news.telegram import telegram_text

_FORMAT = "%Y-%m-%dT%H:%M"


class MomentForm(forms.Form):
    """When to publish: a day and a time in Moscow."""

    at = forms.DateTimeField(
        label=gettext_lazy("Publish at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_FORMAT),
        input_formats=[_FORMAT, f"{_FORMAT}:%S"],
        help_text=gettext_lazy("Time in Moscow. What stands in the way is asked again at that moment."),
    )


def _planned_moment(pk: int) -> datetime | None:
    return DueWork.objects.open().of(PUBLISH, pk).values_list("due_at", flat=True).first()


class NewsPages:
    """Mixed into the page of news: `preview/`, `plan/` and `texts/` below it."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        """The pages before Django's own, which would take any path."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/preview/", wrap(self.preview_view), name="news_newsitem_preview"),
            path("<int:pk>/preview/<slug:language>/", wrap(self.frame_view), name="news_newsitem_frame"),
            path("<int:pk>/plan/", wrap(self.plan_view), name="news_newsitem_plan"),
            path("<int:pk>/texts/", wrap(self.texts_view), name="news_newsitem_texts"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Both languages as readers will see them."""
        item = self._item(request, pk)
        frames = [
            (code, name, reverse("admin:news_newsitem_frame", args=[pk, code]))
            for code, name in self.admin_site.each_context(request)["office_languages"]
        ]
        context = self._context(request, item, _("Preview: %(name)s") % {"name": item}) | {"frames": frames}
        return TemplateResponse(request, "admin/preview.html", context)

    def frame_view(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        """One language: the readers' own template and context, marked at the top."""
        from memorial.news.views import news_context

        if language not in LANGUAGES:
            raise Http404
        item = self._item(request, pk)
        with translation.override(language):
            page = render_to_string(
                "admin/news_frame.html", news_context(item, civil_date()), request=request
            )
        return HttpResponse(page)

    def plan_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks for the moment (GET) and plans the publication for it (POST)."""
        if not request.user.has_perm("news.publish_newsitem"):
            raise PermissionDenied
        item = self._item(request, pk)
        if not item.is_in_work:
            raise Http404
        form = MomentForm(request.POST or None, initial={"at": _planned_moment(pk)})
        if request.method == "POST" and form.is_valid():
            try:
                plan_news(newsitem=item, at=form.cleaned_data["at"], by=int(request.user.pk or 0))
            except ValidationError as error:
                form.add_error(None, ValidationError(error.messages))
            else:
                when = timezone.localtime(form.cleaned_data["at"])
                said = _("It will be published on %(day)s at %(time)s, Moscow time.")
                messages.success(request, said % {"day": f"{when:%d.%m.%Y}", "time": f"{when:%H:%M}"})
                return HttpResponseRedirect(reverse("admin:news_newsitem_change", args=[pk]))
        context = self._context(request, item, _("Publish at a moment: %(name)s") % {"name": item}) | {
            "form": form,
            "obstacles": [] if request.method == "POST" else news_obstacles(item),
            "warnings": names_of_hidden(item),
        }
        return TemplateResponse(
            request, "admin/news_plan.html", context, status=400 if request.method == "POST" else 200
        )

    def texts_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The text to paste into a channel, in each language. Nothing is sent from here."""
        item = self._item(request, pk)
        context = self._context(request, item, _("Texts to send: %(title)s") % {"title": item}) | {
            "texts": [telegram_text(item, code) for code in LANGUAGES]
        }
        return TemplateResponse(request, "admin/news_texts.html", context)

    def _item(self, request: HttpRequest, pk: int) -> NewsItem:
        if not self.has_view_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        found: NewsItem = get_object_or_404(self.get_queryset(request), pk=pk)  # type: ignore[attr-defined]
        return found

    def _context(self, request: HttpRequest, item: NewsItem, title: str) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "record": item,
            "record_url": reverse("admin:news_newsitem_change", args=[item.pk]),
        }
