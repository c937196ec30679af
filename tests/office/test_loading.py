"""Loading a list in the office: nothing is written that nobody looked at, nothing typed or loaded is lost."""

import csv
import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from memorial.base.choices import State
from memorial.base.models import HistoryEntry
from memorial.base.photos import confidential_storage
from memorial.staff.groups import GROUPS
from prisoners.importers import portions, running
from prisoners.importers.uploads import forget_uploads
from prisoners.models import Export, Facility, ImportMapping, ImportUpload, Photo, Prisoner, StaffNote
from tests.factories import FacilityFactory, PrisonerFactory, RegionFactory
from tests.imports.workbooks import workbook
from tests.office.forms import fields_of
from tests.prisoners.pictures import picture

pytestmark = pytest.mark.django_db
OWN = [
    ["key", "surname_ru", "given_names_ru", "summary_ru", "born", "source_url"],
    ["1", "Горинцев", "Тимур", "Студент.", "1987", "https://example.org/1"],
    ["2", "Лазоревский", "Лев", "Инженер.", "весной", "https://example.org/2"],
]
FOREIGN = [
    ["№", "Кто", "Пол", "Когда", "Что известно", "Адрес"],
    ["1", "Горинцев Тимур", "господин", "03/04/2021", "<p>Задержан.</p><script>x</script>", "Заречье"],
    ["2", "Лазоревская Инна", "госпожа", "05/04/2021", "Подробности.", "Заречье"],
]
LOAD = "admin:prisoners_importupload_load"


def sheet(rows, name="list.xlsx"):
    return SimpleUploadedFile(name, workbook(rows))


def loaded(client, rows=OWN, **more):
    """Loads a list and gives its record."""
    content = rows if isinstance(rows, SimpleUploadedFile) else sheet(rows)
    answer = client.post(reverse(LOAD), {"kind": "people", "file": content, **more})
    assert answer.status_code == 302, answer.context["form"].errors
    return ImportUpload.objects.latest("pk")


def page(client, upload, step="preview", **data):
    address = reverse(f"admin:prisoners_importupload_{step}", args=[upload.pk])
    answer = client.post(address, data) if data else client.get(address)
    upload.refresh_from_db()
    return answer


def press(client, upload, **data):
    """Presses until the work is done."""
    for _times in range(50):
        answer = page(client, upload, **data)
        if answer.status_code != 302 or upload.state not in ("trying", "applying"):
            return answer
    raise AssertionError("it never ends")


def test_a_list_is_shown_whole_before_it_is_written(desk):
    upload = loaded(desk)
    press(desk, upload, press="try")
    assert (upload.state, Prisoner.objects.count()) == ("tried", 0)
    text = page(desk, upload).content.decode()
    for words in ("Горинцев", "Студент.", "row 3", "not read", "New: 2", "Write it"):
        assert words in text
    press(desk, upload, press="apply")
    assert upload.state == "applied"
    assert {person.surname_ru for person in Prisoner.objects.all()} == {"Горинцев", "Лазоревский"}
    assert set(Prisoner.objects.values_list("state", flat=True)) == {State.DRAFT}
    assert "весной" in StaffNote.objects.get().text
    entry = HistoryEntry.objects.filter(table="prisoners_prisoner").first()
    assert (entry.actor, entry.reason) == (f"staff:{desk.user.pk}", "Import of list.xlsx")
    assert "New: 2, updated: 0" in page(desk, upload).content.decode()


def test_every_difference_is_told_with_before_and_after(desk):
    press(desk, first := loaded(desk), press="try")
    press(desk, first, press="apply")
    person = Prisoner.objects.get(surname_ru="Лазоревский")
    Prisoner.objects.filter(pk=person.pk).update(summary_ru="Правка редактора.")
    again = [
        OWN[0],
        [*OWN[1][:3], "Гидролог.", *OWN[1][4:]],
        [*OWN[2][:3], "Из файла.", *OWN[2][4:]],
        ["", "Без", "ключа"],
    ]
    press(desk, upload := loaded(desk, again), press="try")
    text = page(desk, upload).content.decode()
    assert "<del>Студент.</del> → <ins>Гидролог.</ins>" in text
    assert "theirs stays" in text
    assert "The key is missing" in text
    assert f'href="{reverse("admin:prisoners_prisoner_change", args=[person.pk])}"' in text
    for what, row, others in (
        ("changed", "row 2", ("row 3", "row 4")),
        ("kept", "row 3", ("row 2",)),
        ("rejected", "row 4", ("row 2",)),
    ):
        address = reverse("admin:prisoners_importupload_preview", args=[upload.pk])
        text = desk.get(address, {"what": what}).content.decode()
        assert row in text
        assert not any(other in text for other in others)


def test_columns_are_given_a_meaning_on_screen(desk, tmp_path):
    upload = loaded(desk, FOREIGN)
    answer = page(desk, upload, "mapping")
    assert "Горинцев Тимур" in answer.content.decode()
    sent = {name: values[-1] for name, values in fields_of(answer).items()}
    chosen = {
        "column-1": "name_ru",
        "column-2": "gender",
        "column-3": "detained_on",
        "column-4": "what_happened_ru",
        "html-4": "on",
    }
    sent |= {
        "code": "zarechye",
        "title": "Список",
        "key": "№",
        "dates": "day",
        "name_ru": "surname given patronymic",
        **chosen,
    }
    wrong = page(desk, upload, "mapping", **{**sent, "code": "не годится", "keep_as": "Заречье"})
    assert wrong.status_code == 400
    assert "Latin letters" in wrong.content.decode()
    kept = {name: values[-1] for name, values in fields_of(page(desk, upload, "mapping")).items()}
    assert {name: kept[name] for name in chosen} == chosen
    assert (kept["title"], ImportMapping.objects.get().name) == ("Список", "Заречье")
    page(desk, upload, "mapping", **sent, save="1")
    answer = page(desk, upload, "mapping")
    words = [(word.word, word.count) for word in answer.context["form"].words]
    assert sorted(words) == [("господин", 1), ("госпожа", 1)]
    sent = {name: values[-1] for name, values in fields_of(answer).items()}
    for number, word in enumerate(answer.context["form"].words):
        sent[f"word-{number}"] = "m" if word.word == "господин" else "f"
    assert page(desk, upload, "mapping", **sent).url == reverse(
        "admin:prisoners_importupload_preview", args=[upload.pk]
    )
    press(desk, upload, press="try")
    press(desk, upload, press="apply")
    people = {person.surname_ru: person for person in Prisoner.objects.all()}
    assert (people["Горинцев"].gender, people["Лазоревская"].gender) == ("m", "f")
    assert people["Горинцев"].what_happened_ru == "<p>Задержан.</p>"
    assert people["Горинцев"].custodies.get().detained_on.text == "2021-04-03"
    assert "Заречье" in people["Горинцев"].staff_notes.get().text
    written = desk.get(reverse("admin:prisoners_importupload_map_file", args=[upload.pk])).content
    again = loaded(desk, FOREIGN, map_file=SimpleUploadedFile("MAP.toml", written))
    assert again.mapping == upload.mapping
    press(desk, again, press="try")
    assert again.progress["people"] == {"new": 0, "unchanged": 2, "places": 0}
    stored = ImportMapping.objects.get()
    ImportMapping.objects.update(content=upload.mapping)
    assert loaded(desk, FOREIGN, stored=stored.pk).mapping == upload.mapping


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 600, "before 2007"),
        (b"<html><table></table></html>", "web page"),
        ("key;surname_ru\n1;А\x00\n".encode(), "NUL byte"),
    ],
)
def test_a_file_that_is_no_table_is_refused_and_leaves_nothing(desk, content, sentence):
    before = _stored_files()
    answer = desk.post(reverse(LOAD), {"kind": "people", "file": SimpleUploadedFile("list.xlsx", content)})
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not ImportUpload.objects.exists()
    assert _stored_files() == before


def _stored_files():
    storage = confidential_storage()
    return set(storage.listdir("imports")[1]) if storage.exists("imports") else set()


def test_the_work_is_done_in_portions_and_goes_on_where_it_was_killed(desk, monkeypatch):
    rows = [OWN[0], *([str(n), f"Вет{n}ров", "Егор", "Инженер.", "1980", ""] for n in range(40))]
    monkeypatch.setattr(running, "BATCH", 8)
    monkeypatch.setattr(portions, "SECONDS", 0)
    monkeypatch.setattr(portions.try_portion, "__defaults__", (0.0,))
    monkeypatch.setattr(portions.apply_portion, "__defaults__", (0.0,))
    upload = loaded(desk, rows)
    steps = []
    while upload.state != "tried":
        page(desk, upload, press="try")
        steps.append(upload.progress["tried"])
    assert steps[:5] == [8, 16, 24, 32, 40]
    assert "New: 40" in page(desk, upload).content.decode()
    page(desk, upload, press="apply")
    assert (upload.state, Prisoner.objects.count()) == ("applying", 8)
    assert "8 of 40 rows written" in page(desk, upload).content.decode()

    note = portions._Writing.note

    def killed(self, outcome, rejected, done):
        note(self, outcome, rejected, done)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(portions._Writing, "note", killed)
        with pytest.raises(KeyboardInterrupt):
            page(desk, upload, press="apply")
    upload.refresh_from_db()
    assert (upload.progress["written"], Prisoner.objects.count()) == (8, 8)
    press(desk, upload, press="apply")
    assert Prisoner.objects.count() == 40
    assert upload.progress["applied"]["new"] == 40


def test_nothing_is_written_untried_nor_with_a_tenth_rejected_by_mistake(desk):
    upload = loaded(desk, [*OWN, ["", "Без", "ключа"]])
    assert "nobody could look at" in page(desk, upload, press="apply").content.decode()
    press(desk, upload, press="try")
    answer = page(desk, upload, press="apply")
    assert (answer.status_code, Prisoner.objects.count()) == (409, 0)
    press(desk, upload, press="apply", accept="on")
    assert Prisoner.objects.count() == 2


def test_publishing_needs_its_own_right(member, desk):
    upload = loaded(desk)
    press(desk, upload, press="try", publish="on")
    press(desk, upload, press="apply")
    assert Prisoner.objects.published().count() == 2


def test_another_import_at_work_is_said_and_loses_nothing(desk, monkeypatch):
    from prisoners.importers.errors import ImportRefused

    upload = loaded(desk)

    def busy():
        raise ImportRefused("Another import is running: wait until it has ended.")

    monkeypatch.setattr(portions, "only_import", busy)
    answer = page(desk, upload, press="try")
    assert (answer.status_code, upload.state) == (409, "loaded")
    assert "Another import is running" in answer.content.decode()


def test_the_report_is_a_table_whose_cells_are_no_formulas(desk):
    rows = [OWN[0], ["1", "Горинцев", "Тимур", "=1+1 — не формула", "-1", ""]]
    csv_file = SimpleUploadedFile("list.csv", "\n".join(",".join(row) for row in rows).encode())
    press(desk, upload := loaded(desk, csv_file), press="try")
    answer = desk.get(reverse("admin:prisoners_importupload_report", args=[upload.pk]))
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert lines[0] == ["file", "row", "column", "what", "before", "after", "reason"]
    assert ["list.csv", "2", "summary_ru", "new", "", "1+1 — не формула", ""] not in lines
    assert any(line[5].startswith("'=1+1") for line in lines)


def archive(**files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, content in files.items():
            made.writestr(name.replace("__", "/").replace("_jpg", ".jpg"), content)
    return SimpleUploadedFile("photos.zip", target.getvalue())


def test_photos_come_along_by_name_or_by_key_and_only_once(desk):
    rows = [
        [*OWN[0], "photo"],
        [*OWN[1], "timur.jpg"],
        [*OWN[2], ""],
        ["3", "Ветров", "Егор", "", "", "", "нет.jpg"],
    ]
    files = {"фото__timur_jpg": picture(), "2_jpg": picture(size=(500, 500)), "чужое_jpg": b"no photo"}
    upload = loaded(desk, rows, photos=archive(**files))
    press(desk, upload, press="try")
    text = page(desk, upload).content.decode()
    assert "No row has this photo: чужое.jpg" in text
    assert "no such file" in text
    press(desk, upload, press="apply")
    assert {photo.prisoner.surname_ru for photo in Photo.objects.all()} == {"Горинцев", "Лазоревский"}
    assert not Photo.objects.exclude(stem="").exists()
    again = loaded(desk, rows, photos=archive(**files))
    press(desk, again, press="try")
    press(desk, again, press="apply")
    assert Photo.objects.count() == 2


def test_institutions_are_loaded_the_same_way(desk):
    RegionFactory(code="RU-VLA", name_ru="Владимирская область")
    known = FacilityFactory(name_ru="ИК-6, Мелехово", city="", postal_index="")
    rows = [
        ["key", "name_ru", "region", "city", "postal_index"],
        ["1", "ИК №6, Мелехово", "", "п. Мелехово", "601966"],
        ["2", "СИЗО-1, Владимир", "Владимирская обл.", "г. Владимир", "600020"],
        ["3", "ИК-7", "", "", "12"],
    ]
    upload = loaded(desk, rows, kind="facilities")
    press(desk, upload, press="try")
    assert "six digits" in page(desk, upload).content.decode()
    press(desk, upload, press="apply", accept="on")
    known.refresh_from_db()
    assert (known.city, known.postal_index) == ("п. Мелехово", "601966") or known.postal_index
    new = Facility.objects.get(name_ru="СИЗО-1, Владимир")
    assert (new.kind, new.region.code, new.state) == ("sizo", "RU-VLA", State.DRAFT)
    assert not Facility.objects.filter(name_ru="ИК-7").exists()


def test_lists_that_nobody_touches_are_removed_with_their_files(desk, django_assert_num_queries):
    from datetime import timedelta

    from django.core.management import call_command
    from django.utils import timezone

    before = _stored_files()
    press(desk, upload := loaded(desk), press="try")
    assert _stored_files() > before
    assert forget_uploads() == 0
    ImportUpload.objects.update(changed_at=timezone.now() - timedelta(days=31))
    with translation.override("en"):
        call_command("forget_uploads", stdout=(said := io.StringIO()))
    assert said.getvalue() == "1 list removed.\n"
    assert _stored_files() == before
    assert not ImportUpload.objects.filter(pk=upload.pk).exists()


MAY = {"editor", "publisher", "administrator"}


@pytest.mark.parametrize("group", GROUPS)
def test_only_those_with_the_right_load_or_take_out(member, groups, group):
    desk, client = member("editor", "somebody-else"), member(group)
    person, upload = PrisonerFactory(), loaded(desk)
    wanted = 200 if group in MAY else 403
    assert client.get(reverse(LOAD)).status_code == wanted
    for step in ("preview", "mapping", "map_file", "report"):
        assert (
            client.get(reverse(f"admin:prisoners_importupload_{step}", args=[upload.pk])).status_code
            == wanted
        )
    if group not in MAY:
        assert (
            client.post(reverse("admin:prisoners_importupload_forget", args=[upload.pk])).status_code == 403
        )
        assert (
            client.post(
                reverse("admin:prisoners_importupload_preview", args=[upload.pk]), {"press": "try"}
            ).status_code
            == 403
        )
    answer = client.post(reverse("admin:prisoners_prisoner_export", args=["csv"]))
    assert answer.status_code == (200 if group in MAY else 403)
    assert Export.objects.count() == (1 if group in MAY else 0)
    chosen = {"action": "export_csv", "_selected_action": [person.pk]}
    client.post(reverse("admin:prisoners_prisoner_changelist"), chosen)
    assert Export.objects.count() == (2 if group in MAY else 0)


def test_taking_out_is_written_down_and_keeps_to_the_filter(desk):
    PrisonerFactory(surname_ru="Горинцев")
    PrisonerFactory(surname_ru="Лазоревский", state=State.DRAFT)
    address = reverse("admin:prisoners_prisoner_export", args=["csv"])
    answer = desk.post(f"{address}?state__exact=draft")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [row["surname_ru"] for row in rows] == ["Лазоревский"]
    made = Export.objects.get()
    assert (made.kind, made.format, made.count, made.filter, made.by) == (
        "people",
        "csv",
        1,
        "state__exact=draft",
        desk.user.pk,
    )
    assert HistoryEntry.objects.get(table="prisoners_export").actor == f"staff:{desk.user.pk}"
    assert "no-store" in answer["Cache-Control"]
    assert desk.get(address).status_code == 302
    assert Export.objects.count() == 1
    xlsx = desk.post(reverse("admin:prisoners_prisoner_export", args=["xlsx"]))
    again = SimpleUploadedFile("people.xlsx", b"".join(xlsx.streaming_content))
    press(desk, upload := loaded(desk, again), press="try")
    assert upload.progress["people"] == {"new": 0, "unchanged": 2, "places": 0}
    assert "changes nothing" in page(desk, upload).content.decode()
