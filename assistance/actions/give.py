"""Enters one parcel, order or transfer with its items; sent twice, it is one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assistance.choices import AidChannel, Recipient
from assistance.models import AidItem, Client, HumanitarianAid
from memorial.base.acting import acting, staff_actor
from memorial.base.partial_date import PartialDate
from memorial.base.refusals import refused_in_words


def give_aid(
    *,
    sent_as: UUID,
    client: Client,
    given_on: PartialDate,
    channel: AidChannel,
    for_whom: Recipient,
    by: int,
    items: Iterable[Mapping[str, Any]] = (),
    **more: Any,
) -> tuple[HumanitarianAid, bool]:
    """The help as it is recorded, and whether this call recorded it.

    `sent_as` is made by the form or from the imported row: a second call with the same key changes
    nothing and returns the first one's record. `items` are the fields of each `AidItem`; `more` are
    cost, currency, rate and note. Raises `ValidationError` for what the database refuses, and where the
    key was used for another client.
    """
    fields = {"client": client, "given_on": given_on, "channel": channel, "for_whom": for_whom, **more}
    with transaction.atomic(), acting(staff_actor(by)), refused_in_words():
        aid, is_new = HumanitarianAid.objects.get_or_create(sent_as=sent_as, defaults=fields)
        if aid.client_id != client.pk:
            raise ValidationError(_("This row was entered before, for another client."), code="other_client")
        if is_new:
            AidItem.objects.bulk_create([AidItem(aid=aid, **item) for item in items])
    return aid, is_new
