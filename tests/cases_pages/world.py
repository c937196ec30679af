"""Cases of every shape that their pages must get right. Nobody and nothing here exists."""

from datetime import date, time

from cases import models as record
from memorial.base.choices import State, Verification
from memorial.base.partial_date import PartialDate
from prisoners.models import EndOfCustody, Prisoner, Theme
from tests.factories import (
    ArticleEditionFactory,
    ArticleFactory,
    CaseFactory,
    ChargeFactory,
    CourtFactory,
    CustodyFactory,
    DecisionFactory,
    DecisionPersonFactory,
    HearingFactory,
    PrisonerFactory,
    ProsecutionFactory,
    RecognitionFactory,
    RegionFactory,
    RestraintFactory,
    StayFactory,
    confirmed_official,
)

TODAY = date(2026, 11, 23)


def day(text: str) -> PartialDate:
    return PartialDate.parse(text)


def person(surname: str, gender: str = "f", **fields) -> Prisoner:
    """A published person with a name that tests look for."""
    given = {"f": "Анна", "m": "Пётр", "": "Саша"}[gender]
    names = {
        "given_names_ru": given,
        "patronymic_ru": "",
        "surname_en": f"{surname} (en)",
        "given_names_en": "Sasha",
    }
    return PrisonerFactory(surname_ru=surname, gender=gender, **names, **fields)


def fakes() -> record.Article:
    """Art. 207.3, its label contested."""
    article = ArticleFactory(number="207.3", slug="uk-rf-207.3", edition=None)
    if not article.editions.exists():
        ArticleEditionFactory(
            article=article,
            title_ru="Публичное распространение заведомо ложной информации об использовании Вооружённых Сил",
            title_en="Public dissemination of knowingly false information about the Armed Forces",
            short_ru="Военные «фейки»",
            short_en="War ‘fakes’",
            contested=True,
        )
    return article


def court(name: str, **fields) -> record.Court:
    return CourtFactory(name_ru=name, name_en=f"{name} (en)", **fields)


def verdict(prosecution: record.Prosecution, decision: record.Decision, **penalty) -> record.DecisionPerson:
    """What the decision means for one person: years of imprisonment unless another penalty is given."""
    link = DecisionPersonFactory(decision=decision, prosecution=prosecution)
    if penalty:
        record.Penalty.objects.create(decision_person=link, **{"kind": "imprisonment", **penalty})
    return link


def embankment() -> record.Case:
    """Three people: one serves, one died, one's case is severed; a fourth whom readers do not know."""
    theme, _made = Theme.objects.get_or_create(
        code="anti-war", defaults={"label_ru": "Война", "label_en": "War"}
    )
    case = CaseFactory(
        slug="embankment",
        theme=theme,
        region=RegionFactory(code="XX-Q", name_ru="Заречная область", name_en="Zarechnaya oblast"),
        title_ru="Дело о «чтениях на набережной»",
        title_en="The embankment readings case",
        summary_ru="Трое жителей Верхнереченска читали у реки стихи.",
        summary_en="Three residents of Verkhnerechensk read poems by the river.",
        opened=day("10.03.2023"),
        investigating_body_ru="СУ СК по Заречной области",
        investigating_body_en="Investigative Committee, Zarechnaya oblast",
        number="1-23/2023",
        facts_checked_on=date(2026, 11, 20),
        updated_on=date(2026, 11, 19),
    )
    city = court("Верхнереченский городской суд", time_zone="Asia/Yekaterinburg", slug="verkhnerechensk")
    higher = court("Девяносто девятый кассационный суд", time_zone="Asia/Yekaterinburg", slug="cassation-99")
    reader = ProsecutionFactory(case=case, prisoner=person("Переверзева"), since=day("14.03.2023"))
    poet = ProsecutionFactory(case=case, prisoner=person("Ягужинский", "m"), plea="not_admitted")
    late = ProsecutionFactory(case=case, prisoner=person("Тихонов", "m"))
    hidden = ProsecutionFactory(case=case, prisoner=person("Сокрытова", state=State.WITHDRAWN))
    for prosecution in (reader, poet, late):
        CustodyFactory(prisoner=prosecution.prisoner, detained_on=day("14.03.2023"))
    StayFactory(prisoner=reader.prisoner)
    recognition = RecognitionFactory(prisoner=reader.prisoner, on=day("12.05.2023"))
    record.RecognitionProsecution.objects.create(recognition=recognition, prosecution=reader)
    RecognitionFactory(prisoner=poet.prisoner, on=day("13.05.2023"))
    _charges(reader, poet, late, hidden)
    _decisions(case, city, reader, poet, hidden)
    _hearings(case, city, higher, late, hidden)
    _happened(case, reader, poet, hidden)
    record.CaseCitation.objects.create(
        case=case, kind="media", title="Репортаж с набережной", url="https://example.org/1"
    )
    return case


def _charges(reader, poet, late, hidden) -> None:
    article = fakes()
    for prosecution in (reader, poet):
        charge = ChargeFactory(prosecution=prosecution, article=article, part="2", points=["д"])
        record.ChargeEvent.objects.create(charge=charge, kind="brought", on=day("15.03.2023"))
        record.ChargeEvent.objects.create(charge=charge, kind="convicted", on=day("19.02.2024"))
    new = ArticleFactory(number="280.3", slug="uk-rf-280.3")
    old = ChargeFactory(prosecution=late, article=article, part="1")
    becomes = ChargeFactory(prosecution=late, article=new, part="1")
    record.ChargeEvent.objects.create(charge=old, kind="reclassified", becomes=becomes, on=day("2024-05"))
    ChargeFactory(prosecution=hidden, article=None, wording_ru="Обвинение скрытой")
    ChargeFactory(
        prosecution=reader,
        article=None,
        wording_ru="Непроверенное обвинение",
        verification=Verification.UNVERIFIED,
    )
    RestraintFactory(prosecution=reader, began=day("15.03.2023"), court=None)


def _decisions(case, city, reader, poet, hidden) -> None:
    first = DecisionFactory(case=case, court=city, on=day("19.02.2024"))
    verdict(reader, first, years=7, months=6, regime="general")
    verdict(poet, first, years=5, regime="general")
    verdict(hidden, first, years=9, regime="general")
    upheld = DecisionFactory(
        case=case, kind="upheld", instance="appeal", on=day("03.07.2024"), in_force_on=day("03.07.2024")
    )
    for prosecution in (reader, poet):
        verdict(prosecution, upheld)
    extended = DecisionFactory(
        case=case, kind="restraint_extended", on=day("10.05.2023"), until=day("10.11.2023")
    )
    verdict(reader, extended)
    restraint = reader.restraints.get()
    record.RestraintExtension.objects.create(
        restraint=restraint, decided_on=day("10.05.2023"), until=day("10.11.2023")
    )


def _hearings(case, city, higher, late, hidden) -> None:
    HearingFactory(case=case, court=city, on=date(2024, 2, 19), subject_ru="Приговор", subject_en="Verdict")
    HearingFactory(case=case, court=city, on=date(2024, 1, 15), subject_ru="Прения", subject_en="Pleadings")
    ahead = {"hearing_state": "planned", "case": case, "at": time(10, 30)}
    debate = HearingFactory(
        **ahead, court=city, on=date(2026, 11, 26), subject_ru="Прения Тихонова", room="4"
    )
    record.HearingPerson.objects.create(hearing=debate, prosecution=late)
    HearingFactory(
        **ahead,
        court=higher,
        on=date(2026, 11, 24),
        instance="cassation",
        subject_ru="Первое заседание",
        access="open",
    )
    secret = HearingFactory(**ahead, court=city, on=date(2026, 12, 24), subject_ru="Заседание скрытой")
    record.HearingPerson.objects.create(hearing=secret, prosecution=hidden)


def _happened(case, reader, poet, hidden) -> None:
    record.Event.objects.create(
        case=case, kind="search", on=day("14.03.2023"), line_ru="Обыски по шести адресам"
    )
    record.Event.objects.create(
        prosecution=hidden, kind="other", on=day("15.03.2023"), line_ru="Событие скрытой"
    )
    end = {"custody": poet.prisoner.custodies.get(), "on": day("03.07.2026")}
    EndOfCustody.objects.create(prisoner=poet.prisoner, kind="death", **end)
    official = confirmed_official(slug="sudyin", surname_ru="Судьин", surname_en="Sudyin")
    for prosecution in (reader, hidden):
        role = record.OfficialRole.objects.create(official=official, prosecution=prosecution, part="tried")
        for staff in (1, 2):
            record.OfficialConfirmation.objects.create(role=role, by=staff, on=date(2026, 2, staff))
    severed = CaseFactory(
        slug="severed", title_ru="Дело Тихонова", title_en="The Tikhonov case", summary_en=""
    )
    record.CaseLink.objects.create(case=severed, other=case, kind="severed_from", on=day("2024-05"))
    record.CaseLink.objects.create(
        case=case,
        other=CaseFactory(slug="secret-case", title_ru="Тайное дело", state=State.DRAFT),
        kind="led_to",
    )


def tried_anew() -> record.Case:
    """A verdict quashed on appeal, a second trial going on."""
    case = CaseFactory(
        slug="anew", title_ru="Дело об открытке", title_en="The postcard case", opened=day("2022")
    )
    one = ProsecutionFactory(case=case, prisoner=person("Открыткина"))
    charge = ChargeFactory(prosecution=one, article=fakes(), part="1")
    record.ChargeEvent.objects.create(charge=charge, kind="convicted", on=day("03.2023"))
    first = DecisionFactory(case=case, on=day("03.2023"))
    verdict(one, first, years=3, regime="general")
    DecisionFactory(case=case, kind="remitted", instance="appeal", on=day("08.2023"), supersedes=first)
    HearingFactory(case=case, on=date(2026, 12, 1), hearing_state="planned", subject_ru="Допрос свидетелей")
    return case


def without_case() -> record.Case:
    """Two civilians held with no case at all."""
    case = CaseFactory(
        slug="cellar",
        kind="no_proceedings",
        title_ru="Подвал в Мелитополе",
        title_en="The cellar in Melitopol",
    )
    for name in ("Перекотиполе", "Степенко"):
        ProsecutionFactory(case=case, prisoner=person(name, "m"), role="held")
    return case


def administrative() -> record.Case:
    case = CaseFactory(
        slug="picket", kind="administrative", title_ru="Пикет с чистым листом", title_en="A blank sheet"
    )
    one = ProsecutionFactory(case=case, prisoner=person("Листова"), role="administratively_liable")
    ruling = DecisionFactory(case=case, kind="adm_ruling", instance="first", on=day("05.03.2022"))
    verdict(one, ruling, kind="administrative_fine", amount=50_000, currency="RUB")
    return case


def of_nobody() -> record.Case:
    """Readers know of nobody in it."""
    case = CaseFactory(
        slug="of-nobody", title_ru="Дело без имён", title_en="A case without names", opened=day("2025")
    )
    hidden = ProsecutionFactory(case=case, prisoner=person("Неведомая", state=State.DRAFT))
    ChargeFactory(prosecution=hidden, article=fakes())
    verdict(hidden, DecisionFactory(case=case, on=day("02.2026")), years=4, regime="general")
    HearingFactory(case=case, on=date(2026, 12, 2), hearing_state="planned", instance="appeal")
    return case


CASES = (embankment, tried_anew, without_case, administrative, of_nobody)


def every_case() -> list[record.Case]:
    """One of each."""
    return [make() for make in CASES]
