"""Addresses for letters as editors wrote them, taken apart; what cannot be read is never guessed.

«Письма: 443021, г. Заречье, ул. Садовая, д. 22, ФКУ СИЗО-1 УФСИН России по Заречной области,
Горинцеву Ивану Петровичу 1987 г. р.» Every word of the text ends in exactly one of the pieces.
"""

import re
from dataclasses import dataclass, field
from enum import Enum


class State(Enum):
    """What a text about letters says of where the person is."""

    ADDRESS = "an address"
    UNKNOWN = "the address is not known"
    TRANSIT = "on the way"
    HOUSE_ARREST = "under house arrest"
    AT_LARGE = "at liberty, or dead"
    NOTHING = "nothing"


@dataclass
class Letter:
    """The pieces of an address for letters."""

    state: State = State.NOTHING
    index: str = ""
    region: str = ""
    city: str = ""
    street: str = ""
    institution: str = ""
    addressee: str = ""
    born: str = ""
    e_letters: str = ""
    labels: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)

    @property
    def number(self) -> str:
        """The institution's short name, as people say it: «СИЗО-1»; empty where it has no number."""
        found = _NUMBERED.search(self.institution)
        if not found:
            return ""
        kind = re.sub(r"\W", "", found["kind"]).upper()
        return f"{_SAME_KIND.get(kind, kind)}-{re.sub(r'[ ]*/[ ]*', '/', found['number'])}"

    @property
    def short_name(self) -> str:
        """The institution as it is called: by kind and number, else by its name in quotes, else whole."""
        quoted = _QUOTED.search(self.institution)
        if self.number:
            return f"{self.number} {quoted[0]}" if quoted else self.number
        return self.institution

    @property
    def town(self) -> str:
        """The town without «г.»."""
        return _CITY_MARK.sub("", self.city).strip(" .")

    @property
    def name(self) -> str:
        """The name of the institution with its town or region: «СИЗО-1, Заречье»; empty where it is not sure."""
        where = self.town or self.region
        return f"{self.short_name}, {where}" if self.institution and where else ""

    @property
    def looks_like_a_home(self) -> bool:
        """A flat and no institution: an address that is kept nowhere (domain, rule 8)."""
        return not self.institution and bool(_FLAT.search(f"{self.street} {' '.join(self.rest)}"))


_LABEL = re.compile(
    r"^\s*(?:Адрес(?:а)?\s+для\s+(?:писем|переписки)|Письма(?:\s+можно\s+отправить)?(?:\s+по\s+адресу)?|"
    r"(?:Куда|Как)\s+(?:написать|писать)|Написать\s+письмо|Почтовый\s+адрес|Адрес|"
    r"(?:Для|Кому|Куда|Через)\s*(?:писем)?)\s*[:：]\s*",
    re.IGNORECASE,
)
_STATES = (
    (State.HOUSE_ARREST, re.compile(r"домашн\w+\s+арест|house\s+arrest", re.IGNORECASE)),
    (
        State.AT_LARGE,
        re.compile(
            r"освобожд[её]н|освобод|на\s+свободе|вышел|вышла|умер|скончал|погиб|обмен[яе]", re.IGNORECASE
        ),
    ),
    (
        State.TRANSIT,
        re.compile(
            r"(?:на|в|по|после|идёт|едет)\s+этап[еау]?\b|этапом|этапирован|этапиру|in\s+transit",
            re.IGNORECASE,
        ),
    ),
    (
        State.UNKNOWN,
        re.compile(
            r"уточня|адрес\w*\s+(?:пока\s+)?(?:не\s?известен|нет)|(?:место\w*|где)\s+(?:нахождени\w+\s+)?не\s?известн"
            r"|пока\s+не\s?известн|address\s+(?:is\s+)?(?:not\s+known|unknown|being\s+checked)",
            re.IGNORECASE,
        ),
    ),
)
_E_LETTERS = re.compile(
    r"(?:через\s+|по\s+)?[«\"“]?(?P<service>ФСИН[-\s]*письм\w+|Зона[\s-]*телеком|Родная\s+связь|РосУзник|f-?pismo(?:\.\w+)?)"
    r"[»\"”]?\s*:?",
    re.IGNORECASE,
)
_KINDS = r"СИЗО|ПФРСИ|ИК|КП|ЛИУ|ЛПУ|ВК|ИВС|УФИЦ|ИЦ|ЦИК|ЕПКТ|ОБ|Т|СИЗО|ТПП"
_NUMBERED = re.compile(
    rf"(?<![А-ЯЁа-яё])(?P<kind>{_KINDS})\s*[-–—‑]?\s*(?:№\s*)?(?P<number>\d{{1,3}}(?:\s*/\s*\d{{1,2}})?)(?![\d.])",
    re.IGNORECASE,
)
_SAME_KIND: dict[str, str] = {}
_QUOTED = re.compile(r"[«\"“„][А-ЯЁ][^»\"”“]{2,40}[»\"”]")
_INSTITUTION = re.compile(
    r"\bФКУ\b|\bФГБУ\b|\bГБУЗ\b|(?<![а-яё])(?:тюрьм[аеы]|колони[яи]|изолятор|спецпри[её]мник|спецучреждени|"
    r"исправительн\w+|следственн\w+|психиатрическ\w+|больниц[аы])|УФСИН|ГУФСИН|Лефортово|Бутырка",
    re.IGNORECASE,
)
_INDEX = re.compile(r"(?<!\d)(\d{6})(?!\d)")
_BORN = re.compile(
    r"[(,]?\s*(?:\d{1,2}\.\d{1,2}\.)?(?P<year>(?:19|20)\d{2})\s*(?:г(?:од[ау]?)?\.?\s*р(?:ожд(?:ения|\.)?)?\.?)\s*\)?",
    re.IGNORECASE,
)
_CITY = re.compile(
    r"^(?:г|гор|город|пос|пгт|п|с|дер|д|село|ст|станица|р\.\s?п|рп|посёлок|поселок|деревня)\.?\s*(?=[А-ЯЁ])[А-ЯЁ][\w\s-]+$"
)
_CITY_MARK = re.compile(
    r"^(?:город|гор|посёлок|поселок|пос|пгт|деревня|дер|село|станица|р\.\s?п|рп|г|п|с|д|ст)\.?\s*(?=[А-ЯЁ])"
)
_STREET = re.compile(
    r"(?<![а-яё])(?:ул(?:ица)?|пр(?:осп(?:ект)?|-т|-кт|-д|оезд)?|пер(?:еулок)?|ш(?:оссе)?|наб(?:ережная)?|б-?р|бульвар|"
    r"пл(?:ощадь)?|мкр(?:н|айон)?|тупик|тракт|кв-?л|промзона)(?:\.|\s|$)",
    re.IGNORECASE,
)
_HOUSE = re.compile(
    r"^(?:(?:д|дом|стр|строение|корп|к|вл|влад|лит|литера)\.?\s*)?\d{1,4}\s*[-/]?\s*\d{0,3}\s*[а-яА-Яa-zA-Z]?$"
)
_FLAT = re.compile(r"(?<![а-яё])кв(?:артира)?\.?\s*\d", re.IGNORECASE)
_REGION = re.compile(
    r"(?<![а-яё])(?:обл(?:асть|\.)|область|области|край|края|респ(?:ублика|\.)|республик\w+|а\.?\s?о\.?$|АО$|округ|Крым)",
    re.IGNORECASE,
)
_BARE_TOWN = re.compile(r"[А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+)*")
_NAME = re.compile(
    r"^(?:[А-ЯЁ][а-яё’'ʼ]+(?:-[А-ЯЁа-яё]+)*|[А-ЯЁ]\.)(?:\s+(?:[А-ЯЁ][а-яё’'ʼ-]+|[А-ЯЁ]\.|оглы|оглу|кызы|угли)){1,4}$"
)
_SEPARATORS = re.compile(r"[,;\n]+")


def parse_letter(text: str) -> Letter:
    """Takes a text about letters apart. Parts that are none of the known ones are left in `rest`."""
    letter = Letter()
    plain = " ".join(text.replace("\u00a0", " ").split(" "))
    for line in plain.split("\n"):
        _read_line(letter, line)
    if not letter.city and letter.institution and (letter.index or letter.region):
        # «443021, Заречье, СИЗО-1»: beside index or region a single word is the town.
        towns = [piece for piece in letter.rest if _BARE_TOWN.fullmatch(piece)]
        if len(towns) == 1:
            letter.city = towns[0]
            letter.rest.remove(towns[0])
    letter.state = _state(letter, plain)
    return letter


def _state(letter: Letter, plain: str) -> State:
    """What the text says besides pieces. A place that is named counts, unless it is said to be past."""
    for state, pattern in _STATES:
        if pattern.search(plain) and (state in (State.HOUSE_ARREST, State.AT_LARGE) or not letter.name):
            return state
    if any((letter.index, letter.institution, letter.city, letter.street)):
        return State.ADDRESS
    return State.NOTHING


def _read_line(letter: Letter, line: str) -> None:
    while found := _LABEL.match(line):
        letter.labels.append(found[0].strip())
        line = line[found.end() :]
    if found := _E_LETTERS.search(line):
        letter.e_letters = found["service"]
        letter.labels.append(found[0].strip())
        line = f"{line[: found.start()]},{line[found.end() :]}"
    if not letter.born and (born := _BORN.search(line)):
        letter.born = born[0].strip(" ,")
        line = f"{line[: born.start()]},{line[born.end() :]}"
    if not letter.index and (index := _INDEX.search(line)):
        letter.index = index[1]
        line = f"{line[: index.start()]},{line[index.end() :]}"
    for part in _SEPARATORS.split(line):
        if piece := part.strip(" .·•—–-\t"):
            _place(letter, piece)


def _place(letter: Letter, piece: str) -> None:
    """One part between commas, by what it looks like."""
    if not letter.institution and (_INSTITUTION.search(piece) or _NUMBERED.search(piece)):
        letter.institution = piece
    elif not letter.city and _CITY.match(piece) and not _STREET.search(piece):
        letter.city = piece
    elif _STREET.search(piece) and not letter.street:
        letter.street = piece
    elif letter.street and _HOUSE.match(piece):
        letter.street = f"{letter.street}, {piece}"
    elif not letter.region and _REGION.search(piece) and not _NAME.match(piece.replace("область", "1")):
        letter.region = piece
    elif not letter.addressee and _NAME.match(piece):
        letter.addressee = piece
    else:
        letter.rest.append(piece)


def has_stem_of(dative: str, surname: str, given: str) -> bool:
    """Whether a name in the dative is that of the person: the stems of surname and given name stand in it."""
    words = [_folded(word) for word in dative.split()]
    return all(any(_same_stem(word, _folded(part)) for word in words) for part in (surname, given) if part)


def _folded(word: str) -> str:
    return word.casefold().replace("ё", "е").strip(".,")


def _same_stem(dative: str, nominative: str) -> bool:
    stem = nominative.rstrip("аеиоуыьйяю")
    # «Пётр» — «Петру», «Лев» — «Льву»: a vowel may fall out before the last consonant.
    short = stem[:-2] + stem[-1:] if len(stem) > 2 and stem[-2] in "ео" else stem
    short_soft = stem[:-2] + "ь" + stem[-1:] if len(stem) > 2 and stem[-2] in "ео" else stem
    return (
        len(stem) >= 2 and dative.startswith((stem, short, short_soft)) and len(dative) <= len(nominative) + 3
    )
