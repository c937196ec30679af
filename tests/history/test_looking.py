"""Looking at what is confidential is written down: who, when, what; once a page, and not the words of a search."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from memorial.base.evidence import Looking
from memorial.base.looking import is_recorded, record_looking, search_digest
from memorial.staff.models import User
from prisoners import models as people
from tests.counting import counted
from tests.factories import PrisonerFactory, RegionFactory

pytestmark = pytest.mark.django_db


def change(record) -> str:
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def test_opening_a_confidential_record(desk):
    note = people.StaffNote.objects.create(prisoner=PrisonerFactory(), text="Звонила сестра")
    desk.get(change(note))
    seen = Looking.objects.get()
    assert (seen.staff, seen.kind, seen.table) == (desk.user.pk, "seen", "prisoners_staffnote")
    assert (seen.rows, seen.shown, seen.search_digest) == ([str(note.pk)], ["prisoners_staffnote"], "")


def test_a_public_record_counts_by_its_confidential_rows_and_once_a_page(desk):
    person = PrisonerFactory()
    desk.get(change(person))
    assert not Looking.objects.exists(), "nothing confidential was shown"
    people.Consent.objects.create(
        prisoner=person, scope="photo", by="person", how="letter", given_on="2026-01-02"
    )
    people.StaffNote.objects.create(prisoner=person, text="x")
    with counted() as queries:
        desk.get(change(person))
    assert sum("base_looking" in query for query in queries) == 1
    seen = Looking.objects.get()
    assert (seen.table, seen.rows) == ("prisoners_prisoner", [str(person.pk)])
    assert {"prisoners_consent", "prisoners_staffnote"} <= set(seen.shown)


def test_a_list_names_its_rows_and_a_search_only_a_digest(desk):
    notes = [
        people.StaffNote.objects.create(prisoner=PrisonerFactory(), text=f"Сестра {n}") for n in range(2)
    ]
    url = reverse("admin:prisoners_staffnote_changelist")
    desk.get(url)
    listed = Looking.objects.latest("pk")
    assert (listed.kind, set(listed.rows)) == ("listed", {str(note.pk) for note in notes})
    desk.get(url, {"q": "Сестра  0"})
    searched = Looking.objects.latest("pk")
    assert (searched.kind, searched.search_digest) == ("searched", search_digest("сестра 0"))
    assert "сестра" not in str(vars(searched)).lower()
    desk.get(url, {"q": "никого такого"})
    assert Looking.objects.latest("pk").rows == [], "that nobody is there is an answer too"
    people.StaffNote.objects.all().delete()
    before = Looking.objects.count()
    desk.get(url)
    assert Looking.objects.count() == before, "an empty list shows nothing"


def test_public_vocabularies_and_the_offices_own_tables_are_not_recorded(desk):
    desk.get(change(RegionFactory()))
    desk.get(reverse("admin:prisoners_prisoner_changelist"), {"q": "Горинцев"})
    desk.get(reverse("admin:base_historyentry_changelist"))
    assert not Looking.objects.exists()


def test_which_tables_count():
    from assistance.models import Client

    for model in (Client, people.Consent, people.StaffNote, people.PrisonerPrivate, people.StayPrivate):
        assert is_recorded(model), model
    for model in (people.Prisoner, people.Theme, people.ImportRun, people.Export, User):
        assert not is_recorded(model), model


def test_a_view_of_ones_own_records_too():
    made = record_looking(staff=7, kind=Looking.Kind.EXPORTED, model=people.Consent, rows=[1, 2])
    assert (made.rows, made.shown) == (["1", "2"], ["prisoners_consent"])
    assert record_looking(staff=7, kind=Looking.Kind.LISTED, model=people.Consent, rows=[]) is None
    assert record_looking(staff=7, kind=Looking.Kind.SEEN, model=people.Prisoner, rows=[1]) is None


def test_the_auditor_reads_it_and_finds_who_searched_for_a_name(member):
    record_looking(
        staff=7, kind=Looking.Kind.SEARCHED, model=people.Consent, rows=[], searched="Горинцева Мария"
    )
    record_looking(staff=8, kind=Looking.Kind.SEEN, model=people.Consent, rows=[4711])
    auditor, url = member("auditor"), reverse("admin:base_looking_changelist")
    for words, count in [("горинцева  мария", 1), ("Горинцева", 0), ("4711", 1), ("staff:8", 1), ("", 2)]:
        assert auditor.get(url, {"q": words}).context["cl"].result_count == count, words
    assert (
        auditor.get(reverse("admin:base_looking_change", args=[Looking.objects.first().pk])).status_code
        == 200
    )
    for group in (
        "editor",
        "translator",
        "legal",
        "aid_coordinator",
        "finance",
        "publisher",
        "administrator",
    ):
        assert member(group).get(url).status_code == 403, group


def sql(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("role", ["site_ro", "staff_rw", "owner"])
@pytest.mark.parametrize(
    "deed", ["UPDATE base_looking SET staff = 1", "DELETE FROM base_looking", "TRUNCATE base_looking"]
)
def test_nobody_changes_it_or_takes_it_away(role, deed, as_role):
    record_looking(staff=7, kind=Looking.Kind.SEEN, model=people.Consent, rows=[1])
    with as_role(role), pytest.raises(ProgrammingError):
        sql(deed)
    assert Looking.objects.get().staff == 7


def test_readers_process_can_neither_read_nor_write_it(as_role):
    insert = (
        'INSERT INTO base_looking (staff, kind, "table", rows, shown, search_digest)'
        " VALUES (1, 'seen', 'x', '{}', '{}', '')"
    )
    with as_role("site_ro"):
        for deed in ("SELECT count(*) FROM base_looking", insert):
            with pytest.raises(ProgrammingError, match="permission denied"):
                sql(deed)
    with as_role("staff_rw"):
        sql(insert)


def test_the_moment_is_the_servers_own_and_a_year_may_be_forgotten():
    made = record_looking(staff=7, kind=Looking.Kind.SEEN, model=people.Consent, rows=[1])
    sql(
        'INSERT INTO base_looking (at, staff, kind, "table", rows, shown, search_digest)'
        " VALUES ('2001-01-01', 1, 'seen', 'x', '{}', '{}', '')"
    )
    assert Looking.objects.order_by("at").first() == made
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE base_looking DISABLE TRIGGER USER")
        cursor.execute("UPDATE base_looking SET at = now() - interval '366 days' WHERE staff = 1")
        cursor.execute("ALTER TABLE base_looking ENABLE TRIGGER USER")
    sql("DELETE FROM base_looking WHERE at < now() - interval '1 year'")
    assert list(Looking.objects.all()) == [made]
    with pytest.raises(DatabaseError):
        sql("DELETE FROM base_looking")


def test_an_autocomplete_of_confidential_records_is_a_search(rf, editor):
    from django.http import JsonResponse

    from assistance.models import Client
    from memorial.base.admin.looking import record_autocomplete

    assert frozenset() == Client.PUBLIC
    asked = {
        "app_label": "assistance",
        "model_name": "helprequest",
        "field_name": "client",
        "term": "Горинцева",
    }
    request = rf.get("/", asked)
    request.user = editor
    found = JsonResponse({"results": [{"id": "5", "text": "Горинцева Мария"}]})
    record_autocomplete(request, found)
    made = Looking.objects.get()
    assert (made.kind, made.table, made.rows) == ("searched", "assistance_client", ["5"])
    assert made.search_digest == search_digest("Горинцева")
    request.GET = {**asked, "model_name": "prosecution", "app_label": "cases", "field_name": "prisoner"}
    record_autocomplete(request, found)
    assert Looking.objects.count() == 1, "who is in the encyclopaedia is public"


def test_second_looks_decisions_originals_and_the_today_page_are_recorded_too(member):
    """Views of the office's own beside the admin's: each was once forgotten."""
    desk = member("publisher")
    person = PrisonerFactory()
    asked = people.RestrictionRequest.objects.create(
        prisoner=person, text="Просит мать", received_on="2026-01-02", review_on="2026-12-01"
    )
    look = people.SecondLook.objects.create(prisoner=person, wanted="published", entered_at=timezone.now())
    told = people.ConfidentialCitation.objects.create(
        prisoner=person, kind="relative", text="Рассказала мать"
    )
    photo = people.Photo.objects.create(prisoner=person)
    people.PhotoOriginal.objects.create(
        photo=photo, file=ContentFile(b"not opened", "photo.jpg"), width=1, height=1
    )
    pages = {
        "prisoners_restrictionrequest": reverse(
            "admin:prisoners_restrictionrequest_confirm", args=[asked.pk]
        ),
        "prisoners_secondlook": change(look),
        "prisoners_photooriginal": reverse("admin:prisoners_photo_original", args=[photo.pk]),
    }
    for table, page in pages.items():
        assert desk.get(page).status_code == 200, page
        seen = Looking.objects.latest("pk")
        assert (seen.kind, seen.table, seen.staff) == ("seen", table, desk.user.pk)
    shown = Looking.objects.get(table="prisoners_secondlook").shown
    assert told._meta.db_table in shown
    desk.get(reverse("admin:index"))
    listed = Looking.objects.get(kind="listed", table="prisoners_restrictionrequest")
    assert listed.rows == [str(asked.pk)]
