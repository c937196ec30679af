"""Courts: the list by region, one with what lies ahead and what was decided, the courts of a region."""

import pytest

from cases.models import (
    Court,
    Decision,
    DecisionPerson,
    Hearing,
    HearingPerson,
    Official,
    Restraint,
    RestraintExtension,
)
from memorial.page_kinds import PAGES
from tests.cases_law import world
from tests.counting import same_number_of_queries
from tests.factories import (
    CaseFactory,
    CourtFactory,
    DecisionFactory,
    DraftFactory,
    HearingFactory,
    ProsecutionFactory,
    RegionFactory,
)
from tests.pages.reading import facts, links, words

pytestmark = pytest.mark.django_db
ARTICLE = "articles/uk-rf-280.3/"
COURT = "courts/primorskoe/"
OFFICIAL = "officials/sudyin-viktor/"


def is_noindex(response) -> bool:
    return '<meta name="robots" content="noindex">' in response.content.decode()


class TestCourts:
    def test_the_list_by_region(self, reader, article):
        region = RegionFactory(code="XX-Z", name_ru="Заречная область", name_en="Zarechnaya oblast")
        CourtFactory(name_en="Zarechye Court", region=region)
        CourtFactory(name_en="Secret Court", state="draft")
        said = words(reader.get("/en/courts/"))
        assert said.index("Zarechnaya oblast Zarechye Court") < said.index("Of no one region")
        assert "‘Primorskoye District Court’" in said
        assert "Secret" not in said

    def test_an_empty_list_says_so(self, reader):
        assert "No court has been published here yet." in words(reader.get("/en/courts/"))

    def test_one_set_up_by_the_occupiers_stands_in_quotes_and_says_why(self, reader, article):
        said = words(reader.get(f"/ru/{COURT}"))
        assert "«Приморский районный суд»" in said
        english = reader.get(f"/en/{COURT}")
        assert "‘Primorskoye District Court’" in words(english)
        assert "Russia set this court up in occupied territory" in words(english)
        assert facts(english)["Address"] == "Приморск, ул. Образцовая, д. 2"
        assert facts(english)["Its time"] == "UTC+5"
        Court.objects.update(in_occupied_territory=False)
        assert "occupied territory of Ukraine" not in words(reader.get(f"/en/{COURT}"))

    def test_hearings_ahead_in_its_time_with_the_warning_and_the_calendar(self, reader, article):
        response = reader.get(f"/en/{COURT}")
        said = words(response)
        assert "26 November 2026, 10:30 UTC+5 Pleadings: Poems in the square room 4 · open" in said
        assert "bailiffs check passports" in said
        assert "/en/courts/primorskoe/calendar.ics" in links(response)
        assert 'datetime="2026-11-26T10:30+05:00"' in response.content.decode()

    def test_a_closed_hearing_needs_no_warning(self, reader, article):
        Hearing.objects.update(access="closed")
        assert "passports" not in words(reader.get(f"/en/{COURT}"))

    def test_cases_and_decisions(self, reader, article):
        response = reader.get(f"/en/{COURT}")
        said = words(response)
        assert (
            "19 February 2024 Verdict of guilty: Poems in the square First instance · in force since 3 July 2024"
            in said
        )
        assert links(response).count("/en/cases/poems-in-the-square/") == 3

    def test_a_court_that_only_took_into_custody_has_that_case_too(self, reader, people):
        court = world.occupied_court()
        ordered = Restraint.objects.create(
            prosecution=ProsecutionFactory(prisoner=people[0], case__title_en="Ordered"),
            measure="custody",
            court=court,
        )
        extended = Restraint.objects.create(
            prosecution=ProsecutionFactory(prisoner=people[0], case__title_en="Extended"), measure="custody"
        )
        RestraintExtension.objects.create(restraint=extended, until=world.day("2027"), court=court)
        hidden = ProsecutionFactory(prisoner=DraftFactory(), case__title_en="Of the hidden")
        Restraint.objects.create(prosecution=hidden, measure="custody", court=court)
        said = words(reader.get(f"/en/{COURT}"))
        assert "Ordered" in said
        assert "Extended" in said
        assert "Of the hidden" not in said
        Restraint.objects.filter(pk=ordered.pk).update(verification="unverified")
        Restraint.objects.filter(pk=extended.pk).update(verification="unverified")
        assert "No case of this court has been published" in words(reader.get(f"/en/{COURT}"))

    def test_what_is_of_hidden_people_only_changes_nothing(self, reader, article):
        before = reader.get(f"/ru/{COURT}").content
        court = Court.objects.get(slug="primorskoe")
        case = CaseFactory(title_ru="Дело скрытого")
        hidden = ProsecutionFactory(case=case, prisoner=DraftFactory())
        decision = DecisionFactory(case=case, court=court)
        DecisionPerson.objects.create(decision=decision, prosecution=hidden)
        hearing = HearingFactory(case=case, court=court, hearing_state="planned", on="2026-12-01")
        HearingPerson.objects.create(hearing=hearing, prosecution=hidden)
        unverified = {"case": CaseFactory(), "court": court, "verification": "unverified"}
        DecisionFactory(**unverified)
        HearingFactory(**unverified, on="2026-12-02", hearing_state="planned")
        world.heard(court, CaseFactory(state="draft"))
        assert reader.get(f"/ru/{COURT}").content == before

    def test_one_that_is_not_published_answers_like_none(self, reader, article):
        Court.objects.update(state="withdrawn")
        hidden, absent = reader.get(f"/ru/{COURT}"), reader.get("/ru/courts/primorskoy/")
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content == absent.content

    def test_a_court_of_which_nothing_is_known(self, reader):
        CourtFactory(slug="bare", name_en="", name_ru="Суд", level="unknown")
        response = reader.get("/en/courts/bare/")
        assert "We know of no hearing ahead in this court." in words(response)
        assert facts(response) == {"Address": "not known", "Its time": "UTC+3"}
        assert is_noindex(response)
        assert '<h1 lang="ru">' in response.content.decode()

    def test_decisions_stand_in_pages(self, reader, article):
        court = Court.objects.get(slug="primorskoe")
        for number in range(41):
            Decision.objects.create(
                case=CaseFactory(), court=court, kind="acquittal", on=world.day(str(1960 + number))
            )
        second = reader.get(f"/en/{COURT}?page=2")
        assert "1961 Acquittal" in words(second)
        assert "1962 Acquittal" not in words(second)
        assert "asks for something" in words(reader.get(f"/en/{COURT}?page=3"))

    @pytest.mark.parametrize("path", ["courts/", COURT])
    def test_one_or_three_cost_the_same(self, reader, article, path):
        court = Court.objects.get(slug="primorskoe")

        def one_more():
            CourtFactory(region=RegionFactory())
            world.heard(court, ProsecutionFactory().case)
            world.judge(court, slug=f"judge-{Official.objects.count()}")

        assert same_number_of_queries(reader, f"/ru/{path}", add_row=one_more) <= 11


class TestRegions:
    def test_a_region_lists_its_courts_and_its_calendar(self, reader, article):
        region = RegionFactory(code="XX-Z", name_ru="Заречная область", name_en="Zarechnaya oblast")
        assert 'id="courts"' not in reader.get("/ru/regions/xx-z/").content.decode()
        Court.objects.update(region=region)
        CourtFactory(region=region, name_en="Secret Court", state="draft")
        response = reader.get("/en/regions/xx-z/")
        assert "Courts ‘Primorskoye District Court’ Calendar of this region" in words(response)
        assert {f"/en/{COURT}", "/en/regions/xx-z/calendar.ics"} <= set(links(response))
        assert not is_noindex(response)
        assert "/ru/regions/xx-z/" in [page.path("ru") for kind in PAGES for page in kind.pages()]
