"""The addresses of the API: what a request asks, and what it is answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial, wraps
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve, reverse
from django.utils import translation
from django.views.decorators.http import condition

from memorial.api import answers
from memorial.api.answers import absolute
from memorial.api.contents import Asked, RecordList, whole_record
from memorial.api.openapi import description
from memorial.api.parameters import DAY, LANGUAGE, Parameter, Refused, day, only, read
from memorial.api.registry import RESOURCES
from memorial.api.resources import Resource
from memorial.base.civil_date import civil_date
from memorial.base.localized import LANGUAGES
from memorial.base.partial_date.value import FIRST_YEAR
from memorial.base.public_pages import keep_briefly, page_etag
from prisoners.old_addresses import new_address

View = Callable[..., HttpResponse]
_OPENAPI: Final = "application/vnd.oai.openapi+json;version=3.1"


def _etag(request: HttpRequest, *_args: Any, **_kwargs: Any) -> str:
    return page_etag(request.get_full_path())


def api_view(view: View) -> View:
    """Decorates a view of the API: read only, asked again by ETag without work, errors as problems.

    The language is that of `lang`, and not of the address, which has none.
    """
    read_only = condition(etag_func=_etag)(_understood(view))

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return answers.preflight()
        asked = request.GET.get(LANGUAGE.name, "")
        with translation.override(asked if asked in LANGUAGES else LANGUAGES[0]):
            if request.method not in ("GET", "HEAD"):
                return answers.wrong_method()
            response = read_only(request, *args, **kwargs)
            if response.status_code >= 400:
                # Made of the address: what is hidden would not answer exactly like what is absent.
                response.headers.pop("ETag", None)
            # A 304 is Django's own, and must say what the whole answer would.
            return keep_briefly(answers.open_to_all(response))

    return answered  # type: ignore[return-value]  # condition() says less than it gives


def _understood(view: View) -> View:
    def understood(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            return answers.problem(400, str(refused.why), parameter=refused.parameter)

    return understood


@api_view
def index(request: HttpRequest) -> HttpResponse:
    """What there is: the resources, the description for programs, that for people."""
    _nothing_but_language(request)
    resources = [
        {
            "name": each.name,
            "title": str(each.table.title),
            "description": str(each.table.description),
            "url": absolute(each.path),
        }
        for each in RESOURCES
    ]
    more = {"url": absolute(reverse("api-index")), "openapi": absolute(reverse("api-openapi"))}
    return answers.answer({"data": resources, "meta": answers.about(civil_date()) | more})


@api_view
def openapi(request: HttpRequest) -> HttpResponse:
    """The description for programs (OpenAPI 3.1), with the values of filters that find something today."""
    _nothing_but_language(request)
    return answers.answer(description(RESOURCES), content_type=_OPENAPI)


def _nothing_but_language(request: HttpRequest) -> None:
    known: tuple[Parameter, ...] = (LANGUAGE,)
    read(request.GET, known)


def list_view(resource: Resource) -> View:
    """The view of a resource's list."""
    return api_view(partial(_list, resource))


def _list(resource: Resource, request: HttpRequest) -> HttpResponse:
    asked, today = read(request.GET, resource.parameters), civil_date()
    on = _day(asked, today)
    if on is None:
        return answers.absent()
    chosen = resource.select(only(request.GET, resource.filters), on)
    records = RecordList(resource, chosen, asked, on, today)
    response = answers.answer(records.as_data())
    if records.next_url:
        response.headers["Link"] = f'<{records.next_url}>; rel="next"'
    return response


def _day(asked: Asked, today: date) -> date | None:
    """The day that is asked about; None for one that is ahead, or before any date that is written here.

    Only some resources can be asked about another day than today.
    """
    on = day(asked[DAY.name][0]) if DAY.name in asked else today
    return on if on <= today and on.year >= FIRST_YEAR else None


def detail_view(resource: Resource) -> View:
    """The view of one record of a resource."""
    return api_view(partial(_detail, resource))


def _detail(resource: Resource, request: HttpRequest, **kwargs: Any) -> HttpResponse:
    today, key = civil_date(), str(kwargs[resource.argument])
    on = _day(read(request.GET, resource.of_record), today)
    number = resource.find(key)
    rows = list(resource.load([number], on)) if number is not None and on is not None else []
    if rows and on is not None:
        return answers.answer(whole_record(resource, rows[0], on, today))
    return _moved(request, resource, key) or answers.absent()


def _moved(request: HttpRequest, resource: Resource, key: str) -> HttpResponse | None:
    """A redirect from an old identifier to that of today, where the page has one."""
    found = new_address(f"{resource.moved_from}{key}/") if resource.moved_from else None
    if found is None or not found.startswith(resource.moved_from):
        return None
    slug = found.removeprefix(resource.moved_from).rstrip("/")
    return _redirect(request, resource.record_path(slug)) if slug and "/" not in slug else None


def _redirect(request: HttpRequest, path: str) -> HttpResponse:
    """To another address, with the same question."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)


@api_view
def nothing(request: HttpRequest, path: str) -> HttpResponse:
    """404 for every other address, a redirect where only the last slash is missing."""
    if not path.endswith("/"):
        try:
            is_known = resolve(f"{request.path_info}/").url_name != "api-nothing"
        except Resolver404:
            is_known = False
        if is_known:
            return _redirect(request, f"{request.path_info}/")
    return answers.absent()
