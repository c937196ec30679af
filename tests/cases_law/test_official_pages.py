"""Officials: only what two people confirmed, of nobody hidden; and all pages of the law together."""

import pytest

from cases.choices import OfficialPart
from cases.models import (
    Case,
    Court,
    Official,
    OfficialConfirmation,
    OfficialRole,
    Sanction,
)
from memorial.page_kinds import PAGES
from prisoners.models import Prisoner
from tests.cases_law import world
from tests.counting import same_number_of_queries
from tests.factories import (
    ArticleFactory,
    CourtFactory,
    FacilityFactory,
    PrisonerFactory,
    ProsecutionFactory,
)
from tests.pages.reading import facts, links, words

pytestmark = pytest.mark.django_db
ARTICLE = "articles/uk-rf-280.3/"
COURT = "courts/primorskoe/"
OFFICIAL = "officials/sudyin-viktor/"


def is_noindex(response) -> bool:
    return '<meta name="robots" content="noindex">' in response.content.decode()


class TestOfficials:
    def test_the_list_by_surname(self, reader, article):
        other = world.judge(
            None, slug="aa", surname_en="Abramkin", surname_ru="Абрамкин", kind="prosecutor", office_ru=""
        )
        Sanction.objects.create(official=other, list="uk")
        said = words(reader.get("/en/officials/"))
        assert said.index("Abramkin") < said.index("Sudyin")
        assert "‘Primorskoye District Court’" in said
        assert "Prosecutor" in said

    @pytest.mark.parametrize("part", OfficialPart.values)
    def test_no_part_tells_a_gender(self, part):
        verbs = ("led", "ordered", "spoke", "gave", "tried", "reviewed", "headed")
        assert not OfficialPart(part).label.startswith(verbs)

    def test_the_footer_leads_to_courts_and_officials(self, reader):
        assert {"/ru/courts/", "/ru/officials/"} <= set(links(reader.get("/ru/articles/")))

    def test_an_empty_list_says_so(self, reader):
        assert "No official has been published here yet." in words(reader.get("/en/officials/"))

    def test_office_part_sources_and_sanctions(self, reader, article):
        response = reader.get(f"/en/{OFFICIAL}")
        said = words(response)
        assert facts(response) == {"Office": "председатель суда", "Court": "‘Primorskoye District Court’"}
        assert (
            "Poems in the square Judge in the case, 19 February 2024 Timur Gorintsev Source: Репортаж" in said
        )
        assert "European Union , imposed 4 March 2024 Пакет 99" in said
        assert {"https://example.org/judges", "https://example.org/eu"} <= set(links(response))
        assert not is_noindex(response)

    def test_the_same_part_against_several_people_is_told_once(self, reader, article, people):
        role = OfficialRole.objects.get()
        other = role.prosecution.case.prosecutions.get(prisoner=people[1])
        world.took_part(role.official, other)
        said = words(reader.get(f"/en/{OFFICIAL}"))
        assert said.count("Judge in the case") == 1
        assert "Timur Gorintsev ; Timur Ladozhskaya Sources: Репортаж" in said
        world.took_part(role.official, ProsecutionFactory(case=other.case), on=world.day("2025"))
        assert words(reader.get(f"/en/{OFFICIAL}")).count("Judge in the case") == 2

    def test_a_sanction_that_was_lifted_and_one_of_unknown_day(self, reader, article):
        Sanction.objects.update(lifted_on=world.day("06.2025"))
        Sanction.objects.create(official=Official.objects.get(), list="other", list_name_en="The moon")
        said = words(reader.get(f"/en/{OFFICIAL}"))
        assert "imposed 4 March 2024, lifted June 2025" in said
        assert "The moon, the day is not known" in said

    def test_nothing_that_one_person_alone_confirmed(self, reader, article, people):
        before = reader.get(f"/ru/{OFFICIAL}").content
        official = Official.objects.get()
        prosecution = ProsecutionFactory(prisoner=people[1])
        world.took_part(official, prosecution, confirmed=False)
        assert reader.get(f"/ru/{OFFICIAL}").content == before

    @pytest.mark.parametrize("hidden", ["person", "case", "fact"])
    def test_nothing_of_the_hidden(self, reader, article, hidden):
        before = reader.get(f"/ru/{OFFICIAL}").content
        prosecution = ProsecutionFactory()
        role = world.took_part(Official.objects.get(), prosecution)
        Sanction.objects.create(official=role.official, list="uk", verification="unverified")
        assert hidden == "fact" or reader.get(f"/ru/{OFFICIAL}").content != before
        if hidden == "person":
            Prisoner.objects.filter(pk=prosecution.prisoner_id).update(state="withdrawn")
        elif hidden == "case":
            Case.objects.filter(pk=prosecution.case_id).update(state="withdrawn")
        else:
            OfficialRole.objects.filter(pk=role.pk).update(verification="unverified")
        assert reader.get(f"/ru/{OFFICIAL}").content == before

    def test_a_source_does_not_name_who_is_shown_by_initials(self, reader, article):
        person = PrisonerFactory(
            initials_only=True,
            surname_ru="К.",
            given_names_ru="Н.",
            patronymic_ru="",
            born=None,
            slug="p-4kxw7mzt2c",
        )
        role = world.took_part(Official.objects.get(), ProsecutionFactory(prisoner=person))
        said = reader.get(f"/ru/{OFFICIAL}").content.decode()
        assert "p-4kxw7mzt2c" in said
        assert f"Репортаж {role.pk}" not in said
        assert f"example.org/role/{role.pk}" not in said

    def test_places_that_are_not_published_are_not_named(self, reader, article):
        Court.objects.update(state="draft")
        Official.objects.update(facility=FacilityFactory(state="draft", name_en="Secret colony"))
        response = reader.get(f"/en/{OFFICIAL}")
        assert set(facts(response)) == {"Office"}
        Official.objects.update(facility=FacilityFactory(name_en="Open colony"))
        assert facts(reader.get(f"/en/{OFFICIAL}"))["Institution"] == "Open colony"

    def test_without_a_part_it_says_so(self, reader):
        Sanction.objects.create(official=world.judge(None), list="uk")
        assert "No part in a published case has been confirmed yet." in words(reader.get(f"/en/{OFFICIAL}"))

    def test_there_is_no_picture_and_nothing_for_machines(self, reader, article):
        body = reader.get(f"/en/{OFFICIAL}").content.decode()
        for markup in ("<img", "<picture", "ld+json", "og:"):
            assert markup not in body

    def test_one_that_is_not_published_answers_like_none(self, reader, article):
        Official.objects.update(state="withdrawn")
        hidden, absent = reader.get(f"/ru/{OFFICIAL}"), reader.get("/ru/officials/sudyin-viktoy/")
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content == absent.content

    @pytest.mark.parametrize("hidden", ["person", "unconfirmed", "unverified"])
    def test_one_of_whom_nothing_can_be_told_answers_like_none(self, reader, article, hidden):
        Sanction.objects.update(verification="unverified")
        assert reader.get(f"/ru/{OFFICIAL}").status_code == 200
        if hidden == "person":
            Prisoner.objects.update(state="withdrawn")
        elif hidden == "unconfirmed":
            OfficialConfirmation.objects.filter(role__isnull=False).delete()
        else:
            OfficialRole.objects.update(verification="unverified")
        silent, absent = reader.get(f"/ru/{OFFICIAL}"), reader.get("/ru/officials/sudyin-viktoy/")
        assert silent.status_code == absent.status_code == 404
        assert silent.content == absent.content
        for path in ("officials/", COURT):
            assert f"/ru/{OFFICIAL}" not in links(reader.get(f"/ru/{path}"))
        assert not next(list(kind.pages()) for kind in PAGES if kind.name == "official-detail")

    @pytest.mark.parametrize("path", ["officials/", OFFICIAL])
    def test_one_or_three_cost_the_same(self, reader, article, path):
        official = Official.objects.get()

        def one_more():
            world.took_part(official, ProsecutionFactory())
            another = world.judge(CourtFactory(), slug=f"judge-{Official.objects.count()}")
            Sanction.objects.create(official=another, list="uk")
            Sanction.objects.create(official=official, list="uk")

        assert same_number_of_queries(reader, f"/ru/{path}", add_row=one_more) <= 11


def test_every_page_is_in_the_registry_once(article):
    ArticleFactory(number="999")
    kinds = {kind.name: [page.path("ru") for page in kind.pages()] for kind in PAGES}
    assert kinds["article-list"] == ["/ru/articles/"]
    assert kinds["article-detail"] == [f"/ru/{ARTICLE}"]
    assert kinds["court-detail"] == [f"/ru/{COURT}"]
    assert kinds["official-detail"] == [f"/ru/{OFFICIAL}"]
    assert kinds["court-list"] == ["/ru/courts/"]
    assert kinds["official-list"] == ["/ru/officials/"]


@pytest.mark.parametrize("path", ["articles/", ARTICLE, "courts/", COURT, "officials/", OFFICIAL])
def test_the_same_page_needs_one_query_when_asked_again(reader, article, path):
    first = reader.get(f"/ru/{path}")
    again = reader.get(f"/ru/{path}", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not first.cookies
