"""Courts, articles and cases as text, under our own names of columns: they can be loaded again unchanged.

Only public columns of records: staff notes, confidential sources and who gave evidence have no column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django.db.models import Prefetch, QuerySet

from cases.models import ArticleEdition, Prosecution
from memorial.base.localized import LANGUAGES
from memorial.lists.case_records import READ, STEMS, shown_decision, shown_restraint
from memorial.lists.case_texts import charges_text, penalties_text
from memorial.lists.fields import ARTICLE_FIELDS, CASE_FIELDS, COURT_FIELDS
from prisoners.importers.exported import as_exported, cell_text
from prisoners.importers.fields import Field, Kind, Part

CHUNK: Final = 200
_TIES: Final = ("id", "as_exported")
_LEFT_OUT: Final = frozenset(
    {
        *("id", "as_exported", "key", "note"),
        *("person_source", "person_key", "person_born", "charges_code"),
        *(f"charges_code_name_{code}" for code in LANGUAGES),
    }
)
"""What only lists of others say; a table of ours says the person by the address of the page, and codes in the charges."""


def _columns(fields: Mapping[str, Field]) -> tuple[str, ...]:
    own = [name for name, one in fields.items() if one.part is not Part.SOURCE and name not in _LEFT_OUT]
    return (*_TIES, *own)


COURT_COLUMNS: Final = _columns(COURT_FIELDS)
ARTICLE_COLUMNS: Final = _columns(ARTICLE_FIELDS)
CASE_COLUMNS: Final = _columns(CASE_FIELDS)


def exported_courts(courts: QuerySet[Any]) -> Iterator[tuple[str, ...]]:
    """The header, then a row for each court."""
    yield COURT_COLUMNS
    for court in courts.select_related("region").iterator(chunk_size=CHUNK):
        yield _row(court.pk, COURT_COLUMNS, _texts(court, COURT_FIELDS.values()))


def exported_articles(articles: QuerySet[Any]) -> Iterator[tuple[str, ...]]:
    """The header, then a row for each edition of each article, older ones first."""
    yield ARTICLE_COLUMNS
    editions = Prefetch("editions", queryset=ArticleEdition.objects.all())
    for article in articles.prefetch_related(editions).iterator(chunk_size=CHUNK):
        about = _texts(article, _of(ARTICLE_FIELDS, Part.ARTICLE))
        for edition in article.editions.all():
            yield _row(
                edition.pk, ARTICLE_COLUMNS, about | _texts(edition, _of(ARTICLE_FIELDS, Part.EDITION))
            )


def exported_cases(cases: QuerySet[Any]) -> Iterator[tuple[str, ...]]:
    """The header, then a row for each person in each case; a case without people has none."""
    yield CASE_COLUMNS
    people = Prosecution.objects.filter(case__in=cases.values("pk")).order_by("case_id", "pk")
    rows = people.select_related("case__region", "case__theme", "prisoner")
    read = (*READ, "decision_links__decision__court", "case__decisions__court")
    for prosecution in rows.prefetch_related(*read).iterator(chunk_size=CHUNK):
        yield _row(prosecution.pk, CASE_COLUMNS, _case_texts(prosecution))


def _row(number: int, columns: tuple[str, ...], texts: dict[str, str]) -> tuple[str, ...]:
    said = {**texts, "id": str(number), "as_exported": as_exported(texts)}
    return tuple(said.get(name, "") for name in columns)


def _of(fields: Mapping[str, Field], part: Part) -> list[Field]:
    return [one for one in fields.values() if one.part is part and one.attribute]


def _texts(record: Any, fields: Iterable[Field]) -> dict[str, str]:
    return {one.name: _text(record, one) for one in fields if one.attribute and one.part is not Part.SOURCE}


def _text(record: Any, one: Field) -> str:
    """The cell of one field, from records that were loaded with what they point to."""
    if record is None:
        return ""
    if one.kind is Kind.COURT:
        court = record.court
        names = (getattr(court, f"name_{code}") for code in LANGUAGES) if court else ()
        return next((name for name in names if name), "")
    if one.kind is Kind.THEME:
        return record.theme.code if record.theme else ""
    if one.kind is Kind.DAY:
        day = getattr(record, one.attribute)
        return day.isoformat() if day else ""
    return cell_text(record, one)


def _case_texts(prosecution: Any) -> dict[str, str]:
    person = prosecution.prisoner
    texts = {
        "case": prosecution.case.slug,
        "person": person.slug,
        **{f"person_name_{code}": _name(person, code) for code in LANGUAGES},
        **_texts(prosecution.case, _of(CASE_FIELDS, Part.CASE)),
        **_texts(prosecution, _of(CASE_FIELDS, Part.PROSECUTION)),
        **_texts(shown_restraint(prosecution), _of(CASE_FIELDS, Part.RESTRAINT)),
    }
    for code in LANGUAGES:
        texts[f"charges_{code}"] = charges_text(prosecution.charges.all(), code)
    for part, stem in STEMS.items():
        found = shown_decision(prosecution, part)
        texts |= _texts(found.decision if found else None, _of(CASE_FIELDS, part))
        penalties = found.link.penalties.all() if found and found.link else ()
        texts[f"{stem}_penalties"] = penalties_text(penalties)
    return texts


def _name(person: Any, language: str) -> str:
    parts = (getattr(person, f"{part}_{language}") for part in ("surname", "given_names", "patronymic"))
    return " ".join(part for part in parts if part)
