"""Ways to give of the invented world: proposed by one party, approved by another, signed with the demo's own key."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.utils import timezone

from donations.actions.details import approve_details, propose_details
from donations.actions.sets import methods_to_sign, take_in_set
from donations.models import PaymentMethod
from donations.signing.keys import public_text
from donations.signing.signature import signed
from donations.signing.standing import next_set, set_standing
from donations.signing.text import DetailsSet
from memorial.base.acting import command_actor
from memorial.base.civil_date import civil_date
from memorial.demo.reading import Row, read
from memorial.donation_environment import demo_key

PROPOSES: Final = command_actor("load_demo, who proposed payment details")
APPROVES: Final = command_actor("load_demo, who approved payment details")


def write_methods() -> None:
    """Every way to give with its approved details, and the signed set of them all."""
    for position, row in enumerate(read("giving")["method"], start=1):
        method = PaymentMethod.objects.create(**_fields(row), position=position, is_shown=True)
        now = timezone.now()
        proposal = propose_details(method=method, values=_values(row), confirmed_at=now, by=PROPOSES)
        approve_details(proposal=proposal, confirmed_at=now, by=APPROVES)
    sign_demo_set()


def sign_demo_set() -> bool:
    """Signs what is approved, where no set holds or the last one ends within 21 days; says whether it did.

    Only with the demo's key, and only where the settings believe it: beside another key, somebody tries
    the real way out, and the demo keeps its hands off.
    """
    key = demo_key(settings.VAR_DIR) if settings.EMBEDDED_POSTGRES else None
    if key is None or public_text(key.public_key()) not in settings.DONATE_PUBLIC_KEYS:
        return False
    today = civil_date()
    standing = set_standing(today)
    if standing.row is not None and not standing.is_expiring:
        return False
    methods = sorted(methods_to_sign(), key=lambda each: each.slug)
    if not methods:
        return False
    following = next_set(standing, today)
    made = DetailsSet(following.serial, following.begins, following.until, tuple(methods))
    take_in_set(signed_text=signed(made, key), by=APPROVES)
    return True


def _fields(row: Row) -> Row:
    plain = {name: row.get(name, "") for name in ("slug", "kind", "network", "asset")}
    words = {
        f"{name}_{language}": text
        for name in ("name", "asks", "how_to_cancel")
        for language, text in row.get(name, {}).items()
    }
    return {**plain, **words}


def _values(row: Row) -> dict[str, str]:
    fixed = {name: row[name] for name in ("network", "asset") if name in row}
    return {**row["values"], **fixed}
