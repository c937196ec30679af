"""How the API answers: the same bytes for everyone, conditions, methods, errors, other origins."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from memorial.base.models import ContentVersion
from prisoners.models import OldAddress, Prisoner
from tests.api.reading import HOST, LISTS, ROOT, asked, ids, whole_list
from tests.counting import page_queries
from tests.factories import FacilityFactory, PrisonerFactory, StayFactory
from tests.pages.world import hidden

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _of_the_world(world, db):
    """Every test here reads the module's world."""


def test_every_answer_says_what_it_is(reader):
    for name in LISTS:
        for language in ("ru", "en"):
            answer = asked(reader, f"{name}/?lang={language}&limit=1")
            first = asked(reader, f"{answer['data'][0]['api_url']}?lang={language}")
            for meta in (answer["meta"], first["meta"]):
                assert meta["as_of"] == "2026-11-23"
                assert meta["language"] == language
                assert meta["licence"]["name"] == "CC-BY-4.0"
                assert ("политзаключённым" if language == "ru" else "political prisoner") in meta[
                    "disclaimer"
                ]
                assert asked(reader, meta["url"])["meta"] == meta
    assert {each["name"] for each in asked(reader, "")["data"]} == set(LISTS)


def test_names_come_in_both_languages_and_texts_in_one_with_its_name(reader):
    english = asked(reader, "people/mammadzade/?lang=en")["data"]
    russian = asked(reader, "people/mammadzade/")["data"]
    assert russian["name"] == english["name"] == {"ru": None, "en": "Gülşən Məmmədzadə"}
    assert russian["summary"] == english["summary"]
    assert english["summary"] == {"text": "A blogger; charged with hooliganism.", "lang": "en"}
    assert (russian["liberty_words"]["lang"], english["liberty_words"]["lang"]) == ("ru", "en")


def test_an_english_field_with_russian_letters_says_so(reader):
    """A place without an English name is told by its Russian one, also among English words."""
    person = PrisonerFactory(slug="held")
    place = FacilityFactory(name_ru="ИК-12, Тихореченск", name_en="", region=None)
    StayFactory(prisoner=person, facility=place, region=None)
    held_at = asked(reader, "people/held/?lang=en")["data"]["held_at"]
    assert held_at == {"texts": ["ИК-12, Тихореченск"], "lang": "ru"}
    other = asked(reader, "people/rozhdestvenskaya-pereverzeva/?lang=en")["data"]["held_at"]
    assert other["lang"] == "en"


def test_same_bytes_for_everyone(reader):
    first = reader.get(f"{ROOT}people/?lang=en")
    other = Client(
        headers={"Accept-Language": "ru", "Cookie": "django_language=ru", "Origin": "https://example.org"}
    )
    second = other.get(f"{ROOT}people/?lang=en")
    assert first.content == second.content
    assert dict(first.headers) == dict(second.headers)
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert first.headers["Content-Language"] == "en"
    assert first.headers["Cache-Control"] == "public, max-age=30, must-revalidate"
    assert "Vary" not in first.headers
    assert not first.cookies
    assert "Access-Control-Allow-Origin" not in reader.get("/ru/prisoners/").headers


def test_unchanged_is_304_without_a_query(reader):
    for path in ("people/?lang=en", "cases/", "hearings/", "openapi.json", ""):
        whole = reader.get(f"{ROOT}{path}")
        condition = {"If-None-Match": whole.headers["ETag"]}
        with_it = reader.get(f"{ROOT}{path}", headers=condition)
        assert (with_it.status_code, with_it.content) == (304, b"")
        assert with_it.headers["Access-Control-Allow-Origin"] == "*"
        client = Client(headers=condition)
        assert page_queries(client, f"{ROOT}{path}", status=304) == []
    # As the triggers do in every transaction that changes something public.
    ContentVersion.objects.create(began_at=timezone.now(), transaction=1)
    assert reader.get(f"{ROOT}{path}", headers=condition).status_code == 200


def test_another_day_is_another_etag(reader, time_machine):
    before = reader.get(f"{ROOT}hearings/").headers["ETag"]
    time_machine.move_to("2026-11-24T12:00:00+03:00")
    assert reader.get(f"{ROOT}hearings/").headers["ETag"] != before


def test_head_is_get_without_a_body(reader):
    for path in ("people/", "people/ognepolsky/", "openapi.json", "people/nobody/"):
        whole, head = reader.get(f"{ROOT}{path}"), reader.head(f"{ROOT}{path}")
        assert head.content == b""
        assert head.status_code == whole.status_code
        assert dict(head.headers) == dict(whole.headers)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_nothing_can_be_changed(reader, method):
    for path in ("people/", "people/ognepolsky/", "nowhere/"):
        response = getattr(reader, method)(f"{ROOT}{path}")
        assert response.status_code == 405
        assert response.headers["Allow"] == "GET, HEAD, OPTIONS"
        assert response.headers["Content-Type"] == "application/problem+json"


def test_another_sites_page_may_ask_with_a_condition(reader):
    response = reader.options(f"{ROOT}people/", headers={"Origin": "https://example.org"})
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Access-Control-Allow-Headers"] == "If-None-Match"
    assert "Access-Control-Allow-Credentials" not in response.headers


REFUSED = {
    "people/?page=2": "page",
    "people/?sort=updated": "sort",
    "people/?region=nowhere": "region",
    "people/?gender=f&gender=x": "gender",
    "people/?gender=": "gender",
    "people/?limit=0": "limit",
    "people/?limit=101": "limit",
    "people/?limit=1e2": "limit",
    "people/?limit=5&limit=6": "limit",
    "people/?lang=de": "lang",
    "people/?letter=АБ": "letter",
    "people/?q=": "q",
    "people/?q=" + "а" * 201: "q",
    "people/?cursor=../../etc": "cursor",
    "people/?" + "&".join(f"year={number}" for number in range(1900, 1950)): "year",
    "people/ognepolsky/?limit=2": "limit",
    "cases/?register=x": "register",
    "cases/?kind=murder": "kind",
    "articles/?q=207": "q",
    "facilities/?region=xx-nowhere": "region",
    "hearings/?from=2026-02-30": "from",
    "hearings/?from=20260201": "from",
    "hearings/?case=nothing": "case",
    "hearings/?cursor=2026-11-23": "cursor",
    "findings/?body=unheard": "body",
    "openapi.json?x=1": "x",
    "?x=1": "x",
}


@pytest.mark.parametrize("path", REFUSED)
def test_what_is_not_understood_is_named(reader, path):
    response = reader.get(f"{ROOT}{path}")
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    said = json.loads(response.content)
    assert said["parameter"] == REFUSED[path]
    assert said["status"] == 400
    assert said["detail"]
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_of_a_hostile_name_no_markup_is_repeated(reader):
    response = reader.get(f"{ROOT}people/", {"<script>alert(1)</script>" + "x" * 500: "1"})
    assert response.status_code == 400
    assert b"<" not in response.content
    assert len(response.content) < 400
    assert json.loads(response.content)["parameter"].startswith("<script>")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert reader.get(f"{ROOT}people/?q=%00").status_code == 400
    found = reader.get(f"{ROOT}people/", {"q": "<script>"})
    assert b"<" not in found.content
    assert json.loads(found.content)["data"] == []


def test_too_little_to_look_for_finds_nobody_and_not_everybody(reader):
    assert asked(reader, "people/?q=-")["data"] == []


def test_every_other_address_is_the_same_404(reader):
    absent = reader.get(f"{ROOT}people/nobody-ever/")
    assert json.loads(absent.content)["status"] == 404
    for path in (
        "people/a/b/",
        "dogs/",
        "people/%D0%B8/",
        "regions/XX-Z/",
        "hearings/1/",
        "findings/wgad-1/",
    ):
        other = reader.get(f"{ROOT}{path}")
        assert (other.status_code, other.content) == (404, absent.content), path


def test_a_missing_last_slash_is_forgiven(reader):
    response = reader.get(f"{ROOT}people?limit=2&lang=en")
    assert response.status_code == 301
    assert response.headers["Location"] == f"{ROOT}people/?limit=2&lang=en"
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_an_old_identifier_leads_to_the_new_one(reader):
    hidden()
    for slug in ("ognepolsky", "skryty"):
        OldAddress.objects.create(path=f"prisoners/was-{slug}/", prisoner=Prisoner.objects.get(slug=slug))
    response = reader.get(f"{ROOT}people/was-ognepolsky/?lang=en")
    assert response.status_code == 301
    assert response.headers["Location"] == f"{ROOT}people/ognepolsky/?lang=en"
    of_hidden, absent = (reader.get(f"{ROOT}people/{slug}/") for slug in ("was-skryty", "nobody"))
    assert of_hidden.status_code == absent.status_code == 404
    assert of_hidden.content == absent.content


def test_pages_join_without_a_gap(reader):
    for path in (
        "people/",
        "people/?q=горинцев",
        "cases/",
        "regions/",
        "facilities/",
        "hearings/",
        "findings/",
    ):
        join = "&" if "?" in path else "?"
        whole = whole_list(reader, f"{path}{join}limit=100")
        parts = whole_list(reader, f"{path}{join}limit=3")
        assert parts == whole
        assert len(ids(whole)) == len(set(ids(whole))) == asked(reader, path)["meta"]["count"]
    answer = reader.get(f"{ROOT}people/?limit=3")
    assert answer.headers["Link"] == f'<{json.loads(answer.content)["next"]}>; rel="next"'


def test_pages_hold_when_people_come_and_go_meanwhile(reader):
    before = ids(whole_list(reader, "people/?limit=100"))
    first = asked(reader, "people/?limit=5")
    PrisonerFactory(slug="a-a-before")
    PrisonerFactory(slug="z-z-behind")
    Prisoner.objects.filter(slug=before[4]).update(state="withdrawn")
    rest = ids(whole_list(reader, first["next"]))
    assert ids(first["data"]) + rest == [*before, "z-z-behind"]
    assert HOST in first["next"]
