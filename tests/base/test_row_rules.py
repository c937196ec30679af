"""The rules of rows: what a rule leaves to the rules of the tables that it asks."""

import re

import pytest
from django.apps import apps
from django.db import connection

from cases.models import public_when
from memorial.base.database import public_condition
from memorial.base.row_rules import has_row_rules, said_by_its_own_rule, without_own_rules


def test_what_the_asked_table_says_itself_is_left_out():
    inner = said_by_its_own_rule("AND b.state = 'published'")
    outer = said_by_its_own_rule(f"AND EXISTS (SELECT 1 FROM b WHERE b.id = a.b_id {inner})")
    asked = f"EXISTS (SELECT 1 FROM a WHERE a.id = r.a_id {outer}) AND r.stem <> ''"
    assert without_own_rules(asked) == "EXISTS (SELECT 1 FROM a WHERE a.id = r.a_id ) AND r.stem <> ''"
    assert without_own_rules("true") == "true"


def test_triggers_keep_every_word():
    """They act as the owner, whom no rule binds: the chain to the person must be written out."""
    assert "prisoners_prisoner" in public_when.OF_TERM
    assert "prisoners_prisoner" not in without_own_rules(public_when.OF_TERM)


@pytest.mark.django_db
def test_no_rule_asks_a_table_that_has_no_rule_of_its_own_without_saying_what_is_public():
    """A part may be left out only where the table that is asked has a rule."""
    with_rules = {m._meta.db_table for m in apps.get_models() if has_row_rules(public_condition(m))}
    marked = re.compile(
        r"EXISTS \(SELECT 1 FROM (\w+) \w+ WHERE [\w.]+ = [\w.]+ /\* the same as its own rule: \*/"
    )
    asked = {table for m in apps.get_models() for table in marked.findall(str(public_condition(m) or ""))}
    assert asked
    assert asked <= with_rules
    with connection.cursor() as cursor:
        cursor.execute("SELECT polrelid::regclass::text FROM pg_policy WHERE polname = 'memorial_readers'")
        assert asked <= {table for (table,) in cursor.fetchall()}
