"""Recognition of several people in one step: decisions, the statement they share, prosecutions, texts to send."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cases.actions.bulk import Done, write_each
from cases.actions.quick_line import check_source
from cases.models import Prosecution, RecognitionProsecution
from memorial.base.choices import SourceKind, Verification
from memorial.base.civil_date import civil_date
from memorial.base.localized import current_language, in_language
from memorial.base.partial_date import PartialDate, format_partial_date
from prisoners.actions.begin import done_by, happened
from prisoners.actions.enter import checked_link
from prisoners.choices import DecidingBody, RecognitionOutcome
from prisoners.models import (
    Citation,
    ConfidentialCitation,
    Custody,
    EndOfCustody,
    Prisoner,
    Recognition,
    Statement,
)

Teller = Callable[[Statement], object]
_TOLD_BY: Final[list[Teller]] = []


def told_by(tell: Teller) -> None:
    """Adds what tells of a recognition in the same step: the roof drafts the news, and no app knows the roof."""
    if tell not in _TOLD_BY:
        _TOLD_BY.append(tell)


@dataclass(frozen=True)
class GroupRecognition:
    """One decision of this project about several people. `statement` is new where it has no number yet."""

    on: date
    ground: str
    pace_points: Sequence[str]
    statement: Statement
    source_url: str = ""
    confidential_source: str = ""
    by: int | None = None


def recognise_group(
    given: GroupRecognition,
    *,
    people: Iterable[Prisoner],
    prosecutions: Iterable[Prosecution],
    try_only: bool = False,
) -> Done:
    """Writes a recognition for each person, linked to the prosecutions that it was made in.

    The decisions wait until a second person has confirmed them (`prisoners.actions.second_look`).
    The statement is saved with them. A link of the statement, or one given, is the source. Raises `RowErrors`
    with what is wrong by the person's number, and `ValidationError` for the decision as a whole.
    """
    of_person: dict[int, list[Prosecution]] = {}
    known = {person.pk: person for person in people}
    for one in prosecutions:
        known[one.prisoner_id] = one.prisoner
        of_person.setdefault(one.prisoner_id, []).append(one)
    source = given.source_url or given.statement.url
    check_source(source, given.confidential_source)
    happened(given.on)
    is_new = given.statement.pk is None

    def write(number: int) -> list[str]:
        recognition = _recognise(known[number], given)
        for one in of_person.get(number, []):
            RecognitionProsecution.objects.create(recognition=recognition, prosecution=one)
        _cite(recognition, source, given.confidential_source)
        return _remarks(known[number], of_person.get(number, []))

    def save_statement() -> None:
        if is_new:
            given.statement.full_clean()
            given.statement.save()

    reason = _("Recognition of several people")
    try:
        with transaction.atomic(), done_by(given.by, reason):
            done = write_each(
                sorted(known), write, by=given.by, reason=reason, try_only=try_only, first=save_statement
            )
            for tell in () if try_only else _TOLD_BY:
                tell(given.statement)
            return done
    finally:
        if is_new and not Statement.objects.filter(pk=given.statement.pk).exists():
            given.statement.pk = None


def _recognise(person: Prisoner, given: GroupRecognition) -> Recognition:
    custody = _open_custody(person)
    standing: Any = Recognition.objects.filter(prisoner=person, custody=custody)
    if standing.by_this_project().standing().exists() or standing.by_this_project().waiting().exists():
        raise ValidationError(_("The recognition is entered already."))
    made = Recognition(
        prisoner=person,
        custody=custody,
        on=PartialDate.from_date(given.on),
        decided_by=DecidingBody.THIS_PROJECT,
        outcome=RecognitionOutcome.RECOGNISED,
        ground=given.ground,
        pace_points=list(given.pace_points),
        statement=given.statement,
    )
    made.clean_fields(exclude=["prisoner", "custody", "statement"])
    made.save()
    return made


def _open_custody(person: Prisoner) -> Custody | None:
    """The deprivation of liberty that goes on: a decision made in an old one says nothing of it."""
    last = person.custodies.order_by("pk").last()
    if last is None or EndOfCustody.objects.filter(prisoner=person, custody=last).exists():
        return None
    return last


def _cite(recognition: Recognition, url: str, confidential: str) -> None:
    if url.strip():
        Citation.objects.create(
            kind=SourceKind.MEDIA, url=checked_link(url), accessed_on=civil_date(), recognition=recognition
        )
    if confidential.strip():
        ConfidentialCitation.objects.create(
            kind=SourceKind.OTHER,
            text=confidential.strip(),
            received_on=PartialDate.from_date(civil_date()),
            recognition=recognition,
        )


def _remarks(person: Prisoner, prosecutions: list[Prosecution]) -> list[str]:
    found = []
    if not is_named(person):
        found.append(_("Not published, or shown by initials: the texts to send leave this person out."))
    if not prosecutions:
        found.append(_("Linked to no prosecution."))
    if _open_custody(person) is None:
        found.append(
            _("By our data the person is not held: the decision belongs to no deprivation of liberty.")
        )
    return found


def is_named(person: Prisoner) -> bool:
    """Whether a text that leaves this house may name the person."""
    return person.is_published and not person.initials_only


@dataclass(frozen=True)
class Announcement:
    """What is sent out about a statement, in one language. Kept nowhere: made anew from the decisions."""

    language: str
    title: str
    telegram: str
    news: str
    left_out: int
    waiting: int = 0


def announced(statement: Statement, *, with_waiting: bool = False) -> list[Recognition]:
    """The recognitions of a statement; those that wait for a second person only where they are asked for."""
    every = statement.recognitions.filter(outcome=RecognitionOutcome.RECOGNISED)
    decisions = every if with_waiting else every.exclude(verification=Verification.UNVERIFIED)
    order = f"prisoner__{in_language('sort_key', current_language())}"
    return list(decisions.select_related("prisoner").order_by(order, "pk"))


def announcement(statement: Statement, language: str, *, with_waiting: bool = False) -> Announcement:
    """A text to paste and a draft of the news: only of people who are published under their names.

    A decision that waits for a second person is in neither, and is counted (`waiting`); a draft that itself
    waits for that person may have it (`with_waiting`).
    """
    with translation.override(language):
        rows = announced(statement, with_waiting=with_waiting)
        number = statement.recognitions.filter(outcome=RecognitionOutcome.RECOGNISED).count()
        people = [row.prisoner for row in rows if is_named(row.prisoner)]
        names = [str(person) for person in people]
        title = ngettext(
            "Recognised as a political prisoner", "Recognised as political prisoners", len(names)
        )
        listed = [f"• {person} — {_address(person)}" for person in people]
        day = rows[0].on if rows else None
        opening = _("%(title)s: %(names)s.") % {"title": title, "names": ", ".join(names)}
        when = _("Decision of %(day)s.") % {"day": format_partial_date(day, language)} if day else ""
        grounds = dict.fromkeys(str(row.get_ground_display()) for row in rows if row.ground)
        ground = [_("Ground: %(ground)s.") % {"ground": "; ".join(grounds)}] if grounds else []
        link = [_("Statement: %(url)s") % {"url": statement.url}] if statement.url else []
        heading = str(statement.title) or title
        told = [_line(person) for person in people]
        return Announcement(
            language,
            heading,
            _paragraphs([heading, opening, "\n".join(listed), *link]),
            _paragraphs([f"{opening} {when}".strip(), *told, *ground, *link, _disclaimer()]),
            len(rows) - len(people),
            number - len(rows),
        )


def _disclaimer() -> str:
    """Recognition is no approval (domain, rule 13)."""
    return _(
        "Recognition as a political prisoner is neither agreement with a person’s views or words nor approval of"
        " them. Where there is no decision on recognition, that is not approval of the prosecution."
    )


def _line(person: Prisoner) -> str:
    summary = str(person.summary or "")
    return f"{person}. {summary}".strip() if summary else str(person)


def _address(person: Prisoner) -> str:
    return f"{settings.PUBLIC_URL}{person.get_absolute_url()}"


def _paragraphs(texts: list[str]) -> str:
    return "\n\n".join(text for text in texts if text)
