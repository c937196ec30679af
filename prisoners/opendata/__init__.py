"""Tables of open data about people and places: what their columns say, and which rows they are made of."""

from prisoners.opendata.facts import RECOGNITIONS, STAYS, recognitions_of, stays_of
from prisoners.opendata.people import PEOPLE
from prisoners.opendata.person_row import PERSON_BELONGINGS, PersonRow
from prisoners.opendata.places import FACILITIES, REGIONS

__all__ = [
    "FACILITIES",
    "PEOPLE",
    "PERSON_BELONGINGS",
    "RECOGNITIONS",
    "REGIONS",
    "STAYS",
    "PersonRow",
    "recognitions_of",
    "stays_of",
]
