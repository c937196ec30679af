"""Two records of one person become one: nothing that either of them knew is lost."""

from __future__ import annotations

from itertools import product

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from memorial.base.choices import State
from memorial.base.localized import LANGUAGES, in_language
from memorial.base.name_key import sort_key
from prisoners.actions.absorb import (
    absorb_children,
    identical,
    is_blank,
    same_fact,
    values_apart,
    written_columns,
)
from prisoners.actions.begin import change, done_by, locked_prisoner, required_reason
from prisoners.actions.moved_names import read_moved, write_moved
from prisoners.models import Consent, HiddenNameVariant, NameVariant, OldAddress, Prisoner, StaffNote, Stay
from prisoners.names import name_in
from prisoners.obstacles import publication_obstacles

NAME_PARTS = ("surname", "given_names", "patronymic", "described_as")
KEPT_AS_IS = frozenset(
    {
        "slug",
        "state",
        "version",
        "initials_only",
        "first_published_at",
        "updated_on",
        "envelope_name_confirmed",
    }
    | {"birthday_wanted", "attention_wanted", "quiet_until", "letters_from_abroad_harmful"}
    | {"facts_checked_on", "place_checked_on", "charges_code", "liberty_entered", "liberty_as_of"}
    | {in_language(part, code) for part in (*NAME_PARTS, "charges_code_name") for code in LANGUAGES}
)
"""Columns of a person that are not simply filled where blank: see `_columns`."""
NOT_COMPARED = (
    *("slug", "state", "version", "first_published_at", "updated_on"),
    *("birthday_wanted", "attention_wanted", "quiet_until", "letters_from_abroad_harmful"),
)
"""What both records have of their own, and what `_most_careful` decides."""


def merge_prisoners(*, keep: Prisoner, duplicate: Prisoner, reason: str, by: int | None) -> None:
    """Moves everything of the duplicate to the record that is kept, and deletes the duplicate.

    What the kept record says stands; its blanks are filled; what differs is left in a staff note.
    The duplicate's name becomes another spelling (shown only where both were published), its
    address redirects, an import of either updates the kept one.

    Raises `ValidationError` without a reason; for one record twice; where a name or a page that was
    hidden would come back; where stays would certainly overlap; where something of a draft may not
    be published.
    """
    reason = required_reason(reason)
    if keep.pk == duplicate.pk:
        raise ValidationError(_("Choose two different records."))
    with transaction.atomic(), done_by(by, reason):
        rows = {row.pk: locked_prisoner(row) for row in sorted((keep, duplicate), key=lambda row: row.pk)}
        _merge(rows[keep.pk], rows[duplicate.pk], by)
    keep.refresh_from_db()


def _merge(keep: Prisoner, duplicate: Prisoner, by: int | None) -> None:
    _refuse_unhiding(keep, duplicate)
    _refuse_overlaps(keep, duplicate)
    was_public = duplicate.is_published
    columns = _columns(keep, duplicate)
    differences = values_apart(keep, duplicate, skip=NOT_COMPARED)
    # No longer public while its parts leave it one by one.
    change(duplicate, state=State.DRAFT)
    _keep_names(keep, duplicate, shown=was_public)
    _keep_moved_names(keep, duplicate)
    if was_public or duplicate.first_published_at:
        _keep_address(keep, duplicate)
    _copy_consents(keep, duplicate)
    _append_photos(keep, duplicate)
    differences += absorb_children(keep, duplicate, leave={Consent})
    title = _("Merged with #%(id)s (%(name)s, %(slug)s). What differed there:") % {
        "id": duplicate.pk,
        "name": name_in(duplicate, "ru").full,
        "slug": duplicate.slug,
    }
    StaffNote.objects.create(prisoner=keep, by=by, text="\n".join([title, *(differences or ["—"])]))
    Prisoner.objects.filter(pk=duplicate.pk).delete()
    change(keep, **columns)
    if keep.is_published and not was_public and (obstacles := publication_obstacles(keep)):
        raise ValidationError(obstacles)


def _refuse_unhiding(keep: Prisoner, duplicate: Prisoner) -> None:
    if keep.initials_only != duplicate.initials_only:
        raise ValidationError(
            _("One of the two is shown by initials and the other by name: decide first which it shall be.")
        )
    if keep.is_published and duplicate.state == State.WITHDRAWN:
        raise ValidationError(
            _("The duplicate was withdrawn, and merging would show it again: decide about it first.")
        )
    if duplicate.is_published and not keep.is_published:
        raise ValidationError(_("The duplicate is published and the other is not: keep the published one."))


def _refuse_overlaps(keep: Prisoner, duplicate: Prisoner) -> None:
    """Names the stays that would certainly overlap, for the database's own refusal names none."""
    for mine, other in product(keep.stays.filter(temporary=False), duplicate.stays.filter(temporary=False)):
        alike = identical(mine, other) or same_fact(mine, other)
        if not alike and _certainly_overlap(mine, other):
            raise ValidationError(
                _(
                    "The person would certainly be in two places at once: "
                    "%(one)s (%(since)s) and %(two)s (%(from)s)."
                )
                % {
                    "one": mine,
                    "since": mine.began or _("date unknown"),
                    "two": other,
                    "from": other.began or _("date unknown"),
                }
            )


def _certainly_overlap(one: Stay, two: Stay) -> bool:
    """As `memorial_certain_days` reckons: `[latest start, earliest end)`."""
    if one.began_latest is None or two.began_latest is None:
        return False
    first, second = sorted((one, two), key=lambda stay: stay.began_latest)
    if not second.ongoing and (second.ended_earliest is None or second.ended_earliest <= second.began_latest):
        return False
    if first.ongoing:
        return True
    return first.ended_earliest is not None and first.ended_earliest > second.began_latest


def _columns(keep: Prisoner, duplicate: Prisoner) -> dict[str, object]:
    """What changes in the kept row: blanks filled, groups that belong together only as groups."""
    columns = {
        field.name: getattr(duplicate, field.name)
        for field in written_columns(Prisoner)
        if field.name not in KEPT_AS_IS and is_blank(getattr(keep, field.name))
    }
    for code in LANGUAGES:
        columns |= _name_columns(keep, duplicate, code)
    groups = (
        ("charges_code", "charges_code_name_ru", "charges_code_name_en"),
        ("liberty_entered", "liberty_as_of"),
    )
    for group in groups:
        if not getattr(keep, group[0]):
            columns |= {name: getattr(duplicate, name) for name in group}
    if not keep.name_for_envelope:
        columns["envelope_name_confirmed"] = duplicate.envelope_name_confirmed
    return {**columns, **_most_careful(keep, duplicate)}


def _name_columns(keep: Prisoner, duplicate: Prisoner, code: str) -> dict[str, str]:
    """A language without a name takes the whole name; the same name may gain its patronymic; none mix."""
    names = {part: in_language(part, code) for part in NAME_PARTS}
    mine = {part: getattr(keep, name) for part, name in names.items()}
    theirs = {part: getattr(duplicate, name) for part, name in names.items()}
    if not any(mine.values()):
        return {names[part]: theirs[part] for part in NAME_PARTS}
    same = all(sort_key(mine[part]) == sort_key(theirs[part]) for part in ("surname", "given_names"))
    if same and not mine["patronymic"] and not mine["described_as"] and mine["surname"]:
        return {names["patronymic"]: theirs["patronymic"]}
    return {}


def _most_careful(keep: Prisoner, duplicate: Prisoner) -> dict[str, object]:
    """Of flags that protect the person, the more careful one; of dates, the one that says more."""
    wishes = {keep.attention_wanted, duplicate.attention_wanted}
    return {
        "letters_from_abroad_harmful": keep.letters_from_abroad_harmful
        or duplicate.letters_from_abroad_harmful,
        "birthday_wanted": keep.birthday_wanted and duplicate.birthday_wanted,
        "attention_wanted": False if False in wishes else True if True in wishes else None,
        "quiet_until": max(filter(None, (keep.quiet_until, duplicate.quiet_until)), default=None),
        "updated_on": max(filter(None, (keep.updated_on, duplicate.updated_on)), default=None),
        "first_published_at": min(
            filter(None, (keep.first_published_at, duplicate.first_published_at)), default=None
        ),
    }


def _keep_names(keep: Prisoner, duplicate: Prisoner, *, shown: bool) -> None:
    """The duplicate's name as another spelling, where it is spelt otherwise; hidden unless readers saw it."""
    table = NameVariant if shown and not keep.initials_only else HiddenNameVariant
    known = {sort_key(_spelt(keep, code)) for code in LANGUAGES}
    if not shown:
        # A draft's spellings were never shown: they join the hidden ones.
        for variant in duplicate.name_variants.all():
            HiddenNameVariant.objects.get_or_create(
                prisoner=duplicate, text=variant.text, defaults={"kind": variant.kind, "searchable": False}
            )
        duplicate.name_variants.all().delete()
    for text in {_spelt(duplicate, code) for code in LANGUAGES}:
        if text and sort_key(text) not in known:
            defaults = {"searchable": shown and not keep.initials_only}
            table.objects.get_or_create(prisoner=keep, text=text, defaults=defaults)


def _spelt(prisoner: Prisoner, code: str) -> str:
    parts = (getattr(prisoner, in_language(part, code)) for part in NAME_PARTS[:3])
    return " ".join(filter(None, parts))[:200]


def _keep_moved_names(keep: Prisoner, duplicate: Prisoner) -> None:
    """Of two people shown by initials both names stay moved away; the kept one's is the one restored."""
    mine, theirs = read_moved(keep), read_moved(duplicate)
    if theirs:
        photos = {**theirs.pop("photos", {}), **mine.get("photos", {})}
        write_moved(keep, {**mine, "photos": photos, "merged": [*mine.get("merged", []), theirs]})
        write_moved(duplicate, {})


def _keep_address(keep: Prisoner, duplicate: Prisoner) -> None:
    path = f"prisoners/{duplicate.slug}/"
    OldAddress.objects.update_or_create(path=path, defaults={"prisoner": keep, "facility": None})


def _copy_consents(keep: Prisoner, duplicate: Prisoner) -> None:
    """Copied and not moved: the database removes at once what loses the consent it stands on."""
    known = list(keep.consents.all())
    for consent in duplicate.consents.all():
        if not any(identical(consent, other) for other in known):
            consent.pk, consent.prisoner = None, keep
            consent.save(force_insert=True)


def _append_photos(keep: Prisoner, duplicate: Prisoner) -> None:
    """The kept record's portrait stays first; no two photos pass for one because nothing is said of them."""
    last = keep.photos.aggregate(last=Max("order"))["last"]
    duplicate.photos.update(order=F("order") + (0 if last is None else last + 1))
