"""An editor who never stops: one published profile after the other is changed, by the office's own role.

What was said to be saved is written to the standard output, number by number; the drill looks for each afterwards.
A line "hide SLUG" on the standard input withdraws a person as the office does.
"""

from __future__ import annotations

import sys
import threading
import time
from typing import Final

import django

_PATIENCE: Final = 5.0


def main() -> None:
    """Edit from a number on, with so many seconds between, until the standard input is closed."""
    django.setup()
    threading.Thread(target=_listen, daemon=True).start()
    number, between = int(sys.argv[1]), float(sys.argv[2])
    while True:
        number += 1
        _say("saved" if _edited(number) else "refused", number)
        time.sleep(between)


def _edited(number: int) -> bool:
    from django.db import Error, connection, transaction

    from memorial.base.acting import acting, command_actor
    from memorial.postgres.deadline import answered_within
    from prisoners.models import Prisoner

    try:
        with answered_within(_PATIENCE), acting(command_actor("drill"), "the drill"), transaction.atomic():
            people = Prisoner.objects.published().order_by("pk")
            person = people[number % 5]
            Prisoner.objects.filter(pk=person.pk).update(summary_ru=f"Учебная правка {number:06}.")
    except Error:
        connection.close()
        return False
    return True


def _listen() -> None:
    for line in sys.stdin:
        verb, _space, slug = line.strip().partition(" ")
        if verb == "hide":
            _hide(slug)
    raise SystemExit


def _hide(slug: str) -> None:
    from django.core.exceptions import ValidationError
    from django.db import Error, connection

    from memorial.base.acting import acting, command_actor
    from prisoners.actions import withdraw
    from prisoners.models import Prisoner

    try:
        with acting(command_actor("drill"), "the drill"):
            withdraw(prisoner=Prisoner.objects.get(slug=slug), reason="Учебная тревога", by=None)
        _say("hidden", slug)
    except (Error, OSError, ValidationError) as error:
        _say("not-hidden", f"{type(error).__name__} {' '.join(str(error).split())[:120]}")
    finally:
        connection.close()


def _say(word: str, what: object) -> None:
    print(word, what, flush=True)


if __name__ == "__main__":
    main()
