"""Lives that the law was late for: a year with no case, a war, a cell for fifteen days, a word for a name."""

import pytest

from cases.choices import Stage
from cases.models import CaseLink, Prosecution
from prisoners.models import Prisoner
from prisoners.querysets import PrisonerQuerySet
from tests.cases_lives.record import (
    accused,
    becomes,
    case,
    charge,
    chronology,
    day,
    decide,
    freed,
    happened,
    hear,
    held,
    in_this_order,
    person,
    restrain,
    stage,
)
from tests.factories import FacilityFactory
from tests.pages.world import TODAY

pytestmark = pytest.mark.django_db


def liberty(someone: Prisoner) -> str:
    people: PrisonerQuerySet = Prisoner.objects.published()
    return str(people.with_liberty(TODAY).get(pk=someone.pk).liberty)


def test_civilian_held_a_year_without_a_case_and_then_charged(pages):
    someone = person("Остап Ковриженко", "Ostap Kovryzhenko")
    cellar = FacilityFactory(kind="commandant")
    held(someone, "04.2022", reason="seized", facility=cellar)
    nothing = case("Удержание в Приморске", "Held in Prymorsk", "no_proceedings", opened="04.2022")
    before = accused(nothing, someone, role="held", since="04.2022")
    restrain(before, "extraprocedural", "04.2022", ended="12.05.2023")
    assert stage(before) is Stage.HELD_NO_PROCEEDINGS
    assert "There is no case in law" in pages.of(nothing, "en")

    criminal = case("Дело о «шпионаже» в Приморске", "The espionage case of Prymorsk", opened="12.05.2023")
    after = accused(criminal, someone, since="12.05.2023")
    espionage = charge(after, "ст. 276 УК РФ", "12.05.2023")
    restrain(after, "custody", "13.05.2023", until="12.07.2023")
    CaseLink.objects.create(case=nothing, other=criminal, kind="led_to", on=day("12.05.2023"))
    assert stage(after) is Stage.INVESTIGATION
    verdict = decide(criminal, "guilty_verdict", "20.02.2025", {after: "11 лет строгого режима"})
    becomes(espionage, "convicted", "20.02.2025", decision=verdict)
    assert stage(after) is Stage.FIRST_INSTANCE
    decide(criminal, "upheld", "04.06.2025", {after: ""}, instance="appeal")
    assert stage(after) is Stage.SERVING
    assert stage(after, day("01.01.2024").earliest) is Stage.INVESTIGATION

    in_this_order(
        chronology(pages.of(someone)),
        "апрель 2022",
        "Внепроцессуальное лишение свободы",
        "12 мая 2023",
        "ст. 276 УК РФ: предъявлено",
        "13 мая 2023",
        "Заключение под стражу",
        "20 февраля 2025",
        "11 лет колонии строгого режима",
        "4 июня 2025",
    )
    english = pages.of(someone, "en")
    in_this_order(chronology(english), "April 2022", "12 May 2023", "11 years in a strict-regime colony")
    assert "Held in Prymorsk" in pages.of(criminal, "en")
    assert "Grew out of" in pages.of(criminal, "en")


def test_prisoner_of_war_tried_exchanged_and_tried_again_in_absentia(pages):
    soldier = person("Назар Очеретной", "Nazar Ocheretnoi")
    captivity = held(soldier, "17.05.2022", reason="captured")
    first = case("Дело сапёрной роты", "The case of the sapper company", opened="08.2022")
    one = accused(first, soldier, since="08.2022", plea="not_admitted")
    charge(one, "ч. 1 ст. 356 УК РФ", "08.2022")
    decide(first, "guilty_verdict", "10.03.2023", {one: "18 лет строгого режима"})
    freed(captivity, "22.06.2023", "none_known", "exchange")

    second = case("Второе дело сапёрной роты", "The second case of the sapper company", opened="02.2025")
    two = accused(second, soldier, since="02.2025", in_absentia=True)
    charge(two, "ч. 3 ст. 205 УК РФ", "02.2025")
    restrain(two, "custody_in_absentia", "15.02.2025")
    decide(second, "guilty_verdict", "09.2026", {two: "22 года строгого режима"}, link={"in_absentia": True})

    assert stage(one) is Stage.FIRST_INSTANCE
    assert stage(two) is Stage.FIRST_INSTANCE
    decide(second, "upheld", "01.11.2026", {two: ""}, instance="appeal")
    assert stage(two) is Stage.IN_FORCE, "nobody serves what was decided in absence"
    text = pages.of(soldier)
    assert "22 года колонии строгого режима (заочно)" in text
    assert "Заочно" in pages.of(second)
    assert "22 years in a strict-regime colony (in absentia)" in pages.of(second, "en")
    in_this_order(
        chronology(text),
        "17 мая 2022",
        "10 марта 2023",
        "18 лет колонии строгого режима",
        "22 июня 2023",
        "15 февраля 2025",
        "сентябрь 2026",
        "22 года",
    )
    assert "exchange" in chronology(pages.of(soldier, "en"))
    in_this_order(text, "Второе дело сапёрной роты", "Дело сапёрной роты")
    assert liberty(soldier) == "at_liberty"


def test_sent_to_the_war_under_a_contract(pages):
    man = person("Егор Залесинцев", "Yegor Zalesintsev")
    custody = held(man, "11.02.2024", reason="remand")
    theirs = case("Дело о двух надписях", "The case of two inscriptions", opened="11.02.2024")
    his = accused(theirs, man, since="11.02.2024", suspended_on="05.09.2024", suspension_reason="contract")
    charge(his, "ч. 1 ст. 280.3 УК РФ", "11.02.2024")
    restrain(his, "custody", "12.02.2024", until="11.04.2024", ended="05.09.2024")
    freed(custody, "05.09.2024", "war_78_1", "sent_to_war")
    assert stage(his) is Stage.SUSPENDED_CONTRACT
    assert "Suspended (contract)" in pages.of(theirs, "en")
    in_this_order(chronology(pages.of(man)), "11 февраля 2024", "12 февраля 2024", "5 сентября 2024")
    assert liberty(man) == "sent_to_war"
    Prosecution.objects.filter(pk=his.pk).update(resumed_on=day("10.2025"))
    assert stage(his) is Stage.INVESTIGATION


def test_administrative_chain_to_a_criminal_case(pages):
    woman = person("Марта Подлипская", "Marta Podlipskaya", "f")
    protocol = case("Протокол о плакате", "The report on a placard", "administrative", opened="03.03.2023")
    liable = accused(protocol, woman, role="administratively_liable", since="03.03.2023")
    charge(liable, "ч. 1 ст. 20.3.3 КоАП РФ", "03.03.2023")
    assert stage(liable) is Stage.ADM_PROTOCOL
    decide(protocol, "adm_ruling", "06.03.2023", {liable: "арест 15 суток; штраф 40 000 руб."})
    assert stage(liable) is Stage.ADM_RULING
    hear(protocol, "2023-03-30", "", instance="appeal")
    assert stage(liable) is Stage.ADM_COMPLAINT

    criminal = case("Дело о втором плакате", "The case of a second placard", opened="20.10.2023")
    hers = accused(criminal, woman, since="20.10.2023", plea="not_admitted")
    charge(hers, "ч. 1 ст. 280.3 УК РФ", "20.10.2023")
    CaseLink.objects.create(case=protocol, other=criminal, kind="led_to", on=day("20.10.2023"))
    decide(criminal, "guilty_verdict", "17.05.2024", {hers: "штраф 150 000 руб."}, in_force_on="02.06.2024")
    assert stage(hers) is Stage.IN_FORCE
    text = pages.of(protocol)
    in_this_order(text, "Административное дело", "административного ареста", "40 000 ₽")
    assert "Дело о втором плакате" in text
    assert "15 days of administrative arrest" in pages.of(protocol, "en")
    assert "Fine of ₽150,000" in pages.of(criminal, "en")
    mine = pages.of(woman)
    in_this_order(chronology(mine), "6 марта 2023", "20 октября 2023", "17 мая 2024", "150 000 ₽")
    assert mine.index("Дело о втором плакате") < mine.index("Протокол о плакате"), "the newest case first"


def test_somebody_nameless_who_is_named_later(pages):
    unknown = person("Н Н", "N N", slug="resident")
    Prisoner.objects.filter(pk=unknown.pk).update(
        surname_ru="",
        given_names_ru="",
        surname_en="",
        given_names_en="",
        described_as_ru="Жительница Приморска, 1987 г. р.",
        described_as_en="A resident of Prymorsk, born in 1987",
    )
    unknown.refresh_from_db()
    held(unknown, "07.2023")
    nothing = case("Удержание семьи", "A family held", "no_proceedings", is_group=True)
    accused(nothing, unknown, role="held")
    other = accused(nothing, person("Лука Приморцев", "Luka Primortsev"), role="held")
    happened(other, "09.2023", "Свидетели видели его в подвале почты.")
    assert "Жительница Приморска, 1987" in pages.of(nothing)
    assert "A resident of Prymorsk, born in 1987" in pages.of(nothing, "en")

    Prisoner.objects.filter(pk=unknown.pk).update(
        described_as_ru="",
        described_as_en="",
        surname_ru="Приморцева",
        given_names_ru="Ульяна",
        surname_en="Primortseva",
        given_names_en="Ulyana",
    )
    after = pages.of(nothing)
    assert "Приморцева Ульяна" in after or "Ульяна Приморцева" in after
    assert "Жительница Приморска" not in after
    assert "Ulyana Primortseva" in pages.of(nothing, "en")
