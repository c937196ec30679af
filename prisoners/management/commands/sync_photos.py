"""Brings the public photo files to what the database says: the safety net of showing and hiding."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand

from donations.actions.pictures import take_picture_away
from donations.models import Campaign
from memorial.base.acting import acting, command_actor
from memorial.base.choices import State
from memorial.base.photos import claimed_stems, remove_strays
from prisoners.actions.show_photos import restore_missing_sizes, take_photos_away
from prisoners.models import Photo


class Command(BaseCommand):
    help = (
        "Removes public photo files that no published photo claims, and makes anew those that are missing. "
        "Run it often: it is what removes a hidden photo whose file could not be removed at once."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with acting(command_actor("sync_photos"), "photo files brought to what the database says"):
            take_photos_away(Photo.objects.exclude(prisoner__state=State.PUBLISHED).exclude(stem=""))
            take_photos_away(Photo.objects.filter(original__hidden=True).exclude(stem=""))
            for campaign in Campaign.objects.exclude(state=State.PUBLISHED).exclude(picture__stem=""):
                take_picture_away(campaign)
        shown = Photo.objects.exclude(stem="").filter(prisoner__state=State.PUBLISHED)
        strays = remove_strays(claimed_stems())
        restored, failed = [], 0
        for photo in shown.select_related("original"):
            try:
                restored += restore_missing_sizes(photo)
            except ValidationError as error:
                failed += 1
                self.stderr.write(f"photo #{photo.pk}: {' '.join(error.messages)}")
        if options["verbosity"] >= 1:
            self.stdout.write(
                f"{len(strays)} stray files removed, {len(restored)} restored, {failed} failed."
            )
