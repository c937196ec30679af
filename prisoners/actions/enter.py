"""Ten-second entries: one line of news becomes the right rows, with their source.

Kind, date, place, link, one line in each language. What does not fit this form is entered in
the person's own form; what cannot be is refused with a sentence.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.base.choices import SourceKind
from memorial.base.civil_date import civil_date
from memorial.base.partial_date import PartialDate, PartialDateError
from prisoners.actions.begin import change, done_by, locked_prisoner
from prisoners.actions.enter_rows import ENTRIES, Entry
from prisoners.actions.find_name import tells_name
from prisoners.choices import Register, StayPublic
from prisoners.models import (
    Citation,
    ConfidentialCitation,
    Death,
    Facility,
    Prisoner,
    SecondLook,
    StaffNote,
    Stay,
)
from prisoners.models.second_look import FACTS_OF_TWO
from prisoners.models.source import OfAFact


class QuickKind(models.TextChoices):
    """What a line of news is about."""

    DETAINED = "detained", gettext_lazy("detained")
    REMANDED = "remanded", gettext_lazy("remanded in custody")
    HOUSE_ARREST = "house_arrest", gettext_lazy("put under house arrest")
    MOVED = "moved", gettext_lazy("moved to another institution")
    SENTENCED = "sentenced", gettext_lazy("sentenced")
    RELEASED = "released", gettext_lazy("released")
    DIED = "died", gettext_lazy("died")
    REGISTER_ADDED = "register_added", gettext_lazy("put on a state register")
    REGISTER_REMOVED = "register_removed", gettext_lazy("taken off a state register")
    RECOGNISED = "recognised", gettext_lazy("recognised as a political prisoner")
    NOTE_ONLY = "note_only", gettext_lazy("a note for staff only")


# A court may sentence the dead, registers and recognitions may follow a death.
_OF_THE_LIVING = frozenset(
    {
        QuickKind.DETAINED,
        QuickKind.REMANDED,
        QuickKind.HOUSE_ARREST,
        QuickKind.MOVED,
        QuickKind.RELEASED,
    }
)


def quick_entry(
    *,
    prisoner: Prisoner,
    kind: str,
    on: PartialDate | date | str | None,
    facility: Facility | None = None,
    source_url: str = "",
    line_ru: str = "",
    line_en: str = "",
    by: int | None,
    confidential_source: str = "",
    ground: str = "",
    circumstance: str = "",
    register: str = Register.ROSFINMONITORING,
) -> models.Model:
    """Enters one line of news and returns the row that it became.

    `on` is a partial date, or text as editors type it. A link becomes a public source of the row,
    `confidential_source` one that stays with staff; one of the two is needed, but for a staff note.
    `ground` and `circumstance` belong to a release (`circumstance` also to a death), `register` to
    an entry in one. The person's «last event» moves forward to the date, never back.

    Raises `ValidationError` for an unknown kind, a missing or future date, a missing or wrong
    link, a place where none belongs, and all that the database refuses.

    A release, a death and a recognition wait for a second person: until then readers see nothing of
    them, stays go on, and the day of the last event stands (`prisoners.actions.second_look`).
    """
    kind = _known_kind(kind)
    if kind == QuickKind.NOTE_ONLY:
        return _note(prisoner, on, source_url, [line_ru, line_en], by)
    _check_source(source_url, confidential_source)
    with transaction.atomic(), done_by(by, str(QuickKind(kind).label)):
        row = locked_prisoner(prisoner)
        entry = Entry(
            prisoner=row,
            on=_known_day(on),
            facility=facility,
            line_ru=line_ru.strip(),
            line_en=line_en.strip(),
            ground=ground,
            circumstance=circumstance,
            register=register,
        )
        _refuse_moved_name(row, line_ru, line_en, source_url)
        _refuse_after_death(row, kind, entry.on)
        made = ENTRIES[kind](entry)
        _cite(made, source_url, confidential_source)
        if not waits_now(made):
            change(row, updated_on=last_event(row, entry.on))
    prisoner.refresh_from_db()
    return made


def _known_kind(kind: str) -> QuickKind:
    if kind not in QuickKind.values:
        raise ValidationError(_("Choose what happened."))
    return QuickKind(kind)


def _known_day(on: PartialDate | date | str | None) -> PartialDate:
    try:
        known = PartialDate.parse(on) if isinstance(on, str) and on.strip() else on or None
        known = PartialDate.from_date(known) if isinstance(known, date) else known
    except PartialDateError as error:
        raise ValidationError(error.message, code=error.code, params=error.params) from error
    if not isinstance(known, PartialDate):
        raise ValidationError(_("Say when it happened: a month or a year is enough."))
    if known.in_future(civil_date()):
        raise ValidationError(_("This day lies in the future: only what has happened is entered."))
    return known


def _check_source(url: str, confidential: str) -> None:
    if not url.strip() and not confidential.strip():
        raise ValidationError(_("Every fact has a source: give the link, or say who told it."))
    if url.strip():
        checked_link(url)


def checked_link(url: str) -> str:
    """The link without spaces around it. Raises `ValidationError` for what is no http(s) address."""
    url = url.strip()
    if len(url) > 1000:
        raise ValidationError(_("The link is too long: 1,000 characters at most."))
    URLValidator(schemes=["http", "https"], message=_("This is not a link: it begins with https://."))(url)
    return url


def _refuse_after_death(prisoner: Prisoner, kind: QuickKind, on: PartialDate) -> None:
    """Raises `ValidationError` for what only the living go through, certainly later than the death."""
    if kind not in _OF_THE_LIVING:
        return
    death = Death.objects.filter(prisoner=prisoner).first()
    if death and death.on and death.on.latest and on.earliest and on.earliest > death.on.latest:
        raise ValidationError(
            _(
                "By our data the person had died by then: correct this date, or the death in the person's form."
            )
        )


def _refuse_moved_name(prisoner: Prisoner, *texts: str) -> None:
    if prisoner.initials_only and any(tells_name(prisoner, text) for text in texts):
        raise ValidationError(
            _("The person is shown by initials, and the line or the link tells the name: leave it out.")
        )


def _cite(row: models.Model, url: str, confidential: str) -> None:
    """The source of the row. A link about a place that is not shown would tell it: it stays with staff."""
    if isinstance(row, Stay) and row.public != StayPublic.YES:
        url, confidential = "", "\n".join(filter(None, [url.strip(), confidential.strip()]))
    fact = {next(key.name for key in OfAFact._meta.fields if key.related_model is type(row)): row}
    if url.strip():
        Citation.objects.create(
            kind=SourceKind.MEDIA, url=checked_link(url), accessed_on=civil_date(), **fact
        )
    if confidential.strip():
        ConfidentialCitation.objects.create(
            kind=SourceKind.OTHER,
            text=confidential.strip(),
            received_on=PartialDate.from_date(civil_date()),
            **fact,
        )


def waits_now(row: models.Model) -> bool:
    """Whether the database holds the row back until a second person has looked at it."""
    looks = SecondLook.objects.waiting()
    name = next(
        (name for name in FACTS_OF_TWO if SecondLook._meta.get_field(name).related_model is type(row)), ""
    )
    return bool(name) and looks.filter(**{name: row.pk}).exists()


def last_event(prisoner: Prisoner, on: PartialDate) -> date:
    """The day of the event at its latest, never ahead of today and never before what is there."""
    day = min(on.latest or civil_date(), civil_date())
    return max(day, prisoner.updated_on or day)


def _note(
    prisoner: Prisoner, on: PartialDate | date | str | None, url: str, lines: list[str], by: int | None
) -> StaffNote:
    said = [line.strip() for line in [*lines, url] if line.strip()]
    if not said:
        raise ValidationError(_("Write the note."))
    if on:
        said.insert(0, f"{_known_day(on)}:")
    with transaction.atomic(), done_by(by, str(QuickKind.NOTE_ONLY.label)):
        return StaffNote.objects.create(prisoner=locked_prisoner(prisoner), text="\n".join(said), by=by)
