"""The kinds of table that the legal record has: courts, articles, cases."""

from django.utils.translation import gettext_lazy as _

from memorial.base.table_kinds import TableKind, register
from memorial.lists.articles import ArticleBatch
from memorial.lists.case_rows import CaseReader
from memorial.lists.cases import CaseBatch
from memorial.lists.courts import CourtBatch
from memorial.lists.exporting import exported_articles, exported_cases, exported_courts
from memorial.lists.fields import ARTICLE_FIELDS, CASE_FIELDS, COURT_FIELDS
from memorial.lists.memory import ListMemory
from memorial.lists.reading import ArticleReader, CourtReader

COURTS = TableKind(
    code="courts",
    label=_("Courts"),
    model="cases.court",
    fields=COURT_FIELDS,
    world=ListMemory,
    reader=CourtReader,
    batch=CourtBatch,
    exported=exported_courts,
)
ARTICLES = TableKind(
    code="articles",
    label=_("Articles of law"),
    model="cases.article",
    fields=ARTICLE_FIELDS,
    world=ListMemory,
    reader=ArticleReader,
    batch=ArticleBatch,
    exported=exported_articles,
)
CASES = TableKind(
    code="cases",
    label=_("Cases: a row for each person"),
    model="cases.case",
    fields=CASE_FIELDS,
    world=ListMemory,
    reader=CaseReader,
    batch=CaseBatch,
    exported=exported_cases,
    rows_at_once=50,
)
register(COURTS, ARTICLES, CASES)
