"""A line of news about a case, read into the fields of a quick entry: «стражу продлили до 14.02».

Nothing is written by reading: the understanding is shown, and what was not understood stays a text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Final

from django.core.exceptions import ValidationError

from cases.actions.quick_kinds import OF_HEARINGS, REVIEWS, LineKind
from cases.actions.read_days import FoundDay, days_in, time_in
from cases.actions.read_penalties import read_penalties
from cases.choices import Instance, RestraintMeasure

_REFERENCE: Final = r"(?:п{1,2}\.|пункт|ч\.|част|ст\.|стат|art\b|article|part\b)"
_MEASURES: Final[tuple[tuple[str, RestraintMeasure], ...]] = (
    (r"заочн\w+ арест\w*|арестова\w+ заочно|заочно арестова\w+|in absentia", RestraintMeasure.CUSTODY_IN_ABSENTIA),
    (r"домашн\w+ арест\w*|house arrest", RestraintMeasure.HOUSE_ARREST),
    (r"запрет\w* определ[её]нных действий|ban on (?:certain )?actions|prohibition of certain actions",
     RestraintMeasure.BAN_ON_ACTIONS),
    (r"подписк\w+(?: о невыезде)?|undertaking not to leave", RestraintMeasure.UNDERTAKING),
    (r"обязательств\w+ о явке|undertaking to appear", RestraintMeasure.OBLIGATION_TO_APPEAR),
    (r"поручительств\w+|surety", RestraintMeasure.SURETY),
    (r"залог\w*|bail", RestraintMeasure.BAIL),
    (r"объявлен\w* в (?:\w+ )?розыск|в розыск\w*|wanted list", RestraintMeasure.WANTED),
    (r"задержа\w+|detained", RestraintMeasure.POLICE_DETENTION),
    (r"страж\w+|сизо|арест\w*|custody|remand\w*|arrested", RestraintMeasure.CUSTODY),
)  # fmt: skip
_INSTANCES: Final[tuple[tuple[str, Instance], ...]] = (
    (r"апелляц\w+|appeal", Instance.APPEAL),
    (r"кассац\w+|cassation", Instance.CASSATION),
    (r"надзор\w*|президиум\w*|supervisory", Instance.SUPERVISORY),
)
_SENTENCED: Final = (
    r"приговор\w*|осужд\w+|осудил\w*|назначил\w*|назначен\w*|получил\w*|вердикт"
    r"|sentenced?|verdict|convicted|found guilty"
)
_WORDS: Final[tuple[tuple[str, LineKind], ...]] = (
    (r"(?:заседани|слушани|суд|hearing|trial|прени|приговор)\w*.*(?:отлож|перен[её]с|postponed|adjourned)"
     r"|^(?:отлож|перен[её]с|postponed|adjourned)", LineKind.POSTPONED),
    (r"(?:заседани|слушани)\w*.*(?:отмен|снят)|(?:отмен\w+) (?:\w+ )?(?:заседани|слушани)|hearing\b.*cancell?ed",
     LineKind.CANCELLED),
    (r"(?:заседани|слушани)\w*.*(?:состоял|прош[её]?л)|hearing\b.*(?:took place|was held)", LineKind.HELD),
    (r"вступил\w* в (?:законную )?силу|entered into force|in force since", LineKind.IN_FORCE),
    (r"переквалиф|reclassified", LineKind.RECLASSIFIED),
    (r"(?:верн|возвра)\w+ (?:дел\w+ )?(?:в )?прокур|return(?:ed)? (?:\w+ )*to the prosecutor", LineKind.RETURNED),
    (r"на (?:новое|повторное) рассмотрение|на пересмотр|for (?:a )?(?:retrial|new trial)|remitted",
     LineKind.REMITTED),
    (r"(?:остав|устоял|подтверд)\w*.*(?:в силе|без изменени|приговор|решени)|засил\w+|upheld", LineKind.UPHELD),
    (r"смягч|сниз|сократ|уменьш|reduced|cut (?:the )?sentence", LineKind.REDUCED),
    (r"ужесточ|увелич|increased|toughened", LineKind.INCREASED),
    (r"отмен\w+ (?:\w+ )?(?:приговор|решени|постановлени)|приговор\w* отмен|quashed|overturned", LineKind.QUASHED),
    (r"оправда|acquitted|acquittal", LineKind.ACQUITTED),
    (r"прекра(?:щ|т)|discontinued|dropped", LineKind.DISCONTINUED),
    (r"продл|extended", LineKind.EXTENDED),
    (r"предъяв|обвинен\w* (?:по|в совершении)|charged (?:with|under)|brought charges", LineKind.CHARGED),
    (r"заседани|слушани|огла(?:с|ш)|прени[яй]|последн\w+ слов|hearing|debates|last word", LineKind.HEARING),
)  # fmt: skip
"""Words that tell the kind, the more certain first; a measure and a penalty are told by their own words."""
_UNTIL: Final = r"(?:до|по|until|till|to)\s+$"
_TO: Final = r"(?:на|до|to|until|for)\s+$"
_ROOM: Final = re.compile(
    r"(?:зал\w*|каб(?:инет|\.)?|комн(?:ата|\.)?|room|courtroom)\s*(?:заседаний\s*)?(?:№|No\.?)?\s*(?P<room>\d+\w?)",
    re.IGNORECASE,
)
_SUBJECTS: Final = (
    r"прени\w+(?: сторон)?|последн\w+ слов\w*|огла(?:шени\w+|с\w+)(?: приговора?)?|продлени\w+[^,;.]*|избрани\w+[^,;.]*"
    r"|допрос\w*[^,;.]*|предварительн\w+ (?:слушани|заседани)\w+|апелляци\w*|кассаци\w*|debates|last word"
    r"|(?:reading of the )?verdict|appeal"
)


@dataclass(frozen=True, slots=True)
class ReadLine:
    """What a line says, as far as it was understood. `rest` are words that went nowhere."""

    kind: str
    on: date | None = None
    until: date | None = None
    at: time | None = None
    room: str = ""
    subject: str = ""
    measure: str = ""
    instance: str = ""
    penalties: str = ""
    reference: str = ""
    rest: str = ""


def read_line(text: str, today: date) -> ReadLine | None:
    """What the line says; None where not even its kind was understood."""
    plain = re.sub(r"[\s\u00a0\u202f]+", " ", text).strip(" .;")
    kind = _kind(plain)
    if kind is None:
        return None
    if kind in OF_HEARINGS:
        return _hearing(kind, plain, today)
    if kind in (LineKind.CHARGED, LineKind.RECLASSIFIED):
        return _charge(kind, plain, today)
    until, rest = _until(plain, today) if kind in (LineKind.EXTENDED, LineKind.RESTRAINT) else (None, plain)
    on, rest = _on(rest, today)
    found = ReadLine(kind, on=on, until=until)
    if kind in (LineKind.EXTENDED, LineKind.RESTRAINT):
        return replace(found, measure=_first(_MEASURES, plain))
    if kind in REVIEWS | {LineKind.ACQUITTED}:
        default = "" if kind == LineKind.ACQUITTED else Instance.APPEAL
        found = replace(found, instance=_first(_INSTANCES, plain) or default)
    if kind in (LineKind.VERDICT, LineKind.REDUCED, LineKind.INCREASED):
        penalties, unused = _penalties(rest)
        found = replace(found, penalties=penalties, rest=unused)
    return found


def _kind(text: str) -> LineKind | None:
    plain = _plain(text)
    told = next((kind for words, kind in _WORDS if re.search(words, plain)), None)
    if told is LineKind.HEARING and re.match(rf"(?:{_SENTENCED})\b.*\d+ (?:год|лет|мес|year)", plain):
        return LineKind.VERDICT
    if told:
        return told
    if _is_measure(plain):
        return LineKind.RESTRAINT
    if re.search(rf"\b(?:{_SENTENCED})", plain) or _is_penalty(text):
        return LineKind.VERDICT
    has_day = bool(days_in(text, date(2000, 1, 1)))
    return LineKind.HEARING if has_day and (time_in(_without_days(text)) or "суд" in plain) else None


def _is_measure(plain: str) -> bool:
    """A measure of restraint; «15 суток ареста» and «арестован на 15 суток» are penalties."""
    return (
        bool(_first(_MEASURES, plain))
        and not re.search(r"\d+ (?:сут|дн)|\d+ days", plain)
        and not _is_penalty(plain)
    )


def _is_penalty(text: str) -> bool:
    penalties, _rest = _penalties(_without_days(text))
    try:
        return bool(read_penalties(penalties))
    except ValidationError:
        return False


def _without_days(text: str) -> str:
    for day in reversed(days_in(text, date(2000, 1, 1))):
        text = _cut(text, day.start, day.end)
    return text.strip(" ,:;—–-")


def _hearing(kind: LineKind, text: str, today: date) -> ReadLine:
    room = _ROOM.search(text)
    rest = _cut(text, room.start(), room.end()) if room else text
    days = days_in(rest, today)
    until: FoundDay | None = None
    if kind is LineKind.POSTPONED:
        # «заседание 24.11 отложено на 3.12»: the day after «на» is the new one, another is the old one.
        until = next((day for day in days if re.search(_TO, rest[: day.start], re.I)), None)
        days = [day for day in days if day is not until]
    on = days[0] if days else None
    for day in sorted(filter(None, [on, until]), key=lambda each: each.start, reverse=True):
        rest = _cut(rest, day.start, day.end)
    clock = time_in(rest)
    subject = re.search(_SUBJECTS, _plain(rest)) if kind is LineKind.HEARING else None
    return ReadLine(
        kind,
        on=(on.behind(today) if kind is LineKind.HELD else on.nearest(today)) if on else None,
        until=until.ahead(today) if until else None,
        at=clock[0] if clock else None,
        room=room["room"] if room else "",
        subject=_subject(rest[subject.start() : subject.end()]) if subject else "",
        instance=_first(_INSTANCES, _plain(text)),
    )


def _subject(words: str) -> str:
    plain = words.strip(" ,;")
    return "оглашение приговора" if plain.lower().startswith("огла") else plain


def _charge(kind: LineKind, text: str, today: date) -> ReadLine:
    start = re.search(rf"(?<!\w){_REFERENCE}\.?\s*[«\d\w]", text, re.IGNORECASE)
    reference = text[start.start() :] if start else ""
    before = text[: start.start()] if start else text
    if kind is LineKind.RECLASSIFIED and (
        last := re.search(r"(?:\sна\s|\sto\s|\sas\s)(?!.*(?:\sна\s|\sto\s|\sas\s))", text)
    ):
        reference, before = text[last.end() :], text[: last.start()]
    on, _rest = _on(before, today)
    if on is None and (tail := days_in(reference, today)):
        on = tail[-1].behind(today)
        reference = _cut(reference, tail[-1].start, tail[-1].end)
    return ReadLine(kind, on=on, reference=reference.strip(" ,.;:—–-"))


def _until(text: str, today: date) -> tuple[date | None, str]:
    for day in days_in(text, today):
        if re.search(_UNTIL, text[: day.start], re.IGNORECASE):
            return day.ahead(today), _cut(text, day.start, day.end)
    return None, text


def _on(text: str, today: date) -> tuple[date | None, str]:
    days = days_in(text, today)
    if not days:
        return None, text
    return days[0].behind(today), _cut(text, days[0].start, days[0].end)


def _penalties(text: str) -> tuple[str, str]:
    """The penalties of a line, and the reference to law in it, which a penalty has no place for."""
    rest = re.sub(rf"\b(?:{_SENTENCED})(?:\s+(?:к|до|на|to|of|at))?\b", " ", text, flags=re.IGNORECASE)
    unused = re.search(rf"(?<!\w)(?:по|under)\s+{_REFERENCE}.*?(?:УК|КоАП)(?:\s+РФ)?", rest, re.IGNORECASE)
    if unused:
        rest = _cut(rest, unused.start(), unused.end())
    start = re.search(
        r"(?<!\w)(?:\d|пожизн|штраф|условн|без наказ|обязательн|исправительн|принудительн|ограничен|fine|life)",
        rest,
        re.IGNORECASE,
    )
    penalties = rest[start.start() :] if start else ""
    return re.sub(r"\s+", " ", penalties).strip(" ,.;:—–-"), unused[0] if unused else ""


def _first(table: tuple[tuple[str, object], ...], text: str) -> str:
    plain = text.lower()
    return next((str(code) for words, code in table if re.search(rf"(?<!\w)(?:{words})(?!\w)", plain)), "")


def _plain(text: str) -> str:
    return text.lower().replace("ё", "е")


def _cut(text: str, start: int, end: int) -> str:
    before = re.sub(
        r"(?<!\w)(?:до|по|на|с|от|on|until|till|to|from|в)\s*$", "", text[:start], flags=re.IGNORECASE
    )
    return f"{before.rstrip()} {text[end:].lstrip()}".strip(" ,:;—–")
