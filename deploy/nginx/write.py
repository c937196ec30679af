"""Writes nginx's configuration with this server's values into a folder, which is /etc/nginx on Debian.

    PUBLIC_URL=https://example.org STAFF_URL=https://office.example.org python3 deploy/nginx/write.py /etc/nginx
    python3 deploy/nginx/write.py --values        what can be set in the environment, and what it is otherwise

Needs nothing but Python. Exit code 2 with one sentence where something is missing.
"""

from __future__ import annotations

import os
import re
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

_HERE: Final = Path(__file__).resolve().parent
_BROTLI: Final = "/usr/lib/nginx/modules/ngx_http_brotli_filter_module.so"
_BROTLI_ON: Final = """brotli on;
brotli_comp_level 5;
brotli_min_length 600;
brotli_types text/plain text/css text/csv text/calendar text/javascript application/javascript application/json \
application/ld+json application/xml application/atom+xml application/rss+xml application/geo+json image/svg+xml;"""


@dataclass(frozen=True)
class Value:
    """One value: what it is where nobody sets it, and what it means."""

    usual: str
    meaning: str


VALUES: Final[Mapping[str, Value]] = {
    "READERS_APP": Value("127.0.0.1:8000", "where gunicorn answers readers; also unix:/path"),
    "OFFICE_APP": Value("127.0.0.1:8001", "where gunicorn answers the office"),
    "TLS": Value("/etc/ssl/memorial", "folder of fullchain.pem and privkey.pem, for both names"),
    "ACME": Value("/var/lib/acme", "folder from which certificates are proved"),
    "CACHE": Value("/var/cache/nginx", "folder of the copies"),
    "LOGS": Value("/var/log/nginx", "folder of the log of errors of nginx itself"),
    "RUN": Value("/run", "folder of nginx.pid and of the socket between the two halves"),
    "HTTP": Value("80", "port of http, which leads to https"),
    "HTTPS": Value("443", "port of https"),
    "ONION": Value("127.0.0.1:8081", "where Tor's HiddenServicePort leads"),
    "STATUS": Value("127.0.0.1:8082", "counts for monitoring"),
    "CONNECTIONS": Value("32768", "ends of connections for each of nginx's processes"),
    "OPEN_FILES": Value("65536", "open files for each of them"),
    "CONNECTIONS_EACH": Value("400", "connections at once for one of the 4,096 groups of addresses"),
    "RATE_EACH": Value("20r/s", "what one group may ask of the program; copies are not counted"),
    "BURST_EACH": Value("200", "how much of it at once"),
}


class Missing(Exception):
    """A value is missing, or is none. Its text is one sentence."""


def write(folder: Path, environment: Mapping[str, str]) -> list[Path]:
    """Write all files, whole each. Raises Missing, and OSError for a folder that cannot be written."""
    values = _values(folder, environment)
    inside = folder / "memorial"
    inside.mkdir(parents=True, exist_ok=True)
    written = [_written(_HERE.parent / "nginx.conf", folder / "nginx.conf", values)]
    sources = sorted([*_HERE.glob("*.conf"), *_HERE.glob("*.html")])
    written.extend(_written(source, inside / source.name, values) for source in sources)
    for name in ("pages", "static"):
        (Path(values["CACHE"]) / name).mkdir(parents=True, exist_ok=True)
    return written


def _values(folder: Path, environment: Mapping[str, str]) -> dict[str, str]:
    values = {name: environment.get(name, "") or value.usual for name, value in VALUES.items()}
    for name, address in (("PUBLIC_HOST", "PUBLIC_URL"), ("STAFF_HOST", "STAFF_URL")):
        values[name] = urlsplit(environment.get(address, "")).hostname or ""
        if not values[name]:
            raise Missing(f"{address} is missing: the site's own address, as https://example.org.")
    if values["PUBLIC_HOST"] == values["STAFF_HOST"]:
        raise Missing("PUBLIC_URL and STAFF_URL have one name: the office needs one of its own.")
    for name, value in values.items():
        if re.search(r"[\s;{}\"'$#]", value):
            raise Missing(f"{name} holds what a configuration of nginx cannot hold.")
    has_brotli = Path(_BROTLI).exists()
    return values | {
        "FOLDER": str(folder / "memorial"),
        "MODULES": "/etc/nginx/modules-enabled/*.conf",
        "SALT": secrets.token_hex(16),
        "ONION_PORT": values["ONION"].rpartition(":")[2],
        "BROTLI": _BROTLI_ON if has_brotli else "",
        "BEST_ENCODING": "br" if has_brotli else "gzip",
    }


def _written(source: Path, target: Path, values: Mapping[str, str]) -> Path:
    text = re.sub(r"\$\{([A-Z_]+)\}", lambda found: values[found[1]], source.read_text(encoding="utf-8"))
    new = target.with_name(f".{target.name}.new")
    new.write_text(text, encoding="utf-8")
    new.replace(target)
    return target


def _say_values() -> None:
    print("PUBLIC_URL, STAFF_URL\n    the two addresses, as the program has them")
    for name, value in VALUES.items():
        print(f"{name}\n    {value.meaning}; otherwise {value.usual}")


def main(arguments: list[str]) -> int:
    """0 once all is written."""
    if arguments == ["--values"]:
        _say_values()
        return 0
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        for path in write(Path(arguments[0]).absolute(), os.environ):
            print(path)
    except (Missing, OSError) as error:
        print(f"nginx: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
