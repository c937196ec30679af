"""Texts of the invented people, put together from memorial/demo/data/telling.toml and the deeds of the accusations.

`[his|hers]` chooses by gender; `{words}` are filled in. Sentences are drawn without repetition, and a
story is as long as chance has it: from three sentences to a page.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Final

from memorial.base.gender import Gender
from memorial.base.typography import plural_ru
from memorial.demo.figures import AS_OF, Recognised
from memorial.demo.plan import Course, Row, Traits
from memorial.demo.reading import read
from memorial.demo.wording import day_en, day_ru, term_ru, verdict_en, verdict_ru, when_en, when_ru
from prisoners.choices import LibertyStatus as Liberty

Draw = Callable[[str], str]
_GENDERED: Final = re.compile(r"\[([^\[\]|]*)\|([^\[\]|]*)\]")
_PRONOUNS: Final = {
    Gender.MALE: {"he": "он", "him": "его", "his": "его", "him_dat": "ему", "him_ins": "ним", "him_about": "нём",
                  "him_u": "него", "he_en": "he", "him_en": "him", "his_en": "his"},
    Gender.FEMALE: {"he": "она", "him": "её", "his": "её", "him_dat": "ей", "him_ins": "ней", "him_about": "ней",
                    "him_u": "неё", "he_en": "she", "him_en": "her", "his_en": "her"},
}  # fmt: skip
_TIMES: Final = ("дважды", "трижды", "четыре раза", "пять раз", "семь раз")
_SUMS: Final = ("500", "1 000", "1 500", "2 300", "3 000", "5 000", "7 500", "12 000")
_FULL_ENGLISH: Final = 0.08
_SHORT_ENGLISH: Final = 0.4
_LONGEST: Final = 4


class Story:
    """Draws the sentences of one person's texts."""

    def __init__(self, rng: Random, traits: Traits, course: Course) -> None:
        self._rng, self._traits, self._course = rng, traits, course
        self._words = _words(rng, traits, course)
        self._female = traits.gender == Gender.FEMALE

    def fill(self, template: str) -> str:
        """A sentence with its gender chosen and its words put in; the first letter is a capital."""
        chosen = _GENDERED.sub(lambda found: found[2 if self._female else 1], template)
        return chosen.format_map(self._words)

    def sentence(self, pool: str, language: str = "ru") -> str:
        """One sentence of a pool; empty where the pool has none in this language."""
        sentences = _pools()[language].get(pool, ())
        return self.fill(self._rng.choice(sentences)) if sentences else ""

    def sentences(self, pool: str, most: int) -> list[str]:
        """Some sentences of a pool, each once."""
        sentences = _pools()["ru"].get(pool, [])
        return [self.fill(each) for each in self._rng.sample(sentences, min(most, len(sentences)))]

    def columns(self) -> Row:
        """Summary, story, reasons and sentence in the languages that they exist in."""
        traits = self._traits
        row = {"summary_ru": self.summary_ru(), "sentence_ru": verdict_ru(traits, self._course)}
        row["what_happened_ru"] = _paragraphs(self.story_ru())
        if traits.slot.recognised != Recognised.NO or self._rng.random() < 0.25:
            row["why_political_ru"] = _paragraphs(self.reasons_ru())
        chance = self._rng.random()
        if chance < _SHORT_ENGLISH:
            row["summary_en"] = self.summary_en()
            row["charges_en"] = traits.article.en if traits.article else ""
            row["sentence_en"] = verdict_en(traits, self._course)
        if chance < _FULL_ENGLISH:
            row["what_happened_en"] = _paragraphs([" ".join(filter(None, self.story_en()))])
        return row

    def summary_ru(self) -> str:
        """Who the person is and what happened, as a card shows it."""
        traits, words = self._traits, self._words
        who = f"{words['Prof']} из {words['town_gen']}" if not traits.by_initials else "Имя не раскрывается"
        if traits.is_minor:
            who = "Подросток"
        if traits.described or traits.accusation.key == "no_case":
            ending = self.fill("[Увезён|Увезена] {when}; обвинение не предъявлено.")
            return f"{'Имя не установлено' if traits.described else who}. {ending}"
        za = self.fill(traits.deed.za)
        term = words["term_ru"]
        if traits.by_initials:
            return f"{who}. {self.fill('Преследование')} {traits.accusation.case_ru}."
        if term and self._rng.random() < 0.7:
            return f"{who}. {term[:1].upper()}{term[1:]} за {za}."
        return f"{who}. Преследуется {traits.accusation.case_ru}: за {za}."

    def summary_en(self) -> str:
        """The same in English."""
        traits, words = self._traits, self._words
        who = f"{words['Prof_en']} from {words['town_en']}"
        if traits.is_minor:
            who = "A teenager"
        elif traits.by_initials:
            who = "The name is not disclosed"
        if traits.described or traits.accusation.key == "no_case":
            first = "The name is not known" if traits.described else who
            return f"{first}. Taken away {words['when_en']}; no charge has been brought."
        if traits.by_initials:
            return f"{who}. Prosecuted {traits.accusation.case_en}."
        if words["term_en"]:
            return f"{who}. Sentenced to {words['term_en']} for {self.fill(traits.deed.gerund)}."
        return f"{who}. Prosecuted {traits.accusation.case_en}, for {self.fill(traits.deed.gerund)}."

    def story_ru(self) -> list[str]:
        """Paragraphs; people shown by initials have one that tells nothing more than the charge."""
        traits, course, rng = self._traits, self._course, self._rng
        if traits.by_initials:
            return [f"Обвинение предъявлено {traits.accusation.case_ru}. Подробности не публикуются."]
        length = rng.choices((1, 2, 3, 4), (5, 9, 6, 2))[0]
        deed = self.fill(traits.deed.text)
        if traits.described or traits.accusation.key == "no_case":
            last = self.sentences(traits.slot.liberty, length - 1 or 1)
            return [deed, " ".join(last)]
        first = [self.sentence("who")] if length > 1 else []
        taken = [self.sentence("taken")]
        if (course.detained - course.seized).days > 5:
            taken.append(self.sentence("seized"))
        taken += (
            self.sentences("house" if course.at_home else "remand", length - 1 or 1)
            if self._is_held()
            else []
        )
        told = [" ".join([*first, deed]), " ".join(taken)]
        told += self.sentences("aside", length - 2) if length > 2 else []
        told += [*self._trial(length), " ".join(self._afterwards(length))]
        return [*told, *self._chronicle()] if length == _LONGEST else told

    def _chronicle(self) -> list[str]:
        """The days of the case as a list."""
        course = self._course
        events = (
            (course.seized, "задержание"),
            (course.verdict, "приговор"),
            (course.in_force, "приговор вступил в силу"),
            (course.end, "конец лишения свободы"),
        )
        items = [f"<li>{day_ru(each)} — {what}</li>" for each, what in events if each and each <= AS_OF]
        return ["<h3>Хроника</h3>", f"<ul>{''.join(items)}</ul>"] if len(items) > 1 else []

    def _is_held(self) -> bool:
        return self._traits.slot.liberty not in (Liberty.ADMINISTRATIVE_ARREST, Liberty.BEYOND_REACH)

    def _trial(self, length: int) -> list[str]:
        course, traits = self._course, self._traits
        if not (course.verdict and course.verdict <= AS_OF) or self._traits.slot.liberty in _NO_TRIAL:
            return []
        is_closed = "closed" in traits.accusation.traits
        hearings = self.sentences("closed" if is_closed else "open_court", 1 if is_closed else length)
        told = [" ".join([*hearings, self.sentence("plea")])]
        if length > 2:
            told.insert(0, "<h3>Суд</h3>")
        if length > 1 and not is_closed and self._rng.random() < 0.6:
            told.append(f"<blockquote>{self.sentence('words')}</blockquote>")
        appeal = "appeal" if course.in_force and course.in_force <= AS_OF else "appeal_waits"
        own = course.ground in ("suspended_sentence", "non_custodial", "credit_exceeds_term")
        told.append(" ".join([self.sentence("verdict"), *([] if own else [self.sentence(appeal)])]))
        return told

    def _afterwards(self, length: int) -> list[str]:
        """What became of the person, and what belongs to the end of a story."""
        traits, course = self._traits, self._course
        pool = str(traits.slot.liberty)
        if traits.slot.liberty == Liberty.AT_LIBERTY:
            pool = "handed" if course.circumstance == "handed_to_ukraine" else course.ground
            pool = "expelled" if course.circumstance == "expelled" else pool
        most = (
            max(1, length) if traits.slot.liberty in (Liberty.IMPRISONED, Liberty.PRETRIAL_DETENTION) else 1
        )
        told = self.sentences(pool, most)
        if traits.case_key:
            told.append(self.sentence("group_case"))
        return told

    def reasons_ru(self) -> list[str]:
        """Why the prosecution is political: the accusation's own reasons, then what is unfair in any."""
        own = [self.fill(each) for each in self._traits.accusation.why]
        own = self._rng.sample(own, min(len(own), self._rng.randint(1, 2)))
        pool = self.sentences("why_unfair", self._rng.randint(1, 3))
        return own + [each for each in pool if not each.startswith(self._out_of_place())]

    def _out_of_place(self) -> tuple[str, ...]:
        """How sentences begin that are not true of this person."""
        slot, course = self._traits.slot, self._course
        found = [] if slot.recognised not in (Recognised.NO, Recognised.WITHDRAWN) else ["Признавая"]
        found += [] if course.verdict else ["Право на справедливый суд"]
        if self._traits.accusation.key == "no_case":
            found.append("Мы требуем прекратить дело")
        if course.at_home or course.verdict is None:
            found.append("Держать под стражей")
        return tuple(found)

    def story_en(self) -> list[str]:
        """A short story in English."""
        traits = self._traits
        if traits.by_initials:
            return [f"Charges were brought {traits.accusation.case_en}."]
        first = "" if traits.described else self.sentence("who", "en")
        deed = self.fill(traits.deed.text_en)
        last = self.sentence(str(traits.slot.liberty), "en")
        if traits.described or traits.accusation.key == "no_case":
            return [first, deed, last]
        tried = bool(self._words["term_en"])
        remanded = "" if self._course.at_home or not self._is_held() else self.sentence("remand", "en")
        verdict = [self.sentence("plea", "en"), self.sentence("verdict", "en")] if tried else []
        return [first, deed, self.sentence("taken", "en"), remanded, *verdict, last]


_NO_TRIAL: Final = (Liberty.INPATIENT_TREATMENT, Liberty.ADMINISTRATIVE_ARREST, Liberty.BEYOND_REACH)


@cache
def _pools() -> dict[str, dict[str, list[str]]]:
    return read("telling")


def _paragraphs(paragraphs: list[str]) -> str:
    return "".join(text if text.startswith("<") else f"<p>{text}</p>" for text in paragraphs if text)


def _words(rng: Random, traits: Traits, course: Course) -> dict[str, str]:
    """Everything that a sentence may name."""
    age = (course.seized - traits.born).days // 365
    name = traits.name
    words = dict(_PRONOUNS[Gender.FEMALE if traits.gender == Gender.FEMALE else Gender.MALE])
    words |= {
        "name": f"{name.given} {name.surname}".strip(),
        "name_en": f"{name.given_en} {name.surname_en}".strip(),
        "prof": traits.words[0],
        "prof_en": traits.words[1],
        "age_words": f"{age} {plural_ru(age, 'год', 'года', 'лет')}",
        "town_gen": traits.town.genitive,
        "town_loc": traits.town.locative,
        "town_en": traits.town.name_en,
        "n_times": rng.choice(_TIMES),
        "sum": rng.choice(_SUMS),
        "when": when_ru(course.seized, course.months_only),
        "when_en": when_en(course.seized, course.months_only),
        "asked": term_ru((course.years or 2) + rng.choice((0.5, 1, 1, 2))),
        "term_ru": verdict_ru(traits, course, with_day=False),
        "term_en": verdict_en(traits, course, with_day=False),
        "hobby": "",
    } | _days(course)
    hobby = _GENDERED.sub(
        lambda found: found[2 if traits.gender == Gender.FEMALE else 1], rng.choice(_pools()["ru"]["hobby"])
    )
    words["hobby"] = hobby
    capitals = {key.capitalize(): value[:1].upper() + value[1:] for key, value in words.items() if value}
    return words | {key: capitals.get(key, "") for key in capitals}


def _days(course: Course) -> dict[str, str]:
    verdict = course.verdict or course.detained + timedelta(days=200)
    end: date = course.end or AS_OF
    return {
        "verdict_day": day_ru(verdict),
        "verdict_day_en": day_en(verdict),
        "end_when": day_ru(end),
        "death_when": day_ru(end),
    }
