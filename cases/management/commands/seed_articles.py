"""Fills the articles of the codes from cases/data/articles.csv; what staff changed stays theirs."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import models, transaction

from cases.models import Article, ArticleEdition, ArticleEditionPrivate
from memorial.base.acting import acting, command_actor
from memorial.base.authorship import Authorship

FILE = Path(__file__).resolve().parents[2] / "data" / "articles.csv"
ACTOR = command_actor("seed_articles")
TITLES = ("title_ru", "short_ru", "title_en", "short_en", "has_parts")
DATES = ("valid_from", "valid_to", "verified_on")


class Command(BaseCommand):
    help = (
        "Fills articles and their editions from cases/data/articles.csv: adds what is absent, updates what staff"
        " have not changed, removes nothing. Can be run again at any time."
    )

    @transaction.atomic
    def handle(self, *_args: Any, **options: Any) -> None:
        with acting(ACTOR):
            counts = Seed().run(read())
        if options["verbosity"]:
            self.stdout.write(", ".join(f"{number} {what}" for what, number in sorted(counts.items())))


def read() -> Iterator[dict[str, str]]:
    """The rows of the file: one for each edition of each article."""
    with FILE.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, strict=True)


class Seed:
    """One run. Rows that this command added are found again whatever staff call them now."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.articles = Authorship(Article, ACTOR, key=("slug",))
        self.editions = Authorship(ArticleEdition, ACTOR, key=("article_id", "valid_from"))
        self.notes = Authorship(ArticleEditionPrivate, ACTOR, key=("edition_id",))
        self.present = {
            article.pk: article for article in Article.objects.prefetch_related("editions__private")
        }
        self.by_slug = {article.slug: article for article in self.present.values()}

    def run(self, rows: Iterator[dict[str, str]]) -> Counter[str]:
        """Brings the tables to the file, row by row."""
        for row in rows:
            if article := self._article(row):
                self._edition(article, row)
        return self.counts

    def _article(self, row: dict[str, str]) -> Article | None:
        slug = f"{row['code']}-{row['number']}"
        used = row["used_in_political_cases"] == "yes"
        article = self.present.get(self.articles.added_as(slug) or 0) or self.by_slug.get(slug)
        if article is None and self.articles.was_removed(slug):
            self.counts["articles left out, as staff removed them"] += 1
            return None
        if article is None:
            article = Article.objects.create(
                code=row["code"], number=row["number"], slug=slug, used_in_political_cases=used
            )
            self.present[article.pk] = self.by_slug[slug] = article
            self.counts["articles added"] += 1
        else:
            self._update(article, {"used_in_political_cases": used}, self.articles)
        return article

    def _edition(self, article: Article, row: dict[str, str]) -> None:
        columns = _columns(row)
        since = row["valid_from"] or None
        added = self.editions.added_as(article.pk, since)
        edition = next((e for e in article.editions.all() if e.pk == added), None)
        if edition is not None:
            self._update(edition, columns, self.editions)
            self._note(edition, row["note"])
        elif self.editions.was_removed(article.pk, since) or _overlaps(article, columns):
            self.counts["editions left to staff"] += 1
        else:
            edition = ArticleEdition.objects.create(article=article, **columns)
            self.counts["editions added"] += 1
            self._note(edition, row["note"])

    def _note(self, edition: ArticleEdition, text: str) -> None:
        note = getattr(edition, "private", None)
        if note is not None:
            self._update(note, {"staff_note": text}, self.notes)
        elif text and self.notes.added_as(edition.pk) is None:
            ArticleEditionPrivate.objects.create(edition=edition, staff_note=text)

    def _update(self, found: models.Model, columns: dict[str, Any], authorship: Authorship) -> None:
        ours = {
            column: value
            for column, value in columns.items()
            if getattr(found, column) != value and authorship.is_ours(found, column)
        }
        if ours:
            type(found)._default_manager.filter(pk=found.pk).update(**ours)
            self.counts["rows updated"] += 1


def _columns(row: dict[str, str]) -> dict[str, Any]:
    dates = {name: date.fromisoformat(row[name]) if row[name] else None for name in DATES}
    return {name: row[name] for name in TITLES} | {"contested": row["contested"] == "yes"} | dates


def _overlaps(article: Article, columns: dict[str, Any]) -> bool:
    first, last = columns["valid_from"] or date.min, columns["valid_to"] or date.max
    editions = ArticleEdition.objects.filter(article=article)
    return any(
        (edition.valid_from or date.min) <= last and first <= (edition.valid_to or date.max)
        for edition in editions
    )
