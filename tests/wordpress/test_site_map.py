"""Mistakes in a mapping of an old site are all told at once, with where they are."""

import pytest

from prisoners.importers.errors import ImportRefused
from prisoners.importers.wordpress.rules_file import load_rules
from tests.wordpress.conftest import MAP

GOOD = '[source]\ncode = "old"\ntitle = "Old"\n[posts]\npeople = ["figurant"]\n[columns]\n"title" = "name"\n'


@pytest.fixture
def rules(tmp_path):
    def read(text):
        path = tmp_path / "map.toml"
        path.write_text(text, encoding="utf-8")
        return load_rules(path)

    return read


def test_the_example_is_right():
    found = load_rules(MAP)
    assert found.people == ("figurant",)
    assert found.mapping.columns["en:title"].targets[0].field == "name_en"
    assert found.mapping.columns["ru:title"].targets[0].field == "name_ru"
    assert found.mapping.columns["ru:content:why_political"].targets[0].markup is True
    assert "ru:code:statya:charges_ru" in found.mapping.columns


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        ('"name" = "name"', r"“name” is none of: title"),
        ('"meta:x" = "brith"', r"no field “brith”. Did you mean born|no field “brith”"),
        ("[nonsense]\na = 1", r"no section \[nonsense\]"),
        ('[photos]\nlicense = "x"', r"\[photos\] has no “license”"),
        ('[taxonomies.region]\nfield = "regoin"', r"taxonomies.region\] there is no field “regoin”"),
        ('[taxonomies.region]\naddress = "/region/"', r"address has {slug} in it"),
        ('[taxonomies.region]\nleads_to = "moon"', r"leads_to is one of: people, region"),
        ("[taxonomies.region.terms]\na = 5", r"a word means a value"),
        ('[pages]\n"/x/" = "moon"', r"/x/ leads to one of"),
        ('[content.sections]\n"(" = "why_political"', r"content.sections\] the pattern"),
        ('[content.sections]\n"A" = "born"', r"“born” is no text"),
        ('[letters]\nfrom = ["letters"]', r"“letters” is meta:… or content"),
        ('[rows]\nkey = "id"', r"leave it out"),
        ('[languages.codes]\nuk = "uk"', r"which of its codes"),
        ('[languages]\ndefault = "de"', r"default is one of: ru, en"),
    ],
)
def test_a_mistake_is_told_with_its_place(rules, more, complaint):
    with pytest.raises(ImportRefused, match=complaint):
        rules(GOOD + more)


def test_all_mistakes_are_told_at_once_and_each_once(rules):
    text = GOOD.replace('people = ["figurant"]', "") + '"meta:x" = "brith"\n[photos]\nlicense = "x"\n'
    with pytest.raises(ImportRefused) as refused:
        rules(text)
    lines = str(refused.value).split("\n")
    assert len(lines) == len(set(lines)) == 3 + 1
