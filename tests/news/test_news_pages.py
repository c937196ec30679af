"""The pages of news: the list and its selections, one piece, its feed, data, picture; what of it is hidden."""

import json
import re
from datetime import date, timedelta
from io import BytesIO

import feedparser
import pytest
from PIL import Image

from memorial.base.civil_date import civil_date
from memorial.news.models import NewsItem
from prisoners.actions import reduce_to_initials, withdraw
from tests.counting import same_number_of_queries
from tests.factories import CaseFactory, CitationFactory, PrisonerFactory, ProsecutionFactory
from tests.news.telling import DAY, piece, told_news
from tests.opendata.reading import body, read_csv, read_json

pytestmark = pytest.mark.django_db
LIST = "/en/news/"


def page(reader, path):
    return body(reader, path).decode()


def person(**fields):
    return PrisonerFactory(
        **{"surname_ru": "Явный", "surname_en": "Yavny", "given_names_en": "Ivan", "slug": "yavny", **fields}
    )


class TestList:
    def test_newest_event_first_whatever_was_written_last(self, reader):
        piece("later", title_en="Released", on=date(2026, 11, 1))
        piece("earlier", title_en="Arrested", on=date(2025, 2, 3))
        told = page(reader, LIST)
        assert told.index("Released") < told.index("Arrested")
        assert "2 pieces of news" in told
        assert 'datetime="2025-02-03"' in told

    def test_narrowed_to_a_year_a_person_a_case(self, reader):
        someone, case = person(), CaseFactory(slug="tent")
        piece("of-person", title_en="About Yavny", people=[someone])
        piece("of-case", title_en="About the case", cases=[case], on=date(2024, 5, 5))
        for query, there, absent in (
            ("year=2024", "About the case", "About Yavny"),
            ("person=yavny", "About Yavny", "About the case"),
            ("case=tent", "About the case", "About Yavny"),
        ):
            told = page(reader, f"{LIST}?{query}")
            assert there in told
            assert absent not in told

    @pytest.mark.parametrize(
        "query", ["year=1812", "year=20x4", "person=nobody", "case=../", "page=99", "year=2024"]
    )
    def test_whatever_is_asked_there_is_an_answer(self, reader, query):
        piece()
        page(reader, f"{LIST}?{query}")

    def test_empty(self, reader):
        assert "No news has been published here yet." in page(reader, LIST)

    def test_costs_the_same_with_one_piece_and_with_three(self, reader):
        number = iter(range(9))

        def one_more():
            piece(f"piece-{next(number)}", people=[PrisonerFactory()], cases=[CaseFactory()])

        assert same_number_of_queries(reader, LIST, add_row=one_more) <= 8


class TestPiece:
    def test_says_what_when_and_about_whom(self, reader):
        someone, case = person(), CaseFactory(slug="tent", title_en="The tent case")
        item = piece(people=[someone], cases=[case])
        item.sources.create(kind="media", title="The Gazette", url="https://example.org/verdict")
        told = page(reader, "/en/news/verdict/")
        for words in ("Verdict in the readings case", "The defence will appeal.", "The Gazette"):
            assert words in told
        assert 'href="/en/prisoners/yavny/"' in told
        assert 'href="/en/cases/tent/"' in told
        assert re.search(r"Published on 6.October.2026", told)

    def test_untranslated_is_marked_and_not_indexed(self, reader):
        piece(title_en="", summary_en="", text_en="")
        told = page(reader, "/en/news/verdict/")
        assert '<span lang="ru">Приговор' in told
        assert "not in English yet" in told
        assert '<meta name="robots" content="noindex">' in told
        assert f"{LIST}verdict/" not in page(reader, "/sitemap.xml")

    @pytest.mark.parametrize("state", ["draft", "ready", "withdrawn"])
    def test_what_is_not_published_answers_like_what_never_was(self, reader, state):
        someone = person()
        piece("secret", state=state, people=[someone])
        absent, hidden = (reader.get(f"/en/news/{slug}/") for slug in ("never-was", "secret"))
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content.replace(b"secret", b"never-was") == absent.content
        for path in (LIST, f"{LIST}feed/", f"{LIST}export.csv", "/sitemap.xml", "/en/prisoners/yavny/"):
            assert b"secret" not in body(reader, path)
        assert reader.get("/en/news/secret/share.png").status_code == 404

    def test_a_former_address_leads_on_but_not_to_what_is_hidden(self, reader):
        item = piece("old")
        NewsItem.objects.filter(pk=item.pk).update(first_published_at="2026-10-06T12:00Z")
        NewsItem.objects.filter(pk=item.pk).update(slug="new")
        answer = reader.get("/ru/news/old/")
        assert (answer.status_code, answer["Location"]) == (301, "/ru/news/new/")
        NewsItem.objects.filter(pk=item.pk).update(state="withdrawn")
        assert reader.get("/ru/news/old/").status_code == 404

    def test_machines_are_told_of_the_article_and_of_nobody_in_it(self, reader):
        piece(people=[person()])
        told = page(reader, "/en/news/verdict/")
        data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', told)[1])
        assert data["@type"] == "NewsArticle"
        assert data["headline"] == "Verdict in the readings case"
        assert data["datePublished"] == "2026-10-06"
        assert "Yavny" not in json.dumps(data)
        assert 'property="og:image" content="http' in told
        picture = Image.open(BytesIO(body(reader, "/en/news/verdict/share.png")))
        assert (picture.size, picture.mode) == ((1200, 630), "L")

    def test_scripts_in_a_text_are_gone(self, reader):
        item = piece()
        NewsItem.objects.filter(pk=item.pk).update(
            text_en="<p onclick=x()>Hello</p><script>alert(1)</script>"
        )
        told = page(reader, "/en/news/verdict/")
        assert "Hello" in told
        assert "alert(1)" not in told
        assert "onclick" not in told

    def test_costs_the_same_with_one_person_and_with_three(self, reader):
        item = piece()

        def one_more():
            prosecution = ProsecutionFactory(prisoner=PrisonerFactory())
            CitationFactory(prisoner=prosecution.prisoner)
            item.people.create(prisoner=prosecution.prisoner)
            item.cases.create(case=prosecution.case)
            item.sources.create(kind="media", title="Газета")

        assert same_number_of_queries(reader, "/en/news/verdict/", add_row=one_more) <= 24


class TestHiddenPeople:
    def hidden_by(self, reader, hide):
        someone = person()
        piece(people=[someone])
        assert "yavny" in page(reader, "/en/news/verdict/")
        hide(someone)
        told = page(reader, "/en/news/verdict/")
        assert "yavny" not in told.lower()
        assert "About whom" not in told, "and no trace that somebody was there"

    def test_who_is_withdrawn_drops_out_silently(self, reader):
        self.hidden_by(reader, lambda one: withdraw(prisoner=one, reason="asked", by=1))

    def test_who_is_shown_by_initials_drops_out(self, reader):
        self.hidden_by(reader, lambda one: reduce_to_initials(prisoner=one, reason="asked", by=1))
        someone = NewsItem.objects.get().people.get().prisoner
        told = page(reader, someone.get_absolute_url().replace("/ru/", "/en/"))
        assert "Verdict in the readings case" not in told, "on a page of initials the news tells who it is"
        assert page(reader, f"{LIST}?person={someone.slug}").count("Verdict in the readings case") == 1

    def test_the_database_itself_keeps_the_link_back(self, reader, as_role):
        someone = person()
        item = piece(people=[someone])
        with as_role("site_ro"):
            assert item.people.count() == 1
        withdraw(prisoner=someone, reason="asked", by=1)
        with as_role("site_ro"):
            assert item.people.count() == 0


class TestOnOtherPages:
    def test_a_person_and_a_case_list_the_newest_and_lead_to_the_rest(self, reader):
        someone, case = person(), CaseFactory(slug="tent")
        for number in range(6):
            piece(
                f"n-{number}",
                title_en=f"Piece {number}",
                on=DAY - timedelta(days=number),
                people=[someone],
                cases=[case],
            )
        for path, query in (("/en/prisoners/yavny/", "person=yavny"), ("/en/cases/tent/", "case=tent")):
            told = page(reader, path)
            assert [f"Piece {number}" in told for number in range(6)] == [True] * 4 + [False] * 2
            assert f'href="/en/news/?{query}"' in told

    def test_nothing_is_said_where_there_is_none(self, reader):
        person()
        assert 'id="news"' not in page(reader, "/en/prisoners/yavny/")

    def test_search_finds_news_and_forgets_what_is_withdrawn(self, reader):
        item = piece(title_en="A lighthouse keeper acquitted")
        assert "lighthouse" in page(reader, "/en/search/?q=lighthouse").split("</form>", 2)[-1]
        assert "/en/news/verdict/" in page(reader, "/en/search/?q=lighthouse")
        NewsItem.objects.filter(pk=item.pk).update(state="withdrawn")
        assert "/en/news/verdict/" not in page(reader, "/en/search/?q=lighthouse")


class TestData:
    def test_the_feed_is_read_and_keeps_quiet_about_the_quiet(self, reader):
        quiet = PrisonerFactory(quiet_until=civil_date() + timedelta(days=9))
        told_news(person())
        piece("quiet", title_en="Of a quiet person", people=[quiet])
        feed = feedparser.parse(body(reader, f"{LIST}feed/"))
        assert not feed.bozo
        assert feed.feed.title.startswith("News")
        assert [entry.link.rsplit("/", 2)[1] for entry in feed.entries] == [
            "only-russian",
            "short",
            "verdict",
            "long-ago",
        ]
        assert feed.entries[2].summary == "The court imposed seven years in a penal colony."
        assert feed.entries[2].updated.startswith("2026-10-05")
        of_a_year = feedparser.parse(body(reader, f"{LIST}feed/?year=2024"))
        assert len(of_a_year.entries) == 1
        assert "Of a quiet person" in page(reader, LIST), "the list of the site has it"

    def test_files_have_what_the_page_lists(self, reader):
        told_news()
        rows = read_csv(body(reader, f"{LIST}export.csv?year=2026")).rows
        _about, same = read_json(body(reader, f"{LIST}export.json?year=2026"))
        assert (
            [row["id"] for row in rows] == [row["id"] for row in same] == ["only-russian", "short", "verdict"]
        )
        assert rows[2]["title_ru"] == "Приговор по делу о чтениях"
        assert rows[0]["title_en"] == ""
        assert rows[2]["on"] == "2026-10-05"
