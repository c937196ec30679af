"""A stay knows the region of its institution, by whatever path it is written."""

import pytest

from prisoners.models import Stay
from tests.factories import FacilityFactory, RegionFactory, StayFactory

pytestmark = pytest.mark.django_db


def test_the_region_comes_with_the_institution():
    stay = StayFactory(region=None)
    stay.refresh_from_db()
    assert stay.region == stay.facility.region


def test_it_follows_when_the_person_is_moved():
    stay, other = StayFactory(), FacilityFactory()
    Stay.objects.filter(pk=stay.pk).update(facility=other)
    stay.refresh_from_db()
    assert stay.region == other.region


def test_what_is_entered_stands_where_no_institution_tells_it():
    region = RegionFactory()
    without_place = StayFactory(facility=None, region=region)
    without_region = StayFactory(facility=FacilityFactory(region=None), region=region)
    for stay in (without_place, without_region):
        stay.refresh_from_db()
        assert stay.region == region
