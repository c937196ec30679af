"""What every test of a page needs: one fixed day, no remembered content version."""

import pytest

from tests.cases_law import world
from tests.factories import PrisonerFactory
from tests.pages.conftest import _fixed_day, _version_read_anew

__all__ = ["_fixed_day", "_version_read_anew"]


@pytest.fixture
def people():
    return [
        PrisonerFactory(surname_ru="Горинцев", surname_en="Gorintsev", slug="gorintsev"),
        PrisonerFactory(surname_ru="Ладожская", surname_en="Ladozhskaya", slug="ladozhskaya"),
    ]


@pytest.fixture
def article(people):
    return world.law(*people)
