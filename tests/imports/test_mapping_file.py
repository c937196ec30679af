import pytest
from django.core.management import CommandError

from prisoners.importers.errors import ImportRefused
from prisoners.importers.mapping_file import load_mapping
from prisoners.models import Custody, Prisoner, StaffNote
from tests.imports.conftest import EXAMPLES

LEAST = '[source]\ncode = "list"\ntitle = "List"\n[rows]\nkey = "id"\n'


@pytest.mark.parametrize("name", ["azerbaijan_2014.toml", "zarechye_2021.toml"])
def test_the_examples_are_valid(name):
    assert load_mapping(EXAMPLES / name).source.code


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[source", "not valid TOML"),
        ('[source]\ncode = "a b"\ntitle = "T"\n[rows]\nkey = "id"', "code is needed"),
        ('[source]\ncode = "a"\n[rows]\nkey = "id"', "title is needed"),
        ('[source]\ncode = "a"\ntitle = "T"', "key is needed"),
        (LEAST + '[colums]\na = "b"', "no section [colums]"),
        (LEAST + "pubish = true\n", "has no “pubish”"),
        (LEAST + 'publish = "yes"\n', "publish is true or false"),
        (LEAST + '[columns]\nname = "surname"', "no field “surname”. Did you mean surname_"),
        (LEAST + "[columns]\nname = 7", "is a field, or a list of fields"),
        (LEAST + '[columns]\nd = { pattern = "(" }', "the pattern"),
        (LEAST + '[columns]\nd = { pattern = "a" }', "named groups"),
        (LEAST + '[columns]\nd = { split = "/" }', "split needs"),
        (LEAST + '[dates]\nformats = ["%d.%m"]', "needs a year"),
        (LEAST + '[names]\nen = "surname first"', "is one of: given patronymic surname"),
        (LEAST + '[facilities]\nkind = "jail"', "[facilities] kind is one of"),
        (LEAST + '[[facilities.known]]\nkind = "sizo"', "needs a name"),
        (LEAST + '[constants]\nname_en = "Everyone"', "differs from row to row"),
        (LEAST.replace("code", 'kind = "relative"\ncode'), "stays with staff"),
        (LEAST.replace("code", 'url = "javascript:alert(1)"\ncode'), "[source] url"),
        (LEAST.replace("code", 'published_on = "spring"\ncode'), "published_on"),
    ],
)
def test_every_mistake_is_said_in_a_sentence(mapping, text, complaint):
    with pytest.raises(ImportRefused) as refused:
        load_mapping(mapping(text))
    assert complaint in str(refused.value)


def test_all_mistakes_are_said_at_once(mapping):
    with pytest.raises(ImportRefused) as refused:
        load_mapping(mapping('[columns]\na = "surnam_en"\nb = "bornn"\n'))
    assert len(str(refused.value).splitlines()) == 6


@pytest.mark.django_db
def test_one_cell_is_cut_in_pieces_by_a_separator_or_a_pattern(table, mapping, run):
    text = LEAST + (
        'language = "en"\n[columns]\nname = "name"\n'
        'when = { split = "/", into = ["detained_on", "remanded_on"] }\n'
        'about = { pattern = "b\\\\. (?P<born>\\\\d{4}), (?P<sentence>.+)" }\n'
        'other = "ignore"\n'
    )
    rows = [
        {"id": "1", "name": "Timur Gorintsev", "when": "1.2.2020 / 3.2.2020", "about": "b. 1987, six years"},
        {"id": "2", "name": "Vera Lazorevskaya", "when": "1.2.2020", "about": "nothing of the kind"},
    ]
    rows[0]["other"] = "secret"
    run(table(rows), "--apply", map=mapping(text))
    first, second = Prisoner.objects.order_by("pk")
    assert (first.born.text, first.sentence_en) == ("1987", "six years")
    custody = Custody.objects.get(prisoner=first)
    assert (custody.detained_on.text, custody.remanded_on.text) == ("2020-02-01", "2020-02-03")
    assert Custody.objects.get(prisoner=second).remanded_on is None
    assert StaffNote.objects.get().text.endswith("nothing of the kind")
    assert StaffNote.objects.get().prisoner == second


@pytest.mark.django_db
def test_their_words_are_translated_into_our_codes(table, mapping, run):
    text = (
        LEAST + '[columns]\nname = "name_en"\nsex = "gender"\n[values.gender]\n"Herr" = "m"\n"Frau" = "f"\n'
    )
    rows = [
        {"id": "1", "name": "Timur Gorintsev", "sex": "herr"},
        {"id": "2", "name": "Vera Lazorevskaya", "sex": "Frau"},
    ]
    run(table(rows), "--apply", map=mapping(text))
    assert list(Prisoner.objects.order_by("pk").values_list("gender", flat=True)) == ["m", "f"]


@pytest.mark.django_db
def test_a_file_that_does_not_fit_the_mapping_is_refused(table, mapping, run):
    text = mapping(LEAST + '[columns]\nname = "name_en"\n')
    with pytest.raises(CommandError, match="no column name"):
        run(table("id,nome\n1,A\n"), map=text)
    closed = mapping(LEAST + 'other_columns = "refuse"\n[columns]\nname = "name_en"\n')
    with pytest.raises(CommandError, match="does not say what these columns are: prison"):
        run(table("id,name,prison\n1,A,B\n"), map=closed)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[constants]\ncharges_code = "ук"', "charges_code: “ук” is none of: uk-rf"),
        ('[constants]\nregion = "Нигдейская область"', "no region that is known here"),
        ('[facilities]\nregion = "XX-99"', "“XX-99” is no region"),
    ],
)
def test_a_mistake_of_the_mapping_is_not_told_once_for_every_row(table, mapping, run, text, complaint):
    with pytest.raises(CommandError) as refused:
        run(table("id,name\n1,A B\n"), map=mapping(LEAST + '[columns]\nname = "name_en"\n' + text))
    assert complaint in str(refused.value)


@pytest.mark.django_db
def test_a_mapping_may_forbid_publishing(table, mapping, run):
    text = LEAST + 'publish = false\n[columns]\nname = "name_en"\ns = "summary_en"\n'
    ran = run(table("id,name,s\n1,Timur Gorintsev,A student.\n"), "--apply", "--publish", map=mapping(text))
    assert "publish = false" in ran.out
    assert not Prisoner.objects.published().exists()


@pytest.mark.django_db
def test_columns_that_are_not_ours_are_named(table, run):
    with pytest.raises(CommandError, match=r"surnam_ru \(surname_ru\?\)"):
        run(table("key,surnam_ru\n1,A\n"))
    with pytest.raises(CommandError, match="column «key»"):
        run(table("surname_ru\nA\n"))
