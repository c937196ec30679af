"""Cards and rows of a list are kept, and every change is seen as if none were: at once, not a second later."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from memorial.base.choices import State
from memorial.base.kept_pieces import KeptPieces, Moment
from prisoners import shown_cards
from prisoners.actions import reduce_to_initials, withdraw
from prisoners.models import Prisoner
from tests.factories import PrisonerFactory, StayFactory

# Nothing is kept in a transaction, which is what a test is otherwise.
in_earnest = pytest.mark.django_db(transaction=True)
LIST = "/ru/prisoners/"
LOOKS = ["", "?view=table", "?sort=updated"]


@pytest.fixture(autouse=True)
def _nothing_kept():
    shown_cards.forget_cards()


@pytest.fixture
def rendered(monkeypatch):
    """The numbers of those whose cards were rendered."""
    asked = []
    make = shown_cards._rendered

    def noted(numbers, on, look):
        asked.extend(numbers)
        return make(numbers, on, look)

    monkeypatch.setattr(shown_cards, "_rendered", noted)
    return asked


def page(reader, address=LIST):
    return reader.get(address).content.decode()


@in_earnest
def test_a_kept_page_is_the_same_page_in_each_language_and_look_and_asks_less(reader, rendered):
    people = [
        PrisonerFactory(surname_ru=name, surname_en=other, given_names_en="Lev", updated_on=date(2024, 5, 3))
        for name, other in (("Абзалин", "Abzalin"), ("Бурмагин", "Burmagin"))
    ]
    pages = [f"/{language}/prisoners/{look}" for language in ("ru", "en") for look in LOOKS]
    with CaptureQueriesContext(connection) as cold:
        first = [page(reader, address) for address in pages]
    assert rendered == [person.pk for person in people] * len(pages)
    rendered.clear()
    with CaptureQueriesContext(connection) as warm:
        assert [page(reader, address) for address in reversed(pages)] == first[::-1]
    assert rendered == []
    assert len(cold) - len(warm) >= len(pages)
    assert "Абзалин" in first[0]
    assert "Abzalin" in first[3]
    assert ["Обновлено 3" in seen for seen in first[:3]] == [False, False, True]


@in_earnest
def test_what_changes_is_seen_at_once(reader, rendered, monkeypatch):
    person = PrisonerFactory(surname_ru="Абзалин", surname_en="Abzalin", charges_ru="ст. 280.3 УК РФ")
    other = PrisonerFactory(surname_ru="Бурмагин")
    addresses = [f"{LIST}{look}" for look in LOOKS]
    for address in addresses:
        assert "280.3" in page(reader, address)
    # A fact of the person.
    Prisoner.objects.filter(pk=person.pk).update(charges_ru="ст. 207.3 УК РФ")
    for address in addresses:
        seen = page(reader, address)
        assert "280.3" not in seen
        assert "207.3" in seen
    # A row of another table.
    before = page(reader)
    StayFactory(prisoner=person)
    assert page(reader) != before
    # A new day.
    rendered.clear()
    with monkeypatch.context() as tomorrow:
        for module in ("memorial.base.public_pages", "prisoners.filters.list_view", "cases.selection.people"):
            tomorrow.setattr(f"{module}.civil_date", lambda: date(2031, 5, 3), raising=False)
        page(reader)
    assert sorted(rendered) == [person.pk, other.pk]
    for address in addresses:
        page(reader, address)
    # A draft changes nothing.
    draft = PrisonerFactory(state=State.DRAFT)
    page(reader)
    rendered.clear()
    Prisoner.objects.filter(pk=draft.pk).update(gender="f")
    page(reader)
    assert rendered == []


@in_earnest
def test_initials_and_hiding_take_effect_at_once(reader, rendered):
    person = PrisonerFactory(surname_ru="Абзалин", surname_en="Abzalin")
    hidden, other = (PrisonerFactory(surname_ru=name) for name in ("Бурмагин", "Ветров"))
    addresses = [f"/{language}/prisoners/{look}" for language in ("ru", "en") for look in LOOKS]
    before = "".join(page(reader, address) for address in addresses)
    assert "Абзалин" in before
    assert "Abzalin" in before
    reduce_to_initials(prisoner=person, reason="Asked", by=None)
    for address in addresses:
        seen = page(reader, address).lower()
        assert "абзалин" not in seen
        assert "abzalin" not in seen
    withdraw(prisoner=hidden, reason="Asked", by=None)
    rendered.clear()
    seen = page(reader)
    assert "Бурмагин" not in seen
    assert "Ветров" in seen
    assert set(rendered) == {person.pk, other.pk}
    with transaction.atomic():
        # No version tells what a transaction has changed itself.
        Prisoner.objects.filter(pk=other.pk).update(surname_ru="Соловейко")
        assert "Соловейко" in page(reader)
        transaction.set_rollback(True)
    assert "Ветров" in page(reader)


class TestPieces:
    """The keeper by itself."""

    def ask(self, kept, ids, version=1, public=None):
        made = []

        def make(missing):
            made.extend(missing)
            return {each: f"{version}/{each}" for each in missing}

        return kept.get(
            "card", ids, Moment(version, frozenset(ids if public is None else public)), make
        ), made

    def test_only_those_missing_are_made(self):
        kept = KeptPieces(most=9)
        self.ask(kept, [1, 2])
        assert self.ask(kept, [3, 2, 1]) == (["1/3", "1/2", "1/1"], [3])

    def test_another_version_forgets_all(self):
        kept = KeptPieces(most=9)
        self.ask(kept, [1])
        assert self.ask(kept, [1], version=2) == (["2/1"], [1])

    def test_the_least_shown_goes(self):
        kept = KeptPieces(most=2)
        for ids in ([1], [2], [1], [3]):
            self.ask(kept, ids)
        assert self.ask(kept, [1, 2])[1] == [2]

    def test_who_is_not_public_is_neither_shown_nor_made(self):
        kept = KeptPieces(most=9)
        self.ask(kept, [1, 2])
        assert self.ask(kept, [1, 2, 3], public=[2]) == (["1/2"], [])
