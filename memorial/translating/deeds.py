"""What the buttons of a text's page do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from memorial.base.acting import staff_actor
from memorial.translating import actions
from memorial.translating.models import Draft, Step
from memorial.translating.texts import Place, Text
from memorial.translating.who import at_desk, may, volunteers

OF_VOLUNTEERS: Final = frozenset({"save", "offer", "give_back"})
_RIGHTS: Final = {
    "approve": "review_draft",
    "send_back": "review_draft",
    "publish": "publish_draft",
    "clear": "clear_texts",
    "for_volunteer": "clear_texts",
    "still_true": "publish_draft",
}


def carry_out(request: HttpRequest, place: Place, draft: Draft | None, text: Text | None) -> str:
    """Does what the pressed button says and returns where to go. Raises `ValidationError` with sentences."""
    name = request.POST.get("do", "")
    _require_right(request, name)
    here = request.get_full_path()
    if name == "claim":
        actions.claim(place=place)
        return here
    if name == "for_volunteer":
        actions.claim(place=place, volunteer=_volunteer(request))
        messages.success(request, _("The text is cleared: the volunteer sees it now."))
        return here
    if name == "still_true":
        seen = {key: request.POST.get(key, "") for key in ("seen_source", "seen_target")}
        actions.say_still_true(place=place, **seen)
        messages.success(request, _("Noted: the translation still says the same."))
        return here
    if draft is None:
        raise ValidationError(_("This translation is gone: somebody has given it back."))
    if not at_desk(request.user) and (text is None or draft.cleared_digest != text.source_digest):
        raise ValidationError(_("The Russian text has changed. Wait until it is cleared for you again."))
    return _WITH_A_DRAFT[name](request, draft, here)


def _require_right(request: HttpRequest, name: str) -> None:
    known = name in _WITH_A_DRAFT or name in ("claim", "for_volunteer", "still_true")
    if not known or (not at_desk(request.user) and name not in OF_VOLUNTEERS):
        raise PermissionDenied
    if (right := _RIGHTS.get(name)) and not may(request.user, right):
        raise PermissionDenied


def _volunteer(request: HttpRequest) -> str:
    chosen = request.POST.get("volunteer", "")
    for number, _name in volunteers():
        if str(number) == chosen:
            return staff_actor(number)
    raise ValidationError(_("Choose a volunteer."))


def _version(request: HttpRequest) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else 0


def _save(request: HttpRequest, draft: Draft, here: str) -> str:
    _write(request, draft)
    messages.success(request, _("Saved. Nobody outside the office sees it yet."))
    return here


def _offer(request: HttpRequest, draft: Draft, here: str) -> str:
    saved = _write(request, draft)
    actions.offer(draft=saved, version=saved.version)
    messages.success(request, _("Offered: another person reviews it now."))
    return _onwards(request)


def _write(request: HttpRequest, draft: Draft) -> Draft:
    if draft.holder != staff_actor(int(request.user.pk or 0)):
        raise ValidationError(_("Only who has taken a text writes its translation."))
    return actions.write(
        draft=draft,
        version=_version(request),
        text=request.POST.get("text", ""),
        seen_source=request.POST.get("seen_source", ""),
        seen_target=request.POST.get("seen_target", ""),
        note=request.POST.get("note", "")[:2000],
    )


def _take_over(request: HttpRequest, draft: Draft, here: str) -> str:
    actions.take_over(draft=draft)
    messages.success(request, _("The text is yours now, with what was written of it."))
    return here


def _give_back(request: HttpRequest, draft: Draft, here: str) -> str:
    if draft.holder != staff_actor(int(request.user.pk or 0)) and not may(request.user, "clear_texts"):
        raise PermissionDenied
    actions.give_back(draft=draft)
    messages.success(request, _("Given back: anybody may take it."))
    return _onwards(request)


def _send_back(request: HttpRequest, draft: Draft, here: str) -> str:
    actions.send_back(draft=draft, version=_version(request), note=request.POST.get("note", "")[:2000])
    messages.success(request, _("Sent back to the translator."))
    return _onwards(request)


def _approve(request: HttpRequest, draft: Draft, here: str) -> str:
    actions.approve(draft=draft, version=_version(request))
    messages.success(request, _("Reviewed. It can be published now."))
    return here


def _publish(request: HttpRequest, draft: Draft, here: str) -> str:
    if draft.step == Step.OFFERED:
        _require_right(request, "approve")
        draft = actions.approve(draft=draft, version=_version(request))
        actions.publish(draft=draft, version=draft.version)
    else:
        actions.publish(draft=draft, version=_version(request))
    messages.success(request, _("Published: readers see the translation."))
    return _onwards(request)


def _clear(request: HttpRequest, draft: Draft, here: str) -> str:
    actions.clear(draft=draft)
    messages.success(request, _("The text is cleared: the volunteer sees it now."))
    return here


def _onwards(request: HttpRequest) -> str:
    place = "queue" if at_desk(request.user) else "mine"
    return reverse(f"admin:translating_draft_{place}")


_WITH_A_DRAFT: Final[dict[str, Callable[[HttpRequest, Draft, str], Any]]] = {
    "save": _save,
    "offer": _offer,
    "take_over": _take_over,
    "give_back": _give_back,
    "send_back": _send_back,
    "approve": _approve,
    "publish": _publish,
    "clear": _clear,
}
