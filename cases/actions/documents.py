"""Documents: taken in and made anew, checked, shown to readers, taken away from them.

What was checked is what readers get, byte for byte: the pages are made anew when the file is uploaded and
kept in the confidential storage until publication. The order of files and rows is that of photos
(`prisoners.actions.show_photos`): showing writes the file first, hiding forgets it first.
`manage.py sync_documents` mends what a failure leaves.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.documents.files import is_there, remove_public, write_public
from cases.documents.rendering import render
from cases.models import Document, DocumentOriginal
from memorial.base.choices import State
from memorial.base.civil_date import civil_date
from memorial.base.localized import all_languages
from memorial.base.photos import confidential_storage, random_stem
from prisoners.actions.begin import done_by, required_reason
from prisoners.models import Prisoner


def take_document_file(*, document: Document, data: bytes, name: str = "", by: int | None) -> None:
    """Takes a file in: the original confidential, its pages made anew beside it. An earlier one is replaced.

    `name` tells the kind of the original and is not kept. The redaction must be checked anew. Raises
    `ValidationError` for what cannot be read, and while the document shows another file to readers.
    """
    made = render(data)
    with _kept_files() as kept, transaction.atomic(), done_by(by, _("File of a document added")):
        row = _locked(document)
        if row.stem:
            raise ValidationError(_("Readers see a file of this document: withdraw it first."))
        original, _new = DocumentOriginal.objects.select_for_update().get_or_create(document=row)
        replaced = [str(original.file), str(original.rendering)]
        original.file.save(name or "file.pdf", ContentFile(data), save=False)
        kept.append(str(original.file))
        original.rendering.save("pages.pdf", ContentFile(made.content), save=False)
        kept.append(str(original.rendering))
        original.rendering_pages = made.pages
        original.uploaded_by = by
        original.redaction_checked_by = original.redaction_checked_on = None
        original.covered_people = []
        original.save()
        for old in filter(None, replaced):
            transaction.on_commit(partial(confidential_storage().delete, old), robust=True)
    document.refresh_from_db()


def check_redaction(*, document: Document, by: int, seen: str = "") -> None:
    """Says that somebody looked at every page, and that nothing stands there that readers must not see.

    `seen` names the rendering that was looked at, so that no other one that came meanwhile is said to be checked.
    Whoever is hidden in the case today counts as covered; where there is anybody hidden, the second pair of
    eyes is required: not those that uploaded the file. Raises `ValidationError`.
    """
    with _shown_files() as shown, transaction.atomic(), done_by(by, _("Redaction checked")):
        row = _locked(document)
        original = _original(row)
        if seen and seen != str(original.rendering):
            raise ValidationError(_("A new file was uploaded meanwhile: look at its pages."))
        hidden = hidden_people(row)
        if hidden and original.uploaded_by == by:
            raise ValidationError(
                _("Somebody of this case is hidden: let a colleague check the file, not whoever uploaded it.")
            )
        original.redaction_checked_by = by
        original.redaction_checked_on = civil_date()
        original.covered_people = hidden
        original.save()
        if row.is_published and row.stem:
            # Under a new name: a known address of what was hidden meanwhile never answers again.
            _forget(row)
            _show(row, original, shown)
    document.refresh_from_db()


def document_obstacles(document: Document) -> list[str]:
    """Why readers cannot see the document now; an empty list where nothing stands in the way."""
    found = []
    original = DocumentOriginal.objects.filter(document=document).first()
    if original and original.confidential:
        found.append(_("The document is marked «never show»."))
    has_pages = bool(original and original.rendering)
    if not has_pages and not any(getattr(document, column) for column in all_languages("text")):
        found.append(_("There is neither a file nor a text to show."))
    if has_pages and original and not original.redaction_checked_on:
        found.append(_("Nobody has checked the redaction of the file: look at its pages first."))
    elif has_pages and original and set(hidden_people(document)) - set(original.covered_people):
        found.append(_("Somebody of this case was hidden after the file was checked: check it again."))
    case = document.case
    if case is not None and not case.is_published:
        found.append(_("The case is not published: readers see the document together with the case."))
    if document.prosecution and not document.prosecution.prisoner.is_published:
        found.append(_("The person is not published: readers see the document together with the person."))
    return found


def publish_document(*, document: Document, by: int | None) -> None:
    """Lets readers see the document, its checked file under a new random name.

    Raises `ValidationError` with every obstacle (`document_obstacles`).
    """
    with _shown_files() as shown, transaction.atomic(), done_by(by, _("Published")):
        row = _locked(document)
        if obstacles := document_obstacles(row):
            raise ValidationError(obstacles)
        original = DocumentOriginal.objects.filter(document=row).exclude(rendering="").first()
        if original and not row.stem:
            _show(row, original, shown)
        _change(row, state=State.PUBLISHED, first_published_at=row.first_published_at or timezone.now())
    document.refresh_from_db()


def withdraw_document(*, document: Document, reason: str, by: int | None) -> None:
    """Takes the document and its file away from readers at once, by one person alone.

    The reason is kept in the history. Withdrawing twice does no harm. Raises `ValidationError` without one.
    """
    reason = required_reason(reason)
    with transaction.atomic(), done_by(by, reason):
        row = _locked(document)
        if row.state != State.WITHDRAWN:
            _change(row, state=State.WITHDRAWN)
        _forget(row)
    document.refresh_from_db()


def take_away_hidden_files() -> int:
    """Removes the public files of documents that are not published; returns how many there were."""
    unpublished = Document.objects.exclude(state=State.PUBLISHED).exclude(stem="")
    for row in unpublished:
        _forget(row)
    return len(unpublished)


def restore_missing_file(document: Document) -> bool:
    """Writes the public file of a shown document anew where it is missing, and says whether it was.

    Raises `ValidationError` where there is nothing to make it from.
    """
    if not document.stem or is_there(document.stem):
        return False
    write_public(document.stem, _content(_original(document)))
    return True


def hidden_people(document: Document) -> list[int]:
    """People of the document's case who are hidden today: shown by initials, or withdrawn."""
    hidden = Q(initials_only=True) | Q(state=State.WITHDRAWN)
    people = Prisoner.objects.filter(hidden, prosecutions__case=document.case_id)
    return list(people.order_by("id").values_list("id", flat=True))


def _show(row: Document, original: DocumentOriginal, shown: list[str]) -> None:
    content = _content(original)
    stem = random_stem()
    shown.append(stem)
    write_public(stem, content)
    _change(row, stem=stem, pages=original.rendering_pages, file_size=len(content))


def _forget(row: Document) -> None:
    if row.stem:
        # Robust: `sync_documents` tries again what cannot be removed now.
        transaction.on_commit(partial(remove_public, row.stem), robust=True)
        _change(row, stem="", pages=None, file_size=None)


def _change(row: Document, **columns: Any) -> None:
    Document.objects.filter(pk=row.pk).update(**columns)
    row.refresh_from_db()


def _locked(document: Document) -> Document:
    row = Document.objects.select_for_update(of=("self",)).filter(pk=document.pk).first()
    if row is None:
        raise ValidationError(_("This document's record is gone: it was deleted meanwhile."))
    return row


def _original(document: Document) -> DocumentOriginal:
    original = DocumentOriginal.objects.filter(document=document).exclude(rendering="").first()
    if original is None:
        raise ValidationError(_("The document has no file: upload one first."))
    return original


def _content(original: DocumentOriginal) -> bytes:
    try:
        with original.rendering.open("rb") as file:
            return bytes(file.read())
    except OSError as error:
        raise ValidationError(_("The file of the document is missing: upload it again.")) from error


@contextmanager
def _kept_files() -> Iterator[list[str]]:
    """Takes confidential files back if the action fails; around its transaction."""
    kept: list[str] = []
    try:
        yield kept
    except BaseException:
        for name in kept:
            confidential_storage().delete(name)
        raise


@contextmanager
def _shown_files() -> Iterator[list[str]]:
    """Takes public files back if the action fails; around its transaction."""
    stems: list[str] = []
    try:
        yield stems
    except BaseException:
        for stem in stems:
            remove_public(stem)
        raise
