"""How old what protects the site is: seal, backup, mirror, package, payment details. Doctor and metrics read these.

Ages are seconds. None means that there is none, or that this host is not told where it is.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from donations.checks.refused import DetailsRefused
from donations.models import PaymentMethod, PaymentSet
from donations.signing.current import verified_set
from memorial.base.civil_date import MOSCOW, civil_date
from memorial.base.models import HistorySeal
from memorial.base.sealing.errors import SealingError
from memorial.base.sealing.heads import Head, last_head
from memorial.base.sealing.keys import verifying_key
from memorial.doctor.registry import Finding, broken, check, fine, warning
from memorial.mirror import verify_mirror
from memorial.package.models import DataPackage

BACKUPS = "memorial-*.tar.age"
RESTORED = "memorial-*.restored"
"""Notes that `restore` leaves beside a backup that it has opened whole."""
_HOUR = 3600


def newest_file(folder: Path | None, pattern: str) -> Path | None:
    """The newest file of a pattern in a folder; None where either is not there."""
    found = [path for path in folder.glob(pattern) if path.is_file()] if folder and folder.is_dir() else []
    return max(found, key=lambda path: path.stat().st_mtime, default=None)


def age_of(path: Path | None) -> float | None:
    """Seconds since a file was written; None where there is none."""
    return max(0.0, timezone.now().timestamp() - path.stat().st_mtime) if path else None


def is_over(name: str, seconds: float) -> bool:
    """Whether an age is more than ALERT_HOURS allows."""
    return seconds > settings.ALERT_HOURS[name] * _HOUR


def hours(seconds: float) -> str:
    """An age in words: hours up to two days, then days."""
    whole = int(seconds // _HOUR)
    return _("%(n)d h") % {"n": whole} if whole < 48 else _("%(n)d days") % {"n": whole // 24}


def unsealed_age(head: Head | None) -> float:
    """How long the oldest entry of the history has waited for its seal; 0 where none waits. Two queries at most."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(e.at) FROM base_historyentry e WHERE e.transaction >= %s"
            " AND NOT EXISTS (SELECT 1 FROM base_historyseal s WHERE s.entry = e.id)",
            [head.horizon if head else 0],
        )
        (oldest,) = cursor.fetchone()
    return max(0.0, (timezone.now() - oldest).total_seconds()) if oldest else 0.0


def payments_left() -> float | None:
    """Seconds until the newest signed set of payment details ends, negative after that; None for none that holds."""
    row = PaymentSet.objects.newest()
    if row is None:
        return None
    try:
        last_day = verified_set(row).valid_until
    except DetailsRefused:
        return None
    end = datetime.combine(last_day + timedelta(days=1), time.min, MOSCOW)
    return (end - timezone.now()).total_seconds()


@dataclass(frozen=True)
class MirrorHead:
    """What the signed head of a mirror says."""

    age: float
    valid_until: date
    is_ours: bool


def mirror_head() -> MirrorHead | None:
    """That of MIRROR_FOLDER; None where it is no mirror. `is_ours` is true where no key is known to compare with."""
    folder = settings.MIRROR_FOLDER
    try:
        head = verify_mirror.Head(folder) if folder else None
        if head is None:
            return None
        made = datetime.strptime(head.words["made"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        key = base64.b64decode(settings.MIRROR_PUBLIC_KEY)
        is_ours = not key or verify_mirror.signed_by(key, head.signed, head.signature)
        return MirrorHead((timezone.now() - made).total_seconds(), head.valid_until, is_ours)
    except (OSError, ValueError, KeyError, binascii.Error):
        return None


def package_age() -> float | None:
    """Seconds since the day of the newest package of all public data; None where there is none."""
    made_on = DataPackage.objects.order_by("-made_on").values_list("made_on", flat=True).first()
    if made_on is None:
        return None
    return max(0.0, (timezone.now() - datetime.combine(made_on, time.min, MOSCOW)).total_seconds())


@check("backup", office=True)
def look_at_backups() -> Iterable[Finding]:
    """Is there a backup of last night, and was one ever restored on trial?"""
    if settings.BACKUPS_FOLDER is None:
        yield warning(
            _("Nobody says where backups are."), _("Set BACKUPS_FOLDER on the host that makes them.")
        )
        return
    age = age_of(newest_file(settings.BACKUPS_FOLDER, BACKUPS))
    mend = _(
        "Run: manage.py backup FOLDER; then look why the timer did not (systemctl status memorial-backup)."
    )
    if age is None:
        yield broken(_("There is no backup in BACKUPS_FOLDER."), mend)
        return
    said = _("The newest backup is %(age)s old.") % {"age": hours(age)}
    yield broken(said, mend) if is_over("backup", age) else fine(said)
    yield _about_the_trial()


def _about_the_trial() -> Finding:
    age = age_of(newest_file(settings.BACKUPS_FOLDER, RESTORED))
    if age is not None and not is_over("restored", age):
        return fine(_("A backup was restored on trial %(age)s ago.") % {"age": hours(age)})
    return warning(
        _("No backup was restored on trial for too long: nobody knows that they can be."),
        _("On another machine: manage.py restore …, then copy its note *.restored into BACKUPS_FOLDER."),
    )


@check("history seal", asks_database=True, office=True)
def look_at_the_seal() -> Iterable[Finding]:
    """Does the table still say what was signed last, and does the timer go on?"""
    mend = _("Look at the timer: systemctl status memorial-seal; and at docs/history.md.")
    try:
        head = last_head(Path(settings.HISTORY_SEALS), verifying_key())
    except SealingError:
        yield warning(
            _("The history cannot be verified here: no public key."), _("Set HISTORY_SEAL_PUBLIC_KEY.")
        )
        return
    if head is None:
        yield broken(_("No head of the history is signed in HISTORY_SEALS."), mend)
    elif not _is_in_table(head):
        yield broken(
            _("The table does not agree with the last signed head: the history may have been tampered with."),
            _(
                "Stop the timer, keep the file, run manage.py verify_history. Was a backup restored? docs/history.md"
            ),
        )
    waits = unsealed_age(head)
    said = _("The oldest change without a seal waits for %(age)s.") % {"age": hours(waits)}
    yield broken(said, mend) if is_over("seal", waits) else fine(said)


def _is_in_table(head: Head) -> bool:
    if head.position == 0:
        return True
    found = HistorySeal.objects.filter(position=head.position).values_list("chain", flat=True).first()
    return found is not None and bytes(found).hex() == head.chain


@check("payment details", asks_database=True)
def look_at_payments() -> Iterable[Finding]:
    """Do readers see accounts today, and for how long?"""
    mend = _("Finance signs a new set on its own machine and takes it in: docs/donations.md.")
    row = PaymentSet.objects.newest()
    if row is None:
        if PaymentMethod.objects.published().exists():
            yield warning(_("No payment details are signed: nobody can give."), mend)
        return
    try:
        details = verified_set(row)
    except DetailsRefused:
        yield broken(
            _("Set %(serial)d of payment details is not believed: key, number or text is wrong.")
            % {"serial": row.serial},
            _(
                "Check DONATE_PUBLIC_KEYS and DONATE_LOWEST_SERIAL; else sign a new set. No details are shown."
            ),
        )
        return
    told = {"serial": row.serial, "day": details.valid_until.isoformat()}
    if not details.is_valid_on(civil_date()):
        yield broken(_("Set %(serial)d of payment details does not hold today (until %(day)s).") % told, mend)
        return
    said = _("Set %(serial)d of payment details holds until %(day)s.") % told
    left = payments_left() or 0.0
    yield fine(said) if is_over("payments", left) else warning(said, mend)
    if row.serial > settings.DONATE_LOWEST_SERIAL:
        yield warning(
            _("A set older than number %(serial)d could be brought back.") % told,
            _("Set DONATE_LOWEST_SERIAL=%(serial)d for all processes.") % told,
        )


@check("mirror")
def look_at_the_mirror() -> Iterable[Finding]:
    """Is the copy of the whole site of today, valid, and signed with our key?"""
    if settings.MIRROR_FOLDER is None:
        return
    mend = _("Run: manage.py build_mirror FOLDER; then look at its timer (systemctl status memorial-mirror).")
    head = mirror_head()
    if head is None:
        yield broken(_("MIRROR_FOLDER holds no mirror."), mend)
        return
    if not head.is_ours:
        yield broken(
            _("The mirror is not signed with the key of MIRROR_PUBLIC_KEY."),
            _("Is MIRROR_KEY the other half of it? If nobody changed it, the folder was tampered with."),
        )
    if head.valid_until < civil_date():
        yield broken(_("The mirror was valid until %(day)s.") % {"day": head.valid_until.isoformat()}, mend)
    said = _("The mirror is %(age)s old.") % {"age": hours(head.age)}
    yield warning(said, mend) if is_over("mirror", head.age) else fine(said)


@check("data package", asks_database=True)
def look_at_the_package() -> Iterable[Finding]:
    """Is the package of all public data of this month?"""
    age = package_age()
    mend = _(
        "Run: manage.py build_package --renew --every 30; the timer memorial-files does it every minute."
    )
    if age is None:
        yield warning(_("There is no package of the public data yet."), mend)
        return
    said = _("The newest data package is %(age)s old.") % {"age": hours(age)}
    yield warning(said, mend) if is_over("package", age) else fine(said)
