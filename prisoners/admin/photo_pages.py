"""Photos: one page to add one, a page each to show and to hide one, and a view of the original for staff."""

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

from memorial.base.admin.looking import record_seen
from prisoners import actions
from prisoners.admin.rights import may_edit, may_publish
from prisoners.models import Photo, PhotoOriginal


def photo_url(photo: Photo, verb: str) -> str:
    """The page that shows or hides one photo."""
    return reverse("admin:prisoners_photo_do", args=[photo.pk, verb])


def original_url(photo: Photo) -> str:
    """Where staff see the original."""
    return reverse("admin:prisoners_photo_original", args=[photo.pk])


class PhotoForm(forms.Form):
    """A new photo and its words. Place, camera and every other hidden mark are removed from the file."""

    file = forms.FileField(
        label=gettext_lazy("Photo"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=gettext_lazy("JPEG, PNG or WebP, up to 30 MB. Hidden marks (place, camera) are removed."),
    )
    alt_ru = forms.CharField(
        label=gettext_lazy("What the photo shows (Russian)"), max_length=200, required=False
    )
    alt_en = forms.CharField(
        label=gettext_lazy("What the photo shows (English)"), max_length=200, required=False
    )
    credit_ru = forms.CharField(
        label=gettext_lazy("Whose photo it is (Russian)"), max_length=200, required=False
    )
    credit_en = forms.CharField(
        label=gettext_lazy("Whose photo it is (English)"), max_length=200, required=False
    )
    source_note = forms.CharField(
        label=gettext_lazy("Where it comes from (confidential)"), max_length=300, required=False
    )


class PhotoPages:
    """Mixed into the page of people."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        """Addresses of the photo pages."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/photo/", wrap(self.add_photo_view), name="prisoners_prisoner_add_photo"),
            path("photos/<int:pk>/original/", wrap(self.original_view), name="prisoners_photo_original"),
            path("photos/<int:pk>/<slug:verb>/", wrap(self.photo_view), name="prisoners_photo_do"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def add_photo_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Uploads one photo of a person."""
        _require(may_edit(request.user, "prisoner"))
        person = get_object_or_404(self.get_queryset(request), pk=pk)  # type: ignore[attr-defined]
        form = PhotoForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            words = dict(form.cleaned_data)
            try:
                actions.add_photo(prisoner=person, data=words.pop("file").read(), by=request.user.pk, **words)
            except ValidationError as error:
                form.add_error("file", error)
            else:
                messages.success(request, _("The photo is added."))
                return HttpResponseRedirect(self.record_url(person))  # type: ignore[attr-defined]
        context = self._photo_context(request, _("Add a photo: %(name)s") % {"name": person}, person)
        return TemplateResponse(request, "admin/add_photo.html", {**context, "form": form})

    def photo_view(self, request: HttpRequest, pk: int, verb: str) -> HttpResponse:
        """Shows one photo to readers, or hides it."""
        photo: Any = get_object_or_404(Photo.objects.select_related("prisoner"), pk=pk)
        hides = verb != "publish"
        _require(may_edit(request.user, "prisoner") if hides else may_publish(request.user, "prisoner"))
        errors: list[str] = []
        reason = request.POST.get("reason", "")
        if request.method == "POST":
            try:
                do = actions.hide_photo if hides else actions.publish_photo
                do(photo=photo, reason=reason, by=request.user.pk)
            except ValidationError as error:
                errors = error.messages
            else:
                messages.success(request, _("The photo is hidden.") if hides else _("The photo is shown."))
                return HttpResponseRedirect(self.record_url(photo.prisoner))  # type: ignore[attr-defined]
        title = _("Hide this photo") if hides else _("Show this photo")
        context = self._photo_context(request, f"{title}: {photo.prisoner}", photo.prisoner)
        own = {"photo": photo, "hides": hides, "errors": errors, "reason": reason, "label": title}
        return TemplateResponse(
            request, "admin/photo.html", {**context, **own}, status=400 if errors else 200
        )

    def original_view(self, request: HttpRequest, pk: int) -> FileResponse:
        """The original, for those who may see confidential files. Raises `PermissionDenied` for others."""
        _require(request.user.has_perm("prisoners.view_photooriginal"))
        original = get_object_or_404(PhotoOriginal, photo=pk)
        record_seen(request, original)
        return FileResponse(original.file.open("rb"), content_type="image/jpeg", filename="photo.jpg")

    def _photo_context(self, request: HttpRequest, title: str, person: Any) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "record": person,
            "record_url": self.record_url(person),  # type: ignore[attr-defined]
        }


def _require(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied
