"""The staff: can everybody sign in by two ways, and is there more than one administrator?"""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as _

from memorial.doctor.registry import Finding, broken, check, fine, warning


@check("staff", asks_database=True, office=True)
def look_at_staff() -> Iterable[Finding]:
    """Counts only: who the staff are belongs in no log and no mail."""
    users = apps.get_model("staff", "User")._default_manager.filter(is_active=True, is_staff=True)
    if settings.DEMO_SIGN_IN:
        yield warning(_("A password alone is enough here (DEMO_SIGN_IN)."), _("Unset it beside real data."))
    half = users.filter(one_time_codes=None).count()
    if half:
        yield warning(
            _("Open accounts without a second factor, who cannot sign in: %(n)d.") % {"n": half},
            _("In the office, Members of staff: make an enrolment link, or close the account."),
        )
    without = users.filter(passkeys=None, one_time_codes__isnull=False).distinct().count()
    if without:
        yield warning(
            _("Accounts without a passkey, to be asked for at the next sign-in: %(n)d.") % {"n": without},
            _("After a change of host name this is expected; else ask them to sign in."),
        )
    yield _about_administrators(users.filter(groups__name="administrator").distinct().count())


def _about_administrators(number: int) -> Finding:
    if number == 0:
        return broken(
            _("There is no administrator."),
            _("Run: manage.py create_staff NAME --group administrator; it prints a link."),
        )
    if number == 1:
        return warning(
            _("There is one administrator: whoever loses that person loses the office."),
            _("Let a second person be one, in Members of staff."),
        )
    return fine(_("Administrators: %(n)d.") % {"n": number})
