"""«Initials only»: nothing that the public role may read tells the name; all of it comes back."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from memorial.base.models import HistoryEntry
from memorial.base.names import romanise
from memorial.base.partial_date import PartialDate
from memorial.base.photos import public_names, public_storage
from prisoners import actions
from prisoners.models import (
    ExternalIdentifier,
    Facility,
    HiddenNameVariant,
    NameVariant,
    OldAddress,
    Photo,
    Prisoner,
    PrisonerPrivate,
    StaffNote,
    Statement,
)
from tests.factories import (
    CitationFactory,
    CustodyFactory,
    PrisonerFactory,
    RecognitionFactory,
    StayFactory,
)
from tests.prisoners.pictures import own_public_files, picture
from tests.prisoners.public_role import all_that_the_public_role_reads

pytestmark = pytest.mark.django_db
BY = 7


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    own_public_files(settings, tmp_path)


TOLD = (
    *("Кудеяров", "Kudeyarov", "Kudeiarov", "Тимур", "Timur", "Адамович", "Adamovich", "Худеяров"),
    *("kudeyarov-timur", "1987-10-02", "02.10.1987", "Q424242"),
)


@pytest.fixture
def person():
    """A published person whose name stands in every column that may hold it."""
    person = PrisonerFactory(
        slug="kudeyarov-timur",
        surname_ru="Кудеяров",
        surname_en="Kudeyarov",
        name_for_envelope="Кудеярову Тимуру Адамовичу",
        envelope_name_confirmed=True,
        summary_ru="Студент-гидролог.",
        summary_en="A student of hydrology.",
    )
    NameVariant.objects.create(prisoner=person, text="Худеяров Тимур", kind="spelling")
    HiddenNameVariant.objects.create(prisoner=person, text="Темир Кудеяр", kind="former", searchable=True)
    ExternalIdentifier.objects.create(prisoner=person, scheme="Wikidata", value="Q424242")
    OldAddress.objects.create(prisoner=person, path="prisoners/kudeiarov/")
    CitationFactory(prisoner=person)
    StayFactory(prisoner=person)
    actions.add_photo(
        prisoner=person, data=picture(), alt_ru="Кудеяров на суде", credit_en="the Kudeyarov family", by=BY
    )
    actions.publish(prisoner=person, by=BY)
    return person


def told_in(text):
    return [word for word in TOLD if word.lower() in text]


def test_nothing_public_tells_the_name_afterwards(person, django_capture_on_commit_callbacks):
    assert len(told_in(all_that_the_public_role_reads())) >= 9  # the scanner finds what is there
    stem = person.photos.get().stem
    assert all(public_storage().exists(name) for name in public_names(stem))

    with django_capture_on_commit_callbacks(execute=True):
        left = actions.reduce_to_initials(prisoner=person, reason="asked by the mother", by=BY)

    text = all_that_the_public_role_reads()
    assert told_in(text) == []
    assert stem not in text
    assert not any(public_storage().exists(name) for name in public_names(stem))
    assert left == []
    # Kept for staff, and found by no search of readers.
    assert "Кудеяров Тимур Адамович" in person.hidden_name_variants.values_list("text", flat=True)
    assert not person.hidden_name_variants.filter(searchable=True).exists()
    assert not StaffNote.objects.exists()
    assert (person.surname_ru, person.given_names_ru, person.patronymic_ru) == ("К.", "Т.", "")
    assert (person.surname_en, person.given_names_en) == ("K.", "T.")
    assert person.born.text == "1987"
    assert person.slug.startswith("p-")
    assert person.initials_only
    assert person.is_published
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE site_ro")
        for path in ("prisoners/kudeyarov-timur/", "prisoners/kudeiarov/"):
            cursor.execute("SELECT memorial_new_address(%s)", [path])
            assert cursor.fetchone() == (None,)
        cursor.execute("RESET ROLE")


def test_the_staff_role_has_the_rights_that_the_actions_need(person, as_role):
    other = PrisonerFactory(state="draft")
    with as_role("staff_rw"):
        actions.reduce_to_initials(prisoner=person, reason="asked by the mother", by=BY)
        actions.restore_name(prisoner=person, reason="the person wishes it", by=BY)
        actions.hide_detail(prisoner=person, what="place", reason="asked", by=BY)
        actions.withdraw(prisoner=person, reason="asked", by=BY)
        actions.publish(prisoner=person, by=BY)
        actions.merge_prisoners(keep=person, duplicate=other, reason="one person", by=BY)
        assert actions.similar_people("Кудеяров", "Тимур") == [person]
    assert HistoryEntry.objects.filter(actor="staff:7", reason="one person").exists()


def test_the_history_says_who_and_why(person):
    actions.reduce_to_initials(prisoner=person, reason="asked by the mother", by=BY)
    entries = HistoryEntry.objects.filter(reason="asked by the mother")
    assert set(entries.values_list("actor", flat=True)) == {"staff:7"}
    tables = set(entries.values_list("table", flat=True))
    assert {
        "prisoners_prisoner",
        "prisoners_namevariant",
        "prisoners_photo",
        "prisoners_prisonerprivate",
    } <= tables


def state_of(person):
    """Everything of a person that initials touch, keys of rows apart."""
    person = Prisoner.objects.get(pk=person.pk)
    private = PrisonerPrivate.objects.filter(prisoner=person)
    skip = {"id", "version", "updated_on"}
    return {
        "row": {
            field.name: getattr(person, field.attname)
            for field in person._meta.concrete_fields
            if field.name not in skip
        },
        "shown": sorted(person.name_variants.values_list("text", "kind", "searchable")),
        "hidden": sorted(person.hidden_name_variants.values_list("text", "kind", "searchable")),
        "identifiers": sorted(person.identifiers.values_list("scheme", "value", "url")),
        "photos": sorted(
            person.photos.values_list("pk", "alt_ru", "alt_en", "credit_ru", "credit_en", "original__hidden")
        ),
        "public photos": person.photos.exclude(stem="").count(),
        "born": list(private.values_list("born", flat=True)) or [None],
        "moved": list(private.values_list("moved_names", flat=True)) or [{}],
    }  # fmt: skip


def test_restoring_the_name_reverses_it_exactly(person):
    before = state_of(person)
    actions.reduce_to_initials(prisoner=person, reason="asked by the mother", by=BY)
    slug_of_initials = person.slug
    assert state_of(person) != before
    actions.restore_name(prisoner=person, reason="the person wishes it", by=8)
    assert state_of(person) == before
    assert set(OldAddress.objects.values_list("path", flat=True)) == {
        "prisoners/kudeiarov/",
        f"prisoners/{slug_of_initials}/",
    }
    photo = Photo.objects.get()
    assert all(public_storage().exists(name) for name in public_names(photo.stem))


def test_a_date_hidden_before_stays_hidden_after(person):
    actions.hide_detail(prisoner=person, what="birth_date", reason="asked", by=BY)
    before = state_of(person)
    assert before["born"] == [PartialDate.parse("02.10.1987")]
    actions.reduce_to_initials(prisoner=person, reason="asked by the mother", by=BY)
    assert person.private.born == PartialDate.parse("02.10.1987")
    actions.restore_name(prisoner=person, reason="the person wishes it", by=8)
    assert state_of(person) == before


def test_what_staff_corrected_meanwhile_stands(person):
    actions.reduce_to_initials(prisoner=person, reason="asked by the mother", by=BY)
    Prisoner.objects.filter(pk=person.pk).update(born=PartialDate.parse("1988"), sentence_ru="5 лет")
    actions.restore_name(prisoner=person, reason="the person wishes it", by=8)
    assert (person.born.text, person.sentence_ru) == ("1988", "5 лет")


def test_an_address_given_to_somebody_else_is_not_taken_back(person):
    actions.reduce_to_initials(prisoner=person, reason="asked by the mother", by=BY)
    OldAddress.objects.filter(path="prisoners/kudeyarov-timur/").delete()
    PrisonerFactory(slug="kudeyarov-timur")
    actions.restore_name(prisoner=person, reason="the person wishes it", by=8)
    assert person.slug == "kudeyarov-timur-2"


def test_a_draft_leaves_no_address_behind():
    person = PrisonerFactory(state="draft", slug="kudeyarov-timur")
    actions.reduce_to_initials(prisoner=person, reason="asked", by=BY)
    assert not OldAddress.objects.exists()


def test_a_photo_added_later_says_nothing_and_shows_nothing(person):
    actions.reduce_to_initials(prisoner=person, reason="asked by the mother", by=BY)
    photo = actions.add_photo(prisoner=person, data=picture(), alt_ru="Кудеяров дома", by=BY)
    actions.publish(prisoner=person, by=BY)
    assert told_in(all_that_the_public_role_reads()) == []
    assert not Photo.objects.exclude(stem="").exists()
    with pytest.raises(ValidationError), transaction.atomic():
        actions.publish_photo(photo=photo, reason="nice", by=BY)
    actions.restore_name(prisoner=person, reason="the person wishes it", by=8)
    photo.refresh_from_db()
    assert photo.alt_ru == "Кудеяров дома"


def test_one_language_and_one_name(person):
    single = PrisonerFactory(
        surname_ru="", given_names_ru="Айсылу", patronymic_ru="", surname_en="", given_names_en="",
        described_as_en="A woman from Verkhnerechensk", gender="f",
    )  # fmt: skip
    actions.reduce_to_initials(prisoner=single, reason="asked", by=BY)
    assert (single.surname_ru, single.given_names_ru) == ("", "А.")
    assert (single.given_names_en, single.described_as_en) == ("", "")
    actions.restore_name(prisoner=single, reason="asked", by=BY)
    assert single.described_as_en == "A woman from Verkhnerechensk"


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_reason_is_needed(person, reason):
    with pytest.raises(ValidationError), transaction.atomic():
        actions.reduce_to_initials(prisoner=person, reason=reason, by=BY)
    assert Prisoner.objects.get().surname_ru == "Кудеяров"


def test_not_twice_and_not_without_a_name(person):
    nameless = PrisonerFactory(
        surname_ru="", given_names_ru="", patronymic_ru="", surname_en="", given_names_en="",
        described_as_ru="Житель Степного Лимана",
    )  # fmt: skip
    for _time in range(2):
        with pytest.raises(ValidationError), transaction.atomic():
            actions.reduce_to_initials(prisoner=nameless, reason="asked", by=BY)
        with pytest.raises(ValidationError), transaction.atomic():
            actions.restore_name(prisoner=person, reason="asked", by=BY)
    actions.reduce_to_initials(prisoner=person, reason="asked", by=BY)
    with pytest.raises(ValidationError), transaction.atomic():
        actions.reduce_to_initials(prisoner=person, reason="asked", by=BY)
    assert person.private.moved_names["fields"]["surname_ru"] == "Кудеяров"


def test_a_minor_gets_the_name_back_only_by_a_decision(person):
    actions.reduce_to_initials(prisoner=person, reason="asked", by=BY)
    CustodyFactory(prisoner=person, detained_on=PartialDate.parse("2004"))
    with pytest.raises(ValidationError) as refused, transaction.atomic():
        actions.restore_name(prisoner=person, reason="asked", by=BY)
    assert refused.value.messages == [str(Prisoner.REFUSALS["prisoner_minor_by_initials"])]
    assert told_in(all_that_the_public_role_reads()) == []
    PrisonerPrivate.objects.update(minor_decision="Decided by two, with consent.")
    actions.restore_name(prisoner=person, reason="decided", by=BY)
    assert person.surname_ru == "Кудеяров"


# --- where the name still stands ----------------------------------------------------------------


def test_where_the_name_stands_elsewhere(person):
    """In any case of its declension, in both alphabets, in other people's texts, links and places."""
    other = PrisonerFactory(
        summary_ru="Осуждён вместе с Тимуром Кудеяровым.", what_happened_ru="<p>Тимур пришёл.</p>"
    )
    decision = RecognitionFactory(
        prisoner=other, statement=Statement.objects.create(title_ru="О деле Куде\u0301ярова и других")
    )
    CitationFactory(prisoner=None, recognition=decision, url="https://example.org/kudeyarov-timur/")
    Facility.objects.update(about_ru="<p>Здесь держат <strong>Куде</strong>ярова.</p>")
    Prisoner.objects.filter(pk=person.pk).update(
        what_happened_ru="<p>Тимура Адамовича, родившегося 2 октября 1987 года, задержали.</p>",
        charges_en="Kudeiarov is charged with",
        sentence_ru="пять лет",
    )
    places = actions.where_name_stands(person)
    texts = " | ".join(f"{label}: {excerpt}" for label, excerpt in places)
    assert "Кудеяровым" in texts
    assert "kudeyarov-timur" in texts
    assert "О деле" in texts
    assert "держат" in texts
    assert "Kudeiarov" in texts
    assert "Тимура Адамовича" in texts
    assert len(places) == 6, texts
    # The person's own first; a namesake's given name in somebody else's text is nobody's business.
    assert "Тимура Адамовича" in " ".join(excerpt for _label, excerpt in places[:2])
    assert "пришёл" not in texts

    left = actions.reduce_to_initials(prisoner=person, reason="asked", by=BY)
    assert left == places
    note = StaffNote.objects.get()
    assert all(excerpt in note.text for _label, excerpt in places)
    assert note.by == BY
    # Afterwards the same places are found by the name that was moved away.
    again = actions.where_name_stands(person)
    assert [excerpt for _label, excerpt in again] == [excerpt for _label, excerpt in places]


@pytest.mark.parametrize(
    ("surname", "text"),
    [
        ("Рождественская-Переверзева", "у Рождественской-Переверзевой отняли"),
        ("Рождественская-Переверзева", "адвокат Переверзевой"),
        ("Рождественская-Переверзева", "Rozhdestvenskaia appealed"),
        ("Заяц", "приговор Зайцу"),
        ("Кара-Оол", "#СвободуКараОолу"),
        ("Ли", "дело Ли, Ким и других"),
        ("Щёголев", "Щеголеву продлили"),
        ("Щёголев", "Shchegolev's appeal"),
        ("Черных", "семья Черных"),
        ("Юнусов", "Yunusovym"),
        ("O'Brien", "O’Brien was held"),
        ("Әхмәтҗанов", "Әхмәтҗановның"),
        ("Горинцев", "Го\u00adрин\u00adцеву"),
        ("Горинцев", "ГОРИНЦЕВ"),
    ],
)
def test_forms_of_a_name_are_found(surname, text):
    person = PrisonerFactory(surname_ru=surname, surname_en="" if surname != "O'Brien" else surname)
    if person.surname_en == "":
        Prisoner.objects.filter(pk=person.pk).update(given_names_en="")
    other = PrisonerFactory(surname_ru="Иной", surname_en="Other", charges_ru=text)
    places = actions.where_name_stands(Prisoner.objects.get(pk=person.pk))
    assert [excerpt for _label, excerpt in places] == [text]
    assert f"#{other.pk}" in places[0].label


@pytest.mark.parametrize(
    ("surname", "text"),
    [("Ли", "решили ли его"), ("Лев", "левый берег"), ("Горин", "горинская улица"), ("Ким", "таким людям")],
)
def test_other_words_are_not_the_name(surname, text):
    person = PrisonerFactory(surname_ru=surname, surname_en="Zz", given_names_en="Zz")
    PrisonerFactory(surname_ru="Иной", surname_en="Other", charges_ru=text)
    assert actions.where_name_stands(person) == []


def test_namesakes_and_their_own_names_are_not_listed(person):
    namesake = PrisonerFactory(surname_ru="Кудеяров", surname_en="Kudeyarov", slug="kudeyarov-oleg")
    NameVariant.objects.create(prisoner=namesake, text="Кудеяров Олег")
    assert actions.where_name_stands(person) == []


def test_romanised_forms_of_the_test_are_right():
    assert romanise("Кудеяров") == "Kudeyarov"
