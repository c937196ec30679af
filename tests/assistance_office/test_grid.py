"""Fifty parcels in a row: what is right is saved once, what is wrong is said where, and nothing typed is lost."""

import io
import re
import uuid

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from assistance.actions import SameHelpError, enter_parcel
from assistance.choices import AidChannel
from assistance.importers.columns import COLUMNS, heading, keys_of
from assistance.importers.items_text import item_kinds, items_in_words, read_items
from assistance.models import AidItem, HumanitarianAid
from memorial.base.evidence import Looking
from memorial.base.partial_date import PartialDate
from tests.assistance.factories import ClientFactory, HumanitarianAidFactory, ItemKindFactory
from tests.counting import counted

pytestmark = pytest.mark.django_db
GRID = reverse("admin:assistance_humanitarianaid_grid")
FIRST = {
    "client": "",
    "given_on": "14.03.2024",
    "channel": "parcel",
    "for_whom": "prisoner",
    "items": "лекарства 2 уп; продукты 5 кг",
    "cost": "1500",
    "currency": "RUB",
    "note": "",
}


def sent(*rows: dict, keys: list | None = None, **more) -> dict:
    """What the page sends: each row with a key of its own."""
    data = {}
    for place, row in enumerate(rows):
        data[f"row-{place}-key"] = str(keys[place] if keys else uuid.uuid4())
        data |= {f"row-{place}-{name}": row.get(name, "") for name in COLUMNS}
    return data | more


def boxes(answer) -> dict[str, str]:
    """What stands in the boxes of the page, by name; of choices what is chosen."""
    text = answer.content.decode()
    found = dict(re.findall(r'name="(row-\d+-\w+)"[^>]* value="([^"]*)"', text))
    for name, options in re.findall(r'<select name="(row-\d+-\w+)".*?>(.*?)</select>', text, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        found[name] = chosen[1] if chosen else ""
    return found


def test_rows_are_saved_and_empty_cells_repeat_the_row_above(desk, mine, kinds):
    other = ClientFactory(name="Второв Павел", coordinator=desk.user.pk)
    rows = [
        FIRST | {"client": "Горинцев"},
        {"client": f"№ {other.pk}"},
        {"client": "timur@example.org", "given_on": "03.2024", "cost": "—", "items": "-"},
    ]
    answer = desk.post(GRID, sent(*rows), follow=True)
    assert "3 rows are saved." in answer.content.decode()
    said = [
        (aid.client_id, str(aid.given_on), aid.cost, aid.currency, items_in_words(list(aid.items.all())))
        for aid in HumanitarianAid.objects.order_by("pk")
    ]
    things = "medicines 2 packs; food 5 kg"
    exact = str(PartialDate.parse("14.03.2024"))
    assert said == [
        (mine.pk, exact, 1500, "RUB", things),
        (other.pk, exact, 1500, "RUB", things),
        (mine.pk, str(PartialDate.parse("03.2024")), None, "", ""),
    ]
    looked = Looking.objects.latest("pk")
    assert (looked.kind, set(looked.rows)) == ("searched", {str(mine.pk), str(other.pk)})


def test_what_is_wrong_is_said_beside_the_cell_the_right_rows_are_saved_and_nothing_typed_is_lost(
    desk, mine, theirs, kinds
):
    rows = [
        FIRST | {"client": "Горинцев"},
        FIRST | {"client": "Чужакова", "note": "передать через сестру"},
        FIRST | {"client": "Горинцев", "given_on": "32.01.2024", "cost": "много", "items": "зелье 2 уп"},
        FIRST | {"client": "Горинцев", "channel": "голубем", "given_on": "01.02.2024"},
        FIRST | {"client": "Горинцев", "channel": "travel", "given_on": "02.02.2024"},
        FIRST | {"client": "Горинцев", "given_on": "01.01.2040"},
        {"items": "продукты", "note": "кому?"},
    ]
    keys = [uuid.uuid4() for _ in rows]
    answer = desk.post(GRID, sent(*rows, keys=keys))
    assert answer.status_code == 400
    assert HumanitarianAid.objects.count() == 1
    text = answer.content.decode()
    assert "6 rows are not saved" in text
    for said in ("Nobody is found by «Чужакова»", "no such kind of thing", "«много» is no sum", "«голубем»"):
        assert said in text, said
    for box in (
        "row-1-client",
        "row-2-given_on",
        "row-2-cost",
        "row-2-items",
        "row-3-channel",
        "row-4-for_whom",
    ):
        assert f'id="{box}-wrong"' in text, box
    assert "This is a day in the future" in text
    there = boxes(answer)
    assert not any(name.startswith("row-0-") for name in there), "a saved row is in the list of saved ones"
    for place, row in enumerate(rows[1:], 1):
        assert there[f"row-{place}-key"] == str(keys[place])
        assert {name: there[f"row-{place}-{name}"] for name in row} == row


def test_a_row_that_is_sent_twice_is_one(desk, mine, kinds):
    data = sent(FIRST | {"client": "Горинцев"})
    desk.post(GRID, data)
    answer = desk.post(GRID, data, follow=True)
    assert "1 row was saved before, and is there once." in answer.content.decode()
    changed = desk.post(GRID, data | {"row-0-cost": "999"})
    assert "says something else there" in changed.content.decode()
    assert (HumanitarianAid.objects.count(), AidItem.objects.count()) == (1, 2)


def test_the_same_help_under_another_key_is_asked_about(desk, mine, kinds):
    desk.post(GRID, sent(FIRST | {"client": "Горинцев"}))
    data = sent(FIRST | {"client": "Горинцев"})
    answer = desk.post(GRID, data)
    assert answer.status_code == 400
    assert "The same is written down already" in answer.content.decode()
    assert 'name="row-0-again"' in answer.content.decode()
    assert HumanitarianAid.objects.count() == 1
    # Another day, way or other things: no question.
    other = sent(
        *(FIRST | {"client": "Горинцев"} | one for one in ({"given_on": "15.03.2024"}, {"items": "—"}))
    )
    assert desk.post(GRID, other).status_code == 302
    assert desk.post(GRID, data | {"row-0-again": "on"}).status_code == 302
    assert HumanitarianAid.objects.count() == 4


def test_two_equal_rows_of_one_page_are_asked_about_too(desk, mine, kinds):
    row = FIRST | {"client": "Горинцев"}
    answer = desk.post(GRID, sent(row, row))
    assert HumanitarianAid.objects.count() == 1
    assert 'name="row-1-again"' in answer.content.decode()


def test_of_two_coordinators_at_once_both_rows_are_kept_and_the_same_one_is_asked(desk, lead, mine, kinds):
    """Both have the page open; each saves: nothing is overwritten, and the same parcel is not doubled."""
    assert desk.get(GRID).status_code == lead.get(GRID).status_code == 200
    row = FIRST | {"client": "Горинцев"}
    assert desk.post(GRID, sent(row)).status_code == 302
    answer = lead.post(GRID, sent(row, row | {"given_on": "20.03.2024"}))
    assert "The same is written down already" in answer.content.decode()
    assert sorted(str(aid.given_on.earliest) for aid in HumanitarianAid.objects.all()) == [
        "2024-03-14",
        "2024-03-20",
    ]


def test_a_key_of_somebody_elses_row_saves_nothing(desk, mine, theirs, kinds):
    there = HumanitarianAidFactory(client=theirs)
    answer = desk.post(GRID, sent(FIRST | {"client": "Горинцев"}, keys=[there.sent_as]))
    assert answer.status_code == 400
    assert HumanitarianAid.objects.get() == there
    assert "Чужакова" not in answer.content.decode()


def test_a_limited_coordinator_enters_for_own_clients_only(desk, lead, mine, theirs, kinds):
    rows = [FIRST | {"client": who} for who in (str(theirs.pk), "+7 999 555-12-34")]
    assert desk.post(GRID, sent(*rows)).status_code == 400
    assert not HumanitarianAid.objects.exists()
    assert lead.post(GRID, sent(rows[0])).status_code == 302


def test_several_of_one_name_are_told_apart_by_number(desk, mine, kinds):
    other = ClientFactory(name="Горинцев Адам", coordinator=desk.user.pk)
    answer = desk.post(GRID, sent(FIRST | {"client": "Горинцев"}))
    text = answer.content.decode()
    assert "Several are found" in text
    assert f"№ {other.pk} Горинцев Адам" in text
    assert desk.post(GRID, sent(FIRST | {"client": f"№ {other.pk} Горинцев Адам"})).status_code == 302
    assert HumanitarianAid.objects.get().client == other


def test_the_page_costs_the_same_with_one_row_and_with_three(desk, mine, kinds):
    with counted() as one:
        desk.get(GRID + "?rows=1")
    with counted() as three:
        desk.get(GRID + "?rows=3")
    assert len(one) == len(three), three
    wrong = FIRST | {"client": "Горинцев", "items": "зелье"}
    with counted() as one:
        desk.post(GRID, sent(wrong))
    with counted() as three:
        desk.post(GRID, sent(*({**wrong, "given_on": f"{day}.01.2024"} for day in (11, 12, 13))))
    assert len(one) == len(three), three


# --- Files --------------------------------------------------------------------------------------------


def csv_file(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("parcels.csv", text.encode())


def test_a_table_is_shown_first_then_saved_and_loading_it_again_saves_nothing_twice(desk, mine, kinds):
    with override("ru"):
        names = [heading(name) for name in ("client", "given_on", "channel", "items", "cost", "currency")]
        way = AidChannel.PARCEL.label
    text = (
        f"{','.join(names)},Погода\n"
        f"Горинцев,14.03.2024,{way},лекарства 2 уп,1500,RUB,снег\n№ {mine.pk},15.03.2024,,,,,\n"
    )
    answer = desk.post(GRID, {"load": "1", "file": csv_file(text)})
    there = boxes(answer)
    assert answer.status_code == 200
    assert not HumanitarianAid.objects.exists(), "nothing is saved yet"
    assert "Columns that are not read: погода." in answer.content.decode()
    assert (there["row-0-channel"], there["row-1-channel"], there["row-1-cost"]) == ("parcel", "parcel", "—")
    assert desk.post(GRID, there).status_code == 302
    assert HumanitarianAid.objects.count() == 2
    again = desk.post(GRID, {"load": "1", "file": csv_file(text)})
    assert again.content.decode().count("was there before") == 2
    assert not [name for name in boxes(again) if name.endswith("-client") and boxes(again)[name]]


def test_a_workbook_is_read_too_and_a_formula_is_refused_in_its_cell(desk, mine, kinds):
    book = openpyxl.Workbook()
    book.active.append(["Client", "Date", "Cost", "Currency"])
    book.active.append(["Горинцев", "14.03.2024", "=1+1", "RUB"])
    target = io.BytesIO()
    book.save(target)
    answer = desk.post(GRID, {"load": "1", "file": SimpleUploadedFile("p.xlsx", target.getvalue())})
    assert boxes(answer)["row-0-client"] == "Горинцев"
    assert "A formula" in answer.content.decode()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), ""),
        ("Имя,Дата\nГоринцев,14.03.2024\n".encode(), "No column is called «Client»"),
        (("client\n" + "Горинцев\n" * 301).encode(), "More than 299 rows"),
        (b"", ""),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence_and_typed_rows_stay(desk, mine, content, said):
    typed = sent(FIRST | {"client": "Горинцев"})
    answer = desk.post(GRID, typed | {"load": "1", "file": SimpleUploadedFile("x.csv", content)})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert said in answer.content.decode()
    assert boxes(answer)["row-0-client"] == "Горинцев"


def test_keys_of_a_file_tell_nothing_and_count_equal_rows(settings):
    row = {"client": "Горинцев", "given_on": "14.03.2024"}
    one, two = keys_of([row, row])
    assert one != two
    assert keys_of([{**row, "client": "  горинцев "}]) == [one]
    settings.FIELD_KEYS = [b"another key of thirty-two bytes!"]
    assert keys_of([row]) != [one], "nobody without the key can try names out"


# --- One cell of things -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("лекарства", [("medicines", None, None, None)]),
        ("Лекарства 2,5 уп. до 01.03.2027", [("medicines", 2.5, "pack", "2027-03-01")]),
        ("food 3", [("food", 3, "piece", None)]),
        ("канцелярия, марки, оплата писем 2 шт, продукты 1,5 кг", [
            ("stationery_postage", 2, "piece", None), ("food", 1.5, "kg", None)]),
    ],
)  # fmt: skip
def test_things_are_read_as_people_write_them_and_read_back(kinds, text, read):
    items = read_items(text, item_kinds())
    said = [
        (
            item["kind"].code,
            item.get("quantity"),
            item.get("unit"),
            str(item["expires_on"]) if "expires_on" in item else None,
        )
        for item in items
    ]
    assert said == read
    aid = HumanitarianAidFactory()
    AidItem.objects.bulk_create([AidItem(aid=aid, **item) for item in items])
    words = items_in_words(list(aid.items.select_related("kind")))
    assert read_items(words, item_kinds()) == items, words


def test_the_question_is_asked_of_the_action_itself(mine, kinds):
    fields = {
        "client": mine,
        "given_on": PartialDate.parse("14.03.2024"),
        "channel": "parcel",
        "for_whom": "prisoner",
        "cost": None,
        "currency": "",
        "note": "",
    }
    items = [{"kind": ItemKindFactory()}]
    first = enter_parcel(sent_as=uuid.uuid4(), fields=fields, items=items, by=1)
    with pytest.raises(SameHelpError) as caught:
        enter_parcel(sent_as=uuid.uuid4(), fields=fields, items=items, by=1)
    assert caught.value.there == [first.aid]
    assert enter_parcel(sent_as=uuid.uuid4(), fields=fields, items=items, by=1, is_second=True).is_new
