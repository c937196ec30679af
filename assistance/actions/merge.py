"""Two clients who are one person become one client."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assistance.models import Client
from memorial.base.acting import acting, staff_actor
from memorial.base.encrypted_fields import could_not_open
from memorial.base.refusals import refused_in_words

TEXTS = ("name", "contact", "note")


def merge_clients(*, keep: Client, duplicate: Client, reason: str, by: int) -> None:
    """Moves everything of the duplicate to the client who is kept, and deletes the duplicate.

    What the kept record says stands, and what the other said otherwise is added to its note. Raises
    `ValidationError` without a reason, for one record twice, where the two are linked to different
    people, and where a text cannot be opened: it would be lost.
    """
    if not reason.strip():
        raise ValidationError(_("Say why: the reason is kept in the history, which only staff see."))
    if keep.pk == duplicate.pk:
        raise ValidationError(_("Choose two different records."))
    with transaction.atomic(), acting(staff_actor(by), reason.strip()), refused_in_words():
        rows = {
            row.pk: row for row in Client.objects.select_for_update().filter(pk__in=(keep.pk, duplicate.pk))
        }
        if len(rows) != 2:
            raise ValidationError(_("One of the two records is gone: it was deleted or merged meanwhile."))
        _merge(rows[keep.pk], rows[duplicate.pk])
    keep.refresh_from_db()


def _merge(keep: Client, duplicate: Client) -> None:
    if keep.prisoner_id and duplicate.prisoner_id and keep.prisoner_id != duplicate.prisoner_id:
        raise ValidationError(_("The two clients are linked to different people."))
    if any(could_not_open(getattr(row, name)) for row in (keep, duplicate) for name in TEXTS):
        raise ValidationError(_("A text of one of the two cannot be opened: merging would lose it."))
    # Linked first: legal help of the duplicate may name a prosecution of its person.
    keep.prisoner_id = keep.prisoner_id or duplicate.prisoner_id
    keep.coordinator = keep.coordinator or duplicate.coordinator
    keep.opened_on = min(keep.opened_on, duplicate.opened_on)
    keep.closed_on = (
        max(keep.closed_on, duplicate.closed_on) if keep.closed_on and duplicate.closed_on else None
    )
    keep.note = "\n\n".join(filter(None, [keep.note, *_said_otherwise(keep, duplicate)]))
    keep.contact = keep.contact or duplicate.contact
    keep.save()
    for relation in Client._meta.related_objects:
        name = relation.field.name
        relation.related_model._base_manager.filter(**{name: duplicate.pk}).update(**{name: keep})
    Client.objects.filter(pk=duplicate.pk).delete()


def _said_otherwise(keep: Client, duplicate: Client) -> list[str]:
    different = [
        str(getattr(duplicate, name))
        for name in ("name", "contact")
        if getattr(duplicate, name) not in {getattr(keep, name), ""}
    ]
    return [*different, *([str(duplicate.note)] if duplicate.note else [])]
