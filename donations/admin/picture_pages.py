"""The picture of a campaign in the office: one page to add, to replace and to take it away."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from donations.actions.pictures import remove_picture, set_picture
from donations.models import CampaignPicture, CampaignPictureOriginal
from donations.warnings import named_people
from memorial.base.admin.looking import record_seen
from memorial.base.localized import LANGUAGES, all_languages

WORDS: Final = all_languages("alt", "credit")


class PictureForm(forms.Form):
    """A picture and its words, in both languages. Every hidden mark is removed from the file."""

    file = forms.FileField(
        label=gettext_lazy("Picture"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=gettext_lazy(
            "JPEG, PNG or WebP, up to 30 MB; it is shown in greys, three by two. Hidden marks are removed."
        ),
    )
    source_note = forms.CharField(
        label=gettext_lazy("Where it comes from (confidential)"), max_length=300, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in WORDS:
            column: Any = CampaignPicture._meta.get_field(name)
            label = capfirst(str(column.verbose_name))
            # A further language may follow later.
            needed = column.language in LANGUAGES[:2]
            self.fields[name] = forms.CharField(label=label, max_length=column.max_length, required=needed)

    @property
    def words(self) -> dict[str, str]:
        """What was said of the picture, by column."""
        return {name: self.cleaned_data[name] for name in WORDS}

    def clean(self) -> dict[str, Any] | None:
        """What was typed. No money is raised for a named person, and no picture says that it is."""
        cleaned = super().clean()
        for name in all_languages("alt"):
            if places := named_people([self.cleaned_data.get(name) or ""]):
                said = _("Somebody of the encyclopaedia is named here: «… %(words)s …».")
                self.add_error(name, said % {"words": places[0]})
        return cleaned


class PicturePages:
    """Mixed into the page of campaigns."""

    admin_site: Any
    opts: Any

    def get_urls(self) -> list[URLPattern]:
        """Addresses of the picture's pages, before Django's own, which would take any path."""
        wrap = self.admin_site.admin_view
        name = "donations_campaign_picture"
        return [
            path("<int:pk>/picture/", wrap(self.picture_view), name=name),
            path("<int:pk>/picture/original/", wrap(self.original_view), name=f"{name}_original"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def picture_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The picture as it is, a form for another, and a button that takes it away."""
        if not request.user.has_perm("donations.change_campaign"):
            raise PermissionDenied
        campaign = get_object_or_404(self.get_queryset(request), pk=pk)  # type: ignore[attr-defined]
        form = PictureForm(request.POST or None, request.FILES or None)
        if "remove" in request.POST:
            form = PictureForm()
            try:
                remove_picture(campaign=campaign, reason=request.POST.get("reason", ""), by=request.user.pk)
            except ValidationError as error:
                return self._page(request, campaign, form, error.messages)
            return self._done(request, campaign, _("The picture is taken away."))
        if request.method == "POST" and form.is_valid():
            given = form.cleaned_data
            try:
                set_picture(
                    campaign=campaign,
                    data=given["file"].read(),
                    words=form.words,
                    source_note=given["source_note"],
                    by=request.user.pk,
                )
            except ValidationError as error:
                form.add_error("file", error.messages)
            else:
                return self._done(request, campaign, _("The picture is added."))
        return self._page(request, campaign, form, [])

    def original_view(self, request: HttpRequest, pk: int) -> FileResponse:
        """The original, for those who may change the campaign. Raises `PermissionDenied` for others."""
        if not request.user.has_perm("donations.change_campaign"):
            raise PermissionDenied
        original = get_object_or_404(CampaignPictureOriginal, picture__campaign=pk)
        record_seen(request, original)
        return FileResponse(original.file.open("rb"), content_type="image/jpeg", filename="picture.jpg")

    def _done(self, request: HttpRequest, campaign: Any, said: str) -> HttpResponse:
        messages.success(request, said)
        return HttpResponseRedirect(self.record_url(campaign))  # type: ignore[attr-defined]

    def _page(
        self, request: HttpRequest, campaign: Any, form: forms.Form, refused: list[str]
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Picture: %(name)s") % {"name": campaign},
            "opts": self.opts,
            "record": campaign,
            "record_url": self.record_url(campaign),  # type: ignore[attr-defined]
            "form": form,
            "refused": refused,
            "picture": CampaignPicture.objects.filter(campaign=campaign).first(),
            "original_url": reverse("admin:donations_campaign_picture_original", args=[campaign.pk]),
        }
        status = 400 if refused or form.errors else 200
        return TemplateResponse(request, "admin/campaign_picture.html", context, status=status)
