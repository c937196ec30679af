"""One line of words that looks the same to everybody: what may stand in a signed text."""

import unicodedata
from typing import Final

from django.utils.translation import gettext as _

from donations.checks.refused import DetailsRefused

_KEPT_OUT: Final = ("C", "Z")
"""Unicode's controls, formats and separators: bidirectional signs, line ends, spaces that are not the space."""


def check_words(text: str, longest: int) -> None:
    """Refuses an empty text, one too long, not in NFC, or with a sign nobody sees. Raises `DetailsRefused`."""
    if not 0 < len(text) <= longest:
        raise DetailsRefused(
            _("It has 1 to %(most)d characters, not %(number)d.") % {"most": longest, "number": len(text)}
        )
    if unicodedata.normalize("NFC", text) != text:
        raise DetailsRefused(_("The text is not in Unicode’s normal form C."))
    if any(sign != " " and unicodedata.category(sign)[0] in _KEPT_OUT for sign in text):
        raise DetailsRefused(_("There is an invisible character in it."))
    if text != " ".join(text.split(" ")).strip(" ") or "  " in text:
        raise DetailsRefused(_("There is a space too many."))
