"""Sources of the generated cases, and last words and other texts of a few of them."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Final

from memorial.demo.figures import AS_OF
from memorial.demo.plan import Course, Row, Traits, day
from memorial.demo.reading import read

_TITLES: Final = (
    ("media", "Хроника одного процесса", "«Заречный вестник»", "zarechny-vestnik"),
    ("media", "Что известно о деле", "«Степной листок»", "stepnoy-listok"),
    ("media", "Суд идёт, двери закрыты", "«Окраина»", "okraina"),
    ("court_website", "Карточка дела на сайте суда", "", "court"),
    ("human_rights", "Справка наблюдателей", "«Вести приречья»", "vesti-prirechya"),
)
_LAST_WORDS: Final = 0.035


def sources_of(rng: Random, traits: Traits, course: Course) -> list[Row]:
    """One public source of the case; of somebody shown by initials none that says where it was."""
    if traits.by_initials or traits.described or rng.random() < 0.1:
        return [{"kind": "archive", "without_origin": True, "title": "Материалы дела, архив проекта"}]
    kind, title, publisher, address = rng.choice(_TITLES)
    published = min(AS_OF, course.detained + timedelta(days=rng.randint(1, 300)))
    return [
        {
            "kind": kind,
            "title": title,
            "publisher": publisher,
            "url": f"https://example.org/{address}/cases/{traits.number}",
            "published_on": day(published),
        }
    ]


def documents_of(rng: Random, traits: Traits, course: Course) -> list[Row]:
    """A last word now and then, as it was written down in the hall."""
    open_trial = "closed" not in traits.accusation.traits and not (traits.by_initials or traits.is_minor)
    if not course.verdict or not open_trial or course.life or rng.random() > _LAST_WORDS:
        return []
    pool = [each for each in read("last_words")["ru"] if each]
    said = rng.sample(pool, rng.randint(3, 5))
    row: Row = {
        "kind": "last_word",
        "title_ru": "Последнее слово",
        "title_en": "Last word",
        "text_ru": "".join(f"<p>{each}</p>" for each in said),
        "on": day(course.verdict - timedelta(days=rng.randint(1, 6))),
        "language": "ru",
    }
    if rng.random() < 0.3:
        translated = read("last_words")["en"]
        row["text_en"] = f"<p>{rng.choice(translated)}</p>"
    return [row]
