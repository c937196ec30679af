"""Writes the record of a life in few words, through the models: what the database refuses is refused here."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from cases import models as record
from cases.actions.read_charge import charge_columns, read_charge
from cases.actions.read_penalties import read_penalties
from cases.choices import Stage
from cases.stage import stage_of
from memorial.base.partial_date import PartialDate
from prisoners.models import Custody, EndOfCustody, Prisoner, Stay
from tests.factories import CaseFactory, CourtFactory, FacilityFactory, PrisonerFactory
from tests.pages.reading import words
from tests.pages.world import TODAY


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


def person(ru: str, en: str, gender: str = "m", **fields: Any) -> Prisoner:
    """Somebody published, by «Имя Фамилия»; the text fields are empty, so that only the record speaks."""
    (given_ru, surname_ru), (given_en, surname_en) = ru.split(), en.split()
    names = {"surname_ru": surname_ru, "given_names_ru": given_ru, "patronymic_ru": ""}
    names |= {"surname_en": surname_en, "given_names_en": given_en, "summary_ru": "", "summary_en": ""}
    return PrisonerFactory(**{"gender": gender, "slug": surname_en.lower(), **names, **fields})


def case(ru: str, en: str, kind: str = "criminal", **fields: Any) -> record.Case:
    slug = "-".join(en.lower().replace(",", "").split())
    fields = {name: day(value) if name == "opened" else value for name, value in fields.items()}
    return CaseFactory(title_ru=ru, title_en=en, kind=kind, slug=slug, summary_ru="", summary_en="", **fields)


def accused(case: record.Case, prisoner: Prisoner, **fields: Any) -> record.Prosecution:
    dates = {"since", "suspended_on", "resumed_on"}
    fields = {name: day(value) if name in dates else value for name, value in fields.items()}
    return record.Prosecution.objects.create(case=case, prisoner=prisoner, **fields)


def charge(
    prosecution: record.Prosecution, text: str, brought: str = "", *, act: str = "", **fields: Any
) -> record.Charge:
    """A charge as an editor types it, brought on a day."""
    made = record.Charge.objects.create(
        prosecution=prosecution,
        act_on=day(act) if act else None,
        **charge_columns(read_charge(text)) | fields,
    )
    if brought:
        becomes(made, "brought", brought)
    return made


def becomes(charge: record.Charge, kind: str, on: str, **fields: Any) -> record.ChargeEvent:
    return record.ChargeEvent.objects.create(charge=charge, kind=kind, on=day(on), **fields)


def restrain(
    prosecution: record.Prosecution,
    measure: str,
    began: str,
    *,
    until: str = "",
    extended: tuple[tuple[str, str], ...] = (),
    ended: str = "",
) -> record.Restraint:
    made = record.Restraint.objects.create(
        prosecution=prosecution,
        measure=measure,
        began=day(began),
        until=day(until) if until else None,
        ended=day(ended) if ended else None,
    )
    for decided, later in extended:
        record.RestraintExtension.objects.create(restraint=made, decided_on=day(decided), until=day(later))
    return made


def decide(
    case: record.Case,
    kind: str,
    on: str,
    people: dict[record.Prosecution, str] | None = None,
    *,
    instance: str = "first",
    link: dict[str, Any] | None = None,
    **fields: Any,
) -> record.Decision:
    """A decision and what it means for each person: penalties as an editor types them."""
    dates = {"in_force_on", "until"}
    fields = {name: day(value) if name in dates else value for name, value in fields.items()}
    made = record.Decision.objects.create(case=case, kind=kind, on=day(on), instance=instance, **fields)
    for prosecution, typed in (people or {}).items():
        meant = record.DecisionPerson.objects.create(decision=made, prosecution=prosecution, **link or {})
        for penalty in read_penalties(typed, administrative=case.kind == "administrative"):
            record.Penalty.objects.create(decision_person=meant, **penalty.columns("ru"))
    made.refresh_from_db()
    return made


def hear(
    case: record.Case, on: str, at: str = "", *people: record.Prosecution, **fields: Any
) -> record.Hearing:
    moment = time.fromisoformat(at) if at else None
    on_day = date.fromisoformat(on)
    fields.setdefault("hearing_state", "planned" if on_day >= TODAY else "held")
    made = record.Hearing.objects.create(case=case, on=on_day, at=moment, **fields)
    for prosecution in people:
        record.HearingPerson.objects.create(hearing=made, prosecution=prosecution)
    return made


def happened(owner: record.Case | record.Prosecution, on: str, ru: str, en: str = "", **fields: Any) -> None:
    to = {"case": owner} if isinstance(owner, record.Case) else {"prosecution": owner}
    record.Event.objects.create(on=day(on), line_ru=ru, line_en=en, **to, **fields)


def held(prisoner: Prisoner, since: str, *, reason: str = "", **stay: Any) -> Custody:
    """Deprived of liberty since a day, and where: a place of the kind that the reason asks for."""
    custody = Custody.objects.create(prisoner=prisoner, detained_on=day(since))
    if reason:
        at = stay.pop("facility", None) or FacilityFactory()
        Stay.objects.create(
            prisoner=prisoner, facility=at, reason=reason, began=day(since), ongoing=True, **stay
        )
    return custody


def freed(custody: Custody, on: str, ground: str, circumstance: str = "ordinary") -> None:
    Stay.objects.filter(prisoner=custody.prisoner, ongoing=True).update(ongoing=False, ended=day(on))
    EndOfCustody.objects.create(
        prisoner=custody.prisoner, custody=custody, on=day(on), ground=ground, circumstance=circumstance
    )


def court(ru: str, en: str, **fields: Any) -> record.Court:
    return CourtFactory(name_ru=ru, name_en=en, **fields)


def stage(prosecution: record.Prosecution, on: date = TODAY) -> Stage:
    return stage_of(record.Prosecution.objects.with_record().get(pk=prosecution.pk), on)


class Pages:
    """What a reader finds: the pages of cases and people in both languages."""

    def __init__(self, client: Any) -> None:
        self.client = client

    def of(self, shown: record.Case | Prisoner, language: str = "ru") -> str:
        """All words of a page."""
        return words(self._get(shown, language))

    def raw(self, shown: record.Case | Prisoner, language: str = "ru") -> str:
        return str(self._get(shown, language).content.decode())

    def _get(self, shown: record.Case | Prisoner, language: str) -> Any:
        kind = "cases" if isinstance(shown, record.Case) else "prisoners"
        response = self.client.get(f"/{language}/{kind}/{shown.slug}/")
        assert response.status_code == 200, shown
        assert "None" not in words(response)
        return response


def in_this_order(text: str, *said: str) -> None:
    """Each of these is said, one after the other."""
    place = 0
    for words_said in said:
        found = text.find(words_said, place)
        assert found >= 0, (
            f"«{words_said}» is not said after «{text[max(0, place - 60) : place]}»: …{text[place : place + 900]}"
        )
        place = found + len(words_said)


def chronology(text: str) -> str:
    """The part of a page after the heading of its chronology."""
    heading = "Chronology" if "Chronology" in text else "Хронология"
    return text.rpartition(heading)[2]
