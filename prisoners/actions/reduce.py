"""«Initials only»: the name moves into the confidential table, and back."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from memorial.base.choices import State
from memorial.base.localized import LANGUAGES, all_languages, in_language
from memorial.base.names import make_slug, random_slug
from memorial.base.partial_date import PartialDate
from prisoners.actions.begin import change, done_by, locked_prisoner, required_reason
from prisoners.actions.find_name import Place, own_texts_tell_name, where_name_stands
from prisoners.actions.moved_names import (
    NAME_COLUMNS,
    Moved,
    move_identifiers,
    move_photo_words,
    private_part,
    put_identifiers_back,
    put_photo_words_back,
    read_moved,
    write_moved,
)
from prisoners.actions.show_photos import MadeFiles, files_removed_on_failure, show_photos, take_photos_away
from prisoners.models import (
    HiddenNameVariant,
    NameVariant,
    OldAddress,
    PhotoOriginal,
    Prisoner,
    PrisonerPrivate,
    StaffNote,
)
from prisoners.obstacles import photo_refused

MOVED_COLUMNS = (*NAME_COLUMNS, "slug", "name_for_envelope", "envelope_name_confirmed")
PLACES_IN_A_NOTE = 200


def reduce_to_initials(*, prisoner: Prisoner, reason: str, by: int | None) -> list[Place]:
    """Shows the person by initials: everything that tells the name moves into the confidential part.

    That is the name, spellings, envelope, identifiers, exact birth date, photos, address.

    Returns where the name still stands in public text; the same list is left as a staff note, for
    texts are changed by people only. A published page whose own texts tell the name goes back to
    «ready for review» until they no longer do. Raises `ValidationError` without a reason, without a name to
    reduce, or where it was done before.
    """
    reason = required_reason(reason)
    with transaction.atomic(), done_by(by, reason):
        row = locked_prisoner(prisoner)
        if row.initials_only:
            raise ValidationError(_("The person is shown by initials already."))
        initials = _initials(row)
        places = where_name_stands(row)
        moved: Moved = {"fields": {name: getattr(row, name) for name in MOVED_COLUMNS}}
        moved["fields"]["born"] = row.born.text if row.born else ""
        _move_spellings(row, moved)
        move_identifiers(row, moved)
        _move_photos(row, moved)
        _move_birth_date(row, moved)
        write_moved(row, moved)
        _keep_address(row)
        change(
            row,
            **initials,
            slug=random_slug(),
            name_for_envelope="",
            envelope_name_confirmed=False,
            born=row.born.to_year() if row.born else None,
            initials_only=True,
        )
        if row.is_published and own_texts_tell_name(row):
            change(row, state=State.READY)
        _leave_note(row, places, by)
    prisoner.refresh_from_db()
    return places


def restore_name(*, prisoner: Prisoner, reason: str, by: int | None) -> None:
    """Shows the person by name again, everything as it was; the address of the initials redirects to it.

    Photos that were shown get new files. Raises `ValidationError` without a reason, for somebody
    not shown by initials, or under 18 at arrest without a decision.
    """
    reason = required_reason(reason)
    with files_removed_on_failure() as made, transaction.atomic(), done_by(by, reason):
        row = locked_prisoner(prisoner)
        moved = read_moved(row)
        if not row.initials_only or "fields" not in moved:
            raise ValidationError(_("The person is not shown by initials."))
        fields = dict(moved["fields"])
        born = _born_again(row, PartialDate.from_text(fields.pop("born")) if fields["born"] else None)
        slug_of_initials = row.slug
        change(row, **{**fields, "slug": _free_slug(row, fields)}, born=born, initials_only=False)
        _redirect_from(row, slug_of_initials)
        _put_spellings_back(row, moved)
        put_identifiers_back(row, moved)
        _put_birth_date_back(row, moved)
        write_moved(row, {})
        put_photo_words_back(row, moved)
        _show_again(row, moved, made)
    prisoner.refresh_from_db()


def _initials(prisoner: Prisoner) -> dict[str, str]:
    """The public name columns: «К.» and «Н.» in each language that has a name."""
    columns = dict.fromkeys(NAME_COLUMNS, "")
    for code in LANGUAGES:
        for part in ("surname", "given_names"):
            name = in_language(part, code)
            columns[name] = _initial(getattr(prisoner, name))
    if not any(columns.values()):
        raise ValidationError(
            _("There is no name that could be reduced to initials: withdraw the page instead.")
        )
    return columns


def _initial(name: str) -> str:
    letter = next((sign for sign in name if sign.isalpha()), "")
    return f"{letter.upper()}." if letter else ""


def _move_spellings(prisoner: Prisoner, moved: Moved) -> None:
    """Shown spellings become hidden ones that search does not find; so does the name itself, for staff."""
    hidden = prisoner.hidden_name_variants
    moved["variants"] = list(prisoner.name_variants.values("text", "kind", "searchable"))
    moved["searchable"] = list(hidden.filter(searchable=True).values_list("text", flat=True))
    hidden.update(searchable=False)
    known = set(hidden.values_list("text", flat=True))
    kinds = {row["text"]: row["kind"] for row in moved["variants"]} | dict.fromkeys(
        _whole_names(prisoner), "other"
    )
    moved["added"] = [text for text in kinds if text not in known]
    HiddenNameVariant.objects.bulk_create(
        HiddenNameVariant(prisoner=prisoner, text=text, kind=kinds[text], searchable=False)
        for text in moved["added"]
    )
    prisoner.name_variants.all().delete()


def _whole_names(prisoner: Prisoner) -> list[str]:
    parts = ("surname", "given_names", "patronymic")
    names = [
        " ".join(filter(None, (getattr(prisoner, in_language(part, code)) for part in parts)))[:200]
        for code in LANGUAGES
    ]
    return [name for name in names if name]


def _put_spellings_back(prisoner: Prisoner, moved: Moved) -> None:
    hidden = prisoner.hidden_name_variants
    hidden.filter(text__in=moved.get("added", []), searchable=False).delete()
    hidden.filter(text__in=moved.get("searchable", [])).update(searchable=True)
    NameVariant.objects.bulk_create(
        (NameVariant(prisoner=prisoner, **row) for row in moved.get("variants", [])), ignore_conflicts=True
    )


def _move_photos(prisoner: Prisoner, moved: Moved) -> None:
    for original in PhotoOriginal.objects.filter(photo__prisoner=prisoner).select_related("photo"):
        move_photo_words(original, moved)
    take_photos_away(prisoner.photos.all())


def _show_again(prisoner: Prisoner, moved: Moved, made: MadeFiles) -> None:
    shown = [key for key, said in moved.get("photos", {}).items() if said["shown"]]
    if prisoner.is_published and not photo_refused(prisoner):
        show_photos(prisoner, made, only=shown)


def _move_birth_date(prisoner: Prisoner, moved: Moved) -> None:
    """The exact date becomes confidential; one that was so already is not overwritten by the year."""
    private = private_part(prisoner)
    moved["born"] = private.born.text if private.born else ""
    if prisoner.born and (private.born is None or prisoner.born != prisoner.born.to_year()):
        PrisonerPrivate.objects.filter(pk=private.pk).update(born=prisoner.born)


def _put_birth_date_back(prisoner: Prisoner, moved: Moved) -> None:
    """The confidential date as it was, unless staff changed it meanwhile."""
    before, put_there = moved.get("born"), moved["fields"]["born"]
    if put_there:
        private = PrisonerPrivate.objects.filter(prisoner=prisoner, born=PartialDate.from_text(put_there))
        private.update(born=PartialDate.from_text(before) if before else None)


def _born_again(prisoner: Prisoner, before: PartialDate | None) -> PartialDate | None:
    """The date as it was, unless staff corrected the year meanwhile."""
    reduced = before.to_year() if before else None
    return before if prisoner.born == reduced else prisoner.born


def _keep_address(prisoner: Prisoner) -> None:
    """An address that readers knew is kept: it answers like an absent one until the name is back."""
    if prisoner.first_published_at or prisoner.is_published:
        OldAddress.objects.get_or_create(path=f"prisoners/{prisoner.slug}/", defaults={"prisoner": prisoner})


def _redirect_from(prisoner: Prisoner, slug: str) -> None:
    OldAddress.objects.filter(path=f"prisoners/{prisoner.slug}/").delete()
    if prisoner.first_published_at or prisoner.is_published:
        OldAddress.objects.get_or_create(path=f"prisoners/{slug}/", defaults={"prisoner": prisoner})


def _free_slug(prisoner: Prisoner, fields: dict[str, Any]) -> str:
    """The old address, or a new one where somebody else has been given it."""

    def taken(slug: str) -> bool:
        others = OldAddress.objects.filter(path=f"prisoners/{slug}/").exclude(prisoner=prisoner)
        return others.exists() or Prisoner.objects.filter(slug=slug).exclude(pk=prisoner.pk).exists()

    if not taken(fields["slug"]):
        return str(fields["slug"])
    surname = next(filter(None, (fields[name] for name in all_languages("surname"))), "")
    given = next(filter(None, (fields[name] for name in all_languages("given_names"))), "")
    return make_slug(surname, given, taken)


def _leave_note(prisoner: Prisoner, places: list[Place], by: int | None) -> None:
    if not places:
        return
    lines = [f"{label}: {excerpt}" for label, excerpt in places[:PLACES_IN_A_NOTE]]
    title = _("The name was moved away and still stands in public text:")
    StaffNote.objects.create(prisoner=prisoner, by=by, text="\n".join([title, *lines]))
