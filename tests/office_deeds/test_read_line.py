"""A line of news becomes the fields of a quick entry; what is not understood becomes nothing."""

from datetime import date, time

import pytest

from cases.actions.quick_kinds import LineKind
from cases.actions.read_line import ReadLine, read_line

TODAY = date(2026, 11, 23)
FEBRUARY = date(2027, 2, 14)
PART_1 = "ч. 1 ст. 280.3 УК РФ"

RESTRAINTS = [
    ("стражу продлили до 14.02", "extended", {"until": FEBRUARY, "measure": "custody"}),
    ("custody extended to 14.02", "extended", {"until": FEBRUARY, "measure": "custody"}),
    ("Custody extended until 14 February", "extended", {"until": FEBRUARY, "measure": "custody"}),
    ("Арест продлён до 14 февраля", "extended", {"until": FEBRUARY, "measure": "custody"}),
    ("продлён домашний арест до 14.02.2027", "extended", {"until": FEBRUARY, "measure": "house_arrest"}),
    ("20.11 срок содержания под стражей продлили до 14 февр.", "extended",
     {"on": date(2026, 11, 20), "until": FEBRUARY, "measure": "custody"}),
    ("продлили до 14.02.27", "extended", {"until": FEBRUARY}),
    ("Запрет определённых действий продлён по 14 февраля 2027 года", "extended",
     {"until": FEBRUARY, "measure": "ban_on_actions"}),
    ("вчера продлили СИЗО до 1 марта", "extended",
     {"on": date(2026, 11, 22), "until": date(2027, 3, 1), "measure": "custody"}),
    ("арест продлён", "extended", {"measure": "custody"}),
    ("переведён под домашний арест до 14.02", "restraint", {"until": FEBRUARY, "measure": "house_arrest"}),
    ("переведена под домашний арест", "restraint", {"measure": "house_arrest"}),
    ("заключён под стражу до 14.02", "restraint", {"until": FEBRUARY, "measure": "custody"}),
    ("арестован до 14.02", "restraint", {"until": FEBRUARY, "measure": "custody"}),
    ("21.11 арестована до 14.02", "restraint",
     {"on": date(2026, 11, 21), "until": FEBRUARY, "measure": "custody"}),
    ("отправлен в СИЗО до 14 февраля", "restraint", {"until": FEBRUARY, "measure": "custody"}),
    ("отпустили под подписку о невыезде", "restraint", {"measure": "undertaking"}),
    ("мера пресечения — запрет определенных действий до 14.02", "restraint",
     {"until": FEBRUARY, "measure": "ban_on_actions"}),
    ("отпущен под залог", "restraint", {"measure": "bail"}),
    ("объявлен в федеральный розыск", "restraint", {"measure": "wanted"}),
    ("заочно арестован", "restraint", {"measure": "custody_in_absentia"}),
    ("remanded in custody until 2027-02-14", "restraint", {"until": FEBRUARY, "measure": "custody"}),
    ("put under house arrest until 14.02", "restraint", {"until": FEBRUARY, "measure": "house_arrest"}),
    ("задержан 22.11", "restraint", {"on": date(2026, 11, 22), "measure": "police_detention"}),
]  # fmt: skip
HEARINGS = [
    ("заседание 24.11 10:30, зал 4", "hearing", {"on": date(2026, 11, 24), "at": time(10, 30), "room": "4"}),
    ("Заседание 24.11 в 10.30", "hearing", {"on": date(2026, 11, 24), "at": time(10, 30)}),
    ("Заседание 24.11 в 10.30, каб. 215а", "hearing",
     {"on": date(2026, 11, 24), "at": time(10, 30), "room": "215а"}),
    ("заседание 24 ноября в 9:00", "hearing", {"on": date(2026, 11, 24), "at": time(9, 0)}),
    ("слушание завтра в 14:15, зал № 12", "hearing",
     {"on": date(2026, 11, 24), "at": time(14, 15), "room": "12"}),
    ("слушание завтра в 14 часов", "hearing", {"on": date(2026, 11, 24), "at": time(14, 0)}),
    ("hearing 24.11 10:30, room 4", "hearing", {"on": date(2026, 11, 24), "at": time(10, 30), "room": "4"}),
    ("заседание 12.01", "hearing", {"on": date(2027, 1, 12)}),
    ("прения 24.11 10:30", "hearing", {"on": date(2026, 11, 24), "at": time(10, 30), "subject": "прения"}),
    ("последнее слово 24.11", "hearing", {"on": date(2026, 11, 24), "subject": "последнее слово"}),
    ("приговор огласят 24.11", "hearing", {"on": date(2026, 11, 24), "subject": "оглашение приговора"}),
    ("апелляция: заседание 24.11 11:00", "hearing",
     {"on": date(2026, 11, 24), "at": time(11, 0), "instance": "appeal", "subject": "апелляция"}),
    ("заседание отложено на 3.12", "postponed", {"until": date(2026, 12, 3)}),
    ("заседание 24.11 отложено на 3.12", "postponed",
     {"on": date(2026, 11, 24), "until": date(2026, 12, 3)}),
    ("заседание отложено на 3 декабря, 10:00", "postponed", {"until": date(2026, 12, 3), "at": time(10, 0)}),
    ("Заседание перенесли на 3 декабря в 10.00", "postponed",
     {"until": date(2026, 12, 3), "at": time(10, 0)}),
    ("слушание перенесено", "postponed", {}),
    ("hearing postponed to 3.12", "postponed", {"until": date(2026, 12, 3)}),
    ("заседание 24.11 отменено", "cancelled", {"on": date(2026, 11, 24)}),
    ("заседание 20.11 состоялось", "held", {"on": date(2026, 11, 20)}),
]  # fmt: skip
DECISIONS = [
    ("6 years, strict", "verdict", {"penalties": "6 years, strict"}),
    ("6 лет строгого режима", "verdict", {"penalties": "6 лет строгого режима"}),
    ("приговор: 7 лет 6 месяцев, общий", "verdict", {"penalties": "7 лет 6 месяцев, общий"}),
    ("20.11 приговор: 7 лет 6 месяцев, общий", "verdict",
     {"on": date(2026, 11, 20), "penalties": "7 лет 6 месяцев, общий"}),
    ("приговорён к 7 годам колонии общего режима", "verdict",
     {"penalties": "7 годам колонии общего режима"}),
    ("осуждена на 3 года условно", "verdict", {"penalties": "3 года условно"}),
    ("получил 5 лет колонии-поселения", "verdict", {"penalties": "5 лет колонии-поселения"}),
    ("штраф 300 тыс. руб.", "verdict", {"penalties": "штраф 300 тыс. руб"}),
    ("пожизненное", "verdict", {"penalties": "пожизненное"}),
    ("15 суток ареста", "verdict", {"penalties": "15 суток ареста"}),
    (f"7 лет общего режима по {PART_1}", "verdict",
     {"penalties": "7 лет общего режима", "rest": f"по {PART_1}"}),
    ("sentenced to 6 years, strict", "verdict", {"penalties": "6 years, strict"}),
    ("оправдан", "acquitted", {}),
    ("апелляция оставила в силе", "upheld", {"instance": "appeal"}),
    ("Апелляция 20 ноября оставила приговор без изменений", "upheld",
     {"on": date(2026, 11, 20), "instance": "appeal"}),
    ("кассация оставила приговор в силе", "upheld", {"instance": "cassation"}),
    ("апелляция смягчила наказание до 5 лет строгого режима", "reduced",
     {"instance": "appeal", "penalties": "5 лет строгого режима"}),
    ("апелляция ужесточила приговор до 9 лет строгого режима", "increased",
     {"instance": "appeal", "penalties": "9 лет строгого режима"}),
    ("кассация отменила приговор", "quashed", {"instance": "cassation"}),
    ("апелляция отменила приговор и направила дело на новое рассмотрение", "remitted",
     {"instance": "appeal"}),
    ("приговор вступил в силу 20.11", "in_force", {"on": date(2026, 11, 20)}),
    (f"обвинение переквалифицировано на {PART_1}", "reclassified", {"reference": PART_1}),
    (f"20.11 обвинение переквалифицировали с ч. 2 ст. 207.3 УК РФ на {PART_1}", "reclassified",
     {"on": date(2026, 11, 20), "reference": PART_1}),
    ("предъявлено обвинение по п. «д» ч. 2 ст. 207.3 УК РФ", "charged",
     {"reference": "п. «д» ч. 2 ст. 207.3 УК РФ"}),
    (f"20.11 предъявили обвинение по {PART_1}", "charged", {"on": date(2026, 11, 20), "reference": PART_1}),
    ("дело прекращено", "discontinued", {}),
    ("суд вернул дело прокурору", "returned", {}),
    ("upheld on appeal 20.11", "upheld", {"on": date(2026, 11, 20), "instance": "appeal"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "fields"), [*RESTRAINTS, *HEARINGS, *DECISIONS])
def test_a_line_is_read(text, kind, fields):
    assert read_line(text, TODAY) == ReadLine(LineKind(kind), **fields)


def test_the_lines_are_many():
    assert len([*RESTRAINTS, *HEARINGS, *DECISIONS]) >= 60


@pytest.mark.parametrize(
    "text", ["", "   ", "написал письмо", "ст. 228", "31.02", "?!", "x" * 400, "0", "до"]
)
def test_what_is_not_understood_is_nothing(text):
    assert read_line(text, TODAY) is None


@pytest.mark.parametrize(("text", "day"), [("31.12", date(2026, 12, 31)), ("22.11", date(2027, 11, 22))])
def test_a_day_that_something_lasts_until_lies_ahead(text, day):
    assert read_line(f"арест продлён до {text}", TODAY).until == day


def test_the_day_of_a_decision_lies_behind():
    assert read_line("31.12 оправдан", TODAY).on == date(2025, 12, 31)


def test_a_leap_day_is_in_a_leap_year_only():
    assert read_line("арест продлён до 29.02", TODAY).until is None
    assert read_line("арест продлён до 29.02", date(2027, 6, 1)).until == date(2028, 2, 29)
