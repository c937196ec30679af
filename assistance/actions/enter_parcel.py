"""Enters one row of many: once, whoever sends it twice, and asks before the same help is written down again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assistance.actions.give import give_aid
from assistance.models import Client, HumanitarianAid

Thing = tuple[int, Any, str]


class SameHelpError(ValidationError):
    """The same help of the same day is there already: it may be the same parcel, or a second one."""

    def __init__(self, there: list[HumanitarianAid]) -> None:
        numbers = ", ".join(f"№ {aid.pk}" for aid in there)
        super().__init__(
            _("The same is written down already (%(numbers)s): same client, day, way and things.")
            % {"numbers": numbers},
            code="same",
        )
        self.there = there


@dataclass(frozen=True)
class Entered:
    """The help as it is recorded, and whether this call recorded it."""

    aid: HumanitarianAid
    is_new: bool


def enter_parcel(
    *,
    sent_as: UUID,
    fields: Mapping[str, Any],
    items: Iterable[Mapping[str, Any]],
    by: int,
    is_second: bool = False,
) -> Entered:
    """Writes one row down under its key. With `is_second` it is written even where the same is there.

    Whoever enters for the same client waits, so that two coordinators cannot both pass the question.
    Raises `SameHelpError`, and `ValidationError` where the key was used for something else, or where the
    database refuses.
    """
    things = list(items)
    with transaction.atomic():
        if not list(Client.objects.select_for_update().filter(pk=fields["client"].pk).values_list("pk")):
            raise ValidationError(_("This client is gone: the record was deleted or merged meanwhile."))
        if before := HumanitarianAid.objects.filter(sent_as=sent_as).prefetch_related("items").first():
            return Entered(_unless_changed(before, fields, things), is_new=False)
        if not is_second and (there := _the_same(fields, things)):
            raise SameHelpError(there)
        aid, is_new = give_aid(sent_as=sent_as, items=things, by=by, **fields)
    return Entered(aid, is_new)


def _unless_changed(
    before: HumanitarianAid, fields: Mapping[str, Any], things: list[Mapping[str, Any]]
) -> HumanitarianAid:
    told = {name: getattr(before, name) for name in fields}
    if told != dict(fields) or _things_of(before) != _things(things):
        raise ValidationError(
            _("This row is saved already as № %(number)s, and says something else there: correct it there.")
            % {"number": before.pk},
            code="saved",
        )
    return before


def _the_same(fields: Mapping[str, Any], things: list[Mapping[str, Any]]) -> list[HumanitarianAid]:
    found = HumanitarianAid.objects.filter(
        client=fields["client"], given_on=fields["given_on"], channel=fields["channel"]
    )
    return [
        aid for aid in found.prefetch_related("items").order_by("pk") if _things_of(aid) == _things(things)
    ]


def _things(items: Iterable[Mapping[str, Any]]) -> list[Thing]:
    return sorted((item["kind"].pk, item.get("quantity") or 0, str(item.get("unit", ""))) for item in items)


def _things_of(aid: HumanitarianAid) -> list[Thing]:
    return sorted((item.kind_id, item.quantity or 0, item.unit) for item in aid.items.all())
