"""Legal help and help in detention taken out: own clients only, freshly signed in, recorded, defused."""

from __future__ import annotations

import csv
import io
import time

import openpyxl
import pytest
from django.urls import reverse

from memorial.base.models import Looking
from memorial.staff.session_store import CONFIRMED
from tests.assistance.factories import (
    DetentionAidFactory,
    DetentionOutcomeFactory,
    LawyerFactory,
    LegalAidFactory,
    LegalOutcomeFactory,
)
from tests.counting import same_number_of_queries
from tests.factories import FacilityFactory

pytestmark = pytest.mark.django_db
KINDS = ("legalaid", "detentionaid")
OF = {"legalaid": LegalAidFactory, "detentionaid": DetentionAidFactory}


def export(kind: str, ending: str = "csv") -> str:
    return reverse(f"admin:assistance_{kind}_export", args=[ending])


def content(answer) -> bytes:
    return b"".join(answer.streaming_content)


def table(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content(answer).decode("utf-8-sig"))))


def test_legal_help_is_taken_out_with_its_lawyer_and_outcomes(desk, mine, theirs):
    lawyer = LawyerFactory(name="=Защитников Олег")
    aid = LegalAidFactory(
        client=mine, lawyer=lawyer, proceedings="+дело", note="@note", cost=1500, currency="EUR", ongoing=True
    )
    LegalOutcomeFactory(legal_aid=aid, note="под подписку")
    LegalAidFactory(client=theirs)
    rows = table(desk.post(export("legalaid")))
    assert rows == [
        {
            "Client": f"№ {mine.pk} {mine.name}",
            "Stage": "investigation",
            "Prosecution": "",
            "Proceedings, in words": "'+дело",
            "Lawyer": "'=Защитников Олег",
            "From": "14.03.2024",
            "Until": "",
            "Goes on": "yes",
            "Outcomes": "02.06.2024 released from detention под подписку",
            "Cost": "1500.00",
            "Currency": "EUR",
            "Note": "'@note",
        }
    ]
    looked = Looking.objects.latest("pk")
    assert (looked.kind, looked.table, looked.rows) == ("exported", "assistance_legalaid", [str(aid.pk)])


def test_help_in_detention_is_taken_out_as_a_spreadsheet(desk, mine):
    place = FacilityFactory(name_ru="ИК-90", name_en="IK-90")
    aid = DetentionAidFactory(client=mine, facility=place, action="-жалоба")
    DetentionOutcomeFactory(detention_aid=aid)
    sheet = openpyxl.load_workbook(io.BytesIO(content(desk.post(export("detentionaid", "xlsx"))))).active
    heading, row = ([cell.value for cell in line] for line in sheet.iter_rows())
    said = dict(zip(heading, row, strict=True))
    assert said["Institution"] == "IK-90"
    assert said["What was done"] == "'-жалоба"
    assert said["Outcomes"].startswith("02.06.2024 ")
    assert said["Note"] in ("", None)


@pytest.mark.parametrize("kind", KINDS)
def test_it_takes_a_right_a_post_and_a_fresh_proof(desk, member, mine, kind):
    OF[kind](client=mine)
    assert desk.get(export(kind)).status_code == 302
    assert member("editor").post(export(kind)).status_code == 403
    assert member("finance").post(export(kind)).status_code == 403
    session = desk.session
    session[CONFIRMED] = time.time() - 3600
    session.save()
    answer = desk.post(export(kind))
    assert "Once more, please" in answer.content.decode()
    assert not Looking.objects.filter(kind="exported").exists()


@pytest.mark.parametrize("kind", KINDS)
def test_the_list_leads_there(desk, mine, kind):
    OF[kind](client=mine)
    text = desk.get(reverse(f"admin:assistance_{kind}_changelist")).content.decode()
    assert f'action="{export(kind)}?"' in text


def test_one_row_or_three_the_same_number_of_queries(desk, mine, django_assert_max_num_queries):
    class Posting:
        """Asks by POST where the counter asks by GET."""

        def get(self, path):
            answer = desk.post(path)
            content(answer)
            return answer

    def more() -> None:
        aid = LegalAidFactory(client=mine, lawyer=LawyerFactory())
        LegalOutcomeFactory(legal_aid=aid)

    more()
    same_number_of_queries(Posting(), export("legalaid"), add_row=more)
