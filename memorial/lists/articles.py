"""Writes rows of articles: staff's additions, and editions, each a row.

What somebody checked against the official text is not overwritten, and no import checks anything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cases.models import Article, ArticleEdition, ArticleEditionPrivate, ImportedRow
from cases.models.article import NUMBER
from cases.references import article_slug
from memorial.base.localized import all_languages
from memorial.lists.batch import ListBatch
from memorial.lists.comparing import Comparison
from memorial.lists.fields import ARTICLE_FIELDS, IDENTITY
from memorial.lists.values import current_value
from prisoners.choices import LegalCode
from prisoners.importers.errors import RowError
from prisoners.importers.fields import Part
from prisoners.importers.known import plain_value
from prisoners.importers.rows import ReadRow

_NUMBER = re.compile(NUMBER)
CODE_NAMES = all_languages("code_name")


class ArticleBatch(ListBatch):
    """The rows of one transaction."""

    fields = ARTICLE_FIELDS
    record = "edition"

    def load(self, rows: Sequence[ReadRow]) -> None:
        """The editions of the rows, by number, with their articles; locked."""
        numbers = [row.own for row in rows if row.own]
        numbers += [tie.edition_id for tie in self.tied.values() if tie.edition_id]
        editions = ArticleEdition.objects.select_for_update(of=("self",)).select_related("article")
        self.by_number = editions.in_bulk(numbers)

    def write_row(self, row: ReadRow) -> None:
        """One edition. Raises `RowError` for what is no article."""
        article = None if row.own or row.key in self.tied else self._article(row)
        edition = self._known(row, article)
        if edition is not None:
            self._compare(row, edition)
        elif not self.is_gone(row):
            self._make(row, article)

    def _article(self, row: ReadRow) -> Article | None:
        """The article that a row names."""
        if not _NUMBER.fullmatch(row.text("number")):
            raise RowError("number", _("A number of an article has figures and dots: 207.3."))
        code = row.text("code")
        same = Article.objects.filter(code=code, number=row.text("number"))
        if code != LegalCode.OTHER:
            return same.first()
        names = {row.text(name).casefold() for name in CODE_NAMES} - {""}
        if not names:
            raise RowError("code", _("Name the code where it is «another code», and only there."))
        return next((one for one in same if names & _names_of_code(one)), None)

    def _known(self, row: ReadRow, article: Article | None) -> ArticleEdition | None:
        if row.own:
            return self.by_number.get(row.own)
        if row.key in self.tied:
            return self.by_number.get(self.tied[row.key].edition_id or 0)
        if article is None or row.key in self.deleted:
            return None
        since = row.text("valid_from")
        found = article.editions.filter(valid_from=date.fromisoformat(since) if since else None)
        return found.select_related("article").first()

    def _make(self, row: ReadRow, article: Article | None) -> None:
        is_new = article is None
        article = article or Article(slug=_free_slug(row.text("code"), row.text("number")))
        values = self.fill(article, row, Part.ARTICLE) if is_new else {}
        if is_new:
            article.save()
        edition = ArticleEdition(article=article)
        values |= self.fill(edition, row, Part.EDITION)
        edition.save()
        if not is_new:
            values |= self._of_article(row, edition)
        self.leave_note(row, ArticleEditionPrivate, edition=edition)
        self.remember(ImportedRow(source=self.source, key=row.key, edition=edition), {"values": values})
        self.count(is_new=True, is_changed=False)

    def _of_article(self, row: ReadRow, edition: ArticleEdition) -> dict[str, Any]:
        """What the row of a new edition says of an article that is here."""
        compared = self.compared(row, {})
        for name, value in row.values.items():
            if ARTICLE_FIELDS[name].part is Part.ARTICLE:
                self._compare_field(compared, edition, name, value)
        compared.write()
        return compared.values

    def _compare(self, row: ReadRow, edition: ArticleEdition) -> None:
        article = edition.article
        self.outcome.known[row.number] = article.pk, str(article)
        tie = self.tied.get(row.key) or ImportedRow(source=self.source, key=row.key, edition=edition)
        compared = self.compared(row, tie.imported.get("values", {}))
        for name, value in row.values.items():
            self._compare_field(compared, edition, name, value)
        changed = compared.write()
        if not row.own:
            self.remember(tie, {**tie.imported, "values": compared.values})
        noted = self.leave_note(row, ArticleEditionPrivate, edition=edition)
        self.count(is_new=False, is_changed=changed or noted)

    def _compare_field(self, compared: Comparison, edition: ArticleEdition, name: str, value: Any) -> None:
        one = ARTICLE_FIELDS[name]
        record = {Part.ARTICLE: edition.article, Part.EDITION: edition}.get(one.part)
        if record is None:
            return
        differs = current_value(record, one, self.memory) != plain_value(value)
        if differs and name in IDENTITY:
            compared.keep(name, _("An article keeps its code and its number."))
        elif differs and one.part is Part.EDITION and edition.is_verified:
            compared.keep(name, _("Checked against the official text: what stands here stays."))
        else:
            compared.compare(record, one, value)


def _names_of_code(article: Article) -> set[str]:
    return {name.casefold() for column in CODE_NAMES if (name := getattr(article, column))}


def _free_slug(code: str, number: str) -> str:
    wanted = slug = article_slug(code, number)
    place = 2
    while Article.objects.filter(slug=slug).exists():
        slug = f"{wanted}-{place}"
        place += 1
    return slug
