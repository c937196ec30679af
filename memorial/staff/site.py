"""The office with its door: who is let in, and the pages on the way in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from memorial.base.admin import StaffSite
from memorial.staff.signing_in import is_whole


class OfficeSite(StaffSite):
    """The admin, for staff who have signed in and enrolled everything."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether this is somebody of the staff whose sign-in is whole."""
        return super().has_permission(request) and is_whole(request)

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The sign-in page."""
        from memorial.staff.views.sign_in import sign_in

        return sign_in(request)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Adds whether a password is enough here, which every page of the office then says."""
        return {**super().each_context(request), "is_demo": settings.DEMO_SIGN_IN}

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """The pages of signing in and enrolling, and each person's own ones."""
        from memorial.staff.views import enrol, security, sign_in

        own = self.admin_view
        return [
            # Django's own is for those who are in the office; this one for whoever is still enrolling, too.
            path("logout/", csrf_protect(self.logout), name="logout"),
            path("login/passkey/ask/", sign_in.ask_passkey, name="passkey-ask"),
            path("login/passkey/", sign_in.sign_in_by_passkey, name="passkey-sign-in"),
            path("enrol/", enrol.next_step, name="enrol-next"),
            path("enrol/recovery/", enrol.recovery, name="enrol-recovery"),
            path("enrol/passkey/", enrol.passkey, name="enrol-passkey"),
            path("enrol/passkey/ask/", enrol.ask_passkey, name="enrol-passkey-ask"),
            path("enrol/<slug:token>/", enrol.by_link, name="enrol"),
            path("security/", own(security.overview), name="security"),
            path("security/again/", own(security.ask_again), name="passkey-again"),
            path("security/end/", own(security.end_sessions), name="security-end"),
            path("security/codes/", own(security.replace_codes), name="security-codes"),
            path("security/recovery/", own(security.new_recovery_codes), name="security-recovery"),
            path("security/passkey/", own(security.add_passkey), name="security-passkey"),
            path(
                "security/passkey/<int:number>/remove/", own(security.remove_passkey), name="security-remove"
            ),
            *super().get_urls(),
        ]
