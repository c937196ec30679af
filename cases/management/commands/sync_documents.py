"""Brings the public files of documents to what the database says: the safety net of showing and hiding."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand

from cases.actions.documents import restore_missing_file, take_away_hidden_files
from cases.documents.files import remove_strays
from cases.models import Document
from memorial.base.acting import acting, command_actor


class Command(BaseCommand):
    help = (
        "Removes public files that no published document claims, and writes anew those that are missing. "
        "Run it often: it is what removes the file of a withdrawn document that could not be removed at once."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with acting(command_actor("sync_documents"), "files of documents brought to what the database says"):
            hidden = take_away_hidden_files()
        shown = Document.objects.exclude(stem="")
        strays = remove_strays(shown.values_list("stem", flat=True))
        restored = failed = 0
        for document in shown:
            try:
                restored += restore_missing_file(document)
            except ValidationError as error:
                failed += 1
                self.stderr.write(f"document #{document.pk}: {' '.join(error.messages)}")
        if options["verbosity"] >= 1:
            self.stdout.write(
                f"{hidden} hidden, {len(strays)} stray files removed, {restored} restored, {failed} failed."
            )
