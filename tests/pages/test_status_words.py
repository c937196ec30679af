"""The words of liberty, recognition and terms, in both languages and all genders."""

import pytest
from django.utils import translation

from memorial.base.partial_date import PartialDate
from prisoners.choices import DecidingBody, LibertyStatus, StayReason
from prisoners.display.facts import age_on
from prisoners.display.liberty import liberty_mark
from prisoners.display.people import PersonCard
from prisoners.display.places import current_stays
from prisoners.display.recognition import recognition_mark, standing_of
from prisoners.display.words import since_words
from prisoners.models import Prisoner, Recognition
from prisoners.querysets import STATUS_OF_STAY
from tests.factories import CustodyFactory, PrisonerFactory, RecognitionFactory, StayFactory
from tests.pages import world
from tests.pages.world import TODAY, day

pytestmark = pytest.mark.django_db


def loaded(person: Prisoner) -> Prisoner:
    return Prisoner.objects.for_detail(TODAY).get(pk=person.pk)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("reason", "shape", "russian", "english"),
    [
        (StayReason.REMAND, "in", "Под стражей", "In pre-trial detention"),
        (StayReason.SERVING, "in", "В заключении", "Imprisoned"),
        (StayReason.HOUSE_ARREST, "home", "Под домашним арестом", "Under house arrest"),
        (
            StayReason.COMPULSORY_TREATMENT,
            "med",
            "На принудительном лечении в стационаре",
            "In compulsory in-patient treatment",
        ),
        (
            StayReason.ADMINISTRATIVE_ARREST,
            "in",
            "Под административным арестом",
            "Under administrative arrest",
        ),
        (StayReason.FORCED_LABOUR, "home", "На принудительных работах", "Doing forced labour"),
        (StayReason.NO_CASE, "unk", "Удерживается без дела", "Held without a case"),
        # Nothing says that there was a verdict, so «в заключении» is not said.
        (StayReason.HOSPITAL, "in", "Лишён свободы", "Deprived of liberty"),
    ],
)
def test_liberty_by_stay(reason, shape, russian, english):
    person = loaded(StayFactory(reason=reason, facility=None).prisoner)
    for language, words in (("ru", russian), ("en", english)):
        with translation.override(language):
            mark = liberty_mark(person)
            assert (mark.shape, plain(mark.words)) == (shape, words)


def test_every_liberty_has_a_shape_and_words():
    assert {status.value for status in STATUS_OF_STAY.values()} <= set(LibertyStatus.values)
    shapes = {"in", "home", "med", "unk", "out", "abs", "died"}
    person = PrisonerFactory()
    for status in LibertyStatus.values:
        for gender in ("f", "m", ""):
            person.gender, person.liberty = gender, status
            for language in ("ru", "en"):
                with translation.override(language):
                    mark = liberty_mark(person)
                assert mark.shape in shapes
                assert mark.words
                assert mark.words[0].isupper()


@pytest.mark.parametrize(
    ("gender", "russian"), [("m", "Умер в неволе"), ("f", "Умерла в неволе"), ("", "Нет в живых")]
)
def test_liberty_of_the_dead_by_gender(gender, russian):
    person = loaded(world.died_in_custody(gender))
    with translation.override("ru"):
        assert plain(liberty_mark(person).words) == russian
    if gender:
        with translation.override("en"):
            assert liberty_mark(person).words == "Died in custody"


@pytest.mark.parametrize(
    ("gender", "russian"),
    [
        ("m", "Признан политзаключённым 12 мая 2023"),
        ("f", "Признана политзаключённой 12 мая 2023"),
        ("", "Признание политзаключённым 12 мая 2023"),
    ],
)
def test_recognition_by_gender(gender, russian):
    person = loaded(RecognitionFactory(prisoner=PrisonerFactory(gender=gender)).prisoner)
    with translation.override("ru"):
        assert plain(recognition_mark(person).words) == russian


@pytest.mark.parametrize(
    ("gender", "russian"),
    [
        ("m", "Признан в деле 2020 года; по делу 2025 года решения нет"),
        ("f", "Признана в деле 2020 года; по делу 2025 года решения нет"),
        ("", "Признание в деле 2020 года; по делу 2025 года решения нет"),
    ],
)
def test_recognition_in_an_old_case_is_not_revived_by_a_new_arrest(gender, russian):
    person = loaded(world.arrested_again(gender))
    with translation.override("ru"):
        assert (recognition_mark(person).shape, plain(recognition_mark(person).words)) == ("no", russian)
    # The same where nobody has said in which case the decision was made.
    Recognition.objects.update(custody=None)
    with translation.override("ru"):
        assert plain(recognition_mark(loaded(person)).words) == russian


def test_recognition_in_the_new_case_stands():
    person = world.arrested_again()
    new = person.custodies.order_by("id").last()
    RecognitionFactory(prisoner=person, custody=new, on=day("06.2025"))
    with translation.override("ru"):
        mark = recognition_mark(loaded(person))
    assert mark == ("yes", mark.words)
    assert plain(mark.words) == "Признан политзаключённым в июне 2025"


def test_recognition_of_a_person_at_liberty_stays_a_fact():
    person = world.released()
    RecognitionFactory(prisoner=person, custody=person.custodies.get(), on=day("2024"))
    with translation.override("en"):
        assert recognition_mark(loaded(person)) == ("yes", "Recognised as a political prisoner, 2024")


def test_recognition_inherited_names_who_decided():
    person = PrisonerFactory()
    RecognitionFactory(prisoner=person, decided_by=DecidingBody.MEMORIAL_HRC, on=day("2020"))
    with translation.override("ru"):
        assert "Правозащитный центр «Мемориал»" in plain(recognition_mark(loaded(person)).words)


def test_recognition_by_another_organisation_is_not_our_mark():
    person = PrisonerFactory()
    RecognitionFactory(prisoner=person, decided_by=DecidingBody.OTHER, body_name_ru="Другие", on=day("2020"))
    with translation.override("ru"):
        mark = recognition_mark(loaded(person))
        assert (mark.shape, plain(mark.words)) == ("no", "Решения о признании нет")


def test_recognition_withdrawn_is_said():
    person = loaded(world.withdrawn_recognition())
    with translation.override("ru"):
        mark = recognition_mark(person)
        assert (mark.shape, plain(mark.words)) == ("no", "Признание отозвано 5 мая 2024")
    assert not Prisoner.objects.recognised().exists()


@pytest.mark.parametrize("recognised", ["12.05.2023", "2023", "after 2022", None])
@pytest.mark.parametrize("withdrawn", ["05.05.2024", "2023", "01.2023", "before 2024", "after 2023", None])
@pytest.mark.parametrize("other_body", [False, True])
def test_standing_is_the_same_in_python_and_in_the_database(recognised, withdrawn, other_body):
    person = PrisonerFactory()
    read = {"on": recognised and PartialDate.parse(recognised)}
    RecognitionFactory(prisoner=person, **read)
    RecognitionFactory(
        prisoner=person,
        outcome="withdrawn",
        on=withdrawn and PartialDate.parse(withdrawn),
        decided_by=DecidingBody.OTHER if other_body else DecidingBody.THIS_PROJECT,
        body_name_ru="Другие" if other_body else "",
    )
    decisions = Recognition.objects.filter(prisoner=person)
    assert standing_of(decisions) == list(decisions.standing())


def test_a_person_in_custody_anew_is_not_shown_with_the_old_custody():
    person = world.released()
    StayFactory(prisoner=person, reason=StayReason.REMAND, began=day("11.2026"))
    card = PersonCard(loaded(person), TODAY)
    with translation.override("ru"):
        assert card.term.is_open
        assert plain(card.term.held) == "В неволе."
        assert plain(card.term.began) == "С какого дня, неизвестно"
        assert card.since is None


def test_the_main_stay_is_the_one_the_database_picks():
    person = PrisonerFactory()
    StayFactory(prisoner=person, reason=StayReason.SERVING, began=day("2024"))
    StayFactory(prisoner=person, reason=StayReason.HOSPITAL, began=day("11.2026"), temporary=True)
    again = loaded(person)
    assert current_stays(again, TODAY)[0].reason == again.open_reason == StayReason.SERVING


def test_a_stay_that_ended_this_month_is_over():
    person = PrisonerFactory()
    StayFactory(prisoner=person, began=day("2024"), ended=day("11.2026"), ongoing=False)
    again = loaded(person)
    assert again.liberty == LibertyStatus.NOT_KNOWN
    assert current_stays(again, TODAY) == []


@pytest.mark.parametrize(
    ("since", "held"),
    [
        ("14.03.2023", "В неволе 3 года 8 месяцев."),
        ("03.2023", "В неволе 3 года 8 месяцев."),
        ("2026", "В неволе с 2026 года."),
        ("about 03.2023", "В неволе."),
        ("before 2020", "В неволе."),
        ("20.11.2026", "В неволе меньше месяца."),
        ("22.10.2026", "В неволе 1 месяц."),
        ("23.06.2026", "В неволе 5 месяцев."),
    ],
)
def test_time_held_in_words(since, held):
    person = PrisonerFactory()
    CustodyFactory(prisoner=person, detained_on=PartialDate.parse(since))
    StayFactory(prisoner=person, began=None)
    with translation.override("ru"):
        assert plain(PersonCard(loaded(person), TODAY).term.held) == held


def test_time_held_is_never_a_share_of_the_term():
    for person in world.everybody():
        for language in ("ru", "en"):
            with translation.override(language):
                term = PersonCard(loaded(person), TODAY).term
                assert "%" not in term.held + term.began + term.ends


@pytest.mark.parametrize(
    ("text", "russian", "english"),
    [
        ("14.03.2023", "14 марта 2023", "14 March 2023"),
        ("03.2023", "марта 2023", "March 2023"),
        ("2023", "2023 года", "2023"),
        ("before 2023", "", ""),
    ],
)
def test_since(text, russian, english):
    for language, words in (("ru", russian), ("en", english)):
        with translation.override(language):
            assert plain(since_words(PartialDate.parse(text))) == words


@pytest.mark.parametrize(
    ("born", "age"),
    [("02.10.1987", 39), ("23.11.1987", 39), ("24.11.1987", 38), ("10.1987", None), ("about 1987", None)],
)
def test_age_only_where_it_can_be_computed(born, age):
    assert age_on(PartialDate.parse(born), TODAY) == age
