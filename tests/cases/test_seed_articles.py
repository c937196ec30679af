"""The articles of the codes: complete, in their natural order, and staff's words stay theirs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from cases.management.commands import seed_articles
from cases.management.commands.seed_articles import read
from cases.models import Article, ArticleEdition, ArticleEditionPrivate
from memorial.base.acting import acting, staff_actor
from memorial.base.models import HistoryEntry
from tests.factories import ArticleEditionFactory, ArticleFactory, ChargeFactory

pytestmark = pytest.mark.django_db


def seed() -> str:
    said = StringIO()
    call_command("seed_articles", stdout=said)
    return said.getvalue()


@pytest.fixture(scope="module")
def seeded(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The whole file, once for all the tests here; each of them takes back what it changed."""
    with django_db_blocker.unblock(), transaction.atomic():
        seed()
        yield
        transaction.set_rollback(True)


# --- Before the file is read: the tests below share its rows ----------------------------------------


def test_an_article_that_staff_entered_before_is_not_doubled(monkeypatch):
    rows = [row for row in read() if row["number"] in ("205", "206")]
    monkeypatch.setattr(seed_articles, "read", lambda: iter(rows))
    article = ArticleFactory(number="205", edition=None)
    ArticleEditionFactory(article=article, title_ru="Наш заголовок")
    seed()
    assert Article.objects.filter(number__in=["205", "206"]).count() == 2
    assert article.editions.get().title_ru == "Наш заголовок"


def test_used_articles_are_those_of_the_table_and_those_of_charges_that_readers_see():
    plain = ArticleFactory(number="901")
    assert not Article.objects.used().filter(pk=plain.pk).exists()
    charge = ChargeFactory(article=plain, prosecution__case__state="draft")
    assert not Article.objects.used().filter(pk=plain.pk).exists()
    type(charge.prosecution.case).objects.update(state="published")
    assert Article.objects.used().filter(pk=plain.pk).exists()


# --- The whole file ---------------------------------------------------------------------------------


def test_every_row_of_the_file_is_there_once(seeded):
    rows = list(read())
    assert ArticleEdition.objects.count() == len(rows) == 531
    assert Article.objects.count() == len({(row["code"], row["number"]) for row in rows})
    assert Article.objects.filter(code="koap-rf").count() >= 15
    assert ArticleEditionPrivate.objects.count() == sum(bool(row["note"]) for row in rows)


def test_again_it_does_nothing(seeded):
    entries = HistoryEntry.objects.count()
    assert seed().strip() == ""
    assert HistoryEntry.objects.count() == entries


def test_what_is_unverified_stays_marked_so(seeded):
    unverified = {row["number"] for row in read() if not row["verified_on"]}
    found = ArticleEdition.objects.filter(verified_on=None)
    assert {edition.article.number for edition in found.select_related("article")} == unverified
    assert not found.first().is_verified


def test_articles_stand_in_their_natural_order(seeded):
    numbers = list(
        Article.objects.filter(code="uk-rf").order_by("order_key").values_list("number", flat=True)
    )
    assert numbers == sorted(numbers, key=lambda text: [int(part) for part in text.split(".")])
    assert numbers.index("207.3") < numbers.index("208") < numbers.index("280.4")


def test_the_edition_is_that_of_the_day_of_the_act(seeded):
    article = Article.objects.get(slug="uk-rf-207.3")
    old, new = article.edition_on(date(2022, 5, 1)), article.edition_on(date(2024, 5, 1))
    assert old.valid_to == date(2023, 12, 24)
    assert new.valid_from == date(2023, 12, 25)
    assert article.latest_edition == new
    charge = ChargeFactory(article=article, act_on="2022-05")
    assert charge.edition_in_force == old
    charge.act_on = "2023"
    assert charge.edition_in_force is None, "two editions may apply: none is guessed"
    charge.edition = new
    assert charge.edition_in_force == new


def test_what_staff_changed_stays_theirs_and_the_rest_is_brought_to_the_file(seeded):
    editions = ArticleEdition.objects.filter(article__slug="uk-rf-280.3").order_by("valid_from")
    first = editions.get(valid_from=None)
    with acting(staff_actor(1)):
        ArticleEdition.objects.filter(pk=first.pk).update(short_ru="Наше слово")
    with acting("command:seed_articles"):
        ArticleEdition.objects.filter(pk=first.pk).update(short_en="an old word of the file")
    seed()
    first.refresh_from_db()
    assert first.short_ru == "Наше слово"
    assert first.short_en == "'Discrediting' the army"


def test_an_edition_that_staff_redated_is_not_added_again(seeded):
    article = Article.objects.get(slug="uk-rf-284.1")
    with acting(staff_actor(1)):
        article.editions.filter(valid_from=date(2024, 8, 8)).update(valid_from=date(2024, 8, 19))
        article.editions.filter(valid_from=None).update(valid_to=date(2024, 8, 18))
    seed()
    assert article.editions.count() == 2


def test_what_staff_removed_does_not_come_back(seeded):
    with acting(staff_actor(1)):
        Article.objects.get(slug="uk-rf-1").delete()
        Article.objects.get(slug="uk-rf-276.1").editions.all().delete()
    seed()
    assert not Article.objects.filter(slug="uk-rf-1").exists()
    assert not Article.objects.get(slug="uk-rf-276.1").editions.exists()
