"""Hiding one detail: the photo, the exact birth date, the place. By one person, at once."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from memorial.base.civil_date import civil_date
from memorial.base.localized import all_languages
from prisoners.actions.begin import change, done_by, locked_prisoner, required_reason
from prisoners.actions.find_name import where_place_stands
from prisoners.actions.moved_names import private_part
from prisoners.actions.show_photos import take_photos_away
from prisoners.choices import StayPublic
from prisoners.models import (
    Citation,
    ConfidentialCitation,
    Facility,
    PhotoOriginal,
    Prisoner,
    PrisonerPrivate,
    StaffNote,
    Stay,
    StayPrivate,
)

NOTES = all_languages("note")


def hide_detail(*, prisoner: Prisoner, what: str, reason: str, by: int | None) -> None:
    """Hides the photos, all of them; or the exact birth date, of which the year stays; or the place held now.

    The hidden value is kept in the confidential part. Hiding what is hidden does no harm. Raises
    `ValidationError` without a reason or for another detail.
    """
    reason = required_reason(reason)
    hide = {"photo": _hide_photos, "birth_date": _hide_birth_date, "place": _hide_place}.get(what)
    if hide is None:
        raise ValidationError(_("Choose what to hide: the photo, the birth date or the place."))
    with transaction.atomic(), done_by(by, reason):
        row = locked_prisoner(prisoner)
        hide(row, by)
    prisoner.refresh_from_db()


def conceal_place(stay: Stay) -> None:
    """Leaves only the region of a stay to readers: institution, public line and sources move to staff."""
    private, _made = StayPrivate.objects.get_or_create(stay=stay)
    if stay.facility_id:
        private.facility_id = stay.facility_id
    said = [getattr(stay, column) for column in NOTES if getattr(stay, column)]
    private.staff_note = "\n".join(filter(None, [private.staff_note, *said]))
    private.save()
    region = stay.region_id or (stay.facility.region_id if stay.facility else None)
    _move_sources(stay)
    Stay.objects.filter(pk=stay.pk).update(
        public=StayPublic.REGION_ONLY, facility=None, region=region, **dict.fromkeys(NOTES, "")
    )


def _hide_photos(prisoner: Prisoner, by: int | None) -> None:
    PhotoOriginal.objects.filter(photo__prisoner=prisoner).update(hidden=True)
    take_photos_away(prisoner.photos.all())


def _hide_birth_date(prisoner: Prisoner, by: int | None) -> None:
    if prisoner.born is None or prisoner.born == prisoner.born.to_year():
        return
    PrisonerPrivate.objects.filter(pk=private_part(prisoner).pk).update(born=prisoner.born)
    change(prisoner, born=prisoner.born.to_year())


def _hide_place(prisoner: Prisoner, by: int | None) -> None:
    stays = (
        Stay.objects.filter(prisoner=prisoner)
        .open_on(civil_date())
        .filter(public=StayPublic.YES)
        .select_related("facility")
    )
    facilities: list[Facility] = []
    for stay in stays:
        facilities += [stay.facility] if stay.facility else []
        conceal_place(stay)
    if facilities and (places := where_place_stands(prisoner, facilities)):
        lines = [f"{label}: {excerpt}" for label, excerpt in places]
        title = _("The place was hidden and still stands in public text:")
        StaffNote.objects.create(prisoner=prisoner, by=by, text="\n".join([title, *lines]))


def _move_sources(stay: Stay) -> None:
    """A source on where the person is held tells the place by its title and its link."""
    for source in Citation.objects.filter(stay=stay):
        told = [source.title, source.publisher, source.url, source.archive_url]
        told += [str(source.published_on)] if source.published_on else []
        ConfidentialCitation.objects.create(
            stay=stay, kind=source.kind, text="\n".join(filter(None, told)) or source.get_kind_display()
        )
        source.delete()
