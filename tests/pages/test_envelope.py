"""What an envelope says, its warnings, and why there is none."""

from datetime import date

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from prisoners import models
from prisoners.choices import InstitutionKind, StayPublic, StayReason
from prisoners.display.postal_index import postal_index
from prisoners.letters import letter_address, may_be_minor, with_places
from prisoners.models import Facility, Prisoner
from tests.counting import counted
from tests.factories import FacilityFactory, PrisonerFactory, StayFactory
from tests.pages import world
from tests.pages.reading import NBSP
from tests.pages.world import TODAY, day

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _entered_in_russian():
    """What is entered must not depend on the language that an earlier test left behind."""
    with translation.override("ru"):
        yield


def writing_to(person, on=TODAY, language="en"):
    with translation.override(language):
        return letter_address(with_places(Prisoner.objects.with_liberty(on)).get(pk=person.pk), on)


def envelope(person, language="en") -> str:
    writing = writing_to(person, language=language)
    with translation.override(language):
        return render_to_string("prisoners/_envelope.html", {"writing": writing})


def held(person=None, facility=None, **fields):
    person = person or PrisonerFactory()
    StayFactory(prisoner=person, **({"facility": facility} if facility else {}), **fields)
    return person


# --- The stencil -------------------------------------------------------------------------------


def test_the_index_is_drawn_as_in_the_mock_up():
    drawn = postal_index("999014").digits
    assert drawn[0].strokes == "M13 19L3 19L3 9L13 9L13 19L3 29"
    assert drawn[0].grid == "M3 9L13 9L13 29L3 29L3 9M3 19L13 19M13 9L3 19M13 19L3 29"
    assert drawn[0].bar == "M3 3L13 3"
    assert drawn[3].strokes == "M54 9L64 9L64 29L54 29L54 9"
    assert drawn[4].strokes == "M71 19L81 9L81 29"
    assert drawn[5].strokes == "M88 9L88 19L98 19M98 9L98 29"
    assert postal_index("999014").view_box == "0 0 102 32"


def test_every_digit_has_strokes_of_its_own_on_the_lines_of_the_grid():
    strokes = [postal_index(digit * 6).digits[0].strokes for digit in "0123456789"]
    assert len(set(strokes)) == 10
    lines = {(3, 9), (13, 9), (3, 19), (13, 19), (3, 29), (13, 29)}
    for path in strokes:
        points = path.replace("M", "L").split("L")[1:]
        assert {tuple(map(int, point.split())) for point in points} <= lines


@pytest.mark.parametrize("index", ["73000", "", "99901", "9990145", "٩٩٩٠١٤", "99901a"])
def test_what_is_no_russian_index_stays_plain_text(index):
    assert not postal_index(index).is_stencil
    assert postal_index(index).text == index


def test_five_figures_of_ukraine_stand_as_text():
    shown = render_to_string("prisoners/_postal_index.html", {"index": postal_index("73000")})
    assert "73000" in shown
    assert "<svg" not in shown


# --- The address -------------------------------------------------------------------------------


def test_the_envelope_in_the_order_of_the_post():
    writing = writing_to(world.sentenced())
    assert writing.line == (
        "Рождественской-Переверзевой Александре Константиновне, 1987 г. р., "
        "ФКУ ИК-99 УФСИН России по Заречной области, ул. Образцовая, д. 1, г. Верхнереченск, "
        "Заречная область, 999014"
    )
    assert writing.addressee.replace(NBSP, " ").endswith("Константиновне, 1987 г. р.")
    assert writing.destination.endswith("999014")
    assert writing.certainty == "Letters usually arrive, though not always."
    assert writing.notes == ()
    assert writing.checked.replace(NBSP, " ") == "The address was checked on 20 November 2026."


def test_the_envelope_as_readers_see_it():
    shown = envelope(world.sentenced())
    for said in ("Кому", "Куда", "место", "Postal index 999014", "A censor reads every letter"):
        assert said in shown
    assert "Не\u00a0больше четырёх листов" in shown  # the institution's own rules, in their language
    rules = shown.split("Its own rules for letters")[1].split("Не больше")[0]
    assert "(in Russian)" in rules
    assert 'lang="ru"' in rules
    assert "1987 г. р., ФКУ ИК-99" in shown.split('<div class="copy')[1]  # plain spaces for forms


def test_an_unconfirmed_dative_is_not_used_and_the_reader_is_told():
    person = world.sentenced(envelope_name_confirmed=False)
    writing = writing_to(person)
    assert writing.line.startswith("Рождественская-Переверзева Александра Константиновна, 1987 г. р., ")
    assert "nominative" in writing.notes[0]


@pytest.mark.parametrize("born", [None, "~1987", "<1990"])
def test_a_year_of_birth_that_is_not_known_exactly_is_missed_aloud(born):
    person = world.sentenced(born=day(born) if born and born[0].isdigit() else None)
    if born:
        Prisoner.objects.filter(pk=person.pk).update(born=born)
    writing = writing_to(person)
    assert "г. р." not in writing.line
    assert any("year of birth" in note for note in writing.notes)


def test_in_a_sizo_the_investigator_may_hold_letters():
    sizo = FacilityFactory(kind=InstitutionKind.SIZO)
    writing = writing_to(held(facility=sizo, reason=StayReason.REMAND))
    assert "Before the verdict the investigator may hold letters back." in writing.notes
    assert not any("investigator" in note for note in writing_to(held()).notes)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"accepts_letters": "uncertain"}, "often do not arrive"),
        ({"accepts_letters": "unknown"}, "We do not know whether"),
        ({"accepts_letters": "yes", "in_occupied_territory": True}, "in occupied territory"),
    ],
)
def test_how_certain_it_is_that_letters_arrive(fields, said):
    assert said in writing_to(held(facility=FacilityFactory(**fields))).certainty


@pytest.mark.parametrize(
    ("checked", "said"),
    [
        (None, "Nobody has checked this address yet"),
        (date(2026, 5, 24), "checked on 24 May 2026."),
        (date(2026, 5, 20), "more than half a year ago"),
    ],
)
def test_the_age_of_the_address(checked, said):
    writing = writing_to(held(facility=FacilityFactory(address_checked_on=checked)))
    assert said in writing.checked.replace(NBSP, " ")


def test_not_from_abroad_stands_before_the_envelope_and_offers_no_phrases():
    harmful = envelope(held(PrisonerFactory(letters_from_abroad_harmful=True)))
    plain = envelope(held())
    assert harmful.index("Not from abroad") < harmful.index('<div class="env"')
    assert "Здравствуйте!" not in harmful
    assert "Здравствуйте!" in plain
    assert "abroad" not in plain


def test_phrases_are_for_those_who_read_no_russian():
    assert "Здравствуйте!" not in envelope(held(), language="ru")


# --- Why there is none -------------------------------------------------------------------------


def transit():
    person = PrisonerFactory()
    StayFactory(prisoner=person, facility=None, reason=StayReason.TRANSIT)
    return person


def of(**facility):
    return lambda: held(facility=FacilityFactory(**facility))


WHY_NOT = [
    (world.by_initials, "there will be none"),
    (world.under_house_arrest, "never publish a home address"),
    (world.civilian, "we do not know where the person is"),
    (world.released, "is at liberty"),
    (world.died_in_custody, "has died"),
    (world.beyond_reach, "beyond reach"),
    (world.sent_to_war, "military unit"),
    (world.only_russian, "We do not publish where the person is held"),
    (world.kept_secret, "We do not publish where the person is held"),
    (world.in_treatment, "do not know the postal address"),
    (transit, "being moved"),
    (of(state="draft"), "unofficial, or we have not checked it"),
    (of(accepts_letters="no"), "does not accept letters"),
    (of(city=""), "do not know the postal address"),
    (of(kind=InstitutionKind.UNOFFICIAL, state="draft", street="", postal_index=""), "unofficial"),
    (lambda: held(PrisonerFactory(born=day("2010"))), "under eighteen"),
    (lambda: held(world.nameless()), "name is not known yet"),
]


@pytest.mark.parametrize(("make", "said"), WHY_NOT)
def test_no_address_and_the_honest_reason(make, said):
    person = make()
    writing = writing_to(person)
    assert not writing.is_possible
    assert said in writing.why_not
    shown = envelope(person)
    assert "999014" not in shown
    assert "ФКУ" not in shown


def test_a_transfer_that_is_not_public_is_not_told():
    person = PrisonerFactory()
    StayFactory(prisoner=person, facility=None, reason=StayReason.TRANSIT, public=StayPublic.NO)
    assert "moved" not in writing_to(person).why_not


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("23.11.2008", False),
        ("24.11.2008", True),
        ("2008", True),
        ("2007", False),
        ("29.02.2008", False),
        ("11.2008", True),
    ],
)
def test_under_eighteen_by_the_youngest_age_that_the_date_allows(born, expected):
    assert may_be_minor(PrisonerFactory.build(born=day(born)), TODAY) is expected


def test_a_letter_finds_the_institution_and_not_the_hospital():
    person = held()
    hospital = FacilityFactory(kind=InstitutionKind.PRISON_HOSPITAL, official_name_ru="ФКУ Больница")
    StayFactory(prisoner=person, facility=hospital, temporary=True, reason=StayReason.HOSPITAL)
    assert "Больница" not in writing_to(person).line


def test_an_envelope_asks_the_database_nothing_more():
    person = with_places(Prisoner.objects.with_liberty(TODAY)).get(pk=world.sentenced().pk)
    with counted() as queries:
        letter_address(person, TODAY)
    assert len(queries) == 0, queries


def test_readers_role_gets_the_same_envelope(as_role):
    person = world.sentenced()
    line = writing_to(person).line
    with as_role("site_ro"):
        assert (
            letter_address(
                with_places(Prisoner.objects.published().with_liberty(TODAY)).get(pk=person.pk), TODAY
            ).line
            == line
        )


def test_a_concealed_institution_never_reaches_the_envelope():
    person = world.kept_secret()
    assert models.StayPrivate.objects.filter(stay__prisoner=person).exists()
    assert "секретный" not in envelope(person)
    assert not Facility.objects.filter(name_ru__contains="секретный", stays__prisoner=person).exists()
