"""A person's name as readers see it, in one language at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from memorial.base.localized import in_language, other_languages

if TYPE_CHECKING:
    from prisoners.models.prisoner import Prisoner


@dataclass(frozen=True)
class PersonName:
    """The parts of a name in one language, or the words that stand for a name not yet known."""

    language: str
    surname: str
    given_names: str
    patronymic: str
    described_as: str

    @property
    def exists(self) -> bool:
        """Whether there is anything to call the person by."""
        return bool(self.surname or self.given_names or self.described_as)

    @property
    def first(self) -> str:
        """What stands first: the surname in Russian, the given names in English; a single name alone."""
        if self.described_as:
            return self.described_as
        if self.language == "ru":
            return self.surname or self.given_names
        return self.given_names or self.surname

    @property
    def rest(self) -> str:
        """What follows and wraps as a group: given names and patronymic in Russian, the surname in English."""
        if self.described_as or not (self.surname and self.given_names):
            return self.patronymic if not self.described_as else ""
        if self.language == "ru":
            return " ".join(part for part in (self.given_names, self.patronymic) if part)
        return " ".join(part for part in (self.patronymic, self.surname) if part)

    @property
    def full(self) -> str:
        """The whole name on a line, surname first in Russian."""
        return f"{self.first} {self.rest}".strip()

    @property
    def called(self) -> str:
        """Given names before the surname, as in running text."""
        parts = (self.given_names, self.surname)
        return self.described_as or " ".join(part for part in parts if part)

    @property
    def initials(self) -> str:
        """Two letters for an empty portrait, surname first."""
        parts = [part for part in (self.surname, self.given_names) if part] or [self.described_as]
        return "".join(part[0].upper() for part in parts if part)


def name_in(prisoner: Prisoner, language: str) -> PersonName:
    """The name in one language, whole: never a surname in one and a patronymic in the other."""
    for code in [language, *other_languages(language)]:
        name = PersonName(
            code,
            *(
                getattr(prisoner, in_language(part, code))
                for part in ("surname", "given_names", "patronymic", "described_as")
            ),
        )
        if name.exists:
            return name
    return PersonName(language, "", "", "", "")
