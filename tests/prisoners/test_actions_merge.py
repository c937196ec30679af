"""Merging: nothing that either record knew is lost, nothing that was hidden comes back."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import models, transaction

from cases import models as record
from memorial.base.choices import State
from memorial.base.database import filled_by_database
from memorial.base.models import HistoryEntry
from memorial.base.partial_date import PartialDate
from memorial.base.photos import public_names, public_storage
from prisoners import actions
from prisoners.models import (
    Citation,
    Citizenship,
    Community,
    ConfidentialCitation,
    Consent,
    Correction,
    Custody,
    Death,
    EndOfCustody,
    ExternalIdentifier,
    HiddenNameVariant,
    ImportKey,
    ImportSource,
    Lead,
    NameVariant,
    OldAddress,
    Photo,
    Prisoner,
    PrisonerCommunity,
    PrisonerList,
    PrisonerListing,
    PrisonerPrivate,
    PrisonerProfession,
    PrisonerTheme,
    PrisonerVulnerability,
    Profession,
    Recognition,
    RecognitionReview,
    RegisterEntry,
    RestrictionRequest,
    StaffNote,
    Stay,
    StayPrivate,
    Theme,
    Vulnerability,
)
from tests.factories import (
    CitationFactory,
    CustodyFactory,
    FacilityFactory,
    PrisonerFactory,
    ProsecutionFactory,
    RecognitionFactory,
    StayFactory,
    TermFactory,
)
from tests.prisoners.merge_rows import known_elsewhere
from tests.prisoners.pictures import own_public_files, picture

pytestmark = pytest.mark.django_db
BY = 7
DAY = dt.date(2024, 1, 1)


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    own_public_files(settings, tmp_path)


def published(**values):
    person = PrisonerFactory(first_published_at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC), **values)
    CitationFactory(prisoner=person, url=f"https://example.org/{person.pk}")
    return person


@pytest.fixture
def keep():
    return published(
        slug="keep", surname_ru="Горинцев", surname_en="Gorintsev", summary_en="", sentence_ru="7 лет",
        updated_on=dt.date(2026, 1, 1),
    )  # fmt: skip


@pytest.fixture
def duplicate():
    return published(
        slug="double", surname_ru="Горинцов", surname_en="Gorintsov", sentence_ru="8 лет",
        summary_en="A hydrologist.",
        updated_on=dt.date(2026, 5, 1), letters_from_abroad_harmful=True, attention_wanted=False,
    )  # fmt: skip


def merge(keep, duplicate):
    with transaction.atomic():
        actions.merge_prisoners(keep=keep, duplicate=duplicate, reason="one person", by=BY)


def refused(keep, duplicate):
    count = Prisoner.objects.count()
    with pytest.raises(ValidationError) as error:
        merge(keep, duplicate)
    assert Prisoner.objects.count() == count
    (sentence, *_more) = error.value.messages
    return sentence


def test_what_is_kept_stands_and_blanks_are_filled(keep, duplicate):
    merge(keep, duplicate)
    assert Prisoner.objects.get() == keep
    assert keep.surname_ru == "Горинцев"
    assert keep.summary_en == "A hydrologist."
    assert keep.sentence_ru == "7 лет"
    assert keep.updated_on == dt.date(2026, 5, 1)
    assert keep.letters_from_abroad_harmful is True
    assert keep.attention_wanted is False
    assert set(keep.name_variants.values_list("text", flat=True)) == {
        "Горинцов Тимур Адамович",
        "Gorintsov Timur",
    }
    note = StaffNote.objects.get()
    assert "8 лет" in note.text
    assert "double" in note.text
    gone = HistoryEntry.objects.get(operation="D", table="prisoners_prisoner")
    assert gone.row in note.text  # its history is found by this number


def test_the_old_address_leads_to_the_one_that_is_kept(keep, duplicate):
    OldAddress.objects.create(prisoner=duplicate, path="prisoners/older/")
    merge(keep, duplicate)
    assert dict(OldAddress.objects.values_list("path", "prisoner")) == {
        "prisoners/older/": keep.pk,
        "prisoners/double/": keep.pk,
    }


def test_a_published_page_redirects_though_nobody_noted_its_first_day(keep):
    imported = PrisonerFactory(slug="came-by-sql", first_published_at=None)
    merge(keep, imported)
    assert OldAddress.objects.get().path == "prisoners/came-by-sql/"


def test_a_draft_leaves_no_address(keep):
    draft = PrisonerFactory(state=State.DRAFT, slug="never-seen")
    merge(keep, draft)
    assert not OldAddress.objects.exists()


def test_the_history_says_who_and_why(keep, duplicate):
    StayFactory(prisoner=duplicate)
    merge(keep, duplicate)
    entries = HistoryEntry.objects.filter(reason="one person")
    assert set(entries.values_list("actor", flat=True)) == {"staff:7"}
    assert {"prisoners_stay", "prisoners_prisoner", "prisoners_staffnote"} <= set(
        entries.values_list("table", flat=True)
    )


def full(person, tag):
    known_elsewhere(person, tag)
    word = {"code": f"w{tag}", "label_ru": f"слово {tag}"}
    custody = Custody.objects.create(prisoner=person, detained_on=PartialDate(2010 + tag))
    stay = Stay.objects.create(
        prisoner=person, reason="serving", public="region_only",
        began=PartialDate(2010 + tag, 1, 1), ended=PartialDate(2010 + tag, 12, 31),
    )  # fmt: skip
    StayPrivate.objects.create(stay=stay, facility=FacilityFactory())
    end = EndOfCustody.objects.create(
        prisoner=person, custody=custody, on=PartialDate(2010 + tag, 12, 31),
        ground="served", circumstance="ordinary",
    )  # fmt: skip
    ConfidentialCitation.objects.create(end_of_custody=end, kind="lawyer", text=f"said {tag}")
    Citation.objects.create(stay=stay, kind="media", title=f"on the stay {tag}")
    Recognition.objects.create(prisoner=person, custody=custody, on=PartialDate(2023, tag))
    RegisterEntry.objects.create(prisoner=person, register="wanted", entered_on=PartialDate(2023, tag))
    RecognitionReview.objects.create(prisoner=person, text=f"review {tag}")
    Citizenship.objects.create(prisoner=person, country="UA" if tag == 1 else "AZ")
    NameVariant.objects.create(prisoner=person, text=f"Вариант {tag}")
    HiddenNameVariant.objects.create(prisoner=person, text=f"Прежнее {tag}")
    ExternalIdentifier.objects.create(prisoner=person, scheme="Wikidata", value=f"Q{tag}")
    OldAddress.objects.create(prisoner=person, path=f"prisoners/old-{tag}/")
    Consent.objects.create(
        prisoner=person, scope="health", by="person", how="letter", given_on=DAY, note=str(tag)
    )
    ill = Vulnerability.objects.create(**word, consent_scope="health")
    PrisonerVulnerability.objects.create(prisoner=person, vulnerability=ill)
    PrisonerTheme.objects.create(prisoner=person, theme=Theme.objects.create(**word))
    PrisonerProfession.objects.create(prisoner=person, profession=Profession.objects.create(**word))
    PrisonerCommunity.objects.create(prisoner=person, community=Community.objects.create(**word))
    PrisonerListing.objects.create(prisoner=person, prisoner_list=PrisonerList.objects.create(**word))
    Correction.objects.create(prisoner=person, on=DAY, text_ru=f"поправка {tag}")
    StaffNote.objects.create(prisoner=person, text=f"note {tag}")
    Lead.objects.create(prisoner=person, title=f"lead {tag}", came_on=DAY, state="became_person")
    RestrictionRequest.objects.create(
        prisoner=person, by="person", received_on=DAY, text=f"hide {tag}", review_on=DAY,
        outcome="refused", decided_by=1, confirmed_by=2, decision="no",
    )  # fmt: skip
    source = ImportSource.objects.create(code=f"s{tag}", title="s")
    ImportKey.objects.create(source=source, key="1", prisoner=person)
    actions.add_photo(prisoner=person, data=picture(), by=BY)
    in_cases(person, tag)
    return person


def in_cases(person, tag):
    ProsecutionFactory(prisoner=person)
    TermFactory(prisoner=person, years=tag, current=tag == 1)
    finding = record.InternationalFinding.objects.create(body="wgad")
    record.FindingPerson.objects.create(finding=finding, prisoner=person)
    record.Relation.objects.create(person=person, other=PrisonerFactory(), kind="sibling")
    record.Relation.objects.create(person=PrisonerFactory(), other=person, kind="sibling")


def related():
    return [
        field
        for field in Prisoner._meta.get_fields(include_hidden=True)
        if field.auto_created
        and not field.concrete
        and not isinstance(field.field, models.OneToOneField)
        and not getattr(field.related_model, "WRITTEN_BY_TRIGGERS", False)
        and not filled_by_database(field.related_model)
    ]


def test_every_table_that_belongs_to_a_person_comes_along(keep, duplicate):
    """By introspection: a table added tomorrow fails here until this test fills it."""
    full(keep, 1)
    full(duplicate, 2)
    before = {relation.related_model: relation.related_model.objects.count() for relation in related()}
    assert not {model.__name__: count for model, count in before.items() if count < 2}
    merge(keep, duplicate)
    for relation in related():
        rows = relation.related_model.objects.filter(**{relation.field.name: keep})
        extra = {StaffNote: 1, NameVariant: 2, OldAddress: 1}.get(relation.related_model, 0)
        # Citations of other facts have no person of their own.
        wanted = before[relation.related_model] + extra
        if relation.related_model in (Citation, ConfidentialCitation):
            rows = relation.related_model.objects.all()
        if relation.related_model is record.Relation:
            rows = record.Relation.objects.filter(models.Q(person=keep) | models.Q(other=keep))
        assert rows.count() == wanted, relation.related_model
    assert Citation.objects.filter(stay__prisoner=keep).count() == 2
    assert StayPrivate.objects.filter(stay__prisoner=keep).count() == 2
    assert ImportKey.objects.get(source__code="s2").prisoner == keep


def test_the_same_fact_twice_is_one_fact_with_the_sources_of_both(keep, duplicate):
    place = FacilityFactory()
    for person, detained, line in ((keep, None, "Первая строка"), (duplicate, "2023-03-10", "Вторая строка")):
        custody = CustodyFactory(
            prisoner=person, remanded_on=PartialDate(2023, 3, 14),
            detained_on=PartialDate.from_text(detained) if detained else None,
        )  # fmt: skip
        stay = StayFactory(prisoner=person, facility=place, note_ru=line)
        CitationFactory(prisoner=None, stay=stay, url=f"https://example.org/{line}")
        RecognitionFactory(prisoner=person, custody=custody)
        PrisonerTheme.objects.create(
            prisoner=person, theme=Theme.objects.get_or_create(code="t", label_ru="т")[0]
        )
    merge(keep, duplicate)
    custody = keep.custodies.get()
    assert custody.detained_on == PartialDate(2023, 3, 10)  # a blank of the kept one, filled
    stay = keep.stays.get()
    assert stay.note_ru == "Первая строка"
    assert stay.citations.count() == 2
    assert keep.recognitions.get().custody == custody
    assert keep.theme_links.count() == 1
    assert "Вторая строка" in StaffNote.objects.get().text


def test_one_to_ones_are_merged_column_by_column(keep, duplicate):
    Death.objects.create(prisoner=keep, on=PartialDate(2025), cause_ru="")
    death = Death.objects.create(
        prisoner=duplicate, on=PartialDate(2025, 3), cause_ru="по словам адвоката, сердце"
    )
    CitationFactory(prisoner=None, death=death)
    PrisonerPrivate.objects.create(prisoner=keep, staff_note="careful")
    PrisonerPrivate.objects.create(
        prisoner=duplicate, staff_note="quite another note", born=PartialDate(1987, 10, 2)
    )
    merge(keep, duplicate)
    assert keep.death.on == PartialDate(2025)
    assert keep.death.cause_ru == "по словам адвоката, сердце"
    assert keep.death.citations.count() == 1
    assert keep.private.born == PartialDate(1987, 10, 2)
    assert keep.private.staff_note == "careful"
    note = StaffNote.objects.get().text
    assert "quite another note" in note
    assert str(PartialDate(2025, 3)) in note


def test_photos_come_along_and_the_kept_portrait_stays_first(keep, duplicate):
    for person in (keep, duplicate):
        actions.add_photo(prisoner=person, data=picture(), by=BY)
        actions.publish(prisoner=person, by=BY)
    first, second = (Photo.objects.get(prisoner=person) for person in (keep, duplicate))
    merge(keep, duplicate)
    assert list(keep.photos.order_by("order", "id")) == [first, second]
    for photo in keep.photos.all():
        assert photo.original
        assert all(public_storage().exists(name) for name in public_names(photo.stem))


def test_stays_that_would_certainly_overlap_are_named(keep, duplicate):
    one = StayFactory(prisoner=keep, began=PartialDate(2023, 1, 1))
    two = StayFactory(prisoner=duplicate, began=PartialDate(2024, 1, 1))
    sentence = refused(keep, duplicate)
    assert str(one.facility) in sentence
    assert str(two.facility) in sentence


def test_a_temporary_stay_may_lie_inside(keep, duplicate):
    StayFactory(prisoner=keep, began=PartialDate(2023, 1, 1))
    StayFactory(prisoner=duplicate, began=PartialDate(2024, 1, 1), temporary=True)
    merge(keep, duplicate)
    assert keep.stays.count() == 2


# --- never back ---------------------------------------------------------------------------------


def test_initials_and_a_name_do_not_merge(keep, duplicate):
    actions.reduce_to_initials(prisoner=duplicate, reason="asked", by=BY)
    refused(keep, duplicate)
    refused(duplicate, keep)


def test_two_people_by_initials_keep_both_names_hidden(keep, duplicate):
    for person in (keep, duplicate):
        actions.reduce_to_initials(prisoner=person, reason="asked", by=BY)
    merge(keep, duplicate)
    assert not NameVariant.objects.exists()
    hidden = set(HiddenNameVariant.objects.values_list("text", "searchable"))
    assert {("Горинцов Тимур Адамович", False), ("Горинцев Тимур Адамович", False)} <= hidden
    assert keep.private.moved_names["merged"][0]["fields"]["surname_ru"] == "Горинцов"
    actions.restore_name(prisoner=keep, reason="decided", by=BY)
    assert keep.surname_ru == "Горинцев"


def test_a_withdrawn_page_does_not_come_back(keep, duplicate):
    actions.withdraw(prisoner=duplicate, reason="asked", by=BY)
    refused(keep, duplicate)
    actions.back_to_draft(prisoner=duplicate, by=BY)
    merge(keep, duplicate)


def test_a_published_page_does_not_vanish_into_a_draft(keep):
    draft = PrisonerFactory(state=State.DRAFT)
    refused(draft, keep)


def test_a_drafts_name_is_not_shown_by_merging(keep):
    draft = PrisonerFactory(state=State.DRAFT, surname_ru="Инакий", surname_en="")
    NameVariant.objects.create(prisoner=draft, text="Инакой")
    merge(keep, draft)
    assert not keep.name_variants.exists()
    hidden = set(keep.hidden_name_variants.values_list("text", flat=True))
    assert {"Инакой", "Инакий Тимур Адамович"} <= hidden


def test_an_unverified_fact_of_a_draft_is_not_published_by_merging(keep):
    draft = PrisonerFactory(state=State.DRAFT)
    StayFactory(prisoner=draft, verification="unverified")
    refused(keep, draft)
    assert draft.stays.count() == 1


def test_names_are_never_mixed_of_two_languages():
    keep = published(surname_en="", given_names_en="", patronymic_ru="")
    other = published(
        surname_ru=keep.surname_ru, surname_en="Gorintsov", given_names_en="Timur", patronymic_en="A."
    )
    merge(keep, other)
    assert (keep.surname_en, keep.given_names_en, keep.patronymic_en) == ("Gorintsov", "Timur", "A.")
    assert keep.patronymic_ru == "Адамович"  # the same name in Russian, with its patronymic


def test_a_consent_comes_along_with_what_stands_on_it(keep, duplicate):
    health = Vulnerability.objects.create(code="ill", label_ru="болезнь", consent_scope="health")
    Consent.objects.create(prisoner=duplicate, scope="health", by="person", how="letter", given_on=DAY)
    PrisonerVulnerability.objects.create(prisoner=duplicate, vulnerability=health)
    merge(keep, duplicate)
    assert keep.consents.count() == 1
    assert keep.vulnerability_links.count() == 1


@pytest.mark.parametrize("reason", ["", " "])
def test_a_reason_is_needed_and_two_records(keep, duplicate, reason):
    with pytest.raises(ValidationError), transaction.atomic():
        actions.merge_prisoners(keep=keep, duplicate=duplicate, reason=reason, by=BY)
    refused(keep, keep)
