"""A source tells of its fact: while nobody has verified the fact, readers may not have its source either."""

import pytest
from django.db import connection

from prisoners.models import Stay
from tests.factories import CitationFactory, StayFactory

pytestmark = pytest.mark.django_db


def sources_that_readers_have():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE site_ro")
        cursor.execute("SELECT count(id) FROM prisoners_citation")
        (number,) = cursor.fetchone()
        cursor.execute("RESET ROLE")
    return number


def test_the_source_of_an_unverified_fact_is_kept_from_readers_until_it_is_verified():
    stay = StayFactory(verification="unverified")
    CitationFactory(prisoner=None, stay=stay)
    assert sources_that_readers_have() == 0
    Stay.objects.update(verification="one_source")
    assert sources_that_readers_have() == 1
