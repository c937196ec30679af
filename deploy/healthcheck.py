"""Exit code 0 if this process answers /healthz; for containers, which have no curl."""

from __future__ import annotations

import http.client
import os
import sys
from urllib.parse import urlsplit


def main() -> int:
    """Ask as a reader would, by the site's own name: the process answers to no other."""
    role = os.environ.get("SITE_ROLE", "public")
    name = urlsplit(os.environ.get("STAFF_URL" if role == "staff" else "PUBLIC_URL", "")).hostname
    port = int(os.environ.get("BIND", ":8000").rpartition(":")[2])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": name or "localhost"})
        return 0 if connection.getresponse().status == 200 else 1
    except OSError as error:
        print(f"no answer: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    raise SystemExit(main())
