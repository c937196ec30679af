"""Lives in court: mixed fates, terms that absorb each other, verdicts quashed, treatment, a mother's deferral."""

import pytest

from cases.choices import Stage
from cases.models import (
    DecisionPerson,
    Event,
    Hearing,
    Penalty,
    RecognitionProsecution,
    Term,
    TermAbsorption,
    TermDecision,
)
from memorial.base.choices import State, Verification
from prisoners.models import Prisoner
from tests.cases_lives.record import (
    accused,
    becomes,
    case,
    charge,
    chronology,
    court,
    day,
    decide,
    happened,
    hear,
    held,
    in_this_order,
    person,
    restrain,
    stage,
)
from tests.factories import RecognitionFactory

pytestmark = pytest.mark.django_db

NINE = (
    ("Агния Берестова", "Agniya Berestova", "f", "5 лет общего режима"),
    ("Борис Вереснёв", "Boris Veresnyov", "m", "7 лет строгого режима; лишение звания"),
    ("Вера Гречишная", "Vera Grechishnaya", "f", "3 года условно, испытательный срок 2 года"),
    ("Глеб Дубравин", "Gleb Dubravin", "m", "штраф 300 000 руб."),
    ("Дина Ельникова", "Dina Yelnikova", "f", ""),
    ("Елисей Жнивин", "Yelisei Zhnivin", "m", "3 года принудительных работ"),
    ("Жанна Зимородкова", "Zhanna Zimorodkova", "f", "4 года колонии-поселения"),
    ("Захар Ильменев", "Zakhar Ilmenev", "m", "пожизненно"),
)


def test_nine_people_with_mixed_fates_of_whom_one_is_hidden(pages):
    theirs = case("Дело книжного кружка", "The reading circle case", is_group=True, opened="03.02.2024")
    people = {accused(theirs, person(ru, en, gender)): text for ru, en, gender, text in NINE}
    hidden = accused(theirs, person("Ипполит Кукушкинд", "Ippolit Kukushkind", state=State.WITHDRAWN))
    everybody = [*people, hidden]
    for each in everybody:
        charge(each, "ч. 1 ст. 282.2 УК РФ", "05.02.2024")
    dina, zhanna = list(people)[4], list(people)[6]
    guilty = {each: text for each, text in people.items() if each != dina}
    decide(theirs, "guilty_verdict", "12.05.2025", {**guilty, hidden: "9 лет 11 месяцев строгого режима"})
    decide(theirs, "acquittal", "12.05.2025", {dina: ""})
    decide(
        theirs, "guilty_verdict", "14.05.2025", {hidden: "1 год общего режима"}, note_ru="Ещё одно решение."
    )
    hear(theirs, "2025-06-01", "10:00", hidden, subject_ru="Замечания на протокол")
    happened(hidden, "07.2024", "Голодовка девятого.")
    happened(zhanna, "08.2024", "Жанна Зимородкова провела в карцере десять суток.")

    for language in ("ru", "en"):
        text = pages.raw(theirs, language)
        for secret in ("Кукушкинд", "Kukushkind", "kukushkind", "Ещё одно решение", "протокол", "девятого"):
            assert secret not in text, secret
    text, english = pages.of(theirs), pages.of(theirs, "en")
    for number in ("9 человек", "девять", "и ещё 1", "9 people", "9 лет 11 месяцев"):
        assert number not in text + english
    for said in (
        "5 лет колонии общего режима",
        "Берестова",
        "Штраф 300 000 ₽",
        "Оправдана",
        "3 года принудительных работ",
        "4 года колонии-поселения",
        "Жанна Зимородкова провела в карцере",
    ):
        assert said in text, said
    assert "3 years, suspended, probation period 2 years" in english
    assert "Acquitted" in english
    assert "Life imprisonment" in english
    assert stage(dina) is Stage.ACQUITTED
    boris = pages.of(Prisoner.objects.get(slug="veresnyov"))
    assert "Агния" in boris, "those of the case who are published"
    assert "Кукушкинд" not in boris
    only = {each.pk for each in Hearing.objects.shown()}
    assert not only, "a hearing of hidden people only is no hearing for readers"


def test_one_of_two_is_hidden_and_the_case_reads_as_if_there_were_one(pages):
    theirs = case("Дело о двух письмах", "The case of two letters", opened="01.03.2025")
    shown = accused(theirs, person("Нина Озерецкая", "Nina Ozeretskaya", "f"))
    other = accused(theirs, person("Олег Плёсов", "Oleg Plyosov", state=State.DRAFT))
    for each in (shown, other):
        charge(each, "ст. 275 УК РФ", "01.03.2025")
    decide(
        theirs,
        "guilty_verdict",
        "01.03.2026",
        {shown: "12 лет общего режима", other: "13 лет строгого режима"},
    )
    text = pages.of(theirs)
    assert "Плёсов" not in text
    assert "13 лет" not in text
    said = chronology(text)
    assert "12 лет колонии общего режима" in said
    assert "Озерецкая: 12 лет" not in said, "one person alone needs no name in each line"


def test_three_cases_terms_that_absorb_each_other_and_a_prison(pages):
    man = person("Роман Стрежнев", "Roman Strezhnev")
    held(man, "02.02.2021", reason="serving", regime="prison")
    terms = []
    record = (
        ("02.02.2021", "10.11.2021", "ч. 1 ст. 280 УК РФ", "3 года общего режима", 3, "general"),
        ("05.05.2022", "10.02.2023", "ч. 2 ст. 205.2 УК РФ", "6 лет строгого режима", 6, "strict"),
        ("09.09.2023", "16.08.2024", "ч. 2 ст. 205.2 УК РФ", "4 года строгого режима", 4, "strict"),
    )
    links: list[DecisionPerson] = []
    for number, (opened, on, article, text, years, regime) in enumerate(record, 1):
        one = case(f"Дело {number} о словах", f"Case {number} on words", opened=opened)
        his = accused(one, man, since=opened)
        charge(his, article, opened)
        decided = decide(one, "guilty_verdict", on, {his: text})
        decide(one, "upheld", f"20.12.{on[-4:]}", {his: ""}, instance="appeal")
        links.append(decided.people.get())
        terms.append(Term.objects.create(prisoner=man, years=years, regime=regime, current=False))
        TermDecision.objects.create(term=terms[-1], decision_person=links[-1])
        assert stage(his) is Stage.SERVING
    whole = Term.objects.create(
        prisoner=man,
        years=9,
        months=6,
        regime="prison",
        begins_on=day("02.02.2021"),
        expected_end=day("08.2030"),
    )
    for term, link in zip(terms, links, strict=True):
        TermAbsorption.objects.create(term=whole, absorbed=term)
        TermDecision.objects.create(term=whole, decision_person=link)
    text = pages.of(man)
    assert "9 лет 6 месяцев" in text
    in_this_order(text, "Дело 3 о словах", "Дело 2 о словах", "Дело 1 о словах")
    in_this_order(
        chronology(text), "3 года колонии общего режима", "6 лет колонии строгого режима", "4 года колонии"
    )
    english = pages.of(man, "en")
    assert "9 years 6 months" in english


def test_quashed_and_tried_anew(pages):
    theirs = case("Дело о стихах на площади", "The case of poems in a square", opened="10.01.2023")
    woman = person("Софья Талицкая", "Sofya Talitskaya", "f")
    hers = accused(theirs, woman, since="10.01.2023")
    words = charge(hers, "п. «д» ч. 2 ст. 207.3 УК РФ", "10.01.2023")
    first = decide(theirs, "guilty_verdict", "15.06.2023", {hers: "7 лет общего режима"})
    becomes(words, "convicted", "15.06.2023", decision=first)
    quashed = decide(theirs, "quashed", "20.11.2023", {hers: ""}, instance="appeal", supersedes=first)
    assert stage(hers) is Stage.NEW_TRIAL
    assert stage(hers, day("01.07.2023").earliest) is Stage.FIRST_INSTANCE
    assert "Признана виновной" not in pages.of(woman), "a quashed verdict says nothing of guilt"
    second = decide(theirs, "guilty_verdict", "05.04.2024", {hers: "5 лет общего режима"}, round=2)
    decide(
        theirs,
        "reduced",
        "09.09.2024",
        {hers: "4 года 6 месяцев общего режима"},
        instance="appeal",
        round=2,
        supersedes=second,
    )
    assert stage(hers) is Stage.SERVING
    text = pages.of(theirs)
    english = pages.of(theirs, "en")
    in_this_order(english, "First instance", "Appeal", "First instance, second round", "Appeal, second round")
    in_this_order(
        chronology(text),
        "15 июня 2023",
        "7 лет колонии общего режима",
        "20 ноября 2023",
        "Отмена приговора",
        "5 апреля 2024",
        "5 лет колонии общего режима",
        "9 сентября 2024",
        "4 года 6 месяцев",
    )
    assert quashed.supersedes == first
    assert "4 years 6 months in a general-regime colony" in pages.of(woman, "en")
    assert chronology(text).count("7 лет колонии") == text.count("7 лет колонии"), (
        "only the chronology has it"
    )


def test_treatment_and_its_reviews_are_never_a_sentence(pages):
    theirs = case("Дело о звонке", "The case of a telephone call", opened="14.01.2024")
    man = person("Тихон Урочищев", "Tikhon Urochishchev")
    held(man, "14.01.2024", reason="compulsory_treatment")
    his = accused(theirs, man, since="14.01.2024")
    charge(his, "ч. 1 ст. 207.3 УК РФ", "14.01.2024")
    restrain(his, "custody", "15.01.2024", until="14.03.2024", ended="30.08.2024")
    ruling = decide(
        theirs,
        "medical_ruling",
        "30.08.2024",
        {his: ""},
        link={"medical_measure": "specialised"},
        until="28.02.2025",
    )
    assert stage(his) is Stage.COMPULSORY_TREATMENT
    for on, until in (
        ("25.02.2025", "25.08.2025"),
        ("22.08.2025", "22.02.2026"),
        ("20.02.2026", "20.08.2026"),
    ):
        decide(theirs, "medical_extended", on, {his: ""}, instance="execution", until=until)
    decide(
        theirs,
        "medical_changed",
        "19.08.2026",
        {his: ""},
        instance="execution",
        link={"medical_measure": "general"},
        until="19.02.2027",
        supersedes=ruling,
    )
    assert stage(his) is Stage.COMPULSORY_TREATMENT
    text = pages.of(man)
    for said in ("уд направил на принудительное лечение", "19 февраля 2027"):
        assert said in text, said
    in_this_order(
        chronology(text),
        "30 августа 2024",
        "25 февраля 2025",
        "22 августа 2025",
        "20 февраля 2026",
        "19 августа 2026",
    )
    for never in ("отбыва", "Приговор:", "приговорён", "Виновен"):
        assert never not in text, never
    assert "ompulsory treatment" in pages.of(theirs, "en")
    assert "serving the sentence" not in pages.of(theirs, "en").lower()


def test_convicted_in_absentia_and_seized_later(pages):
    theirs = case("Дело о трансляции", "The broadcast case", opened="03.2023")
    man = person("Фёдор Хвойнов", "Fyodor Khvoinov")
    his = accused(
        theirs, man, since="03.2023", in_absentia=True, suspended_on="05.2023", suspension_reason="wanted"
    )
    charge(his, "п. «д» ч. 2 ст. 207.3 УК РФ", "03.2023")
    restrain(his, "wanted", "05.2023")
    assert stage(his) is Stage.SUSPENDED_WANTED
    verdict = decide(
        theirs,
        "guilty_verdict",
        "12.02.2024",
        {his: "8 лет общего режима"},
        link={"in_absentia": True},
        in_force_on="28.02.2024",
    )
    assert stage(his) is Stage.IN_FORCE
    held(man, "17.07.2026", reason="serving", regime="general")
    assert stage(his) is Stage.IN_FORCE
    DecisionPerson.objects.filter(decision=verdict).update(in_absentia=False)
    assert stage(his) is Stage.SERVING, "staff say that it is carried out now"
    DecisionPerson.objects.filter(decision=verdict).update(in_absentia=True)
    text = pages.of(man)
    in_this_order(
        chronology(text),
        "май 2023",
        "12 февраля 2024",
        "8 лет колонии общего режима (заочно)",
        "17 июля 2026",
    )
    assert "8 years in a general-regime colony (in absentia)" in pages.of(man, "en")


def test_deferral_of_a_mother(pages):
    theirs = case("Дело о листовке", "The leaflet case", opened="02.2024")
    woman = person("Цветана Черёмная", "Tsvetana Cheryomnaya", "f")
    hers = accused(theirs, woman, since="02.2024")
    charge(hers, "ч. 1 ст. 280.3 УК РФ", "02.2024")
    verdict = decide(
        theirs, "guilty_verdict", "11.10.2024", {hers: "4 года общего режима"}, in_force_on="01.12.2024"
    )
    link = verdict.people.get()
    Penalty.objects.create(decision_person=link, kind="deferral", deferred_until=day("17.03.2036"))
    assert stage(hers) is Stage.IN_FORCE, "a deferred sentence is not served"
    text = pages.of(theirs)
    assert "тсрочка" in text
    assert "17 марта 2036" in text
    assert "17 March 2036" in pages.of(theirs, "en")
    decide(theirs, "deferral_cancelled", "05.05.2026", {hers: ""}, instance="execution")
    assert "5 мая 2026" in chronology(pages.of(woman))


def test_recognised_in_an_old_case_only(pages):
    woman = person("Элеонора Шиповская", "Eleonora Shipovskaya", "f")
    old = case("Дело 2020 года", "The case of 2020", opened="06.2020")
    new = case("Дело 2025 года", "The case of 2025", opened="06.2025")
    one, two = accused(old, woman, since="06.2020"), accused(new, woman, since="06.2025")
    held(woman, "06.2025", reason="remand")
    made = RecognitionFactory(prisoner=woman, on=day("10.08.2020"), decided_by="memorial_hrc")
    RecognitionProsecution.objects.create(recognition=made, prosecution=one)
    text = pages.of(woman)
    assert "Решения о признании в этом деле нет" in text or "решения о признании нет" in text.lower()
    assert "There is no decision on recognition in this case" in pages.of(woman, "en")
    assert "10 августа 2020" in pages.of(old)
    assert "10 августа 2020" not in chronology(pages.of(new))
    assert two.case == new


def test_what_nobody_verified_stays_away(pages):
    theirs = case("Дело о слухах", "The case of rumours", opened="01.2025")
    his = accused(theirs, person("Эдгар Юрточкин", "Edgar Yurtochkin"))
    unsure = {"verification": Verification.UNVERIFIED}
    charge(his, "ст. 275 УК РФ", **unsure)
    decide(theirs, "guilty_verdict", "01.02.2026", {his: "17 лет строгого режима"}, **unsure)
    hear(theirs, "2026-12-24", "10:00", court=court("Суд слухов", "Court of rumours"), **unsure)
    happened(his, "05.2025", "Говорят, его били.", **unsure)
    assert stage(his) is Stage.UNKNOWN
    assert Event.objects.count() == 1
    for page in (pages.of(theirs), pages.of(his.prisoner)):
        for secret in ("275", "17 лет", "Суд слухов", "Говорят"):
            assert secret not in page, secret
