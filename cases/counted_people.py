"""Finds where a text counts people: «девять человек», «дело семи», "six believers", "the case of nine".

It is for a warning and no more: the numbers of a text are its editor's. Numbers of years, days and pages are
passed over; what it misses, a reader of the text sees.
"""

from __future__ import annotations

import re
from typing import Final

_COLLECTIVE: Final = (
    r"(?:дво|тро)(?:е|их|им|ими)|(?:четвер|пятер|шестер|семер|восьмер|девятер|десятер)(?:о|ых|ым|ыми)"
    r"|об(?:а|е|оих|еих|оим|еим)"
)
"""«Четверо», «пятерых»: said of people, and of little else."""
_NUMBERS_RU: Final = (
    r"\d{1,3}|дв(?:а|ух|ум|умя)|тр(?:и|ёх|ех|ём|ем|емя)|четыр(?:е|ёх|ех|ём|ем|ьмя)|пят(?:ь|и|ью)|шест(?:ь|и|ью)"
    r"|сем(?:ь|и|ью)|вос(?:емь|ьми|емью)|девят(?:ь|и|ью)|десят(?:ь|и|ью|ок|ка)|(?:один|две|три|четыр|пят|шест|сем|восем|девят)надцат(?:ь|и|ью)"
    r"|двадцат(?:ь|и|ью)|тридцат(?:ь|и|ью)|сорока?|нескольк(?:о|их|им|ими)|дюжин(?:а|ы)"
)
_PEOPLE_RU: Final = (
    r"человек|люд|фигурант|обвиняем|подсудим|подозреваем|осужд|задержан|арестован|заключ[её]нн|участни|верующ"
    r"|свидетел|активист|жител|мужчин|женщин|студент|школьник|подрост|юнош|девуш|солдат|военн|пленн|журналист|правозащитник"
    r"|адвокат|друз|знаком|брат|сест|муж|супруг|родствен|мусульман|татар|украин|гражда|политзаключ"
)
_NUMBERS_EN: Final = (
    r"\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|several|a dozen"
)
_PEOPLE_EN: Final = (
    r"people|persons|men|women|defendants|accused|suspects|convicts?|detainees|prisoners|believers|activists|residents"
    r"|students|teenagers|soldiers|journalists|lawyers|friends|brothers|sisters|relatives|members|participants|citizens|witnesses"
)
_COUNTS: Final = re.compile(
    rf"\b(?:{_COLLECTIVE})\b"
    # Up to two words may stand between: «девять молодых жителей».
    rf"|\b(?:{_NUMBERS_RU})\s+(?:[а-яё-]+\s+){{0,2}}?(?:{_PEOPLE_RU})[а-яё]*"
    rf"|\bдел[аоуе]м?\s+(?:{_NUMBERS_RU})\b(?!\s+(?:год|лет|дн|мес))"
    rf"|\b(?:{_NUMBERS_EN})\s+(?:[a-z-]+\s+){{0,2}}?(?:{_PEOPLE_EN})\b"
    r"|\bcase of (?:the )?(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,3})\b(?! years?)"
    r"|\bboth\b",
    re.IGNORECASE,
)


def counted_in(text: str) -> list[str]:
    """The words of a plain text that count people, each once, as they stand there."""
    return list(dict.fromkeys(found.group().strip() for found in _COUNTS.finditer(text)))
