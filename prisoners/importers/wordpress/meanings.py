"""Words of the old site's vocabularies as values of our fields; a word that is not known is never guessed."""

import re

from django.utils.translation import gettext as _

from prisoners.choices import LegalCode
from prisoners.importers.errors import CellError
from prisoners.importers.fields import FIELDS, Kind, words_of
from prisoners.importers.rows import Unread
from prisoners.importers.wordpress.rules import IGNORE, NOTE, SiteRules, TermMeaning
from prisoners.importers.words import Words

_CODES = (
    (LegalCode.KOAP_RF, re.compile(r"\bКоАП(?:\s+РФ)?\b|\bCAO\b", re.IGNORECASE)),
    (LegalCode.UK_UA, re.compile(r"\bУК\s+(?:Украины|УССР)\b|Criminal Code of Ukraine", re.IGNORECASE)),
    (LegalCode.UK_DNR, re.compile(r"\bУК\s+[«\"']?ДНР", re.IGNORECASE)),
    (LegalCode.UK_LNR, re.compile(r"\bУК\s+[«\"']?ЛНР", re.IGNORECASE)),
    (LegalCode.UK_RF, re.compile(r"\bУК\s+(?:РФ|России)\b", re.IGNORECASE)),
)
_SEVERAL = (Kind.WORDS, Kind.COUNTRIES, Kind.NAMES)
Said = dict[str, list[str]]


def stated_code(texts: list[str]) -> str:
    """The code of law that every one of these references names; empty where one names none or another.

    Never guessed: a reference without a code stays text (domain, rule 6).
    """
    codes = {_code_of(text) for text in texts}
    return codes.pop() if len(codes) == 1 else ""


def _code_of(text: str) -> str:
    found = [code.value for code, pattern in _CODES if pattern.search(text)]
    return found[0] if len(found) == 1 else ""


class Meanings:
    """What the words of posts mean by a mapping, and by our own vocabularies."""

    def __init__(self, rules: SiteRules, words: Words) -> None:
        self.rules, self.words = rules, words

    def of(
        self, taxonomy: str, said: list[tuple[str, str]]
    ) -> tuple[Said, list[Unread], list[tuple[str, str]]]:
        """Values by field, words that are not known, words for a note."""
        rule = self.rules.taxonomies.get(taxonomy)
        values: Said = {}
        if rule is None:
            names = "; ".join(name for _slug, name in said)
            is_noted = self.rules.mapping.others == "note" and names
            return values, [], [(taxonomy, names)] if is_noted else []
        unread, notes = [], []
        for slug, name in said:
            meaning = rule.terms.get(slug.casefold()) or rule.terms.get(name.casefold())
            meaning = meaning or TermMeaning(rule.field or IGNORE, name)
            if meaning.field == NOTE:
                notes.append((taxonomy, name))
            elif meaning.field != IGNORE:
                if self._is_known(meaning):
                    values.setdefault(meaning.field, []).append(meaning.value)
                else:
                    reason = _("“%(word)s” is no word that is known here: put it into the mapping.")
                    unread.append(Unread(taxonomy, name, reason % {"word": name[:60]}))
        return self._single(values, taxonomy, unread), unread, notes

    def _is_known(self, meaning: TermMeaning) -> bool:
        field, word = FIELDS[meaning.field], meaning.value.casefold()
        # The mapping's own words for the field count, too.
        if word in self.rules.mapping.values.get(field.name, {}):
            return True
        match field.kind:
            case Kind.CHOICE if field.choices:
                return word in words_of(field.choices)
            case Kind.WORDS:
                return word in self.words.vocabulary(field.name)
            case Kind.COUNTRIES:
                return word in self.words.countries
            case Kind.REGION:
                return self._is_region(meaning.value)
        return True

    def _is_region(self, word: str) -> bool:
        try:
            self.words.region(word)
        except CellError:
            return False
        return True

    def _single(self, values: Said, taxonomy: str, unread: list[Unread]) -> Said:
        """Of a field that has one value, two words are none."""
        for name, said in list(values.items()):
            kind = FIELDS[name].kind
            is_text = FIELDS[name].is_text
            if len(set(said)) > 1 and kind not in _SEVERAL and not is_text:
                reason = _("Several words, and one is needed.")
                unread.append(Unread(taxonomy, "; ".join(said), reason))
                del values[name]
        return values

    def joined(self, name: str, said: list[str]) -> str:
        """Several words as one cell."""
        kind = FIELDS[name].kind
        if kind in (Kind.LONG_TEXT, Kind.RICH_TEXT):
            return "\n".join(said)
        return "; ".join(dict.fromkeys(said)) if kind in _SEVERAL else ", ".join(dict.fromkeys(said))
