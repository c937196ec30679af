"""A person's page in the office: what is typed arrives where it belongs, and nowhere else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from memorial.base.choices import State
from memorial.base.models import HistoryEntry
from prisoners.models import (
    Citation,
    EndOfCustody,
    Prisoner,
    PrisonerTheme,
    Stay,
    StayPrivate,
    Theme,
)
from tests.factories import (
    CitationFactory,
    CustodyFactory,
    DraftFactory,
    FacilityFactory,
    PrisonerFactory,
    RecognitionFactory,
    RegionFactory,
    StayFactory,
)
from tests.office.forms import errors_of, fields_of, with_row

pytestmark = pytest.mark.django_db


def page(person) -> str:
    return reverse("admin:prisoners_prisoner_change", args=[person.pk])


def save(client, person, fields):
    response = client.post(page(person), fields)
    assert response.status_code == 302, errors_of(response)
    return response


def test_a_page_saved_untouched_changes_nothing_but_the_version(desk):
    stay = StayFactory()
    person = stay.prisoner
    CustodyFactory(prisoner=person)
    RecognitionFactory(prisoner=person)
    CitationFactory(prisoner=person)
    seen = HistoryEntry.objects.count()
    save(desk, person, fields_of(desk.get(page(person))))
    assert [entry.table for entry in HistoryEntry.objects.order_by("id")[seen:]] == []
    before = person.version
    person.refresh_from_db()
    assert person.version == before + 1


def test_both_languages_are_edited_side_by_side(desk):
    person = PrisonerFactory()
    fields = fields_of(desk.get(page(person)))
    fields |= {"summary_ru": "Кратко.", "summary_en": "In short.", "what_happened_en": "One.\n\nTwo & three."}
    save(desk, person, fields)
    person.refresh_from_db()
    assert (person.summary_ru, person.summary_en) == ("Кратко.", "In short.")
    # Typed without the editor's scripts: paragraphs, and sanitised.
    assert person.what_happened_en == "<p>One.</p><p>Two &amp; three.</p>"


def test_every_change_of_the_page_is_signed(desk):
    person = PrisonerFactory()
    fields = with_row(
        fields_of(desk.get(page(person))),
        "custodies",
        detained_on="14.03.2023",
        term="unknown",
        verification="one_source",
    )
    save(desk, person, fields | {"summary_en": "New."})
    actors = HistoryEntry.objects.filter(table__in=["prisoners_prisoner", "prisoners_custody"]).order_by(
        "-id"
    )[:2]
    assert {entry.actor for entry in actors} == {f"staff:{desk.user.pk}"}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_often_for_three_rows_as_for_one(desk, rows, django_assert_max_num_queries):
    counts = []
    for number in (1, rows):
        person = PrisonerFactory()
        for index in range(number):
            custody = CustodyFactory(prisoner=person, detained_on=f"14.03.{2010 + index}")
            stay = StayFactory(
                prisoner=person, began=f"{2010 + index}", ended=f"{2010 + index}", ongoing=False
            )
            RecognitionFactory(prisoner=person, custody=custody)
            EndOfCustody.objects.create(
                prisoner=person, custody=custody, ground="served", circumstance="ordinary"
            )
            Citation.objects.create(stay=stay, kind="media", url="https://example.org/1")
            concealed = StayFactory(
                prisoner=person,
                began=f"{2016 + index}",
                ended=f"{2016 + index}",
                ongoing=False,
                facility=None,
                public="no",
            )
            StayPrivate.objects.create(stay=concealed, facility=FacilityFactory())
            theme = Theme.objects.create(code=f"t-{person.pk}-{index}", label_ru="Тема")
            PrisonerTheme.objects.create(prisoner=person, theme=theme)
        desk.get(page(person))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert desk.get(page(person)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[1] < 75


def test_a_stay_that_is_not_shown_keeps_its_place_with_staff(desk):
    person, place = PrisonerFactory(), FacilityFactory()
    fields = with_row(
        fields_of(desk.get(page(person))),
        "stays",
        facility=str(place.pk),
        public="region_only",
        reason="remand",
        began="2023",
        ongoing="on",
        verification="one_source",
        staff_note="Told by the lawyer",
    )
    save(desk, person, fields)
    stay = Stay.objects.get()
    assert (stay.facility, stay.region) == (None, place.region)
    assert (stay.private.facility, stay.private.staff_note) == (place, "Told by the lawyer")

    again = fields_of(desk.get(page(person)))
    assert again["stays-0-facility"] == [str(place.pk)], "the editor sees one field, wherever it is kept"
    save(desk, person, again | {"stays-0-public": "yes"})
    stay.refresh_from_db()
    assert stay.facility == place
    stay.private.refresh_from_db()
    assert stay.private.facility is None

    save(desk, person, fields_of(desk.get(page(person))) | {"stays-0-public": "no"})
    stay.refresh_from_db()
    assert (stay.facility, stay.region) == (None, None)


def test_the_address_of_a_home_and_of_a_cellar_are_refused_in_words(desk):
    person = PrisonerFactory()
    cellar = FacilityFactory(kind="unofficial", street="", postal_index="", state=State.DRAFT)
    fields = fields_of(desk.get(page(person)))
    row = {"facility": str(cellar.pk), "public": "yes", "verification": "one_source"}
    answer = desk.post(page(person), with_row(fields, "stays", reason="house_arrest", **row))
    assert "House arrest has no place here" in errors_of(answer)
    answer = desk.post(page(person), with_row(fields, "stays", reason="no_case", **row))
    assert "never shown" in errors_of(answer)
    assert not Stay.objects.exists()


def test_a_transfer_is_entered_in_one_go(desk):
    """The first stay ends and the second begins on one page; only what overlaps in the end is refused."""
    old = StayFactory()
    person, place = old.prisoner, FacilityFactory()
    fields = fields_of(desk.get(page(person)))
    fields.pop("stays-0-ongoing")
    fields = with_row(
        fields,
        "stays",
        facility=str(place.pk),
        public="yes",
        reason="serving",
        began="02.2025",
        ongoing="on",
        verification="one_source",
    )
    save(desk, person, fields | {"stays-0-ended": "01.2025"})
    assert Stay.objects.filter(prisoner=person).count() == 2


def test_what_the_database_refuses_is_said_above_the_typed_text(desk):
    stay = StayFactory()
    person = stay.prisoner
    fields = fields_of(desk.get(page(person))) | {"summary_en": "Typed and kept"}
    fields = with_row(
        fields,
        "stays",
        facility=str(FacilityFactory().pk),
        public="yes",
        reason="serving",
        began="2024",
        ongoing="on",
        verification="one_source",
    )
    answer = desk.post(page(person), fields)
    assert answer.status_code == 200
    assert "certainly be in two places at once" in errors_of(answer)
    assert "Typed and kept" in answer.content.decode()
    person.refresh_from_db()
    assert person.summary_en != "Typed and kept"


def test_a_source_is_put_under_the_fact_it_speaks_of(desk):
    stay = StayFactory()
    person = stay.prisoner
    fields = with_row(
        fields_of(desk.get(page(person))),
        "citations",
        fact=f"stay:{stay.pk}",
        kind="media",
        url="https://example.org/a",
    )
    fields = with_row(fields, "citations", fact="prisoner", kind="media", url="https://example.org/b")
    fields = with_row(
        fields, "confidential_citations", fact=f"stay:{stay.pk}", kind="lawyer", text="On the telephone"
    )
    save(desk, person, fields)
    assert [c.url for c in stay.citations.all()] == ["https://example.org/a"]
    assert [c.url for c in person.citations.all()] == ["https://example.org/b"]
    assert stay.confidential_citations.get().text == "On the telephone"
    # Opened and saved again, nothing moves; moved by hand, it moves.
    again = fields_of(desk.get(page(person)))
    save(desk, person, again | {"citations-0-fact": "prisoner"})
    assert {c.url for c in person.citations.all()} == {"https://example.org/a", "https://example.org/b"}


def test_who_spoke_in_confidence_is_not_shown_by_mistake(desk):
    person = PrisonerFactory()
    fields = with_row(
        fields_of(desk.get(page(person))), "citations", fact="prisoner", kind="lawyer", title="The lawyer"
    )
    answer = desk.post(page(person), fields)
    assert "This kind of source is confidential" in errors_of(answer)


def test_an_end_belongs_to_the_one_open_deprivation_of_liberty(desk):
    person = PrisonerFactory()
    custody = CustodyFactory(prisoner=person)
    fields = with_row(
        fields_of(desk.get(page(person))),
        "ends_of_custody",
        kind="release",
        on="2025",
        ground="served",
        circumstance="ordinary",
        verification="one_source",
    )
    save(desk, person, fields)
    assert EndOfCustody.objects.get().custody == custody


def test_words_of_vocabularies_are_one_field_each(desk):
    person = PrisonerFactory()
    one, two, three = (Theme.objects.create(code=code, label_ru=code) for code in ("a", "b", "c"))
    PrisonerTheme.objects.create(prisoner=person, theme=one)
    fields = fields_of(desk.get(page(person)))
    assert fields["themes"] == [str(one.pk)]
    # A colleague adds a theme while the page is open: it stays.
    PrisonerTheme.objects.create(prisoner=person, theme=three)
    save(desk, person, fields | {"themes": [str(two.pk)]})
    assert set(person.theme_links.values_list("theme__code", flat=True)) == {"b", "c"}


def test_a_name_reduced_to_initials_is_not_typed_back(desk):
    person = DraftFactory(
        initials_only=True,
        surname_ru="Г.",
        given_names_ru="",
        patronymic_ru="",
        surname_en="G.",
        given_names_en="",
        born="1987",
    )
    fields = fields_of(desk.get(page(person)))
    assert "surname_ru" not in fields
    save(desk, person, fields | {"surname_ru": "Горинцев", "born": "02.10.1987"})
    person.refresh_from_db()
    assert (person.surname_ru, str(person.born.text)) == ("Г.", "1987")


def test_notes_are_signed(desk):
    person = PrisonerFactory()
    save(desk, person, with_row(fields_of(desk.get(page(person))), "staff_notes", text="Look again"))
    assert person.staff_notes.get().by == desk.user.pk


def test_similar_people_are_shown_before_another_page_is_made(desk):
    PrisonerFactory(surname_ru="Горинцев", given_names_ru="Тимур", patronymic_ru="")
    url = reverse("admin:prisoners_prisoner_add")
    fields = fields_of(desk.get(url)) | {"surname_ru": "Горинцев", "given_names_ru": "Тимур"}
    answer = desk.post(url, fields)
    assert "Is it one of them?" in answer.content.decode()
    assert Prisoner.objects.count() == 1
    answer = desk.post(url, fields | {"is_another_person": "on"})
    made = Prisoner.objects.get(state=State.DRAFT)
    assert answer.url == page(made)
    assert made.slug.startswith("gorintsev-timur")


def test_a_person_needs_a_name_and_keeps_what_was_typed(desk):
    url = reverse("admin:prisoners_prisoner_add")
    answer = desk.post(
        url, fields_of(desk.get(url)) | {"summary_ru": "Кто это?", "region": str(RegionFactory().pk)}
    )
    assert answer.status_code == 200
    assert "Give a name in one language at least" in errors_of(answer)
    assert "Кто это?" in answer.content.decode()


def test_overrides_of_direction_turn_nothing_round(desk):
    person = PrisonerFactory()
    fields = fields_of(desk.get(page(person)))
    fields |= {"summary_en": "One \u202etwo\u2066 three", "surname_en": "Aziz\u200e"}
    save(desk, person, fields)
    person.refresh_from_db()
    assert person.summary_en == "One two three"
    assert person.surname_en == "Aziz\u200e"
