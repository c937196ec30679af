"""Courts, articles and cases are loaded and taken out in the office like people and institutions."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.models import Case, Court
from memorial.staff.groups import GROUPS
from prisoners.models import Export, ImportUpload
from tests.factories import ArticleFactory, CaseFactory, CourtFactory, PrisonerFactory, ProsecutionFactory
from tests.office.forms import fields_of
from tests.office.test_loading import LOAD, MAY, loaded, page, press

pytestmark = pytest.mark.django_db
FOREIGN = [
    ["Дело", "Кто", "Г. р.", "Название", "Статьи", "Приговор", "Вид"],
    ["7", "Горинцев Тимур", "1987", "Дело о чтении стихов", "ст. 275", "7 лет строгого режима", "уголовка"],
]
CHOSEN = {
    "column-1": "person_name_ru",
    "column-2": "person_born",
    "column-3": "case_title_ru",
    "column-4": "charges_ru",
    "column-5": "decision_penalties",
    "column-6": "case_kind",
}


def test_a_foreign_list_of_cases_is_given_a_meaning_on_screen(desk):
    PrisonerFactory(surname_ru="Горинцев", given_names_ru="Тимур", patronymic_ru="", patronymic_en="")
    upload = loaded(desk, FOREIGN, kind="cases")
    answer = page(desk, upload, "mapping")
    sent = {name: values[-1] for name, values in fields_of(answer).items()}
    sent |= {"code": "zarechye", "title": "Список", "key": "Дело", **CHOSEN}
    page(desk, upload, "mapping", **sent)
    words = fields_of(page(desk, upload, "mapping"))
    word = next(name for name in words if name.startswith("word-"))
    page(desk, upload, "mapping", **sent, **{word: "criminal"})
    press(desk, upload, press="try")
    text = page(desk, upload).content.decode()
    for said in ("Дело о чтении стихов", "7 лет строгого режима", "New: 1"):
        assert said in text
    assert not Case.objects.exists()
    press(desk, upload, press="apply")
    case = Case.objects.get()
    assert (case.state, case.kind, case.prosecutions.get().prisoner.surname_ru) == (
        "draft",
        "criminal",
        "Горинцев",
    )
    again = loaded(desk, FOREIGN, kind="cases")
    ImportUpload.objects.filter(pk=again.pk).update(mapping=upload.mapping)
    press(desk, again, press="try")
    assert again.progress["people"]["unchanged"] == 1
    assert "changes nothing" in page(desk, again).content.decode()


@pytest.mark.parametrize("model", ["court", "article", "case"])
def test_tables_are_taken_out_of_each_list_and_noted(desk, model):
    CourtFactory()
    ArticleFactory()
    ProsecutionFactory(case=CaseFactory())
    listed = desk.get(reverse(f"admin:cases_{model}_changelist")).content.decode()
    address = reverse(f"admin:cases_{model}_export", args=["csv"])
    assert address in listed
    answer = desk.post(address)
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert len(rows) == 1
    assert rows[0]["id"]
    made = Export.objects.get()
    assert (made.kind, made.count) == (f"{model}s", 1)
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    file = SimpleUploadedFile("again.csv", text.getvalue().encode())
    press(desk, upload := loaded(desk, file, kind=f"{model}s"), press="try")
    assert "changes nothing" in page(desk, upload).content.decode()


@pytest.mark.parametrize("group", GROUPS)
def test_only_those_with_the_right_load_or_take_out(member, groups, group):
    client = member(group)
    court = CourtFactory()
    answer = client.post(reverse("admin:cases_court_export", args=["csv"]))
    assert answer.status_code == (200 if group in MAY else 403)
    client.post(
        reverse("admin:cases_court_changelist"), {"action": "export_csv", "_selected_action": [court.pk]}
    )
    assert Export.objects.count() == (2 if group in MAY else 0)
    offered = client.get(reverse(LOAD), {"kind": "courts"})
    assert offered.status_code == (200 if group in MAY else 403)
    if group in MAY:
        assert 'value="cases"' in offered.content.decode()
    assert Court.objects.count() == 1
