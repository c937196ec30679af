"""Providers' statements become totals; nothing of a donor is anywhere afterwards."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from donations.actions.campaigns import enter_what_statements_say
from donations.actions.statements import MonthTotal, Outcome, StatementTotals, take_statement
from donations.importers.mapping import MappingRefused, StatementMap, read_mapping
from donations.importers.statement import StatementRefused, read_statement
from donations.models import ProviderTotal, Statement
from tests.donations.campaign_rows import campaign
from tests.donations.statement_files import MARK, csv_file, mapping, mapping_text, workbook

SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)
SLUG = "work-of-the-project"


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to("2026-11-23T12:00:00+03:00", tick=False)
    with translation.override("en"):
        yield


def total(month: date, gross: object, fee: object = 0, currency: str = "EUR", of: str = "") -> MonthTotal:
    return MonthTotal(month, currency, of, Decimal(str(gross)), Decimal(str(fee)))


def statement(*totals: MonthTotal, provider: str = "paypal") -> StatementTotals:
    return StatementTotals(provider, totals)


# --- Reading --------------------------------------------------------------------------------------


def test_paypal_by_month_currency_and_campaign():
    read = read_statement(csv_file("paypal"), mapping("paypal", ORG=SLUG))
    assert read == statement(
        total(SEPTEMBER, "1250.00", "31.90", of=SLUG), total(OCTOBER, "40.00", "1.66", "USD")
    )


def test_patreon_has_one_currency_and_no_campaigns():
    read = read_statement(csv_file("patreon"), mapping("patreon"))
    assert read.totals == (total(SEPTEMBER, 5, "0.78", "USD"), total(OCTOBER, "12.50", "1.40", "USD"))


def test_a_workbook_with_dates_and_numbers():
    read = read_statement(workbook(), mapping("stripe", WORK=SLUG))
    assert read.totals == (
        total(SEPTEMBER, "104.35", "3.52", of=SLUG),
        total(OCTOBER, "-4.35", of=SLUG),
    )


LINES = "Date;Sum;Cur\n03.09.2026;1 234,50;EUR\n"
SMALL = """provider = "bank"
dates = ["%d.%m.%Y"]
decimal = ","
[columns]
date = "Date"
amount = "Sum"
currency = "Cur"
"""


def small(text: str, encoding: str = "utf-8") -> StatementTotals:
    return read_statement(io.BytesIO(text.encode(encoding)), read_mapping(SMALL))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
def test_other_signs_and_encodings(encoding):
    text = f"{LINES}04.09.2026;-0,50;EUR\n\n"
    assert small(text, encoding).totals == (total(SEPTEMBER, 1234),)


def test_a_printed_minus_takes_away():
    assert small(f"{LINES}04.09.2026;−0,50;EUR\n").totals == (total(SEPTEMBER, 1234),)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (f"{MARK};5;EUR", "no date can be read"),
        (f"03.09.2026;{MARK};EUR", "no sum can be read"),
        ("03.09.2026;1,234;EUR", "no sum can be read"),
        ("03.09.2026;9999999999999;EUR", "no sum can be read"),
        (f"03.09.2026;5;{MARK}", "the currency is not one of ours"),
        ("24.11.2026;5;EUR", "the date lies ahead"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_row_alone(cells, said):
    with pytest.raises(StatementRefused) as caught:
        small(f"{LINES}{cells}\n{cells}\n")
    assert caught.value.sentences == [f"Rows 3, 4: {said}."]
    assert MARK not in str(caught.value)


def test_a_code_that_the_mapping_does_not_know_is_not_repeated():
    with pytest.raises(StatementRefused) as caught:
        read_statement(workbook(), mapping("stripe", OTHER=SLUG))
    assert caught.value.sentences == ["Rows 2, 3, 4: the mapping does not know the campaign's code."]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        f"{MARK};{MARK}2;{MARK}3\n",
        f"Date;Sum;Sum;Cur\n{MARK};1;1;EUR\n",
        f'Date;Sum;Cur\n"{MARK};1;EUR\n',
        "Date;Sum;Cur\n",
        f"Date;Sum;Cur\n\0{MARK};1;EUR\n",
    ],
)
def test_what_is_no_statement_is_refused_without_a_word_of_it(text):
    with pytest.raises(StatementRefused) as caught:
        small(text)
    chain = [caught.value, caught.value.__cause__]
    assert not any(MARK in str(error).casefold() for error in chain if error)


def test_a_broken_workbook_is_refused():
    with pytest.raises(StatementRefused):
        read_statement(io.BytesIO(b"PK\x03\x04" + MARK.encode()), mapping("stripe"))


sums = st.decimals(-99_999, 99_999, places=2)
payments = st.tuples(st.sampled_from([SEPTEMBER, OCTOBER, NOVEMBER]), st.integers(0, 20), sums, sums)


@settings(max_examples=40, deadline=None)
@given(st.lists(payments, min_size=1, max_size=12))
def test_totals_are_the_sums_of_their_months(rows):
    lines = [f"{month.replace(day=1 + day):%Y-%m-%d},{gross},EUR,{fee}" for month, day, gross, fee in rows]
    how = StatementMap(
        "bank",
        {"date": "d", "amount": "a", "currency": "c", "fee": "f"},
        fee_sign="positive",
    )
    read = read_statement(io.BytesIO("\n".join(["d,a,c,f", *lines]).encode()), how)
    assert {each.month for each in read.totals} == {month for month, *_rest in rows}
    for each in read.totals:
        assert each.gross == sum(gross for month, _day, gross, _fee in rows if month == each.month)
        assert each.fee == sum(fee for month, _day, _gross, fee in rows if month == each.month)


@pytest.mark.parametrize(
    "change",
    [
        ("provider", "Provider"),
        ('"bank"', '"Bank of X"'),
        ('"bank"', "7"),
        ('decimal = ","', 'decimal = ";"'),
        ('date = "Date"', ""),
        ('currency = "Cur"', ""),
        ('currency = "Cur"', 'currency = "Sum"'),
        ('currency = "Cur"', 'donor = "Name"'),
        ("[columns]", "[colums]"),
        ('dates = ["%d.%m.%Y"]', "dates = [1]"),
        ('dates = ["%d.%m.%Y"]', "only = {Status = 'Completed'}"),
        ('dates = ["%d.%m.%Y"]', "only = {Status = 5}"),
        ('dates = ["%d.%m.%Y"]', "only = {Status = [5]}"),
        ("[columns]", "[columns"),
    ],
)
def test_a_mapping_that_says_something_else_is_refused(change):
    assert read_mapping(SMALL)
    assert change[0] in SMALL
    with pytest.raises(MappingRefused):
        read_mapping(SMALL.replace(*change))


# --- Taking in ------------------------------------------------------------------------------------


@pytest.mark.django_db
class TestTaking:
    def test_the_same_totals_again_change_nothing(self):
        campaign()
        sums_of_two = (total(SEPTEMBER, 100, 3, of=SLUG), total(OCTOBER, 50))
        assert take_statement(statement=statement(*sums_of_two)) is Outcome.TAKEN
        assert take_statement(statement=statement(*reversed(sums_of_two))) is Outcome.SAME
        assert (Statement.objects.count(), ProviderTotal.objects.count()) == (1, 2)

    def test_other_sums_for_one_of_the_months_are_refused_with_the_months(self):
        take_statement(statement=statement(total(SEPTEMBER, 100), total(OCTOBER, 50)))
        with pytest.raises(ValidationError, match=r"09\.2026–10\.2026"):
            take_statement(statement=statement(total(OCTOBER, 51)))
        assert Statement.objects.count() == 1
        assert take_statement(statement=statement(total(OCTOBER, 51), provider="stripe")) is Outcome.TAKEN

    def test_they_are_replaced_with_a_reason_and_without_losing_a_month(self):
        take_statement(statement=statement(total(SEPTEMBER, 100), total(OCTOBER, 50)))
        better = statement(total(SEPTEMBER, 100), total(OCTOBER, 51), total(NOVEMBER, 7))
        with pytest.raises(ValidationError, match="Say why"):
            take_statement(statement=better, replace=True, reason=" ")
        with pytest.raises(ValidationError, match="lose months"):
            take_statement(statement=statement(total(OCTOBER, 51)), replace=True, reason="Refunds")
        assert take_statement(statement=better, replace=True, reason="Refunds") is Outcome.REPLACED
        assert [row.reason for row in Statement.objects.standing()] == ["Refunds"]
        assert Statement.objects.count() == 2
        assert sum(row.gross for row in ProviderTotal.objects.standing()) == 158

    def test_a_campaign_that_does_not_exist_is_refused(self):
        with pytest.raises(ValidationError, match="nobody"):
            take_statement(statement=statement(total(SEPTEMBER, 100, of="nobody")))

    def test_what_statements_say_becomes_an_entry_as_of_their_last_day(self):
        row = campaign()
        take_statement(statement=statement(total(SEPTEMBER, 100, 3, of=SLUG), total(OCTOBER, 50, of=SLUG)))
        take_statement(
            statement=statement(total(OCTOBER, 20, 1, of=SLUG), total(OCTOBER, 9), provider="stripe")
        )
        entry = enter_what_statements_say(campaign=row, by=None)
        assert (entry.amount, entry.currency, entry.as_of) == (Decimal(166), "EUR", date(2026, 10, 31))
        assert "paypal, stripe" in entry.source_en
        with pytest.raises(ValidationError, match="for this day"):
            enter_what_statements_say(campaign=row, by=None)

    def test_currencies_are_never_mixed(self):
        row = campaign()
        take_statement(statement=statement(total(SEPTEMBER, 100, currency="USD", of=SLUG)))
        with pytest.raises(ValidationError, match="rate"):
            enter_what_statements_say(campaign=row, by=None)
        assert not row.entries.exists()


@pytest.mark.django_db
class TestCommand:
    @pytest.fixture
    def files(self, tmp_path):
        (tmp_path / "map.toml").write_text(mapping_text("paypal", ORG=SLUG), encoding="utf-8")
        (tmp_path / "statement.csv").write_bytes(csv_file("paypal").getvalue())
        return tmp_path / "statement.csv", tmp_path / "map.toml"

    def run(self, files, *more: str) -> str:
        out = io.StringIO()
        call_command("import_statement", str(files[0]), "--map", str(files[1]), *more, stdout=out)
        return out.getvalue()

    def test_it_shows_first_and_takes_in_when_told_to(self, files):
        campaign()
        assert "1250.00" in self.run(files)
        assert not Statement.objects.exists()
        assert "Taken in." in self.run(files, "--apply")
        assert "nothing is changed" in self.run(files, "--apply")
        assert Statement.objects.get().taken_by == "command:import_statement"

    def test_other_sums_are_refused(self, files):
        campaign()
        take_statement(statement=statement(total(SEPTEMBER, 1)))
        with pytest.raises(CommandError, match=r"09\.2026"):
            self.run(files, "--apply")
        assert "older" in self.run(files, "--apply", "--replace", "--reason", "Refunds")

    def test_a_file_that_is_not_there_is_said_in_one_line(self, files, tmp_path):
        with pytest.raises(CommandError, match="cannot be read"):
            self.run((tmp_path / "none.csv", files[1]))
