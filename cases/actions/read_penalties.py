"""Penalties as editors type them: «7 лет 6 месяцев общего режима; штраф 300 тыс. руб.»."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cases.choices import PenaltyKind
from cases.models.decision import WITH_REGIME, Penalty
from memorial.base.localized import in_language
from prisoners.choices import Regime

_KINDS: Final[tuple[tuple[str, PenaltyKind], ...]] = (
    (r"без (?:назначения )?наказани\w+|наказание не назначено|no penalty(?: imposed)?", PenaltyKind.NONE),
    (r"пожизненн\w+(?: лишени\w+ свободы)?|life(?: imprisonment| sentence)?", PenaltyKind.LIFE),
    (r"смертн\w+ казн\w+|death penalty", PenaltyKind.DEATH_PENALTY),
    (r"условн\w*(?: осуждени\w+)?|suspended(?: sentence)?", PenaltyKind.SUSPENDED),
    (
        r"отсрочк\w*(?: (?:отбывания |исполнения )?наказания)?|deferral(?: of the sentence)?|deferred",
        PenaltyKind.DEFERRAL,
    ),
    (r"судебн\w+ штраф\w*|court fine", PenaltyKind.COURT_FINE),
    (r"административн\w+ штраф\w*|administrative fine", PenaltyKind.ADMINISTRATIVE_FINE),
    (r"штраф\w*|fined?", PenaltyKind.FINE),
    (r"обязательн\w+ работ\w*|compulsory work", PenaltyKind.COMPULSORY_WORK),
    (r"исправительн\w+ работ\w*|corrective labou?r", PenaltyKind.CORRECTIVE_LABOUR),
    (r"принудительн\w+ работ\w*|forced labou?r", PenaltyKind.FORCED_LABOUR),
    (
        r"ограничени\w+ по военной службе|restriction of military service",
        PenaltyKind.MILITARY_RESTRICTION,
    ),
    (r"ограничени\w+ свободы|restriction of freedom", PenaltyKind.RESTRICTION_OF_FREEDOM),
    (r"административн\w+ арест\w*|administrative arrest", PenaltyKind.ADMINISTRATIVE_ARREST),
    (r"арест\w*|arrest", PenaltyKind.ARREST_PENALTY),
    (
        r"(?:содержани\w+ )?(?:в )?дисциплинарн\w+(?: воинск\w+)? част\w+|дисбат\w*"
        r"|(?:detention )?in a disciplinary(?: military)? unit",
        PenaltyKind.DISCIPLINARY_UNIT,
    ),
    (r"административн\w+ надзор\w*|administrative supervision", PenaltyKind.SUPERVISION),
    (r"конфискаци\w+|confiscation", PenaltyKind.CONFISCATION),
    (
        r"(?:принудительн\w+ )?мер\w+ воспитательного воздействия|воспитательн\w+ мер\w+|educational measures",
        PenaltyKind.EDUCATIONAL_MEASURES,
    ),
    (
        r"специальн\w+ (?:учебно-воспитательн\w+|закрыт\w+).*учреждени\w+( закрытого типа)?"
        r"|special closed educational institution",
        PenaltyKind.SPECIAL_SCHOOL,
    ),
    (r"(?:административн\w+ )?выдворени\w+(?: за пределы (?:рф|россии))?|expulsion", PenaltyKind.EXPULSION),
    (r"лишени\w+ гражданства|loss of citizenship", PenaltyKind.CITIZENSHIP_LOSS),
    (
        r"лишени\w+ (?:\w+ )?(?:воинского |специального )?звани\w+(?:,? чина)?(?: и наград)?"
        r"|deprivation of rank(?: and awards)?",
        PenaltyKind.RANK_LOSS,
    ),
    (r"запрет\w*|лишени\w+ права|ban(?:ned)?", PenaltyKind.BAN_POSITIONS),
    (
        r"лишени\w+ свободы(?: на определенный срок)?|imprisonment(?: for a fixed term)?",
        PenaltyKind.IMPRISONMENT,
    ),
)
_REGIMES: Final[tuple[tuple[str, Regime], ...]] = (
    (r"(?:в )?колони\w+[ -]?поселени\w+|поселени\w+|colony-settlement|settlement", Regime.SETTLEMENT),
    (r"воспитательн\w+|juvenile", Regime.JUVENILE),
    (r"общ(?:его|ий|ем)|general", Regime.GENERAL),
    (r"строг(?:ого|ий|ом)|strict", Regime.STRICT),
    (r"особ(?:ого|ый|ом)|special", Regime.SPECIAL),
    (r"(?:в )?тюрь?м\w+|prison", Regime.PRISON),
)
_SUSPENDED_FOR: Final = re.compile(
    r"(?:с )?(?:испытательн\w+ срок\w*|probation(?: period)?)(?: of| в| —| -|:)?((?: ?\d+ ?[^\W\d]+\.?)+)"
)
_MONEY: Final = re.compile(
    r"(?P<before>[₽₴])? ?(?P<number>\d[\d ]*(?:,\d{3})*(?:[.,]\d{1,2})?)"
    r" ?(?P<many>тыс\w*\.?|млн\.?|миллион\w*|thousand|million)?"
    r" ?(?P<after>₽|руб\w*\.?|р\.|r(?:o)?ubles?|roubles?|₴|грн\.?|гривен\w*|hryvnias?)?"
)
_UNITS: Final = {
    "years": r"(?:год\w*|лет|г\.|years?)",
    "months": r"(?:мес\w*\.?|months?)",
    "days": r"(?:сут\w*|дн\w*|день|days?)",
    "hours": r"(?:час\w*|hours?)",
}
_EMPTY_WORDS: Final = re.compile(
    r"\b(?:исправительн\w+|колони\w+|режим\w*|ик|срок\w*|размере|лишени\w+ свободы|regime|colony|imprisonment"
    r"|period|в|на|с|со|и|к|до|in|an?|the|of|and|to|for)\b|[-,.:—–]"
)
_WITH_DETAIL: Final = (PenaltyKind.BAN_POSITIONS, PenaltyKind.RANK_LOSS, PenaltyKind.CONFISCATION)
_ADMINISTRATIVE: Final = {
    PenaltyKind.FINE: PenaltyKind.ADMINISTRATIVE_FINE,
    PenaltyKind.COMPULSORY_WORK: PenaltyKind.ADMINISTRATIVE_WORK,
    PenaltyKind.ARREST_PENALTY: PenaltyKind.ADMINISTRATIVE_ARREST,
}
_FURTHER: Final = (
    r"(?=штраф|fine\b|a fine\b|запрет|ban\b|a ban\b|лишени\w+ права|конфискаци|confiscation"
    r"|ограничени\w+ свободы|restriction of freedom)"
)
_BETWEEN: Final = re.compile(rf"[;\n+]|,?\s(?:и|с|со|and|with)\s{_FURTHER}", re.IGNORECASE)
_WITHOUT_LENGTH: Final = (
    PenaltyKind.CONFISCATION,
    PenaltyKind.FINE,
    PenaltyKind.ADMINISTRATIVE_FINE,
    PenaltyKind.COURT_FINE,
)
"""Neither years nor days: where a length stands beside one, two penalties were typed as one."""


_FOREIGN: Final = {
    "ru": r"\s*\(in Russian\)|,\s*in Russian(?=\))",
    "en": r"\s*\(по-английски\)|,\s*по-английски(?=\))",
}
"""The mark that our own words put beside a detail in the other language, by that language."""
_OUR_BAN: Final = re.compile(
    r"(?P<kind>запрет|ban):\s(?P<what>.+?)(?P<length>(?:,|\sна|\sfor)\s\d+\s?[^\W\d]+\.?(?:\s\d+\s?[^\W\d]+\.?)*)?",
    re.IGNORECASE,
)
"""A ban as we write it: what is forbidden stands before the length, and may hold any word."""


@dataclass
class ReadPenalty:
    """One penalty that was understood."""

    kind: str
    lengths: dict[str, int] = field(default_factory=dict)
    regime: str = ""
    amount: Decimal | None = None
    currency: str = ""
    probation: dict[str, int] = field(default_factory=dict)
    detail: str = ""
    detail_language: str = ""
    """The language of the detail, where the text says that it is not the reader's own."""

    def columns(self, language: str) -> dict[str, Any]:
        """The columns of a `Penalty`; what it is of goes into the column of the language it was typed in."""
        return {
            "kind": self.kind,
            **{unit: self.lengths.get(unit) for unit in _UNITS},
            "regime": self.regime,
            "amount": self.amount,
            "currency": self.currency,
            "probation_years": self.probation.get("years"),
            "probation_months": self.probation.get("months"),
            in_language("detail", self.detail_language or language): self.detail,
        }


def read_penalties(text: str, *, administrative: bool = False) -> list[ReadPenalty]:
    """Every penalty of a text, one in a line or set off by a semicolon.

    A length alone is imprisonment, hours are compulsory work, days an administrative arrest, a sum
    is a fine. In an administrative case fine, work and arrest are the administrative ones. Raises
    `ValidationError` naming the words that were not understood.
    """
    return [_read(piece.strip(), administrative) for piece in _BETWEEN.split(text) if piece.strip()]


def _read(piece: str, administrative: bool) -> ReadPenalty:
    rest = _Rest(piece)
    marked = next((code for code, mark in _FOREIGN.items() if rest.take(mark)), "")
    detail = rest.take_ban() or rest.take(r"\((?P<inside>[^()]*)\)\s*$", "inside")
    probation = rest.take(_SUSPENDED_FOR.pattern, 1)
    kind = next((kind for pattern, kind in _KINDS if rest.take(rf"\b(?:{pattern})(?!\w)")), None)
    regime = next((code for pattern, code in _REGIMES if rest.take(rf"\b(?:{pattern})(?!\w)")), "")
    lengths = _lengths(rest)
    amount, currency = _money(rest, kind)
    kind = kind or _kind_of(lengths, amount, regime)
    if administrative and kind in _ADMINISTRATIVE:
        kind = _ADMINISTRATIVE[kind]
    found = ReadPenalty(
        kind=kind or "",
        lengths=lengths,
        regime=regime,
        amount=amount,
        currency=currency,
        probation=_lengths(_Rest(probation)),
        detail=detail,
        detail_language=marked,
    )
    left = rest.left()
    if left and found.kind in _WITH_DETAIL and not detail:
        found.detail, left = left, ""
    _refuse(piece, found, rest.left_without_empty_words() if left else "")
    return found


def _refuse(piece: str, found: ReadPenalty, left: str) -> None:
    if not found.kind:
        raise ValidationError(_("Not understood: «%(words)s». Type it like: %(examples)s.") % _example(piece))
    if left:
        raise ValidationError(_("Not understood: «%(words)s». Type it like: %(examples)s.") % _example(left))
    if found.lengths and found.kind in _WITHOUT_LENGTH:
        raise ValidationError(
            _("These are two penalties: set «%(words)s» apart by a semicolon.") % {"words": piece}
        )
    if found.regime and found.kind not in WITH_REGIME:
        raise ValidationError(_("Only imprisonment has a regime: «%(words)s».") % {"words": piece})
    if found.probation and found.kind != PenaltyKind.SUSPENDED:
        raise ValidationError(
            _("Only a suspended sentence has a probation period: «%(words)s».") % {"words": piece}
        )


def _example(words: str) -> dict[str, str]:
    examples = _(
        "7 years 6 months general regime; 3 years suspended, probation 2 years; fine 300 thousand roubles"
    )
    return {"words": words, "examples": examples}


class _Rest:
    """What of a text is not understood yet."""

    def __init__(self, text: str) -> None:
        plain = re.sub(r"[\s\u00a0\u202f]+", " ", text)
        self.text = plain.strip()

    def take(self, pattern: str, group: int | str = 0) -> str:
        """Takes the first match out of the text and returns it, or one group of it; "" where there is none."""
        match = re.search(pattern, self.text.replace("ё", "е"), re.IGNORECASE)
        if match is None:
            return ""
        said = match.group(group) or ""
        # A mark stands where something was taken, so that words do not run together.
        self.text = f"{self.text[: match.start()]} {self.text[match.end() :]}".strip()
        return said.strip()

    def take_ban(self) -> str:
        """Takes what our own words say is forbidden, and leaves the word for the ban with its length."""
        match = _OUR_BAN.fullmatch(self.text)
        if match is None:
            return ""
        self.text = f"{match['kind']}{match['length'] or ''}"
        return match["what"].strip(" ,")

    def left(self) -> str:
        """The words that remain, as typed."""
        text = re.sub(r"\s+", " ", self.text).strip(" ,.;:—–-")
        return re.sub(r"\s(?:на|for|в|сроком на)$", "", text).strip(" ,")

    def left_without_empty_words(self) -> str:
        """The words that remain and mean something."""
        return re.sub(r"\s+", " ", _EMPTY_WORDS.sub(" ", self.text.lower())).strip()


def _lengths(rest: _Rest) -> dict[str, int]:
    return dict(_each_length(rest))


def _each_length(rest: _Rest) -> Iterator[tuple[str, int]]:
    for unit, words in _UNITS.items():
        if number := rest.take(rf"(?<!\d)(\d{{1,4}}) ?{words}(?!\w)", 1):
            yield unit, int(number)


def _money(rest: _Rest, kind: str | None) -> tuple[Decimal | None, str]:
    """A sum with its currency; a bare number is a sum in roubles only beside the word «fine»."""
    for match in _MONEY.finditer(rest.text):
        sign = (match["before"] or match["after"] or "").lower()
        bare = not sign and (match["many"] or kind in (PenaltyKind.FINE, PenaltyKind.ADMINISTRATIVE_FINE))
        if sign or bare:
            rest.text = f"{rest.text[: match.start()]} {rest.text[match.end() :]}".strip()
            is_hryvnia = sign.startswith(("₴", "грн", "грив", "hryv"))
            currency = Penalty.Currency.UAH if is_hryvnia else Penalty.Currency.RUB
            return _number(match["number"]) * _many(match["many"] or ""), currency
    return None, ""


def _number(text: str) -> Decimal:
    digits = text.replace(" ", "")
    digits = re.sub(r",(?=\d{3}(?!\d))", "", digits)
    return Decimal(digits.replace(",", "."))


def _many(word: str) -> int:
    if word.lower().startswith(("тыс", "thou")):
        return 1000
    return 1_000_000 if word else 1


def _kind_of(lengths: dict[str, int], amount: Decimal | None, regime: str) -> PenaltyKind | None:
    """What a length or a sum alone means."""
    if lengths.keys() & {"years", "months"} or (regime and lengths):
        return PenaltyKind.IMPRISONMENT
    if "hours" in lengths:
        return PenaltyKind.COMPULSORY_WORK
    if "days" in lengths:
        return PenaltyKind.ADMINISTRATIVE_ARREST
    return PenaltyKind.FINE if amount is not None else None
