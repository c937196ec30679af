"""Posts of people as rows of a table: the columns of the mapping, and what came along besides."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from django.utils.translation import gettext as _

from prisoners.choices import StayReason
from prisoners.importers.fields import FIELDS, Kind
from prisoners.importers.rows import Unread
from prisoners.importers.table import Row
from prisoners.importers.wordpress.blocks import html_of
from prisoners.importers.wordpress.letters import Letter, State, parse_letter
from prisoners.importers.wordpress.meanings import Meanings, stated_code
from prisoners.importers.wordpress.old_links import OldSite
from prisoners.importers.wordpress.places_known import PlacesKnown
from prisoners.importers.wordpress.rules import IGNORE, LETTERS, NOTE, SiteRules
from prisoners.importers.wordpress.rules_file import KEY_COLUMN
from prisoners.importers.wordpress.sections import cut, lines_of
from prisoners.importers.wordpress.store import Post, Store
from prisoners.importers.wordpress.tidy import Tidied, plain_lines, tidy
from prisoners.importers.wordpress.titles import name_of_title
from prisoners.importers.words import Words

NOT_BROUGHT = frozenset({"trash", "auto-draft", "inherit"})


@dataclass(frozen=True)
class DumpRow(Row):
    """A person's posts as one row; its number is that of the post, as `?p=` names it."""

    unread: tuple[Unread, ...] = ()
    listed: tuple[tuple[str, str], ...] = ()
    """Column and what became of it, for the list of complaints."""
    leftovers: tuple[tuple[str, str], ...] = ()
    stays_draft: str = ""
    letter: Letter | None = None
    has_links: bool = False


@dataclass
class _Making:
    """A row while it is made."""

    post: Post
    cells: dict[str, str] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    listed: list[tuple[str, str]] = field(default_factory=list)
    leftovers: list[tuple[str, str]] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)
    letter: Letter | None = None
    own_images: list[str] = field(default_factory=list)
    has_links: bool = False


class PeopleOfDump:
    """Every person of a dump as a row, one after another, as often as wanted."""

    def __init__(self, store: Store, rules: SiteRules, site: OldSite) -> None:
        self.store, self.rules, self.site = store, rules, site
        self.words = Words()
        self.meanings = Meanings(rules, self.words)
        self.places = PlacesKnown()

    def groups(self) -> Iterator[tuple[Post, list[Post]]]:
        """Each person's main post, in the site's own language where there is one, and its translations."""
        translations = self._translations()
        for post in self.store.posts(self.rules.people):
            others = translations.get(self.group(post), [])
            if post.status in NOT_BROUGHT or (others and post.number != others[0]):
                continue
            rest = (self.store.post(number) for number in others[1:])
            yield post, [other for other in rest if other and other.status not in NOT_BROUGHT]

    def rows(self) -> Iterator[DumpRow]:
        """Rows in the order of the posts' numbers."""
        for post, translations in self.groups():
            yield self.row(post, translations)

    def row(self, post: Post, translations: list[Post]) -> DumpRow:
        """One person."""
        making = _Making(post, {KEY_COLUMN: str(post.number)})
        for one in (*translations, post):
            self._read(making, one, is_main=one is post)
        self._read_letters(making)
        return DumpRow(
            post.number,
            making.cells,
            unread=tuple(making.unread),
            listed=tuple(dict.fromkeys(making.listed)),
            leftovers=tuple(making.leftovers),
            stays_draft=_why_draft(post),
            letter=making.letter,
            has_links=making.has_links,
        )

    # --- languages --------------------------------------------------------------------------

    def language(self, post: Post) -> str:
        """The language of a post: as it says itself, by a word, by a field; else the site's own."""
        rule = self.rules.languages
        words = self.store.terms_of(post).get(rule.term, [])
        said = post.language or (words[0][0] if words else "") or post.meta.get(rule.meta, "")
        code = rule.codes.get(said, said.replace("_", "-").split("-")[0].lower())
        return code if code in ("ru", "en") else rule.default

    def group(self, post: Post) -> str:
        """What translations have in common; empty for a post that has none."""
        if post.group:
            return post.group
        rule = self.rules.languages
        words = self.store.terms_of(post).get(rule.group, [])
        if words:
            return words[0][0]
        original = post.meta.get(rule.original, "").strip()
        return f"#{original}" if original else f"#{post.number}"

    def _translations(self) -> dict[str, list[int]]:
        """Posts of one person, the main one first."""
        found: dict[str, list[tuple[bool, bool, int]]] = {}
        for post in self.store.posts(self.rules.people):
            if post.status not in NOT_BROUGHT:
                rank = (self.language(post) != self.rules.languages.default, post.status != "publish")
                found.setdefault(self.group(post), []).append((*rank, post.number))
        return {
            group: [rank[-1] for rank in sorted(ranks)] for group, ranks in found.items() if len(ranks) > 1
        }

    # --- cells ------------------------------------------------------------------------------

    def _read(self, making: _Making, post: Post, *, is_main: bool) -> None:
        """The cells of one post. A translation gives what has a language; the rest is the main post's."""
        language = self.language(post)
        cells: dict[str, str] = {}
        self._read_texts(making, cells, post, language, is_main=is_main)
        for key, value in post.meta.items():
            self._read_meta(making, cells, key, value, language, is_main=is_main)
        if is_main:
            self._read_terms(making, cells, post)
        for name, text in cells.items():
            column = f"{language}:{name}"
            if (
                text
                and column in self.rules.mapping.columns
                and (is_main or self._has_language(column, language))
            ):
                making.cells[column] = text

    def _has_language(self, column: str, language: str) -> bool:
        rule = self.rules.mapping.columns.get(column)
        return rule is not None and any(target.field.endswith(f"_{language}") for target in rule.targets)

    def _read_texts(
        self, making: _Making, cells: dict[str, str], post: Post, language: str, *, is_main: bool
    ) -> None:
        cells["title"] = name_of_title(post.title, self.rules.title_without)
        cells["slug"], cells["link"] = unquote(post.slug), post.link
        found = self._tidy(making, post.content, language)
        parts = cut(found.blocks, self.rules.content)
        if story := parts.get(self.rules.content.field):
            cells["lead"] = story[0].text
        cells["excerpt"] = " ".join(plain_lines(post.excerpt).split()).removesuffix("[…]").strip()
        for part, blocks in parts.items():
            if part == LETTERS and is_main:
                making.letters.append(lines_of(blocks))
            elif part == NOTE:
                making.leftovers.append((_("text"), lines_of(blocks)))
            elif part not in (IGNORE, LETTERS):
                is_rich = (
                    FIELDS.get(part, FIELDS.get(f"{part}_{language}", FIELDS["note"])).kind is Kind.RICH_TEXT
                )
                cells[f"content:{part}"] = html_of(blocks) if is_rich else lines_of(blocks)

    def _tidy(self, making: _Making, markup: str, language: str) -> Tidied:
        rule = self.site.rule(language)

        def noticed(href: str) -> tuple[str, str]:
            target, complaint = rule(href)
            making.has_links = making.has_links or (not complaint and self.site.is_own(href))
            return target, complaint

        drop = self.rules.content.drop_shortcodes
        found = tidy(markup, links=noticed, is_own=self.site.is_own, drop_shortcodes=drop)
        making.listed += [("content", _("left out: %(what)s") % {"what": what}) for what in found.dropped]
        making.own_images += found.own_images
        return found

    def pictures_in_texts(self, post: Post) -> list[str]:
        """The addresses of the old site's own pictures in the texts of a post, each once."""
        making = _Making(post)
        language = self.language(post)
        # What begins with «_» is WordPress's own; addresses for letters are not read for pictures.
        fields = [
            text
            for name, text in post.meta.items()
            if not name.startswith("_") and f"meta:{name}" not in self.rules.letters
        ]
        for text in (post.content, *fields):
            if "<img" in text.lower():
                self._tidy(making, text, language)
        return list(dict.fromkeys(making.own_images))

    def _read_meta(
        self, making: _Making, cells: dict[str, str], key: str, value: str, language: str, *, is_main: bool
    ) -> None:
        """A field of the old site's own. Those that begin with «_» are WordPress's."""
        name = f"meta:{key.casefold()}"
        rule = self.rules.mapping.columns.get(f"{language}:{name}")
        if f"meta:{key}" in self.rules.letters:
            making.letters += [plain_lines(value)] * is_main
        elif rule is not None:
            is_rich = any(FIELDS[target.field].kind is Kind.RICH_TEXT for target in rule.targets)
            cells[name] = self._tidy(making, value, language).html if is_rich else plain_lines(value).strip()
        elif is_main and value.strip() and self._is_to_be_noted(key):
            making.leftovers.append((key, plain_lines(value).strip()))

    def _is_to_be_noted(self, key: str) -> bool:
        """Fields without a place go into a note, but not those that are WordPress's own or name photos."""
        is_named = key.startswith("_") or self._is_of_photos(key)
        return self.rules.mapping.others == "note" and not is_named

    def _is_of_photos(self, key: str) -> bool:
        return f"meta:{key}" in self.rules.photos.meta

    def _read_terms(self, making: _Making, cells: dict[str, str], post: Post) -> None:
        for taxonomy, words in self.store.terms_of(post).items():
            if taxonomy in (self.rules.languages.term, self.rules.languages.group):
                continue
            values, problems, notes = self.meanings.of(taxonomy, words)
            making.unread += problems
            making.leftovers += notes
            for field_name, said in values.items():
                cells[f"term:{taxonomy}:{field_name}"] = self.meanings.joined(field_name, said)
                if field_name.startswith("charges_") and (code := stated_code(said)):
                    cells[f"code:{taxonomy}:{field_name}"] = code

    # --- letters ----------------------------------------------------------------------------

    def _read_letters(self, making: _Making) -> None:
        """Where a person is to be written to: the institution, or why there is none."""
        text = "\n".join(part for part in making.letters if part.strip())
        if not text:
            return
        letter = making.letter = parse_letter(text)
        language = self.language(making.post)
        column = f"{language}:letters:facility"
        match letter.state:
            case State.HOUSE_ARREST:
                # Not a word of it is kept: it may hold the address of a home (domain, rule 8).
                making.letter = None
                making.cells[f"{language}:letters:reason"] = StayReason.HOUSE_ARREST
            case State.TRANSIT:
                making.cells[f"{language}:letters:reason"] = StayReason.TRANSIT
            case State.ADDRESS:
                self._place(making, letter, column, text)
            case State.AT_LARGE:
                making.unread.append(
                    Unread("letters", text, _("Says that nobody can write there now: see to it."))
                )
            case State.UNKNOWN:
                making.listed.append(("letters", _("The address is not known, says the old site.")))
            case State.NOTHING:
                making.unread.append(Unread("letters", text, _("No address could be read.")))

    def _reasons(self, making: _Making) -> set[str]:
        """Why the person is held, by the words of the old site."""
        return {text for column, text in making.cells.items() if column.endswith(":stay_reason")}

    def _place(self, making: _Making, letter: Letter, column: str, text: str) -> None:
        if letter.looks_like_a_home:
            making.letter = None
            making.unread.append(
                Unread("letters", "", _("Looks like the address of a home: nothing of it was kept."))
            )
            return
        if StayReason.HOUSE_ARREST in self._reasons(making):
            making.letter = None
            making.unread.append(
                Unread("letters", "", _("An address, and house arrest: nothing of it was kept."))
            )
            return
        name = self.places.name_of(letter) or letter.name
        if not name:
            making.letter = None
            reason = _("The institution is not certain: enter it by hand.")
            making.unread.append(Unread("letters", text, reason))
            return
        making.cells[column] = name
        if letter.rest:
            rest = "; ".join(letter.rest)
            reason = _("Part of the address that is not understood: %(text)s") % {"text": rest[:200]}
            making.unread.append(Unread("letters", rest, reason))


def _why_draft(post: Post) -> str:
    if post.has_password:
        return _("The old site showed this page with a password only.")
    if post.status != "publish":
        return _("The old site did not show this page (%(status)s).") % {"status": post.status}
    return ""
