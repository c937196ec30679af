"""The site's addresses and one more, which exists only while `bench` runs: 30 KB, and nothing done for it."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.http import condition

from memorial.urls import urlpatterns as site

_BODY = b"hello, world. \n" * 2048


@condition(etag_func=lambda _request: '"hello"')
def hello(_request: HttpRequest) -> HttpResponse:
    """The yardstick: what Django itself costs for an answer as large as a page."""
    return HttpResponse(_BODY)


urlpatterns: list[URLPattern | URLResolver] = [path("hello/", hello), *site]
