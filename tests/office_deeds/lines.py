"""Lines of news for tests: a person in a case, and one entered about them."""

from datetime import date

from cases.actions.quick import enter_line
from cases.actions.quick_line import CaseLine, Written
from memorial.base.partial_date import PartialDate

SOURCE = "https://example.org/news"


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


def enter(kind: str, prosecution=None, case=None, **given) -> Written:
    """Enters a line with a source; dates as editors type them."""
    for name in ("on", "until"):
        if isinstance(given.get(name), str):
            given[name] = day(given[name])
        elif isinstance(given.get(name), date):
            given[name] = PartialDate.from_date(given[name])
    given.setdefault("source_url", SOURCE)
    case = case or prosecution.case
    return enter_line(CaseLine(kind=kind, case=case, prosecution=prosecution, **given))
