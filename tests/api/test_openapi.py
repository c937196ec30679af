"""The description for programs is valid, and tells no lie: an independent tool asks what it promises."""

import re
from html import unescape

import pytest
import schemathesis
from django.conf import settings
from django.test.client import ClientHandler
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.checks import CHECKS
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.generation import GenerationMode

from tests.api.reading import HOST, LISTS, ROOT, asked, ids

pytestmark = pytest.mark.django_db
EXAMPLES = 6
"""Of each address and each way: the tool's own default is a hundred."""


@pytest.fixture
def described(world, reader):
    return asked(reader, "openapi.json")


def test_description_is_valid_openapi(described):
    assert described["openapi"] == "3.1.0"
    assert list(OpenAPIV31SpecValidator(described).iter_errors()) == []
    assert len(described["paths"]) == 2 + 2 * len(LISTS)
    described["paths"]["/people/"]["get"]["parameters"][0]["in"] = "nowhere"
    assert list(OpenAPIV31SpecValidator(described).iter_errors()) != []


def test_every_address_is_described(described):
    from memorial.api.urls import urlpatterns

    names = {pattern.name for pattern in urlpatterns} - {"api-nothing"}
    assert len(names) == len(described["paths"])


def site(environ: dict, start_response):
    """The site as the tests' own client meets it: within the test's transaction."""
    response = ClientHandler()(environ)
    start_response(f"{response.status_code} {response.reason_phrase}", list(response.headers.items()))
    return [response.content]


def lies(described: dict, mode: GenerationMode) -> list[str]:
    """What the tool finds, asking each address as described, or on purpose otherwise."""
    schema = schemathesis.openapi.from_dict(described)
    schema.config.update(base_url=f"{HOST}{ROOT}")
    schema.app = site
    schema.config.generation.update(modes=[mode], allow_x00=False)
    found = []
    for operation in schema.get_all_operations():
        found += _lies_of(operation.ok(), mode)
    return found


def _lies_of(operation, mode: GenerationMode) -> list[str]:
    found: list[str] = []
    asked_for = []

    @given(case=operation.as_strategy(generation_mode=mode))
    @hypothesis_settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def ask(case):
        response = case.call()
        asked_for.append(response.status_code)
        try:
            case.validate_response(response, checks=CHECKS.get_all())
        except FailureGroup as group:
            found.extend(f"{case.formatted_path} {case.query}: {each}" for each in group.exceptions)
        except Failure as failure:
            found.append(f"{case.formatted_path} {case.query}: {failure}")

    ask()
    assert asked_for
    return found


def test_an_independent_tool_finds_no_lie(described):
    assert settings.PUBLIC_URL == HOST
    assert [lie for mode in GenerationMode for lie in lies(described, mode)] == []


@pytest.mark.parametrize(
    "plant", ["a wrong type", "a value that is refused", "a value that is taken all the same"]
)
def test_the_tool_finds_a_planted_lie(described, monkeypatch, plant):
    people = described["paths"]["/people/"]["get"]
    parameters = {each["name"]: each for each in people["parameters"]}
    people["parameters"] = [parameters["limit"]]
    mode = GenerationMode.POSITIVE
    if plant == "a wrong type":
        person = described["components"]["schemas"]["PeopleRecord"]["properties"]
        person["initials_only"] = {"type": "integer"}
    elif plant == "a value that is refused":
        parameters["gender"]["schema"]["items"]["enum"] = ["x", "y"]
        parameters["gender"]["required"] = True
        people["parameters"] = [parameters["gender"]]
    else:
        mode = GenerationMode.NEGATIVE
        monkeypatch.setattr("memorial.api.parameters.fits", lambda schema, value: True)
        people["parameters"] = [parameters["lang"] | {"required": True}]
    described["paths"] = {"/people/": {"get": people}}
    assert lies(described, mode)


# --- The page for people ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["ru", "en"])
def test_examples_of_the_page_work(world, reader, language):
    page = reader.get(f"/{language}/api/").content.decode()
    examples = [unescape(url) for url in re.findall(r'class="example" href="([^"]+)"', page)]
    assert len(examples) == 6
    for url in examples:
        answer = asked(reader, url)
        assert answer["meta"]["language"] == language
        assert answer["meta"]["documentation"] == f"{HOST}/{language}/api/"
    women = asked(reader, examples[0])
    assert ids(women["data"])
    assert {(each["gender"], each["liberty"]) for each in women["data"]} == {("f", "imprisoned")}
    assert asked(reader, examples[1])["data"][0]["surname"]["en"].startswith("Gorintsev")


def test_page_names_every_resource_and_filter(reader, described):
    page = reader.get("/en/api/").content.decode()
    for name in LISTS:
        assert f'href="{ROOT}{name}/"' in page
        for parameter in described["paths"][f"/{name}/"]["get"]["parameters"]:
            assert f"<code>{parameter['name']}</code>" in page
