"""A document is taken in, checked, shown, taken away: files and rows together, and what was checked is what is shown."""

import os
from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone, translation

from cases.actions import documents as deeds
from cases.models import Document, DocumentOriginal
from memorial.base.models import HistoryEntry
from memorial.base.photos import confidential_storage, public_storage
from memorial.base.refusals import refused_in_words
from prisoners import actions
from tests.cases_documents.files import SECRET, full_of_secrets, page, words
from tests.factories import CaseFactory, CitationFactory, PrisonerFactory, ProsecutionFactory
from tests.prisoners.pictures import own_public_files

pytestmark = pytest.mark.django_db
ONE, OTHER = 7, 8
FILE = page(words("Verdict"))


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    own_public_files(settings, tmp_path)
    with translation.override("en"):
        yield


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def document(case):
    return Document.objects.create(slug="verdict", case=case, kind="verdict", title_ru="Приговор")


@pytest.fixture
def checked(document):
    deeds.take_document_file(document=document, data=FILE, name="Ivan's scan.PDF", by=ONE)
    deeds.check_redaction(document=document, by=ONE)
    return document


@pytest.fixture
def shown(checked):
    deeds.publish_document(document=checked, by=ONE)
    return checked


def public_files():
    storage = public_storage()
    return storage.listdir("documents")[1] if storage.exists("documents") else []


def address(document):
    return f"/media/documents/{document.stem}.pdf"


def as_readers_see():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE site_ro")
        try:
            return list(Document.objects.published()), list(Document.objects.all())
        finally:
            cursor.execute("RESET ROLE")


def test_a_file_is_kept_back_until_it_is_checked_and_published(document, client):
    deeds.take_document_file(document=document, data=FILE, by=ONE)
    assert public_files() == []
    with pytest.raises(ValidationError, match="Nobody has checked the redaction"):
        deeds.publish_document(document=document, by=ONE)
    deeds.check_redaction(document=document, by=OTHER)
    assert public_files() == []
    deeds.publish_document(document=document, by=ONE)
    assert public_files() == [f"{document.stem}.pdf"]
    assert (document.pages, document.is_published) == (1, True)
    assert document.file_size == len(client.get(address(document)).getvalue())


def test_what_was_checked_is_shown_byte_for_byte(shown):
    with (
        shown.original.rendering.open("rb") as kept,
        public_storage().open(f"documents/{shown.stem}.pdf") as given,
    ):
        assert kept.read() == given.read()


def test_nothing_of_the_upload_is_public(document):
    data = full_of_secrets()
    deeds.take_document_file(document=document, data=data, name=f"{SECRET}.pdf", by=ONE)
    deeds.check_redaction(document=document, by=ONE)
    deeds.publish_document(document=document, by=ONE)
    original = DocumentOriginal.objects.get()
    with original.file.open("rb") as file:
        assert file.read() == data
    assert SECRET not in f"{original.file.name} {original.rendering.name} {document.stem}"
    assert not public_storage().exists(str(original.file))
    with public_storage().open(f"documents/{document.stem}.pdf") as file:
        assert SECRET.encode() not in file.read()


def test_the_file_is_an_attachment_that_can_do_nothing(shown):
    answer = Client().get(address(shown))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="verdict.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "Vary" not in answer.headers
    assert "max-age=30" in answer.headers["Cache-Control"]
    assert not answer.cookies


def test_withdrawn_is_gone_like_absent(shown, django_capture_on_commit_callbacks):
    before = address(shown)
    with django_capture_on_commit_callbacks(execute=True):
        deeds.withdraw_document(document=shown, reason="asked to", by=OTHER)
    assert public_files() == []
    assert (shown.stem, shown.pages, shown.file_size) == ("", None, None)
    gone, absent = Client().get(before), Client().get(f"/media/documents/{'f' * 24}.pdf")
    assert gone.status_code == absent.status_code == 404
    assert gone.content == absent.content
    assert sorted(gone.headers.items()) == sorted(absent.headers.items())


def test_withdrawing_needs_a_reason_and_does_no_harm_twice(shown):
    with pytest.raises(ValidationError, match="Say why"):
        deeds.withdraw_document(document=shown, reason=" ", by=ONE)
    assert shown.is_published
    for _turn in range(2):
        deeds.withdraw_document(document=shown, reason="mistake", by=ONE)
    assert HistoryEntry.objects.filter(table="cases_document", reason="mistake").count() == 2


def test_shown_again_it_has_another_address(shown):
    first = shown.stem
    deeds.withdraw_document(document=shown, reason="mistake", by=ONE)
    deeds.publish_document(document=shown, by=ONE)
    assert shown.stem
    assert shown.stem != first


def test_a_new_file_must_be_checked_anew(checked):
    deeds.take_document_file(document=checked, data=page(words("Another")), by=ONE)
    original = DocumentOriginal.objects.get()
    assert original.redaction_checked_by is None
    with pytest.raises(ValidationError, match="Nobody has checked"):
        deeds.publish_document(document=checked, by=ONE)


def test_the_replaced_file_does_not_stay_behind(checked, django_capture_on_commit_callbacks):
    before = DocumentOriginal.objects.get()
    old = [str(before.file), str(before.rendering)]
    with django_capture_on_commit_callbacks(execute=True):
        deeds.take_document_file(document=checked, data=page(words("Another")), by=ONE)
    assert [name for name in old if confidential_storage().exists(name)] == []


def test_a_check_of_pages_that_were_replaced_meanwhile_counts_for_nothing(document):
    deeds.take_document_file(document=document, data=FILE, by=ONE)
    seen = str(DocumentOriginal.objects.get().rendering)
    deeds.take_document_file(document=document, data=page(words("Another")), by=ONE)
    with pytest.raises(ValidationError, match="uploaded meanwhile"):
        deeds.check_redaction(document=document, by=OTHER, seen=seen)


def test_while_readers_see_a_file_no_other_is_taken(shown):
    with pytest.raises(ValidationError, match="withdraw it first"):
        deeds.take_document_file(document=shown, data=FILE, by=ONE)


def test_a_refused_file_leaves_nothing_behind(document):
    with pytest.raises(ValidationError):
        deeds.take_document_file(document=document, data=b"nonsense", by=ONE)
    assert not DocumentOriginal.objects.exists()


def test_a_failing_deed_takes_its_files_back(checked, monkeypatch):
    monkeypatch.setattr(deeds, "_change", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        deeds.publish_document(document=checked, by=ONE)
    assert public_files() == []


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_nothing_of_a_case_that_is_not_public(case, document, state):
    document.text_ru = "<p>Речь</p>"
    document.save()
    case.state = state
    case.save()
    with pytest.raises(ValidationError, match="The case is not published"):
        deeds.publish_document(document=Document.objects.get(), by=ONE)


def test_never_show_means_never(checked):
    DocumentOriginal.objects.update(confidential=True)
    with pytest.raises(ValidationError, match="never show"):
        deeds.publish_document(document=checked, by=ONE)


def test_a_document_of_nothing_is_not_shown(document):
    with pytest.raises(ValidationError, match="neither a file nor a text"):
        deeds.publish_document(document=document, by=ONE)


def test_the_database_itself_refuses_an_unchecked_file(document):
    deeds.take_document_file(document=document, data=FILE, by=ONE)
    with pytest.raises(ValidationError, match="nothing hidden can be read"), refused_in_words():
        Document.objects.update(state="published", stem="a" * 24)


class TestSomebodyIsHidden:
    """A verdict names everybody in it. Who is hidden later takes it along until it is checked again."""

    @pytest.fixture
    def person(self, case):
        person = PrisonerFactory()
        CitationFactory(prisoner=person)
        ProsecutionFactory(case=case, prisoner=person)
        # Somebody is left whom readers know, or the case itself would be withdrawn.
        ProsecutionFactory(case=case)
        return person

    @pytest.fixture(params=["initials", "withdrawn"])
    def hide(self, request, person):
        deed = actions.reduce_to_initials if request.param == "initials" else actions.withdraw
        return lambda: deed(prisoner=person, reason="the family asks", by=ONE)

    def test_the_document_is_gone_for_every_reader(self, person, shown, hide):
        assert as_readers_see() == ([shown], [shown])
        before = address(shown)
        hide()
        assert as_readers_see() == ([], [])
        assert Client().get(before).status_code == 404
        assert Client().get(f"/ru/documents/{shown.slug}/").status_code == 404
        assert "Приговор" not in Client().get("/ru/documents/").content.decode().split("<main")[1]

    def test_checked_again_by_a_colleague_it_is_back_under_another_address(self, person, shown, hide):
        before = address(shown)
        hide()
        assert "check it again" in " ".join(deeds.document_obstacles(shown))
        with pytest.raises(ValidationError, match="let a colleague check"):
            deeds.check_redaction(document=shown, by=ONE)
        deeds.check_redaction(document=shown, by=OTHER)
        assert as_readers_see() == ([shown], [shown])
        assert address(shown) != before
        assert Client().get(before).status_code == 404
        assert Client().get(address(shown)).status_code == 200

    def test_the_next_one_hidden_takes_it_along_again(self, case, person, shown, hide):
        second = PrisonerFactory()
        CitationFactory(prisoner=second)
        ProsecutionFactory(case=case, prisoner=second)
        hide()
        deeds.check_redaction(document=shown, by=OTHER)
        assert as_readers_see()[0] == [shown]
        actions.withdraw(prisoner=second, reason="asks", by=ONE)
        assert as_readers_see() == ([], [])

    def test_hidden_before_the_check_a_colleague_must_do_it(self, document, person, hide):
        hide()
        deeds.take_document_file(document=document, data=FILE, by=ONE)
        with pytest.raises(ValidationError, match="let a colleague check"):
            deeds.check_redaction(document=document, by=ONE)
        deeds.check_redaction(document=document, by=OTHER)
        deeds.publish_document(document=document, by=ONE)
        assert as_readers_see() == ([document], [document])

    def test_a_persons_own_document_goes_with_the_person(self, case, person, checked):
        checked.prosecution = case.prosecutions.get(prisoner=person)
        checked.save()
        deeds.publish_document(document=checked, by=ONE)
        assert as_readers_see()[0] == [checked]
        actions.withdraw(prisoner=person, reason="asks", by=ONE)
        assert as_readers_see() == ([], [])
        assert Client().get(address(checked)).status_code == 404


class TestSafetyNet:
    def sync(self):
        out, errors = StringIO(), StringIO()
        call_command("sync_documents", stdout=out, stderr=errors)
        return out.getvalue(), errors.getvalue()

    def age(self, name):
        long_ago = (timezone.now() - timedelta(hours=1)).timestamp()
        os.utime(public_storage().path(name), (long_ago, long_ago))

    def test_a_stray_file_is_removed_and_a_fresh_one_left(self, shown):
        for letter in "ab":
            public_storage().save(
                f"documents/{letter * 24}.pdf", public_storage().open(f"documents/{shown.stem}.pdf")
            )
        self.age(f"documents/{'a' * 24}.pdf")
        said, _errors = self.sync()
        assert "1 stray" in said
        assert sorted(public_files()) == sorted([f"{shown.stem}.pdf", f"{'b' * 24}.pdf"])

    def test_a_lost_file_comes_back(self, shown):
        public_storage().delete(f"documents/{shown.stem}.pdf")
        assert "1 restored" in self.sync()[0]
        assert Client().get(address(shown)).status_code == 200

    def test_a_file_whose_row_was_withdrawn_past_the_deed_is_removed(
        self, shown, django_capture_on_commit_callbacks
    ):
        with transaction.atomic():
            Document.objects.update(state="withdrawn")
        with django_capture_on_commit_callbacks(execute=True):
            assert "1 hidden" in self.sync()[0]
        assert public_files() == []

    def test_what_cannot_be_restored_is_said(self, shown):
        public_storage().delete(f"documents/{shown.stem}.pdf")
        confidential_storage().delete(str(shown.original.rendering))
        said, errors = self.sync()
        assert "1 failed" in said
        assert "upload it again" in errors
