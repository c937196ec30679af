"""What is unusual is said and saved; what calendars and grammar read from a row."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from cases.choices import PenaltyKind
from cases.models import ArticlePart, Hearing, Penalty, Prosecution, RestraintExtension
from cases.references import ArticleReference
from cases.warnings import warnings
from memorial.base.partial_date import PartialDate
from memorial.base.refusals import refused_in_words
from tests.factories import (
    ArticleEditionFactory,
    ArticleFactory,
    ChargeFactory,
    CourtFactory,
    DecisionPersonFactory,
    HearingFactory,
    OfficialFactory,
    ProsecutionFactory,
    RestraintFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def penalty(gender: str = "m", **fields) -> Penalty:
    link = DecisionPersonFactory(prosecution__prisoner__gender=gender)
    return Penalty.objects.create(decision_person=link, **{"kind": PenaltyKind.IMPRISONMENT, **fields})


@pytest.mark.parametrize(
    ("gender", "fields", "said"),
    [
        ("f", {"years": 7, "regime": "strict"}, "Women are not sent"),
        ("f", {"kind": "life", "regime": "special"}, "Women are not sentenced to life"),
        ("m", {"years": 21}, "More than 20 years"),
        ("m", {"years": 30, "months": 6}, "More than 30 years"),
        ("m", {"years": 36}, "More than 35 years"),
        ("m", {"years": 2, "months": 12}, "Twelve months"),
        ("m", {"kind": "administrative_arrest", "days": 31}, "30 days at most"),
    ],
)
def test_an_unusual_penalty_is_saved_and_said(gender, fields, said):
    assert any(said in sentence for sentence in warnings(penalty(gender, **fields)))


@pytest.mark.parametrize(
    ("gender", "fields"),
    [
        ("m", {"years": 7, "months": 6, "regime": "strict"}),
        ("f", {"years": 20, "regime": "general"}),
        ("", {"years": 7, "regime": "strict"}),
        ("m", {"kind": "life", "regime": "special"}),
        ("m", {"kind": "administrative_arrest", "days": 30}),
    ],
)
def test_an_ordinary_penalty_is_not_spoken_of(gender, fields):
    assert warnings(penalty(gender, **fields)) == []


def test_a_term_is_looked_at_like_a_penalty():
    assert warnings(TermFactory(prisoner__gender="f", years=22, regime="prison")) != []
    assert warnings(TermFactory()) == []


def test_a_charge_is_held_against_its_edition():
    article = ArticleFactory(edition=None)
    old = ArticleEditionFactory(article=article, valid_to=date(2023, 12, 24), has_parts="no")
    new = ArticleEditionFactory(article=article, valid_from=date(2023, 12, 25), verified_on=None)
    ArticlePart.objects.create(edition=new, number="1")
    said = {
        name: " ".join(warnings(ChargeFactory(article=article, **fields)))
        for name, fields in {
            "no parts": {"act_on": "2023-05-01", "part": "2"},
            "no such part": {"act_on": "2024-05-01", "part": "2"},
            "between": {"act_on": "2023", "part": ""},
            "another edition": {"act_on": "2023-05-01", "edition": new, "part": "1"},
            "good": {"act_on": "2023-05-01", "edition": old, "part": ""},
        }.items()
    }
    assert "has no parts" in said["no parts"]
    assert "no part 2" in said["no such part"]
    assert "not checked" in said["no such part"]
    assert "No edition" in said["between"]
    assert "not in force on the day" in said["another edition"]
    assert said["good"] == ""


def test_a_hearing_at_night_on_sunday_without_a_court():
    night = HearingFactory(on=date(2024, 2, 18), at=time(3), court=None)
    assert len(warnings(night)) == 3
    assert warnings(HearingFactory(on=date(2024, 2, 19), at=time(10))) == []
    closed = CourtFactory(closed_on=date(2020, 1, 1))
    assert len(warnings(HearingFactory(on=date(2024, 2, 19), at=time(10), court=closed))) == 1


def test_a_stage_of_another_kind_and_a_long_detention():
    prosecution = ProsecutionFactory(stage_entered="adm_ruling")
    assert len(warnings(prosecution)) == 1
    week = {"began": PartialDate.parse("01.03.2023"), "ended": PartialDate.parse("08.03.2023")}
    assert len(warnings(RestraintFactory(measure="police_detention", **week))) == 1
    assert warnings(RestraintFactory(measure="custody", **week)) == []


# --- What others read from a row --------------------------------------------------------------------


def test_a_hearing_is_told_in_the_courts_own_zone():
    hearing = HearingFactory(on=date(2026, 3, 2), at=time(10, 30), court__time_zone="Asia/Vladivostok")
    assert hearing.starts_at == datetime(2026, 3, 2, 0, 30, tzinfo=UTC)
    hearing.court.time_zone = ""
    assert hearing.starts_at is None
    hearing.at = None
    assert hearing.starts_at is None


def test_every_change_that_readers_calendars_show_raises_the_sequence():
    hearing = HearingFactory(hearing_state="planned")
    uid = hearing.uid
    rows = Hearing.objects.filter(pk=hearing.pk)
    counts = []
    for change in ({"room": "12"}, {"note_ru": "заметка"}, {"at": time(11)}, {"hearing_state": "postponed"}):
        rows.update(**change)
        counts.append(rows.get().sequence)
    rows.update(sequence=0, uid="00000000-0000-0000-0000-000000000001")
    assert counts == [1, 1, 2, 3]
    assert rows.get().sequence == 3
    assert rows.get().uid == uid


def test_a_charge_fits_the_grammar_of_references():
    article = ArticleFactory(number="205")
    charge = ChargeFactory(
        article=article,
        points=["а", "е.1"],
        attempt="attempt",
        complicity="3,5",
        episodes=2,
        edition_law="32-ФЗ 2022-03-04",
    )
    reference = ArticleReference(**charge.reference_fields())
    assert (reference.code, reference.article, reference.points) == ("uk-rf", "205", ("а", "е.1"))
    assert charge.is_structured
    words = ChargeFactory(article=None, part="", wording_ru="по статье о терроризме")
    assert not words.is_structured


def test_the_last_extension_tells_until_when():
    restraint = RestraintFactory(until=PartialDate.parse("14.05.2023"))
    assert str(restraint.runs_until.text) == "2023-05-14"
    for until in ("14.08.2023", "14.07.2023"):
        RestraintExtension.objects.create(restraint=restraint, until=PartialDate.parse(until))
    assert restraint.runs_until.text == "2023-08-14"


def test_a_court_of_occupied_territory_stands_in_quotes():
    court = CourtFactory(in_occupied_territory=True, name_en="Supreme Court")
    assert str(court) == "‘Supreme Court’"
    assert HearingFactory(court=court).shown_court == court
    assert HearingFactory(court__state="draft").shown_court is None


def test_the_database_says_what_it_refuses_in_words():
    with pytest.raises(ValidationError, match="belongs to another case"), refused_in_words():
        DecisionPersonFactory(prosecution=ProsecutionFactory())
    with pytest.raises(ValidationError, match="Two different people"), refused_in_words():
        OfficialFactory(state="published")
    row = ProsecutionFactory()
    with pytest.raises(ValidationError, match="exists already"), refused_in_words():
        Prosecution.objects.create(case=row.case, prisoner=row.prisoner)
