"""The database refuses bad data: each constraint, by its name, and not what only might be wrong."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, models, transaction
from psycopg.errors import UniqueViolation

from memorial.base.database import our_tables
from tests.appeals import refused_rows as appeal_rows
from tests.assistance import refused_rows as help_rows
from tests.assistance_stories import refused_rows as story_rows
from tests.assistance_totals import refused_rows as totals_rows
from tests.attention import refused_attention
from tests.cases import refused_law, refused_rows
from tests.donations import refused_campaigns, refused_notices, refused_payment, refused_reports
from tests.figures import refused_figures
from tests.history import refused_history
from tests.home import refused_home
from tests.leaks.rows import Maker, Values
from tests.news import refused_news
from tests.opendata import refused_packages
from tests.prisoners import refused_addresses, refused_looks
from tests.prisoners import refused_rows as people_rows
from tests.search import refused_rows as search_rows
from tests.signin import refused_rows as staff_rows
from tests.site_pages import refused_pages
from tests.translating import refused_drafts

pytestmark = pytest.mark.django_db

REFUSED = (
    people_rows.REFUSED
    | refused_addresses.REFUSED
    | refused_looks.REFUSED
    | refused_packages.REFUSED
    | refused_law.REFUSED
    | refused_rows.REFUSED
    | help_rows.REFUSED
    | totals_rows.REFUSED
    | refused_notices.REFUSED
    | refused_payment.REFUSED
    | refused_campaigns.REFUSED
    | story_rows.REFUSED
    | refused_reports.REFUSED
    | staff_rows.REFUSED
    | search_rows.REFUSED
    | refused_history.REFUSED
    | refused_figures.REFUSED
    | refused_attention.REFUSED
    | refused_drafts.REFUSED
    | refused_pages.REFUSED
    | refused_home.REFUSED
    | refused_news.REFUSED
    | appeal_rows.REFUSED
)
REFUSED["prisoners_after_death"] = REFUSED["prisoners_after_death"] + refused_rows.AFTER_DEATH
ACCEPTED = (
    people_rows.ACCEPTED
    | refused_law.ACCEPTED
    | refused_rows.ACCEPTED
    | help_rows.ACCEPTED
    | totals_rows.ACCEPTED
    | refused_notices.ACCEPTED
    | refused_payment.ACCEPTED
    | refused_campaigns.ACCEPTED
    | story_rows.ACCEPTED
    | refused_reports.ACCEPTED
    | refused_attention.ACCEPTED
    | refused_pages.ACCEPTED
    | refused_news.ACCEPTED
    | appeal_rows.ACCEPTED
)
SHOWN_IN_TEST_GUARDS = {
    "prisonervulnerability_needs_consent",
    "photo_not_of_initials",
    "prisoner_initials_stand_alone",
}
NO_DATES = ("2023-13", "2023-02-30", "23", "14.03.2023", "~", "", "1700", "2023-1-1")
CONSTRAINTS = {c.name: (model, c) for model in our_tables() for c in model._meta.constraints}
DATES = {
    name: (model, constraint)
    for name, (model, constraint) in CONSTRAINTS.items()
    if isinstance(constraint, models.CheckConstraint) and "PartialDateValid" in str(constraint.condition)
}
SEALED = {
    name: (model, constraint)
    for name, (model, constraint) in CONSTRAINTS.items()
    if isinstance(constraint, models.CheckConstraint) and "IsSealed" in str(constraint.condition)
}
NOT_SEALED = ("Горинцев", "e1:", "e1:0123abcd:tooshort", f"e1:0123ABCD:{'A' * 80}", f"e1:0123abcd:{'Я' * 80}")
OF_TRIGGERS = {name for model in our_tables() for name in getattr(model, "REFUSALS", {})}


def refuses(name: str, make: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        make()
    assert caught.value.__cause__.diag.constraint_name == name


def test_every_constraint_has_an_example():
    assert set(CONSTRAINTS) - set(DATES) - set(SEALED) - set(REFUSED) == set()
    assert set(REFUSED) - set(CONSTRAINTS) - OF_TRIGGERS == set()
    assert OF_TRIGGERS - set(REFUSED) == SHOWN_IN_TEST_GUARDS
    assert len(CONSTRAINTS) >= 185
    assert len(DATES) >= 45
    assert len(SEALED) >= 20


@pytest.mark.parametrize(
    ("name", "example"),
    [(name, number) for name, examples in REFUSED.items() for number in range(len(examples))],
)
def test_the_database_refuses(name, example):
    refuses(name, REFUSED[name][example])


@pytest.mark.parametrize("name", DATES)
def test_the_database_refuses_what_is_no_date(name):
    model, constraint = DATES[name]
    column = next(
        field.column
        for field in model._meta.concrete_fields
        if f"'{field.name}__isnull'" in str(constraint.condition)
    )
    refuses_texts(name, model, column, NO_DATES)


@pytest.mark.parametrize("name", SEALED)
def test_the_database_refuses_plain_text_where_it_is_sealed(name):
    model, constraint = SEALED[name]
    column = next(
        field.column
        for field in model._meta.concrete_fields
        if f"F({field.name})" in str(constraint.condition)
    )
    refuses_texts(name, model, column, NOT_SEALED)


def refuses_texts(name: str, model: type[models.Model], column: str, texts: tuple[str, ...]) -> None:
    row = Maker(Values()).make(model)

    def write(text: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f'UPDATE "{model._meta.db_table}" SET "{column}" = %s WHERE id = %s', [text, row.pk]
            )

    for text in texts:
        refuses(name, lambda text=text: write(text))


def keep_parents(maker: Maker, row: models.Model) -> None:
    """The next row has the same parents as this one."""
    for field in row._meta.concrete_fields:
        if field.is_relation and getattr(row, field.name) is not None:
            maker.parents[field.related_model] = getattr(row, field.name)


UNIQUE = [
    (model, field.name)
    for model in our_tables()
    for field in model._meta.concrete_fields
    if field.unique and not field.primary_key
]


@pytest.mark.parametrize(("model", "name"), UNIQUE, ids=lambda value: getattr(value, "__name__", value))
def test_the_database_refuses_a_second_one(model, name):
    maker, field = Maker(Values()), model._meta.get_field(name)
    given = {name: maker.make(field.related_model)} if field.is_relation else {}
    for row in given.values():
        keep_parents(maker, row)
    if isinstance(field, models.UUIDField):
        given = {name: uuid.uuid4()}
    keep_parents(maker, maker.make(model, **given))
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        maker.make(model, **given)
    assert isinstance(caught.value.__cause__, UniqueViolation)
    assert field.column in caught.value.__cause__.diag.message_detail


def test_there_are_unique_fields():
    assert len(UNIQUE) >= 12


# --- What only might be wrong is accepted ----------------------------------------------------------


@pytest.mark.parametrize("what", ACCEPTED)
def test_the_database_accepts(what):
    ACCEPTED[what]()
    connection.check_constraints()
