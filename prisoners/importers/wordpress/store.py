"""What a dump holds, kept on disk while the import runs: posts by number, terms, in bounded memory."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Term:
    """A word of one of the old site's vocabularies."""

    taxonomy: str
    slug: str
    name: str
    number: int = 0
    link: str = ""


@dataclass
class Post:
    """One post of the old site, of whatever type; attachments are posts, too."""

    number: int
    kind: str
    status: str
    title: str = ""
    slug: str = ""
    link: str = ""
    content: str = ""
    excerpt: str = ""
    meta: dict[str, str] = field(default_factory=dict)
    terms: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """By vocabulary: slug and name."""
    term_numbers: list[int] = field(default_factory=list)
    language: str = ""
    group: str = ""
    """What translations of one post have in common."""
    featured: int = 0
    parent: int = 0
    file_url: str = ""
    alt: str = ""
    has_password: bool = False
    is_rendered: bool = False
    """Whether paragraphs and shortcodes have been made into HTML already, as REST does."""
    old_slugs: list[str] = field(default_factory=list)


class Store:
    """Posts and terms of a dump in a private file without a name, which goes with the process."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("")
        self._db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16000;"
            "CREATE TABLE post(number INTEGER PRIMARY KEY, kind TEXT, status TEXT, grouped TEXT, body TEXT);"
            "CREATE INDEX post_kind ON post(kind, number);"
            "CREATE TABLE term(taxonomy TEXT, slug TEXT, name TEXT, number INTEGER, link TEXT,"
            " PRIMARY KEY (taxonomy, slug));"
            "CREATE INDEX term_number ON term(number);"
        )
        self.hosts: set[str] = set()
        self.controls_left_out = 0

    def add_post(self, post: Post) -> None:
        """Keeps a post; one that a second file holds again is kept once."""
        body = _whole(json.dumps(asdict(post), ensure_ascii=False))
        row = (post.number, _whole(post.kind), _whole(post.status), _whole(post.group), body)
        self._db.execute("INSERT OR REPLACE INTO post VALUES (?, ?, ?, ?, ?)", row)

    def add_term(self, term: Term) -> None:
        """Keeps a word of a vocabulary."""
        texts = (_whole(text) for text in (term.taxonomy, term.slug, term.name))
        row = (*texts, term.number, _whole(term.link))
        self._db.execute("INSERT OR REPLACE INTO term VALUES (?, ?, ?, ?, ?)", row)

    def post(self, number: int) -> Post | None:
        """A post by its number."""
        row = self._db.execute("SELECT body FROM post WHERE number = ?", (number,)).fetchone()
        return _post(row[0]) if row else None

    def posts(self, kinds: tuple[str, ...]) -> Iterator[Post]:
        """Posts of some types, in the order of their numbers."""
        marks = ", ".join("?" * len(kinds))
        query = f"SELECT body FROM post WHERE kind IN ({marks}) ORDER BY number"  # noqa: S608 - only marks
        for (body,) in self._db.execute(query, kinds):
            yield _post(body)

    def counts(self) -> Counter[tuple[str, str]]:
        """How many posts there are of each type and status."""
        rows = self._db.execute("SELECT kind, status, count(*) FROM post GROUP BY kind, status")
        return Counter({(kind, status): number for kind, status, number in rows})

    def terms(self, taxonomy: str) -> Iterator[Term]:
        """The words of one vocabulary, those that only posts name included."""
        rows = self._db.execute("SELECT * FROM term WHERE taxonomy = ? ORDER BY slug", (taxonomy,))
        yield from (Term(*row) for row in rows)

    def taxonomies(self) -> set[str]:
        """The vocabularies that the dump speaks of."""
        return {row[0] for row in self._db.execute("SELECT DISTINCT taxonomy FROM term")}

    def term(self, number: int) -> Term | None:
        """A word by its number, as REST names it."""
        row = self._db.execute("SELECT * FROM term WHERE number = ? AND number <> 0", (number,)).fetchone()
        return Term(*row) if row else None

    def terms_of(self, post: Post) -> dict[str, list[tuple[str, str]]]:
        """The words of a post, by vocabulary."""
        found = {name: [(slug, label) for slug, label in words] for name, words in post.terms.items()}
        for number in post.term_numbers:
            if term := self.term(number):
                found.setdefault(term.taxonomy, []).append((term.slug, term.name))
        return found


def _whole(text: str) -> str:
    """Text without halves of characters, which JSON can hold and no file."""
    return text.encode("utf-8", "replace").decode()


def _post(body: str) -> Post:
    said: dict[str, Any] = json.loads(body)
    return Post(**said)
