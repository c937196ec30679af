"""Drafts and terms that the database must refuse."""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection

from memorial.base.acting import acting
from memorial.staff.models import User
from memorial.translating.models import Draft, GlossaryTerm, TextSource

Rows = list[Callable[[], object]]
PLACE = {"table": "prisoners_prisoner", "row": 1, "field": "summary", "language": "en"}


def draft(by: str = "command:a", **fields: object) -> Draft:
    """A draft as `by` takes it."""
    whole = {
        "holder": by,
        "until": "2026-11-30",
        "source_digest": "0",
        "target_digest": "0",
        **PLACE,
        **fields,
    }
    with acting(by):
        return Draft.objects.create(**whole)


def changed(made: Draft, by: str, **fields: object) -> Draft:
    with acting(by):
        Draft.objects.filter(pk=made.pk).update(**fields)
    return made


def offered(by: str = "command:a") -> Draft:
    return changed(draft(by, text="Words"), by, step="offered")


def published() -> Draft:
    made = changed(offered(), "command:b", step="approved")
    return changed(made, "command:c", step="published")


def account() -> str:
    """An account of the office without any right."""
    return f"staff:{User.objects.create(username='nobody', email='n@example.org', is_staff=True).pk}"


def twice(make: Callable[[], object]) -> None:
    make()
    make()


def source() -> TextSource:
    return TextSource.objects.create(**PLACE, digest="0")


def without_a_name() -> None:
    """The office's own role, and nobody who acts."""
    made = draft()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE staff_rw")
    Draft.objects.filter(pk=made.pk).update(text="x")


def term(**fields: str) -> Callable[[], object]:
    return lambda: GlossaryTerm.objects.create(**{"russian": "залог", "english": "bail", **fields})


def taken_over_then_reviewed_by_the_writer() -> None:
    made = changed(draft(text="Words"), "command:b", holder="command:b")
    changed(changed(made, "command:b", step="offered"), "command:a", step="approved")


REFUSED: dict[str, Rows] = {
    "textsource_once": [lambda: twice(source)],
    "glossaryterm_once": [lambda: twice(term())],
    "glossaryterm_in_both_languages": [term(russian=" "), term(english="")],
    "draft_one_at_a_time": [lambda: twice(draft)],
    "draft_step_known": [lambda: changed(draft(text="Words"), "command:a", step="perhaps")],
    "draft_offered_with_text": [lambda: changed(draft(), "command:a", step="offered")],
    "draft_has_somebody": [
        lambda: Draft.objects.create(
            holder="", until="2026-11-30", source_digest="0", target_digest="0", **PLACE
        ),
        without_a_name,
    ],
    "draft_by_its_holder": [
        lambda: changed(draft(text="Words"), "command:b", text="Others"),
        lambda: changed(changed(offered(), "command:b", step="approved"), "command:a", text="Others"),
        lambda: draft(account(), holder="command:a"),
    ],
    "draft_reviewed_by_another": [
        lambda: changed(offered(), "command:a", step="approved"),
        taken_over_then_reviewed_by_the_writer,
    ],
    "draft_reviewed_by_right": [lambda: changed(offered(), account(), step="approved")],
    "draft_published_after_review": [
        lambda: draft(text="Words", step="approved"),
        lambda: changed(offered(), "command:b", step="published"),
    ],
    "draft_published_by_right": [
        lambda: changed(changed(offered(), "command:b", step="approved"), account(), step="published")
    ],
    "draft_is_published": [lambda: changed(published(), "command:a", words=7)],
    "draft_cleared_by_right": [
        lambda: draft(account(), cleared_digest="0"),
        lambda: changed(draft(), account(), cleared_digest="0"),
    ],
}
