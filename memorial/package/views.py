"""The page on open data, and the file of a version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.defaultfilters import filesizeformat
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from memorial.base.civil_date import civil_date
from memorial.base.localized import current_language
from memorial.base.opendata.about import LICENCE_URL, licence_words
from memorial.base.page_head import PageHead
from memorial.base.page_kinds import Page
from memorial.base.photos import public_storage
from memorial.base.public_pages import keep_briefly, public_page
from memorial.base.typography import NBSP, grouped_number
from memorial.package.contents import CONTENTS
from memorial.package.describing import citation
from memorial.package.models import DataPackage, Withdrawal
from prisoners.display.words import date_words

SECONDS_TO_RENEW = 60


@dataclass(frozen=True)
class ShownVersion:
    """A kept version in a table. `is_ready` says that nothing withdrawn is in it."""

    package: DataPackage
    is_ready: bool

    @property
    def day(self) -> str:
        return date_words(self.package.made_on)

    @property
    def moment(self) -> str:
        return str(self.package.made_on.isoformat())

    @property
    def rows(self) -> str:
        return grouped_number(self.package.rows, current_language())

    @property
    def size(self) -> str:
        return filesizeformat(self.package.size).replace(" ", NBSP)


@method_decorator(public_page(), name="dispatch")
class DataPackageListView(TemplateView):
    """What data there is, on what terms, and the kept versions of all of it."""

    template_name = "package/data.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        stamp = Withdrawal.objects.stamp()
        versions = [ShownVersion(each, each.stamp == stamp) for each in DataPackage.objects.all()]
        said = _("All public data of the encyclopaedia as tables: by list, or whole, with a dictionary.")
        newest = versions[0].package.made_on if versions else civil_date()
        return super().get_context_data(**kwargs) | {
            "head": PageHead(_("Open data"), said, Page("data-packages")),
            "versions": versions,
            "tables": [content.table for content in CONTENTS],
            "licence": licence_words(),
            "licence_url": LICENCE_URL,
            "citation": citation(newest),
        }


@require_safe
def package_file(request: HttpRequest, version: str) -> HttpResponseBase:
    """The file of a version. Raises Http404 for one that is not kept.

    From the moment when anything is withdrawn until the version has been made anew, 503.
    """
    package = DataPackage.objects.filter(made_on=_day(version)).first()
    if package is None:
        raise Http404
    if package.stamp != Withdrawal.objects.stamp():
        return _being_renewed()
    try:
        file = public_storage().open(package.path)
    except FileNotFoundError:
        return _being_renewed()
    response = FileResponse(file, as_attachment=True, filename=package.name, content_type="application/zip")
    return keep_briefly(response)


def _day(version: str) -> date:
    try:
        return date.fromisoformat(version)
    except ValueError:
        raise Http404


def _being_renewed() -> HttpResponse:
    said = (
        "Этот файл обновляется: из него убирают отозванные строки. Попробуйте через минуту.\n"
        "This file is being renewed: withdrawn rows are taken out. Please try again in a minute.\n"
    )
    headers = {"Retry-After": str(SECONDS_TO_RENEW), "Cache-Control": "no-store"}
    return HttpResponse(said, status=503, content_type="text/plain; charset=utf-8", headers=headers)
