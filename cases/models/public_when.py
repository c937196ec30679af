"""When rows of this app are public: conditions for `PUBLIC_WHEN`, on a row called `r`, put together here.

A prosecution is public only when its case *and* its person are published, and so is all that
hangs on it. What is unverified is public never, nor is anything that hangs on it.
"""

import re

from memorial.base.choices import State, Verification
from memorial.base.row_rules import said_by_its_own_rule


def published(table: str, column: str) -> str:
    """The record of `table` that a column of the row leads to is published."""
    return f"EXISTS (SELECT 1 FROM {table} p WHERE p.id = r.{column} AND p.state = '{State.PUBLISHED}')"  # noqa: S608


def through(table: str, column: str, condition: str, *, verified: bool = False) -> str:
    """The row of `table` that a column leads to is public by its own `condition`, and verified where it must be."""
    alias = f"of_{table.partition('_')[2]}"
    its_own = re.sub(r"\br\.", f"{alias}.", condition)
    if verified:
        its_own += f" AND {alias}.verification <> '{Verification.UNVERIFIED}'"
    its_own = said_by_its_own_rule(f"AND {its_own}")
    return f"EXISTS (SELECT 1 FROM {table} {alias} WHERE {alias}.id = r.{column} {its_own})"  # noqa: S608


def of_somebody_public(kind: str) -> str:
    """The row is about the whole case, or about people of whom one is public.

    The function has the owner's rights: the public role sees no hidden person, so that it
    could not tell «only hidden people» from «nobody in particular».
    """
    return f"(r.whole_case OR memorial_{kind}_has_public_people(r.id))"


IS_PUBLISHED = f"r.state = '{State.PUBLISHED}'"
CASE_IS_PUBLIC = published("cases_case", "case_id")
PERSON_IS_PUBLIC = published("prisoners_prisoner", "prisoner_id")

PROSECUTION = f"{CASE_IS_PUBLIC} AND {PERSON_IS_PUBLIC}"
OF_PROSECUTION = through("cases_prosecution", "prosecution_id", PROSECUTION)
CHARGE = OF_PROSECUTION
OF_CHARGE = through("cases_charge", "charge_id", CHARGE, verified=True)
OF_RESTRAINT = through("cases_restraint", "restraint_id", OF_PROSECUTION, verified=True)

HEARING = f"{CASE_IS_PUBLIC} AND {of_somebody_public('hearing')}"
OF_HEARING = through("cases_hearing", "hearing_id", HEARING, verified=True)
DECISION = f"{CASE_IS_PUBLIC} AND {of_somebody_public('decision')}"
OF_DECISION = through("cases_decision", "decision_id", DECISION, verified=True)
DECISION_PERSON = f"{OF_DECISION} AND {OF_PROSECUTION}"
OF_DECISION_PERSON = through("cases_decisionperson", "decision_person_id", DECISION_PERSON)

TERM = f"{PERSON_IS_PUBLIC} AND memorial_term_is_of_public_cases(r.id)"
OF_TERM = through("cases_term", "term_id", TERM, verified=True)

OF_CASE_OR_PROSECUTION = (
    f"(r.case_id IS NULL OR {CASE_IS_PUBLIC}) AND (r.prosecution_id IS NULL OR {OF_PROSECUTION})"
)
DOCUMENT = (
    f"{IS_PUBLISHED} AND {OF_CASE_OR_PROSECUTION}"
    " AND (r.stem = '' OR memorial_document_covers_the_hidden(r.id))"
)
FINDING = f"{IS_PUBLISHED} AND memorial_finding_is_about_public(r.id)"
OF_FINDING = through("cases_internationalfinding", "finding_id", FINDING)

OFFICIAL_ROLE = f"r.confirmed AND {published('cases_official', 'official_id')} AND {OF_PROSECUTION}"
SANCTION = published("cases_official", "official_id")

BOTH_PEOPLE_ARE_PUBLIC = " AND ".join(
    "EXISTS (SELECT 1 FROM prisoners_prisoner p"  # noqa: S608
    f" WHERE p.id = r.{column} AND p.state = '{State.PUBLISHED}' AND NOT p.initials_only)"
    for column in ("person_id", "other_id")
)
