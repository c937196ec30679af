"""The second pair of eyes: another person confirms what one has entered, or returns it with a word.

That it is another person the database decides, from the name of whoever acts (prisoners/sql/second_look.sql).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from memorial.base.acting import staff_actor
from memorial.base.choices import Verification
from prisoners.actions.begin import change, done_by, locked_prisoner, required_reason
from prisoners.actions.enter import last_event
from prisoners.actions.enter_rows import end_stays_if_confirmed
from prisoners.actions.publish import publish
from prisoners.choices import EndOfCustodyKind
from prisoners.models import Death, EndOfCustody, Prisoner, SecondLook
from prisoners.models.custody import Fact

WAITS_NOW: Final = gettext_lazy("Readers do not see it yet: it waits for a second look by a colleague.")
"""What whoever entered a grave fact is told."""


def confirm_look(*, look: SecondLook, by: int, seen: datetime | None = None) -> None:
    """Lets readers see what a colleague entered: the fact as it stands, or the page.

    With a release end the stays that went on. `seen` is when the text that was looked at had been
    entered. Raises `ValidationError` for one's own, for what was changed or confirmed meanwhile, and
    for what stands in a page's way.
    """
    with transaction.atomic(), done_by(by, _("Confirmed by a second person")):
        person = locked_prisoner(look.prisoner)
        row = _still_waiting(look, by)
        if seen is not None and row.entered_at != seen:
            raise ValidationError(_("It was changed meanwhile: look at it again."))
        if row.fact is None:
            publish(prisoner=person, by=by)
            return
        for one in _entered_together(row):
            _confirm_fact(one, by)


def confirm_looks(
    *, looks: Iterable[SecondLook], by: int, seen: Mapping[int, datetime | None] | None = None
) -> int:
    """Confirms many at once, an exchange or the recognition of a group; returns how many. All or none.

    `seen` says of each by its number when what stood in the list had been entered. Raises `ValidationError`
    for what was changed since, or was not in the list that was seen.
    """
    number = 0
    with transaction.atomic():
        for look in looks:
            # A death and the end of custody by it are confirmed together.
            if SecondLook.objects.waiting().filter(pk=look.pk).exists():
                if seen is not None and seen.get(look.pk) is None:
                    raise ValidationError(_("It was changed meanwhile: look at it again."))
                confirm_look(look=look, by=by, seen=seen[look.pk] if seen is not None else None)
                number += 1
    return number


def return_look(*, look: SecondLook, word: str, by: int) -> None:
    """Sends it back to whoever entered it, who reads why. Raises `ValidationError` without a word, or for one's own."""
    word = required_reason(word)
    with transaction.atomic(), done_by(by, _("Returned with a word")):
        _still_waiting(look, by)
        _set_word(look, word)


def ask_again(*, look: SecondLook, by: int) -> None:
    """Its author asks for eyes again, without a change. Raises `ValidationError` for what is not theirs."""
    with transaction.atomic(), done_by(by, _("Asked for a second look again")):
        _set_word(look, "")


def _set_word(look: SecondLook, word: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT memorial_return_look(%s, %s)", [look.pk, word])
        if not cursor.fetchone()[0]:
            raise ValidationError(_("It no longer waits: somebody has confirmed, changed or removed it."))


def _still_waiting(look: SecondLook, by: int) -> SecondLook:
    row = SecondLook.objects.with_facts().filter(pk=look.pk).first()
    if row is None or not row.is_waiting:
        raise ValidationError(_("It no longer waits: somebody has confirmed, changed or removed it."))
    if row.entered_by == staff_actor(by):
        raise ValidationError(
            _("You entered this yourself: another person looks at it and confirms it."), code="own"
        )
    return row


def _entered_together(look: SecondLook) -> list[SecondLook]:
    """With a death the end of custody by it, and the other way round: one piece of news."""
    fact = look.fact
    others = (
        SecondLook.objects.waiting().with_facts().filter(prisoner=look.prisoner, entered_by=look.entered_by)
    )
    if isinstance(fact, Death):
        return [look, *others.filter(end_of_custody__kind=EndOfCustodyKind.DEATH)]
    if isinstance(fact, EndOfCustody) and fact.kind == EndOfCustodyKind.DEATH:
        return [look, *others.filter(death__isnull=False)]
    return [look]


def _confirm_fact(look: SecondLook, by: int) -> None:
    fact: Fact = look.fact  # type: ignore[assignment]
    table = type(fact)._base_manager.filter(pk=fact.pk)
    table.update(verification=look.wanted)
    fact.refresh_from_db(fields=["verification"])
    if fact.verification == Verification.UNVERIFIED:
        raise ValidationError(_("You entered this yourself: another person looks at it and confirms it."))
    person: Prisoner = look.prisoner
    if isinstance(fact, EndOfCustody):
        end_stays_if_confirmed(fact)
    if on := getattr(fact, "on", None):
        change(person, updated_on=last_event(person, on))
