"""Reads and judges the environment; `settings.py` is made of nothing else.

Every refusal is one sentence that says how to mend it, because the person who
meets it is putting a site back up, not reading Python.
"""

from __future__ import annotations

import base64
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import dj_database_url
from environs import Env

from memorial import embedded
from memorial.errors import Misconfigured
from memorial.languages import CODES

SITE_ROLES: Final = ("public", "staff", "both")
DATABASE_ROLES: Final = ("owner", "staff_rw", "site_ro")
_DEFAULT_DATABASE_ROLE: Final = {"public": "site_ro", "staff": "staff_rw", "both": "staff_rw"}
_SHORTEST_RETENTION: Final = 30
_SHORTEST_KEY: Final = 50  # characters; below it Django's own check warns
_FIELD_KEY_BYTES: Final = 32
_ONION: Final = re.compile(r"http://[a-z2-7]{56}\.onion")
_POSTGRES_SCHEMES: Final = frozenset({"postgres", "postgresql"})

env = Env()


@dataclass(frozen=True, slots=True)
class DatabaseChoice:
    """Where the data is: `connection` is a Django DATABASES entry, `is_embedded`
    says that the server is our own one for trying out.
    """

    connection: dict[str, Any]
    is_embedded: bool


def flag(name: str) -> bool:
    """A yes-or-no variable, absent meaning no; raises Misconfigured for anything else."""
    text = os.environ.get(name, "").strip().lower()
    if text in {"", "0", "no", "false", "off"}:
        return False
    if text in {"1", "yes", "true", "on"}:
        return True
    raise Misconfigured(f"{name} must be 1 or 0, not {text!r}.")


def site_role() -> str:
    """Which of the processes this is; raises Misconfigured unless SITE_ROLE says so."""
    role = os.environ.get("SITE_ROLE", "").strip()
    if role not in SITE_ROLES:
        raise Misconfigured(
            f"SITE_ROLE is {role!r}: set it to public (the readers' site), "
            "staff (the editors' office) or both (make run only)."
        )
    return role


def secret_key(var: Path, *, is_embedded: bool) -> str:
    """The signing key: SECRET_KEY, or for the embedded database one made once in `var`."""
    key = os.environ.get("SECRET_KEY", "").strip()
    if not key and is_embedded:
        return embedded.secret_key(var)
    if len(key) < _SHORTEST_KEY:
        raise Misconfigured(
            f"SECRET_KEY is missing or too short: set it to at least {_SHORTEST_KEY} random characters, "
            "for example the output of: openssl rand -base64 48"
        )
    return key


def retention(days: dict[str, int]) -> dict[str, int]:
    """The table of periods with what RETENTION_DAYS changes in it, as in "help=3650,leads=365".

    Raises Misconfigured for a name that is not in the table, and for fewer than 30 days: what is
    removed does not come back, and a slip of the pen must not remove it.
    """
    changed = dict(days)
    for item in filter(None, (text.strip() for text in os.environ.get("RETENTION_DAYS", "").split(","))):
        name, _equals, number = item.partition("=")
        if name not in days or not number.isdecimal() or int(number) < _SHORTEST_RETENTION:
            raise Misconfigured(
                f"RETENTION_DAYS holds {item!r}: name one of {', '.join(days)} and at least "
                f"{_SHORTEST_RETENTION} days, as in help=1825."
            )
        changed[name] = int(number)
    return changed


def field_keys(var: Path, role: str, *, is_embedded: bool) -> tuple[bytes, ...]:
    """The keys of sealed texts: FIELD_KEYS, the first for sealing, or one made once in `var` when embedded.

    Raises Misconfigured in the office without them, and in the readers' process with them: what it does
    not have cannot be taken from it.
    """
    texts = [text.strip() for text in os.environ.get("FIELD_KEYS", "").split(",") if text.strip()]
    if role == "public":
        if texts:
            raise Misconfigured(
                "FIELD_KEYS must not be on the readers' host: unset it where SITE_ROLE=public."
            )
        return ()
    if not texts and is_embedded:
        texts = [embedded.field_key(var)]
    keys = tuple(_field_key(text) for text in texts)
    if not keys or len(set(keys)) != len(keys):
        raise Misconfigured(
            "FIELD_KEYS is missing or names a key twice: set it to the output of openssl rand -base64 32, "
            "older keys after it with commas, and keep a copy away from this server."
        )
    return keys


def _field_key(text: str) -> bytes:
    try:
        key = base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)
    except ValueError:
        key = b""
    if len(key) != _FIELD_KEY_BYTES:
        # The text is not repeated: it may be most of a key.
        raise Misconfigured(
            "FIELD_KEYS holds something that is not 32 bytes in base64: use the output of openssl rand -base64 32."
        )
    return key


def _embedded_database(folder: Path, role: str) -> DatabaseChoice:
    user = os.environ.get("DATABASE_AS", "").strip() or _DEFAULT_DATABASE_ROLE[role]
    if user not in DATABASE_ROLES:
        raise Misconfigured(f"DATABASE_AS must be owner, staff_rw or site_ro, not {user!r}.")
    socket = embedded.serve(folder)
    connection = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": embedded.DATABASE,
        "USER": user,
        "HOST": str(socket),
        "PORT": str(embedded.PORT),
    }
    return DatabaseChoice(connection, is_embedded=True)


def server_address(url: str) -> dict[str, Any]:
    """What Django needs of a PostgreSQL address; empty for what is none.

    It may name several hosts, of which the first that fits is taken: host1:5432,host2:5432/memorial?
    target_session_attrs=read-write. libpq knows how, only the parser of addresses does not.
    """
    parts = urlsplit(url)
    account, _at, place = parts.netloc.rpartition("@")
    try:
        connection = dict(
            dj_database_url.parse(parts._replace(netloc=f"{account}@{place.partition(',')[0]}").geturl())
        )
    except ValueError:
        return {}
    if "," in place:
        pairs = [each.rpartition(":") if ":" in each else (each, "", "5432") for each in place.split(",")]
        if not all(host and port.isdecimal() for host, _colon, port in pairs):
            return {}
        connection["HOST"] = ",".join(host for host, _colon, _port in pairs)
        connection["PORT"] = ",".join(port for _host, _colon, port in pairs)
    return connection


def _named_database(url: str) -> DatabaseChoice:
    if urlsplit(url).scheme not in _POSTGRES_SCHEMES:
        # The text of the URL is not repeated: it holds a password.
        raise Misconfigured(
            "DATABASE_URL must name a PostgreSQL server, "
            "like postgresql://site_ro:password@host:5432/memorial."
        )
    connection = server_address(url)
    if not connection.get("NAME") or not connection.get("USER"):
        raise Misconfigured(
            "DATABASE_URL lacks the user or the name of the database: "
            "write it like postgresql://site_ro:password@host:5432/memorial."
        )
    return DatabaseChoice(connection, is_embedded=False)


def database(var: Path, role: str) -> DatabaseChoice:
    """The one database, embedded or named; raises Misconfigured for neither, both or nonsense."""
    url = os.environ.get("DATABASE_URL", "").strip()
    wants_embedded = flag("EMBEDDED_POSTGRES")
    if wants_embedded and url:
        raise Misconfigured(
            "Both EMBEDDED_POSTGRES and DATABASE_URL are set: unset one of them, "
            "or the data would be sought in two places."
        )
    if wants_embedded:
        return _embedded_database(var / "postgres", role)
    if url:
        return _named_database(url)
    raise Misconfigured(
        "No database: set DATABASE_URL to a PostgreSQL server, or EMBEDDED_POSTGRES=1 to try the site out."
    )


def only_when_embedded(name: str, *, is_embedded: bool) -> bool:
    """A flag that would open a real site to strangers: refused beside a real database."""
    wanted = flag(name)
    if wanted and not is_embedded:
        raise Misconfigured(
            f"{name} is for trying out and works only with EMBEDDED_POSTGRES=1: unset {name}."
        )
    return wanted


def absolute_url(name: str, default: str | None) -> str:
    """An origin such as https://example.org, without a path or trailing slash."""
    text = os.environ.get(name, "").strip() or (default or "")
    parts = urlsplit(text)
    is_origin = parts.scheme in {"http", "https"} and bool(parts.hostname)
    if not is_origin or parts.path.strip("/") or parts.query or parts.fragment:
        raise Misconfigured(
            f"{name} is {text!r}: set it to the site's address with its scheme and no path, "
            "like https://example.org."
        )
    return f"{parts.scheme}://{parts.netloc}"


def security_contact(public_url: str) -> str:
    """Where to report a weakness, for security.txt: an address that begins with mailto:, https: or tel:."""
    default = f"mailto:security@{urlsplit(public_url).hostname}"
    contact = os.environ.get("SECURITY_CONTACT", "").strip() or default
    if not contact.startswith(("mailto:", "https://", "tel:")) or any(c.isspace() for c in contact):
        raise Misconfigured(
            f"SECURITY_CONTACT is {contact!r}: write mailto:, https:// or tel: before it, "
            "like mailto:security@example.org."
        )
    return contact


def editors_email(public_url: str) -> str:
    """Where readers report an error in the encyclopaedia; raises Misconfigured for what is no address."""
    address = os.environ.get("EDITORS_EMAIL", "").strip() or f"editors@{urlsplit(public_url).hostname}"
    name, at, host = address.partition("@")
    if not (name and at and host) or "@" in host or not address.isprintable() or " " in address:
        raise Misconfigured(f"EDITORS_EMAIL is {address!r}: write one address, like editors@example.org.")
    return address


def editors_pgp_key() -> str:
    """The editors' public PGP key, read from the file that EDITORS_PGP_KEY names; empty where none is set.

    Raises Misconfigured for a file that is missing or holds no public key, a private one above all.
    """
    name = os.environ.get("EDITORS_PGP_KEY", "").strip()
    if not name:
        return ""
    try:
        text = Path(name).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        raise Misconfigured(f"EDITORS_PGP_KEY names {name!r}, which cannot be read: name an .asc file.")
    if not text.startswith("-----BEGIN PGP PUBLIC KEY BLOCK-----") or "PRIVATE KEY" in text:
        raise Misconfigured(
            f"EDITORS_PGP_KEY names {name!r}, which is no public key: export it with gpg --armor."
        )
    return text


def onion_url() -> str:
    """The readers' address in Tor, told at the foot of every page; empty where there is none.

    Raises Misconfigured for what is no onion address of today's kind: a mistyped one may be somebody else's.
    """
    text = os.environ.get("ONION_URL", "").strip().rstrip("/")
    if text and not _ONION.fullmatch(text):
        raise Misconfigured(f"ONION_URL is {text!r}: write http:// and 56 letters or figures before .onion.")
    return text


def profile_check_days() -> int:
    """In how many days every published profile is looked at once: 1 to 3650, else Misconfigured."""
    text = os.environ.get("PROFILE_CHECK_DAYS", "").strip() or "180"
    if not text.isdecimal() or not 1 <= int(text) <= 3650:
        raise Misconfigured(f"PROFILE_CHECK_DAYS is {text!r}: write a number of days from 1 to 3650.")
    return int(text)


def admin_path() -> str:
    """Path of the staff area below the root: relative, ending with a slash, never empty."""
    path = os.environ.get("ADMIN_PATH", "").strip() or "admin/"
    segments = path.strip("/").split("/")
    is_plain = all(part and part.replace("-", "").replace("_", "").isalnum() for part in segments)
    if not (path.isascii() and is_plain) or segments[0] in {*CODES, "static", "media"}:
        raise Misconfigured(
            f"ADMIN_PATH is {path!r}: use letters, digits and hyphens, like office-7f3a/, "
            "and do not begin with ru/, en/, static/ or media/."
        )
    return "/".join(segments) + "/"


def media_roots(var: Path) -> tuple[Path, Path]:
    """Folders of public and of confidential files; raises Misconfigured if one holds the other."""
    public = Path(env.str("MEDIA_ROOT_PUBLIC", "") or var / "media").resolve()
    confidential = Path(env.str("MEDIA_ROOT_CONFIDENTIAL", "") or var / "confidential").resolve()
    if public.is_relative_to(confidential) or confidential.is_relative_to(public):
        raise Misconfigured(
            "MEDIA_ROOT_PUBLIC and MEDIA_ROOT_CONFIDENTIAL must be two folders, neither inside "
            "the other, or confidential files would be served to readers."
        )
    return public, confidential
