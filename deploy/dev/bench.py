"""`make bench`: invented people in databases of their own (var/bench), timed; nothing is kept of the figures.

    make bench                              2,500 people, then 100,000
    make bench ARGS="--people 2500"         one size; --rounds 5 for a short look
    make bench-million                      1,000,000 people: some 11 GB, two hours to fill

Each size has a database of its own, which is made once and used again.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys

from run import FOREIGN, ROOT, VAR

from memorial import embedded
from memorial.errors import Misconfigured, refuse

_SIZES = (2_500, 100_000)
_ROWS = 2_000
_NOTE = "searches.json"


def main() -> int:
    """0 once every size has been timed; Misconfigured with one sentence."""
    asked = _asked()
    _python(["deploy/dev/compile_messages.py"], dict(os.environ))
    for people in asked.people:
        print(f"\n===== {people:,} people =====", flush=True)
        _bench(people, asked.rounds, asked.rows)
    _compare(min(asked.people), max(asked.people))
    return 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make bench", description="Times pages and the office's heavy work."
    )
    parser.add_argument("--people", type=int, nargs="+", default=_SIZES, help="how many are published")
    parser.add_argument("--rounds", type=int, default=20, help="how often each page has its turn")
    parser.add_argument("--rows", type=int, default=_ROWS, help="rows to import; 0 for pages only")
    return parser.parse_args()


def _bench(people: int, rounds: int, rows: int) -> None:
    folder = VAR / "bench" / str(people)
    env = _environment(str(folder))
    embedded.serve(folder / "postgres")  # kept until the end, or each command would start it anew
    owner = env | {"DATABASE_AS": "owner"}
    _run(["migrate", "--verbosity", "0"], owner)
    _run(["bench_world", "--people", str(people)], owner)
    _run(["collectstatic", "--no-input", "--verbosity", "0"], owner)
    # A process as readers meet it: WEB_PROCESS keeps connections, as a server's worker does.
    _run(["bench", "--rounds", str(rounds)], env | {"WEB_PROCESS": "1"})
    _run(["bench_search", "--note", str(folder / _NOTE)], env)
    _run(["bench_lists"], env)
    _run(["bench_exports"], env)
    if rows:
        _run(["bench_work", "--rows", str(rows)], env | {"DATABASE_AS": "staff_rw"})
    embedded.leave(folder / "postgres")


def _compare(few: int, many: int) -> None:
    """How the 95th percentile of searches grows from one size to the other; nothing for one size alone."""
    if few == many:
        return
    less, more = (json.loads((VAR / "bench" / str(n) / _NOTE).read_text()) for n in (few, many))
    print(f"\n===== {many:,} people beside {few:,} =====")
    for name, slow in more.items():
        print(f"Search, {name}: 95th percentile {slow:.1f} ms, {slow / less[name]:.1f} times as long.")


def _environment(var: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    return kept | {"EMBEDDED_POSTGRES": "1", "SITE_ROLE": "both", "VAR_DIR": var}


def _run(arguments: list[str], env: dict[str, str]) -> None:
    _python(["manage.py", *arguments], env)


def _python(command: list[str], env: dict[str, str]) -> None:
    """A program of ours, which has told the reason itself where it failed."""
    if subprocess.run([sys.executable, *command], check=False, cwd=ROOT, env=env).returncode:
        raise Misconfigured(f"{' '.join(command[:2])} failed: the reason stands above.")


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except Misconfigured as error:
        refuse(error)
