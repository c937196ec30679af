"""The picture of a piece of news in the office: one page to add, to replace and to take it away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.base.localized import all_languages
from memorial.news.models import NewsItem, NewsPicture, NewsPictureOriginal
from memorial.news.pictures import remove_picture, set_picture


class PictureForm(forms.Form):
    """A picture and its words, in both languages. Every hidden mark is removed from the file."""

    file = forms.FileField(
        label=gettext_lazy("Picture"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=gettext_lazy(
            "JPEG, PNG or WebP, up to 30 MB; it is shown in greys, three by two. Hidden marks are removed."
        ),
    )
    alt_ru = forms.CharField(label=gettext_lazy("What the picture shows (Russian)"), max_length=200)
    alt_en = forms.CharField(label=gettext_lazy("What the picture shows (English)"), max_length=200)
    credit_ru = forms.CharField(label=gettext_lazy("Whose picture it is (Russian)"), max_length=200)
    credit_en = forms.CharField(label=gettext_lazy("Whose picture it is (English)"), max_length=200)
    licence = forms.CharField(label=gettext_lazy("Licence"), max_length=80, required=False)
    source_note = forms.CharField(
        label=gettext_lazy("Where it comes from (confidential)"), max_length=300, required=False
    )


class PicturePages:
    """Mixed into the page of news: `picture/` and the original."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        """Addresses of the picture's pages, before Django's own, which would take any path."""
        wrap = self.admin_site.admin_view
        name = "news_newsitem_picture"
        return [
            path("<int:pk>/picture/", wrap(self.picture_view), name=name),
            path("<int:pk>/picture/original/", wrap(self.original_view), name=f"{name}_original"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def picture_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The picture as it is, a form for another, and a button that takes it away."""
        item = self._changed_item(request, pk)
        if "remove" in request.POST:
            try:
                remove_picture(newsitem=item, reason=request.POST.get("reason", ""), by=request.user.pk)
            except ValidationError as error:
                return self._picture_page(request, item, PictureForm(), error.messages)
            return self._picture_done(request, item, _("The picture is taken away."))
        form = PictureForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            given = dict(form.cleaned_data)
            words = {name: given.pop(name) for name in all_languages("alt", "credit") if name in given}
            try:
                data = given.pop("file").read()
                set_picture(newsitem=item, data=data, words=words, by=request.user.pk, **given)
            except ValidationError as error:
                form.add_error("file", error.messages)
            else:
                return self._picture_done(request, item, _("The picture is added."))
        return self._picture_page(request, item, form, [])

    def original_view(self, request: HttpRequest, pk: int) -> FileResponse:
        """The original, for those who may change the news. Raises `PermissionDenied` for others."""
        item = self._changed_item(request, pk)
        original = get_object_or_404(NewsPictureOriginal, picture__item=item)
        return FileResponse(original.file.open("rb"), content_type="image/jpeg", filename="picture.jpg")

    def _changed_item(self, request: HttpRequest, pk: int) -> NewsItem:
        if not request.user.has_perm("news.change_newsitem"):
            raise PermissionDenied
        found: NewsItem = get_object_or_404(NewsItem, pk=pk)
        return found

    def _picture_done(self, request: HttpRequest, item: NewsItem, said: str) -> HttpResponse:
        messages.success(request, said)
        return HttpResponseRedirect(reverse("admin:news_newsitem_change", args=[item.pk]))

    def _picture_page(
        self, request: HttpRequest, item: NewsItem, form: forms.Form, refused: list[str]
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Picture: %(name)s") % {"name": item},
            "opts": self.opts,
            "record": item,
            "record_url": reverse("admin:news_newsitem_change", args=[item.pk]),
            "form": form,
            "refused": refused,
            "picture": NewsPicture.objects.filter(item=item).first(),
            "original_url": reverse("admin:news_newsitem_picture_original", args=[item.pk]),
        }
        status = 400 if refused or form.errors else 200
        return TemplateResponse(request, "admin/campaign_picture.html", context, status=status)
