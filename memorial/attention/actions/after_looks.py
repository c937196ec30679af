"""A page became grave after it was published: somebody else has looked, and it stays or is withdrawn."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from memorial.attention.models import AfterLook, Outcome
from memorial.base.acting import staff_actor
from prisoners.actions.begin import done_by, locked_prisoner, required_reason
from prisoners.actions.publish import withdraw


def say_it_stays(*, look: AfterLook, word: str = "", by: int) -> None:
    """A second person has looked: the page stays. Raises `ValidationError` for one's own change."""
    with transaction.atomic(), done_by(by, _("Looked at afterwards: it stays")):
        locked_prisoner(look.prisoner)
        _answer(look, Outcome.STAYS, word, by)


def withdraw_after_look(*, look: AfterLook, word: str, by: int) -> None:
    """A second person has looked, and takes the page from readers at once. Raises `ValidationError`.

    It needs a word, which is kept as the reason, confidentially.
    """
    word = required_reason(word)
    with transaction.atomic():
        with done_by(by, word):
            person = locked_prisoner(look.prisoner)
            _answer(look, Outcome.WITHDRAWN, word, by)
        withdraw(prisoner=person, reason=word, by=by)


def _answer(look: AfterLook, outcome: Outcome, word: str, by: int) -> None:
    if look.entered_by == staff_actor(by):
        raise ValidationError(_("You changed this yourself: another person looks at it."), code="own")
    with connection.cursor() as cursor:
        cursor.execute("SELECT memorial_answer_after_look(%s, %s, %s)", [look.pk, outcome.value, word])
        if not cursor.fetchone()[0]:
            raise ValidationError(_("It no longer waits: somebody has looked at it, or it was changed."))
    look.refresh_from_db()
