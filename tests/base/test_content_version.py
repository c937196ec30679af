"""The content version moves with everything public and with nothing else."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection, transaction

from assistance.models import ProposedTotal, PublicTotal, TotalsProposal, TotalsPublication
from cases import models as record
from donations import models as money
from memorial.base import content_version as module
from memorial.base.choices import State, Verification
from memorial.base.content_version import content_version, read_content_version
from memorial.base.database import all_tables, filled_by_database, our_tables, public_condition
from memorial.base.models import ContentVersion, HistoryRemoval, Looking
from memorial.home.models import AttentionVeto
from memorial.staff.models import User
from prisoners import models as people
from tests.factories import DraftFactory, FacilityFactory, PrisonerFactory, RecognitionFactory, StayFactory
from tests.leaks.rows import Maker, Model, Values
from tests.leaks.world import children

pytestmark = pytest.mark.django_db
HIDDEN = [State.DRAFT, State.READY, State.WITHDRAWN]

OF_A_PERSON = [model for model in children(people.Prisoner) if model.PUBLIC]
SEEN_BY_ITS_EFFECT = {AttentionVeto}
"""Confidential, and yet a page is another one when they change: whom the home page passes over."""
NEVER = [
    model
    for model in all_tables()
    if public_condition(model) is None and not filled_by_database(model) and model not in SEEN_BY_ITS_EFFECT
]


def moved_by(change: Callable[[], object]) -> bool:
    """Whether a change moves the version. Each one is looked at as a transaction of its own would be."""
    sql("DELETE FROM base_contentversion")
    change()
    return ContentVersion.objects.exists()


def sql(statement: str, *params: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def touch(row) -> None:
    """Changes a row in a way that readers could see."""
    model = type(row)
    for field in model._meta.concrete_fields:
        if field.name in (
            "note_ru",
            "summary_ru",
            "name_ru",
            "label_ru",
            "text_ru",
            "title_ru",
            "alt_ru",
            "order",
        ):
            model._base_manager.filter(pk=row.pk).update(
                **{field.name: 7 if field.name == "order" else "иначе"}
            )
            return
    table, key = row._meta.db_table, row._meta.pk.column
    # A link of two rows has nothing of its own to change: it is taken away and made again.
    sql(f'DELETE FROM "{table}" WHERE "{key}" = %s', row.pk)


# --- People and what hangs on them -----------------------------------------------------------------


@pytest.mark.parametrize("state", HIDDEN)
def test_nothing_done_to_what_is_not_published_moves_it(state):
    def change() -> None:
        person = PrisonerFactory(state=state)
        person.summary_ru = "иначе"
        person.save()
        people.Prisoner.objects.filter(pk=person.pk).update(slug="another")
        FacilityFactory(state=state, region=None)
        person.delete()

    assert not moved_by(change)


@pytest.mark.parametrize("model", OF_A_PERSON, ids=lambda model: model.__name__)
@pytest.mark.parametrize("state", State)
def test_what_hangs_on_a_person_moves_it_only_with_a_published_one(model, state):
    person = PrisonerFactory(state=state)
    maker = Maker(Values(), {people.Prisoner: person, people.Facility: FacilityFactory(state=state)})
    for parent in (people.Region, people.Theme, people.PrisonerList, people.Profession, people.Community,
                   people.Vulnerability, people.Statement):  # fmt: skip
        maker.parents[parent] = maker.make(parent)
    expected = state == State.PUBLISHED
    made = []
    assert moved_by(lambda: made.append(maker.make(model))) is expected, "made"
    assert moved_by(lambda: touch(made[0])) is expected, "changed"
    if model._base_manager.filter(pk=made[0].pk).exists():
        assert moved_by(made[0].delete) is expected, "deleted"


def test_children_of_every_kind_were_found():
    assert len(OF_A_PERSON) >= 15
    assert {people.Stay, people.Photo, people.Citation, people.PrisonerTheme} <= set(OF_A_PERSON)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (State.DRAFT, State.READY, False),
        (State.READY, State.PUBLISHED, True),
        (State.PUBLISHED, State.WITHDRAWN, True),
        (State.WITHDRAWN, State.DRAFT, False),
    ],
)
@pytest.mark.parametrize("factory", [PrisonerFactory, FacilityFactory])
def test_states(factory, before, after, expected):
    row = factory(state=before)
    assert moved_by(lambda: type(row).objects.filter(pk=row.pk).update(state=after)) is expected


def test_an_edit_of_a_published_person_by_any_path_moves_it():
    person = PrisonerFactory()

    def by_save() -> None:
        person.summary_ru = "1"
        person.save()

    assert moved_by(by_save)
    assert moved_by(lambda: people.Prisoner.objects.update(summary_ru="2"))
    assert moved_by(lambda: sql("UPDATE prisoners_prisoner SET summary_ru = '3'"))
    assert moved_by(PrisonerFactory)
    assert moved_by(person.delete)


def test_saving_without_a_change_moves_nothing():
    person = PrisonerFactory()
    assert not moved_by(person.save)


def test_a_row_that_moves_from_a_published_person_to_a_draft_and_back_moves_it():
    stay = StayFactory()
    draft = DraftFactory()
    shown = stay.prisoner_id
    assert moved_by(lambda: people.Stay.objects.filter(pk=stay.pk).update(prisoner=draft))
    assert moved_by(lambda: people.Stay.objects.filter(pk=stay.pk).update(prisoner=shown))


def test_an_unverified_fact_is_not_public_and_becomes_so_when_it_is_verified():
    person = PrisonerFactory()
    made = []
    assert not moved_by(
        lambda: made.append(StayFactory(prisoner=person, facility=None, verification=Verification.UNVERIFIED))
    )
    stays = people.Stay.objects.filter(pk=made[0].pk)
    assert not moved_by(lambda: stays.update(note_ru="слух"))
    assert moved_by(lambda: stays.update(verification=Verification.ONE_SOURCE))
    assert moved_by(lambda: stays.update(verification=Verification.UNVERIFIED))


def test_a_photo_counts_only_while_it_is_public():
    person = PrisonerFactory()
    made = []
    assert not moved_by(lambda: made.append(people.Photo.objects.create(prisoner=person)))
    photos = people.Photo.objects.filter(pk=made[0].pk)
    assert not moved_by(lambda: photos.update(alt_ru="портрет"))
    assert moved_by(lambda: photos.update(stem="0" * 24))
    assert moved_by(lambda: photos.update(alt_ru="другое"))
    assert moved_by(lambda: photos.update(stem=""))


def test_a_statement_counts_with_the_people_whom_it_explains():
    statement = people.Statement.objects.create(title_ru="Заявление")
    statements = people.Statement.objects.filter(pk=statement.pk)
    assert not moved_by(lambda: statements.update(title_ru="1"))
    RecognitionFactory(prisoner=DraftFactory(), statement=statement)
    assert not moved_by(lambda: statements.update(title_ru="2"))
    RecognitionFactory(statement=statement)
    assert moved_by(lambda: statements.update(title_ru="3"))


FROZEN = {
    TotalsPublication,
    PublicTotal,
    money.DonorNotice,
    money.FundReport,
    money.ReportLine,
    money.PaymentSet,
}
"""Never changed once they are public; a correction is a row of its own."""
KEPT = {
    User,
    HistoryRemoval,
    Looking,
    TotalsProposal,
    ProposedTotal,
    money.DetailsProposal,
    money.SafetyProposal,
    money.DonorNoticeProposal,
    money.ReportProposal,
    money.ProposedLine,
    money.Statement,
    money.ProviderTotal,
}
"""Never deleted, or not before their time."""


# --- Words, and what is confidential ----------------------------------------------------------------


@pytest.mark.parametrize(
    "model", [m for m in our_tables() if public_condition(m) == "true"], ids=lambda model: model.__name__
)
def test_words_and_regions_always_move_it(model: Model):
    made = []
    assert moved_by(lambda: made.append(Maker(Values()).make(model)))
    if model not in FROZEN:
        assert moved_by(lambda: touch(made[0]))


@pytest.mark.parametrize("model", [m for m in our_tables() if m in NEVER], ids=lambda model: model.__name__)
def test_a_confidential_table_never_moves_it(model: Model):
    """Made about a published person: a note, a consent, a lead, an account."""
    person = PrisonerFactory()
    maker = Maker(Values(), {people.Prisoner: person, people.Facility: FacilityFactory()})
    parents = {field.related_model for field in model._meta.concrete_fields if field.is_relation}
    for parent in (people.Stay, people.Photo, people.ImportSource, record.Article, record.ArticleEdition):
        if parent in parents:
            maker.parents[parent] = maker.make(parent)
    made = []
    assert not moved_by(lambda: made.append(maker.make(model)))
    if model not in KEPT:
        assert not moved_by(made[0].delete)


# --- Transactions ----------------------------------------------------------------------------------


def test_one_transaction_is_one_row():
    sql("DELETE FROM base_contentversion")
    for _ in range(3):
        PrisonerFactory()
    assert ContentVersion.objects.count() == 1


def test_a_number_that_comes_back_after_a_restore_is_still_noticed():
    """A restored server counts transactions anew: the same number, begun at another time."""
    sql("DELETE FROM base_contentversion")
    sql(
        "INSERT INTO base_contentversion (began_at, transaction)"
        " VALUES ('2020-01-01', pg_current_xact_id()::text::bigint)"
    )
    before = read_content_version()
    PrisonerFactory()
    assert read_content_version() != before


def test_a_rolled_back_change_leaves_nothing():
    before = read_content_version()
    with transaction.atomic():
        PrisonerFactory()
        assert read_content_version() != before
        transaction.set_rollback(True)
    assert read_content_version() == before


class Session(threading.Thread):
    """Another editor: a connection of its own, that writes and commits when it is told to."""

    def __init__(self, change: Callable[[], object]) -> None:
        super().__init__()
        self.change = change
        self.has_written, self.may_commit = threading.Event(), threading.Event()
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            with transaction.atomic():
                sql("SET LOCAL lock_timeout = '3s'")
                self.change()
                self.has_written.set()
                assert self.may_commit.wait(10)
        except Exception as error:  # shown by finish()
            self.error = error
        finally:
            self.has_written.set()
            connection.close()

    def finish(self) -> None:
        self.may_commit.set()
        self.join(10)
        if self.error:
            raise self.error


@pytest.mark.django_db(transaction=True)
def test_a_lower_number_that_commits_later_is_noticed_and_nobody_waits():
    """Max alone would miss it: the slow import took number 1, the quick edit number 2 and committed first."""
    slow_person, quick_person = PrisonerFactory(), PrisonerFactory()
    before = read_content_version()
    slow = Session(lambda: people.Prisoner.objects.filter(pk=slow_person.pk).update(summary_ru="медленно"))
    quick = Session(lambda: people.Prisoner.objects.filter(pk=quick_person.pk).update(summary_ru="быстро"))
    slow.start()
    assert slow.has_written.wait(10)
    quick.start()
    assert quick.has_written.wait(10)
    quick.finish()  # while the slow one still holds its transaction open
    after_quick, last = read_content_version(), ContentVersion.objects.order_by("id").last()
    slow.finish()
    after_slow = read_content_version()
    assert ContentVersion.objects.order_by("id").last() == last, "the later commit took the lower number"
    assert len({before, after_quick, after_slow}) == 3


# --- Reading ---------------------------------------------------------------------------------------


def test_it_is_read_at_most_once_a_second(monkeypatch, django_assert_num_queries):
    clock = [100.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(module, "_remembered", {})
    with django_assert_num_queries(1):
        first = content_version()
        clock[0] += 0.9
        assert content_version() == first
    PrisonerFactory()
    assert content_version() == first
    clock[0] += 0.2
    assert content_version() != first


def test_readers_may_read_it(as_role):
    PrisonerFactory()
    expected = read_content_version()
    with as_role("site_ro"):
        assert read_content_version() == expected


def test_a_consent_changes_nothing_public_and_its_withdrawal_may():
    """What is shown only by a consent goes with it, and readers' pages with that."""
    person = PrisonerFactory()
    word = people.Vulnerability.objects.create(code="ill", label_ru="болезнь", consent_scope="health")
    consent = {
        "prisoner": person,
        "scope": "health",
        "by": "person",
        "how": "letter",
        "given_on": date(2026, 1, 1),
    }
    assert not moved_by(lambda: people.Consent.objects.create(**consent))
    people.PrisonerVulnerability.objects.create(prisoner=person, vulnerability=word)
    assert moved_by(lambda: people.Consent.objects.update(withdrawn_on=date(2026, 2, 2)))
    assert not people.PrisonerVulnerability.objects.exists()
