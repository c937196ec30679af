"""The whole-data package: valid for its readers, never more than the site shows, and soon without what was withdrawn."""

import csv
import hashlib
import io
import json
import zipfile

import pytest
import yaml
from django.core.management import call_command
from frictionless import Package

from memorial.base.choices import State
from memorial.base.photos import public_storage
from memorial.package.keeping import TABLES, build_package, remove_strays, renew_packages
from memorial.package.models import DataPackage, Withdrawal
from prisoners.actions.hide import hide_detail
from prisoners.actions.publish import withdraw
from prisoners.actions.reduce import reduce_to_initials
from prisoners.models import ExternalIdentifier, NameVariant, Prisoner
from tests.cases_pages.world import embankment
from tests.factories import (
    CaseFactory,
    CourtFactory,
    FacilityFactory,
    HearingFactory,
    PrisonerFactory,
    ProsecutionFactory,
    StayFactory,
)
from tests.opendata.reading import body
from tests.pages.world import TODAY, everybody

pytestmark = pytest.mark.django_db
FILE = f"/data/political-prisoners-{TODAY.isoformat()}.zip"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    """Packages of tests lie in a folder of theirs."""
    options = {**settings.STORAGES["default"]["OPTIONS"], "location": str(tmp_path)}
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": options}}


def downloaded(reader) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(body(reader, FILE)))


def table(package: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(package.read(f"{name}.csv").decode("utf-8-sig"), newline="")))


def all_text(package: zipfile.ZipFile) -> str:
    return "\n".join(package.read(name).decode() for name in package.namelist())


def a_person(**fields) -> Prisoner:
    place = FacilityFactory(slug="ik-77", name_ru="ИК-77, Тайнинск", name_en="IK-77, Taininsk", region=None)
    person = PrisonerFactory(
        **{
            "slug": "sokrovenny", "surname_ru": "Сокровенный", "given_names_ru": "Игнат", "patronymic_ru": "Ильич",
            "surname_en": "Sokrovenny", "given_names_en": "Ignat", "summary_ru": "Учитель.", **fields,
        }
    )  # fmt: skip
    StayFactory(prisoner=person, facility=place)
    return person


def test_an_independent_reader_finds_the_package_valid(reader, tmp_path):
    everybody()
    assert build_package()
    with downloaded(reader) as package:
        package.extractall(tmp_path / "read")
    report = Package(str(tmp_path / "read" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "fieldName", "rowNumber", "message"])[:5]
    assert report.stats["tasks"] == len(TABLES) == 15
    rows = {task.name: task.stats["rows"] for task in report.tasks}
    assert min(rows.values()) >= 1, f"a table has no row to be checked: {rows}"


def test_the_file_is_what_is_said_of_it(reader):
    everybody()
    made = build_package()
    data = body(reader, FILE)
    assert (len(data), hashlib.sha256(data).hexdigest()) == (made.size, made.sha256)
    package = zipfile.ZipFile(io.BytesIO(data))
    told = json.loads(package.read("datapackage.json"))
    for resource in told["resources"]:
        content = package.read(resource["path"])
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert made.rows == sum(len(table(package, name)) for name in TABLES)
    page = body(reader, "/ru/data/").decode()
    assert made.sha256 in page
    assert FILE in page


def test_description_citation_and_terms_are_inside(reader):
    PrisonerFactory()
    build_package()
    package = downloaded(reader)
    told = json.loads(package.read("datapackage.json"))
    assert told["version"] == TODAY.isoformat()
    assert told["licenses"][0]["name"] == "CC-BY-4.0"
    assert not told["rows_withdrawn"]
    citation = yaml.safe_load(package.read("CITATION.cff"))
    assert (citation["type"], str(citation["version"])) == ("dataset", TODAY.isoformat())
    readme = package.read("README.txt").decode()
    for words in ("Recognition as a political prisoner", "Признание политзаключённым", "CC BY 4.0"):
        assert words in readme
    dictionary = list(csv.DictReader(io.StringIO(package.read("dictionary.csv").decode("utf-8-sig"))))
    assert {(line["table"], line["column"]) for line in dictionary} == {
        (name, code) for name, known in TABLES.items() for code in known.codes
    }
    assert all(line["title_ru"] and line["title_en"] for line in dictionary)


def test_the_package_has_what_the_lists_have(reader):
    everybody()
    build_package()
    package = downloaded(reader)
    for listed in ("prisoners", "cases", "courts", "officials", "documents", "articles"):
        on_screen = csv.DictReader(io.StringIO(body(reader, f"/ru/{listed}/export.csv").decode("utf-8-sig")))
        name = "people" if listed == "prisoners" else listed
        found = {line["id"]: line for line in table(package, name)}
        for line in on_screen:
            line.pop("about_this_file")
            if listed == "prisoners":
                line["born"] = line["born"].lstrip("~<>")[:4]
                found[line["id"]]["born"] = found[line["id"]]["born"].lstrip("~<>")
            assert found.pop(line["id"]) == line
        assert found == {}


def test_nothing_that_is_not_public_is_in_it_whoever_makes_it(reader):
    """The command runs with the owner's rights; it reads with those of readers."""
    case = embankment()
    hidden = [each.prisoner for each in case.prosecutions.all() if not each.prisoner.is_published]
    assert hidden
    draft = PrisonerFactory(slug="draft-one", surname_ru="Черновиков", state=State.DRAFT)
    build_package()
    text = all_text(downloaded(reader))
    for person in (*hidden, draft):
        assert person.slug not in text
        assert person.surname_ru not in text


def test_years_of_birth_only(reader):
    from tests.pages.world import day

    a_person(born=day("14.03.1987"))
    build_package()
    assert [line["born"] for line in table(downloaded(reader), "people")] == ["1987"]


# --- Withdrawal ---------------------------------------------------------------------------------------


def _withdrawn(person: Prisoner) -> None:
    withdraw(prisoner=person, reason="по просьбе семьи", by=7)


def _by_initials(person: Prisoner) -> None:
    reduce_to_initials(prisoner=person, reason="по просьбе семьи", by=7)
    Prisoner.objects.filter(pk=person.pk).update(state=State.PUBLISHED)


def _place_hidden(person: Prisoner) -> None:
    hide_detail(prisoner=person, what="place", reason="по просьбе семьи", by=7)


def _by_sql(person: Prisoner) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE prisoners_prisoner SET state = 'withdrawn' WHERE id = %s", [person.pk])


def _deleted(person: Prisoner) -> None:
    Prisoner.objects.filter(pk=person.pk).delete()


def _spelling_hidden(person: Prisoner) -> None:
    NameVariant.objects.filter(prisoner=person).delete()


def _identifier_hidden(person: Prisoner) -> None:
    ExternalIdentifier.objects.filter(prisoner=person).delete()


@pytest.mark.parametrize(
    ("hide", "gone", "left"),
    [
        (_withdrawn, ("Сокровенный", "Sokrovenny", "sokrovenny", "Потаённый", "Q777888"), ()),
        (_by_initials, ("Сокровенн", "okrovenny", "Игнат", "Потаённый", "Q777888"), ()),
        (_place_hidden, (), ("Сокровенный",)),
        (_by_sql, ("Сокровенный", "sokrovenny"), ()),
        (_deleted, ("Сокровенный", "sokrovenny"), ()),
        (_spelling_hidden, ("Потаённый",), ("Сокровенный", "Q777888")),
        (_identifier_hidden, ("Q777888",), ("Сокровенный", "Потаённый")),
    ],
)
def test_what_is_hidden_is_gone_at_once_and_the_version_comes_back_without_it(
    reader, time_machine, hide, gone, left
):
    person = a_person()
    other = PrisonerFactory(slug="other", surname_ru="Посторонний")
    NameVariant.objects.create(prisoner=person, text="Потаённый", kind="former")
    ExternalIdentifier.objects.create(prisoner=person, scheme="Wikidata", value="Q777888")
    before = build_package()
    old_file = before.path
    assert "Сокровенный" in all_text(downloaded(reader))
    time_machine.move_to("2026-12-30T12:00:00+03:00")

    hide(person)
    refused = reader.get(FILE)
    assert (refused.status_code, refused.headers["Cache-Control"]) == (503, "no-store")
    assert refused.headers["Retry-After"] == "60"
    assert FILE not in body(reader, "/ru/data/").decode()

    assert renew_packages() == 1
    package = downloaded(reader)
    text = all_text(package)
    assert not [word for word in gone if word in text]
    assert not [word for word in left if word not in text]
    people = table(package, "people")
    assert ("ik-77" in {line["facility"] for line in table(package, "stays")}) is (
        hide in (_spelling_hidden, _identifier_hidden)
    )
    assert other.slug in {line["id"] for line in people}
    assert json.loads(package.read("datapackage.json"))["rows_withdrawn"]
    assert not public_storage().exists(old_file)
    renewed = DataPackage.objects.get()
    assert (renewed.made_on, renewed.has_withdrawn) == (TODAY, True)
    assert "rows were withdrawn" in body(reader, "/en/data/").decode()


def test_all_kept_versions_are_renewed_and_the_rest_of_them_stays_as_it_was(reader, time_machine):
    person = a_person()
    other = PrisonerFactory(slug="other", surname_ru="Посторонний", summary_ru="Как было.")
    build_package()
    time_machine.move_to("2026-12-30T12:00:00+03:00")
    build_package()
    Prisoner.objects.filter(pk=other.pk).update(summary_ru="Как стало.")
    _withdrawn(person)
    assert renew_packages() == 2
    assert renew_packages() == 0
    for day in (TODAY.isoformat(), "2026-12-30"):
        package = zipfile.ZipFile(io.BytesIO(body(reader, f"/data/political-prisoners-{day}.zip")))
        assert [(line["id"], line["summary_ru"]) for line in table(package, "people")] == [
            ("other", "Как было.")
        ]
        assert json.loads(package.read("datapackage.json"))["version"] == day


def test_texts_of_the_same_case_are_those_of_today(reader):
    """A title or a story of somebody else may name who was hidden."""
    person, other = a_person(), PrisonerFactory(slug="other", summary_ru="Судили вместе с Сокровенным.")
    case = CaseFactory(slug="of-two", title_ru="Дело Сокровенного")
    for each in (person, other):
        ProsecutionFactory(case=case, prisoner=each)
    build_package()
    _withdrawn(person)
    case.title_ru = "Дело двоих"
    case.save()
    Prisoner.objects.filter(pk=other.pk).update(summary_ru="Судили вдвоём.")
    renew_packages()
    package = downloaded(reader)
    assert "окровенн" not in all_text(package)
    assert [line["title_ru"] for line in table(package, "cases")] == ["Дело двоих"]
    assert [line["person"] for line in table(package, "prosecutions")] == ["other"]


def test_a_renewed_version_is_whole(reader, tmp_path):
    """Rows of today lead to a court, a place and a person under a new address that the version did not have."""
    person, other = a_person(), PrisonerFactory(slug="other")
    case = CaseFactory(slug="of-two")
    for each in (person, other):
        ProsecutionFactory(case=case, prisoner=each)
    build_package()
    HearingFactory(case=case, court=CourtFactory(slug="new-court"), on=TODAY)
    HearingFactory(case=CaseFactory(slug="new-case"), court=case.hearings.get().court, on=TODAY)
    StayFactory(prisoner=other, facility=FacilityFactory(slug="new-place"))
    _by_initials(person)
    assert renew_packages() == 1
    package = downloaded(reader)
    people = {line["id"]: line["surname_ru"] for line in table(package, "people")}
    assert sorted(people.values()) == sorted(["С.", other.surname_ru])
    assert [line["id"] for line in table(package, "courts")] == ["new-court"]
    assert [line["case"] for line in table(package, "hearings")] == ["of-two"]
    package.extractall(tmp_path / "read")
    report = Package(str(tmp_path / "read" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "fieldName", "rowNumber", "message"])[:5]


def test_what_says_nothing_of_readers_renews_nothing(reader):
    """Drafts, and edits that take nothing back."""
    person, draft = a_person(), PrisonerFactory(slug="draft", state=State.DRAFT)
    build_package()
    Prisoner.objects.filter(pk=draft.pk).update(surname_ru="Другой")
    draft.delete()
    Prisoner.objects.filter(pk=person.pk).update(summary_ru="Учитель географии.", updated_on=TODAY)
    assert Withdrawal.objects.count() == 0
    assert reader.get(FILE).status_code == 200


def test_a_name_put_right_takes_the_version_away_only_until_it_is_renewed(reader):
    person = a_person()
    build_package()
    Prisoner.objects.filter(pk=person.pk).update(surname_ru="Сокровеннов")
    assert reader.get(FILE).status_code == 503
    renew_packages()
    assert [line["surname_ru"] for line in table(downloaded(reader), "people")] == ["Сокровеннов"]


# --- The command --------------------------------------------------------------------------------------


def test_the_command_makes_renews_and_tidies(capsys, reader, time_machine):
    person = a_person()
    call_command("build_package")
    assert "political-prisoners-2026-11-23.zip" in capsys.readouterr().out
    call_command("build_package")
    assert "No new version" in capsys.readouterr().out
    _withdrawn(person)
    public_storage().save("packages/" + "a" * 24 + ".zip", io.BytesIO(b"stray"))
    call_command("build_package", renew=True)
    assert "1 kept made anew, 1 stray" in capsys.readouterr().out
    time_machine.move_to("2026-12-10T12:00:00+03:00")
    call_command("build_package", renew=True, every=30)
    assert DataPackage.objects.count() == 1
    time_machine.move_to("2026-12-30T12:00:00+03:00")
    call_command("build_package", renew=True, every=30)
    assert DataPackage.objects.count() == 2
    assert remove_strays() == 0


def test_only_so_many_versions_are_kept(monkeypatch, time_machine):
    monkeypatch.setattr("memorial.package.keeping.MOST_KEPT", 2)
    for day in ("2026-11-23", "2026-11-24", "2026-11-25"):
        time_machine.move_to(f"{day}T12:00:00+03:00")
        build_package()
    assert [str(each.made_on) for each in DataPackage.objects.all()] == ["2026-11-25", "2026-11-24"]
    assert len(public_storage().listdir("packages")[1]) == 2


@pytest.mark.parametrize("version", ["2026-11-24", "1999-01-01", "2026-13-45", "0000-00-00"])
def test_a_version_that_is_not_kept_is_absent(reader, version):
    build_package()
    assert reader.get(f"/data/political-prisoners-{version}.zip").status_code == 404


def test_the_page_without_a_version_says_so(reader):
    page = body(reader, "/en/data/").decode()
    assert "There is no version yet" in page
    assert "political-prisoners-" not in page
