"""Names that sound alike have one fold, in whatever letters; the functions are the database's alone."""

from __future__ import annotations

import pytest
from django.db import connection

from memorial.base.name_key import sort_key

pytestmark = pytest.mark.django_db
ALIKE = (
    "Горинцев горенцев Gorintsev Gorinzew Gorincev Gorincew Горинцева Горинцевым Горынцев",
    "Щукинов Shchukinov Schukinov Щюкинов",
    "Семён Семен Semyon Semen",
    "Юрий Yuri Yury Yuriy Iurii Jurij Юрий",
    "Александр Alexander Aleksandr Alexandr Олександр",
    "Пётр Petr Pyotr Peter",
    "Новицкевич Novitskevich Nowickewicz Novickevich",
    "Сергей Сергій Sergei Sergey Sergej Sergiy",
    "Смирнинов Smirninoff Smirninow",
    "Чайковинский Tchaikovinsky Tschaikowinski Čajkovinskij Чайковинская",
    "Мамедлин Мамедлиноглы Mamedlinoğlu Мамедлинкызы",
    "Д’Эркачин Деркачин D'Erkachin",
)
APART = ("Горинцев Горинов", "Петров Павлов", "Ким Кин", "Иван Иванов")


def fold(word: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT memorial_name_fold(%s)", [sort_key(word)])
        return cursor.fetchone()[0]


@pytest.mark.parametrize("names", ALIKE)
def test_names_that_sound_alike_have_one_fold(names):
    folds = {name: fold(name) for name in names.split()}
    assert len(set(folds.values())) == 1, folds


@pytest.mark.parametrize("names", APART)
def test_names_that_do_not_have_two(names):
    one, two = names.split()
    assert fold(one) != fold(two)


def test_words_that_only_say_whose_child_fold_to_nothing():
    assert {fold(word) for word in ("оглы", "oğlu", "oglu", "кызы", "qızı", "kyzy")} == {""}


def near(word: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT memorial_near_folds(ARRAY[memorial_name_fold(%s)])", [sort_key(word)])
        return set(cursor.fetchone()[0])


@pytest.mark.parametrize("other", ["Горинцв", "Горринкцев", "Горницев", "Гормнцев", "оринцев"])
def test_one_letter_more_less_other_or_two_changed_are_near(other):
    assert near("Горинцев") & near(other)


def test_short_names_are_near_to_themselves_alone():
    assert near("Ким") == {fold("Ким")}
    assert not near("Горинцев") & near("Гранов")
