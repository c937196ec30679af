"""Reads the mapping of an old site from its TOML file. Every mistake in it is told at once.

The sections that every import has ([source], [rows], [columns], [dates], [names], [values],
[constants], [facilities]) are read by the same code; here are those of WordPress alone.
"""

import hashlib
import re
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from memorial.base.localized import LANGUAGES
from prisoners.importers.errors import ImportRefused
from prisoners.importers.fields import FIELDS, Kind
from prisoners.importers.mapping import ColumnRule, Target
from prisoners.importers.mapping_file import MOST_BYTES, parse_mapping
from prisoners.importers.mapping_file import _Reader as MappingReader
from prisoners.importers.table import column_key
from prisoners.importers.wordpress.pages import KINDS_OF_PAGE
from prisoners.importers.wordpress.rules import (
    IGNORE,
    LETTERS,
    NOTE,
    ContentRule,
    LanguageRule,
    PhotoRule,
    RedirectRule,
    SiteRules,
    TaxonomyRule,
    TermMeaning,
)

SECTIONS = {
    "site": {"hosts"},
    "posts": {"people", "ignore", "title_without"},
    "languages": {"default", "term", "group", "meta", "original", "codes"},
    "content": {"field", "sections", "paragraphs", "drop_shortcodes"},
    "letters": {"from"},
    "photos": {"featured", "meta", "credit", "licence", "in_texts"},
    "redirects": {"type", "from", "to"},
}
OPEN_SECTIONS = {"taxonomies", "pages"}
TAXONOMY = {"field", "terms", "address", "leads_to"}
OF_POSTS = ("title", "lead", "excerpt", "slug", "link")
_COLUMN = re.compile(r"^(?:meta:.+|" + "|".join(OF_POSTS) + ")$")
KEY_COLUMN = "number"


def load_rules(path: Path) -> SiteRules:
    """The mapping of a file. Raises `ImportRefused` with everything that is wrong with it."""
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        raise ImportRefused(_("There is no mapping %(path)s, or it is too large.") % {"path": path})
    raw = path.read_bytes()
    reader = _SiteReader(parse_mapping(raw))
    rules = reader.rules(hashlib.sha256(raw).hexdigest())
    complaints = list(dict.fromkeys(reader.complaints))
    if complaints:
        raise ImportRefused("\n".join([_("The mapping has mistakes:"), *complaints]))
    return rules


class _SiteReader(MappingReader):
    """One reading of a mapping for WordPress."""

    def __init__(self, content: dict[str, Any]) -> None:
        own = {*SECTIONS, *OPEN_SECTIONS}
        super().__init__({name: section for name, section in content.items() if name not in own}, FIELDS)
        self.own = {name: section for name, section in content.items() if name in own}
        self.default = "ru"

    def rules(self, digest: str) -> SiteRules:
        """Everything, mistakes apart."""
        for name, known in SECTIONS.items():
            self._check_names(self.own_section(name), known, name)
        posts, site = self.own_section("posts"), self.own_section("site")
        languages = self._languages()
        self.default = languages.default
        people = self.texts(posts, "people")
        if not people:
            self.complaints.append(_("[posts] people is needed: the types of posts that are people."))
        taxonomies, content = self._taxonomies(), self._content()
        self._generated = _columns_of(taxonomies, content)
        redirects = self.own_section("redirects")
        return SiteRules(
            mapping=self.mapping(digest),
            hosts=frozenset(host.lower().removeprefix("www.") for host in self.texts(site, "hosts")),
            people=people,
            ignored=frozenset(self.texts(posts, "ignore")),
            taxonomies=taxonomies,
            content=content,
            languages=languages,
            letters=self._letters(),
            photos=self._photos(),
            redirects=RedirectRule(*(self.text(redirects, name) for name in ("type", "from", "to"))),
            title_without=self._patterns(self.texts(posts, "title_without"), "posts"),
            pages=self._pages(),
        )

    def own_section(self, name: str) -> dict[str, Any]:
        """A section of WordPress's own."""
        found = self.own.get(name, {})
        if not isinstance(found, dict):
            self.complaints.append(_("[%(name)s] is a section.") % {"name": name})
            return {}
        return found

    # --- columns ----------------------------------------------------------------------------

    def _columns(self, key: str) -> dict[str, ColumnRule]:
        """Every column once for each language: «ru:title» is a name in Russian, «en:title» in English."""
        if key:
            self.complaints.append(_("[rows] key is the number of the post: leave it out."))
        said = self.section("columns")
        self.complaints += [
            _("[columns] “%(name)s” is none of: %(known)s, meta:….")
            % {"name": name, "known": ", ".join(OF_POSTS)}
            for name in said
            if not _COLUMN.match(name)
        ]
        found = {KEY_COLUMN: ColumnRule((Target("key"),))}
        for code in (*(code for code in LANGUAGES if code != self.default), self.default):
            self.language = code
            for name, rule in (*self._generated.items(), *said.items()):
                found[f"{code}:{column_key(name)}"] = self._rule(name, rule)
        return found

    def _target(self, item: Any, column: str) -> Target | None:
        target = super()._target(item, column)
        is_rich = target is not None and FIELDS[target.field].kind is Kind.RICH_TEXT
        return Target(target.field, target.first_sentence, markup=True) if target and is_rich else target

    # --- sections ---------------------------------------------------------------------------

    def _languages(self) -> LanguageRule:
        section, usual = self.own_section("languages"), LanguageRule()
        codes = section.get("codes", {})
        if not isinstance(codes, dict) or not set(codes.values()) <= set(LANGUAGES):
            self.complaints.append(
                _("[languages.codes] says which of its codes is which of ours: %(known)s.")
                % {"known": ", ".join(LANGUAGES)}
            )
            codes = {}
        return LanguageRule(
            default=self.one_of(section, "default", LANGUAGES, "languages"),
            term=self.text(section, "term") or usual.term,
            group=self.text(section, "group") or usual.group,
            meta=self.text(section, "meta"),
            original=self.text(section, "original") or usual.original,
            codes={str(word): str(code) for word, code in codes.items()},
        )

    def _taxonomies(self) -> dict[str, TaxonomyRule]:
        found = {}
        for name, rule in self.own_section("taxonomies").items():
            if isinstance(rule, dict):
                found[name] = self._taxonomy(name, rule)
            else:
                self.complaints.append(_("[taxonomies.%(name)s] is a section.") % {"name": name})
        return found

    def _taxonomy(self, name: str, said: dict[str, Any]) -> TaxonomyRule:
        where = f"taxonomies.{name}"
        self._check_names(said, TAXONOMY, where)
        self.language = self.default
        field, address = self.text(said, "field"), self.text(said, "address")
        known = field if field in ("", NOTE, IGNORE) else self.field(field, where)
        if address and "{slug}" not in address:
            self.complaints.append(
                _("[%(where)s] address has {slug} in it: /region/{slug}/.") % {"where": where}
            )
        leads_to = self.one_of(said, "leads_to", ("", *KINDS_OF_PAGE), where)
        terms = said.get("terms", {})
        if not isinstance(terms, dict):
            self.complaints.append(_("[%(where)s.terms] is a table of words.") % {"where": where})
            terms = {}
        meanings = {
            key.casefold(): self._meaning(value, field, f"{where}.terms") for key, value in terms.items()
        }
        return TaxonomyRule(known, meanings, address, leads_to)

    def _meaning(self, said: Any, field: str, where: str) -> TermMeaning:
        if isinstance(said, dict):
            self._check_names(said, {"field", "value"}, where)
            return TermMeaning(self.field(self.text(said, "field"), where), self.text(said, "value"))
        if said in (NOTE, IGNORE):
            return TermMeaning(str(said))
        if not isinstance(said, str) or not field:
            self.complaints.append(
                _("[%(where)s] a word means a value, “note” or “ignore”, or {field = …, value = …}.")
                % {"where": where}
            )
            return TermMeaning(IGNORE)
        return TermMeaning(field if field == NOTE else self.field(field, where), said)

    def _content(self) -> ContentRule:
        section = self.own_section("content")
        self.language = self.default
        return ContentRule(
            field=self._part(self.text(section, "field") or ContentRule.field, "content"),
            sections=self._parts(section, "sections"),
            paragraphs=self._parts(section, "paragraphs"),
            drop_shortcodes=self.texts(section, "drop_shortcodes"),
        )

    def _parts(self, section: dict[str, Any], name: str) -> tuple[tuple[re.Pattern[str], str], ...]:
        said = section.get(name, {})
        where = f"content.{name}"
        if not isinstance(said, dict):
            self.complaints.append(_("[%(where)s] is a table: beginning = field.") % {"where": where})
            return ()
        found = []
        for beginning, field in said.items():
            pattern = self.pattern(f"(?i)(?:{beginning})", where)
            part = self._part(str(field), where)
            if pattern and part:
                found.append((pattern, part))
        return tuple(found)

    def _part(self, name: str, where: str) -> str:
        """What a part of a text becomes: a field without its language, letters, a note, nothing."""
        if name in (LETTERS, NOTE, IGNORE):
            return name
        known = self.field(name, where)
        kinds = (Kind.RICH_TEXT, Kind.LONG_TEXT, Kind.TEXT)
        if known and FIELDS[known].kind not in kinds:
            self.complaints.append(_("[%(where)s] “%(name)s” is no text.") % {"where": where, "name": name})
        return name

    def _letters(self) -> tuple[str, ...]:
        found = self.texts(self.own_section("letters"), "from")
        self.complaints += [
            _("[letters] from: “%(name)s” is meta:… or content.") % {"name": name}
            for name in found
            if name != "content" and not name.startswith("meta:")
        ]
        return found

    def _photos(self) -> PhotoRule:
        section = self.own_section("photos")
        return PhotoRule(
            featured=self.flag(section, "featured", default=True),
            meta=self.texts(section, "meta"),
            credit=self.text(section, "credit"),
            licence=self.text(section, "licence"),
            in_texts=self.flag(section, "in_texts", default=True),
        )

    def _pages(self) -> dict[str, str]:
        found = {}
        for path, kind in self.own_section("pages").items():
            if kind not in KINDS_OF_PAGE:
                self.complaints.append(
                    _("[pages] %(path)s leads to one of: %(known)s.")
                    % {"path": path, "known": ", ".join(KINDS_OF_PAGE)}
                )
            found[str(path)] = str(kind)
        return found

    def _patterns(self, texts: tuple[str, ...], where: str) -> tuple[re.Pattern[str], ...]:
        return tuple(pattern for text in texts if (pattern := self.pattern(text, where)))


def _columns_of(taxonomies: dict[str, TaxonomyRule], content: ContentRule) -> dict[str, Any]:
    """Columns that come of vocabularies, of the parts of a text, and of addresses for letters."""
    found: dict[str, Any] = {}
    for name, rule in taxonomies.items():
        for field in {rule.field, *(meaning.field for meaning in rule.terms.values())} - {"", NOTE, IGNORE}:
            found[f"term:{name}:{field}"] = field
            if field.startswith("charges_"):
                found[f"code:{name}:{field}"] = "charges_code"
    parts = {content.field, *(part for _pattern, part in (*content.sections, *content.paragraphs))}
    found |= {f"content:{part}": part for part in sorted(parts - {LETTERS, NOTE, IGNORE})}
    found |= {"letters:facility": "facility_ru", "letters:reason": "stay_reason"}
    return found
