"""What else belongs to a person: citizenships, vocabularies, consents, flags, the office's own records."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Final

from memorial.base.choices import State
from memorial.base.gender import Gender
from memorial.base.names import dative_suggestion
from memorial.base.partial_date import PartialDate
from memorial.demo.figures import AS_OF, Recognised
from memorial.demo.plan import Course, Row, Traits, day, month, years_later
from prisoners.choices import LibertyStatus as Liberty

_HELD: Final = (
    Liberty.IMPRISONED,
    Liberty.PRETRIAL_DETENTION,
    Liberty.HOUSE_ARREST,
    Liberty.INPATIENT_TREATMENT,
    Liberty.PSYCHIATRIC_EXAMINATION,
    Liberty.HELD_WITHOUT_CASE,
)
_ENTERED: Final = (Liberty.FATE_UNKNOWN, Liberty.BEYOND_REACH)
_COUNTRY: Final = {"kazakh": "KZ", "azerbaijani": "AZ", "uzbek": "UZ"}
_HOME_OF_MINORITIES: Final = {"crimea", "occupied"}


def citizenship_of(rng: Random, people: str, share_of_ukraine: float, region: str) -> str:
    """ISO code of the citizenship that the person had before any was imposed."""
    if region.startswith("UA") or rng.random() < share_of_ukraine:
        return "UA"
    return _COUNTRY.get(people, "RU")


def citizenship_rows(rng: Random, traits: Traits) -> list[Row]:
    """Citizenships; in occupied regions a second one imposed, now and then one taken away."""
    rows: list[Row] = [{"country": traits.citizenship}]
    if traits.described or (traits.citizenship == "RU" and rng.random() < 0.06):
        return [] if not traits.described else rows
    if traits.citizenship == "UA" and traits.town.region in ("UA-43", "UA-40"):
        rows.append({"country": "RU", "manner": "imposed", "began": PartialDate(2014)})
    elif traits.citizenship == "UA" and rng.random() < 0.2:
        rows.append({"country": "RU", "manner": "imposed", "began": PartialDate(rng.choice((2023, 2024)))})
    elif traits.citizenship == "RU" and rng.random() < 0.004:
        rows = [{"country": "RU", "manner": "stripped", "ended": PartialDate(2025)}]
    return rows


def vulnerabilities(rng: Random, traits: Traits, course: Course) -> list[str]:
    """Codes of what makes imprisonment harder; those that need a consent come with one."""
    found: list[str] = []
    if traits.is_minor:
        found.append("minor_at_arrest")
    if years_later(traits.born, 60) <= (course.end or AS_OF):
        found.append("age_60")
    if traits.slot.liberty in (Liberty.HELD_WITHOUT_CASE, Liberty.FATE_UNKNOWN):
        found.append("incommunicado")
    if traits.citizenship != "RU":
        found.append("foreign_citizen")
    if traits.citizenship == "UA" and traits.town.region in ("UA-43", "UA-40"):
        found.append("imposed_citizenship")
    chances = {"parent_small_child": 0.05, "large_family": 0.03, "only_parent": 0.02, "stateless": 0.002}
    chances |= {"serious_illness": 0.03, "disability": 0.012, "ill_treatment_alleged": 0.03}
    if traits.gender == Gender.FEMALE:
        chances["parent_small_child"] = 0.12
    if course.ground == "deferral":
        found.append("parent_small_child")
    for code, chance in chances.items():
        if rng.random() < chance and code not in found and not traits.is_minor and not traits.described:
            found.append(code)
    return found


_CONSENT_FOR: Final = {
    "serious_illness": "health",
    "disability": "health",
    "ill_treatment_alleged": "ill_treatment",
}


def consent_rows(rng: Random, traits: Traits, codes: list[str], birthday: bool) -> list[Row]:
    """Consents in force for all that needs one, and refusals now and then."""
    scopes = sorted({_CONSENT_FOR[code] for code in codes if code in _CONSENT_FOR})
    if birthday:
        scopes.append("birthday")
    if traits.slot.liberty == Liberty.IMPRISONED and rng.random() < 0.25:
        scopes.append("letters_address")
    if traits.drawing is not None and rng.random() < 0.3:
        scopes.append("photo")
    rows = [_consent(rng, scope, given=True) for scope in scopes]
    if traits.drawing is None and rng.random() < 0.01:
        rows.append(_consent(rng, "photo", given=False))
    if traits.slot.state != State.PUBLISHED and rng.random() < 0.03:
        rows.append(_consent(rng, "listed", given=False))
    return rows


def _consent(rng: Random, scope: str, *, given: bool) -> Row:
    return {
        "scope": scope,
        "given": given,
        "by": rng.choice(("person", "relative", "relative", "lawyer")),
        "how": rng.choice(("letter", "message", "visit", "call")),
        "given_on": AS_OF - timedelta(days=rng.randint(5, 700)),
    }


def words_of(rng: Random, traits: Traits, course: Course, vulnerable: list[str]) -> dict[str, list[str]]:
    """Codes of the open vocabularies: themes, lists, professions, communities, vulnerabilities."""
    accused = traits.accusation
    themes = list(accused.themes)
    if accused.key == "justify" and rng.random() < 0.5:
        themes = ["anti_war_speech"]
    if accused.key == "hizb" and traits.town.region in ("UA-43", "UA-40"):
        themes.append("crimea")
    communities = [code for code in accused.communities if _belongs(code, traits) and rng.random() < 0.6]
    return {
        "themes": themes,
        "lists": _lists(traits, course),
        "professions": [] if traits.described else [traits.profession],
        "communities": communities,
        "vulnerabilities": vulnerable,
    }


def _belongs(code: str, traits: Traits) -> bool:
    return code != "crimean_tatar" or traits.people == "crimean_tatar"


def _lists(traits: Traits, course: Course) -> list[str]:
    """Lists of the project, as its decisions and the person's liberty put somebody on them."""
    recognised = traits.slot.recognised not in (Recognised.NO, Recognised.WITHDRAWN)
    religious = "religious" in traits.accusation.lists
    found = [code for code in traits.accusation.lists if code == "anti_war"]
    if recognised:
        found.append("religious" if religious else "political")
    else:
        found.append("other_victims")
    if traits.slot.liberty == Liberty.DIED:
        found.append("died")
    if traits.slot.liberty == Liberty.BEYOND_REACH:
        found.append("without_imprisonment")
    if course.end and traits.slot.liberty == Liberty.AT_LIBERTY:
        found.append("archive")
    return found


def flags(rng: Random, traits: Traits, facts: dict[str, list[Row]]) -> Row:
    """Columns of the person that are neither name nor text."""
    held = traits.slot.liberty in _HELD
    has_place = any(row.get("ongoing") and row.get("facility") for row in facts["stays"])
    can_be_named = has_place and not (traits.by_initials or traits.described)
    name = traits.name
    envelope = can_be_named and dative_suggestion(name.surname, name.given, name.patronymic, traits.gender)
    checked = AS_OF - timedelta(days=min(1100, round(rng.expovariate(1 / 150)) + 1))
    birthday = can_be_named and "peaceful" not in traits.accusation.traits and rng.random() < 0.3
    return {
        "gender": traits.gender,
        "born": _born(rng, traits, exactly=held),
        "region": traits.town.region,
        "charges_ru": traits.article.ru if traits.article else "",
        "charges_code": traits.article.code if traits.article else "",
        "liberty_entered": traits.slot.liberty if traits.slot.liberty in _ENTERED else "",
        "liberty_as_of": checked if traits.slot.liberty in _ENTERED else None,
        "name_for_envelope": envelope or "",
        "envelope_name_confirmed": bool(envelope) and rng.random() < 0.8,
        "letters_from_abroad_harmful": "harmful" in traits.accusation.traits,
        "birthday_wanted": birthday,
        "attention_wanted": rng.choices((None, True, False), (60, 32, 8))[0],
        "quiet_until": AS_OF + timedelta(days=rng.randint(60, 400)) if rng.random() < 0.015 else None,
        "facts_checked_on": None if rng.random() < 0.03 else checked,
        "place_checked_on": checked if has_place and rng.random() < 0.9 else None,
    }


def _born(rng: Random, traits: Traits, *, exactly: bool) -> PartialDate | None:
    born = traits.born
    if traits.by_initials:
        return PartialDate(born.year)
    chance = rng.random()
    if chance < 0.04 or (traits.described and chance < 0.4):
        return None
    if chance < 0.35 or traits.described or not exactly:
        return PartialDate(born.year)
    return month(born) if chance < 0.4 else day(born)


def office_rows(rng: Random, traits: Traits) -> dict[str, list[Row]]:
    """Notes, requests to restrict and corrections: the desk of a small staff."""
    notes, requests, corrections = [], [], []
    if rng.random() < 0.05:
        notes.append({"text": rng.choice(_NOTES), "done": rng.random() < 0.6})
    received = AS_OF - timedelta(days=rng.randint(2, 300))
    if traits.slot.state == State.WITHDRAWN and rng.random() < 0.3:
        requests.append(_request(rng, received, "open"))
    elif traits.by_initials and not traits.is_minor:
        requests.append(_request(rng, received, "granted"))
    elif traits.slot.state == State.PUBLISHED and rng.random() < 0.004:
        requests.append(_request(rng, received, "refused"))
    if traits.slot.state == State.PUBLISHED and not traits.by_initials and rng.random() < 0.02:
        corrections.append(
            {"on": received, "text_ru": "Был неверно указан день ареста; исправлено по карточке суда."}
        )
    return {"notes": notes, "requests": requests, "corrections": corrections}


def _request(rng: Random, received: date, outcome: str) -> Row:
    row: Row = {
        "by": rng.choice(("person", "relative", "lawyer")),
        "contact": "записан отдельно",
        "received_on": received,
        "text": "Просят убрать имя до конца следствия.",
        "hidden_what": "имя",
        "outcome": outcome,
        "review_on": AS_OF + timedelta(days=rng.randint(20, 200)),
    }
    if outcome != "open":
        decision = (
            "Имя скрыто до приговора." if outcome == "granted" else "Сведения объявлены в открытом суде."
        )
        row |= {"decision": decision, "decided_by": 1, "confirmed_by": 2}
    return row


_NOTES: Final = (
    "Проверить дату апелляции по карточке суда.",
    "Группа поддержки обещала прислать приговор.",
    "Адрес в базе старый, переспросить.",
    "Согласовать перевод сводки.",
    "Уточнить год рождения: в двух источниках разный.",
)
