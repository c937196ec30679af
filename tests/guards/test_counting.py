"""The counter of queries counts what a page asks, and finds a page that asks once a row."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

from prisoners.models import Prisoner
from tests.counting import counted, page_queries, same_number_of_queries
from tests.factories import PrisonerFactory

pytestmark = pytest.mark.django_db


def asks_once_a_row(request: HttpRequest) -> HttpResponse:
    return HttpResponse("".join(str(person.citizenships.count()) for person in Prisoner.objects.all()))


def asks_once(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(Prisoner.objects.count()))


def absent(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=404)


urlpatterns = [path("ru/once/", asks_once), path("ru/a-row/", asks_once_a_row), path("ru/absent/", absent)]


@override_settings(ROOT_URLCONF=__name__)
def test_taking_on_a_role_is_not_counted(reader):
    assert len(page_queries(reader, "/ru/once/")) == 1


@override_settings(ROOT_URLCONF=__name__)
def test_a_page_that_asks_once_a_row_is_found(reader):
    with pytest.raises(AssertionError, match="3 rows: 4 queries"):
        same_number_of_queries(reader, "/ru/a-row/", add_row=PrisonerFactory)


@override_settings(ROOT_URLCONF=__name__)
def test_a_page_that_asks_once_passes(reader):
    assert same_number_of_queries(reader, "/ru/once/", add_row=PrisonerFactory) == 1


@override_settings(ROOT_URLCONF=__name__)
def test_a_page_with_another_status_is_no_count(reader):
    with pytest.raises(AssertionError, match="answered 404"):
        page_queries(reader, "/ru/absent/")


def test_the_list_of_statements_is_shown_with_a_failure():
    with counted() as queries:
        Prisoner.objects.count()
    assert str(queries).startswith("1 queries:\n1. SELECT COUNT(*)")
