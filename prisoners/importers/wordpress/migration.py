"""A whole old site: its people first, then their links, addresses, envelopes and photos.

Each step may be killed and done again: what is there already is not written twice.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from prisoners.importers.report import Entry, Report
from prisoners.importers.running import FileImport
from prisoners.importers.wordpress.addresses import OldPages, write_addresses
from prisoners.importers.wordpress.envelopes import Envelopes
from prisoners.importers.wordpress.importing import PEOPLE_OF_A_DUMP, DumpTable
from prisoners.importers.wordpress.media import Media
from prisoners.importers.wordpress.old_links import OldSite
from prisoners.importers.wordpress.opening import Dump
from prisoners.importers.wordpress.people import PeopleOfDump
from prisoners.importers.wordpress.photos import PhotoImport
from prisoners.importers.wordpress.rules import SiteRules

Progress = Callable[[str, int, int], None]
_EVERY = 200


class Migration:
    """One dump with its mapping and its folder of pictures."""

    def __init__(
        self, dump: Dump, rules: SiteRules, media: Path | None, *, publish: bool, progress: Progress
    ) -> None:
        self.dump, self.rules, self.publish, self.progress = dump, rules, publish, progress
        self.pages = OldPages(dump.store, rules)
        hosts = rules.hosts | {host.removeprefix("www.") for host in dump.store.hosts}
        self.people = PeopleOfDump(dump.store, rules, OldSite(hosts, self.pages.lookup))
        self.pages.load_people(self.people)
        self.photos = PhotoImport(self.people, Media(media), publish=publish and rules.mapping.publish)
        self.envelopes = Envelopes(self.people)
        self.addresses = 0
        self._import = self._importing(linking=False)

    def _importing(self, *, linking: bool) -> FileImport:
        return FileImport(
            DumpTable(self.people, self.dump.digest, linking),
            self.rules.mapping,
            publish=self.publish,
            progress=self.progress,
            kind=PEOPLE_OF_A_DUMP,
        )

    @property
    def people_count(self) -> int:
        """How many people the dump has."""
        return self._import.rows

    @property
    def resumed_at(self) -> int:
        """After how many people a killed run was taken up."""
        return self._import.resumed_at

    def described(self) -> list[str]:
        """What the dump is, and what of it does not come along: two or three lines."""
        said = {"file": self.dump.name, "how": self.dump.kind, "files": self.dump.files}
        lines = [_("%(file)s: read as %(how)s, files: %(files)s") % said]
        counts = self.dump.store.counts()
        left = {
            f"{kind} ({status})": number
            for (kind, status), number in sorted(counts.items())
            if kind not in self.rules.ignored | {"attachment", "revision", self.rules.redirects.kind}
            and (kind not in self.rules.people or status in ("trash", "auto-draft", "inherit"))
        }
        if left:
            words = ", ".join(f"{name}: {number}" for name, number in left.items())
            lines.append(_("Not brought along: %(what)s") % {"what": words})
        if self.dump.store.controls_left_out:
            number = self.dump.store.controls_left_out
            lines.append(_("Control characters left out: %(number)s") % {"number": number})
        return lines

    def try_out(self, report: Report) -> None:
        """Does everything that can be taken back and takes it back."""
        self._import.try_out(report)
        report.add(self.pages.without_page())
        report.add(self.photos.entries_of_trial())

    def refuse_too_many_rejected(self, report: Report, accepted: int | None) -> None:
        """Raises `ImportRefused` as every import does."""
        self._import.refuse_too_many_rejected(report, accepted)

    def write(self, written: Report, listed: Report) -> None:
        """Writes all of it; `written` counts, `listed` gets what only writing could tell."""
        self._import.write(written)
        new = written.rejected_rows - listed.rejected_rows
        listed.add(entry for entry in written.first if entry.row in new)
        self._link(listed)
        self.addresses, entries = write_addresses(
            [*self.pages.of_people(self.people), *self.pages.pages()], self.rules.mapping.source.code
        )
        listed.add(entries)
        listed.add(self.envelopes.write())
        listed.add(self._photo_entries())

    def _link(self, listed: Report) -> None:
        """Links between people: only now everybody has an address."""
        self.pages.load_slugs()
        job = self._importing(linking=True)
        job.progress = lambda *_said: None
        with Report(self.dump.name) as silent:
            job.write(silent)
        new = silent.rejected_rows - listed.rejected_rows
        listed.add(entry for entry in silent.first if entry.row in new)

    def _photo_entries(self) -> Iterable[Entry]:
        def told(done: int) -> None:
            if done % _EVERY == 0:
                self.progress(_("photos"), done, self.people_count)

        # What is missing or broken has been told by the trial.
        known = {(entry.row, entry.reason) for entry in self.photos.entries_of_trial()}
        return (entry for entry in self.photos.write(told) if (entry.row, entry.reason) not in known)

    def besides(self) -> str:
        """The numbers of the later steps in one sentence."""
        return _(
            "Photos: %(photos)s, shown: %(shown)s, out of texts, for staff to look at: %(texts)s; "
            "old addresses: %(addresses)s; "
            "names for envelopes, to be confirmed: %(names)s; addresses of institutions: %(places)s."
        ) % {
            "photos": self.photos.added,
            "shown": self.photos.shown,
            "texts": self.photos.from_texts,
            "addresses": self.addresses,
            "names": self.envelopes.names,
            "places": self.envelopes.addresses,
        }
