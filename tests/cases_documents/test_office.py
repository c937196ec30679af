"""Documents and findings in the office: upload, pages, one press for the redaction, publish, withdraw."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from cases.actions import documents as deeds
from cases.models import Document, DocumentOriginal, FindingPerson, InternationalFinding
from prisoners import actions
from tests.cases_documents.files import SECRET, full_of_secrets, page, words
from tests.factories import CaseFactory, PrisonerFactory, ProsecutionFactory
from tests.office.conftest import desk, groups, member
from tests.prisoners.pictures import own_public_files

pytestmark = pytest.mark.django_db
__all__ = ["desk", "groups", "member"]


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    own_public_files(settings, tmp_path)


@pytest.fixture
def case():
    return CaseFactory()


@pytest.fixture
def document(case):
    return Document.objects.create(
        slug="verdict", case=case, kind="verdict", title_en="The verdict", text_ru="<p>А</p>"
    )


def at(name, *args):
    return reverse(f"admin:cases_document_{name}", args=args)


def said(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def upload(data=None, name="Ivanov's verdict.pdf"):
    return {"file": SimpleUploadedFile(name, page(words("x")) if data is None else data)}


@pytest.fixture
def uploaded(document):
    deeds.take_document_file(document=document, data=full_of_secrets(), by=99)
    return document


def test_from_upload_to_readers_in_four_presses(desk, client, document):
    answer = desk.post(at("file", document.pk), upload(), follow=True)
    assert answer.redirect_chain == [("../pages/", 302)]
    assert "What to look for" in said(answer)
    seen = re.search(r'name="seen" value="([^"]+)"', answer.content.decode())[1]
    assert "Ivanov" not in seen
    answer = desk.post(at("pages", document.pk), {"seen": seen}, follow=True)
    assert "the redaction is checked" in said(answer)
    assert DocumentOriginal.objects.get().redaction_checked_by == desk.user.pk
    desk.post(at("deed", document.pk, "publish"))
    document.refresh_from_db()
    assert client.get(f"/media/documents/{document.stem}.pdf").status_code == 200
    desk.post(at("deed", document.pk, "withdraw"), {"reason": "a mistake"})
    assert client.get(f"/media/documents/{document.stem}.pdf").status_code == 404


def test_the_page_of_a_document_offers_what_can_be_done(desk, uploaded):
    body = desk.get(at("change", uploaded.pk)).content.decode()
    for address in (at("file", uploaded.pk), at("pages", uploaded.pk), at("original", uploaded.pk)):
        assert address in body
    assert at("deed", uploaded.pk, "publish") in body


@pytest.mark.parametrize("name", ["change", "file", "pages"])
def test_pages_answer_before_there_is_a_file(desk, document, name):
    assert desk.get(at(name, document.pk)).status_code == (404 if name == "pages" else 200)


def test_publishing_says_what_stands_in_the_way(desk, uploaded):
    answer = desk.post(at("deed", uploaded.pk, "publish"))
    assert answer.status_code == 400
    assert "Nobody has checked the redaction" in said(answer)


def test_a_refused_file_says_why_beside_the_field(desk, document):
    answer = desk.post(at("file", document.pk), upload(b"nonsense"))
    assert "This file cannot be read" in said(answer)
    assert not DocumentOriginal.objects.exists()


def test_pages_are_pictures_and_shadows_can_be_made_light(desk, uploaded):
    plain, faint = (desk.get(at("page", uploaded.pk, 1) + tail) for tail in ("", "?faint=1"))
    assert plain.headers["Content-Type"] == faint.headers["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(plain.content)).size == Image.open(io.BytesIO(faint.content)).size
    assert SECRET.encode() not in plain.content
    for number in (0, 2, 99999):
        assert desk.get(at("page", uploaded.pk, number)).status_code == 404


def test_light_shadows_show_what_a_cover_lets_through():
    from cases.admin.document_pages import _FAINT

    assert _FAINT[0] == 0
    assert _FAINT[17] > 100
    assert _FAINT[255] == 255


def test_the_pages_come_in_parts(desk, document):
    DocumentOriginal.objects.create(document=document, rendering="renderings/x.pdf", rendering_pages=60)
    body = desk.get(at("pages", document.pk)).content.decode()
    assert body.count("<figure>") == 25
    assert "?from=51" in body
    assert 'name="seen"' not in body, "who has not come to the end has not looked at every page"
    body = desk.get(at("pages", document.pk) + "?from=51&faint=1").content.decode()
    assert body.count("<figure>") == 10
    assert 'name="seen"' in body
    for nonsense in ("x", "-1", "0", "99999999", "%00"):
        assert desk.get(at("pages", document.pk) + f"?from={nonsense}").status_code in (200, 400)


def test_hidden_people_of_the_case_are_told_to_whoever_checks(desk, case, uploaded):
    person = PrisonerFactory(surname_ru="Скрытый", surname_en="Skrytyi")
    ProsecutionFactory(case=case, prisoner=person)
    actions.withdraw(prisoner=person, reason="asks", by=1)
    assert "Skrytyi" in said(desk.get(at("pages", uploaded.pk)))


def test_a_check_by_whoever_uploaded_is_refused_where_somebody_is_hidden(desk, case, document):
    person = PrisonerFactory()
    ProsecutionFactory(case=case, prisoner=person)
    actions.withdraw(prisoner=person, reason="asks", by=1)
    desk.post(at("file", document.pk), upload())
    answer = desk.post(at("pages", document.pk), {})
    assert answer.status_code == 400
    assert "let a colleague check" in said(answer)


def test_the_original_is_only_to_be_saved(desk, uploaded):
    answer = desk.get(at("original", uploaded.pk))
    assert answer.headers["Content-Disposition"] == 'attachment; filename="original.pdf"'
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("group", "sees", "uploads"),
    [
        ("editor", 200, 200),
        ("legal", 200, 200),
        ("publisher", 200, 200),
        ("auditor", 200, 403),
        ("translator", 403, 403),
        ("finance", 403, 403),
        ("aid_coordinator", 403, 403),
    ],
)
def test_who_may_see_the_original_and_who_may_change_it(member, uploaded, group, sees, uploads):
    client = member(group)
    for name in ("pages", "original"):
        assert client.get(at(name, uploaded.pk)).status_code == sees, name
    assert client.get(at("page", uploaded.pk, 1)).status_code == sees
    assert client.get(at("file", uploaded.pk)).status_code == uploads
    assert client.post(at("pages", uploaded.pk), {"seen": "other"}).status_code == (
        400 if uploads == 200 else 403
    )
    assert DocumentOriginal.objects.get().redaction_checked_on is None


def test_legal_enters_documents_and_does_not_publish_them(member, uploaded):
    client = member("legal")
    assert client.post(at("deed", uploaded.pk, "publish")).status_code == 403


def test_a_translator_gets_the_texts_alone(member, uploaded):
    client = member("translator")
    assert client.get(at("change", uploaded.pk)).status_code == 302, "drafts are closed"
    Document.objects.update(state="ready")
    body = client.get(at("change", uploaded.pk)).content.decode()
    assert 'name="title_en"' in body
    assert 'name="slug"' not in body
    assert at("pages", uploaded.pk) not in body
    assert "original" not in body.split('id="content"')[1].lower()


def test_the_lists_find_what_waits(desk, case, uploaded):
    listed = at("changelist")
    assert "The verdict" in said(desk.get(listed + "?redaction=waiting"))
    deeds.check_redaction(document=uploaded, by=5)
    assert "The verdict" not in said(desk.get(listed + "?redaction=waiting"))
    deeds.publish_document(document=uploaded, by=5)
    assert "The verdict" not in said(desk.get(listed + "?redaction=again"))
    person = PrisonerFactory()
    ProsecutionFactory(case=case, prisoner=person)
    actions.withdraw(prisoner=person, reason="asks", by=1)
    assert "The verdict" in said(desk.get(listed + "?redaction=again"))


def test_the_sites_own_address_is_not_given_to_a_document(desk, case):
    given = {"title_ru": "Слово", "kind": "last_word", "case": case.pk, "slug": "last-words"}
    answer = desk.post(at("add"), given)
    assert answer.status_code == 200
    assert "This address is the site&#x27;s own" in answer.content.decode()
    assert desk.post(at("add"), given | {"slug": "a-word"}).status_code == 302
    assert Document.objects.get().case == case


def test_the_person_is_chosen_among_the_people_of_the_case(desk, case, document):
    own, other = ProsecutionFactory(case=case), ProsecutionFactory()
    body = desk.get(at("change", document.pk)).content.decode()
    assert f'<option value="{own.pk}">' in body
    assert f'<option value="{other.pk}">' not in body


class TestFindings:
    @pytest.fixture
    def finding(self):
        return InternationalFinding.objects.create(body="wgad", number="1/2025", line_en="Arbitrary.")

    def address(self, name, *args):
        return reverse(f"admin:cases_internationalfinding_{name}", args=args)

    def test_entered_with_categories_to_tick(self, desk, case):
        rows = {
            f"{name}-{kind}_FORMS": 0
            for name in ("people", "citations", "confidential_citations")
            for kind in ("TOTAL", "INITIAL")
        }
        given = {"body": "wgad", "number": "9/2025", "wgad_categories": ["I", "V"], "case": case.pk, **rows}
        answer = desk.post(self.address("add"), given)
        assert answer.status_code == 302, said(answer)
        assert InternationalFinding.objects.get().wgad_categories == ["I", "V"]

    def test_published_only_with_a_link_and_somebody_public(self, desk, client, finding):
        answer = desk.post(self.address("deed", finding.pk, "publish"))
        assert answer.status_code == 400
        assert "neither a link nor a source" in said(answer)
        assert "Neither its case nor any of its people" in said(answer)
        InternationalFinding.objects.update(url="https://example.org/1")
        FindingPerson.objects.create(finding=finding, prisoner=PrisonerFactory())
        desk.post(self.address("deed", finding.pk, "publish"))
        assert "1/2025" in said(client.get("/en/findings/"))
        desk.post(self.address("deed", finding.pk, "withdraw"), {"reason": "a mistake"})
        assert "1/2025" not in said(client.get("/en/findings/"))

    def test_its_page_opens(self, desk, finding):
        assert "rests on discrimination" in said(desk.get(self.address("change", finding.pk)))
