"""Reads a mapping from its TOML file. Every mistake in it is told at once, each in a sentence."""

import hashlib
import re
import tomllib
from collections.abc import Mapping as Catalogue
from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.translation import gettext as _

from memorial.base.choices import CONFIDENTIAL_BY_DEFAULT, SourceKind
from memorial.base.localized import LANGUAGES
from memorial.base.partial_date import PartialDate, PartialDateError
from prisoners.choices import InstitutionKind
from prisoners.importers.cells import read_link
from prisoners.importers.encoding import ENCODINGS
from prisoners.importers.errors import CellError, ImportRefused
from prisoners.importers.fields import FIELDS, Field, Kind
from prisoners.importers.mapping import ColumnRule, KnownPlace, Mapping, NameRules, PlaceRules, Source, Target
from prisoners.importers.person_names import ORDERS
from prisoners.importers.table import DELIMITERS, column_key

MOST_BYTES = 1 << 20
MOST_HEADER_ROW = 1000
SECTIONS = {
    "source": {"code", "title", "url", "licence", "publisher", "kind", "published_on"},
    "file": {"encoding", "delimiter", "sheet", "header"},
    "rows": {"key", "language", "publish", "other_columns", "unknown"},
    "dates": {"formats"},
    "names": {*LANGUAGES, "gender_from_patronymic"},
    "facilities": {"kind", "region", "words", "remove", "known"},
}
FREE_SECTIONS = {"columns", "constants", "values"}
KNOWN_PLACE = {"name_ru", "name_en", "kind", "region", "spellings", "contains"}
TAKE_FIRST_SENTENCE = "first sentence"
DELIMITER_NAMES = {name: mark for mark, name in DELIMITERS.items()}


def load_mapping(path: Path, fields: Catalogue[str, Field] = FIELDS) -> Mapping:
    """The mapping of a file. Raises `ImportRefused` with everything that is wrong with it."""
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        raise ImportRefused(_("There is no mapping %(path)s, or it is too large.") % {"path": path})
    raw = path.read_bytes()
    return read_mapping(parse_mapping(raw), hashlib.sha256(raw).hexdigest(), fields)


def parse_mapping(raw: bytes) -> dict[str, Any]:
    """The content of a mapping's file. Raises `ImportRefused` where it is no TOML."""
    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ImportRefused(_("The mapping is not valid TOML: %(error)s") % {"error": error}) from error


def read_mapping(content: dict[str, Any], digest: str, fields: Catalogue[str, Field] = FIELDS) -> Mapping:
    """The mapping that a file's content says. Raises `ImportRefused` with all its mistakes."""
    reader = _Reader(content, fields)
    mapping = reader.mapping(digest)
    if reader.complaints:
        raise ImportRefused("\n".join([_("The mapping has mistakes:"), *reader.complaints]))
    return mapping


class _Reader:
    """One reading of a mapping; mistakes are collected and reading goes on."""

    def __init__(self, content: dict[str, Any], fields: Catalogue[str, Field]) -> None:
        self.content = content
        self.fields = fields
        self.complaints: list[str] = []
        self.language = ""

    def mapping(self, digest: str) -> Mapping:
        self._check_sections()
        rows, file, dates = self.section("rows"), self.section("file"), self.section("dates")
        self.language = self.one_of(rows, "language", ("", *LANGUAGES), "rows")
        return Mapping(
            source=self._source(),
            columns=self._columns(self.text(rows, "key")),
            others=self.one_of(rows, "other_columns", ("note", "ignore", "refuse"), "rows"),
            publish=self.flag(rows, "publish", default=True),
            encoding=self.one_of(file, "encoding", ("", *ENCODINGS), "file"),
            delimiter=DELIMITER_NAMES.get(self.one_of(file, "delimiter", ("", *DELIMITER_NAMES), "file"), ""),
            sheet=self.text(file, "sheet"),
            header=self.number(file, "header"),
            date_formats=self._date_formats(dates),
            unknown_words=frozenset(word.casefold() for word in self.texts(rows, "unknown")),
            names=self._names(),
            constants=self._constants(),
            values=self._values(),
            places=self._places(),
            digest=digest,
        )

    # --- pieces -----------------------------------------------------------------------------

    def section(self, name: str) -> dict[str, Any]:
        found = self.content.get(name, {})
        if not isinstance(found, dict):
            self.complaints.append(_("[%(name)s] is a section.") % {"name": name})
            return {}
        return found

    def text(self, section: dict[str, Any], name: str) -> str:
        value = section.get(name, "")
        if not isinstance(value, str):
            self.complaints.append(_("%(name)s is a text in quotes.") % {"name": name})
            return ""
        return value.strip()

    def texts(self, section: dict[str, Any], name: str) -> tuple[str, ...]:
        value = section.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.complaints.append(_("%(name)s is a list of texts in brackets.") % {"name": name})
            return ()
        return tuple(value)

    def flag(self, section: dict[str, Any], name: str, *, default: bool) -> bool:
        value = section.get(name, default)
        if not isinstance(value, bool):
            self.complaints.append(_("%(name)s is true or false.") % {"name": name})
        return value is True

    def number(self, section: dict[str, Any], name: str) -> int:
        value = section.get(name, 0)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_HEADER_ROW:
            self.complaints.append(
                _("%(name)s is a number, at most %(most)s.") % {"name": name, "most": MOST_HEADER_ROW}
            )
            return 0
        return value

    def one_of(self, section: dict[str, Any], name: str, known: Sequence[str], where: str) -> str:
        value = self.text(section, name)
        if name not in section:
            return known[0]
        if value not in known:
            names = ", ".join(word for word in known if word)
            self.complaints.append(
                _("[%(where)s] %(name)s is one of: %(known)s.")
                % {"where": where, "name": name, "known": names}
            )
        return value

    def field(self, name: str, where: str) -> str:
        """A field by its name; the mapping's language stands in where the name lacks one."""
        full = name if name in self.fields or not self.language else f"{name}_{self.language}"
        if full in self.fields:
            return full
        close = get_close_matches(name, self.fields, n=1)
        hint = _(" Did you mean %(name)s?") % {"name": close[0]} if close else ""
        self.complaints.append(
            _("[%(where)s] there is no field “%(name)s”.") % {"where": where, "name": name} + hint
        )
        return ""

    def pattern(self, text: str, where: str) -> re.Pattern[str] | None:
        try:
            return re.compile(text)
        except re.error as error:
            self.complaints.append(
                _("[%(where)s] the pattern %(text)s: %(error)s")
                % {"where": where, "text": text, "error": error}
            )
            return None

    # --- sections ---------------------------------------------------------------------------

    def _check_sections(self) -> None:
        for name, section in self.content.items():
            if name not in SECTIONS and name not in FREE_SECTIONS:
                self.complaints.append(_("There is no section [%(name)s].") % {"name": name})
            elif name in SECTIONS and isinstance(section, dict):
                self._check_names(section, SECTIONS[name], name)

    def _check_names(self, section: dict[str, Any], known: set[str], where: str) -> None:
        self.complaints += [
            _("[%(where)s] has no “%(name)s”; it may have: %(known)s.")
            % {"where": where, "name": name, "known": ", ".join(sorted(known))}
            for name in section
            if name not in known
        ]

    def _source(self) -> Source:
        section = self.section("source")
        code, url = self.text(section, "code"), self.text(section, "url")
        try:
            validate_slug(code)
        except ValidationError:
            self.complaints.append(_("[source] code is needed: Latin letters, figures and hyphens."))
        kind = self.one_of(section, "kind", (SourceKind.HUMAN_RIGHTS.value, *SourceKind.values), "source")
        if kind in CONFIDENTIAL_BY_DEFAULT and kind != SourceKind.OTHER:
            self.complaints.append(
                _("[source] “%(kind)s” stays with staff, but the source of an import is shown to readers.")
                % {"kind": kind}
            )
        if url:
            try:
                read_link(url, FIELDS["source_url"])
            except CellError as error:
                self.complaints.append(f"[source] url: {error}")
        title = self.text(section, "title")
        if not title:
            self.complaints.append(_("[source] title is needed: readers see it as the source."))
        return Source(
            code,
            title,
            url,
            self.text(section, "licence"),
            self.text(section, "publisher"),
            kind,
            self._published_on(section),
        )

    def _published_on(self, section: dict[str, Any]) -> PartialDate | None:
        text = self.text(section, "published_on")
        try:
            return PartialDate.parse(text) if text else None
        except PartialDateError as error:
            self.complaints.append(f"[source] published_on: {error}")
            return None

    def _columns(self, key: str) -> dict[str, ColumnRule]:
        found = {column_key(name): self._rule(name, rule) for name, rule in self.section("columns").items()}
        if not key:
            self.complaints.append(_("[rows] key is needed: the column that ties a row to its person."))
            return found
        rule = found.get(column_key(key), ColumnRule())
        found[column_key(key)] = ColumnRule((*rule.targets, Target("key")), rule.split, rule.pattern)
        return found

    def _rule(self, column: str, rule: Any) -> ColumnRule:
        if rule == "ignore":
            return ColumnRule(ignored=True)
        if isinstance(rule, dict) and ("pattern" in rule or "split" in rule):
            return self._pieces(column, rule)
        items = rule if isinstance(rule, list) else [rule]
        targets = [self._target(item, column) for item in items]
        if not items:
            self.complaints.append(_("[columns: %(column)s] names no field.") % {"column": column})
        return ColumnRule(tuple(target for target in targets if target))

    def _target(self, item: Any, column: str) -> Target | None:
        if isinstance(item, str):
            name = self.field(item, f"columns: {column}")
            return Target(name) if name else None
        if not isinstance(item, dict):
            self.complaints.append(
                _("[columns: %(column)s] is a field, or a list of fields.") % {"column": column}
            )
            return None
        self._check_names(item, {"field", "take", "markup"}, f"columns: {column}")
        name = self.field(self.text(item, "field"), f"columns: {column}")
        take = self.one_of(item, "take", ("", TAKE_FIRST_SENTENCE), f"columns: {column}")
        return Target(name, bool(take), self.flag(item, "markup", default=False)) if name else None

    def _pieces(self, column: str, rule: dict[str, Any]) -> ColumnRule:
        where = f"columns: {column}"
        self._check_names(rule, {"split", "into", "pattern"}, where)
        if "split" in rule:
            into = rule.get("into", [])
            targets = [self._target(item, column) for item in into] if isinstance(into, list) else []
            if not (targets and rule["split"]):
                self.complaints.append(
                    _("[%(where)s] split needs a separator, and `into`.") % {"where": where}
                )
            return ColumnRule(tuple(target for target in targets if target), split=str(rule["split"]))
        pattern = self.pattern(self.text(rule, "pattern"), where)
        groups = list(pattern.groupindex) if pattern else []
        if pattern and not groups:
            self.complaints.append(
                _("[%(where)s] the pattern needs named groups: (?P<born>…).") % {"where": where}
            )
        names = [self.field(group, where) for group in groups]
        return ColumnRule(tuple(Target(name) for name in names if name), pattern=pattern)

    def _date_formats(self, section: dict[str, Any]) -> tuple[str, ...]:
        formats = self.texts(section, "formats")
        self.complaints += [
            _("[dates] a format needs a year, %%Y: %(text)s") % {"text": text}
            for text in formats
            if "%Y" not in text and "%y" not in text
        ]
        return formats

    def _names(self) -> NameRules:
        section = self.section("names")
        order = dict(NameRules().order)
        for code in LANGUAGES:
            if code in section:
                order[code] = self.one_of(section, code, ORDERS, "names")
        return NameRules(order, self.flag(section, "gender_from_patronymic", default=False))

    def _constants(self) -> dict[str, str]:
        found = {}
        for name, value in self.section("constants").items():
            known = self.field(name, "constants")
            if known and (self.fields[known].ties or self.fields[known].kind is Kind.WHOLE_NAME):
                self.complaints.append(_("[constants] “%(name)s” differs from row to row.") % {"name": name})
            found[known] = str(value).lower() if isinstance(value, bool) else str(value)
        return found

    def _values(self) -> dict[str, dict[str, str]]:
        found = {}
        for name, table in self.section("values").items():
            if not isinstance(table, dict):
                self.complaints.append(_("[values.%(name)s] is a table of words.") % {"name": name})
                continue
            words = {" ".join(word.split()).casefold(): str(meaning) for word, meaning in table.items()}
            found[self.field(name, "values")] = words
        return found

    def _places(self) -> PlaceRules:
        section = self.section("facilities")
        kinds = ("", *InstitutionKind.values)
        words = section.get("words", {})
        words = words if isinstance(words, dict) else {}
        for word in words:
            self.one_of(words, word, InstitutionKind.values, "facilities.words")
        remove = [self.pattern(text, "facilities") for text in self.texts(section, "remove")]
        return PlaceRules(
            kind=self.one_of(section, "kind", kinds, "facilities"),
            region=self.text(section, "region"),
            words={word.casefold(): str(kind) for word, kind in words.items()},
            remove=tuple(pattern for pattern in remove if pattern),
            known=tuple(self._known(place) for place in section.get("known", []) if isinstance(place, dict)),
        )

    def _known(self, place: dict[str, Any]) -> KnownPlace:
        where = "facilities.known"
        self._check_names(place, KNOWN_PLACE, where)
        known = KnownPlace(
            self.text(place, "name_ru"),
            self.text(place, "name_en"),
            self.one_of(place, "kind", ("", *InstitutionKind.values), where),
            self.text(place, "region"),
            self.texts(place, "spellings"),
            self.texts(place, "contains"),
        )
        if not (known.name_ru or known.name_en):
            self.complaints.append(_("[%(where)s] an institution needs a name.") % {"where": where})
        return known
