"""Reads and judges what the environment says about the seals of the history; see docs/history.md."""

from __future__ import annotations

import os
from pathlib import Path

from memorial.errors import Misconfigured


def seal_key(*, is_web: bool) -> str:
    """The private key that signs heads, 32 bytes in base64; empty in every process that does not seal.

    Raises Misconfigured in a process that answers requests: who breaks into it could sign a forgery.
    """
    key = os.environ.get("HISTORY_SEAL_KEY", "").strip()
    if key and is_web:
        raise Misconfigured(
            "HISTORY_SEAL_KEY is set for a process that answers requests: give it to the timer that runs"
            " seal_history, and to nothing else."
        )
    return key


def seals_file(var: Path) -> Path:
    """The file of signed heads: HISTORY_SEALS, or `history-seals.jsonl` in the folder of variable files."""
    return Path(os.environ.get("HISTORY_SEALS", "").strip() or var / "history-seals.jsonl").resolve()
