"""What is said when a text is not a date."""

from __future__ import annotations

from typing import Any


class PartialDateError(ValueError):
    """A text or its parts do not make a partial date.

    Carries `message` (lazily translated, with %-placeholders), `code` and `params`, so that a form
    field can raise a ValidationError from it; `str()` is the sentence in the active language.
    """

    def __init__(self, message: Any, code: str = "invalid", **params: object) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.params = params

    def __str__(self) -> str:
        """Return the sentence in the active language."""
        return str(self.message) % self.params if self.params else str(self.message)
