"""A suggestion for the name on an envelope: «Рождественской Александре Константиновне».

It only fills the field in beforehand, and staff confirm it from the prison's papers. So it says
nothing rather than something doubtful: no indeclinable, double or non-Slavic names, no name whose
ending does not agree with the gender (petrovich errs on «Черных», «Заяц», «Никита»).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from memorial.base.gender import Gender

if TYPE_CHECKING:
    from petrovich.main import Petrovich

_SURNAME = {
    Gender.MALE: re.compile(r"[А-ЯЁ][а-яё]+(?:[оеё]в|[иы]н|[сц]кий)"),
    Gender.FEMALE: re.compile(r"[А-ЯЁ][а-яё]+(?:[оеё]ва|[иы]на|[сц]кая)"),
}
_PATRONYMIC = {
    Gender.MALE: re.compile(r"[А-ЯЁ][а-яё]+(?:[оеё]вич|[иь]ч)"),
    Gender.FEMALE: re.compile(r"[А-ЯЁ][а-яё]+(?:[оеё]вна|ична)"),
}
# Names of the Russian calendar in common use; those of other peoples are for staff to decline.
_MEN = """
    Александр Алексей Анатолий Андрей Антон Аркадий Арсений Артём Артемий Богдан Борис Вадим Валентин
    Валерий Василий Виктор Виталий Владимир Владислав Всеволод Вячеслав Геннадий Георгий Герман Глеб
    Григорий Даниил Денис Дмитрий Евгений Егор Ефим Захар Иван Игнатий Игорь Илья Иннокентий Кирилл
    Константин Лев Леонид Макар Максим Матвей Мирон Михаил Николай Олег Павел Пётр Роман Ростислав
    Савелий Святослав Семён Сергей Станислав Степан Тимофей Тихон Фёдор Юрий Яков Ярослав
"""
_WOMEN = """
    Агата Александра Алёна Алина Алла Анастасия Ангелина Анна Антонина Анфиса Валентина Валерия
    Варвара Василиса Вера Вероника Виктория Галина Дарья Диана Ева Евгения Екатерина Елена Елизавета
    Жанна Зинаида Зоя Инна Ирина Карина Кира Клавдия Ксения Лариса Лидия Любовь Людмила Маргарита
    Марина Мария Надежда Наталия Наталья Нина Оксана Ольга Полина Раиса Светлана София Софья Тамара
    Татьяна Ульяна Юлия Яна Ярослава
"""
_GIVEN_NAMES = {Gender.MALE: frozenset(_MEN.split()), Gender.FEMALE: frozenset(_WOMEN.split())}


def dative_suggestion(surname: str, given: str, patronymic: str, gender: str) -> str | None:
    """Return surname, given name and patronymic in the dative, or None where it is not certain.

    Certain are: a known gender, a single surname in -ов, -ев, -ин, -ын, -ский, -цкий or its feminine,
    a common Russian given name, and a patronymic (or none) of the same gender.
    """
    if gender not in (Gender.MALE, Gender.FEMALE):
        return None
    known = Gender(gender)
    regular = _SURNAME[known].fullmatch(surname) and given in _GIVEN_NAMES[known]
    if not regular or (patronymic and not _PATRONYMIC[known].fullmatch(patronymic)):
        return None
    rules, (case, sex) = declension_rules(), _petrovich_codes(known)
    parts = [rules.lastname(surname, case, sex), rules.firstname(given, case, sex)]
    if patronymic:
        parts.append(rules.middlename(patronymic, case, sex))
    return " ".join(parts)


@cache
def declension_rules() -> Petrovich:
    """Read petrovich's rules once, and only where somebody asks: the public process never does."""
    from petrovich.main import Petrovich

    return Petrovich()


def _petrovich_codes(gender: Gender) -> tuple[int, str]:
    from petrovich import enums

    return enums.Case.DATIVE, enums.Gender.MALE if gender is Gender.MALE else enums.Gender.FEMALE
