"""The hint for the end of a term, computed from rules that are data. Domain rule 7.

    >>> end_hint(term=TermLength(6), in_force_on=date(2024, 3, 14), regime="general", days_before=[…])

Nothing here asks the database, and nothing here is published by itself.
"""

from cases.credit.facts import CaseFacts, DaysBefore, TermLength
from cases.credit.hint import Hint, end_hint
from cases.credit.rules import CreditRule, CreditRulesError, DayKind, Toward, credit_rules
from cases.credit.silence import Silence
from cases.credit.working import WorkingLine

__all__ = [
    "CaseFacts",
    "CreditRule",
    "CreditRulesError",
    "DayKind",
    "DaysBefore",
    "Hint",
    "Silence",
    "TermLength",
    "Toward",
    "WorkingLine",
    "credit_rules",
    "end_hint",
]
