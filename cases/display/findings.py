"""International findings in words: which body found what, when, of whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Final

from django.utils.text import get_text_list, slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from cases.choices import FindingBody, WgadCategory
from cases.display.documents import ShownPerson
from cases.models import Case, InternationalFinding
from memorial.base.localized import current_language
from memorial.base.shown_text import ShownText, shown_text
from prisoners.display.words import capital, date_words

CATEGORIES: Final = {
    WgadCategory.I: pgettext_lazy("wgad", "there is no legal basis for the deprivation of liberty"),
    WgadCategory.II: pgettext_lazy("wgad", "it punishes the exercise of rights and freedoms"),
    WgadCategory.III: pgettext_lazy("wgad", "the right to a fair trial is gravely violated"),
    WgadCategory.IV: pgettext_lazy("wgad", "asylum seekers or migrants are held with no way to appeal"),
    WgadCategory.V: pgettext_lazy("wgad", "it rests on discrimination"),
}
"""What each category of arbitrary detention means (Methods of work of the Working Group, A/HRC/36/38, para. 8)."""


@dataclass(frozen=True)
class Category:
    """A category of arbitrary detention and what it means."""

    number: str
    meaning: str


@dataclass(frozen=True)
class ShownFinding:
    """A finding as a list shows it. From `for_list()`."""

    finding: InternationalFinding
    anchor: str = ""

    @cached_property
    def body(self) -> ShownText | str:
        """The body that found it."""
        if self.finding.body == FindingBody.OTHER:
            return shown_text(self.finding, "body_name")
        return str(FindingBody(self.finding.body).label)

    @property
    def body_capital(self) -> ShownText | str:
        """The body at the beginning of a line."""
        return capital(self.body) if isinstance(self.body, str) else self.body

    @property
    def number(self) -> str:
        return str(self.finding.number)

    @property
    def dated(self) -> str:
        """The date in words; "" where it is not known."""
        return date_words(self.finding.on) if self.finding.on else ""

    @property
    def moment(self) -> str:
        """The date for machines, only as precise as it is known; "" where it is not."""
        on = self.finding.on
        return on.text if on and not on.qualifier else ""

    @cached_property
    def line(self) -> ShownText:
        return shown_text(self.finding, "line")

    @property
    def url(self) -> str:
        """Where the body itself published it."""
        return str(self.finding.url)

    @cached_property
    def categories(self) -> list[Category]:
        """The categories of the Working Group, in its order."""
        given = [known for known in WgadCategory if known in self.finding.wgad_categories]
        return [Category(known.value, str(CATEGORIES[known])) for known in given]

    @property
    def categories_words(self) -> str:
        """«категории I, II и V», "" where none is given."""
        numbers = [category.number for category in self.categories]
        if not numbers:
            return ""
        listed = get_text_list(numbers, _("and"))
        return ngettext("category %(numbers)s", "categories %(numbers)s", len(numbers)) % {"numbers": listed}

    @cached_property
    def people(self) -> list[ShownPerson]:
        """Those of its people whom readers know."""
        known = (link.prisoner for link in self.finding.people.all())
        return [ShownPerson.of(person) for person in known if person.is_published]

    @property
    def case(self) -> Case | None:
        """The case, where readers may know of it."""
        case = self.finding.case
        return case if case is not None and case.is_published else None

    @cached_property
    def case_title(self) -> ShownText | None:
        return shown_text(self.case, "title") if self.case else None


@dataclass(frozen=True)
class BodyGroup:
    """The findings of one body. `explains` are the categories that its findings name."""

    title: ShownText | str
    anchor: str
    findings: list[ShownFinding]

    @property
    def explained(self) -> list[Category]:
        """Every category that is named here, each once."""
        named = {category.number: category for one in self.findings for category in one.categories}
        return [named[number] for number in WgadCategory.values if number in named]


def finding_line(finding: InternationalFinding) -> ShownText:
    """One line of a chronology: the body, the number, and what it found where that is said."""
    shown = ShownFinding(finding)
    language = shown.line.language if shown.line else current_language()
    named = " ".join(part for part in (capital(str(shown.body)), shown.number) if part)
    return ShownText(f"{named}: {shown.line}" if shown.line else named, language)


def shown_findings(findings: Iterable[InternationalFinding]) -> list[ShownFinding]:
    """Findings as a list shows them, each with an anchor that tells body and number, none twice."""
    taken: set[str] = set()
    return [ShownFinding(finding, _anchor(finding, taken)) for finding in findings]


def by_body(findings: Iterable[InternationalFinding]) -> Iterator[BodyGroup]:
    """Findings in groups. They come ordered by body."""
    for title, group in groupby(shown_findings(findings), key=lambda one: str(one.body)):
        rows = list(group)
        anchor = slugify(rows[0].finding.body.replace("_", "-"))
        if rows[0].finding.body == FindingBody.OTHER:
            anchor = f"body-{rows[0].anchor}"
        body = rows[0].body
        yield BodyGroup(capital(title) if isinstance(body, str) else body, anchor, rows)


def _anchor(finding: InternationalFinding, taken: set[str]) -> str:
    known = finding.number or (finding.on.text if finding.on else "")
    wanted = slugify(f"{finding.body.replace('_', '-')}-{known.replace('/', '-')}")
    anchor, copies = wanted, 1
    while anchor in taken:
        copies += 1
        anchor = f"{wanted}-{copies}"
    taken.add(anchor)
    return anchor
