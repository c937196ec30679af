"""Photos of people: found in the folder by the name of the attachment, taken in as staff's uploads are.

The same picture is never added twice, and one that staff took out does not return: what became
of each attachment is remembered beside the key of the row. Without a licence in the mapping a
photo is kept from readers until staff publish it; one that stood in a text always is, and an
open note of the person says so.
"""

import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from memorial.base.photos import ACCEPTED, MOST_BYTES, clean_photo
from prisoners.actions import add_photo, publish_photo
from prisoners.importers.report import Entry, What
from prisoners.importers.wordpress.media import Media, original_of
from prisoners.importers.wordpress.people import PeopleOfDump
from prisoners.importers.wordpress.store import Post
from prisoners.importers.wordpress.text_pictures import Candidate, TextPictures, is_too_small
from prisoners.importers.wordpress.tidy import plain_lines
from prisoners.importers.wordpress.titles import name_of_title
from prisoners.models import ImportKey, Photo, PhotoOriginal, Prisoner, StaffNote

_LONGEST_WORDS = 200
_NAME_OF_A_FILE = re.compile(
    r"^(?:img|dsc|photo|foto|image|screenshot|whatsapp)?[\s_-]*[\d_x.-]*$|\.\w{3,4}$", re.IGNORECASE
)
_NUMBER = re.compile(r"^\d{1,15}$")


def candidates(people: PeopleOfDump, post: Post) -> Iterator[Candidate]:
    """The pictures that the mapping says are photos of the person, the first one first."""
    rule, seen = people.rules.photos, set()
    named = [str(post.featured)] if rule.featured and post.featured else []
    for name in rule.meta:
        value = post.meta.get(name.removeprefix("meta:"), "")
        named += [part.strip() for part in re.split(r"[;,|\s]+", value) if part.strip()]
    for name in named:
        if _NUMBER.match(name):
            attachment = people.store.post(int(name))
            found = Candidate(str(int(name)), attachment.file_url if attachment else "", attachment)
        elif name.startswith(("http://", "https://", "/")):
            found = Candidate(name[:300], name)
        else:
            continue
        if found.number not in seen:
            seen.add(found.number)
            yield found


class PhotoImport:
    """Every photo of a dump: tried, or taken in, one transaction each."""

    def __init__(self, people: PeopleOfDump, media: Media, *, publish: bool) -> None:
        self.people, self.media, self.publish = people, media, publish
        self.texts = TextPictures(people.store)
        self.added = self.shown = self.from_texts = 0

    def _pictures(self, post: Post, translations: list[Post]) -> list[Candidate]:
        """All that belong to a person, each once: photos first, then what only stands in the texts."""
        sides = (post, *translations)
        found = {one.number: one for side in sides for one in candidates(self.people, side)}
        if self.people.rules.photos.in_texts:
            for side in sides:
                for one in self.texts.of(side, self.people.pictures_in_texts(side)):
                    found.setdefault(one.number, one)
        return list(found.values())

    def entries_of_trial(self) -> Iterator[Entry]:
        """What is missing or is no photo, by a look at its first bytes."""
        for post, translations in self.people.groups():
            for one in self._pictures(post, translations):
                if reason := self._obstacle(one):
                    yield Entry(What.LOOK, post.number, _("photo"), reason)

    def write(self, progress: Callable[[int], None] = lambda _done: None) -> Iterator[Entry]:
        """Takes the photos in. Begins anew after a kill and adds nothing twice."""
        source = self.people.rules.mapping.source.code
        for done, (post, translations) in enumerate(self.people.groups(), 1):
            own = self._pictures(post, translations)
            key = None
            if own:
                rows = ImportKey.objects.filter(source__code=source, key=str(post.number))
                key = rows.filter(prisoner__isnull=False).select_related("prisoner").first()
            if key is not None and key.prisoner is not None and key.prisoner.state != "withdrawn":
                for one in own:
                    yield from self._take_in(key, key.prisoner, one, post)
            progress(done)

    def _take_in(self, key: ImportKey, person: Prisoner, one: Candidate, post: Post) -> Iterator[Entry]:
        if one.number in key.imported.get("photos", {}):
            return
        if reason := self._obstacle(one):
            yield Entry(What.LOOK, post.number, _("photo"), reason)
            return
        path = self.media.find(one.url)
        try:
            photo = self._write(key, person, one, path.read_bytes() if path else b"")
        except (ValidationError, OSError) as error:
            words = " ".join(error.messages) if isinstance(error, ValidationError) else str(error.strerror)
            yield Entry(What.LOOK, post.number, _("photo"), f"{_file_name(one)}: {words}")
            return
        if photo is not None:
            yield from self._show(person, photo, one, post)

    def _write(self, key: ImportKey, person: Prisoner, one: Candidate, data: bytes) -> Photo | None:
        """The photo and the memory of it, in one transaction; None for one that is here already."""
        with transaction.atomic():
            key = ImportKey.objects.select_for_update().get(pk=key.pk)
            photo = None
            if not _is_here(person, data):
                photo = add_photo(prisoner=person, data=data, by=None, **self._words(one))
                if one.is_of_text or not self.people.rules.photos.licence:
                    PhotoOriginal.objects.filter(photo=photo).update(hidden=True)
                self.added += 1
                if one.is_of_text:
                    self.from_texts += 1
                    _leave_note(person)
            photos = {**key.imported.get("photos", {}), one.number: photo.pk if photo else 0}
            ImportKey.objects.filter(pk=key.pk).update(imported={**key.imported, "photos": photos})
        return photo

    def _show(self, person: Prisoner, photo: Photo, one: Candidate, post: Post) -> Iterator[Entry]:
        if one.is_of_text:
            reason = _("Stood in the text: kept from readers until somebody has looked at it.")
            yield Entry(What.DRAFT, post.number, _("photo"), f"{_file_name(one)}: {reason}")
        elif not self.people.rules.photos.licence:
            reason = _("Kept from readers: no licence is recorded. Publish it by hand.")
            yield Entry(What.DRAFT, post.number, _("photo"), reason)
        elif self.publish and person.is_published:
            try:
                publish_photo(photo=photo, reason=_("Shown on the site before this one"), by=None)
                self.shown += 1
            except ValidationError as error:
                yield Entry(What.DRAFT, post.number, _("photo"), " ".join(error.messages))

    def _words(self, one: Candidate) -> dict[str, str]:
        """What the photo shows, whose it is, where it comes from."""
        rule = self.people.rules.photos
        language = self.people.rules.languages.default
        # The licence is that of the photos; whose a picture of a text is nobody has said.
        licence = "" if one.is_of_text else rule.licence
        note = "; ".join(part for part in (licence, one.url) if part)[:300]
        words = {"source_note": note}
        if one.attachment is None:
            return words
        alt = name_of_title(one.attachment.alt)
        if alt and not _NAME_OF_A_FILE.search(alt) and len(alt) <= _LONGEST_WORDS:
            words[f"alt_{language}"] = alt
        said = one.attachment.meta.get(rule.credit.removeprefix("meta:"), "") or one.attachment.excerpt
        credit = " ".join(plain_lines(said).split())
        if credit and len(credit) <= _LONGEST_WORDS:
            words[f"credit_{language}"] = credit
        return words

    def _obstacle(self, one: Candidate) -> str:
        """Why a picture cannot be taken in, seen from outside."""
        if not one.url:
            return _("Attachment %(number)s is not in the dump.") % {"number": one.number}
        if not self.media.is_given:
            return _("%(file)s: no folder of pictures was given.") % {"file": _file_name(one)}
        path = self.media.find(one.url)
        if path is None:
            return _("%(file)s is not in the folder.") % {"file": _file_name(one)}
        return _no_photo(path, one)


def _leave_note(person: Prisoner) -> None:
    """One open note a person, in the list of what imports have left to do."""
    text = _(
        "Pictures of the old text are kept from readers: look at each, say what it shows and whose it is, "
        "and show or delete it."
    )
    if not StaffNote.objects.filter(prisoner=person, text=text, done=False).exists():
        StaffNote.objects.create(prisoner=person, text=text)


def _no_photo(path: Path, one: Candidate) -> str:
    try:
        if path.stat().st_size > MOST_BYTES:
            return _("%(file)s is larger than 30 MB.") % {"file": path.name}
        with Image.open(path, formats=ACCEPTED) as picture:
            if one.is_of_text and is_too_small(*picture.size):
                return _("%(file)s is too small for a photo: left out.") % {"file": path.name}
            return ""
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return _("%(file)s is no photo that can be read.") % {"file": path.name}


def _is_here(person: Prisoner, data: bytes) -> bool:
    """Whether the person has this very picture, whoever brought it."""
    originals = list(PhotoOriginal.objects.filter(photo__prisoner=person))
    if not originals:
        return False
    wanted = sha256(clean_photo(data).content).digest()
    for original in originals:
        with original.file.open("rb") as file:
            if sha256(file.read()).digest() == wanted:
                return True
    return False


def _file_name(one: Candidate) -> str:
    return original_of(one.url).rpartition("/")[2][:120] or one.number
