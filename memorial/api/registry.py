"""The resources of the API, in the order in which its documentation tells them."""

from typing import Final

from memorial.api.findings import FINDINGS_RESOURCE
from memorial.api.hearings import HEARINGS_RESOURCE
from memorial.api.law import ARTICLES_RESOURCE, CASES_RESOURCE
from memorial.api.people import PEOPLE_RESOURCE
from memorial.api.places import FACILITIES_RESOURCE, REGIONS_RESOURCE
from memorial.api.resources import Resource
from memorial.api.statistics import STATISTICS_RESOURCE

RESOURCES: Final[tuple[Resource, ...]] = (
    PEOPLE_RESOURCE,
    CASES_RESOURCE,
    ARTICLES_RESOURCE,
    FACILITIES_RESOURCE,
    REGIONS_RESOURCE,
    HEARINGS_RESOURCE,
    FINDINGS_RESOURCE,
    STATISTICS_RESOURCE,
)
