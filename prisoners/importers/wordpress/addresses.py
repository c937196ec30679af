"""Old addresses: of people, of words of the old vocabularies, of lists; each leads on for ever."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from urllib.parse import quote, unquote

from django.db import transaction
from django.utils.translation import gettext as _

from memorial.base.choices import State
from prisoners.importers.report import Entry, What
from prisoners.importers.wordpress.old_links import LONGEST, normal_path, old_path
from prisoners.importers.wordpress.pages import KINDS_OF_PAGE
from prisoners.importers.wordpress.people import NOT_BROUGHT, PeopleOfDump
from prisoners.importers.wordpress.rules import SiteRules
from prisoners.importers.wordpress.store import Post, Store
from prisoners.importers.words import Words
from prisoners.models import ImportKey, OldAddress

_BATCH = 500


@dataclass(frozen=True)
class Wanted:
    """An old path and where it shall lead: to the person of a post, or to a page."""

    path: str
    key: str = ""
    page: str = ""
    language: str = ""


def addresses_of(post: Post, language: str, default: str) -> Iterator[tuple[str, str]]:
    """Every address under which a post answered, with the language where the address does not say it."""
    path = old_path(post.link)
    if path and not path.startswith("?"):
        says_it = post.link.partition("://")[2].partition("/")[2].startswith(f"{language}/")
        own = "" if says_it or language == default else language
        yield path, own
        above = path.rstrip("/").rpartition("/")[0]
        for slug in post.old_slugs:
            yield normal_path(unquote(f"{above}/{slug}")) + "/", own
    yield f"?p={post.number}", language
    if post.slug:
        yield f"?{post.kind}={normal_path(unquote(post.slug))}", language


class OldPages:
    """Where the old site's pages are now: for links in texts, and for the redirects."""

    def __init__(self, store: Store, rules: SiteRules) -> None:
        self.store, self.rules = store, rules
        self.words = Words()
        self._keys: dict[str, str] = {}
        self._published: set[str] = set()
        self._pages = {wanted.path: wanted.page for wanted in self.pages() if wanted.page}
        self._slugs: dict[str, str] = {}

    def load_people(self, people: PeopleOfDump) -> None:
        """Which old path is which person."""
        for wanted in self.of_people(people):
            self._keys.setdefault(wanted.path, wanted.key)
        self._published = {str(post.number) for post, _others in people.groups() if post.status == "publish"}
        self.load_slugs()

    def load_slugs(self) -> None:
        """Addresses of today. Hidden people and those shown by initials have none."""
        rows = ImportKey.objects.filter(source__code=self.rules.mapping.source.code, prisoner__isnull=False)
        shown = rows.exclude(prisoner__state=State.WITHDRAWN).exclude(prisoner__initials_only=True)
        self._slugs = dict(shown.values_list("key", "prisoner__slug"))

    def lookup(self, path: str) -> str | None:
        """The new path of an old one; "" while it is shown nowhere; None for what is no page of ours."""
        key = self._keys.get(path)
        if key is not None:
            slug = self._slugs.get(key) if key in self._published else None
            return f"prisoners/{slug}/" if slug else ""
        return self._pages.get(path)

    def of_people(self, people: PeopleOfDump) -> Iterator[Wanted]:
        """The addresses of every person, of all translations."""
        default = self.rules.languages.default
        for post, translations in people.groups():
            for one in (post, *translations):
                for path, language in addresses_of(one, people.language(one), default):
                    if len(path) <= LONGEST:
                        yield Wanted(path, key=str(post.number), language=language)
        yield from self._redirects()

    def _redirects(self) -> Iterator[Wanted]:
        """Redirects that the old site had itself, where they lead to a person."""
        rule = self.rules.redirects
        for post in self.store.posts((rule.kind,)) if rule.kind else ():
            source, target = post.meta.get(rule.source, ""), post.meta.get(rule.target, "")
            key = self._keys.get(old_path(target)) if target else None
            if post.status not in NOT_BROUGHT and source and key:
                yield Wanted(old_path(source), key=key)

    def pages(self) -> Iterator[Wanted]:
        """Lists and words of vocabularies; `page` is empty where there is none of ours."""
        for address, kind in self.rules.pages.items():
            yield Wanted(
                old_path(quote(address, safe="/?=&%")), page=KINDS_OF_PAGE[kind]("", self.words) or ""
            )
        for taxonomy, rule in self.rules.taxonomies.items():
            if not rule.leads_to:
                continue
            for term in self.store.terms(taxonomy):
                meaning = rule.terms.get(term.slug.casefold()) or rule.terms.get(term.name.casefold())
                word = meaning.value if meaning and meaning.value else term.name
                page = KINDS_OF_PAGE[rule.leads_to](word, self.words) or ""
                address = term.link or rule.address.replace("{slug}", term.slug)
                for path in filter(
                    None, (old_path(address), f"?{taxonomy}={normal_path(unquote(term.slug))}")
                ):
                    yield Wanted(path, page=page)

    def without_page(self) -> list[Entry]:
        """Old lists that lead nowhere, for the report."""
        reason = _("%(path)s: there is no page of ours for it.")
        return [
            Entry(What.LOOK, 0, "", reason % {"path": wanted.path})
            for wanted in self.pages()
            if not wanted.page and not wanted.path.startswith("?")
        ]


def write_addresses(wanted: Iterable[Wanted], source_code: str) -> tuple[int, list[Entry]]:
    """Writes the redirects that are not there yet; returns how many, and those that lead elsewhere already."""
    made, entries = 0, []
    rows = (one for one in wanted if one.path and (one.key or one.page))
    people = dict(
        ImportKey.objects.filter(source__code=source_code, prisoner__isnull=False).values_list(
            "key", "prisoner"
        )
    )
    while chunk := list(islice(rows, _BATCH)):
        with transaction.atomic():
            number, found = _write(chunk, people)
        made += number
        entries += found
    return made, entries


def _write(chunk: list[Wanted], people: Mapping[str, int | None]) -> tuple[int, list[Entry]]:
    there = {one.path: one for one in OldAddress.objects.filter(path__in=[one.path for one in chunk])}
    new: dict[str, OldAddress] = {}
    entries: list[Entry] = []
    for one in chunk:
        person = people.get(one.key)
        if one.key and person is None:
            continue
        known = there.get(one.path) or new.get(one.path)
        if known is None:
            new[one.path] = OldAddress(
                path=one.path, language=one.language, prisoner_id=person, page="" if one.key else one.page
            )
        elif known.page and one.page and known.page != one.page and known.pk:
            # A page of its own has come about since: an article's, say.
            OldAddress.objects.filter(pk=known.pk).update(page=one.page)
        elif one.key and known.prisoner_id != person:
            number = int(one.key) if one.key.isdigit() else 0
            reason = _("%(path)s leads to another page here already; that stays.") % {"path": one.path}
            entries.append(Entry(What.KEPT, number, "", reason))
    OldAddress.objects.bulk_create(new.values(), ignore_conflicts=True)
    return len(new), entries
