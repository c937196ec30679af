"""Sources of the generated people: titles that news would have, all at example.org, which nobody owns."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Final

from memorial.demo.figures import AS_OF
from memorial.demo.plan import PersonPlan, Row, Traits, day, month
from prisoners.choices import LibertyStatus as Liberty

_PAPERS: Final = (
    ("«Заречный вестник»", "zarechny-vestnik"),
    ("«Степной листок»", "stepnoy-listok"),
    ("«Дальний берег»", "dalny-bereg"),
    ("«Утренняя почта»", "utrennyaya-pochta"),
    ("«Окраина»", "okraina"),
    ("«Вести приречья»", "vesti-prirechya"),
)
_TITLES: Final = (
    "Суд продлил арест",
    "Репортаж из коридора суда",
    "Что известно о деле",
    "Последнее слово",
    "Обыски прошли по нескольким адресам",
    "Прокурор запросил срок",
    "Приговор огласили без слушателей",
    "«Мы не знали, где искать»",
    "Хроника одного дела",
    "Задержан житель города",
)
_CONFIDENTIAL: Final = (
    ("lawyer", "Подтверждено защитой."),
    ("relative", "Рассказали близкие."),
    ("letter", "Из письма."),
    ("witness", "Со слов освобождённого."),
)


def sources_of(rng: Random, plan: PersonPlan) -> list[Row]:
    """Sources of the person as a whole: one public at least for those whom readers see, but for the hidden ones."""
    traits = plan.traits
    rows: list[Row] = []
    if traits.by_initials or rng.random() < 0.12:
        rows.append(_archive())
    else:
        rows += [_paper(rng, plan.course.seized) for _each in range(rng.choices((1, 2, 3), (5, 4, 1))[0])]
    if traits.article and traits.slot.liberty != Liberty.ADMINISTRATIVE_ARREST and rng.random() < 0.45:
        rows.append(_court(rng, traits))
    if rng.random() < 0.15:
        kind, text = rng.choice(_CONFIDENTIAL)
        received = month(AS_OF - timedelta(days=rng.randint(20, 900)))
        rows.append(
            {
                "confidential": True,
                "kind": kind,
                "text": text,
                "contact": "записан отдельно",
                "received_on": received,
            }
        )
    return rows


def cite_facts(rng: Random, plan: PersonPlan) -> None:
    """A source of its own for every death and for many ends and decisions."""
    for table, share in (("deaths", 1.0), ("ends", 0.4), ("custodies", 0.25)):
        for row in plan.facts[table]:
            if rng.random() < share:
                row["sources"] = [_paper(rng, plan.course.end or plan.course.seized)]
    for row in plan.facts["recognitions"]:
        row["sources"] = [_archive() | {"title": "Заключение проекта о признании"}]


def _paper(rng: Random, around: date) -> Row:
    publisher, address = rng.choice(_PAPERS)
    published = min(AS_OF, around + timedelta(days=rng.randint(0, 240)))
    return {
        "kind": rng.choice(("media", "media", "media", "human_rights")),
        "title": rng.choice(_TITLES),
        "publisher": publisher,
        "url": f"https://example.org/{address}/{published:%Y}/{rng.randint(1000, 9999)}",
        "published_on": day(published),
    }


def _court(rng: Random, traits: Traits) -> Row:
    return {
        "kind": "court_website",
        "title": "Карточка дела на сайте суда",
        "url": f"https://example.org/court/{traits.town.region.lower()}/{rng.randint(10_000, 99_999)}",
        "accessed_on": AS_OF - timedelta(days=rng.randint(1, 400)),
    }


def _archive() -> Row:
    return {"kind": "archive", "without_origin": True, "title": "Материалы дела, архив проекта"}
