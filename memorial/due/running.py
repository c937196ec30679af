"""Does what is due, one piece a transaction. Two that run at once never take the same piece."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from memorial.base.acting import acting, command_actor
from memorial.due.kinds import WorkKind, kind_of
from memorial.due.models import DueWork

MOST_AT_ONCE: Final = 200
WAITS: Final = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 360))
"""How long after each failed try the next one comes; the last for ever after."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ran:
    """What came of one piece: "done", "refused" or, of a failure that will be tried again, "failed"."""

    work: DueWork
    result: str


def run_due(most: int = MOST_AT_ONCE) -> Iterator[Ran]:
    """Does what is due now, at most so many pieces, the oldest first.

    What another run has in hand is passed by. A try that fails is kept and put off, so that no piece comes
    twice in one run; with nothing due it does nothing.
    """
    until = timezone.now()
    for _piece in range(most):
        ran = _next(until)
        if ran is None:
            return
        yield ran


def _next(until: datetime) -> Ran | None:
    with transaction.atomic(), acting(command_actor("run_due"), _("Planned for this moment")):
        # Whoever else runs holds the lock of its own piece until that is done.
        work = DueWork.objects.due(until).select_for_update(skip_locked=True).first()
        if work is None:
            return None
        result = _try(work, kind_of(work.kind))
        work.save()
        return Ran(work, result)


def _try(work: DueWork, kind: WorkKind | None) -> str:
    """Does the work in a savepoint of its own, and notes on the row what came of it."""
    try:
        if kind is None:
            raise LookupError(work.kind)
        with transaction.atomic():
            work.said = kind.do(work.object_id)
    except ValidationError as error:
        work.outcome, work.said = DueWork.Outcome.REFUSED, "\n".join(error.messages)
    except Exception as error:
        _put_off(work, error)
        return "failed"
    else:
        work.outcome = DueWork.Outcome.DONE
    work.done_at = timezone.now()
    return str(work.outcome)


def _put_off(work: DueWork, error: Exception) -> None:
    """The class of the error alone: its text may name somebody, and logs are read by others."""
    name = type(error).__name__
    _log.error("due work %s of kind %s failed: %s", work.pk, work.kind, name)
    wait = WAITS[min(work.tries, len(WAITS) - 1)]
    work.tries = min(work.tries + 1, 30_000)
    work.next_try_at = max(timezone.now(), work.due_at) + wait
    work.said = _("It failed (%(error)s) and will be tried again.") % {"error": name}
