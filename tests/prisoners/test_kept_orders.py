"""A list keeps its order until something public changes, and never shows who is hidden."""

import pytest
from django.db import transaction

from memorial.base.choices import State
from memorial.base.content_version import forget_content_version
from memorial.base.kept import Kept
from prisoners.models import Prisoner
from tests.factories import PrisonerFactory

# Nothing is kept in a transaction, which is what a test is otherwise.
pytestmark = pytest.mark.django_db(transaction=True)
LIST = "/ru/prisoners/"


def test_who_is_hidden_is_gone_at_once_though_the_order_is_kept(reader):
    first, second = (PrisonerFactory(surname_ru=name) for name in ("Абзалин", "Бурмагин"))
    assert "Абзалин" in reader.get(LIST).content.decode()
    Prisoner.objects.filter(pk=first.pk).update(state=State.WITHDRAWN)
    # The version is read once a second: the order is the old one still.
    page = reader.get(LIST).content.decode()
    assert "Абзалин" not in page
    assert "Бурмагин" in page
    assert second.slug in page


def test_a_change_makes_the_order_anew(reader):
    PrisonerFactory(surname_ru="Бурмагин")
    reader.get(LIST)
    PrisonerFactory(surname_ru="Абзалин")
    forget_content_version()
    page = reader.get(LIST).content.decode()
    assert page.index("Абзалин") < page.index("Бурмагин")
    assert ">А</a>" in page


def test_in_a_transaction_nothing_is_kept(reader):
    PrisonerFactory(surname_ru="Бурмагин")
    reader.get(LIST)
    with transaction.atomic():
        PrisonerFactory(surname_ru="Абзалин")
        assert "Абзалин" in reader.get(LIST).content.decode()


def test_an_edit_of_a_draft_leaves_the_order_kept(reader, django_assert_num_queries):
    PrisonerFactory()
    draft = PrisonerFactory(state=State.DRAFT)
    reader.get(LIST)
    Prisoner.objects.filter(pk=draft.pk).update(gender="f")
    forget_content_version()
    # The role taken and given back, the version, and one statement: who of the page is published, the last change.
    with django_assert_num_queries(4):
        reader.get(LIST)


def test_the_least_asked_go_when_there_are_too_many():
    kept, made = Kept(most=5), []

    def ask(key: str) -> None:
        kept.get(key, lambda: made.append(key) or [1, 2])

    for key in "abacab":
        ask(key)
    # "b" had to go for "c", and came back in the place of it.
    assert made == ["a", "b", "c", "b"]


def test_one_that_is_too_large_by_itself_is_kept_all_the_same():
    kept, made = Kept(most=1), []
    for _time in range(2):
        kept.get("all", lambda: made.append(1) or [1, 2, 3])
    assert made == [1]
