"""`make bench`: the site of `make run`, prepared in the same way, but timed instead of served."""

from __future__ import annotations

import subprocess
import sys

from run import ROOT, prepared_environment

from memorial.errors import Misconfigured, refuse


def main() -> int:
    """The code of the command `bench`, which gets the arguments; Misconfigured with one sentence."""
    env, _sign_in = prepared_environment(8000)
    command = [sys.executable, "manage.py", "bench", *sys.argv[1:]]
    # A process as readers meet it: WEB_PROCESS keeps connections, as a server's worker does.
    return subprocess.run(command, check=False, cwd=ROOT, env=env | {"WEB_PROCESS": "1"}).returncode


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except Misconfigured as error:
        refuse(error)
