"""What is to be known of an old site before its first post is read; editors write it in a TOML file."""

import re
from dataclasses import dataclass
from dataclasses import field as filled

from prisoners.importers.mapping import Mapping

NOTE, IGNORE, LETTERS = "note", "ignore", "letters"


@dataclass(frozen=True)
class TermMeaning:
    """What a word of the old site means: a value of one of our fields; for staff to look at; nothing."""

    field: str
    value: str = ""


@dataclass(frozen=True)
class TaxonomyRule:
    """One vocabulary: which field it fills, what its words mean, where its pages stood and lead."""

    field: str = ""
    terms: dict[str, TermMeaning] = filled(default_factory=dict)
    address: str = ""
    leads_to: str = ""


@dataclass(frozen=True)
class ContentRule:
    """Where the parts of a text go: by their headings, or by how a paragraph begins."""

    field: str = "what_happened"
    sections: tuple[tuple[re.Pattern[str], str], ...] = ()
    paragraphs: tuple[tuple[re.Pattern[str], str], ...] = ()
    drop_shortcodes: tuple[str, ...] = ()


@dataclass(frozen=True)
class LanguageRule:
    """How the old site tells languages, and which posts are one."""

    default: str = "ru"
    term: str = "language"
    group: str = "post_translations"
    meta: str = ""
    original: str = "_icl_lang_duplicate_of"
    codes: dict[str, str] = filled(default_factory=dict)


@dataclass(frozen=True)
class PhotoRule:
    """Where photos are named; without a licence that is recorded here they stay with staff."""

    featured: bool = True
    meta: tuple[str, ...] = ()
    credit: str = ""
    licence: str = ""
    in_texts: bool = True
    """Whether pictures that stand in texts come along, too, for staff to look at."""


@dataclass(frozen=True)
class RedirectRule:
    """A type of posts that are redirects: which meta says from where, which to where."""

    kind: str = ""
    source: str = ""
    target: str = ""


@dataclass(frozen=True)
class SiteRules:
    """A whole mapping of an old site."""

    mapping: Mapping
    hosts: frozenset[str]
    people: tuple[str, ...]
    ignored: frozenset[str]
    taxonomies: dict[str, TaxonomyRule]
    content: ContentRule
    languages: LanguageRule
    letters: tuple[str, ...]
    photos: PhotoRule
    redirects: RedirectRule
    title_without: tuple[re.Pattern[str], ...] = ()
    pages: dict[str, str] = filled(default_factory=dict)
    """Old paths of lists and the like, and the path that they lead to now."""
