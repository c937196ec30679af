"""Who is hidden, in part or as a whole, is gone from every file at once."""

from datetime import date

import pytest
from django.http import QueryDict

from memorial.base.choices import State
from memorial.base.opendata.csv_file import csv_file
from memorial.base.partial_date import PartialDate
from prisoners.actions.hide import hide_detail
from prisoners.actions.publish import withdraw
from prisoners.actions.reduce import reduce_to_initials
from prisoners.exports.people import PEOPLE_LIST
from prisoners.models import ExternalIdentifier, NameVariant, Prisoner, PrisonerPrivate
from prisoners.models.person_details import VariantKind
from tests.factories import FacilityFactory, PrisonerFactory, StayFactory
from tests.leaks.crawl import fetch
from tests.opendata.reading import body, read_csv, read_json, read_xlsx
from tests.pages.world import TODAY, day

pytestmark = pytest.mark.django_db
FORMATS = ("export.csv", "export.json", "export.xlsx", "feed/")


def everything(reader) -> str:
    """All formats of all languages, unpacked, as one text."""
    paths = [f"/{code}/prisoners/{end}" for code in ("ru", "en") for end in FORMATS]
    return "\n".join(fetch(reader, path).body.decode() for path in paths)


@pytest.fixture
def person() -> Prisoner:
    """Somebody with all that may be hidden."""
    place = FacilityFactory(slug="ik-77", name_ru="ИК-77, Тайнинск", name_en="IK-77, Taininsk", region=None)
    person = PrisonerFactory(
        slug="sokrovenny", surname_ru="Сокровенный", given_names_ru="Игнат", patronymic_ru="Ильич",
        surname_en="Sokrovenny", given_names_en="Ignat", born=day("14.03.1987"), gender="m",
        summary_ru="Учитель.", summary_en="A teacher.", updated_on=TODAY,
        name_for_envelope="Сокровенному Игнату Ильичу", envelope_name_confirmed=True,
    )  # fmt: skip
    StayFactory(prisoner=person, facility=place, began=day("2024"))
    NameVariant.objects.create(prisoner=person, text="Потаённый", kind=VariantKind.FORMER)
    ExternalIdentifier.objects.create(prisoner=person, scheme="Wikidata", value="Q777888")
    return person


def test_all_of_it_is_there_at_first(reader, person):
    text = everything(reader)
    for told in (
        "Сокровенный",
        "Sokrovenny",
        "1987-03-14",
        "ИК-77",
        "Потаённый",
        "Wikidata: Q777888",
        "sokrovenny",
    ):
        assert told in text, told
    assert "/facilities/ik-77/" in text


def test_who_is_withdrawn_is_in_no_file(reader, person):
    withdraw(prisoner=person, reason="по просьбе семьи", by=7)
    text = everything(reader)
    for told in ("Сокровенный", "okrovenny", "1987", "Потаённый", "Q777888"):
        assert told not in text, told


def test_initials_are_all_that_remains_of_a_name(reader, person):
    reduce_to_initials(prisoner=person, reason="по просьбе семьи", by=7)
    Prisoner.objects.filter(pk=person.pk).update(state=State.PUBLISHED)
    text = everything(reader)
    for told in (
        "Сокровенн",
        "okrovenny",
        "Игнат",
        "Ignat",
        "1987-03",
        "Потаённый",
        "Q777888",
        "ИК-77",
        "ik-77",
    ):
        assert told not in text, told
    row = read_csv(body(reader, "/ru/prisoners/export.csv")).rows[0]
    assert (row["initials_only"], row["surname_ru"], row["born"]) == ("true", "С.", "1987")


@pytest.mark.parametrize(
    ("what", "gone", "left"), [("birth_date", "1987-03-14", "1987"), ("place", "ИК-77", "Сокровенный")]
)
def test_one_hidden_detail_is_in_no_file(reader, person, what, gone, left):
    hide_detail(prisoner=person, what=what, reason="по просьбе семьи", by=7)
    text = everything(reader)
    assert gone not in text
    assert left in text


def test_who_cannot_be_written_to_has_only_a_year_of_birth(reader, person):
    person.stays.update(ongoing=False, ended=PartialDate.parse("01.02.2026"))
    assert read_csv(body(reader, "/ru/prisoners/export.csv")).rows[0]["born"] == "1987"
    assert "1987-03-14" not in everything(reader)
    assert PrisonerPrivate.objects.count() == 0


def test_who_wants_quiet_is_in_no_feed_and_has_no_day(reader, person):
    Prisoner.objects.filter(pk=person.pk).update(quiet_until=date(2026, 11, 23))
    feed = body(reader, "/ru/prisoners/feed/").decode()
    assert "Сокровенный" not in feed
    row = read_csv(body(reader, "/ru/prisoners/export.csv")).rows[0]
    assert (row["surname_ru"], row["updated_on"]) == ("Сокровенный", "")
    Prisoner.objects.filter(pk=person.pk).update(quiet_until=date(2026, 11, 22))
    assert "Сокровенный" in body(reader, "/ru/prisoners/feed/").decode()


def test_who_is_hidden_while_a_file_is_sent_is_not_in_its_rest(monkeypatch):
    monkeypatch.setattr("memorial.base.opendata.portions.ROWS_AT_A_TIME", 1)
    monkeypatch.setattr("memorial.base.opendata.csv_file._BYTES_AT_A_TIME", 1)
    PrisonerFactory(slug="a", surname_ru="Агатов")
    last = PrisonerFactory(slug="z", surname_ru="Яшмов")
    chosen = PEOPLE_LIST.select(QueryDict(""), TODAY)
    chunks = csv_file(PEOPLE_LIST.table, chosen.rows(), PEOPLE_LIST.about(chosen, TODAY), "ru")
    sent = next(chunks) + next(chunks)
    Prisoner.objects.filter(pk=last.pk).update(state=State.WITHDRAWN)
    assert "Агатов" in sent.decode()
    assert "Яшмов" not in b"".join(chunks).decode()


def test_hidden_people_of_a_case_are_in_no_column(reader):
    from tests.cases_pages.world import embankment

    case = embankment()
    hidden = [each.prisoner for each in case.prosecutions.all() if not each.prisoner.is_published]
    assert hidden
    for end in ("export.csv", "export.json", "export.xlsx", "feed/"):
        text = fetch(reader, f"/ru/cases/{end}").body.decode()
        assert not [person for person in hidden if person.slug in text or person.name.surname in text]
    shown = read_csv(body(reader, "/ru/cases/export.csv")).rows[0]["people"].split("; ")
    assert len(shown) == sum(each.prisoner.is_published for each in case.prosecutions.all())
    assert read_json(body(reader, "/ru/cases/export.json"))[1][0]["people"] == shown
    assert read_xlsx(body(reader, "/ru/cases/export.xlsx"))[1][0]["people"] == "; ".join(shown)
