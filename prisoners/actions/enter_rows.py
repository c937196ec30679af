"""Which rows each kind of news becomes. Each function returns the row that the source belongs to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from memorial.base.choices import Verification
from memorial.base.partial_date import PartialDate
from prisoners.actions.begin import change
from prisoners.choices import (
    DeathCircumstance,
    DecidingBody,
    EndOfCustodyKind,
    InstitutionKind,
    Register,
    ReleaseCircumstance,
    ReleaseGround,
    StayPublic,
    StayReason,
)
from prisoners.models import (
    Custody,
    Death,
    EndOfCustody,
    Facility,
    Prisoner,
    Recognition,
    RegisterEntry,
    Stay,
    StayPrivate,
)
from prisoners.models.place import NO_PUBLIC_ADDRESS

SERVING_KINDS = frozenset(
    {
        InstitutionKind.COLONY,
        InstitutionKind.COLONY_SETTLEMENT,
        InstitutionKind.JUVENILE_COLONY,
        InstitutionKind.PRISON,
        InstitutionKind.MEDICAL_COLONY,
        InstitutionKind.DISCIPLINARY_UNIT,
    }
)
REMAND_KINDS = frozenset({InstitutionKind.SIZO, InstitutionKind.FSB_SIZO, InstitutionKind.PFRSI})
Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Entry:
    """One line of news, its date known and its person locked."""

    prisoner: Prisoner
    on: PartialDate
    facility: Facility | None
    line_ru: str
    line_en: str
    ground: str
    circumstance: str
    register: str

    @property
    def notes(self) -> dict[str, str]:
        return {"note_ru": self.line_ru, "note_en": self.line_en}


def _detained(entry: Entry) -> models.Model:
    custody = _open_custody(entry.prisoner)
    if custody is None:
        custody = _saved(Custody(prisoner=entry.prisoner, detained_on=entry.on, **entry.notes))
    elif custody.detained_on is None:
        custody.detained_on = entry.on
        custody.save(update_fields=["detained_on"])
    else:
        raise ValidationError(
            _("A deprivation of liberty since %(since)s is not ended: enter the release first.")
            % {"since": custody.since}
        )
    if not _open_stays(entry.prisoner):
        _begin_stay(entry, StayReason.POLICE_DETENTION, notes={})
    return custody


def _remanded(entry: Entry) -> models.Model:
    custody = _open_custody(entry.prisoner) or Custody(prisoner=entry.prisoner)
    if custody.remanded_on is None:
        custody.remanded_on = entry.on
        custody.save()
    return _go_on(entry, StayReason.REMAND)


def _house_arrest(entry: Entry) -> models.Model:
    if entry.facility:
        raise ValidationError(_("House arrest never has a place: an address of a home is not recorded here."))
    if _open_custody(entry.prisoner) is None:
        # The actual loss of liberty; neither police nor a remand prison took part in it.
        _saved(Custody(prisoner=entry.prisoner, seized_on=entry.on))
    return _go_on(entry, StayReason.HOUSE_ARREST)


def _moved(entry: Entry) -> models.Model:
    if entry.facility is None:
        raise ValidationError(_("Say where the person was moved."))
    last = _last_open(entry.prisoner)
    if last and entry.facility.pk in (last.facility_id, _concealed(last)):
        raise ValidationError(
            _("The person is entered as held at %(place)s already.") % {"place": entry.facility}
        )
    return _go_on(entry, _reason_there(last, entry.facility), regime=last.regime if last else "")


def _sentenced(entry: Entry) -> models.Model:
    if not (entry.line_ru or entry.line_en):
        raise ValidationError(_("Write the sentence in one line: «7 лет 6 месяцев, колония общего режима»."))
    sentence = {"sentence_ru": entry.line_ru, "sentence_en": entry.line_en}
    for field in ("sentence_ru", "sentence_en"):
        setattr(entry.prisoner, field, sentence[field])
    _clean(entry.prisoner, only=list(sentence))
    # A line in one language does not leave the sentence before it in the other.
    change(entry.prisoner, **sentence)
    last = _last_open(entry.prisoner)
    if last is None and entry.facility is None:
        # In absentia, or not to deprivation of liberty: nobody is held by this.
        return entry.prisoner
    if _open_custody(entry.prisoner) is None:
        _saved(Custody(prisoner=entry.prisoner, remanded_on=entry.on))
    if last and last.reason == StayReason.SERVING and entry.facility is None:
        return entry.prisoner
    return _go_on(entry, StayReason.SERVING, same_place=True, notes={})


def _released(entry: Entry) -> models.Model:
    custody = _open_custody(entry.prisoner)
    if custody is None and not _open_stays(entry.prisoner) and _ended_on_that_day(entry):
        raise ValidationError(_("This release is entered already."))
    if entry.prisoner.second_looks.waiting().filter(end_of_custody__isnull=False).exists():
        raise ValidationError(_("A release is entered already and waits for a second look."))
    refuse_older_than_stays(entry.prisoner, entry.on)
    made = _saved(
        EndOfCustody(
            prisoner=entry.prisoner,
            custody=custody,
            kind=EndOfCustodyKind.RELEASE,
            on=entry.on,
            ground=entry.ground or ReleaseGround.NONE_KNOWN,
            circumstance=entry.circumstance or ReleaseCircumstance.UNKNOWN,
            **entry.notes,
        )
    )
    end_stays_if_confirmed(made)
    return made


def _died(entry: Entry) -> models.Model:
    custody = _open_custody(entry.prisoner)
    held = custody is not None or bool(_open_stays(entry.prisoner))
    if Death.objects.filter(prisoner=entry.prisoner).exists():
        raise ValidationError(_("The death is entered already: correct it in the person's form."))
    if held:
        refuse_older_than_stays(entry.prisoner, entry.on)
        end = EndOfCustody(prisoner=entry.prisoner, custody=custody, kind=EndOfCustodyKind.DEATH, on=entry.on)
        end_stays_if_confirmed(_saved(end))
    default = DeathCircumstance.IN_CUSTODY if held else DeathCircumstance.OTHER
    circumstance = entry.circumstance or default
    return _saved(Death(prisoner=entry.prisoner, on=entry.on, circumstance=circumstance, **entry.notes))


def _register_added(entry: Entry) -> models.Model:
    _check_register(entry)
    if _open_register_entry(entry):
        raise ValidationError(_("The person is entered as being on this register already."))
    row = RegisterEntry(prisoner=entry.prisoner, register=entry.register, entered_on=entry.on, **entry.notes)
    return _saved(row)


def _register_removed(entry: Entry) -> models.Model:
    _check_register(entry)
    row = _open_register_entry(entry) or RegisterEntry(prisoner=entry.prisoner, register=entry.register)
    row.removed_on = entry.on
    for name, line in entry.notes.items():
        setattr(row, name, line or getattr(row, name))
    return _saved(row)


def _recognised(entry: Entry) -> models.Model:
    custody = _open_custody(entry.prisoner)
    decisions = Recognition.objects.filter(prisoner=entry.prisoner, custody=custody).by_this_project()
    if decisions.standing().exists() or decisions.waiting().exists():
        raise ValidationError(_("The recognition is entered already."))
    return _saved(
        Recognition(
            prisoner=entry.prisoner,
            custody=custody,
            on=entry.on,
            decided_by=DecidingBody.THIS_PROJECT,
            outcome=Recognition.Outcome.RECOGNISED,
            **entry.notes,
        )
    )


ENTRIES: dict[str, Callable[[Entry], models.Model]] = {
    "detained": _detained,
    "remanded": _remanded,
    "house_arrest": _house_arrest,
    "moved": _moved,
    "sentenced": _sentenced,
    "released": _released,
    "died": _died,
    "register_added": _register_added,
    "register_removed": _register_removed,
    "recognised": _recognised,
}
"""By `QuickKind`; a note for staff is not among them."""


def _go_on(
    entry: Entry,
    reason: str,
    *,
    regime: str = "",
    same_place: bool = False,
    notes: dict[str, str] | None = None,
) -> Stay:
    """Ends the stay that goes on and begins the next one; where the place is the same, it is carried over."""
    last = _last_open(entry.prisoner)
    _end_stays(entry)
    stay = _begin_stay(
        entry,
        reason,
        regime=regime,
        notes=entry.notes if notes is None else notes,
        public=last.public if last else StayPublic.YES,
    )
    if same_place and entry.facility is None and last and last.reason != StayReason.HOUSE_ARREST:
        _carry_place(last, stay)
    return stay


def _begin_stay(
    entry: Entry, reason: str, *, regime: str = "", notes: dict[str, str], public: str = StayPublic.YES
) -> Stay:
    """A stay that goes on, shown no more than the one before it: a place hidden once stays hidden."""
    place = entry.facility
    if place and place.kind in NO_PUBLIC_ADDRESS and public == StayPublic.YES:
        public = StayPublic.REGION_ONLY
    stay = Stay(
        prisoner=entry.prisoner, reason=reason, regime=regime, began=entry.on, ongoing=True, public=public
    )
    if public == StayPublic.YES:
        stay.facility = place
        for name, line in notes.items():
            setattr(stay, name, line)
    elif public == StayPublic.REGION_ONLY and place:
        stay.region = place.region
    _saved(stay)
    if public != StayPublic.YES:
        # The line may well name the place: it stays with staff.
        StayPrivate.objects.create(
            stay=stay, facility=place, staff_note="\n".join(filter(None, notes.values()))
        )
    return stay


def _carry_place(last: Stay, stay: Stay) -> None:
    stay.facility, stay.region = last.facility, last.region
    stay.save(update_fields=["facility", "region"])
    if private := StayPrivate.objects.filter(stay=last).first():
        place = {"facility": private.facility, "region": private.region}
        StayPrivate.objects.update_or_create(stay=stay, defaults=place)


def _end_stays(entry: Entry, *, temporary_too: bool = False) -> None:
    """Ends on that day what goes on. Raises `ValidationError` (`refuse_older_than_stays`)."""
    refuse_older_than_stays(entry.prisoner, entry.on, temporary_too=temporary_too)
    _end(_open_stays(entry.prisoner, temporary_too=temporary_too), entry.on)


def refuse_older_than_stays(prisoner: Prisoner, on: PartialDate, *, temporary_too: bool = True) -> None:
    """Raises `ValidationError` for news older than a stay that it would end."""
    for stay in _open_stays(prisoner, temporary_too=temporary_too):
        if stay.began and stay.began.certainly_after(on):
            raise ValidationError(
                _("The stay at %(place)s began later (%(since)s): enter older news in the person's form.")
                % {"place": stay, "since": stay.began}
            )


def end_stays_if_confirmed(end: EndOfCustody) -> None:
    """Ends what goes on, on the day of the end; while that waits for a second look, the stays go on too.

    A stay that began later, entered while the end waited, is another deprivation of liberty.
    """
    end.refresh_from_db(fields=["verification"])
    if end.verification == Verification.UNVERIFIED or end.on is None:
        return
    stays = _open_stays(end.prisoner)
    _end([stay for stay in stays if not (stay.began and stay.began.certainly_after(end.on))], end.on)


def _end(stays: list[Stay], on: PartialDate) -> None:
    for stay in stays:
        stay.ongoing, stay.ended = False, on
        stay.save(update_fields=["ongoing", "ended"])


def _open_stays(prisoner: Prisoner, *, temporary_too: bool = True) -> list[Stay]:
    stays = prisoner.stays.filter(ongoing=True).order_by("began_earliest", "pk")
    return list(stays if temporary_too else stays.filter(temporary=False))


def _last_open(prisoner: Prisoner) -> Stay | None:
    stays = _open_stays(prisoner, temporary_too=False)
    return stays[-1] if stays else None


def _concealed(stay: Stay) -> int | None:
    private = StayPrivate.objects.filter(stay=stay).first()
    return private.facility_id if private else None


def _open_custody(prisoner: Prisoner) -> Custody | None:
    """The last deprivation of liberty, if no end of it is entered."""
    last = prisoner.custodies.order_by("pk").last()
    if last is None or EndOfCustody.objects.filter(custody=last).exists():
        return None
    ends = prisoner.ends_of_custody.filter(custody__isnull=True)
    is_over = any(end.on and last.since and not end.on.certainly_before(last.since) for end in ends)
    return None if is_over else last


def _ended_on_that_day(entry: Entry) -> bool:
    return entry.prisoner.ends_of_custody.filter(on=entry.on).exists()


def _reason_there(last: Stay | None, facility: Facility) -> str:
    """The reason goes on with the move; where it cannot, the kind of institution tells it, or nothing."""
    goes_on = {StayReason.SERVING, StayReason.REMAND, StayReason.COMPULSORY_TREATMENT, StayReason.NO_CASE}
    if last and last.reason in goes_on:
        return last.reason
    if facility.kind in REMAND_KINDS:
        return StayReason.REMAND
    return StayReason.SERVING if facility.kind in SERVING_KINDS else StayReason.UNKNOWN


def _check_register(entry: Entry) -> None:
    if entry.register not in Register.values:
        raise ValidationError(_("Choose the register."))


def _open_register_entry(entry: Entry) -> RegisterEntry | None:
    rows = RegisterEntry.objects.filter(prisoner=entry.prisoner, register=entry.register)
    return rows.filter(removed_on__isnull=True).order_by("pk").last()


def _saved(row: Row) -> Row:
    _clean(row)
    row.save()
    return row


def _clean(row: models.Model, only: list[str] | None = None) -> None:
    """Lengths and choices, in words; the constraints are the database's."""
    names = {field.name for field in row._meta.concrete_fields}
    row.clean_fields(exclude=names - set(only) if only is not None else {"prisoner", "custody"} & names)
