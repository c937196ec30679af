"""A translation on its way: taken, written, offered, reviewed, published; and cleared for a volunteer.

Who acts is `by` (`staff:7`) or whoever acts already. Each raises `ValidationError` with a sentence.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from memorial.base.acting import acting
from memorial.base.civil_date import civil_date
from memorial.base.refusals import refused_in_words
from memorial.base.texts_written import texts_written, translated
from memorial.translating.models import Draft, Step
from memorial.translating.texts import Place, Text, cleaned, place_of, read_text, word_count
from prisoners.actions.find_name import tells_name
from prisoners.models import Prisoner

DAYS_TAKEN: Final = 7
"""For how many days a text is taken; then anybody may take it over."""


def place_of_draft(draft: Draft) -> Place:
    """Where a draft's text stands. Raises `Http404` where the desk has it no longer."""
    return place_of(draft.table, draft.row, draft.field, draft.language)


def open_draft(place: Place) -> Draft | None:
    """The translation of a text that is on its way, if there is one."""
    return Draft.objects.open().filter(**place.key).first()


@transaction.atomic
def claim(*, place: Place, by: str = "", volunteer: str = "") -> Draft:
    """Takes a text for oneself or, cleared, for a volunteer. It begins with the English that readers see.

    Raises `ValidationError` where somebody has it: of two at once, the database lets one.
    """
    text = _needed(place)
    with acting(by), refused_in_words():
        return Draft.objects.create(
            **place.key,
            text=text.translation,
            holder=volunteer or _actor(),
            until=civil_date() + timedelta(days=DAYS_TAKEN),
            source_digest=text.source_digest,
            source_mark=text.mark,
            target_digest=text.target_digest,
            cleared_digest=text.source_digest if volunteer else "",
        )


@transaction.atomic
def take_over(*, draft: Draft, by: str = "") -> Draft:
    """Takes what somebody else has: openly, with what they wrote, and not before their time is up."""
    held = _locked(draft, draft.version)
    with acting(by), refused_in_words():
        if held.until >= civil_date() and held.step == Step.AT_WORK:
            raise ValidationError(_("The text is taken until %(day)s.") % {"day": f"{held.until:%d.%m.%Y}"})
        held.holder, held.step, held.cleared_digest = _actor(), Step.AT_WORK, ""
        held.until = civil_date() + timedelta(days=DAYS_TAKEN)
        held.save()
    return _fresh(held)


@transaction.atomic
def clear(*, draft: Draft, by: str = "") -> Draft:
    """Clears the Russian text as it is now for the volunteer who has it: another version was not read by us."""
    held = _locked(draft, draft.version)
    text = _needed(place_of_draft(held))
    with acting(by), refused_in_words():
        held.cleared_digest = text.source_digest
        held.until = civil_date() + timedelta(days=DAYS_TAKEN)
        held.save()
    return _fresh(held)


@transaction.atomic
def write(
    *,
    draft: Draft,
    version: int,
    text: str,
    seen_source: str,
    seen_target: str,
    note: str = "",
    by: str = "",
) -> Draft:
    """Saves what was written; it is offered for review apart (`offer`), so that a refusal there loses nothing.

    `version` is the draft that the page showed: a newer one is not overwritten. `seen_…` are the digests of the
    Russian and the published English on the page; they count only if they still stand.
    """
    held = _locked(draft, version)
    place = place_of_draft(held)
    now = _needed(place)
    if text.strip():
        text = cleaned(place, text)
    with acting(by), refused_in_words():
        held.text, held.note = text, note
        held.step = Step.AT_WORK
        held.until = civil_date() + timedelta(days=DAYS_TAKEN)
        if seen_source == now.source_digest:
            held.source_digest, held.source_mark = now.source_digest, now.mark
        if seen_target == now.target_digest:
            held.target_digest = now.target_digest
        held.save()
    return _fresh(held)


@transaction.atomic
def offer(*, draft: Draft, version: int, by: str = "") -> Draft:
    """Offers a translation for review. Raises `ValidationError` where the Russian has changed since."""
    held = _locked(draft, version)
    _refuse_what_changed(held, _needed(place_of_draft(held)))
    with acting(by), refused_in_words():
        held.step = Step.OFFERED
        held.save()
    return _fresh(held)


@transaction.atomic
def give_back(*, draft: Draft, by: str = "") -> None:
    """Gives a text back to the queue. What was written goes; the history keeps it."""
    held = _locked(draft, draft.version)
    with acting(by):
        held.delete()


@transaction.atomic
def send_back(*, draft: Draft, version: int, note: str, by: str = "") -> Draft:
    """The reviewer's word: not yet. It goes back to the translator with a note."""
    held = _locked(draft, version)
    with acting(by), refused_in_words():
        held.step, held.note = Step.AT_WORK, note
        held.until = civil_date() + timedelta(days=DAYS_TAKEN)
        held.save()
    return _fresh(held)


@transaction.atomic
def approve(*, draft: Draft, version: int, by: str = "") -> Draft:
    """The second person's word. Raises `ValidationError` for one's own text, and where the Russian has changed."""
    held = _locked(draft, version)
    _refuse_what_changed(held, _needed(place_of_draft(held)))
    with acting(by), refused_in_words():
        if held.step != Step.OFFERED:
            raise ValidationError(_("This translation does not wait for review."))
        held.step = Step.APPROVED
        held.save()
    return _fresh(held)


@transaction.atomic
def publish(*, draft: Draft, version: int, by: str = "") -> Draft:
    """Writes a reviewed translation where readers see it, and notes what it was made from.

    The row is held: nobody changes Russian or English between the look and the writing. Raises
    `ValidationError` where either is not what the translator had before them.
    """
    held = _locked(draft, version)
    place = place_of_draft(held)
    now = _needed(place, lock=True)
    _refuse_what_changed(held, now)
    _refuse_a_moved_name(now, held.text)
    value = cleaned(place, held.text)
    with acting(by), refused_in_words():
        held.step, held.words = Step.PUBLISHED, word_count(value)
        held.save()
        with texts_written(translated(place.target)):
            place.kind.model._base_manager.filter(pk=place.row).update(**{place.target: value})
    return _fresh(held)


@transaction.atomic
def say_still_true(*, place: Place, seen_source: str, seen_target: str, by: str = "") -> None:
    """Says that the published English still says what the Russian says now; neither text changes."""
    now = _needed(place, lock=True)
    if (seen_source, seen_target) != (now.source_digest, now.target_digest) or not now.translation:
        raise ValidationError(_("It was changed meanwhile: look at it again."), code="changed")
    with acting(by), refused_in_words(), texts_written(translated(place.target)):
        place.kind.model._base_manager.filter(pk=place.row).update(**{place.target: now.translation})


def _needed(place: Place, *, lock: bool = False) -> Text:
    if (text := read_text(place, lock=lock)) is None:
        raise ValidationError(_("Readers do not see this text, or no longer: nothing is translated."))
    return text


def _locked(draft: Draft, version: int) -> Draft:
    held = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if held is None:
        raise ValidationError(_("This translation is gone: somebody has given it back."), code="gone")
    if held.version != version:
        raise ValidationError(
            _("Somebody has saved this translation meanwhile; what you typed is kept below."), code="conflict"
        )
    if not held.is_open:
        raise ValidationError(_("What has been published is changed by a new translation."))
    return held


def _refuse_what_changed(draft: Draft, now: Text) -> None:
    if draft.source_digest != now.source_digest:
        raise ValidationError(
            _("The Russian has changed since it was translated: look at the difference and save again."),
            code="changed",
        )
    if draft.target_digest != now.target_digest:
        raise ValidationError(
            _("Somebody has changed the published English meanwhile: look at it and save again."),
            code="changed",
        )


def _refuse_a_moved_name(now: Text, value: str) -> None:
    if now.by_initials and now.prisoner is not None:
        with suppress(Prisoner.DoesNotExist):
            if tells_name(Prisoner.objects.get(pk=now.prisoner), value):
                raise ValidationError(
                    _("The person is shown by initials, and the translation tells the name: leave it out.")
                )


def _actor() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(current_setting('memorial.actor', true), '')")
        return str(cursor.fetchone()[0])


def _fresh(draft: Draft) -> Draft:
    draft.refresh_from_db()
    return draft
