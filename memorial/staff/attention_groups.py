"""Who may do what at the attention desk: whoever keeps the records, and auditors look."""

from __future__ import annotations

from typing import Final

Rights = dict[str, str]

EDITOR: Final[Rights] = {
    "attention.afterlook": "v",
    "attention.checkedlink": "v",
    "attention.suspectedpair": "vc",
}
AUDITOR: Final[Rights] = {
    "attention.afterlook": "v",
    "attention.checkedlink": "v",
    "attention.suspectedpair": "v",
}
LEGAL: Final[Rights] = {"attention.afterlook": "v", "attention.checkedlink": "v"}
