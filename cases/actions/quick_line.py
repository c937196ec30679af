"""What the writing of one line needs: the fields as given, the rows locked, sources, what others say of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from cases.models import Case, CaseCitation, Charge, ConfidentialCaseCitation, Court, Prosecution
from cases.models.source import OfACaseFact
from memorial.base.choices import SourceKind
from memorial.base.civil_date import civil_date
from memorial.base.partial_date import PartialDate
from prisoners.actions.begin import locked_prisoner
from prisoners.actions.enter import checked_link
from prisoners.actions.find_name import tells_name
from prisoners.models import Prisoner


@dataclass(frozen=True)
class CaseLine:
    """One line of news, its fields as an editor saw and saved them.

    `prosecution` is whom it is about; without one, the whole case. `until` is the day that a measure lasts
    to, or that a hearing is postponed to. `charges` is what the court said of single charges, by number,
    where it was not the same of all. `touches_person` lets it change where the person is kept.
    """

    kind: str
    case: Case
    prosecution: Prosecution | None = None
    on: PartialDate | None = None
    until: PartialDate | None = None
    at: time | None = None
    room: str = ""
    court: Court | None = None
    subject: str = ""
    measure: str = ""
    instance: str = ""
    penalties: str = ""
    reference: str = ""
    old_charge: Charge | None = None
    charges: Mapping[int, str] | None = None
    line_ru: str = ""
    line_en: str = ""
    source_url: str = ""
    confidential_source: str = ""
    language: str = "ru"
    touches_person: bool = True
    by: int | None = None

    @property
    def notes(self) -> dict[str, str]:
        """The public line in each language."""
        return {"note_ru": self.line_ru.strip(), "note_en": self.line_en.strip()}

    def person(self) -> Prosecution:
        """The person meant: the one chosen, or the only one of the case. Raises `ValidationError`."""
        if self.prosecution is not None:
            return self.prosecution
        people = list(self.case.prosecutions.select_related("prisoner")[:2])
        if len(people) != 1:
            raise ValidationError(_("Choose the person: there are several in this case, or none."))
        return people[0]

    def known_on(self) -> PartialDate:
        """The day on which it happened. Raises `ValidationError` where none is given, or one to come."""
        if self.on is None:
            raise ValidationError(_("Say when it happened: a month or a year is enough."))
        if self.on.in_future(civil_date()):
            raise ValidationError(_("This day lies in the future: only what has happened is entered."))
        return self.on

    def known_until(self) -> PartialDate:
        """The day until which it lasts. Raises `ValidationError` where none is given."""
        if self.until is None:
            raise ValidationError(_("Say until which day."))
        return self.until


@dataclass
class Written:
    """What a line became: the row that the source belongs to, and what is left for staff to do by hand."""

    row: models.Model
    cited: list[models.Model] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def whole_day(on: PartialDate | None) -> date:
    """The day of a hearing, which is known to the day. Raises `ValidationError`."""
    if on is None or on.earliest is None or on.earliest != on.latest:
        raise ValidationError(_("A hearing is on a day: 24.11.2026."))
    return on.earliest


def locked_case(case: Case) -> Case:
    """The case as it is now, locked until the transaction ends. Raises `ValidationError` if it is gone."""
    row = Case.objects.select_for_update(of=("self",)).filter(pk=case.pk).first()
    if row is None:
        raise ValidationError(_("This case's record is gone: it was deleted meanwhile."))
    return row


def lock_people(prosecutions: Iterable[Prosecution]) -> None:
    """Locks the people, always in the same order, so that two bulk entries never wait for each other."""
    for one in sorted(prosecutions, key=lambda each: each.prisoner_id):
        locked_prisoner(one.prisoner)


def check_source(url: str, confidential: str) -> None:
    """Raises `ValidationError` where there is neither a link nor anybody who told it, or the link is none."""
    if not url.strip() and not confidential.strip():
        raise ValidationError(_("Every fact has a source: give the link, or say who told it."))
    if url.strip():
        checked_link(url)


def refuse_moved_names(people: Iterable[Prisoner], *texts: str) -> None:
    """Raises `ValidationError` where a text that readers see tells a name that is hidden."""
    if any(person.initials_only and tells_name(person, text) for person in people for text in texts if text):
        raise ValidationError(
            _("A person is shown by initials, and the line or the link tells the name: leave it out.")
        )


def cite(row: models.Model, url: str, confidential: str) -> None:
    """Gives a row of the legal record its source."""
    name = next(key.name for key in OfACaseFact._meta.fields if key.related_model is type(row))
    if url.strip():
        CaseCitation.objects.create(
            kind=SourceKind.MEDIA, url=checked_link(url), accessed_on=civil_date(), **{name: row}
        )
    if confidential.strip():
        ConfidentialCaseCitation.objects.create(
            kind=SourceKind.OTHER,
            text=confidential.strip(),
            received_on=PartialDate.from_date(civil_date()),
            **{name: row},
        )


def move_last_event(case: Case, people: Iterable[Prisoner], on: PartialDate | None) -> None:
    """Moves the «last event» of the case and of the people forward to the day, never back nor ahead of today."""
    if on is None or on.earliest is None or on.earliest > civil_date():
        return
    day = min(on.latest or civil_date(), civil_date())
    later = models.Q(updated_on__isnull=True) | models.Q(updated_on__lt=day)
    Case.objects.filter(later, pk=case.pk).update(updated_on=day)
    Prisoner.objects.filter(later, pk__in=[person.pk for person in people]).update(updated_on=day)
