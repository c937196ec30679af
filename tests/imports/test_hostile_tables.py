"""Cells and files that mean harm, or only accidents."""

import pytest
from django.core.management import CommandError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from prisoners.importers.report import defused, printable
from prisoners.models import Prisoner, StaffNote
from tests.imports.test_import import PERSON

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " ="])
def test_no_cell_of_the_report_is_a_formula(start):
    assert defused(f"{start}1+1").startswith("'")


def test_an_honest_cell_is_left_as_it_is():
    assert defused("ИК-6, Мелехово") == "ИК-6, Мелехово"


def test_formulas_of_the_file_come_out_defused(table, run, tmp_path):
    rows = [{"key": "1", "surname_ru": "Горинцев", "=cmd|' /C calc'!A0": "x"}]
    with pytest.raises(CommandError, match="not ours"):
        run(table(rows))
    file = table([{**PERSON, "born": "=1+1"}], name="=list.csv")
    run(file)
    report = (tmp_path / "report.csv").read_text(encoding="utf-8-sig")
    assert "'=list.csv,2,born," in report


def test_nothing_of_the_file_steers_the_terminal(table, run):
    ran = run(table([{**PERSON, "born": "\x1b[31mкрасный\x1b]0;название\x07"}]))
    assert "\x1b" not in ran.out
    assert "\x07" not in ran.out
    assert printable("а\x1b[2Jб") == "а [2Jб"


def test_markup_in_plain_texts_is_text_and_in_rich_ones_is_gone(table, run):
    script = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    run(table([{**PERSON, "summary_ru": script, "what_happened_ru": script}]), "--apply")
    person = Prisoner.objects.get()
    assert person.summary_ru == script  # escaped where it is shown, as every plain text
    assert "<script" not in person.what_happened_ru
    assert "<img" not in person.what_happened_ru


def test_a_cell_of_a_megabyte_is_not_read_and_the_rest_of_the_row_is(table, run):
    ran = run(table([{**PERSON, "what_happened_ru": "я" * 1_000_000}]), "--apply")
    assert Prisoner.objects.get().what_happened_ru == ""
    assert "at most 100000 fit" in ran.rows("not read, kept as a staff note")[2]
    assert StaffNote.objects.get().text.endswith("я" * 1000)


def test_a_nul_byte_is_refused_with_its_line(table, run):
    with pytest.raises(CommandError, match="Line 2 has a NUL byte"):
        run(table(b"key,surname_ru\n1,A\x00B\n"))


def test_nothing_is_evaluated_in_a_cell(table, run):
    odd = "%(key)s {0} ${jndi:ldap://example.org} '; DROP TABLE prisoners_prisoner; --"
    run(table([{**PERSON, "summary_ru": odd, "born": odd}]), "--apply")
    assert Prisoner.objects.get().summary_ru == odd


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                name: st.text(
                    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40
                )
                for name in (
                    "key",
                    "surname_ru",
                    "born",
                    "facility",
                    "gender",
                    "source_url",
                    "themes",
                    "stay_from",
                )
            }
        ),
        min_size=1,
        max_size=5,
    )
)
def test_whatever_stands_in_the_cells_a_run_ends_in_order(table, run, rows):
    try:
        ran = run(table(rows))
    except CommandError:
        return
    assert "Nothing was written" in ran.out


def test_the_public_process_does_not_import(table, run, settings):
    settings.SERVES_STAFF = False
    with pytest.raises(CommandError, match="SITE_ROLE=staff"):
        run(table([PERSON]))
