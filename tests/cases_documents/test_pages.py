"""The library, one document, last words, findings: what readers get, and what they never do."""

import re

import pytest

from cases.models import CaseCitation, Document, FindingPerson, InternationalFinding
from memorial.base import content_version
from memorial.page_kinds import PAGES
from prisoners import actions
from tests.cases_documents import world
from tests.counting import same_number_of_queries
from tests.factories import CaseFactory, CitationFactory, PrisonerFactory, ProsecutionFactory
from tests.pages.reading import facts, links, words

pytestmark = pytest.mark.django_db
LISTS = ("documents/", "documents/last-words/", "findings/")


@pytest.fixture(autouse=True)
def _version_read_anew(monkeypatch):
    monkeypatch.setattr(content_version, "SECONDS_BETWEEN_READS", 0.0)


@pytest.fixture
def people():
    return [
        PrisonerFactory(
            surname_ru="Горинцев", surname_en="Gorintsev", given_names_ru="Тимур", given_names_en="Timur"
        ),
        PrisonerFactory(surname_ru="Ладожская", surname_en="Ladozhskaya"),
    ]


@pytest.fixture
def case(people):
    return world.everything(*people)


def lines(response) -> list[str]:
    """The slugs of the documents in a list, in its order."""
    return re.findall(r'<p><a href="/\w\w/documents/([^"]+)/">', response.content.decode())


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_lists_with_nothing_say_so(reader, path, language):
    answer = reader.get(f"/{language}/{path}")
    assert answer.status_code == 200
    assert 'class="empty"' in answer.content.decode()


class TestLibrary:
    def test_newest_first_and_undated_last(self, reader, case):
        assert lines(reader.get("/en/documents/")) == [
            "verdict-reading",
            "last-word-river",
            "opinion",
        ]

    def test_a_line_says_what_it_is_of_when_of_whom_and_what_one_gets(self, reader, case):
        said = words(reader.get("/en/documents/"))
        assert (
            "19 February 2024 Verdict in the embankment readings case Verdict, Verkhnerechensk City Court"
            in said
        )
        assert "PDF, 67 pages, 4.7 MB" in said
        assert "Timur Gorintsev" in said
        assert "language: Ukrainian" in said
        assert "date not known" in said

    def test_numbers_are_written_as_the_language_writes_them(self, reader, case):
        assert "4,7" in words(reader.get("/ru/documents/"))

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("kind=verdict", ["verdict-reading"]),
            ("kind=last_word", ["last-word-river"]),
            ("language=uk", ["opinion"]),
            ("kind=verdict&language=uk", []),
            ("case=embankment-readings", ["verdict-reading", "last-word-river", "opinion"]),
        ],
    )
    def test_narrowed(self, reader, case, query, found):
        answer = reader.get(f"/en/documents/?{query}")
        assert lines(answer) == found
        assert "asks for something" not in words(answer)

    def test_of_one_person_come_the_own_ones_and_those_of_all(self, reader, case, people):
        own, other = (lines(reader.get(f"/en/documents/?person={one.slug}")) for one in people)
        assert "last-word-river" in own
        assert "last-word-river" not in other
        assert "verdict-reading" in other

    @pytest.mark.parametrize(
        "query",
        [
            "kind=x",
            "language=xx",
            "case=no-such",
            "person=a%27b",
            "page=99",
            "case=" + "я" * 300,
        ],
    )
    def test_what_is_not_there_is_said_and_the_nearest_given(self, reader, case, query):
        answer = reader.get(f"/en/documents/?{query}")
        assert answer.status_code == 200
        assert "asks for something" in words(answer)
        assert 'name="robots" content="noindex"' in answer.content.decode()

    def test_a_hidden_case_or_person_is_like_an_absent_one(self, reader, case, people):
        hidden = PrisonerFactory(state="withdrawn")
        draft = CaseFactory(state="draft")
        for one, other in (
            (f"person={hidden.slug}", "person=nobody-1"),
            (f"case={draft.slug}", "case=nobody-1"),
        ):
            assert (
                reader.get(f"/en/documents/?{one}").content == reader.get(f"/en/documents/?{other}").content
            )

    def test_pages_keep_what_the_list_is_narrowed_to(self, reader, case, monkeypatch):
        from cases.views.documents import DocumentListView

        monkeypatch.setattr(DocumentListView, "paginate_by", 2)
        assert "/en/documents/?language=ru&page=2" not in links(reader.get("/en/documents/"))
        assert "/en/documents/?page=2" in links(reader.get("/en/documents/"))
        answer = reader.get("/en/documents/?case=embankment-readings")
        assert "/en/documents/?case=embankment-readings&page=2" in links(answer)

    def test_one_line_or_three_cost_the_same(self, reader, case):
        def one_more():
            prosecution = ProsecutionFactory(case=case)
            number = Document.objects.count()
            Document.objects.create(
                slug=f"more-{number}",
                kind="letter",
                prosecution=prosecution,
                title_ru="Письмо",
                state="published",
            )

        assert same_number_of_queries(reader, "/ru/documents/", add_row=one_more) <= 8


class TestOneDocument:
    def test_a_verdict_with_a_file(self, reader, case):
        answer = reader.get("/en/documents/verdict-reading/")
        assert facts(answer) == {
            "What it is": "Verdict",
            "Date": "19 February 2024",
            "Case": "The embankment readings case",
            "Language of the original": "Russian",
        }
        assert "PDF, 67 pages, 4.7 MB" in words(answer)
        assert f"/media/documents/{'ab12' * 6}.pdf" in links(answer)
        assert "cannot be searched or read aloud" in words(answer)
        assert "The text stands below" not in words(answer)

    def test_a_last_word_is_there_in_full(self, reader, case):
        answer = reader.get("/ru/documents/last-word-river/")
        assert "Кто молчал, тот тоже говорил." in words(answer)
        assert "<blockquote>" in answer.content.decode()
        assert "<em>«Река" in answer.content.decode()
        assert "Горинцев Тимур" in words(answer)

    def test_who_checked_it_is_told_to_nobody(self, reader, case):
        assert "redaction" not in reader.get("/en/documents/verdict-reading/").content.decode().lower()

    def test_what_is_only_russian_is_marked_and_not_indexed_in_english(self, reader, case):
        body = reader.get("/en/documents/opinion/").content.decode()
        assert '<h1><span lang="ru">' in body
        assert 'class="note"' in body
        assert 'name="robots" content="noindex"' in body
        assert 'name="robots"' not in reader.get("/ru/documents/opinion/").content.decode()

    def test_markup_written_past_the_form_is_sanitised(self, reader, case):
        Document.objects.filter(slug="opinion").update(text_ru="<p onclick=x>А</p><script>alert(1)</script>")
        body = reader.get("/ru/documents/opinion/").content.decode()
        assert "onclick" not in body
        assert "alert(1)" not in body

    @pytest.mark.parametrize("state", ["draft", "ready", "withdrawn"])
    def test_unpublished_answers_like_absent(self, reader, case, state):
        Document.objects.filter(slug="opinion").update(state=state)
        hidden, absent = (reader.get(f"/en/documents/{slug}/") for slug in ("opinion", "opinion-9"))
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content == absent.content

    def test_a_text_of_a_hidden_persons_own_document_is_gone_too(self, reader, case, people):
        people[0].state = "withdrawn"
        people[0].save()
        assert reader.get("/ru/documents/last-word-river/").status_code == 404
        assert "last-word-river" not in reader.get("/ru/documents/last-words/").content.decode()

    def test_sources_of_a_person_by_initials_name_nobody(self, reader, case, people):
        word = Document.objects.get(slug="last-word-river")
        CaseCitation.objects.create(
            document=word, kind="media", title="Горинцев сказал", url="https://example.org/g"
        )
        assert "https://example.org/g" in links(reader.get("/ru/documents/last-word-river/"))
        CitationFactory(prisoner=people[0])
        actions.reduce_to_initials(prisoner=people[0], reason="the family asks", by=7)
        answer = reader.get("/ru/documents/last-word-river/")
        assert answer.status_code == 200
        assert "https://example.org/g" not in links(answer)

    def test_one_page_costs_few_queries(self, reader, case):
        from tests.counting import page_queries

        assert len(page_queries(reader, "/ru/documents/last-word-river/")) <= 4


class TestLastWords:
    def test_they_are_read_one_after_the_other_in_full(self, reader, case):
        answer = reader.get("/en/documents/last-words/")
        assert "What we read I do not regret." in words(answer)
        assert "Timur Gorintsev" in words(answer)
        assert "verdict-reading" not in answer.content.decode()

    def test_without_a_text_there_is_nothing_to_read(self, reader, case):
        Document.objects.filter(slug="last-word-river").update(text_ru="", text_en="")
        assert "No last word can be read here yet." in words(reader.get("/en/documents/last-words/"))

    def test_one_or_three_cost_the_same(self, reader, case):
        def one_more():
            Document.objects.create(
                slug=f"more-{Document.objects.count()}",
                kind="last_word",
                prosecution=ProsecutionFactory(case=case),
                title_ru="Последнее слово",
                text_ru=world.SPEECH_RU,
                state="published",
            )

        assert same_number_of_queries(reader, "/ru/documents/last-words/", add_row=one_more) <= 6


class TestFindings:
    def test_by_body_the_un_first_and_the_newest_first(self, reader, case):
        said = words(reader.get("/en/findings/"))
        main = said[said.index("International findings What") :]
        order = [
            main.rindex(text) for text in ("99/2025", "12/2024", "Parliament calls", "Prosecuted for poems")
        ]
        assert order == sorted(order)

    def test_categories_are_explained_in_words(self, reader, case):
        said = words(reader.get("/en/findings/"))
        assert "99/2025 · categories I, II and V" in said
        assert "Category V it rests on discrimination" in said
        assert "Category IV" not in said
        assert "12/2024 · category III" in said

    def test_each_has_an_anchor_that_lasts(self, reader, case):
        body = reader.get("/ru/findings/").content.decode()
        for anchor in ("wgad", "wgad-99-2025", "ep", "ep-2025-03"):
            assert body.count(f'id="{anchor}"') == 1, anchor

    def test_two_with_one_number_do_not_share_an_anchor(self, reader, case):
        InternationalFinding.objects.filter(body="wgad").update(number="1/2024")
        body = reader.get("/ru/findings/").content.decode()
        assert body.count('id="wgad-1-2024"') == body.count('id="wgad-1-2024-2"') == 1

    def test_of_one_body(self, reader, case):
        said = words(reader.get("/en/findings/?body=ep"))
        assert "Parliament calls" in said
        assert "99/2025" not in said
        assert "asks for something" in words(reader.get("/en/findings/?body=nobody"))

    def test_the_hidden_are_neither_named_nor_counted(self, reader, case, people):
        before = words(reader.get("/en/findings/"))
        hidden = PrisonerFactory(state="draft", surname_ru="Тайный", surname_en="Secretov")
        FindingPerson.objects.create(
            finding=InternationalFinding.objects.get(number="99/2025"), prisoner=hidden
        )
        assert words(reader.get("/en/findings/")) == before

    def test_one_about_nobody_public_is_not_there(self, reader, case, people):
        InternationalFinding.objects.filter(body="ep").update(case=None)
        assert "Parliament" not in words(reader.get("/en/findings/?body=wgad")).split("All findings")[0]
        assert "Parliament calls" not in words(reader.get("/en/findings/"))

    def test_of_an_unpublished_case_it_does_not_name_the_case(self, reader, case, people):
        type(case).objects.filter(pk=case.pk).update(state="draft")
        said = words(reader.get("/en/findings/"))
        assert "99/2025" in said
        assert "embankment" not in said

    def test_what_is_not_translated_is_marked(self, reader, case):
        body = reader.get("/en/findings/").content.decode()
        assert '<span lang="ru">Суд' in body
        assert "(in Russian)" in body

    def test_one_or_three_cost_the_same(self, reader, case):
        def one_more():
            finding = InternationalFinding.objects.create(
                body="hrc", case=case, line_ru="Нарушение", state="published"
            )
            FindingPerson.objects.create(finding=finding, prisoner=PrisonerFactory())

        assert same_number_of_queries(reader, "/ru/findings/", add_row=one_more) <= 6


def test_every_page_is_in_the_registry_once(case):
    kinds = {kind.name: [page.path("ru") for page in kind.pages()] for kind in PAGES}
    assert kinds["document-list"] == ["/ru/documents/"]
    assert kinds["last-words"] == ["/ru/documents/last-words/"]
    assert kinds["finding-list"] == ["/ru/findings/"]
    assert kinds["document-detail"] == [
        f"/ru/documents/{slug}/" for slug in ("last-word-river", "verdict-reading", "opinion")
    ]


@pytest.mark.parametrize("path", [*LISTS, "documents/last-word-river/"])
def test_the_same_page_needs_one_query_when_asked_again(reader, case, path):
    first = reader.get(f"/ru/{path}")
    again = reader.get(f"/ru/{path}", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    assert "Vary" not in first.headers
    assert not first.cookies
