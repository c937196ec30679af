"""Two people write at the same moment: what the filters keep is right when both are done, without a rebuild."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from cases.actions.publish import locked
from cases.models import (
    Case,
    FindingPerson,
    InternationalFinding,
    Prosecution,
    PublishedCase,
    PublishedPerson,
)
from memorial.base.choices import State
from memorial.base.derived_tables import rebuild
from prisoners.models import Facility, Prisoner, Stay
from tests.factories import (
    CaseFactory,
    ChargeFactory,
    DraftFactory,
    FacilityFactory,
    PrisonerFactory,
    ProsecutionFactory,
)
from tests.filters.world import rows

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PATIENCE = 10


class Writer(threading.Thread):
    """Somebody with a connection of their own, who has written and not yet committed until told to."""

    def __init__(self, change: Callable[[], object], start: threading.Barrier | None = None) -> None:
        super().__init__(daemon=True)
        self.change, self.begin = change, start
        self.has_written, self.may_commit = threading.Event(), threading.Event()
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '8s'")
                if self.begin:
                    self.begin.wait(PATIENCE)
                self.change()
                self.has_written.set()
                assert self.may_commit.wait(PATIENCE)
        except Exception as error:  # raised again by finish()
            self.error = error
        finally:
            self.has_written.set()
            connection.close()

    def finish(self) -> None:
        self.may_commit.set()
        self.join(PATIENCE)
        assert not self.is_alive()
        if self.error:
            raise self.error


def one_behind_the_other(first: Callable[[], object], second: Callable[[], object]) -> None:
    """The second writes while the first has not committed, and waits or does not."""
    one, other = Writer(first), Writer(second)
    one.start()
    assert one.has_written.wait(PATIENCE)
    other.start()
    other.has_written.wait(0.4)
    one.finish()
    other.finish()


def at_the_same_moment(first: Callable[[], object], second: Callable[[], object]) -> None:
    """Both start from one barrier and commit as soon as they have written."""
    start = threading.Barrier(2)
    writers = [Writer(change, start) for change in (first, second)]
    for writer in writers:
        writer.may_commit.set()
        writer.start()
    for writer in writers:
        writer.finish()


def one_before(first: Callable[[], object], second: Callable[[], object]) -> None:
    one_behind_the_other(second, first)


ORDERS = [one_behind_the_other, one_before, at_the_same_moment]


def publish(record) -> Callable[[], object]:
    """The state alone: obstacles of publication are tested elsewhere."""

    def change() -> None:
        row = locked(record) if isinstance(record, Case) else record
        type(row).objects.filter(pk=row.pk).update(state=State.PUBLISHED)

    return change


def add(model, **fields) -> Callable[[], object]:
    return lambda: model.objects.create(**fields)


def assert_kept_rows_are_right() -> None:
    kept = rows()
    rebuild(PublishedPerson)
    rebuild(PublishedCase)
    assert kept == rows()


@pytest.mark.parametrize("together", ORDERS)
def test_a_case_is_published_while_a_person_is_added_to_it(together):
    case, person = CaseFactory(slug="new", state=State.DRAFT), PrisonerFactory()
    ProsecutionFactory(case=case)
    together(publish(case), add(Prosecution, case=case, prisoner=person, in_absentia=True))
    assert "case=new" in PublishedPerson.objects.get(pk=person.pk).traits
    assert "absentia=yes" in PublishedCase.objects.get(pk=case.pk).traits
    assert_kept_rows_are_right()


@pytest.mark.parametrize("together", ORDERS)
def test_a_person_is_published_while_added_to_a_case(together):
    case, person = CaseFactory(slug="new"), DraftFactory()
    together(publish(person), add(Prosecution, case=case, prisoner=person, in_absentia=True))
    assert "case=new" in PublishedPerson.objects.get(pk=person.pk).traits
    assert "absentia=yes" in PublishedCase.objects.get(pk=case.pk).traits
    assert_kept_rows_are_right()


@pytest.mark.parametrize("together", ORDERS)
@pytest.mark.parametrize("what", ["case", "person"])
def test_a_publication_while_somebody_is_charged(together, what):
    case = CaseFactory(state=State.DRAFT if what == "case" else State.PUBLISHED)
    person = PrisonerFactory(state=State.DRAFT if what == "person" else State.PUBLISHED)
    prosecution = ProsecutionFactory(case=case, prisoner=person)
    published = publish(case if what == "case" else person)
    together(
        published, lambda: ChargeFactory(prosecution=prosecution, article=None, code="uk-ua", number="111")
    )
    assert "article=uk-ua-111" in PublishedCase.objects.get(pk=case.pk).traits
    assert "article=uk-ua-111" in PublishedPerson.objects.get(pk=person.pk).traits
    assert_kept_rows_are_right()


@pytest.mark.parametrize("together", ORDERS)
def test_an_institution_is_hidden_while_somebody_arrives_there(together):
    person, place = PrisonerFactory(), FacilityFactory(slug="ik-9")
    stay = add(
        Stay, prisoner=person, facility=place, reason="serving", ongoing=True, verification="one_source"
    )
    hide = lambda: Facility.objects.filter(pk=place.pk).update(state=State.WITHDRAWN)  # noqa: E731
    together(hide, stay)
    assert "place=ik-9" not in PublishedPerson.objects.get(pk=person.pk).traits
    assert_kept_rows_are_right()


@pytest.mark.parametrize("together", ORDERS)
def test_a_finding_is_published_while_somebody_is_named_in_it(together):
    person = PrisonerFactory()
    finding = InternationalFinding.objects.create(body="wgad", state=State.DRAFT)
    together(publish(finding), add(FindingPerson, finding=finding, prisoner=person))
    assert "finding=wgad" in PublishedPerson.objects.get(pk=person.pk).traits
    assert_kept_rows_are_right()


def test_people_added_to_one_case_at_the_same_moment_do_not_wait_in_a_circle():
    case, people = CaseFactory(slug="new"), [PrisonerFactory(), PrisonerFactory()]
    at_the_same_moment(*(add(Prosecution, case=case, prisoner=person) for person in people))
    assert Prisoner.objects.filter(prosecutions__case=case).count() == 2
    assert_kept_rows_are_right()
